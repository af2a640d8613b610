package chat

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Transcript is one copy of a conversation that was sent by e-mail. What limits such
// copies is counted apart from whose they were, so that erasing somebody starts no
// count anew.
type Transcript struct {
	ID             string
	SiteID         string
	ConversationID string
	ByID           string // the customer, or the agent who sent it
	ByAgent        bool   // not kept
	Email          string // where it goes; only a hash is kept, which needs the installation's key
	Proven         bool   // the site had vouched for the address; not kept
	Masked         string
	At             Time
}

// TranscriptLink lets whoever holds its token have no more copies sent to the address
// that it went to. It leads to no conversation, and outlives the one it came with.
type TranscriptLink struct {
	TokenHash string
	SiteID    string
	Email     string // as of Transcript; it is not read back
	Locale    string // of the letter
	ExpiresAt Time
}

// Mailbox is the address by which an inbox is counted: many deliver what stands behind
// a plus to the same one.
func Mailbox(email string) string {
	at := strings.LastIndexByte(email, '@')
	if plus := strings.IndexByte(email, '+'); plus > 0 && plus < at {
		return email[:plus] + email[at:]
	}
	return email
}

// Bounds of copies, so that nobody is flooded through us.
const (
	TranscriptAgain = 10 * time.Minute // within which the same copy is not sent twice
	TranscriptDay   = 24 * time.Hour   // in which the rest is counted

	MaxTranscriptsBy       = 5   // by one customer
	MaxTranscriptsByAgent  = 60  // by one agent
	MaxTranscriptsTo       = 3   // from one site to an address that nobody has proven
	MaxTranscriptsToProven = 10  // to one that the site vouches for
	MaxTranscriptsOfSite   = 200 // that its customers send to addresses that nobody has proven

	MaxTranscriptMessages = 500 // of a copy: the last ones
)

// TranscriptCount is how many copies were sent within a day.
type TranscriptCount struct{ By, To, Site int64 }

// Room reports whether one more copy fits: nil, or RateLimited.
func (t *Transcript) Room(n TranscriptCount, by Kind) error {
	most, to := int64(MaxTranscriptsBy), int64(MaxTranscriptsTo)
	if by == ByAgent {
		most = MaxTranscriptsByAgent
	}
	if t.Proven {
		to = MaxTranscriptsToProven
	}
	switch {
	case n.By >= most:
		return tooManyTranscripts("That were many copies in one day. Save the conversation as a file instead, or try again tomorrow.")
	case n.To >= to:
		return tooManyTranscripts("This address got several copies today. Save the conversation as a file instead, or try again tomorrow.")
	case by == ByPerson && !t.Proven && n.Site >= MaxTranscriptsOfSite:
		return tooManyTranscripts("No more copies go out by e-mail today. Save the conversation as a file instead, or try again tomorrow.")
	}
	return nil
}

func tooManyTranscripts(message string) error {
	f := Fail(RateLimited, "%s", message)
	f.RetryAfter = int(time.Hour / time.Second)
	return f
}

// MaskAddress shows as much of an address as its owner needs to know it again:
// m…@example.com.
func MaskAddress(email string) string {
	at := strings.LastIndexByte(email, '@')
	if at < 1 {
		return "…"
	}
	_, first := utf8.DecodeRuneInString(email)
	return email[:first] + "…" + email[at:]
}

// TranscriptTx keeps the copies that were sent.
type TranscriptTx interface {
	// LastTranscript returns the latest copy of the same conversation that went to the
	// same address since then. ErrNotFound if there is none.
	LastTranscript(t *Transcript, since Time) (*Transcript, error)
	// CountTranscripts counts those since then that were sent by the same, from this
	// site to the same Mailbox, and by its customers to addresses that nobody has proven.
	CountTranscripts(t *Transcript, since Time) (TranscriptCount, error)
	// NoTranscripts reports whether a Mailbox wants no copies from a site.
	NoTranscripts(siteID, email string) (bool, error)
	AddTranscript(t *Transcript) error
}
