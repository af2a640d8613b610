package console

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
)

// app is what an agent's telephone shows.
type app struct {
	w      *world
	secret string
}

func (a app) code() string {
	a.w.t.Helper()
	code, err := totp.GenerateCode(a.secret, a.w.door.Clock().Std())
	a.w.must(err)
	return code
}

// other is a code of six digits that is none of those that hold now.
func (a app) other() string {
	for _, code := range []string{"000000", "111111", "222222", "333333"} {
		if _, ok := matchCode(a.secret, code, a.w.door.Clock().Std()); !ok {
			return code
		}
	}
	return "444444"
}

// enrols sets the second step up and returns the app with the recovery codes.
func (b *browser) enrols() (app, []string) {
	b.w.t.Helper()
	var begun struct {
		Secret, Address string
		QR              []string
	}
	b.do(post, "/me/second-step", object{"password": goodPassword}, &begun)
	if !strings.Contains(begun.Address, begun.Secret) || len(begun.QR) < 21 || len(begun.QR[0]) != len(begun.QR) {
		b.w.t.Fatalf("begun %+v", begun)
	}
	a := app{b.w, begun.Secret}
	b.fails(post, "/me/second-step/confirm", object{"code": a.other()}, 422, chat.Invalid)
	var made struct{ Codes []string }
	b.do(post, "/me/second-step/confirm", object{"code": a.code()}, &made)
	return a, made.Codes
}

func TestSigningInWithASecondStep(t *testing.T) {
	w := newWorld(t)
	w.hire("Olga", chat.Owner)
	ben := w.hire("Ben", chat.AgentRole)
	seat, elsewhere := w.seat(ben), w.seat(ben)
	seat.fails(post, "/me/second-step", object{"password": "not it at all"}, 422, chat.Invalid)
	phone, codes := seat.enrols()
	if len(codes) != 10 {
		t.Errorf("%d recovery codes", len(codes))
	}
	elsewhere.fails(get, "/me", nil, 401, chat.Unauthorized)
	seat.do(get, "/me", nil, nil)
	seat.fails(post, "/me/second-step", object{"password": goodPassword}, 409, chat.Conflict)

	login := func(code string) object {
		return object{"email": ben.Email, "password": goodPassword, "code": code}
	}
	b := w.browser()
	b.fails(post, "/login", object{"email": ben.Email, "password": "not it at all"}, 401, chat.Unauthorized)
	b.fails(post, "/login", object{"email": ben.Email, "password": "not it at all", "code": phone.code()}, 401, chat.Unauthorized)
	b.fails(post, "/login", login(""), 401, chat.SecondStepDue)
	b.fails(post, "/login", login(phone.other()), 422, chat.Invalid)
	// The code that turned it on is used up; the next one is good once.
	b.fails(post, "/login", login(phone.code()), 422, chat.Invalid)
	w.later(stepLength)
	next := phone.code()
	b.do(post, "/login", login(next), nil)
	b.fails(post, "/login", login(next), 422, chat.Invalid)
	// So is each recovery code, however it is typed.
	b.do(post, "/login", login(strings.ToUpper(strings.ReplaceAll(codes[3], "-", " "))), nil)
	b.fails(post, "/login", login(codes[3]), 422, chat.Invalid)
	w.wroteDown("second_step.recovery_code_used", ben.ID+" second_step.recovery_code_used "+ben.ID+" ")
	var state secondShape
	b = w.seat(ben)
	b.do(get, "/me/second-step", nil, &state)
	if !state.On || state.CodesLeft != 9 || state.Required || state.Since == 0 {
		t.Errorf("it stands %+v", state)
	}

	var renewed struct{ Codes []string }
	b.do(post, "/me/second-step/codes", object{"code": codes[4]}, &renewed)
	b.fails(post, "/me/second-step/codes", object{"code": codes[5]}, 422, chat.Invalid)
	b.fails(post, "/me/second-step/off", object{"password": "not it at all", "code": renewed.Codes[0]}, 422, chat.Invalid)
	b.fails(post, "/me/second-step/off", object{"password": goodPassword, "code": codes[6]}, 422, chat.Invalid)
	b.do(post, "/me/second-step/off", object{"password": goodPassword, "code": renewed.Codes[0]}, nil)
	w.browser().do(post, "/login", object{"email": ben.Email, "password": goodPassword}, nil)
}

// Codes are tried so often for one agent, from whichever network, and no oftener.
func TestCodesAreNotGuessed(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Login = door.Rate{Burst: 3, Every: time.Hour, Keys: 100} })
	ben := w.hire("Ben", chat.AgentRole)
	w.must(w.store.BeginSecondStep(t.Context(), ben.ID, "JBSWY3DPEHPK3PXP"))
	_, err := w.store.TurnOnSecondStep(t.Context(), ben.ID, "JBSWY3DPEHPK3PXP", 1, nil, "")
	w.must(err)
	a, err := w.store.Agent(t.Context(), ben.ID)
	w.must(err)
	phone := app{w, "JBSWY3DPEHPK3PXP"}
	for range 3 {
		if _, err := w.door.proveCode(t.Context(), a, phone.other()); !chat.Is(err, chat.Invalid) {
			t.Fatalf("a wrong code: %v", err)
		}
	}
	if _, err := w.door.proveCode(t.Context(), a, phone.code()); !chat.Is(err, chat.RateLimited) {
		t.Errorf("the fourth: %v", err)
	}
}

