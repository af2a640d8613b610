package desk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

func (s *shop) refusedVisit(secret string, code chat.Code) {
	s.Helper()
	_, err := s.desk.Visit(s.ctx(), desk.Visit{SiteID: s.site.ID, Secret: secret})
	s.refused(err, code)
}

// Secrets rotate: the one before works until its successor is used, so that two
// tabs and lost answers cost nothing.
func TestSecretsRotate(t *testing.T) {
	s := newShop(t)
	who, first := s.visit("", nil)
	again, lost := s.visit(first.Secret, nil) // this answer is lost
	third, second := s.visit(first.Secret, nil)
	if again.ID != who.ID || third.ID != who.ID || second.DeviceID != first.DeviceID || second.Secret == first.Secret || lost.Secret == second.Secret {
		t.Errorf("%v, %v, %v", first, lost, second)
	}
	_, next := s.visit(second.Secret, nil)
	s.refusedVisit(first.Secret, chat.SecretStale)
	s.refusedVisit(lost.Secret, chat.SecretStale)
	s.visit(next.Secret, nil)
	s.refusedVisit(chat.NewSecret(), chat.Unauthorized)
	_, err := s.desk.Visit(s.ctx(), desk.Visit{SiteID: chat.NewID(), Secret: next.Secret})
	s.refused(err, chat.Unauthorized)
}

// A dead secret that comes back after its grace was stolen, or its successor
// was: the whole family ends, for good.
func TestReuseEndsTheFamily(t *testing.T) {
	s := newShop(t)
	_, first := s.visit("", nil)
	_, second := s.visit(first.Secret, nil)
	_, third := s.visit(second.Secret, nil)
	s.later(time.Minute)
	s.refusedVisit(first.Secret, chat.SecretStale)
	s.visit(third.Secret, nil)
	s.later(time.Minute + time.Millisecond)
	s.refusedVisit(first.Secret, chat.Unauthorized)
	s.restart()
	for _, v := range []*desk.Visitor{first, second, third} {
		s.refusedVisit(v.Secret, chat.Unauthorized)
	}
	if d, err := s.store.Device(s.ctx(), first.DeviceID); err != nil || d.RevokedAt == 0 {
		t.Errorf("device %+v: %v", d, err)
	}
	_, other := s.visit("", nil)
	s.must(s.desk.Forget(s.ctx(), other.DeviceID))
	s.refusedVisit(other.Secret, chat.Unauthorized)
}

// An anonymous visitor who turns out to be a customer keeps the chat.
func TestAnonymousBecomesKnown(t *testing.T) {
	s := newShop(t)
	who, v := s.visit("", nil)
	id := s.says(who, chat.NewID(), "client-1", "Hello").Message.ConversationID
	known, _ := s.visit(v.Secret, &desk.Claims{Sub: "grace", Name: "Grace", Email: "Grace@Example.org", Attributes: map[string]string{"plan": "gold"}})
	if known.ID != who.ID {
		t.Errorf("a first identify made another person")
	}
	r := s.row(id)
	p, err := s.store.Person(s.ctx(), known.ID)
	s.must(err)
	if r.PersonName != "Grace" || !r.PersonVerified || p.Email != "grace@example.org" || !slices.Equal(p.Attributes, []chat.Attribute{{Key: "plan", Value: "gold", Verified: true}}) {
		t.Errorf("row %+v, person %+v", r, p)
	}
	if e := s.last(id, chat.PersonUpdated); e.PublicSeq != 0 || e.Person.Name != "Grace" {
		t.Errorf("event %+v", e)
	}
	n := len(s.events(id))
	s.visit("", &desk.Claims{Sub: "grace", Name: "Grace", Email: "grace@example.org", Attributes: map[string]string{"plan": "gold"}})
	if len(s.events(id)) != n {
		t.Error("nothing new was told again")
	}
}

