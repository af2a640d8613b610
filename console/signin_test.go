package console

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
)

// setUpLink stores a set-up link as the server does at its first start.
func (w *world) setUpLink() string {
	w.t.Helper()
	token := chat.NewSecret()
	now := w.door.Clock()
	w.must(w.store.InsertInvitation(w.t.Context(), &chat.Invitation{
		ID: chat.NewID(), TokenHash: chat.HashSecret(token), Role: chat.Owner, CreatedAt: now, ExpiresAt: now.Add(24 * time.Hour),
	}))
	return token
}

func TestOwnerSetsUpOnceAndInvitesAnAgent(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.fails(get, "/me", nil, 401, chat.SetupNeeded)
	owner := object{"token": w.setUpLink(), "name": "Ana\u202e Lindqvist", "email": "Ana@Shop.example", "password": goodPassword}

	b.fails(post, "/setup", object{"token": "x", "name": "A", "email": "a@b.example", "password": goodPassword}, 410, chat.LinkExpired)
	b.fails(post, "/setup", object{"token": owner["token"], "name": "A", "email": "nonsense", "password": goodPassword}, 422, chat.Invalid)
	b.fails(post, "/setup", object{"token": owner["token"], "name": " ", "email": "a@b.example", "password": goodPassword}, 422, chat.Invalid)
	b.fails(post, "/setup", object{"token": owner["token"], "name": "A", "email": "a@b.example", "password": "password1234"}, 422, chat.Invalid)
	b.fails(post, "/invitations/accept", object{"token": owner["token"], "name": "A", "password": goodPassword}, 410, chat.LinkExpired)

	var me meShape
	b.do(post, "/setup", owner, &me)
	if me.Agent.Role != chat.Owner || me.Agent.Email != "ana@shop.example" || me.Agent.Name != "Ana Lindqvist" || me.Insecure {
		t.Fatalf("got %+v", me)
	}
	w.browser().fails(post, "/setup", owner, 409, chat.SetupDone)
	w.browser().fails(get, "/me", nil, 401, chat.Unauthorized)

	b.csrf = me.CSRF
	b.do(get, "/me", nil, &me)
	var invited invitationShape
	b.do(post, "/invitations", object{"email": "ben@shop.example", "role": "agent"}, &invited)
	token, ok := strings.CutPrefix(invited.Link, w.url+"/console/join#")
	if !ok || len(token) < 40 {
		t.Fatalf("link %q", invited.Link)
	}
	ben := w.browser()
	var look struct{ Email, Role, Installation string }
	ben.do(post, "/invitations/look", object{"token": token}, &look)
	if look.Email != "ben@shop.example" || look.Role != "agent" || look.Installation != w.site.Name {
		t.Fatalf("got %+v", look)
	}
	ben.fails(post, "/setup", object{"token": token, "name": "Ben", "email": "x@y.example", "password": goodPassword}, 409, chat.SetupDone)
	ben.do(post, "/invitations/accept", object{"token": token, "name": "Ben", "password": goodPassword}, &me)
	if me.Agent.Role != chat.AgentRole {
		t.Fatalf("got %+v", me.Agent)
	}
	w.browser().fails(post, "/invitations/accept", object{"token": token, "name": "Eve", "password": goodPassword}, 410, chat.LinkExpired)
	b.fails(post, "/invitations", object{"email": "ben@shop.example", "role": "agent"}, 409, chat.Conflict)
}

func TestInvitationRunsOutAndCanBeWithdrawn(t *testing.T) {
	w := newWorld(t)
	owner := w.seat(w.hire("Ana", chat.Owner))
	var first, second invitationShape
	owner.do(post, "/invitations", object{"email": "ben@shop.example", "role": "supervisor"}, &first)
	owner.do(post, "/invitations", object{"email": "cem@shop.example", "role": "agent"}, &second)
	owner.do(del, "/invitations/"+first.ID, nil, nil)
	owner.fails(del, "/invitations/"+first.ID, nil, 404, chat.NotFound)
	for _, v := range []invitationShape{first, second} {
		_, token, _ := strings.Cut(v.Link, "#")
		if v.ID == second.ID {
			w.browser().do(post, "/invitations/look", object{"token": token}, nil)
			w.later(invitationLife)
		}
		w.browser().fails(post, "/invitations/look", object{"token": token}, 410, chat.LinkExpired)
	}
}

func TestWrongSignInsLookTheSame(t *testing.T) {
	w := newWorld(t)
	w.hire("Ana", chat.Owner)
	gone := w.hire("Ben", chat.AgentRole)
	gone.DisabledAt = w.door.Clock()
	w.must(w.store.SaveAgent(t.Context(), gone))
	var first string
	for _, login := range []object{
		{"email": "ana@shop.example", "password": "not the right one"},
		{"email": "nobody@shop.example", "password": goodPassword},
		{"email": "ben@shop.example", "password": goodPassword},
		{"email": "ana@shop.example", "password": ""},
		{"email": "ana@shop.example", "password": strings.Repeat("a", 4000)},
		{"email": "' or 1=1 --", "password": goodPassword},
	} {
		b := w.browser()
		a := b.fails(post, "/login", login, 401, chat.Unauthorized)
		if first == "" {
			first = a.body
		}
		if a.body != first || b.set != nil {
			t.Errorf("%v: %s, cookie %v; want %s", login["email"], a.body, b.set, first)
		}
	}
}

