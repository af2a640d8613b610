package wire

import "rapport/hub/chat"

// Promise is a promise on the wire. A visitor's has no matter and no mark of a delay.
type Promise struct {
	ID             string            `json:"id"`
	ConversationID string            `json:"conversation_id"`
	MatterID       string            `json:"matter_id"`
	Kind           chat.PromiseKind  `json:"kind,omitempty"`
	Whose          chat.Whose        `json:"whose"`
	Owner          *chat.AgentCard   `json:"owner"`
	Text           string            `json:"text"`
	DueAt          chat.Time         `json:"due_at"`
	Zone           string            `json:"zone"`
	Words          string            `json:"words"`
	NextAt         chat.Time         `json:"next_at"`
	State          chat.PromiseState `json:"state"`
	Moved          bool              `json:"moved"`
	Why            string            `json:"why"`
	Delay          chat.DelayMark    `json:"delay,omitempty"` // the team's alone
	MadeAt         chat.Time         `json:"made_at"`
	EndedAt        chat.Time         `json:"ended_at"`
}

// TeamPromise is a promise as agents see it.
func TeamPromise(p *chat.Promise) *Promise {
	w := PublicPromise(p)
	w.MatterID, w.Delay = p.MatterID, p.Delay
	return w
}

// PublicPromise is a promise as its customer sees it.
func PublicPromise(p *chat.Promise) *Promise {
	owner := p.Owner
	return &Promise{
		ID: p.ID, ConversationID: p.ConversationID, Kind: p.Kind, Whose: p.Whose, Owner: &owner, Text: p.Text,
		DueAt: p.DueAt, Zone: p.Zone, Words: p.Words, NextAt: p.NextAt, State: p.State,
		Moved: p.Moved, Why: p.Why, MadeAt: p.MadeAt, EndedAt: p.EndedAt,
	}
}

// LedgerRow is a promise in the ledger, with the customer it was made to.
type LedgerRow struct {
	*Promise
	Person rowPerson `json:"person"`
}

// NewLedgerRow shows a promise to a person.
func NewLedgerRow(p *chat.Promise, personID, name string, verified bool) LedgerRow {
	return LedgerRow{TeamPromise(p), rowPerson{personID, name, verified}}
}

// reminders are the words for what a reminder says.
var reminders = map[chat.Reminder]string{
	chat.ToldSoon: "soon", chat.ToldLate: "late", chat.ToldEscalated: "escalated",
}

type promiseFrame struct {
	Type    string   `json:"type"`
	SiteID  string   `json:"site_id"`
	What    string   `json:"what"`
	Promise *Promise `json:"promise"`
}

// PromiseFrame reminds a site's consoles of an open promise.
func PromiseFrame(p *chat.Promise, what chat.Reminder) []byte {
	return Encode(promiseFrame{"promise", p.SiteID, reminders[what], TeamPromise(p)})
}
