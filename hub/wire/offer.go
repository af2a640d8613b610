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
	Handing        *Handing           `json:"handing,omitempty"` // where a colleague hands it over
}

// Handing is what goes with a conversation that is handed over, or to be joined.
type Handing struct {
	From       chat.AgentCard  `json:"from"`
	By         *chat.AgentCard `json:"by,omitempty"`    // who asks, where it is not from
	Joins      bool            `json:"joins,omitempty"` // they are asked to answer beside from, who keeps it
	Team       string          `json:"team,omitempty"`  // whose members are asked in turn
	Note       string          `json:"note,omitempty"`
	Step       chat.Step       `json:"step"`
	Need       string          `json:"need,omitempty"`
	PromisedAt chat.Time       `json:"promised_at,omitempty"` // when our first open promise is due
}

// With shows what goes with it, nil for nothing.
func (o Offer) With(h *chat.Handing) Offer {
	if h != nil {
		o.Handing = &Handing{h.From, nil, h.Joins, h.Team, h.Note, h.Step, h.Need, h.PromisedAt}
		if h.By.ID != h.From.ID {
			o.Handing.By = &h.By
		}
	}
	return o
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
