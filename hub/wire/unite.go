package wire

import "rapport/hub/chat"

// OtherTalk is another conversation of the same customer, as an event tells of it.
type OtherTalk struct {
	ID        string    `json:"id"`
	StartedAt chat.Time `json:"started_at"`
	Need      string    `json:"need,omitempty"`     // the team's alone, of what was split off
	Messages  int64     `json:"messages,omitempty"` // the team's alone, of what goes on here
}

// UniteSide is one of the conversations that could become one.
type UniteSide struct {
	Row       Row        `json:"row"`
	StartedAt chat.Time  `json:"started_at"`
	Messages  int64      `json:"messages"`
	Matters   []Matter   `json:"matters"`
	Promises  []*Promise `json:"promises"` // that are open
}

// NewUniteSide shows one with its matters and open promises.
func NewUniteSide(row *chat.Row, messages int64, matters []chat.Matter, promises []chat.Promise) UniteSide {
	w := UniteSide{NewRow(row), row.StartedAt, messages, []Matter{}, []*Promise{}}
	for i := range matters {
		w.Matters = append(w.Matters, NewMatter(&matters[i], nil))
	}
	for i := range promises {
		w.Promises = append(w.Promises, TeamPromise(&promises[i]))
	}
	return w
}