// On a second device the anonymous chat goes along to the customer, whose own
// stays beside it, oldest first; the team hears who it is.
func TestMergeKeepsBoth(t *testing.T) {
	s := newShop(t)
	grace := &desk.Claims{Sub: "grace", Name: "Grace"}
	home, _ := s.visit("", grace)
	old := s.says(home, chat.NewID(), "client-1", "At home").Message.ConversationID
	s.later(time.Minute)
	stranger, v := s.visit("", nil)
	carried := s.says(stranger, chat.NewID(), "client-2", "At work").Message.ConversationID
	known, next := s.visit(v.Secret, grace)
	if known.ID != home.ID || next.DeviceID != v.DeviceID {
		t.Fatalf("known as %+v, at home %+v", known, home)
	}
	rows, err := s.store.PersonRows(s.ctx(), home.ID, 10)
	s.must(err)
	if len(rows) != 2 || rows[0].ID != carried || rows[0].PersonName != "Grace" {
		t.Errorf("rows %+v", rows)
	}
	if e := s.last(carried, chat.PersonUpdated); e.Person.Name != "Grace" || e.PersonID != home.ID {
		t.Errorf("the team heard %+v", e)
	}
	if m := s.says(known, chat.NewID(), "client-3", "And now?").Message; m.ConversationID != old {
		t.Errorf("a new word went to %s, not to the oldest", m.ConversationID)
	}
	if p := s.says(known, carried, "client-4", "About work"); p.Message.ConversationID != carried || p.Author.Name != "Grace" {
		t.Errorf("the carried chat does not go on: %+v", p)
	}
	for _, e := range s.events(carried) {
		if e.By == chat.ByPerson && e.Names.By.Name != "Grace" {
			t.Errorf("event %d is by %+v", e.Seq, e.Names.By)
		}
	}
	// The tab that still has the old token goes on in what it had.
	if p := s.says(stranger, carried, "client-5", "Old tab"); p.Message.ConversationID != carried {
		t.Errorf("the old tab went to %s", p.Message.ConversationID)
	}
	// What it begins is said by whom it turned out to be: no second live one.
	if p := s.says(stranger, chat.NewID(), "client-6", "Anybody?"); p.Message.ConversationID != old {
		t.Errorf("the old tab began %s", p.Message.ConversationID)
	}
	s.must(s.desk.Close(s.ctx(), known, old))
	s.must(s.desk.Close(s.ctx(), known, carried))
	begun := s.says(stranger, chat.NewID(), "client-7", "And now?").Message.ConversationID
	if got := s.rows(`SELECT person_id FROM conversation WHERE id = ?`, begun); got[0] != home.ID {
		t.Errorf("the old tab began one for %s", got)
	}
}

// A browser that another customer signs in on shows only theirs; the first one's
// device and history stay the first one's.
func TestAnotherCustomerOnThisBrowser(t *testing.T) {
	s := newShop(t)
	a, va := s.visit("", &desk.Claims{Sub: "a", Name: "Ada"})
	id := s.says(a, chat.NewID(), "client-1", "Private").Message.ConversationID
	for i, sub := range []string{"b", "b", "c"} {
		b, vb := s.visit(va.Secret, &desk.Claims{Sub: sub, Name: "Bob"})
		if b.ID == a.ID || vb.DeviceID == va.DeviceID || vb.Person.Name != "Bob" {
			t.Fatalf("%s is %+v on %+v", sub, b, vb)
		}
		_, err := s.desk.Post(s.ctx(), b, desk.Posting{ConversationID: id, ClientID: fmt.Sprint("client-b", i, "---"), Text: "x"})
		s.refused(err, chat.NotFound)
		if rows, err := s.store.PersonRows(s.ctx(), b.ID, 10); err != nil || len(rows) != 0 {
			t.Errorf("%s sees %+v: %v", sub, rows, err)
		}
		if again, _ := s.visit(vb.Secret, nil); again.ID != b.ID {
			t.Error("the new secret leads elsewhere")
		}
	}
	if back, _ := s.visit(va.Secret, nil); back.ID != a.ID || s.row(id).PersonName != "Ada" {
		t.Errorf("the first device is %+v's", back)
	}
}

