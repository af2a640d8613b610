package console

import (
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
)

// promising is an agent with a conversation of theirs and a promise that is due
// in an hour.
func (w *world) promising(a *chat.Agent) (b *browser, promise string) {
	w.t.Helper()
	b = w.seat(a)
	v := w.arrives("Where is my parcel?")
	b.do(post, "/conversations/"+v.id+"/take", nil, nil)
	due := chat.SystemClock().Add(time.Hour)
	return b, b.raw(post, "/conversations/"+v.id+"/promises", object{"client_id": "client-one", "text": "Call", "due_at": due})["id"].(string)
}

func (w *world) ownerOf(promise string) string {
	w.t.Helper()
	p, err := w.store.Promise(w.t.Context(), promise)
	w.must(err)
	return p.Owner.ID
}

// Being away hands on at once, the team sees until when, and the audit log holds
// both ends of it.
func TestAnAgentIsAway(t *testing.T) {
	s := readShapes(t)
	w := newWorld(t)
	ana, noor := w.hire("Ana", chat.AgentRole), w.hire("Noor", chat.AgentRole)
	b, promise := w.promising(ana)
	own := "/agents/" + ana.ID + "/absence"
	view := b.raw(get, own, nil)
	s.fits(t, "AbsenceView", view, "absence")
	s.each(t, "LedgerRow", view["open"])
	until := chat.SystemClock().Add(24 * time.Hour)
	b.fails(put, own, object{"until": 0, "to_id": ""}, 422, chat.Invalid)
	b.fails(put, own, object{"until": until, "to_id": ana.ID}, 422, chat.Invalid)
	view = b.raw(put, own, object{"until": until, "to_id": noor.ID})
	s.fits(t, "AbsenceView", view)
	s.fits(t, "Absence", view["absence"])
	s.each(t, "LedgerRow", view["handed"])
	if w.ownerOf(promise) != noor.ID || len(view["open"].([]any)) != 0 {
		t.Errorf("the promise is %s's, view %v", w.ownerOf(promise), view)
	}
	team := b.raw(get, "/agents", nil)["agents"].([]any)
	i := slices.IndexFunc(team, func(a any) bool { return a.(map[string]any)["absence"] != nil })
	if i < 0 || team[i].(map[string]any)["id"] != ana.ID {
		t.Errorf("the team %v", team)
	}
	view = b.raw(del, own, nil)
	if ended := view["absence"].(map[string]any)["ended_at"].(float64); ended == 0 || len(view["handed"].([]any)) != 1 || w.ownerOf(promise) != noor.ID {
		t.Errorf("afterwards %v", view)
	}
	w.later(absenceShown + time.Hour)
	if view = w.seat(ana).raw(get, own, nil); view["absence"] != nil {
		t.Errorf("long over: %v", view)
	}
	w.wroteDown("agent.absent", ana.ID+" agent.absent "+ana.ID+" "+until.Std().UTC().Format(time.RFC3339)+" "+noor.ID)
	w.wroteDown("agent.back", ana.ID+" agent.back "+ana.ID+" ")
}

// One's own absence is one's own and an admin's; to others it is not there.
func TestWhoMaySayWhoIsAway(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.AgentRole)
	body := object{"until": chat.SystemClock().Add(time.Hour), "to_id": ""}
	for role, may := range map[chat.Role]bool{chat.AgentRole: false, chat.Supervisor: false, chat.Admin: true, chat.Owner: true} {
		b := w.seat(w.hire("Some "+string(role), role))
		if may {
			b.do(put, "/agents/"+ana.ID+"/absence", body, nil)
			b.fails(put, "/agents/"+chat.NewID()+"/absence", body, 404, chat.NotFound)
			continue
		}
		for _, method := range []string{get, del} {
			b.fails(method, "/agents/"+ana.ID+"/absence", nil, 404, chat.NotFound)
		}
		b.fails(put, "/agents/"+ana.ID+"/absence", body, 404, chat.NotFound)
	}
}

// Who is disabled is away without an end; what they had goes to who was named.
func TestTheDisabledHandOn(t *testing.T) {
	w := newWorld(t)
	ana, noor := w.hire("Ana", chat.AgentRole), w.hire("Noor", chat.AgentRole)
	_, promise := w.promising(ana)
	admin := w.seat(w.hire("Olga", chat.Admin))
	admin.fails(patch, "/agents/"+ana.ID, object{"disabled": true, "to_id": ana.ID}, 422, chat.Invalid)
	if a, err := w.store.Agent(t.Context(), ana.ID); err != nil || a.DisabledAt > 0 || w.ownerOf(promise) != ana.ID {
		t.Errorf("after a refusal %+v, %v", a, err)
	}
	admin.do(patch, "/agents/"+ana.ID, object{"disabled": true, "to_id": noor.ID}, nil)
	if w.ownerOf(promise) != noor.ID {
		t.Errorf("the promise is %s's", w.ownerOf(promise))
	}
	admin.do(patch, "/agents/"+ana.ID, object{"disabled": false}, nil)
	if list, err := w.store.Absences(t.Context(), chat.SystemClock()); err != nil || len(list) != 0 || w.ownerOf(promise) != noor.ID {
		t.Errorf("back: %+v, %v", list, err)
	}
}

// A promise is made for who is named, or for anyone.
func TestAPromiseHasAnOwner(t *testing.T) {
	w := newWorld(t)
	noor := w.hire("Noor", chat.AgentRole)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	c := "/conversations/" + w.arrives("Where is my parcel?").id + "/promises"
	made := func(clientID, owner string) any {
		return b.raw(post, c, object{"client_id": clientID, "text": "Call", "due_at": chat.SystemClock().Add(time.Hour), "owner_id": owner})["owner"]
	}
	if owner := made("client-noor", noor.ID); owner.(map[string]any)["name"] != "Noor" {
		t.Errorf("for Noor: %v", owner)
	}
	if owner := made("client-any", ""); owner != nil {
		t.Errorf("for anyone: %v", owner)
	}
	if list := b.raw(get, "/promises?list=anyone&site="+w.site.ID, nil)["promises"].([]any); len(list) != 1 {
		t.Errorf("for anyone are %v", list)
	}
}
