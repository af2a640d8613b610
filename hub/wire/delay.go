package wire

import "rapport/hub/chat"

// Delay is a report that something is late, on the team's wire.
type Delay struct {
	ID        string           `json:"id"`
	Source    chat.DelaySource `json:"source"`
	Reference string           `json:"reference"`
	What      string           `json:"what"`
	Reason    string           `json:"reason"`
	Until     chat.Time        `json:"until"`
	State     chat.DelayState  `json:"state"`
	At        chat.Time        `json:"at"`
	EndedAt   chat.Time        `json:"ended_at"`
}

// NewDelay shows d.
func NewDelay(d *chat.Delay) *Delay {
	return &Delay{d.ID, d.Source, d.Reference, d.What, d.Reason, d.Until, d.State, d.At, d.EndedAt}
}

// DelayFrame tells a site's consoles that a promise is reported to be late. told:
// the customer knows; else an agent has to decide.
func DelayFrame(p *chat.Promise, told bool) []byte {
	what := "delayed"
	if !told {
		what = "may_be_late"
	}
	return Encode(promiseFrame{"promise", p.SiteID, what, TeamPromise(p)})
}
