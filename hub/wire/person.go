package wire

import "rapport/hub/chat"

// Person is the customer on the team's wire.
type Person struct {
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Email       string           `json:"email"`
	Verified    bool             `json:"verified"`
	NameGiven   bool             `json:"name_given,omitempty"`
	EmailGiven  bool             `json:"email_given,omitempty"`
	Attributes  []chat.Attribute `json:"attributes"`
	Locale      string           `json:"locale"`
	Zone        string           `json:"zone,omitempty"`
	Segment     string           `json:"segment"`
	FirstSeenAt chat.Time        `json:"first_seen_at"`
	BlockedAt   chat.Time        `json:"blocked_at,omitempty"`
}

// NewPerson shows p.
func NewPerson(p *chat.Person) Person {
	attributes := p.Attributes
	if attributes == nil {
		attributes = []chat.Attribute{}
	}
	return Person{p.ID, p.Name, p.Email, p.Verified, p.NameGiven, p.EmailGiven, attributes, p.Locale, p.Zone, p.Segment, p.CreatedAt, p.BlockedAt}
}

// PageView is a page that the customer looked at.
type PageView struct {
	URL   string    `json:"url"`
	Title string    `json:"title"`
	At    chat.Time `json:"at"`
}

// PersonNote is something worth remembering about a customer.
type PersonNote struct {
	ID   string    `json:"id"`
	Text string    `json:"text"`
	By   Author    `json:"by"`
	At   chat.Time `json:"at"`
	// Sensitive is nil for a note that everybody on the team reads, and that stays.
	Sensitive *NoteConsent `json:"sensitive,omitempty"`
}

// NoteConsent is how a customer agreed to a sensitive note, and until when it is kept.
type NoteConsent struct {
	Consent string    `json:"consent"`
	Until   chat.Time `json:"until"`
}
