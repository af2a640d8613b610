package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/search"
)

// searchPlan is what a query asks of the rows, with names turned into ids.
type searchPlan struct {
	q     *search.Query
	terms []search.Term // words and facets that the database looks for
	// Where narrow is set, within are the conversations that hold everything that
	// can be found, in no order, and are gone through one by one.
	narrow bool
	within []string
	// rows are conditions on a conversation as it is now, and asks what they must know
	// of some before they are asked of each.
	rows []func(*docRow) bool
	asks []func(context.Context, []docRow) error
	// oneEach: a conversation is shown once, with its latest message that fits.
	oneEach bool
	// Docs from since on and before until are looked at.
	since, until int64
}

// maxWithin is how many conversations are gone through one by one.
const maxWithin = 256

// Search asks for messages, or for conversations where the query has no words.
type Search struct {
	Query   *search.Query
	AgentID string // who asks: "me"
	Cursor  string
	Limit   int
}

func (s *Store) planSearch(ctx context.Context, ask Search) (*searchPlan, error) {
	q := ask.Query
	p := &searchPlan{q: q, terms: slices.Clone(q.Terms), oneEach: !q.Words(), until: docAt(docEnd)}
	if q.From > 0 {
		p.since = docAt(q.From)
	}
	if q.Until > 0 {
		p.until = docAt(q.Until)
	}
	p.flag(q.InNote, search.IsNote)
	p.flag(q.HasFile, search.WithFile)
	for _, f := range q.Filters {
		if err := s.planFilter(ctx, p, f, ask.AgentID); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// docEnd is a time that no message has.
const docEnd = chat.Time(1 << 46)

func (p *searchPlan) flag(w search.Wanted, facet string) {
	if w != search.Any {
		p.terms = append(p.terms, search.Term{Words: []string{facet}, Not: w == search.MustNot})
	}
}

func (s *Store) planFilter(ctx context.Context, p *searchPlan, f search.Filter, me string) error {
	switch f.Name {
	case "step":
		p.where(f, func(r *docRow) string { return r.step })
	case "type":
		p.where(f, func(r *docRow) string { return r.kind })
	case "mood":
		p.where(f, func(r *docRow) string { return r.mood })
	case "state":
		p.where(f, func(r *docRow) string { return r.state })
		return s.planLive(ctx, p, f)
	case "site":
		return s.planSite(ctx, p, f)
	case "from", "to":
		return s.planWhom(ctx, p, f, me)
	case "tag":
		return s.planTag(ctx, p, f)
	case "team":
		return s.planTeam(ctx, p, f)
	}
	return nil
}

func (p *searchPlan) where(f search.Filter, value func(*docRow) string) {
	p.rows = append(p.rows, func(r *docRow) bool { return slices.Contains(f.Values, value(r)) != f.Not })
}

func quoted(values []string) string { return "“" + strings.Join(values, "”, “") + "”" }

// planLive goes through the conversations that wait or are open where only those
// are asked for and they are few.
func (s *Store) planLive(ctx context.Context, p *searchPlan, f search.Filter) error {
	if f.Not || slices.ContainsFunc(f.Values, func(v string) bool { return v != string(chat.Waiting) && v != string(chat.Open) }) {
		return nil
	}
	rows, err := s.read(ctx).Query(`SELECT c.id FROM site_head h CROSS JOIN conversation c WHERE c.site_id = h.site_id AND c.live = 1 LIMIT $1`, maxWithin+1)
	ids, err := collect(rows, err, scanString)
	if err != nil {
		return fmt.Errorf("find live conversations: %w", err)
	}
	p.only(ids)
	return nil
}

// learn asks what the conditions must know of rows.
func (p *searchPlan) learn(ctx context.Context, rows []docRow) error {
	for _, ask := range p.asks {
		if err := ask(ctx, rows); err != nil {
			return err
		}
	}
	return nil
}

// only narrows what is gone through to these conversations, unless they are more
// than that is worth.
func (p *searchPlan) only(ids []string) {
	if len(ids) > maxWithin {
		return
	}
	if p.narrow {
		p.within = slices.DeleteFunc(p.within, func(id string) bool { return !slices.Contains(ids, id) })
		return
	}
	p.within, p.narrow = ids, true
}

func (s *Store) planSite(ctx context.Context, p *searchPlan, f search.Filter) error {
	sites, err := s.Sites(ctx)
	if err != nil {
		return err
	}
	var ids []string
	for _, value := range f.Values {
		before := len(ids)
		for i := range sites {
			if sites[i].ID == value || hasWords(sites[i].Name, value) {
				ids = append(ids, sites[i].ID)
			}
		}
		if len(ids) == before {
			return chat.FailField("q", "No site is called %s.", quoted([]string{value}))
		}
	}
	if len(ids) == 1 && (!f.Not || p.q.Words()) {
		p.terms = append(p.terms, search.Term{Words: []string{search.OnSite(ids[0])}, Not: f.Not})
		return nil
	}
	p.rows = append(p.rows, func(r *docRow) bool { return slices.Contains(ids, r.siteID) != f.Not })
	return nil
}

// planTeam keeps the conversations that somebody in a team has.
func (s *Store) planTeam(ctx context.Context, p *searchPlan, f search.Filter) error {
	teams, err := s.Teams(ctx)
	if err != nil {
		return err
	}
	var members []string
	for _, value := range f.Values {
		found := false
		for i := range teams {
			if teams[i].ID == value || hasWords(teams[i].Name, value) {
				members, found = append(members, teams[i].Members...), true
			}
		}
		if !found {
			return chat.FailField("q", "There is no team called %s.", quoted([]string{value}))
		}
	}
	p.rows = append(p.rows, func(r *docRow) bool { return (r.assigneeID != "" && slices.Contains(members, r.assigneeID)) != f.Not })
	return nil
}

// hasWords reports whether the words of value stand side by side in a name.
func hasWords(name, value string) bool {
	words := search.Line(value)
	return words != "" && strings.Contains(search.Line(name), words)
}
