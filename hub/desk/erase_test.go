package desk_test

import (
	"slices"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// erased is all that is left of a conversation whose customer an agent erased.
func (s *shop) erased(agent chat.Actor) []chat.EventType {
	s.Helper()
	who, id := s.chatting()
	_, err := s.desk.ErasePerson(s.ctx(), agent, who.ID, chat.EraseAsked)
	s.must(err)
	return s.types(id)
}

// Erasing wants a reason of an agent's, and a customer can erase nobody else; the
// log tells who did it and why, and nothing can be said in their name any more.
func TestErasingIsForThoseWhoMay(t *testing.T) {
	s := newShop(t)
	ana := s.agent("Ana", chat.Admin)
	who, id := s.chatting()
	other, _ := s.chatting()
	_, err := s.desk.ErasePerson(s.ctx(), ana, who.ID, "because")
	s.refused(err, chat.Invalid)
	_, err = s.desk.ErasePerson(s.ctx(), other, who.ID, chat.EraseAsked)
	s.refused(err, chat.NotFound)
	_, err = s.desk.ErasePerson(s.ctx(), ana, chat.NewID(), chat.EraseAsked)
	s.refused(err, chat.NotFound)

	gone, err := s.desk.ErasePerson(s.ctx(), who, who.ID, chat.EraseAsked)
	s.must(err)
	if !slices.Equal(gone.People, []string{who.ID}) || !slices.Equal(gone.Conversations, []string{id}) || len(gone.Devices) != 1 {
		t.Errorf("it tells %+v", gone)
	}
	if left := s.types(id); !slices.Equal(left, []chat.EventType{chat.ConversationErased}) {
		t.Errorf("left is %v", left)
	}
	_, err = s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: "client-late", Text: "Still there?"})
	s.refused(err, chat.NotFound)
	_, err = s.desk.ErasePerson(s.ctx(), ana, other.ID, chat.EraseMistaken)
	s.must(err)
	var lines []chat.AuditEntry
	s.must(s.store.AuditEntries(s.ctx(), func(e chat.AuditEntry) error {
		if e.Action == "person.erased" {
			e.Number, e.At = 0, 0
			lines = append(lines, e)
		}
		return nil
	}))
	want := []chat.AuditEntry{
		{Action: "person.erased", Object: who.ID, Detail: "by_them"}, {By: ana.ID, Action: "person.erased", Object: other.ID, Detail: "mistaken"},
	}
	if !slices.Equal(lines, want) {
		t.Errorf("the log says %+v", lines)
	}
}

// What a restored backup has brought back is erased again; of what it does not
// hold it remembers that.
func TestErasingAgain(t *testing.T) {
	s := newShop(t)
	who, id := s.chatting()
	gone, err := s.desk.EraseAgain(s.ctx(), chat.Erasure{Kind: chat.ErasedConversation, ID: id})
	s.must(err)
	if gone == nil || len(gone.People) > 0 || !slices.Equal(gone.Conversations, []string{id}) {
		t.Errorf("it tells %+v", gone)
	}
	gone, err = s.desk.EraseAgain(s.ctx(), chat.Erasure{Kind: chat.ErasedPerson, ID: who.ID})
	s.must(err)
	if gone == nil || len(gone.Conversations) > 0 {
		t.Errorf("it tells %+v", gone)
	}
	absent := chat.NewID()
	gone, err = s.desk.EraseAgain(s.ctx(), chat.Erasure{Kind: chat.ErasedPerson, ID: absent})
	s.must(err)
	if known, err := s.store.WasErased(s.ctx(), absent); gone != nil || !known || err != nil {
		t.Errorf("of nobody it tells %+v, and remembers %t: %v", gone, known, err)
	}
}

// Who was taken apart from somebody before they were erased takes nobody with them when
// a backup from between is restored, whoever of the two led to the other.
func TestErasingAgainSparesWhoWasTakenApart(t *testing.T) {
	for _, erasedStays := range []bool{false, true} {
		s := newShop(t)
		sue := s.agent("Sue", chat.Supervisor)
		gone, _ := s.visit("", nil)
		s.known(gone, "Maria", "maria@example.org")
		theirs := s.says(gone, chat.NewID(), "client-1", "Mine").Message.ConversationID
		spared, vs := s.visit("", nil)
		kept := s.says(spared, chat.NewID(), "client-2", "Somebody else's").Message.ConversationID
		stays, goes := spared, gone
		if erasedStays {
			stays, goes = gone, spared
		}
		s.must(second(s.desk.MergePeople(s.ctx(), sue, stays.ID, goes.ID)))
		out, err := s.desk.EraseAgain(s.ctx(), chat.Erasure{Kind: chat.ErasedPerson, ID: gone.ID})
		s.must(err)
		if out == nil || !slices.Equal(out.People, []string{gone.ID}) || !slices.Equal(out.Conversations, []string{theirs}) || len(out.Devices) != 1 {
			t.Errorf("erased stays %t: it tells %+v", erasedStays, out)
		}
		p, err := s.store.Person(s.ctx(), spared.ID)
		s.must(err)
		if p.ID != spared.ID || p.MergedInto != "" || p.Name != "" || p.Email != "" {
			t.Errorf("erased stays %t: spared is %+v", erasedStays, p)
		}
		if list, err := s.store.PersonConversations(s.ctx(), spared.ID, 9); err != nil || !slices.Equal(list, []string{kept}) {
			t.Errorf("erased stays %t: they have %v: %v", erasedStays, list, err)
		}
		if back, _ := s.visit(vs.Secret, nil); back.ID != spared.ID {
			t.Errorf("erased stays %t: their browser is %s's", erasedStays, back.ID)
		}
		if known, err := s.store.WasErased(s.ctx(), spared.ID); err != nil || known {
			t.Errorf("erased stays %t: it remembers them as erased: %v", erasedStays, err)
		}
	}
}
