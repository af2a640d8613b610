package dispatch_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// What is handed to a team is shown to the first of it, goes on to the next when its
// time is over, and returns when nobody is left; who handed it over hears each step.
// The people of this site take by hand: that does not keep handovers from running
// out, nor does a restart.
func TestAHandoverGoesOnAndReturns(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode = chat.RouteByHand })
	ann, ben, noor := w.agent("Ann"), w.agent("Ben"), w.agent("Noor")
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{ben, noor}}
	w.must(w.store.InsertTeam(w.ctx(), &team))
	by := chat.Actor{Kind: chat.ByAgent, ID: ann}
	id := w.writes(w.customer(), "Hello")
	w.must(w.desk.Take(w.ctx(), by, id, ""))
	w.must(w.desk.HandOver(w.ctx(), by, id, desk.Handover{FromID: ann, TeamID: team.ID, Note: "By Friday, please."}, []string{ben, noor}))
	w.step()
	if o := w.lastTold(ben).Offer; o == nil || o.Handing == nil || o.Handing.From.ID != ann || o.Handing.Team != "Repairs" || o.Handing.Note != "By Friday, please." {
		t.Fatalf("Ben was shown %+v", o)
	}
	w.restart()
	w.wait(62 * time.Second)
	if o := w.lastTold(ben); o.Offer != nil {
		t.Error("it is still shown to Ben")
	}
	if o := w.lastTold(noor).Offer; o == nil || o.Handing == nil {
		t.Fatalf("Noor was shown %+v", o)
	}
	if h := w.lastTold(ann); h.Type != "handover" || h.Agent.ID != ben || h.Why == "" || h.Next == nil || h.Next.ID != noor {
		t.Errorf("Ann was told %+v", h)
	}
	w.says(noor, chat.Away)
	w.wait(2 * time.Second)
	if r := w.row(id); r.AssigneeID != ann || r.OfferedTo != "" {
		t.Errorf("nobody is left: %+v", r.Conversation)
	}
	if h := w.lastTold(ann); h.Agent.ID != noor || h.Next != nil {
		t.Errorf("Ann was told %+v", h)
	}
	w.must(w.desk.HandOver(w.ctx(), by, id, desk.Handover{FromID: ann, ToID: ben}, []string{ben}))
	w.step()
	w.must(w.desk.Take(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: ben}, id, ann))
	w.step()
	if h := w.lastTold(ann); h.Agent.ID != ben || h.Why != "" {
		t.Errorf("Ann was told %+v", h)
	}
}

// Handovers that run out in the same second go on to different colleagues.
func TestHandoversGoOnToEverybody(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode = chat.RouteByHand })
	ann, ben := w.agent("Ann"), w.agent("Ben")
	others := []string{w.agent("Noor"), w.agent("Olga"), w.agent("Pia")}
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: append([]string{ben}, others...)}
	w.must(w.store.InsertTeam(w.ctx(), &team))
	by := chat.Actor{Kind: chat.ByAgent, ID: ann}
	var ids []string
	for range others {
		id := w.writes(w.customer(), "Hello")
		w.must(w.desk.Take(w.ctx(), by, id, ""))
		w.must(w.desk.HandOver(w.ctx(), by, id, desk.Handover{FromID: ann, TeamID: team.ID}, []string{ben}))
		ids = append(ids, id)
	}
	w.step()
	w.wait(62 * time.Second)
	asked := map[string]bool{}
	for _, id := range ids {
		asked[w.row(id).OfferedTo] = true
	}
	if len(asked) < len(others) {
		t.Errorf("%d handovers went on to %d colleagues", len(ids), len(asked))
	}
}
