package wire

import "rapport/hub/chat"

// Offer is a conversation that routing holds out to an agent, or has given them.
type Offer struct {
	ConversationID string             `json:"conversation_id"`
	SiteID         string             `json:"site_id"`
	Until          chat.Time          `json:"until"` // 0: it is theirs already
	Why            string             `json:"why"`
	Person         rowPerson          `json:"person"`
	Text           string             `json:"text"` // what was said last
	WaitingSince   chat.Time          `json:"waiting_since"`
	Complaint      chat.ComplaintMark `json:"complaint,omitempty"`
}

// NewOffer shows a row that is held out until then.
func NewOffer(r *chat.Row, until chat.Time, why string) Offer {
	return Offer{
		ConversationID: r.ID, SiteID: r.SiteID, Until: until, Why: why,
		Person: rowPerson{r.PersonID, r.PersonName, r.PersonVerified},
		Text:   r.LastText, WaitingSince: r.WaitingSince, Complaint: r.Complaint,
	}
}

type offerFrame struct {
	Type           string `json:"type"`
	SiteID         string `json:"site_id"`
	ConversationID string `json:"conversation_id"`
	Offer          *Offer `json:"offer"` // null: it is over
}

// OfferFrame tells an agent of an offer.
func OfferFrame(o Offer) []byte {
	return Encode(offerFrame{"offer", o.SiteID, o.ConversationID, &o})
}

// OfferEnded tells an agent that a conversation is not held out to them any more:
// they took it, or it went on.
func OfferEnded(siteID, conversationID string) []byte {
	return Encode(offerFrame{"offer", siteID, conversationID, nil})
}
