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
	// Concern and Detail: what else was found in the customer's words, absent for
	// nothing. Declined: when they said no to the last offer, absent for never.
	Concern  *Found    `json:"concern,omitempty"`
	Detail   *Found    `json:"detail,omitempty"`
	Declined chat.Time `json:"declined_at,omitempty"`
	// Beside: the conversation holds other matters too; absent for no.
	Beside   bool       `json:"beside,omitempty"`
	Progress []Progress `json:"progress"`
}

// Found is what the customer said, in one line, and in which message.
type Found struct {
	Text  string `json:"text"`
	Cause string `json:"cause"`
}

func newFound(f chat.Found) *Found {
	if f.Text == "" {
		return nil
	}
	return &Found{f.Text, f.Cause}
}

// NewMatter shows m with the progress that stands.
func NewMatter(m *chat.Matter, progress []Progress) Matter {
	if progress == nil {
		progress = []Progress{}
	}
	r := m.Reading()
	return Matter{
		m.ID, m.Number, m.Step, m.Why, r.Need, r.Question, r.Type, r.Mood, r.Trend, m.OpenedAt,
		newFound(r.Concern), newFound(r.Detail), r.Declined, r.Beside, progress,
	}
}
