package console

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// watchers are those whom a conversation's frames name, once one of them says so many.
func (l *line) watchers(n int) []string {
	l.t.Helper()
	var f struct {
		Agents []chat.AgentCard `json:"agents"`
	}
	for {
		l.JSON(l.t, "watching", &f)
		if len(f.Agents) == n {
			break
		}
	}
	names := []string{}
	for _, a := range f.Agents {
		names = append(names, a.Name)
	}
	return names
}

// watched are the lines of the audit log about looking on, as action, who, whose.
func (w *world) watched() (lines []string, changes []string) {
	w.t.Helper()
	w.must(w.store.AuditEntries(w.t.Context(), func(e chat.AuditEntry) error {
		if e.Action == "conversation.watch_began" || e.Action == "conversation.watched" {
			lines, changes = append(lines, e.Action+" "+e.By+" "+e.Detail), append(changes, e.Change)
		}
		return nil
	}))
	return lines, changes
}

// Who looks on is shown to who has it, unless the site's rule says otherwise; it is in
// the audit log with its time either way, and reads nothing in the agent's stead.
func TestLookingOnIsWrittenDown(t *testing.T) {
	w := newWorld(t)
	ana, sam := w.hire("Ana", chat.AgentRole), w.hire("Sam", chat.Supervisor)
	v := w.arrives("Hello, where is my parcel?")
	w.must(w.desk.Take(t.Context(), ana.Actor(), v.id, ""))
	mine := w.seat(ana).connect()
	mine.send(object{"type": "open", "conversation_id": v.id, "after": 0})
	mine.watchers(1)

	looks := w.seat(sam).connect()
	looks.send(object{"type": "open", "conversation_id": v.id, "after": 0, "watch": true})
	if got := mine.watchers(2); !slices.Equal(got, []string{"Ana", "Sam"}) {
		t.Errorf("looking on are %v", got)
	}
	looks.send(object{"type": "read", "conversation_id": v.id, "seq": 2})
	looks.send(object{"type": "shut", "conversation_id": v.id})
	mine.watchers(1)
	if row, err := w.store.RowByID(t.Context(), v.id); err != nil || row.Marks.AgentRead != 0 || row.Unread == 0 {
		t.Errorf("read by who only looks on: %+v, %v", row.Marks, err)
	}
	lines, changes := w.watched()
	if want := []string{"conversation.watch_began " + sam.ID + " " + ana.ID, "conversation.watched " + sam.ID + " " + ana.ID}; !slices.Equal(lines, want) {
		t.Fatalf("the log has %q", lines)
	}
	var span []struct{ From, To chat.Time }
	if err := json.Unmarshal([]byte(changes[1]), &span); err != nil || span[0].From == 0 || span[0].To < span[0].From {
		t.Errorf("from when to when: %s, %v", changes[1], err)
	}

	site, err := w.store.Site(t.Context(), w.site.ID)
	w.must(err)
	site.Oversight.Unseen = true
	w.must(w.store.SaveSite(t.Context(), site))
	looks.send(object{"type": "open", "conversation_id": v.id, "after": 0, "watch": true})
	if got := looks.watchers(1); got[0] != "Ana" {
		t.Errorf("unseen, the frame names %v", got)
	}
	looks.Close()
	for deadline := time.Now().Add(10 * time.Second); len(lines) < 4; lines, _ = w.watched() {
		if time.Now().After(deadline) {
			t.Fatalf("after the socket has gone the log has %q", lines)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Looking on is for who may take over, at what a colleague has; whoever begins too many
// in a row looks like anybody else, and writes nothing more.
func TestLookingOnHasItsBounds(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Link = door.DefaultRates().Link })
	ana, sam := w.hire("Ana", chat.AgentRole), w.hire("Sam", chat.Supervisor)
	v := w.arrives("Hello")
	no := w.seat(ana).connect()
	no.send(object{"type": "open", "conversation_id": v.id, "after": 0, "watch": true})
	if got := no.gets("error"); got.Code != string(chat.Forbidden) {
		t.Errorf("an agent looks on: %+v", got)
	}
	looks := w.seat(sam).connect()
	turn := func() {
		looks.send(object{"type": "open", "conversation_id": v.id, "after": 0, "watch": true})
		looks.send(object{"type": "shut", "conversation_id": v.id})
	}
	heard := func() { // all that was sent before
		looks.send(object{"type": "nothing"})
		looks.gets("error")
	}
	turn()
	heard()
	if lines, _ := w.watched(); len(lines) != 0 {
		t.Errorf("what nobody has is looked on at: %q", lines)
	}
	w.must(w.desk.Take(t.Context(), ana.Actor(), v.id, ""))
	for range 40 {
		turn()
	}
	heard()
	if lines, _ := w.watched(); len(lines) == 0 || len(lines) > 40 {
		t.Errorf("%d lines of 40 turns", len(lines))
	}
}
