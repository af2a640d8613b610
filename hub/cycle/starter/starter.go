// Package starter holds the prompts and templates that a new site begins with,
// in the format in which prompts and templates are imported. Loading them goes
// through the same checks as an owner's own file.
package starter

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

//go:embed en.json
var english []byte

// Format names the import format; a file that does not carry it is refused.
const Format = "rapport.guide"

// Bounds of an import, and of a prompt in code points.
const (
	MaxPrompts   = 200
	MaxTemplates = 2_000
	MaxAim       = 80
	MaxHelp      = 300
)

// Set is a file of prompts and templates.
type Set struct {
	Format    string     `json:"format"`
	Version   int64      `json:"version"`
	Language  string     `json:"language"`
	Prompts   []Prompt   `json:"prompts"`
	Templates []Template `json:"templates"`
}

// Prompt is a chat.Prompt as a file has it. The order in the file is the order
// on the screen. Evidence is a rule of package cycle, or "" for by hand only.
type Prompt struct {
	Key      string    `json:"key"`
	Step     chat.Step `json:"step"`
	Evidence string    `json:"evidence"`
	Text     string    `json:"text"`
	Help     string    `json:"help"`
}

// Template is a chat.Template as a file has it.
type Template struct {
	Title    string      `json:"title"`
	Shortcut string      `json:"shortcut"`
	Steps    []chat.Step `json:"steps"`
	Body     string      `json:"body"`
}

// Load returns the starter set in English.
func Load() (Set, error) { return Parse(english) }

// Parse reads and checks a file. It reports a Failure that names the first
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
	if s.Format != Format || s.Version < 1 {
		return Set{}, chat.FailField("format", "This is not a file of prompts and templates (format %q, version 1 or later).", Format)
	}
	if err := s.checkPrompts(); err != nil {
		return Set{}, err
	}
	return s, s.checkTemplates()
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

func (s *Set) checkPrompts() error {
	if len(s.Prompts) > MaxPrompts {
		return chat.FailField("prompts", "At most %d prompts fit.", MaxPrompts)
	}
	seen := make(map[string]bool, len(s.Prompts))
	for i := range s.Prompts {
		p := &s.Prompts[i]
		at := func(field string) string { return fmt.Sprintf("prompts[%d].%s", i, field) }
		p.Text, p.Help = chat.CleanLine(p.Text, MaxAim), chat.CleanLine(p.Help, MaxHelp)
		switch {
		case !keyForm.MatchString(p.Key):
			return chat.FailField(at("key"), "A key is small letters, digits and _, at most 64.")
		case seen[p.Key]:
			return chat.FailField(at("key"), "The key %q is there twice.", p.Key)
		case !p.Step.Valid():
			return chat.FailField(at("step"), "%q is not a step.", string(p.Step))
		case p.Text == "":
			return chat.FailField(at("text"), "Say what the agent should aim for.")
		case p.Evidence != "" && !cycle.KnownRule(p.Evidence):
			return chat.FailField(at("evidence"), "%q is not an evidence rule.", p.Evidence)
		}
		seen[p.Key] = true
	}
	return nil
}

func (s *Set) checkTemplates() error {
	if len(s.Templates) > MaxTemplates {
		return chat.FailField("templates", "At most %d templates fit.", MaxTemplates)
	}
	seen := make(map[string]bool, len(s.Templates))
	for i := range s.Templates {
		t := &s.Templates[i]
		row := chat.Template{Title: t.Title, Shortcut: t.Shortcut, Body: t.Body, Steps: t.Steps}
		if err := row.Validate(); err != nil {
			return within(i, err)
		}
		if row.Shortcut != "" && seen[row.Shortcut] {
			return chat.FailField(fmt.Sprintf("templates[%d].shortcut", i), "The shortcut %q is there twice.", row.Shortcut)
		}
		seen[row.Shortcut] = true
		t.Title, t.Shortcut, t.Body = row.Title, row.Shortcut, row.Body
	}
	return nil
}

// within says in which template a Failure arose.
func within(i int, err error) error {
	var f *chat.Failure
	if !errors.As(err, &f) {
		return fmt.Errorf("template %d: %w", i, err)
	}
	g := *f
	g.Field = fmt.Sprintf("templates[%d].%s", i, f.Field)
	return &g
}

// For makes the rows of one site, with fresh ids. Origin says which version of
// the starter set they came from, so that a later one can tell what an owner has
// changed.
func (s Set) For(siteID string, at chat.Time) ([]chat.Prompt, []chat.Template) {
	origin := fmt.Sprintf("starter:%d", s.Version)
	prompts := make([]chat.Prompt, len(s.Prompts))
	for i, p := range s.Prompts {
		prompts[i] = chat.Prompt{
			ID: chat.NewID(), SiteID: siteID, Key: p.Key, Step: p.Step, Text: p.Text, Help: p.Help,
			Evidence: p.Evidence, Position: int64(i + 1), Origin: origin,
		}
	}
	templates := make([]chat.Template, len(s.Templates))
	for i, t := range s.Templates {
		templates[i] = chat.Template{
			ID: chat.NewID(), SiteID: siteID, Title: t.Title, Shortcut: t.Shortcut, Body: t.Body,
			Steps: t.Steps, Origin: origin, Version: 1, UpdatedAt: at,
		}
	}
	return prompts, templates
}
