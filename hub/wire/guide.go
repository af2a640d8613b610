package wire

import "rapport/hub/chat"

// Prompt is a prompt on the team's wire.
type Prompt struct {
	ID       string    `json:"id"`
	Key      string    `json:"key"`
	Step     chat.Step `json:"step"`
	Text     string    `json:"text"`
	Help     string    `json:"help"`
	Evidence string    `json:"evidence"`
	Fit      chat.Fit  `json:"fit"`
	Position int64     `json:"position"`
}

// NewPrompt shows p.
func NewPrompt(p *chat.Prompt) Prompt {
	return Prompt{p.ID, p.Key, p.Step, p.Text, p.Help, p.Evidence, p.Fit, p.Position}
}

// PromptVersion is what a prompt said before.
type PromptVersion struct {
	Version  int64     `json:"version"`
	Step     chat.Step `json:"step"`
	Text     string    `json:"text"`
	Help     string    `json:"help"`
	Evidence string    `json:"evidence"`
	Fit      chat.Fit  `json:"fit"`
	ByName   string    `json:"by_name"`
	At       chat.Time `json:"at"`
}

// NewPromptVersion shows v.
func NewPromptVersion(v *chat.PromptVersion) PromptVersion {
	return PromptVersion{v.Version, v.Step, v.Text, v.Help, v.Evidence, v.Fit, v.ByName, v.At}
}

// Template is a template on the team's wire.
type Template struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	Shortcut  string       `json:"shortcut"`
	Body      string       `json:"body"`
	Steps     []chat.Step  `json:"steps"`
	Fit       chat.Fit     `json:"fit"`
	Scope     string       `json:"scope"`
	Uses      int64        `json:"uses"`
	AsIs      chat.Outcome `json:"as_is"`
	Reworded  chat.Outcome `json:"reworded"`
	Worth     int64        `json:"worth"`
	UpdatedAt chat.Time    `json:"updated_at"`
	Files     []File       `json:"files,omitempty"`
	TeamID    string       `json:"team_id,omitempty"` // of one of a team's
	Team      string       `json:"team,omitempty"`    // its name
}

// Scopes of a template.
const (
	ScopeSite     = "site"
	ScopePersonal = "personal"
	ScopeTeam     = "team"
)

// NewTemplate shows t.
func NewTemplate(t *chat.Template) Template {
	scope := ScopeSite
	switch {
	case t.AgentID != "":
		scope = ScopePersonal
	case t.TeamID != "":
		scope = ScopeTeam
	}
	return Template{t.ID, t.Title, t.Shortcut, t.Body, t.Steps, t.Fit, scope, t.Uses, t.AsIs, t.Reworded, t.Worth, t.UpdatedAt, NewFiles(t.Files), t.TeamID, t.TeamName}
}

// TemplateVersion is what a template said before.
type TemplateVersion struct {
	Version  int64       `json:"version"`
	Title    string      `json:"title"`
	Shortcut string      `json:"shortcut"`
	Body     string      `json:"body"`
	Steps    []chat.Step `json:"steps"`
	Fit      chat.Fit    `json:"fit"`
	Files    []File      `json:"files,omitempty"`
	ByName   string      `json:"by_name"`
	At       chat.Time   `json:"at"`
}

// NewTemplateVersion shows v.
func NewTemplateVersion(v *chat.TemplateVersion) TemplateVersion {
	return TemplateVersion{v.Version, v.Title, v.Shortcut, v.Body, v.Steps, v.Fit, NewFiles(v.Files), v.ByName, v.At}
}

// Answer is an answer on the team's wire.
type Answer struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Shortcut  string    `json:"shortcut"`
	Text      string    `json:"text"`
	Link      string    `json:"link"`
	Words     []string  `json:"words"`
	Pages     []string  `json:"pages"`
	Quick     bool      `json:"quick"`
	UpdatedAt chat.Time `json:"updated_at"`
}

// NewAnswer shows a.
func NewAnswer(a *chat.Answer) Answer {
	return Answer{a.ID, a.Title, a.Shortcut, a.Text, a.Link, listed(a.Words), listed(a.Pages), a.Quick, a.UpdatedAt}
}

// Standard is a standard on the team's wire.
type Standard struct {
	ID       string      `json:"id"`
	Text     string      `json:"text"`
	Why      string      `json:"why"`
	Shown    string      `json:"shown"`
	Steps    []chat.Step `json:"steps"`
	Position int64       `json:"position"`
}

// NewStandard shows s.
func NewStandard(s *chat.Standard) Standard {
	return Standard{s.ID, s.Text, s.Why, s.Shown, listed(s.Steps), s.Position}
}

// listed is a list that is [] on the wire when it is empty.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
