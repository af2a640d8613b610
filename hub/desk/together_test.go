package desk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// called gives a visitor a name and an address, as their page does.
func (s *shop) known(who chat.Actor, name, email string) chat.Actor {
	s.Helper()
	s.must(second(s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Name: &name, Email: &email})))
	return who
}

// Two browsers of one person have one history, and none of it when they are taken apart;
// what was begun since stays where it was begun.
func TestTwoAreOneAndTwoAgain(t *testing.T) {
	s := newShop(t)
	sue := s.agent("Sue", chat.Supervisor)
	laptop, vl := s.visit("", nil)
	s.known(laptop, "Maria", "")
	old := s.says(laptop, chat.NewID(), "client-1", "On my laptop").Message.ConversationID
	s.later(time.Minute)
	phone, vp := s.visit("", nil)
	s.known(phone, "Mari", "maria@example.org")
	other := s.says(phone, chat.NewID(), "client-2", "On my phone").Message.ConversationID

	done, err := s.desk.MergePeople(s.ctx(), sue, laptop.ID, phone.ID)
	s.must(err)
	if p := done.Person; p.ID != laptop.ID || p.Name != "Maria" || p.Email != "maria@example.org" {
		t.Errorf("who stays is %+v", p)
	}
	if again, _ := s.visit(vp.Secret, nil); again.ID != laptop.ID {
		t.Errorf("the phone is %s's", again.ID)
	}
	for _, id := range []string{old, other} {
		if e := s.last(id, chat.PersonUpdated); e.Person.ID != laptop.ID || e.ByID != sue.ID || e.PublicSeq != 0 {
			t.Errorf("the team heard %+v", e)
		}
	}
	// A tab that has not heard of it goes on in either.
	s.says(phone, other, "client-3", "And this?")
	if m := s.says(phone, chat.NewID(), "client-4", "Hello?").Message; m.ConversationID != old {
		t.Errorf("a new word went to %s", m.ConversationID)
	}
	s.must(s.desk.Close(s.ctx(), laptop, old))
	s.must(s.desk.Close(s.ctx(), laptop, other))
	s.later(chat.MergeUndoFor - time.Hour)
	begun := s.says(phone, chat.NewID(), "client-5", "Begun together").Message.ConversationID

	_, err = s.desk.UnmergePeople(s.ctx(), sue, laptop.ID, done.Merge.ID)
	s.must(err)
	p, err := s.store.Person(s.ctx(), laptop.ID)
	s.must(err)
	if p.Email != "" {
		t.Errorf("the address stayed: %+v", p)
	}
	for who, want := range map[string][]string{laptop.ID: {begun, old}, phone.ID: {other}} {
		if got, err := s.store.PersonConversations(s.ctx(), who, 10); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s has %v, want %v: %v", who, got, want, err)
		}
	}
	back, _ := s.visit(vl.Secret, nil)
	_, err = s.desk.Post(s.ctx(), phone, desk.Posting{ConversationID: old, ClientID: "client-6", Text: "Not mine any more"})
	s.refused(err, chat.NotFound)
	if back.ID != laptop.ID {
		t.Errorf("the laptop is %s's", back.ID)
	}
	_, err = s.desk.UnmergePeople(s.ctx(), sue, laptop.ID, done.Merge.ID)
	s.refused(err, chat.Conflict)
	lines := s.rows(`SELECT action || ' ' || by_id || ' ' || object || ' ' || detail || ' ' || change FROM audit WHERE action LIKE 'person.%merged' ORDER BY number`)
	line := func(action, from, to, before, after string) string {
		return fmt.Sprintf(`%s %s %s %s %s [{"field":"leads_to","from":"%s","to":"%s"},{"field":"filled","from":"%s","to":"%s"}]`,
			action, sue.ID, laptop.ID, done.Merge.ID, phone.ID, from, to, before, after)
	}
	if want := []string{
		line("person.merged", phone.ID, laptop.ID, "", "email"),
		line("person.unmerged", laptop.ID, phone.ID, "email", ""),
	}; !slices.Equal(lines, want) {
		t.Errorf("the log has\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// What stands upon a merge is undone first, unless a sign-in did it; what is too long ago,
// or somebody else's, is not undone at all.
func TestWhatCanBeTakenApart(t *testing.T) {
	s := newShop(t)
	sue := s.agent("Sue", chat.Supervisor)
	a, b, c := s.visitor(), s.visitor(), s.visitor()
	together := func(stays, goes chat.Actor) string {
		done, err := s.desk.MergePeople(s.ctx(), sue, stays.ID, goes.ID)
		s.must(err)
		return done.Merge.ID
	}
	apart := func(who chat.Actor, merge string) error {
		return second(s.desk.UnmergePeople(s.ctx(), sue, who.ID, merge))
	}
	first := together(b, a)
	upon := together(c, b)
	s.refused(apart(c, first), chat.Conflict)
	s.refused(apart(s.visitor(), upon), chat.NotFound)
	s.refused(apart(c, chat.NewID()), chat.NotFound)
	s.must(apart(c, upon))
	s.must(apart(b, first))

	_, v := s.visit("", nil)
	stranger, w := s.visit("", nil)
	s.known(stranger, "Mari", "")
	_, err := s.desk.MergePeople(s.ctx(), sue, v.Person.ID, stranger.ID)
	s.must(err)
	merge := s.rows(`SELECT id FROM person_merge WHERE from_id = ?`, stranger.ID)[0]
	grace := &desk.Claims{Sub: "grace", Name: "Grace"}
	s.visit("", grace)
	known, _ := s.visit(v.Secret, grace)
	signedIn := s.rows(`SELECT id FROM person_merge WHERE by_id = ''`)[0]
	s.refused(apart(known, signedIn), chat.NotFound)
	s.must(apart(known, merge))
	if again, _ := s.visit(w.Secret, nil); again.ID != stranger.ID {
		t.Errorf("the stranger's browser is %s's", again.ID)
	}

	late := together(b, a)
	s.later(chat.MergeUndoFor + time.Minute)
	s.refused(apart(b, late), chat.Invalid)
}

// Whom the site vouches for stays, and nobody else is brought to them where only they
// may talk; a block goes over, and back.
func TestWhoIsNotBroughtTogether(t *testing.T) {
	s := newShop(t)
	sue := s.agent("Sue", chat.Supervisor)
	grace, _ := s.visit("", &desk.Claims{Sub: "grace"})
	ada, _ := s.visit("", &desk.Claims{Sub: "ada"})
	stranger := s.known(s.visitor(), "", "somebody@example.org")
	bring := func(stays, goes chat.Actor) error {
		return second(s.desk.MergePeople(s.ctx(), sue, stays.ID, goes.ID))
	}
	s.refused(bring(grace, ada), chat.Invalid)
	s.refused(bring(stranger, grace), chat.Invalid)
	s.refused(bring(grace, grace), chat.Invalid)
	s.refused(bring(grace, chat.Actor{ID: chat.NewID()}), chat.NotFound)
	yes := true
	s.must(second(s.desk.UpdatePerson(s.ctx(), sue, stranger.ID, desk.PersonChange{Blocked: &yes})))
	done, err := s.desk.MergePeople(s.ctx(), sue, grace.ID, stranger.ID)
	s.must(err)
	if done.Person.BlockedAt == 0 || done.Person.Email != "" {
		t.Errorf("brought together they are %+v", done.Person)
	}
	apart, err := s.desk.UnmergePeople(s.ctx(), sue, grace.ID, done.Merge.ID)
	s.must(err)
	if apart.Person.BlockedAt != 0 || apart.Other.BlockedAt == 0 {
		t.Errorf("taken apart they are %+v and %+v", apart.Person, apart.Other)
	}
}

// In random worlds whatever is brought together and taken apart again leaves each
// customer with what was theirs, and each browser with its customer.
func TestNobodyLosesAnythingByMerges(t *testing.T) {
	s := newShop(t)
	rnd := rand.New(rand.NewPCG(20261122, 3))
	sue := s.agent("Sue", chat.Supervisor)
	var people []chat.Actor
	for i := range 7 {
		who, v := s.visit("", nil)
		if i == 0 {
			who, _ = s.visit(v.Secret, &desk.Claims{Sub: "grace", Name: "Grace"})
		}
		if i > 0 && rnd.IntN(2) == 0 {
			s.known(who, fmt.Sprint("Name ", i), fmt.Sprintf("a%d@example.org", i))
		}
		for n := range rnd.IntN(3) {
			id := s.says(who, chat.NewID(), fmt.Sprintf("client-%d-%d", i, n), "Hello").Message.ConversationID
			s.must(s.desk.Close(s.ctx(), who, id))
		}
		people = append(people, who)
	}
	before := s.whoHasWhat(people)
	for range 6 {
		var done []*desk.Merged
		for range 12 {
			stays, goes := people[rnd.IntN(len(people))], people[rnd.IntN(len(people))]
			if m, err := s.desk.MergePeople(s.ctx(), sue, stays.ID, goes.ID); err == nil {
				done = append(done, m)
			} else {
				s.refused(err, chat.Invalid)
			}
		}
		for _, m := range slices.Backward(done) {
			s.must(second(s.desk.UnmergePeople(s.ctx(), sue, m.Merge.IntoID, m.Merge.ID)))
		}
		if after := s.whoHasWhat(people); after != before {
			t.Fatalf("it was\n%s\nand is\n%s", before, after)
		}
	}
}

// whoHasWhat are the profiles, conversations and browsers of each.
func (s *shop) whoHasWhat(people []chat.Actor) string {
	s.Helper()
	var out strings.Builder
	for _, who := range people {
		p, err := s.store.Person(s.ctx(), who.ID)
		s.must(err)
		talks, err := s.store.PersonConversations(s.ctx(), who.ID, 50)
		s.must(err)
		fmt.Fprintf(&out, "%+v %v %v\n", *p, talks, s.rows(`SELECT id FROM device WHERE person_id = ? ORDER BY id`, who.ID))
	}
	return out.String()
}

// Whom the site brought in is an account of its own before they have ever signed in:
// it leads to nobody, and two of them are two.
func TestAnAccountThatHasNotSignedInLeadsNowhere(t *testing.T) {
	s := newShop(t)
	sue := s.agent("Sue", chat.Supervisor)
	stranger, _ := s.visit("", nil)
	s.brings(chat.ImportPeople, false, person("c-1", "maria"), person("c-2", "tom"))
	one := s.rows(`SELECT person_id FROM identity WHERE sub = 'c-1'`)[0]
	two := s.rows(`SELECT person_id FROM identity WHERE sub = 'c-2'`)[0]
	for _, pair := range [][2]string{{stranger.ID, one}, {one, two}, {two, one}} {
		_, err := s.desk.MergePeople(s.ctx(), sue, pair[0], pair[1])
		s.refused(err, chat.Invalid)
	}
	done, err := s.desk.MergePeople(s.ctx(), sue, one, stranger.ID)
	s.must(err)
	if done.Person.ID != one {
		t.Errorf("who stays is %+v", done.Person)
	}
	_, who := s.visit("", &desk.Claims{Sub: "c-1"})
	if who == nil {
		t.Fatal("their sign-in is refused")
	}
}
