package storage

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

// docRow is a doc with what filters ask of its conversation.
type docRow struct {
	doc, seq, flags                     int64
	conversationID, agentID             string
	siteID, personID, state, assigneeID string
	step, kind, mood                    string
	line                                string // its words where the database has not looked at them, "" where it has
}

const docColumns = `d.doc, d.conversation_id, d.seq, d.agent_id, d.flags`

// aboutColumns are those of the conversation; a profile is the one that it was
// merged into.
const aboutColumns = `, c.site_id, coalesce(v.id, c.person_id), c.state, c.assignee_id, m.step, m.type, m.mood`

// The joins are in the order in which they are to be made: CROSS JOIN keeps SQLite
// to it.
const (
	aboutJoin  = ` CROSS JOIN conversation c CROSS JOIN matter m CROSS JOIN person p LEFT JOIN person v ON v.id = p.merged_into`
	aboutWhere = ` AND c.id = d.conversation_id AND m.id = c.matter_id AND p.id = c.person_id`
)

func (r *docRow) targets(about bool) []any {
	to := []any{&r.doc, &r.conversationID, &r.seq, &r.agentID, &r.flags}
	if about {
		to = append(to, &r.siteID, &r.personID, &r.state, &r.assigneeID, &r.step, &r.kind, &r.mood)
	}
	return to
}

// walk returns the next docs that have the words, latest first, or of the conversations
// that can hold what is sought, with all that its conditions ask. All of them are
// read before anything else is asked, so that a search never holds two of the few
// connections that all readers share.
func (s *Store) walk(ctx context.Context, p *searchPlan, limit int) ([]docRow, error) {
	if p.narrow {
		return s.walkWithin(ctx, p, limit)
	}
	about := len(p.rows) > 0
	query, args, line := s.walkQuery(p, about, limit)
	rows, err := s.read(ctx).Query(query, args...)
	found, err := collect(rows, err, func(row scanner) (r docRow, err error) {
		to := r.targets(about)
		if line {
			to = append(to, &r.line)
		}
		return r, row.Scan(to...)
	})
	if err != nil {
		return nil, err
	}
	return found, p.learn(ctx, found)
}

// walkWithin is walk through a few conversations.
func (s *Store) walkWithin(ctx context.Context, p *searchPlan, limit int) ([]docRow, error) {
	var rows []docRow
	for part := range slices.Chunk(p.within, 64) {
		more, err := s.docsOf(ctx, p, part, limit)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
		sorted.By(rows, func(a, b docRow) int { return cmp.Compare(b.doc, a.doc) })
		rows = rows[:min(len(rows), limit)]
	}
	return rows, nil
}

// walkQuery finds docs by their words, or, where the query has none that must be
// there, goes through all of them; line says that each comes with its words.
func (s *Store) walkQuery(p *searchPlan, about bool, limit int) (query string, args []any, line bool) {
	columns, join, where := docColumns, "", ""
	if about {
		columns, join, where = columns+aboutColumns, aboutJoin, aboutWhere
	}
	with := false
	for _, t := range p.terms {
		with = with || !t.Not
	}
	switch {
	case with:
		return `SELECT ` + columns + ` FROM search_text t CROSS JOIN search_doc d` + join + ` WHERE ` + s.dialect.hasWords("t", `$1`) +
				` AND t.docid >= $2 AND t.docid < $3 AND d.doc = t.docid` + where + ` ORDER BY t.docid DESC LIMIT $4`,
			[]any{s.dialect.wordQuery(p.terms), p.since, p.until, limit}, false
	case len(p.terms) > 0:
		return `SELECT ` + columns + `, t.line FROM search_doc d CROSS JOIN search_text t` + join + ` WHERE d.doc >= $1 AND d.doc < $2 AND t.docid = d.doc` + where +
			` ORDER BY d.doc DESC LIMIT $3`, []any{p.since, p.until, limit}, true
	}
	return `SELECT ` + columns + ` FROM search_doc d` + join + ` WHERE d.doc >= $1 AND d.doc < $2` + where + ` ORDER BY d.doc DESC LIMIT $3`,
		[]any{p.since, p.until, limit}, false
}

// docsOf returns the last docs of up to 64 conversations, in no order. The plus signs
// keep the database from going through all docs that there are in their order.
func (s *Store) docsOf(ctx context.Context, p *searchPlan, ids []string, limit int) ([]docRow, error) {
	marks, args := marksFor(ids, 1)
	place := func(n int) string { return "$" + strconv.Itoa(len(args)+n) }
	rows, err := s.read(ctx).Query(`SELECT `+docColumns+aboutColumns+`, t.line FROM (SELECT doc, conversation_id, seq, agent_id, flags FROM search_doc
		WHERE conversation_id IN (`+marks+`) AND +doc >= `+place(1)+` AND +doc < `+place(2)+` ORDER BY +doc DESC LIMIT `+place(3)+`) d CROSS JOIN search_text t`+aboutJoin+
		` WHERE t.docid = d.doc`+aboutWhere, append(args, p.since, p.until, limit)...)
	found, err := collect(rows, err, func(row scanner) (r docRow, err error) {
		return r, row.Scan(append(r.targets(true), &r.line)...)
	})
	if err != nil {
		return nil, err
	}
	return found, p.learn(ctx, found)
}

// rowsOf returns the rows of conversations by their ids.
func (s *Store) rowsOf(ctx context.Context, ids []string) (map[string]chat.Row, error) {
	rows := map[string]chat.Row{}
	for part := range slices.Chunk(ids, 64) {
		marks, args := marksFor(part, 1)
		found, err := s.read(ctx).Query(rowSelect+`c.id IN (`+marks+`)`, args...)
		list, err := s.tagged(ctx, found, err)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			rows[r.ID] = r
		}
	}
	return rows, nil
}

// marksFor are the placeholders of 1, 2, 4 … 64 ids, so that few statements are
// enough, numbered from one on, and what stands in them.
func marksFor(ids []string, from int) (marks string, args []any) {
	size := 1
	for size < len(ids) {
		size *= 2
	}
	all := make([]string, size)
	for i := range size {
		all[i] = "$" + strconv.Itoa(from+i)
		args = append(args, ids[min(i, len(ids)-1)])
	}
	return strings.Join(all, ","), args
}
