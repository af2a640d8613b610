package desk_test

import (
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// Of a blocked customer nothing new is taken, under whatever name they sign in; what
// was stored before is found again, and a colleague's word lets them write.
func TestABlockedCustomer(t *testing.T) {
	s := newShop(t)
	ben, grace := s.agent("Ben", chat.AgentRole), &desk.Claims{Sub: "grace", Name: "Grace"}
	s.visit("", grace) // somebody else so far
	who, v := s.visit("", nil)
	id := s.says(who, chat.NewID(), "client-1", "Buy my pills").Message.ConversationID
	yes, no := true, false
	block := func(on *bool) *chat.Person {
		p, err := s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Blocked: on, Why: "spam"})
		s.must(err)
		return p
	}
	_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Blocked: &yes})
	s.must(err)
	s.says(who, id, "client-2", "A page blocks nobody")
	at := block(&yes).BlockedAt
	if at == 0 {
		t.Fatal("they are not blocked")
	}
	if e := s.last(id, chat.PersonUpdated); e.Person.BlockedAt != at || e.PublicSeq != 0 {
		t.Errorf("the team heard %+v", e)
	}
	post := func(who chat.Actor, client string) error {
		_, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: client, Kind: chat.Reply, Text: "Buy!"})
		return err
	}
	s.refused(post(who, "client-3"), chat.Forbidden)
	s.must(post(who, "client-2")) // sent again, stored before
	s.later(time.Minute)
	if again := block(&yes).BlockedAt; again != at {
		t.Errorf("blocked anew at %d, first at %d", again, at)
	}
	known, _ := s.visit(v.Secret, grace)
	s.refused(post(known, "client-4"), chat.Forbidden)
	block(&no)
	s.must(post(known, "client-5"))
}

// Whatever else reaches the team is refused as their messages are; reading, closing
// and what they said before go on.
func TestNothingOfABlockedCustomerIsTaken(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.replies(ben, id, "client-reply", "A new one is on its way.")
	card, done := s.sends(ben, s.proposal(id, "client-card")), s.sends(ben, s.summary(id, "client-done", "Your lamp is broken."))
	s.answers(who, done, chat.CardAnswer{Choice: chat.Confirm})
	rate := func(n int64) error {
		return second(s.desk.GiveFeedback(s.ctx(), who, id, chat.FeedbackChange{Rating: &n}))
	}
	s.must(rate(4))
	s.must(second(s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Blocked: say(true)})))
	before := s.row(id)
	for what, err := range map[string]error{
		"a card's answer": second(s.desk.AnswerCard(s.ctx(), who, id, card.ID, chat.CardAnswer{Choice: chat.Decline, Text: "Buy!"})),
		"a rating":        rate(1),
		"an address":      second(s.desk.LeaveAddress(s.ctx(), who, id, "spam@example.org", desk.Scene{})),
		"a name":          second(s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Name: say("Buy!")})),
		"a late parcel":   second(s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: map[string]string{"delay": "parcel"}})),
	} {
		if !chat.Is(err, chat.Forbidden) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if after := s.row(id); after.Seq != before.Seq {
		t.Errorf("the team heard of it: %d, then %d", before.Seq, after.Seq)
	}
	s.answers(who, done, chat.CardAnswer{Choice: chat.Confirm}) // sent again, stored before
	s.must(rate(4))
	s.must(second(s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Name: say("Spammer")})))
	_, _, err := s.desk.Mark(s.ctx(), who, id, desk.Read, 1)
	s.must(err)
	s.must(s.desk.Close(s.ctx(), who, id))
}

// A block goes over as well where the browser was another signed-in customer's, who keeps
// what is theirs: to one who is known, and to one who never came before.
func TestABlockGoesOverToASecondSignIn(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	known, _ := s.visit("", &desk.Claims{Sub: "grace", Name: "Grace"})
	hers := s.says(known, chat.NewID(), "client-hers", "Where is my parcel?").Message.ConversationID
	tom, shared := s.visit("", &desk.Claims{Sub: "tom", Name: "Tom"})
	if _, v := s.visit(shared.Secret, &desk.Claims{Sub: "una"}); v.Blocked || v.Person.BlockedAt > 0 {
		t.Fatalf("blocked by nobody: %+v", v)
	}
	s.must(second(s.desk.UpdatePerson(s.ctx(), ben, tom.ID, desk.PersonChange{Blocked: say(true), Why: "spam"})))
	at, want := s.now(), []string{ben.ID + " " + tom.ID + " spam"}
	s.later(time.Minute)
	for _, sub := range []string{"grace", "vera", "grace"} {
		who, v := s.visit(shared.Secret, &desk.Claims{Sub: sub})
		if v.Person.BlockedAt != at || !v.Blocked || v.Person.ID == tom.ID || v.Merged != "" {
			t.Fatalf("%s signed in as %+v", sub, v)
		}
		if line := " " + who.ID + " carried over by signing in from a blocked browser"; !slices.Contains(want, line) {
			want = append(want, line)
		}
		s.refused(second(s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-" + sub, Kind: chat.Reply, Text: "Buy!"})), chat.Forbidden)
	}
	got := s.rows(`SELECT by_id || ' ' || object || ' ' || detail FROM audit WHERE action = 'person.blocked' ORDER BY number`)
	if !slices.Equal(got, want) {
		t.Errorf("written down %q, want %q", got, want)
	}
	if e := s.last(hers, chat.PersonUpdated); e.Person.BlockedAt != at {
		t.Errorf("the team heard %+v", e)
	}
}

// Who signs in on a blocked browser is blocked too, which is written down once and told
// wherever they are talking.
func TestABlockGoesOverWithATrace(t *testing.T) {
	s := newShop(t)
	ben, grace := s.agent("Ben", chat.AgentRole), &desk.Claims{Sub: "grace", Name: "Grace"}
	known, _ := s.visit("", grace)
	hers := s.says(known, chat.NewID(), "client-hers", "Where is my parcel?").Message.ConversationID
	who, shared := s.visit("", nil)
	theirs := s.says(who, chat.NewID(), "client-theirs", "Buy my pills").Message.ConversationID
	s.must(second(s.desk.UpdatePerson(s.ctx(), ben, who.ID, desk.PersonChange{Blocked: say(true), Why: "spam"})))
	at := s.now()
	written := func() []string {
		return s.rows(`SELECT by_id || ' ' || object || ' ' || detail FROM audit WHERE action = 'person.blocked' ORDER BY number`)
	}
	s.later(time.Minute)
	_, next := s.visit(shared.Secret, grace)
	if next.Person.ID != known.ID || next.Person.BlockedAt != at {
		t.Fatalf("signed in as %+v", next.Person)
	}
	want := []string{ben.ID + " " + who.ID + " spam", " " + known.ID + " carried over by signing in from a blocked browser"}
	if got := written(); !slices.Equal(got, want) {
		t.Errorf("written down %q, want %q", got, want)
	}
	for _, id := range []string{hers, theirs} {
		if e := s.last(id, chat.PersonUpdated); e.PersonID != known.ID || e.Person.BlockedAt != at {
			t.Errorf("the team heard %+v", e)
		}
	}
	heard := s.row(hers).Seq
	s.visit(next.Secret, grace)
	if got := written(); !slices.Equal(got, want) || s.row(hers).Seq != heard {
		t.Errorf("again it is written down %q", got)
	}
}