// Nobody is kept from chatting by what a page or a token tells: signed claims
// push out what nobody signed, oldest first, and what is too much is left out.
func TestClaimsAlwaysFit(t *testing.T) {
	s := newShop(t)
	who, v := s.visit("", nil)
	for i := range chat.MaxAttributes {
		_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: map[string]string{fmt.Sprintf("page%02d", i): "x"}})
		s.must(err)
	}
	known, next := s.visit(v.Secret, &desk.Claims{Sub: "grace", Attributes: map[string]string{"plan": "gold", "since": "2024", "": "x"}})
	p, err := s.store.Person(s.ctx(), known.ID)
	s.must(err)
	n := len(p.Attributes)
	if n != chat.MaxAttributes || p.Attributes[0].Key != "page02" || p.Attributes[n-2] != (chat.Attribute{Key: "plan", Value: "gold", Verified: true}) {
		t.Errorf("%d attributes: %+v", n, p.Attributes)
	}
	many := map[string]string{}
	for i := range chat.MaxAttributes + 5 {
		many[fmt.Sprintf("claim%02d", i)] = "x"
	}
	s.visit(next.Secret, &desk.Claims{Sub: "grace", Attributes: many})
	p, err = s.store.Person(s.ctx(), known.ID)
	s.must(err)
	last := p.Attributes[len(p.Attributes)-1]
	if len(p.Attributes) != chat.MaxAttributes || p.Attributes[0].Key != "plan" || last.Key != "claim37" || !last.Verified {
		t.Errorf("%d attributes: %+v", len(p.Attributes), p.Attributes)
	}
}

// Signing in mid-chat takes along what is known of the anonymous customer, under
// what is known of the signed one.
func TestMergeKeepsAttributes(t *testing.T) {
	s := newShop(t)
	s.visit("", &desk.Claims{Sub: "grace", Attributes: map[string]string{"plan": "gold"}})
	who, v := s.visit("", nil)
	_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: map[string]string{"plan": "free", "cart": "2"}})
	s.must(err)
	known, _ := s.visit(v.Secret, &desk.Claims{Sub: "grace"})
	p, err := s.store.Person(s.ctx(), known.ID)
	s.must(err)
	if !slices.Equal(p.Attributes, []chat.Attribute{{Key: "plan", Value: "gold", Verified: true}, {Key: "cart", Value: "2"}}) {
		t.Errorf("attributes %+v", p.Attributes)
	}
}

// What the page or an agent says of a customer never touches what a signed token
// said, and never looks like it.
func TestUpdatePerson(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, _ := s.visit("", &desk.Claims{Sub: "grace", Name: "Grace", Email: "grace@example.org", Attributes: map[string]string{"plan": "gold"}})
	id := s.says(who, chat.NewID(), "client-1", "Hello").Message.ConversationID
	n := len(s.events(id))
	mallory, segment, wrong, email, address := "Mallory", "existing", "vip", "not an address", "m@example.org"
	p, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Name: &mallory, Segment: &segment, Attributes: map[string]string{"plan": "free", "cart": "2"}})
	s.must(err)
	if p.Name != "Grace" || p.Segment != "" || !slices.Equal(p.Attributes, []chat.Attribute{{Key: "plan", Value: "gold", Verified: true}, {Key: "cart", Value: "2"}}) {
		t.Errorf("by the page: %+v", p)
	}
	if p, err = s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Name: &p.Name, Segment: &segment}); err != nil || p.Name != "Grace" || p.Segment != segment {
		t.Errorf("by an agent: %+v, %v", p, err)
	}
	for field, change := range map[string]desk.PersonChange{"name": {Name: &mallory, Segment: new(string)}, "email": {Email: &address}} {
		_, err := s.desk.UpdatePerson(s.ctx(), ben, who.ID, change)
		var f *chat.Failure
		if !errors.As(err, &f) || f.Code != chat.Forbidden || f.Field != field {
			t.Errorf("an agent's change of a signed %s: %v", field, err)
		}
	}
	stranger := s.visitor()
	if p, err := s.desk.UpdatePerson(s.ctx(), ben, stranger.ID, desk.PersonChange{Name: &mallory, Email: &address}); err != nil || p.Name != mallory || p.Email != address {
		t.Errorf("a stranger's name by an agent: %+v, %v", p, err)
	}
	if got := len(s.events(id)) - n; got != 2 {
		t.Errorf("%d events, want 2", got)
	}
	_, err = s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Segment: &wrong})
	_, err2 := s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Email: &email})
	for _, err := range []error{err, err2} {
		var f *chat.Failure
		if !errors.As(err, &f) || f.Code != chat.Invalid || f.Field == "" {
			t.Errorf("got %v", err)
		}
	}
	_, err = s.desk.UpdatePerson(s.ctx(), ben, chat.NewID(), desk.PersonChange{Segment: &segment})
	s.refused(err, chat.NotFound)
}

