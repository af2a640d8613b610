package wire

import "rapport/hub/chat"

// Promise is a promise on the wire. A visitor's has no matter and no mark of a delay.
type Promise struct {
	ID             string            `json:"id"`
	ConversationID string            `json:"conversation_id"`
	MatterID       string            `json:"matter_id"`
	Kind           chat.PromiseKind  `json:"kind,omitempty"`
	Whose          chat.Whose        `json:"whose"`
	Owner          *chat.AgentCard   `json:"owner"` // null for anyone
	Text           string            `json:"text"`
	DueAt          chat.Time         `json:"due_at"`
	Zone           string            `json:"zone"`
	Words          string            `json:"words"`
	NextAt         chat.Time         `json:"next_at"`
	State          chat.PromiseState `json:"state"`
	Moved          bool              `json:"moved"`
	Why            string            `json:"why"`
	Place          string            `json:"place,omitempty"`
	Minutes        int64             `json:"minutes,omitempty"` // of an appointment alone
	Delay          chat.DelayMark    `json:"delay,omitempty"`   // the team's alone
	MadeAt         chat.Time         `json:"made_at"`
	EndedAt        chat.Time         `json:"ended_at"`
	// Away: for whose absence it was handed on last; never on a visitor's wire.
	Away *chat.AgentCard `json:"away,omitempty"`
}

// TeamPromise is a promise as agents see it.
func TeamPromise(p *chat.Promise) *Promise {
	w := PublicPromise(p)
	w.MatterID, w.Delay = p.MatterID, p.Delay
	if p.Away.ID != "" {
		away := p.Away
		w.Away = &away
	}
	return w
}

// PublicPromise is a promise as its customer sees it.
func PublicPromise(p *chat.Promise) *Promise {
	var owner *chat.AgentCard
	if p.Owner.ID != "" {
		card := p.Owner
		owner = &card
	}
	return &Promise{
		ID: p.ID, ConversationID: p.ConversationID, Kind: p.Kind, Whose: p.Whose, Owner: owner, Text: p.Text,
		DueAt: p.DueAt, Zone: p.Zone, Words: p.Words, NextAt: p.NextAt, State: p.State,
		Moved: p.Moved, Why: p.Why, Place: p.Place, Minutes: p.Minutes, MadeAt: p.MadeAt, EndedAt: p.EndedAt,
	}
}

// LedgerRow is a promise in the ledger, with the customer it was made to.
type LedgerRow struct {
	*Promise
	Person promisePerson `json:"person"`
}

// promisePerson is who a promise was made to, and the zone that they are in.
type promisePerson struct {
	rowPerson
	Zone string `json:"zone,omitempty"`
}

// NewLedgerRow shows a promise to a person.
func NewLedgerRow(p *chat.Promise, personID, name string, verified bool, zone string) LedgerRow {
	return LedgerRow{TeamPromise(p), promisePerson{rowPerson{personID, name, verified}, zone}}
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

// HandedFrame tells a site's consoles that a promise was handed on for an absence.
func HandedFrame(p *chat.Promise) []byte {
	return Encode(promiseFrame{"promise", p.SiteID, "handed", TeamPromise(p)})
}

// PromiseFrame reminds a site's consoles of an open promise.
func PromiseFrame(p *chat.Promise, what chat.Reminder) []byte {
	return Encode(promiseFrame{"promise", p.SiteID, reminders[what], TeamPromise(p)})
}
