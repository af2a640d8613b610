package widget

import (
	"strings"
	"sync/atomic"
	"testing"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
)

// A blocked customer's socket stays quiet: neither that they type nor where they are
// reaches the team, and no query is asked for it.
func TestABlockedCustomersSocketIsQuiet(t *testing.T) {
	w := newWorld(t)
	var heard atomic.Int64
	t.Cleanup(w.broker.Join(func(s hub.Signal) {
		if strings.Contains(string(s.Frame), `"type":"typing"`) || strings.Contains(string(s.Frame), `"type":"page"`) {
			heard.Add(1)
		}
	}))
	v, id := w.visit(m{}), chat.NewID()
	first, _ := w.connect(v.Token, nil, "")
	first.say(id, "hello there")
	tell := func(blocked bool, want int64) {
		t.Helper()
		_, err := w.desk.UpdatePerson(t.Context(), w.agent, v.Person.ID, desk.PersonChange{Blocked: &blocked})
		w.must(err)
		heard.Store(0)
		c, _ := w.connect(v.Token, nil, "")
		c.send(m{"type": "typing", "conversation_id": id, "on": true})
		c.send(m{"type": "page", "url": "https://shop.example/lamps", "title": "Lamps"})
		c.send(m{"type": "typing", "conversation_id": id, "on": false})
		c.send(m{"type": "shout"}) // answered when all before it was
		c.next("error")
		pages, err := w.store.PageViews(t.Context(), v.Person.ID)
		w.must(err)
		if heard.Load() != want || len(pages) != min(int(want), 1) {
			t.Errorf("blocked %t: the team heard %d, %d pages", blocked, heard.Load(), len(pages))
		}
	}
	tell(true, 0)
	tell(false, 3)
}
