package dispatch_test

import (
	"context"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// Who is asked to join is shown why, who asked hears what came of it, and the guest
// weighs nothing to anybody; one whose connection dies is seen out after the grace,
// over a restart too, and the conversation stays with who has it.
func TestAGuestIsAskedComesAndIsSeenOut(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode = chat.RouteByHand })
	ann, ben := w.agent("Ann"), w.agent("Ben")
	by := func(id string) chat.Actor { return chat.Actor{Kind: chat.ByAgent, ID: id} }
	id := w.writes(w.customer(), "Hello")
	w.must(w.desk.Take(w.ctx(), by(ann), id, ""))
	ask := desk.Handover{FromID: ann, ToID: ben, Note: "You know these lamps."}
	w.must(w.desk.Invite(w.ctx(), by(ann), id, ask, w.online()))
	w.step()
	if o := w.lastTold(ben).Offer; o == nil || o.Handing == nil || !o.Handing.Joins || o.Handing.Note != ask.Note {
		t.Fatalf("Ben was shown %+v", o)
	}
	w.wait(62 * time.Second)
	if h := w.lastTold(ann); !h.Joins || h.Agent.ID != ben || h.Why != "did not answer in time" || w.row(id).OfferedTo != "" {
		t.Errorf("Ann was told %+v", h)
	}
	w.must(w.desk.Invite(w.ctx(), by(ann), id, ask, w.online()))
	w.step()
	w.must(w.desk.Join(w.ctx(), by(ben), id))
	w.step()
	if h := w.lastTold(ann); !h.Joins || h.Agent.ID != ben || h.Why != "" {
		t.Errorf("Ann was told %+v", h)
	}
	if o := w.lastTold(ben); o.Offer != nil {
		t.Error("it is still shown to Ben")
	}
	w.restart()
	w.wait(40 * time.Second)
	w.vanishes(ben)
	w.wait(60 * time.Second)
	if !w.row(id).Guests.Has(ben) {
		t.Fatal("seen out within the grace")
	}
	w.wait(70 * time.Second)
	if r := w.row(id); r.Guests != "" || r.AssigneeID != ann {
		t.Errorf("after the grace: %+v", r.Conversation)
	}
}

// Who steps in leaves standing what others are asked, and what they are handed themselves.
func TestSteppingInEndsNobodyElsesInvitation(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode = chat.RouteByHand })
	supervises := func(a *chat.Agent) { a.Role = chat.Supervisor }
	ann, ben, sam := w.agent("Ann"), w.agent("Ben"), w.agent("Sam", supervises)
	by := func(id string) chat.Actor { return chat.Actor{Kind: chat.ByAgent, ID: id} }
	boss := by(sam)
	boss.Role = chat.Supervisor
	for asked, ask := range map[string]func(context.Context, chat.Actor, string, desk.Handover, []string) error{ben: w.desk.Invite, sam: w.desk.HandOver} {
		id := w.writes(w.customer(), "Hello")
		w.must(w.desk.Take(w.ctx(), by(ann), id, ""))
		w.must(ask(w.ctx(), by(ann), id, desk.Handover{FromID: ann, ToID: asked}, w.online()))
		w.step()
		w.must(w.desk.Join(w.ctx(), boss, id))
		w.step()
		if o := w.lastTold(asked); o.Offer == nil || w.row(id).OfferedTo != asked || !w.row(id).Guests.Has(sam) {
			t.Errorf("what still stands is shown as %+v, the row is %+v", o, w.row(id).Conversation)
		}
	}
}