// A name typed before signing in is never taken for the site's word, until a
// token says it; an address is dropped, for it may be whose browser it was before.
func TestTypedNamesAreGivenNotVerified(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, v := s.visit("", nil)
	id := s.says(who, chat.NewID(), "client-1", "Hello").Message.ConversationID
	typed, address := "The Director", "boss@example.org"
	_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Name: &typed, Email: &address})
	s.must(err)
	person := func() *chat.Person {
		p, err := s.store.Person(s.ctx(), who.ID)
		s.must(err)
		return p
	}

	_, v = s.visit(v.Secret, &desk.Claims{Sub: "grace"})
	if p, r := person(), s.row(id); !p.Verified || p.Name != typed || !p.NameGiven || p.Email != "" || p.EmailGiven || r.PersonVerified || r.PersonName != typed {
		t.Errorf("signed in without a name: %+v, row %+v", p, r)
	}
	grace := "Grace"
	_, err = s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Name: &grace, Email: &address})
	s.must(err)
	if p := person(); p.Name != grace || !p.NameGiven || p.Email != address || !p.EmailGiven {
		t.Errorf("corrected by an agent: %+v", p)
	}
	_, v = s.visit(v.Secret, &desk.Claims{Sub: "grace", Name: grace})
	if p, r := person(), s.row(id); p.NameGiven || !r.PersonVerified || s.last(id, chat.PersonUpdated).Person.NameGiven {
		t.Errorf("said by a token: %+v, row %+v", p, r)
	}
	s.visit(v.Secret, &desk.Claims{Sub: "grace"})
	if p := person(); p.NameGiven || p.Name != grace {
		t.Errorf("the next token says no name: %+v", p)
	}
	if _, err := s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Name: &typed}); !chat.Is(err, chat.Forbidden) {
		t.Errorf("a signed name was changed: %v", err)
	}
}

// A known customer in a new browser is nobody anonymous before: there is nothing
// to merge, and their other browsers are not disturbed.
func TestAKnownCustomerIsNotMergedAnew(t *testing.T) {
	s := newShop(t)
	grace := &desk.Claims{Sub: "grace", Name: "Grace"}
	home, first := s.visit("", grace)
	for range 3 {
		known, v := s.visit("", grace)
		if known.ID != home.ID || v.Merged != "" || v.DeviceID == first.DeviceID {
			t.Errorf("known as %+v by %+v", known, v)
		}
	}
	if list := s.rows(`SELECT id FROM person`); len(list) != 1 {
		t.Errorf("profiles: %v", list)
	}
}

// unwritten is a store that nothing may reach.
type unwritten struct{ t *testing.T }

func (u unwritten) Write(context.Context, func(chat.Tx) error) error {
	u.t.Error("the writer was asked")
	return nil
}

func (u unwritten) WriteOnce(ctx context.Context, _ string, fn func(chat.Tx) error) error {
	return u.Write(ctx, fn)
}

func TestTooManyAttributesNeverReachTheWriter(t *testing.T) {
	many := map[string]string{}
	for i := range chat.MaxAttributes + 1 {
		many[fmt.Sprintf("page%02d", i)] = "" // none of them would be kept
	}
	who := chat.Actor{Kind: chat.ByPerson, ID: chat.NewID()}
	_, err := desk.New(unwritten{t}, nil, nil).UpdatePerson(t.Context(), who, who.ID, desk.PersonChange{Attributes: many})
	if chat.CodeOf(err) != chat.Invalid {
		t.Errorf("got %v", err)
	}
}
