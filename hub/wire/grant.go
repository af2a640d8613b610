package wire

import "rapport/hub/chat"

// Grant is goodwill or a decision on the team's wire.
type Grant struct {
	ID             string           `json:"id"`
	ConversationID string           `json:"conversation_id"`
	MatterID       string           `json:"matter_id"`
	Person         rowPerson        `json:"person"`
	Kind           string           `json:"kind"`
	Name           string           `json:"name"`
	Unit           chat.GrantUnit   `json:"unit"`
	Currency       string           `json:"currency"`
	Amount         int64            `json:"amount"`
	Reason         chat.GrantReason `json:"reason"`
	Note           string           `json:"note"`
	Summary        string           `json:"summary"`
	State          chat.GrantState  `json:"state"`
	By             chat.AgentCard   `json:"by"`
	AskedOf        *chat.AgentCard  `json:"asked_of"`
	AnswerBy       chat.Time        `json:"answer_by"`
	DecidedBy      *chat.AgentCard  `json:"decided_by"`
	Words          string           `json:"words"`
	PromiseID      string           `json:"promise_id"`
	AskedAt        chat.Time        `json:"asked_at"`
	At             chat.Time        `json:"at"`
}

// NewGrant shows g.
func NewGrant(g *chat.Grant) *Grant {
	return &Grant{
		ID: g.ID, ConversationID: g.ConversationID, MatterID: g.MatterID, Person: rowPerson{g.PersonID, g.PersonName, g.PersonVerified},
		Kind: g.Kind, Name: g.Name, Unit: g.Unit, Currency: g.Currency, Amount: g.Amount, Reason: g.Reason, Note: g.Note, Summary: g.Summary,
		State: g.State, By: g.By, AskedOf: cardOrNil(g.AskedOf), AnswerBy: g.AnswerBy, DecidedBy: cardOrNil(g.DecidedBy), Words: g.Words,
		PromiseID: g.PromiseID, AskedAt: g.AskedAt, At: g.At,
	}
}

func cardOrNil(c chat.AgentCard) *chat.AgentCard {
	if c.ID == "" {
		return nil
	}
	return &c
}

type grantFrame struct {
	Type   string `json:"type"`
	SiteID string `json:"site_id"`
	Grant  *Grant `json:"grant"`
}

// GrantFrame tells a site's consoles how a question to the supervisors stands.
func GrantFrame(g *chat.Grant) []byte {
	return Encode(grantFrame{"grant", g.SiteID, NewGrant(g)})
}

// Authority is what may be given on a site, as one agent sees it. Limits, who
// has read them and the wishes are those of the whole team for whoever looks
// after it, and else the agent's own.
type Authority struct {
	Version      int64            `json:"version"`
	Currency     string           `json:"currency"`
	Kinds        []chat.GrantKind `json:"kinds"`
	Limits       []chat.Limit     `json:"limits"`
	AnswerWithin int64            `json:"answer_within"` // seconds
	Free         bool             `json:"free"`          // no limit is set for the one who looks
	Solo         bool             `json:"solo"`          // there is nobody else to set one for
	ReadVersion  int64            `json:"read_version"`
	Left         []Left           `json:"left"`
	Read         []LimitsRead     `json:"read"`
	Wishes       []LimitWish      `json:"wishes"`
}

// Left is what an agent may give now of one kind: at once, and with what they
// gave today and this month taken off.
type Left struct {
	chat.Limit
	Now int64 `json:"now"`
}

// LimitsRead is who has read which version.
type LimitsRead struct {
	AgentID string    `json:"agent_id"`
	Version int64     `json:"version"`
	At      chat.Time `json:"at"`
}

// NewLimitsRead shows r.
func NewLimitsRead(r *chat.LimitsRead) LimitsRead { return LimitsRead(*r) }

// LimitWish is what an agent wishes of their limits.
type LimitWish struct {
	ID   string         `json:"id"`
	By   chat.AgentCard `json:"by"`
	Text string         `json:"text"`
	At   chat.Time      `json:"at"`
}

// NewLimitWish shows w.
func NewLimitWish(w *chat.LimitWish) LimitWish { return LimitWish{w.ID, w.By, w.Text, w.At} }

// GrantTotal sums what one agent gave of one kind for one reason.
type GrantTotal struct {
	Agent    chat.AgentCard   `json:"agent"`
	Kind     string           `json:"kind"`
	Name     string           `json:"name"`
	Unit     chat.GrantUnit   `json:"unit"`
	Currency string           `json:"currency"`
	Reason   chat.GrantReason `json:"reason"`
	Count    int64            `json:"count"`
	Amount   int64            `json:"amount"`
}

// NewGrantTotal shows t.
func NewGrantTotal(t *chat.GrantTotal) GrantTotal { return GrantTotal(*t) }
