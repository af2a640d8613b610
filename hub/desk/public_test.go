package desk_test

import (
	"testing"

	"rapport/hub/chat"
)

// The mark of a public channel stays through what happens, is for agents to set, and
// says nothing to the customer.
func TestAConversationIsMarkedPublic(t *testing.T) {
	s := newShop(t)
	ann, _, _, id, _ := had(s)
	before := len(s.events(id))
	for range 2 {
		s.must(s.desk.MarkPublic(s.ctx(), ann, id, true))
	}
	s.replies(ann, id, "client-public-1", "Thank you!")
	s.must(s.desk.Close(s.ctx(), ann, id))
	if r := s.row(id); !r.InPublic {
		t.Error("the mark is lost")
	}
	s.must(s.desk.MarkPublic(s.ctx(), ann, id, false))
	if r := s.row(id); r.InPublic || r.State != chat.Closed {
		t.Errorf("private again: %+v", r.Conversation)
	}
	for _, e := range s.events(id)[before:] {
		if e.Type == chat.NotePosted {
			t.Errorf("somebody was told: %+v", e)
		}
	}
	s.refused(s.desk.MarkPublic(s.ctx(), chat.Actor{Kind: chat.ByPerson, ID: chat.NewID()}, id, true), chat.Forbidden)
	s.refused(s.desk.MarkPublic(s.ctx(), ann, chat.NewID(), true), chat.NotFound)
}
