package storage

import (
	"context"
	"fmt"
	"reflect"

	"rapport/hub/chat"
)

// LandGuide brings the rows of a file into a site, all or none. Prompts and
// standards that the site has are known by their key, templates and answers by
// shortcut, or by title where they have none. What the site has and the file
// does not stays. With onlyAdd, what the site has stays as it is. The rows have
// ids of their own and are checked; byID is who brings them, "" the server.
func (s *Store) LandGuide(ctx context.Context, siteID, byID string, g chat.Guide, onlyAdd bool) (chat.Landed, error) {
	var landed chat.Landed
	err := s.rewriteGuide(ctx, siteID, func(q querier, now chat.Time) error {
		var err error
		landed, err = (&landing{q: q, now: now, siteID: siteID, byID: byID, onlyAdd: onlyAdd}).all(&g)
		return err
	})
	return landed, err
}

// landing is one import under way.
type landing struct {
	q            querier
	now          chat.Time
	siteID, byID string
	onlyAdd      bool
	done         chat.Landed
}

func (l *landing) all(g *chat.Guide) (chat.Landed, error) {
	for _, land := range []func(*chat.Guide) error{l.prompts, l.templates, l.answers, l.standards} {
		if err := land(g); err != nil {
			return chat.Landed{}, err
		}
	}
	return l.done, nil
}

// settle counts a row that the site has already and reports whether it is to be
// written.
func (l *landing) settle(same bool) bool {
	if same || l.onlyAdd {
		l.done.Same++
		return false
	}
	l.done.Changed++
	return true
}

// room refuses more rows of a kind than a site may have.
func (l *landing) room(field string, have, limit int) error {
	if have >= limit {
		return chat.FailField(field, "A site has room for %d of these.", limit)
	}
	l.done.Added++
	return nil
}

func (l *landing) prompts(g *chat.Guide) error {
	list, err := prompts(l.q, l.siteID)
	if err != nil {
		return err
	}
	known, last := map[string]chat.Prompt{}, int64(0)
	for _, p := range list {
		known[p.Key], last = p, max(last, p.Position)
	}
	for i := range g.Prompts {
		p := g.Prompts[i]
		p.SiteID, p.ByID = l.siteID, l.byID
		old, there := known[p.Key]
		if !there {
			if err := l.room("prompts", len(known), chat.MaxPrompts); err != nil {
				return err
			}
			last++
			p.Position = last
			known[p.Key] = p
			err = insertPrompt(l.q, &p, l.now)
		} else if p.ID, p.Position, p.Origin, p.Version = old.ID, old.Position, old.Origin, old.Version; l.settle(samePrompt(p, old)) {
			_, err = updatePrompt(l.q, &p, l.now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// samePrompt compares what is written, whoever wrote it when.
func samePrompt(a, b chat.Prompt) bool {
	return a.Step == b.Step && a.Text == b.Text && a.Help == b.Help && a.Evidence == b.Evidence && reflect.DeepEqual(a.Fit, b.Fit)
}

// called is the name by which a template or answer is known to an import.
func called(shortcut, title string) string {
	if shortcut != "" {
		return "/" + shortcut
	}
	return title
}

func (l *landing) templates(g *chat.Guide) error {
	list, err := templates(l.q, l.siteID, "")
	if err != nil {
		return err
	}
	ofTeams, err := teamTemplates(l.q, l.siteID)
	if err != nil {
		return err
	}
	teams, err := teams(l.q)
	if err != nil {
		return err
	}
	known := map[string]chat.Template{}
	for _, t := range append(list, ofTeams...) {
		known[t.TeamID+called(t.Shortcut, t.Title)] = t
	}
	for i := range g.Templates {
		t := g.Templates[i]
		t.SiteID, t.AgentID, t.ByID = l.siteID, "", l.byID
		if t.TeamID, err = teamCalled(teams, t.TeamName, i); err != nil {
			return err
		}
		name := t.TeamID + called(t.Shortcut, t.Title)
		old, there := known[name]
		if !there {
			if err := l.room("templates", len(known), chat.MaxTemplates); err != nil {
				return err
			}
			known[name] = t
			err = insertTemplate(l.q, &t, l.now)
		} else if l.settle(t.Title == old.Title && t.Body == old.Body && reflect.DeepEqual(t.Steps, old.Steps) && reflect.DeepEqual(t.Fit, old.Fit)) {
			t.ID, t.Version = old.ID, old.Version
			err = updateTemplate(l.q, &t, l.now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// teamCalled is the id of the team that the i-th template of a file names, "" for none.
func teamCalled(list []chat.Team, name string, i int) (string, error) {
	if name == "" {
		return "", nil
	}
	for _, t := range list {
		if chat.SameName(t.Name, name) {
			return t.ID, nil
		}
	}
	return "", chat.FailField(fmt.Sprintf("templates[%d].team", i), "There is no team called %q here. Make it first.", chat.CleanLine(name, chat.MaxName))
}

func (l *landing) answers(g *chat.Guide) error {
	list, err := answers(l.q, l.siteID)
	if err != nil {
		return err
	}
	known := map[string]chat.Answer{}
	for _, a := range list {
		known[called(a.Shortcut, a.Title)] = a
	}
	for i := range g.Answers {
		a := g.Answers[i]
		a.SiteID, a.ByID = l.siteID, l.byID
		old, there := known[called(a.Shortcut, a.Title)]
		if !there {
			if err := l.room("answers", len(known), chat.MaxAnswers); err != nil {
				return err
			}
			known[called(a.Shortcut, a.Title)] = a
			err = insertAnswer(l.q, &a, l.now)
		} else if l.settle(sameAnswer(a, old)) {
			a.ID = old.ID
			_, err = updateAnswer(l.q, &a, l.now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func sameAnswer(a, b chat.Answer) bool {
	lists := func(v chat.Answer) string { return fmt.Sprintf("%q %q", v.Words, v.Pages) }
	return a.Title == b.Title && a.Text == b.Text && a.Link == b.Link && a.Quick == b.Quick && lists(a) == lists(b)
}

func (l *landing) standards(g *chat.Guide) error {
	list, err := standards(l.q, l.siteID)
	if err != nil {
		return err
	}
	known, last := map[string]chat.Standard{}, int64(0)
	for _, v := range list {
		known[v.Key], last = v, max(last, v.Position)
	}
	for i := range g.Standards {
		v := g.Standards[i]
		v.SiteID = l.siteID
		old, there := known[v.Key]
		if !there {
			if err := l.room("standards", len(known), chat.MaxStandards); err != nil {
				return err
			}
			last++
			v.Position = last
			known[v.Key] = v
			err = insertStandard(l.q, &v)
		} else if l.settle(v.Text == old.Text && v.Why == old.Why && v.Shown == old.Shown && fmt.Sprint(v.Steps) == fmt.Sprint(old.Steps)) {
			v.ID, v.Position = old.ID, old.Position
			_, err = updateStandard(l.q, &v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
