package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/search"
)

// maxNamed is how many customers one name may mean: the latest of them.
const maxNamed = 64

// whom is who one from: or to: means.
type whom struct {
	not             bool
	agents, persons bool // any of them
	agentIDs        []string
	personIDs       []string
}

// planWhom turns the names in a from: or to: into authors and readers.
func (s *Store) planWhom(ctx context.Context, p *searchPlan, f search.Filter, me string) error {
	w := whom{not: f.Not}
	agents, err := s.Agents(ctx)
	if err != nil {
		return err
	}
	for _, value := range f.Values {
		if err := s.addWhom(ctx, &w, value, me, agents); err != nil {
			return err
		}
	}
	if err := s.narrowTo(ctx, p, f.Name, &w); err != nil {
		return err
	}
	if f.Name == "from" {
		p.rows = append(p.rows, func(r *docRow) bool { return w.wrote(r) != w.not })
	} else {
		p.rows = append(p.rows, func(r *docRow) bool { return w.read(r) != w.not })
	}
	return nil
}

// addWhom is who one value means: one of four words, or part of a name or address
// of agents and customers.
func (s *Store) addWhom(ctx context.Context, w *whom, value, me string, agents []chat.Agent) error {
	switch strings.ToLower(value) {
	case "customer", "customers", "visitor":
		w.persons = true
		return nil
	case "agent", "agents":
		w.agents = true
		return nil
	case "me":
		w.agentIDs = append(w.agentIDs, me)
		return nil
	}
	named := &search.Query{Terms: namedTerms(value)}
	if len(named.Terms) == 0 {
		return chat.FailField("q", "Nobody is called %s.", quoted([]string{value}))
	}
	found := false
	for i := range agents {
		if agents[i].ID == value || named.In(search.Line(agents[i].Name+"\n"+agents[i].Email)) {
			w.agentIDs, found = append(w.agentIDs, agents[i].ID), true
		}
	}
	people, err := s.peopleNamed(ctx, "", named.Terms, maxNamed)
	if err != nil {
		return err
	}
	if len(people) == 0 && !found {
		return chat.FailField("q", "Nobody is called %s. Try a part of their name or their address.", quoted([]string{value}))
	}
	w.personIDs = append(w.personIDs, people...)
	return nil
}

// namedTerms are a name's words, each perhaps the beginning of one where it is long
// enough: a letter begins the names of thousands.
func namedTerms(name string) []search.Term {
	var terms []search.Term
	for _, t := range search.Tokens(name) {
		terms = append(terms, search.Term{Words: []string{t.Text}, Prefix: search.Begins(t.Text)})
	}
	return terms[:min(len(terms), 8)]
}

// narrowTo goes through the conversations of those named, where all that can be
// found stands in few. An agent's own words have a token.
func (s *Store) narrowTo(ctx context.Context, p *searchPlan, name string, w *whom) error {
	switch {
	case w.not || w.agents || w.persons:
		return nil
	case len(w.personIDs) == 0 && len(w.agentIDs) == 1 && name == "from":
		p.terms = append(p.terms, search.Term{Words: []string{search.OfAgent(w.agentIDs[0])}})
		return nil
	case len(w.agentIDs) > 0:
		return nil
	}
	var ids []string
	for _, person := range w.personIDs {
		more, err := s.PersonConversations(ctx, person, maxWithin+1-len(ids))
		if err != nil {
			return fmt.Errorf("find conversations: %w", err)
		}
		if ids = append(ids, more...); len(ids) > maxWithin {
			break
		}
	}
	p.only(ids)
	return nil
}

// wrote reports whether a message is by one of them.
func (w *whom) wrote(r *docRow) bool {
	if r.flags&docAgent != 0 {
		return w.agents || slices.Contains(w.agentIDs, r.agentID)
	}
	return r.flags&docPerson != 0 && (w.persons || slices.Contains(w.personIDs, r.personID))
}

// read reports whether a message is to one of them: a customer reads what agents
// write and is no note, an agent what customers write in conversations that they
// have.
func (w *whom) read(r *docRow) bool {
	if r.flags&docPerson != 0 {
		return w.agents || r.assigneeID != "" && slices.Contains(w.agentIDs, r.assigneeID)
	}
	return r.flags&docNote == 0 && (w.persons || slices.Contains(w.personIDs, r.personID))
}
