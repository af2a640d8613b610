package wire

import "rapport/hub/chat"

type erasedFrame struct {
	Type          string   `json:"type"`
	SiteID        string   `json:"site_id"`
	Conversations []string `json:"conversation_ids"`
}

// ErasedFrame tells a site's consoles which conversations are gone for good.
func ErasedFrame(siteID string, conversations []string) []byte {
	return Encode(erasedFrame{"erased", siteID, conversations})
}

// Known is what is known about a customer, as they may see it themselves. What the
// team notes among itself is only counted; what they agreed to have noted is theirs to
// read, or they could not take their word back.
type Known struct {
	Person        KnownPerson         `json:"person"`
	Conversations []KnownConversation `json:"conversations"`
	Promises      []*Promise          `json:"promises"`
	Pages         []PageView          `json:"pages"`
	Browsers      int64               `json:"browsers"`
	Notes         int64               `json:"notes"`
	Sensitive     []KnownNote         `json:"sensitive"`
}

// KnownPerson is a profile as its customer sees it.
type KnownPerson struct {
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Email       string           `json:"email"`
	Verified    bool             `json:"verified"`
	NameGiven   bool             `json:"name_given"`  // a person typed it; the site has not signed it
	EmailGiven  bool             `json:"email_given"` // likewise
	Attributes  []chat.Attribute `json:"attributes"`
	Locale      string           `json:"locale"`
	Zone        string           `json:"zone"`
	Segment     string           `json:"segment"`
	FirstSeenAt chat.Time        `json:"first_seen_at"`
}

// KnownNote is a sensitive note as its customer sees it.
type KnownNote struct {
	Text    string    `json:"text"`
	Consent string    `json:"consent"`
	At      chat.Time `json:"at"`
	Until   chat.Time `json:"until"`
}

// KnownConversation is one of theirs, with what they said of it.
type KnownConversation struct {
	ID        string      `json:"id"`
	State     chat.State  `json:"state"`
	StartedAt chat.Time   `json:"started_at"`
	Last      lastPublic  `json:"last"`
	Feedback  []*Feedback `json:"feedback"`
}

// NewKnownPerson shows p to themselves.
func NewKnownPerson(p *chat.Person) KnownPerson {
	attributes := p.Attributes
	if attributes == nil {
		attributes = []chat.Attribute{}
	}
	return KnownPerson{
		ID: p.ID, Name: p.Name, Email: p.Email, Verified: p.Verified,
		NameGiven: p.Name != "" && (!p.Verified || p.NameGiven), EmailGiven: p.Email != "" && (!p.Verified || p.EmailGiven),
		Attributes: attributes, Locale: p.Locale, Zone: p.Zone, Segment: p.Segment, FirstSeenAt: p.CreatedAt,
	}
}

// NewKnownConversation shows r to its customer. What an agent entered by hand is the
// team's: nobody talks there, and its last words are the agent's own.
func NewKnownConversation(r *chat.Row, said []chat.Feedback) KnownConversation {
	w := KnownConversation{ID: r.ID, State: r.State, StartedAt: r.StartedAt, Last: lastPublic{By: r.LastBy, At: r.LastAt}, Feedback: []*Feedback{}}
	if r.Channel == chat.ChannelChat || r.Channel == chat.ChannelImport {
		w.Last.Text = r.LastText
	}
	for i := range said {
		w.Feedback = append(w.Feedback, NewFeedback(&said[i]))
	}
	return w
}
