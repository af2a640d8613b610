package chat

// MailKind names what a letter to a customer who has left tells.
type MailKind string

const (
	MailReply   MailKind = "reply"   // an agent wrote to them
	MailCard    MailKind = "card"    // a card waits for their answer
	MailPromise MailKind = "promise" // a promise was made, moved or kept
	MailPart    MailKind = "part"    // their own part comes due
	MailSolved  MailKind = "solved"  // it was closed: solved, or not yet?

	// MailTranscript is a copy of the conversation that somebody asked for: a letter of
	// its own, which waits for nobody to leave.
	MailTranscript MailKind = "transcript"
)

// Mail is one thing that a customer is to be told by e-mail, if they have not
// seen it here by then: a row of the outbox, written in the transaction of the
// event that it tells of. What waits in one conversation goes out in one letter.
type Mail struct {
	ID             string
	SiteID         string
	PersonID       string
	ConversationID string
	Kind           MailKind
	Seq            int64 // the event's, so that nothing is queued twice
	Payload        MailPayload
	EarliestAt     Time // nothing goes out before

	Attempts  int64
	AwaySince Time // since when the customer was found away; zero while they were here
	CreatedAt Time
}

// MailPayload holds the ids of what a letter tells, beside the event's own; the
// words are read when it is written, so that they are those of then.
type MailPayload struct {
	CardID    string `json:"card_id,omitempty"`
	PromiseID string `json:"promise_id,omitempty"`
	DueAt     Time   `json:"due_at,omitempty"` // of a part: when it was due as this was queued
	To        string `json:"to,omitempty"`     // of a transcript: its address
}

// MailClaim is what waits for one customer in one conversation, held for a while
// for the one who sends it. Only its token settles it.
type MailClaim struct {
	Token          string
	ConversationID string
	Mails          []Mail // oldest first, at least one
}

// Transcript is the address that a claim's letter takes a copy to, "" for news.
func (c *MailClaim) Transcript() string { return c.Mails[0].Payload.To }

// MailDue is the letter that has been due longest: of what a conversation's customer
// is to be told, or a copy of it.
type MailDue struct {
	ConversationID string // "" for none
	Transcript     bool
}

// LinkPurpose is the one thing that a mailed link is good for.
type LinkPurpose string

const (
	LinkTalk   LinkPurpose = "talk"   // read the end of a conversation
	LinkCard   LinkPurpose = "card"   // read it and answer one card, once
	LinkSolved LinkPurpose = "solved" // say whether it is solved, and rate it
	LinkStop   LinkPurpose = "stop"   // have no such question sent to this address again
)

// MailLink lets whoever holds its token, the customer by intent, do one thing in
// one conversation without signing in. Only the token's hash is kept.
type MailLink struct {
	TokenHash      string
	ConversationID string
	Purpose        LinkPurpose
	CardID         string // LinkCard only
	Round          int64  // LinkSolved only: the closing that it asks about, as in Feedback
	Email          string // where it was sent; it ends when the customer's address is another
	ExpiresAt      Time
	UsedAt         Time
}

// MailTx writes the outbox.
type MailTx interface {
	// Enqueue stores what is to be told, once per conversation, event and kind. It
	// stores nothing while nobody sends e-mail.
	Enqueue(m *Mail) error
}