func TestCookieOfASignIn(t *testing.T) {
	w := newWorld(t)
	w.hire("Ana", chat.Owner)
	b := w.browser()
	b.signIn(" ANA@shop.example ", goodPassword)
	c := b.set
	if c == nil || c.Name != "rapport" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure ||
		c.MaxAge != int(sessionLife/time.Second) {
		t.Fatalf("cookie %+v", c)
	}
	first := b.cookie
	b.signIn("ana@shop.example", goodPassword)
	if b.cookie == first {
		t.Fatal("a sign-in kept the cookie that was there")
	}
}

func TestCookieOverHTTPS(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.PublicURL = "https://chat.example.com" })
	w.hire("Ana", chat.Owner)
	b := w.browser()
	b.header.Set("Origin", "https://chat.example.com")
	b.signIn("ana@shop.example", goodPassword)
	if c := b.set; c.Name != "__Host-rapport" || !c.Secure || c.Path != "/" || c.Domain != "" {
		t.Fatalf("cookie %+v", c)
	}
}

func TestSignInEndsTheSessionBefore(t *testing.T) {
	w := newWorld(t)
	w.hire("Ana", chat.Owner)
	b := w.browser()
	b.signIn("ana@shop.example", goodPassword)
	old := *b
	b.signIn("ana@shop.example", goodPassword)
	old.fails(get, "/me", nil, 401, chat.Unauthorized)
}

func TestSignInBringsAnOldHashToTodaysCost(t *testing.T) {
	w := newWorld(t)
	a := w.hire("Ana", chat.Owner)
	cheap := cost{memory: 8 << 10, passes: 1, lanes: 1}
	salt := []byte("sixteen bytes ok")
	old := encodeHash(cheap, salt, derive(goodPassword, salt, cheap, hashBytes))
	if same, err := w.store.Rehash(t.Context(), a.ID, a.PasswordHash, old); err != nil || !same {
		t.Fatalf("no old hash: %v", err)
	}
	w.browser().signIn("ana@shop.example", goodPassword)
	now, err := w.store.Agent(t.Context(), a.ID)
	w.must(err)
	if !strings.HasPrefix(now.PasswordHash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("hash %q", now.PasswordHash)
	}
	w.browser().signIn("ana@shop.example", goodPassword)
}

func TestSignInsAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Rates = door.HugeRates()
		o.Rates.Login = door.Rate{Burst: 3, Every: time.Minute, Keys: 100}
	})
	w.hire("Ana", chat.Owner)
	wrong := object{"email": "ana@shop.example", "password": "x"}
	for range 3 {
		w.browser().fails(post, "/login", wrong, 401, chat.Unauthorized)
	}
	a := w.browser().fails(post, "/login", wrong, 429, chat.RateLimited)
	// The three took a while themselves, on a slow machine seconds.
	if wait, err := strconv.Atoi(a.header.Get("Retry-After")); err != nil || wait < 30 || wait > 60 {
		t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
	}
	// One address is worn out; a colleague in the same office still gets in.
	w.hire("Ben", chat.AgentRole)
	w.browser().signIn("ben@shop.example", goodPassword)
	for range officeSize*3 - 5 {
		w.browser().fails(post, "/login", object{"email": chat.NewID(), "password": ""}, 401, chat.Unauthorized)
	}
	w.browser().fails(post, "/login", object{"email": "new@shop.example", "password": ""}, 429, chat.RateLimited)
	w.later(time.Minute)
	w.browser().signIn("ana@shop.example", goodPassword)
}

