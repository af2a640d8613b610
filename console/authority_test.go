package console

import (
	"context"
	"testing"
	"time"

	"rapport/hub/chat"
)

// limited sets what agents may give of a credit.
func (b *browser) limited(each, day, month int64) {
	b.w.t.Helper()
	place := "/sites/" + b.w.site.ID + "/authority"
	a := b.raw(get, place, nil)
	b.raw(put, place, object{
		"version": a["version"], "currency": "EUR", "kinds": a["kinds"], "answer_within": 120,
		"limits": []object{{"who": "agent", "kind": "credit", "each": each, "day": day, "month": month}},
	})
}

func credit(clientID string, amount int64) object {
	return object{"client_id": clientID, "kind": "credit", "amount": amount, "reason": "late", "note": "A week late."}
}

func TestAuthorityHasTheProtocolsShape(t *testing.T) {
	s := readShapes(t)
	w := newWorld(t)
	owner, ana := w.seat(w.hire("Olga", chat.Owner)), w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Where is my parcel?")
	c, place := "/conversations/"+v.id, "/sites/"+w.site.ID+"/authority"
	owner.limited(1000, 2000, 5000)
	mine := ana.raw(get, place, nil)
	s.fits(t, "Authority", mine)
	s.each(t, "GrantKind", mine["kinds"])
	s.each(t, "Left", mine["left"])
	if mine["free"] != false || mine["solo"] != false || mine["read_version"] != 0.0 {
		t.Errorf("an agent sees %v", mine)
	}
	ana.fails(post, c+"/grants", credit("client-unread", 10), 403, chat.Forbidden)
	ana.raw(post, place+"/agree", object{"version": mine["version"]})
	g := ana.raw(post, c+"/grants", credit("client-given", 700))
	s.fits(t, "Grant", g, "asked_of", "decided_by")
	if left := ana.raw(get, place, nil)["left"].([]any)[0].(map[string]any); left["now"] != 1000.0 || left["kind"] != "credit" {
		t.Errorf("left %v", left)
	}
	ana.fails(post, c+"/grants", credit("client-above", 1001), 403, chat.Forbidden)
	s.fits(t, "LimitWish", ana.raw(post, place+"/wishes", object{"text": "More, please."}))
	all := owner.raw(get, place, nil)
	s.fits(t, "Authority", all)
	s.each(t, "Limit", all["limits"])
	s.each(t, "LimitsRead", all["read"])
	s.each(t, "LimitWish", all["wishes"])
	month := time.Now().UTC().Format("2006-01")
	totals := owner.raw(get, place+"/totals?month="+month, nil)
	s.each(t, "GrantTotal", totals["totals"])
	ana.fails(get, place+"/totals?month=13-2026", nil, 422, chat.Invalid)
	view := ana.raw(get, c, nil)
	s.each(t, "Grant", view["grants"], "asked_of", "decided_by")
}

// Whoever works alone has no limits and is told so; with a colleague it is over.
func TestASoloOwnerHasNoLimits(t *testing.T) {
	w := newWorld(t)
	owner := w.seat(w.hire("Olga", chat.Owner))
	place := "/sites/" + w.site.ID + "/authority"
	if a := owner.raw(get, place, nil); a["solo"] != true || a["free"] != true || len(a["left"].([]any)) != 0 {
		t.Errorf("alone: %v", a)
	}
	v := w.arrives("Where is my parcel?")
	if g := owner.raw(post, "/conversations/"+v.id+"/grants", credit("client-alone", 90_000)); g["state"] != "given" {
		t.Errorf("given %v", g)
	}
	w.hire("Ana", chat.AgentRole)
	if a := owner.raw(get, place, nil); a["solo"] != false {
		t.Errorf("with a colleague: %v", a)
	}
}

