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
		ids, err := s.taggedWith(ctx, tags, ``, nil, maxWithin+1)
		if err != nil {
			return fmt.Errorf("find tagged conversations: %w", err)
		}
		if len(ids) <= maxWithin {
			p.only(ids)
			return nil
		}
	}
	known := map[string]bool{}
	p.rows = append(p.rows, func(r *docRow) bool {
		has, seen := known[r.conversationID]
		if !seen {
			ids, err := s.taggedWith(ctx, tags, `conversation_id = $1 AND `, []any{r.conversationID}, 1)
			has = err == nil && len(ids) > 0
			known[r.conversationID] = has
		}
		return has != f.Not
	})
	return nil
}

// tagsCalled are the ids of the tags that a filter names; one that no site has is
// a Failure that says so.
func (s *Store) tagsCalled(ctx context.Context, f search.Filter) ([]string, error) {
	sites, err := s.Sites(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, value := range f.Values {
		before := len(ids)
		for i := range sites {
			tags, err := s.Tags(ctx, sites[i].ID)
			if err != nil {
				return nil, err
			}
			for _, tag := range tags {
				if tag.ID == value || search.Line(tag.Name) == search.Line(value) && search.Line(value) != "" {
					ids = append(ids, tag.ID)
				}
			}
		}
		if len(ids) == before {
			return nil, chat.FailField("q", "Nothing is tagged %s.", quoted([]string{value}))
		}
	}
	return ids, nil
}

// taggedWith returns conversations that have one of these tags and meet where.
func (s *Store) taggedWith(ctx context.Context, tags []string, where string, args []any, limit int) ([]string, error) {
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