func TestHashesStandInALine(t *testing.T) {
	g := newGate()
	busy, leave := make(chan struct{}), make(chan struct{})
	done := make(chan error, maxWaiting)
	go func() { done <- g.pass(t.Context(), func() { close(busy); <-leave }) }()
	<-busy
	for range maxWaiting - 1 {
		go func() { done <- g.pass(t.Context(), func() {}) }()
	}
	for len(g.line) < maxWaiting {
		time.Sleep(time.Millisecond)
	}
	if err := g.pass(t.Context(), func() { t.Error("one too many came in") }); !chat.Is(err, chat.Overloaded) {
		t.Fatalf("got %v", err)
	}
	close(leave)
	for range maxWaiting {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
}

func TestStoredHashesThatDoNotHold(t *testing.T) {
	good := goodHash()
	for _, phc := range []string{
		"", "$", goodPassword, strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=19456", "m=99999999", 1), strings.Replace(good, "t=2", "t=0", 1), strings.Replace(good, "p=1", "p=0", 1),
		good + "$", good[:len(good)-30], good + "=",
	} {
		if fits, _, err := newGate().verify(t.Context(), phc, goodPassword); fits || err != nil {
			t.Errorf("%q fits: %v", phc, err)
		}
	}
	// The same word typed on keyboards that compose letters differently.
	if fits, outdated, err := newGate().verify(t.Context(), HashPassword("caf\u00e9 am Wasser"), "cafe\u0301 am Wasser"); !fits || outdated || err != nil {
		t.Errorf("fits %v, outdated %v, %v", fits, outdated, err)
	}
}

func TestPasswordChange(t *testing.T) {
	w := newWorld(t)
	a := w.hire("Ana", chat.Owner)
	b, other := w.seat(a), w.seat(a)
	socket := other.connect()
	b.fails(post, "/me/password", object{"old": "x", "new": "vier grüne Lampen"}, 422, chat.Invalid)
	f := b.fails(post, "/me/password", object{"old": goodPassword, "new": "short"}, 422, chat.Invalid)
	if !strings.Contains(f.body, `"field":"new"`) {
		t.Errorf("got %s", f.body)
	}
	copied, own := *b, b.connect()
	var me meShape
	b.do(post, "/me/password", object{"old": goodPassword, "new": "vier grüne Lampen"}, &me)
	socket.ends(hub.Revoked)
	own.ends(hub.Renewed)
	other.fails(get, "/me", nil, 401, chat.Unauthorized)
	copied.fails(get, "/me", nil, 401, chat.Unauthorized)
	if copied.set != nil {
		t.Error("who holds a copy of the old cookie got a new one")
	}
	b.fails(patch, "/me", object{"name": "Ana"}, 403, chat.BadCSRF)
	b.csrf = me.CSRF
	b.do(patch, "/me", object{"name": "Ana"}, nil)
	b.connect()
	w.browser().fails(post, "/login", object{"email": a.Email, "password": goodPassword}, 401, chat.Unauthorized)
	w.browser().signIn(a.Email, "vier grüne Lampen")
}

// A sign-in that was checked before the password changed begins after it.
func TestASignInDoesNotOutliveItsPassword(t *testing.T) {
	w := newWorld(t)
	a := w.hire("Ana", chat.Owner)
	w.door.gate.turn <- struct{}{} // nothing is checked while this is held
	refused := make(chan answer, 1)
	b := w.browser()
	go func() { refused <- b.api(post, "/login", object{"email": a.Email, "password": goodPassword}) }()
	for len(w.door.gate.line) == 0 {
		time.Sleep(time.Millisecond)
	}
	_, err := w.store.ChangePassword(t.Context(), &chat.AgentSession{ID: chat.NewID(), AgentID: a.ID}, w.session(a).ID, a.PasswordHash, "$another")
	w.must(err)
	<-w.door.gate.turn
	(<-refused).is(t, "sign-in", 401, chat.Unauthorized)
	if b.cookie != "" {
		t.Error("it got a cookie")
	}
}

func TestRenameShowsEverywhere(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	var me meShape
	b.do(patch, "/me", object{"name": "  Ana\u200b  L. "}, &me)
	if me.Agent.Name != "Ana L." {
		t.Fatalf("got %q", me.Agent.Name)
	}
	b.fails(patch, "/me", object{"name": "\u202e"}, 422, chat.Invalid)
	b.fails(patch, "/me", object{"name": "Eve", "role": "owner"}, 422, chat.UnknownField)
	var team struct{ Agents []agentShape }
	w.must(json.Unmarshal([]byte(b.api(get, "/agents", nil).body), &team))
	if team.Agents[0].Name != "Ana L." {
		t.Fatalf("got %+v", team)
	}
}

func TestNobodyTakesAColleaguesName(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.hire("Ana", chat.Owner), w.hire("Ben", chat.AgentRole)
	b := w.seat(ben)
	for _, name := range []string{"Ana", "ANA", " \u00c1na ", "\u0410n\u0430"} {
		a := b.fails(patch, "/me", object{"name": name}, 409, chat.Conflict)
		if !strings.Contains(a.body, `"field":"name"`) {
			t.Errorf("%q: %s", name, a.body)
		}
	}
	b.do(patch, "/me", object{"name": "Ben"}, nil)
	b.do(patch, "/me", object{"name": "Ana B."}, nil)

	var invited struct{ Link string }
	owner := w.seat(ana)
	owner.do(post, "/invitations", object{"email": "carla@shop.example", "role": "agent"}, &invited)
	_, token, _ := strings.Cut(invited.Link, "#")
	w.browser().fails(post, "/invitations/accept", object{"token": token, "name": "ana", "password": goodPassword}, 409, chat.Conflict)
	w.browser().do(post, "/invitations/accept", object{"token": token, "name": "Carla", "password": goodPassword}, nil)

	owner.do(patch, "/agents/"+ben.ID, object{"disabled": true}, nil)
	owner.do(patch, "/me", object{"name": "Ana B"}, nil)
	owner.fails(patch, "/agents/"+ben.ID, object{"disabled": false}, 409, chat.Conflict)

	w.wroteDown("agent.renamed", ben.ID+" agent.renamed "+ben.ID+" name", ana.ID+" agent.renamed "+ana.ID+" name")
}
