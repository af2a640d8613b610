package storage

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"rapport/hub/chat"
	"rapport/hub/search"
)

// planTag keeps the conversations that have one of these tags, on whichever site.
// Where they are few they are gone through one by one.
func (s *Store) planTag(ctx context.Context, p *searchPlan, f search.Filter) error {
	tags, err := s.tagsCalled(ctx, f)
	if err != nil {
		return err
	}
	if !f.Not {
		ids, err := s.taggedWith(ctx, tags, nil, maxWithin+1)
		if err != nil {
			return fmt.Errorf("find tagged conversations: %w", err)
		}
		if len(ids) <= maxWithin {
			p.only(ids)
			return nil
		}
	}
	known := map[string]bool{}
	p.asks = append(p.asks, func(ctx context.Context, rows []docRow) error { return s.learnTags(ctx, tags, known, rows) })
	p.rows = append(p.rows, func(r *docRow) bool { return known[r.conversationID] != f.Not })
	return nil
}

// learnTags notes which of the conversations of these rows have one of the tags.
func (s *Store) learnTags(ctx context.Context, tags []string, known map[string]bool, rows []docRow) error {
	var ids []string
	for i := range rows {
		id := rows[i].conversationID
		if _, seen := known[id]; !seen {
			known[id], ids = false, append(ids, id)
		}
	}
	for part := range slices.Chunk(ids, 64) {
		has, err := s.taggedWith(ctx, tags, part, len(part))
		if err != nil {
			return fmt.Errorf("read tags: %w", err)
		}
		for _, id := range has {
			known[id] = true
		}
	}
	return nil
}

// tagsCalled are the ids of the tags that a filter names; one that no site has is
// a Failure that says so.
func (s *Store) tagsCalled(ctx context.Context, f search.Filter) ([]string, error) {
	sites, err := s.Sites(ctx)
	if err != nil {
		return nil, err
	}
	var all []chat.Tag
	for i := range sites {
		tags, err := s.Tags(ctx, sites[i].ID)
		if err != nil {
			return nil, err
		}
		all = append(all, tags...)
	}
	var ids []string
	for _, value := range f.Values {
		before, line := len(ids), search.Line(value)
		for i := range all {
			if all[i].ID == value || line != "" && search.Line(all[i].Name) == line {
				ids = append(ids, all[i].ID)
			}
		}
		if len(ids) == before {
			return nil, chat.FailField("q", "Nothing is tagged %s.", quoted([]string{value}))
		}
	}
	return ids, nil
}

// taggedWith returns conversations that have one of these tags, at most limit for every
// 64 of them; of up to 64 conversations, or of all where none are named.
func (s *Store) taggedWith(ctx context.Context, tags, among []string, limit int) ([]string, error) {
	where, args := "", []any(nil)
	if len(among) > 0 {
		marks, ids := marksFor(among, 1)
		where, args = `conversation_id IN (`+marks+`) AND `, ids
	}
	var all []string
	for part := range slices.Chunk(tags, 64) {
		marks, more := marksFor(part, len(args)+1)
		query := `SELECT DISTINCT conversation_id FROM conversation_tag WHERE ` + where + `tag_id IN (` + marks + `) LIMIT ` + "$" + strconv.Itoa(len(args)+len(more)+1)
		rows, err := s.read(ctx).Query(query, slices.Concat(args, more, []any{limit})...)
		ids, err := collect(rows, err, scanString)
		if err != nil {
			return nil, err
		}
		all = append(all, ids...)
	}
	return all, nil
}
