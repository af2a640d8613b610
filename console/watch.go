package console

import (
	"context"
	"encoding/json"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

// watch is a supervisor's looking on in a colleague's conversation.
type watch struct {
	since chat.Time
	of    string // who had it when that began
}

// lookOn makes the socket's looking at a conversation one from outside, or an ordinary
// one again. Only what a colleague has is looked on at: it is read for nobody, its agent
// sees who looks unless the site's rule says otherwise, and the audit log tells when it
// began and how long it lasted. Who begins too many in a row looks at the next like
// anybody else, so that the log cannot be flooded.
func (s socket) lookOn(ctx context.Context, c *hub.Conn, me *desktop, id string, on bool) error {
	if !on {
		s.lookAway(c, me, id)
		return nil
	}
	if err := me.may(chat.TakeOver); err != nil {
		return err
	}
	if _, already := me.watches[id]; already || !chat.ValidID(id) {
		return nil
	}
	row, err := s.d.Store.RowByID(ctx, id)
	if err != nil {
		return err
	}
	if row.State == chat.Closed || row.AssigneeID == "" || row.AssigneeID == me.agent.ID || row.Guests.Has(me.agent.ID) {
		return nil
	}
	if ok, _ := s.d.rates[perWatch].Allow(me.agent.ID); !ok {
		return nil
	}
	site, err := s.d.Store.Site(ctx, row.SiteID)
	if err != nil {
		return err
	}
	s.d.audit(ctx, me.agent.ID, "conversation.watch_began", id, row.AssigneeID)
	me.watches[id] = watch{s.d.Clock(), row.AssigneeID}
	s.d.Hub.Unseen(c, id, site.Oversight.Unseen)
	return nil
}

// lastWord bounds how long a line about what has ended may take to be written.
const lastWord = 5 * time.Second

// lookAway ends a looking on, and writes down from when to when it was. It outlives the
// socket, whose context ends with it.
func (s socket) lookAway(c *hub.Conn, me *desktop, id string) {
	w, is := me.watches[id]
	if !is {
		return
	}
	delete(me.watches, id)
	s.d.Hub.Unseen(c, id, false)
	ctx, cancel := context.WithTimeout(context.Background(), lastWord)
	defer cancel()
	s.d.writeDown(ctx, chat.AuditEntry{By: me.agent.ID, Action: "conversation.watched", Object: id, Detail: w.of, Change: span(w.since, s.d.Clock())})
}

// span is a time that has passed, as a change of an audit entry.
func span(from, to chat.Time) string {
	text, err := json.Marshal([]map[string]any{{"field": "time", "from": from, "to": to}})
	if err != nil {
		panic("console: a time has no JSON: " + err.Error()) // two numbers
	}
	return string(text)
}