// Over days too: after so many wrong codes the app's are not taken for the rest of the
// day, which is told, and a recovery code still opens. Another password begins anew.
func TestCodesAreNotGuessedOverDays(t *testing.T) {
	w := newWorld(t)
	ben := w.hire("Ben", chat.AgentRole)
	seat := w.seat(ben)
	phone, codes := seat.enrols()
	login := func(code string) object {
		return object{"email": ben.Email, "password": goodPassword, "code": code}
	}
	for range chat.MaxMissedCodes {
		w.later(stepLength)
		w.browser().fails(post, "/login", login(phone.other()), 422, chat.Invalid)
	}
	w.wroteDown("second_step.wrong_code", slices.Repeat([]string{" second_step.wrong_code " + ben.ID + " "}, chat.MaxMissedCodes)...)
	w.later(stepLength)
	for _, code := range []string{phone.code(), phone.other()} {
		a := w.browser().fails(post, "/login", login(code), 429, chat.RateLimited)
		if !strings.Contains(a.body, "recovery codes, or try again in 24 h") || a.header.Get("Retry-After") == "" {
			t.Errorf("it tells %s", a.body)
		}
	}
	w.browser().do(post, "/login", login(codes[0]), nil)
	w.later(chat.MissedCodesFor)
	w.browser().do(post, "/login", login(phone.code()), nil)
}

// A sign-in that was checked before a second step was turned on, or a password changed
// in one that this has ended, begins after it: neither opens with a password alone.
func TestASignInDoesNotOutrunTheSecondStep(t *testing.T) {
	w := newWorld(t)
	w.hire("Olga", chat.Owner)
	ben := w.hire("Ben", chat.AgentRole)
	elsewhere := w.seat(ben)
	w.door.gate.turn <- struct{}{} // nothing is checked while this is held
	refused, kept := make(chan answer, 1), make(chan answer, 1)
	b := w.browser()
	go func() { refused <- b.api(post, "/login", object{"email": ben.Email, "password": goodPassword}) }()
	go func() {
		kept <- elsewhere.api(post, "/me/password", object{"old": goodPassword, "new": "vier grüne Lampen"})
	}()
	for len(w.door.gate.line) < 2 {
		time.Sleep(time.Millisecond)
	}
	w.must(w.store.BeginSecondStep(t.Context(), ben.ID, "JBSWY3DPEHPK3PXP"))
	_, err := w.store.TurnOnSecondStep(t.Context(), ben.ID, "JBSWY3DPEHPK3PXP", 1, nil, "")
	w.must(err)
	<-w.door.gate.turn
	(<-refused).is(t, "sign-in", 401, chat.Unauthorized)
	(<-kept).is(t, "another password", 401, chat.Unauthorized)
	if live, err := w.store.LiveSessions(t.Context(), ben.ID); err != nil || len(live) != 0 {
		t.Errorf("live %+v: %v", live, err)
	}
}

func TestARoleTakesASecondStep(t *testing.T) {
	w := newWorld(t)
	owner, adam, ben := w.hire("Olga", chat.Owner), w.hire("Adam", chat.Admin), w.hire("Ben", chat.AgentRole)
	top, admin, agent := w.seat(owner), w.seat(adam), w.seat(ben)
	line := admin.connect()
	both := object{"second_step_roles": []chat.Role{chat.Owner, chat.Admin}}
	top.fails(put, "/security", both, 422, chat.Invalid) // she would lock herself out
	top.fails(put, "/security", object{"second_step_roles": []string{"king"}}, 422, chat.Invalid)
	top.enrols()
	top.do(put, "/security", both, nil)
	line.ends(hub.Revoked)
	admin.fails(get, "/me", nil, 401, chat.Unauthorized)
	agent.do(get, "/me", nil, nil)
	w.wroteDown("security.second_step_roles", owner.ID+" security.second_step_roles "+owner.ID+" from [] to [admin,owner]")

	again := w.browser()
	again.signIn(adam.Email, goodPassword)
	var me meShape
	again.do(get, "/me", nil, &me)
	if !me.SecondStepUnset {
		t.Errorf("he is told %+v", me)
	}
	for _, r := range routes {
		if r.who == anyone || r.who == entrant || strings.Contains(r.path, ":") {
			continue
		}
		again.fails(r.method, r.path, bodies[r.method+" "+r.path], 403, chat.SecondStepUnset)
	}
	if c, _ := again.upgrade(apiPrefix+"/socket", w.url); c != nil {
		t.Error("he opened the socket without it")
	}
	again.enrols()
	again.do(get, "/agents", nil, nil)
	again.connect()
	again.fails(post, "/me/second-step/off", object{"password": goodPassword, "code": "1"}, 403, chat.Forbidden)

	// Who has lost it all is helped by somebody above them.
	var team struct{ Agents []agentShape }
	top.do(get, "/agents", nil, &team)
	if !team.Agents[1].Second || team.Agents[2].Second {
		t.Errorf("the team is %+v", team.Agents)
	}
	again.fails(del, "/agents/"+owner.ID+"/second-step", nil, 403, chat.Forbidden)
	again.do(del, "/agents/"+ben.ID+"/second-step", nil, nil) // has none
	again.fails(del, "/agents/"+chat.NewID()+"/second-step", nil, 404, chat.NotFound)
	top.fails(del, "/agents/"+owner.ID+"/second-step", nil, 403, chat.Forbidden)
	top.do(del, "/agents/"+adam.ID+"/second-step", nil, nil)
	again.fails(get, "/me", nil, 401, chat.Unauthorized)
}
