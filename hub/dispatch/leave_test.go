package dispatch_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
)

// Who lost the connection keeps what is theirs for as long as the setting says and not
// a look longer, though the team still sees them for a while; and only the look in
// which the grace ends asks the store for it.
func TestTheGraceEndsOnTime(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode, r.GraceSeconds = chat.RouteAssign, 10 })
	ana := w.agent("Ana")
	ben := w.agent("Ben")
	w.says(ben, chat.Away)
	id := w.writes(w.customer(), "Hello")
	w.step()
	// Whatever the grace lies between, it ends between two times of reading anew.
	for range 7 {
		w.wait(time.Second)
		w.reloads(ana)
		w.step()
		before := w.behind.Load()
		w.wait(9 * time.Second)
		if got := w.row(id).AssigneeID; got != ana {
			t.Fatalf("within the grace it is %q's", got)
		}
		if got := w.behind.Load() - before; got != 0 {
			t.Fatalf("it looked %d times for what nobody left behind", got)
		}
		w.wait(time.Second)
		if got := w.row(id); got.AssigneeID != "" || got.State != chat.Waiting {
			t.Fatalf("after the grace it is %q's, and %s", got.AssigneeID, got.State)
		}
		if got := w.behind.Load() - before; got != 1 {
			t.Fatalf("it looked %d times for what she left behind", got)
		}
		w.says(ana, chat.Online)
		w.step()
		if got := w.row(id).AssigneeID; got != ana {
			t.Fatalf("she is back, and it is %q's", got)
		}
	}
}

// Who comes back within the grace loses nothing, and has the whole of it the next time.
func TestAConsoleReloads(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode, r.GraceSeconds = chat.RouteAssign, 10 })
	ana := w.agent("Ana")
	w.says(w.agent("Ben"), chat.Away)
	id := w.writes(w.customer(), "Hello")
	w.step()
	for range 5 {
		w.reloads(ana)
		w.wait(9 * time.Second)
		w.says(ana, chat.Online)
		w.wait(2 * time.Second)
	}
	if got := w.row(id).AssigneeID; got != ana {
		t.Errorf("it is %q's", got)
	}
}

// A guest is seen out at the same look.
func TestAGuestsGraceEndsOnTime(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode, r.GraceSeconds = chat.RouteByHand, 10 })
	ana := w.agent("Ana")
	sam := w.agent("Sam", func(a *chat.Agent) { a.Role = chat.Supervisor })
	id := w.writes(w.customer(), "Hello")
	w.must(w.desk.Take(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: ana}, id, ""))
	w.must(w.desk.Join(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: sam, Role: chat.Supervisor}, id))
	w.step()
	w.reloads(sam)
	w.step()
	w.wait(9 * time.Second)
	if !w.row(id).Guests.Has(sam) {
		t.Fatal("seen out within the grace")
	}
	w.wait(time.Second)
	if r := w.row(id); r.Guests != "" || r.AssigneeID != ana {
		t.Errorf("after the grace: %+v", r.Conversation)
	}
}
