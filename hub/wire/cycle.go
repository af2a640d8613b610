package wire

import "rapport/hub/chat"

// Progress is a tick or a move on the team's wire.
type Progress struct {
	ID       string    `json:"id"`
	MatterID string    `json:"matter_id"`
	What     string    `json:"what"`
	State    string    `json:"state"`
	By       chat.Kind `json:"by"`
	ByID     string    `json:"by_id"`
	ByName   string    `json:"by_name"`
	Cause    string    `json:"cause"`
	Why      string    `json:"why"`
	At       chat.Time `json:"at"`
}

// NewProgress shows p; name is that of the agent who did it.
func NewProgress(p *chat.Progress, name string) Progress {
	return Progress{p.ID, p.MatterID, p.What, p.State, p.By, p.ByID, name, p.Cause, p.Why, p.At}
}

// Matter is a matter on the team's wire.
type Matter struct {
	ID       string               `json:"id"`
	Number   int64                `json:"number"`
	Step     chat.Step            `json:"step"`
	Why      string               `json:"why"`
	Need     string               `json:"need"`
	Question string               `json:"question"`
	Type     chat.InteractionType `json:"type"`
	Mood     chat.Mood            `json:"mood"`
	Trend    int                  `json:"trend"`
	OpenedAt chat.Time            `json:"opened_at"`
	ClosedAt chat.Time            `json:"closed_at,omitempty"`
	Progress []Progress           `json:"progress"`
}

// NewMatter shows m with the progress that stands.
func NewMatter(m *chat.Matter, progress []Progress) Matter {
	if progress == nil {
		progress = []Progress{}
	}
	r := m.Reading()
	return Matter{
		m.ID, m.Number, m.Step, m.Why, r.Need, r.Question, r.Type, r.Mood, r.Trend, m.OpenedAt, m.ClosedAt, progress,
	}
}

// Prompt is a prompt on the team's wire.
type Prompt struct {
	ID       string    `json:"id"`
	Key      string    `json:"key"`
	Step     chat.Step `json:"step"`
	Text     string    `json:"text"`
	Help     string    `json:"help"`
	Position int64     `json:"position"`
}

// NewPrompt shows p.
func NewPrompt(p *chat.Prompt) Prompt {
	return Prompt{p.ID, p.Key, p.Step, p.Text, p.Help, p.Position}
}

// Template is a template on the team's wire.
type Template struct {
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Shortcut  string      `json:"shortcut"`
	Body      string      `json:"body"`
	Steps     []chat.Step `json:"steps"`
	Scope     string      `json:"scope"`
	Uses      int64       `json:"uses"`
	UpdatedAt chat.Time   `json:"updated_at"`
}

// Scopes of a template.
const (
	ScopeSite     = "site"
	ScopePersonal = "personal"
)

// NewTemplate shows t.
func NewTemplate(t *chat.Template) Template {
	scope := ScopeSite
	if t.AgentID != "" {
		scope = ScopePersonal
	}
	return Template{t.ID, t.Title, t.Shortcut, t.Body, t.Steps, scope, t.Uses, t.UpdatedAt}
}