// A question reaches the consoles, is answered by whoever looks after the team,
// and by nobody else.
func TestAQuestionIsAnsweredByASupervisor(t *testing.T) {
	w := newWorld(t)
	sue := w.hire("Sue", chat.Supervisor)
	ana, boss := w.seat(w.hire("Ana", chat.AgentRole)), w.seat(sue)
	bo := w.seat(w.hire("Bo", chat.AgentRole))
	v := w.arrives("Where is my parcel?")
	c := "/conversations/" + v.id
	alone := ana.raw(post, c+"/grants/ask", credit("client-alone", 9000))
	if alone["state"] != "unanswered" || alone["asked_of"] != nil {
		t.Errorf("with nobody there: %v", alone)
	}
	promised := ana.raw(post, "/grants/"+alone["id"].(string)+"/promise", object{"client_id": "client-word", "text": "Tell you", "due_at": chat.SystemClock().Add(time.Hour)})
	if promised["promise_id"] == "" {
		t.Errorf("not promised: %v", promised)
	}
	line := boss.connect()
	asked := ana.raw(post, c+"/grants/ask", credit("client-asked", 9000))
	if of, _ := asked["asked_of"].(map[string]any); asked["state"] != "asked" || of["id"] != sue.ID {
		t.Fatalf("asked %v", asked)
	}
	var frame struct {
		Grant struct{ ID, State string }
	}
	line.JSON(t, "grant", &frame)
	if frame.Grant.ID != asked["id"] || frame.Grant.State != "asked" {
		t.Errorf("frame %+v", frame)
	}
	waiting := boss.raw(get, "/grants?site="+w.site.ID, nil)["grants"].([]any)
	if len(waiting) != 2 {
		t.Errorf("waiting %v", waiting)
	}
	place := "/grants/" + asked["id"].(string)
	ana.fails(post, place+"/decide", object{"yes": true}, 403, chat.Forbidden)
	bo.fails(post, place+"/withdraw", nil, 403, chat.Forbidden)
	boss.fails(post, place+"/decide", object{"yes": false}, 422, chat.Invalid)
	given := boss.raw(post, place+"/decide", object{"yes": true, "words": "Of course."})
	if given["state"] != "given" || given["words"] != "Of course." {
		t.Errorf("decided %v", given)
	}
	boss.fails(post, "/grants/"+chat.NewID()+"/decide", object{"yes": true}, 404, chat.NotFound)
	boss.fails(get, "/grants?site="+chat.NewID(), nil, 404, chat.NotFound)
}

// A turn that has run out goes on to the next who is there.
func TestTurnsArePassedOn(t *testing.T) {
	w := newWorld(t)
	boss, ana := w.seat(w.hire("Sue", chat.Supervisor)), w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Where is my parcel?")
	boss.connect()
	g := ana.raw(post, "/conversations/"+v.id+"/grants/ask", credit("client-asked", 9000))
	id := g["id"].(string)
	for _, step := range []struct {
		after time.Duration
		want  chat.GrantState
	}{{time.Minute, chat.GrantAsked}, {61 * time.Second, chat.GrantUnanswered}} {
		w.later(step.after)
		w.must(w.door.PassGrants(t.Context()))
		if now, err := w.store.Grant(t.Context(), id); err != nil || now.State != step.want {
			t.Errorf("after %s more: %v %v", step.after, now, err)
		}
	}
}

// overdue is a store that knows of one more question, which is gone when its turn
// is to be ended.
type overdue struct{ Store }

func (s overdue) DueGrants(ctx context.Context, now chat.Time) ([]string, error) {
	due, err := s.Store.DueGrants(ctx, now)
	return append([]string{chat.NewID()}, due...), err
}

// A turn that cannot be passed on holds up no other.
func TestOneTurnHoldsUpNoOther(t *testing.T) {
	w := newWorld(t)
	boss, ana := w.seat(w.hire("Sue", chat.Supervisor)), w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Where is my parcel?")
	boss.connect()
	g := ana.raw(post, "/conversations/"+v.id+"/grants/ask", credit("client-asked", 9000))
	w.later(3 * time.Minute)
	w.door.Store = overdue{w.door.Store}
	if err := w.door.PassGrants(t.Context()); !chat.Is(err, chat.NotFound) {
		t.Errorf("the failure is lost: %v", err)
	}
	if now, err := w.store.Grant(t.Context(), g["id"].(string)); err != nil || now.State != chat.GrantUnanswered {
		t.Errorf("still %v: %v", now, err)
	}
}

// A closing ends the question on the screens of those who were asked.
func TestAClosingEndsAQuestionOnEveryScreen(t *testing.T) {
	w := newWorld(t)
	boss, ana := w.seat(w.hire("Sue", chat.Supervisor)), w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Where is my parcel?")
	line := boss.connect()
	g := ana.raw(post, "/conversations/"+v.id+"/grants/ask", credit("client-asked", 9000))
	ana.raw(post, "/conversations/"+v.id+"/close", nil)
	for _, want := range []string{"asked", "withdrawn"} {
		var frame struct {
			Grant struct{ ID, State string }
		}
		line.JSON(t, "grant", &frame)
		if frame.Grant.ID != g["id"] || frame.Grant.State != want {
			t.Errorf("frame %+v, want %s", frame, want)
		}
	}
}
