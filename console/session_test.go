package console

import (
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

func TestCookieRotatesAndItsForerunnerFades(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	first := *b
	b.do(get, "/me", nil, nil)
	if b.set != nil {
		t.Fatal("a fresh cookie was replaced")
	}
	w.later(rotateAfter + time.Second)
	b.do(get, "/me", nil, nil)
	if b.set == nil || b.cookie == first.cookie {
		t.Fatal("a cookie in use for a quarter of an hour was kept")
	}
	w.later(rotateGrace - 10*time.Second)
	first.do(get, "/me", nil, nil)
	if first.set != nil {
		t.Error("the cookie before was given a new one")
	}
	b.do(get, "/me", nil, nil)
}

func TestUseOfAnOldCookieEndsTheSession(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	thief := *b
	w.later(rotateAfter + time.Second)
	b.do(get, "/me", nil, nil)
	socket := b.connect()
	b.do(get, "/me", nil, nil)
	w.later(rotateGrace + time.Second)
	thief.fails(get, "/me", nil, 401, chat.Unauthorized)
	socket.ends(hub.Revoked)
	b.fails(get, "/me", nil, 401, chat.Unauthorized)
}

func TestALostAnswerSignsNobodyOut(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	w.later(rotateAfter + time.Second)
	lost := *b
	b.do(get, "/me", nil, nil) // the browser never gets this answer
	w.later(time.Hour)
	lost.do(get, "/me", nil, nil)
	if lost.set == nil {
		t.Fatal("the lost cookie was not handed out again")
	}
	lost.do(get, "/me", nil, nil)
}

func TestTwoGenerationsBackIsOldAtOnce(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	thief := *b
	for range 2 {
		w.later(rotateAfter + time.Second)
		b.do(get, "/me", nil, nil)
	}
	thief.fails(get, "/me", nil, 401, chat.Unauthorized)
	b.fails(get, "/me", nil, 401, chat.Unauthorized)
}

func TestManyRequestsAtOnceRotateOnce(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	w.later(rotateAfter + time.Second)
	fresh := make(chan string, 16)
	for range cap(fresh) {
		go func() {
			mine := *b
			a := mine.api(get, "/me", nil)
			switch {
			case a.status != 200:
				fresh <- a.body
			case mine.set != nil:
				fresh <- mine.cookie
			default:
				fresh <- ""
			}
		}()
	}
	cookies := map[string]bool{}
	for range cap(fresh) {
		if c := <-fresh; c != "" {
			cookies[c] = true
		}
	}
	if len(cookies) != 1 {
		t.Fatalf("got %v", cookies)
	}
	for c := range cookies {
		b.cookie = c
	}
	w.later(rotateGrace + time.Second)
	b.do(get, "/me", nil, nil)
}

func TestSessionRunsOutWhenIdle(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	w.later(sessionLife - time.Minute)
	b.do(get, "/me", nil, nil) // and lives on from here
	w.later(sessionLife - time.Minute)
	b.do(get, "/me", nil, nil)
	w.later(sessionLife + time.Minute)
	b.fails(get, "/me", nil, 401, chat.Unauthorized)
}

func TestSessionsAreListedAndEndedByTheirAgentOnly(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.hire("Ana", chat.Owner), w.hire("Ben", chat.Admin)
	laptop, phone, bens := w.seat(ana), w.seat(ana), w.seat(ben)
	var list struct{ Sessions []sessionShape }
	laptop.do(get, "/me/sessions", nil, &list)
	if len(list.Sessions) != 2 || list.Sessions[0].Current == list.Sessions[1].Current {
		t.Fatalf("got %+v", list)
	}
	other := list.Sessions[0].ID
	if list.Sessions[0].Current {
		other = list.Sessions[1].ID
	}
	foreign := bens.fails(del, "/me/sessions/"+other, nil, 404, chat.NotFound)
	absent := bens.fails(del, "/me/sessions/"+chat.NewID(), nil, 404, chat.NotFound)
	if foreign.body != absent.body {
		t.Errorf("foreign %s, absent %s", foreign.body, absent.body)
	}
	socket := phone.connect()
	laptop.do(del, "/me/sessions/"+other, nil, nil)
	socket.ends(hub.Revoked)
	phone.fails(get, "/me", nil, 401, chat.Unauthorized)
	laptop.do(get, "/me", nil, nil)
}

func TestSigningOutEverywhere(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.hire("Ana", chat.Owner), w.hire("Ben", chat.Admin)
	laptop, phone, bens := w.seat(ana), w.seat(ana), w.seat(ben)
	old, socket := *laptop, phone.connect()
	laptop.do(del, "/me/sessions", nil, nil)
	if laptop.set == nil || laptop.set.MaxAge >= 0 || laptop.cookie != "" {
		t.Errorf("cookie %+v", laptop.set)
	}
	socket.ends(hub.Revoked)
	phone.fails(get, "/me", nil, 401, chat.Unauthorized)
	old.fails(get, "/me", nil, 401, chat.Unauthorized)
	bens.do(get, "/me", nil, nil)
}

func TestLogoutEndsSessionAndSocket(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	old, socket := *b, b.connect()
	b.do(post, "/logout", nil, nil)
	if b.set == nil || b.set.MaxAge >= 0 || b.cookie != "" {
		t.Errorf("cookie %+v", b.set)
	}
	socket.ends(hub.Revoked)
	old.fails(get, "/me", nil, 401, chat.Unauthorized)
}

func TestDisablingAndAnotherRoleEndSessions(t *testing.T) {
	w := newWorld(t)
	owner := w.seat(w.hire("Ana", chat.Owner))
	ben := w.hire("Ben", chat.AgentRole)
	for _, change := range []object{{"role": "supervisor"}, {"disabled": true}} {
		b := w.seat(ben)
		socket := b.connect()
		owner.do(patch, "/agents/"+ben.ID, change, nil)
		socket.ends(hub.Revoked)
		b.fails(get, "/me", nil, 401, chat.Unauthorized)
	}
	w.browser().fails(post, "/login", object{"email": ben.Email, "password": goodPassword}, 401, chat.Unauthorized)
	owner.do(patch, "/agents/"+ben.ID, object{"disabled": false}, nil)
	b := w.browser()
	b.signIn(ben.Email, goodPassword)
	socket := b.connect()
	owner.do(patch, "/agents/"+ben.ID, object{"disabled": false, "role": "supervisor"}, nil)
	socket.send(object{"type": "status", "status": "sleeping"})
	if f := socket.gets("error"); f.Field != "status" {
		t.Errorf("a change that changes nothing ended the session: %+v", f)
	}
}

// A session that ends between the upgrade and the hello must not get in.
func TestSessionEndedDuringTheHandshake(t *testing.T) {
	w := newWorld(t)
	a := w.hire("Ana", chat.Owner)
	b := w.seat(a)
	c, _ := b.upgrade(apiPrefix+"/socket", w.url)
	if _, err := w.store.RevokeSessions(t.Context(), a.ID, ""); err != nil {
		t.Fatal(err)
	}
	l := &line{Client: c, t: t}
	l.send(b.hello())
	l.ends(hub.Unauthorized)
}

func TestRehashNeverUndoesADisable(t *testing.T) {
	w := newWorld(t)
	a := w.hire("Ana", chat.Owner)
	stale := *a
	_, err := w.door.edit(t.Context(), a.ID, func(a *chat.Agent) error { a.DisabledAt = 1; return nil })
	w.must(err)
	w.must(w.door.rehash(t.Context(), &stale, goodPassword))
	now, err := w.store.Agent(t.Context(), a.ID)
	w.must(err)
	if now.DisabledAt == 0 || now.PasswordHash == a.PasswordHash {
		t.Fatalf("disabled at %d, rehashed %v", now.DisabledAt, now.PasswordHash != a.PasswordHash)
	}
}
