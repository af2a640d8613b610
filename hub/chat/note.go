package chat

import "time"

// PersonNote is something worth remembering about a customer.
type PersonNote struct {
	ID       string
	PersonID string
	AgentID  string
	Text     string
	At       Time
	// Consent is how the customer agreed to a sensitive note, in words: theirs, or where
	// they were said. "" of any other note.
	Consent string
	// ExpiresAt is when a sensitive note erases itself; zero for one that stays.
	ExpiresAt Time
}

const (
	// MaxConsent bounds how a customer agreed, in code points.
	MaxConsent = 300
	// MaxSensitive is how long a sensitive note is kept at most: a year.
	MaxSensitive = 366 * 24 * time.Hour
)

// Sensitive reports whether this is about health, belief, money and the like: what only
// those may read who have the right to, for as long as the customer has agreed to.
func (n *PersonNote) Sensitive() bool { return n.ExpiresAt > 0 }

// Agreed makes a note a sensitive one. Invalid without the customer's word, and beyond a
// year.
func (n *PersonNote) Agreed(how string, until, now Time) error {
	n.Consent, n.ExpiresAt = CleanLine(how, MaxConsent), until
	switch {
	case n.Consent == "":
		return FailField("consent", "A sensitive note needs their consent. Write down how they agreed.")
	case until <= now:
		return FailField("until", "This is over already. Choose until when the note is kept.")
	case until > now.Add(MaxSensitive):
		return FailField("until", "A sensitive note is kept for a year at most.")
	}
	return nil
}
