// Package starter reads and writes guides: prompts, templates, answers and
// standards as files, in JSON and CSV. It holds the sets that a new site begins
// with; loading them goes through the same checks as an owner's own file.
package starter

import (
	"embed"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

//go:embed en/*.json
var english embed.FS

// Load returns the starter set of a trade in English: what all trades share,
// then what is this one's.
func Load(trade string) (Set, error) {
	common, err := read("common")
	if err != nil {
		return Set{}, err
	}
	own, err := read(trade)
	if err != nil {
		return Set{}, err
	}
	common.Prompts = append(common.Prompts, own.Prompts...)
	common.Templates = append(common.Templates, own.Templates...)
	// Visitors see the first of the quick ones: those that the trade is asked most.
	common.Answers = append(own.Answers, common.Answers...)
	common.Standards = append(common.Standards, own.Standards...)
	return common, common.check()
}

func read(name string) (Set, error) {
	data, err := english.ReadFile("en/" + name + ".json")
	if err != nil {
		return Set{}, chat.FailField("trade", "There is no set for %q.", name)
	}
	return Parse(data)
}

// Origin marks the rows of the starter set, so that a later one can tell what an
// owner has written.
func (s Set) Origin() string { return fmt.Sprintf("starter:%d", s.Version) }

// For makes the rows of one site, with fresh ids and places in the order of the
// file.
func (s Set) For(siteID, origin string, at chat.Time) chat.Guide {
	var g chat.Guide
	for i, p := range s.Prompts {
		row := p.row()
		row.ID, row.SiteID, row.Position, row.Origin = chat.NewID(), siteID, int64(i+1), origin
		g.Prompts = append(g.Prompts, row)
	}
	for _, t := range s.Templates {
		row := t.row()
		row.ID, row.SiteID, row.Origin, row.Version, row.UpdatedAt = chat.NewID(), siteID, origin, 1, at
		g.Templates = append(g.Templates, row)
	}
	for _, a := range s.Answers {
		row := a.row()
		row.ID, row.SiteID, row.Origin, row.UpdatedAt = chat.NewID(), siteID, origin, at
		g.Answers = append(g.Answers, row)
	}
	for i, v := range s.Standards {
		row := v.row()
		row.ID, row.SiteID, row.Position, row.Origin = chat.NewID(), siteID, int64(i+1), origin
		g.Standards = append(g.Standards, row)
	}
	return g
}

// From makes a file of what a site has. Personal templates stay out.
func From(g chat.Guide, language string) Set {
	s := Set{Format: Format, Version: Version, Language: language, Prompts: []Prompt{}, Templates: []Template{}, Answers: []Answer{}, Standards: []Standard{}}
	for _, p := range g.Prompts {
		s.Prompts = append(s.Prompts, Prompt{p.Key, p.Step, p.Evidence, p.Text, p.Help, p.Fit})
	}
	for _, t := range g.Templates {
		if t.AgentID == "" {
			var files []string
			for _, f := range t.Files {
				files = append(files, f.Name)
			}
			s.Templates = append(s.Templates, Template{t.Title, t.Shortcut, t.Steps, t.Body, t.Fit, t.TeamName, files})
		}
	}
	for _, a := range g.Answers {
		s.Answers = append(s.Answers, Answer{a.Title, a.Shortcut, a.Text, a.Link, a.Words, a.Pages, a.Quick})
	}
	for _, v := range g.Standards {
		s.Standards = append(s.Standards, Standard{v.Key, v.Text, v.Why, v.Shown, v.Steps})
	}
	return s
}

// JSON is the file as people may read it.
func (s Set) JSON() (string, error) {
	data, err := json.MarshalIndent(s, "", "  ")
	return string(data) + "\n", err
}
