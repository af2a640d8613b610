package desk_test

import (
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
