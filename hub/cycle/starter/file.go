package starter

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// Format names the import format; a file that does not carry it is refused.
// Version 1 had neither fit nor answers nor standards, and is read all the same.
const (
	Format  = "rapport.guide"
	Version = 2
)

// Set is a file of prompts, templates, answers and standards.
type Set struct {
	Format    string     `json:"format"`
	Version   int64      `json:"version"`
	Language  string     `json:"language"`
	Prompts   []Prompt   `json:"prompts"`
	Templates []Template `json:"templates"`
	Answers   []Answer   `json:"answers"`
	Standards []Standard `json:"standards"`
}

// Prompt is a chat.Prompt as a file has it. The order in the file is the order
// on the screen. Evidence is a rule of package cycle, or "" for by hand only.
type Prompt struct {
	Key      string    `json:"key"`
	Step     chat.Step `json:"step"`
	Evidence string    `json:"evidence"`
	Text     string    `json:"text"`
	Help     string    `json:"help"`
	Fit      chat.Fit  `json:"fit,omitzero"`
}

// Template is a chat.Template as a file has it.
type Template struct {
	Title    string      `json:"title"`
	Shortcut string      `json:"shortcut"`
	Steps    []chat.Step `json:"steps"`
	Body     string      `json:"body"`
	Fit      chat.Fit    `json:"fit,omitzero"`
	Team     string      `json:"team,omitempty"` // whose it is, by name; "" for the whole site
	// Files names what is kept with it: to know what to attach again, since a
	// guide carries no bytes and brings none in.
	Files []string `json:"files,omitempty"`
}

// Answer is a chat.Answer as a file has it.
type Answer struct {
	Title    string   `json:"title"`
	Shortcut string   `json:"shortcut"`
	Text     string   `json:"text"`
	Link     string   `json:"link,omitempty"`
	Words    []string `json:"words,omitempty"`
	Pages    []string `json:"pages,omitempty"`
	Quick    bool     `json:"quick,omitempty"`
}

// Standard is a chat.Standard as a file has it, in the order of the screen.
type Standard struct {
	Key   string      `json:"key"`
	Text  string      `json:"text"`
	Why   string      `json:"why"`
	Shown string      `json:"shown"`
	Steps []chat.Step `json:"steps,omitempty"`
}

func (p Prompt) row() chat.Prompt {
	return chat.Prompt{Key: p.Key, Step: p.Step, Evidence: p.Evidence, Text: p.Text, Help: p.Help, Fit: p.Fit}
}

func (t Template) row() chat.Template {
	return chat.Template{Title: t.Title, Shortcut: t.Shortcut, Steps: t.Steps, Body: t.Body, Fit: t.Fit, TeamName: t.Team}
}

func (a Answer) row() chat.Answer {
	return chat.Answer{Title: a.Title, Shortcut: a.Shortcut, Text: a.Text, Link: a.Link, Words: a.Words, Pages: a.Pages, Quick: a.Quick}
}

func (v Standard) row() chat.Standard {
	return chat.Standard{Key: v.Key, Text: v.Text, Why: v.Why, Shown: v.Shown, Steps: v.Steps}
}

// Parse reads and checks a JSON file. It reports a Failure that names the first
// place which does not hold, such as templates[3].body.
func Parse(data []byte) (Set, error) {
	var s Set
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return Set{}, chat.Fail(chat.BadJSON, "This file cannot be read: %v.", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Set{}, chat.Fail(chat.BadJSON, "There is something after the end of the data.")
	}
	switch {
	case s.Format != Format || s.Version < 1:
		return Set{}, chat.FailField("format", "This is not a file of prompts and templates (format %q, version 1 or later).", Format)
	case s.Version > Version:
		return Set{}, chat.FailField("version", "This file was written by a newer Rapport (version %d, this one reads up to %d).", s.Version, Version)
	}
	return s, s.check()
}

// check cleans every row in place and holds it to the rules of its noun.
func (s *Set) check() error {
	return cmp.Or(
		each("prompts", chat.MaxPrompts, s.Prompts, func(p *Prompt) (string, error) {
			row := p.row()
			err := row.Validate()
			if err == nil && p.Evidence != "" && !cycle.KnownRule(p.Evidence) {
				err = chat.FailField("evidence", "%q is not an evidence rule.", p.Evidence)
			}
			p.Text, p.Help, p.Fit = row.Text, row.Help, row.Fit
			return "key " + p.Key, err
		}),
		each("templates", chat.MaxTemplates, s.Templates, func(t *Template) (string, error) {
			row := t.row()
			err := row.Validate()
			t.Title, t.Shortcut, t.Body, t.Fit, t.Team = row.Title, row.Shortcut, row.Body, row.Fit, chat.CleanLine(t.Team, chat.MaxName)
			if t.Team != "" {
				return named(t.Shortcut, t.Title) + " (" + t.Team + ")", err
			}
			return named(t.Shortcut, t.Title), err
		}),
		each("answers", chat.MaxAnswers, s.Answers, func(a *Answer) (string, error) {
			row := a.row()
			err := row.Validate()
			a.Title, a.Shortcut, a.Text, a.Link, a.Words, a.Pages = row.Title, row.Shortcut, row.Text, row.Link, row.Words, row.Pages
			return named(a.Shortcut, a.Title), err
		}),
		each("standards", chat.MaxStandards, s.Standards, func(v *Standard) (string, error) {
			row := v.row()
			err := row.Validate()
			v.Text, v.Why, v.Shown = row.Text, row.Why, row.Shown
			return "key " + v.Key, err
		}),
	)
}

// named says by which field a row is told from the others.
func named(shortcut, title string) string {
	if shortcut != "" {
		return "shortcut " + shortcut
	}
	return "title " + title
}

// each checks the rows of one kind. one returns the field and value that no
// other row of the kind may have.
func each[T any](kind string, limit int, rows []T, one func(*T) (string, error)) error {
	if len(rows) > limit {
		return chat.FailField(kind, "At most %d fit.", limit)
	}
	seen := make(map[string]bool, len(rows))
	for i := range rows {
		name, err := one(&rows[i])
		if err != nil {
			return within(kind, i, err)
		}
		if field, value, _ := strings.Cut(name, " "); seen[name] {
			return chat.FailField(fmt.Sprintf("%s[%d].%s", kind, i, field), "%q is there twice.", value)
		}
		seen[name] = true
	}
	return nil
}

// within says in which row a Failure arose.
func within(kind string, i int, err error) error {
	var f *chat.Failure
	if !errors.As(err, &f) {
		return fmt.Errorf("%s %d: %w", kind, i, err)
	}
	g := *f
	g.Field = fmt.Sprintf("%s[%d].%s", kind, i, f.Field)
	return &g
}
