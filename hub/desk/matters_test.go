package desk_test

import (
	"testing"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/desk"
)

// aboutInvoice is a conversation about a parcel in which the customer brings up an
// invoice, with the message that does.
func (s *shop) aboutInvoice(ben chat.Actor) (who chat.Actor, id string, said *desk.Posted) {
	s.Helper()
	who, id = s.visitor(), chat.NewID()
	s.says(who, id, "client-1", "Hi, where is my parcel?")
	s.replies(ben, id, "client-ben", "Hello, I'm Ben. It comes tomorrow.")
	return who, id, s.says(who, id, "client-2", "Great. By the way, my invoice has the wrong name on it. Can you fix that?")
}

// Another subject is offered with the message that brought it up, waved away and
// offered again by a word of the agent's, and never opened by itself.
func TestASecondConcernIsOffered(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id, said := s.aboutInvoice(ben)
	want := chat.Found{Text: "“By the way, my invoice has the wrong name on it.”", Cause: said.Message.ID}
	if got := s.last(id, chat.MatterRead).Matter.Reading().Concern; got != want {
		t.Errorf("offered %+v, want %+v", got, want)
	}
	if m := s.matter(id); m.Number != 1 {
		t.Errorf("it opened by itself: %+v", m)
	}
	for _, offer := range []bool{false, true} {
		s.must(s.desk.Correct(s.ctx(), ben, id, cycle.Correction{Concern: &offer}))
		m := s.matter(id)
		if got := m.Reading().Concern; (got == want) != offer {
			t.Errorf("offered again %t: %+v", offer, got)
		}
	}
}

// Taken up, the message belongs to the new matter, and the first offers it no more.
// Dropped, the first is the current one again; turning to it, it counts again.
func TestASecondConcernIsTakenUpAndBack(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id, said := s.aboutInvoice(ben)
	first := s.matter(id)
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, first.Reading().Concern.Text, said.Message.ID))
	second := s.matter(id)
	if second.Number != 2 || s.matterOf(id, said.Message.ID) != second.ID {
		t.Errorf("the message belongs to %s, the matter is %+v", s.matterOf(id, said.Message.ID), second)
	}
	if again := s.matterByID(first.ID); again.Reading().Concern.Text != "" {
		t.Errorf("still offered: %+v", again.Reading())
	}
	s.must(s.desk.DropMatter(s.ctx(), ben, id, second.ID))
	if m := s.matter(id); m.ID != first.ID || !cycle.Gone(*s.matterByID(second.ID)) {
		t.Errorf("after dropping: %+v", m)
	}
	s.must(s.desk.TurnMatter(s.ctx(), ben, id, second.ID))
	if e := s.last(id, chat.MatterTurned); s.matter(id).ID != second.ID || e.MatterID != second.ID || e.ByID != ben.ID || e.PublicSeq != 0 || cycle.Gone(*s.matterByID(second.ID)) {
		t.Errorf("after turning back: %+v", e)
	}
	s.refused(s.desk.DropMatter(s.ctx(), ben, id, first.ID), chat.Conflict)
	s.sends(ben, s.summary(id, "client-card", "The invoice names the wrong street."))
	s.refused(s.desk.DropMatter(s.ctx(), ben, id, second.ID), chat.Conflict)
}

// A matter beside the current one is solved by its agent's word, without the current
// one moving; another conversation's is not reached.
func TestAMatterIsSolvedBesideTheCurrentOne(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id, said := s.aboutInvoice(ben)
	first := s.matter(id)
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, "an invoice", said.Message.ID))
	second := s.matter(id)
	s.must(s.desk.MoveStep(s.ctx(), ben, id, first.ID, chat.Closing))
	if got := s.matterByID(first.ID); got.Step != chat.Closing {
		t.Errorf("the first is in %s", got.Step)
	}
	if now := s.matter(id); now.ID != second.ID || now.Step != second.Step {
		t.Errorf("the current one is %+v, want %+v", now, second)
	}
	if e := s.last(id, chat.StepMoved); e.MatterID != first.ID || e.ByID != ben.ID {
		t.Errorf("told %+v", e)
	}
	s.must(s.desk.MoveStep(s.ctx(), ben, id, first.ID, first.Step))
	if got := s.matterByID(first.ID); got.Step != first.Step {
		t.Errorf("taken back it is in %s", got.Step)
	}
	_, elsewhere := s.chatting()
	s.refused(s.desk.MoveStep(s.ctx(), ben, elsewhere, first.ID, chat.Closing), chat.NotFound)
	s.refused(s.desk.MoveStep(s.ctx(), ben, id, chat.NewID(), chat.Closing), chat.NotFound)
}

// Of two matters, the customer's words choose, and an agent sets it right: what
// the words moved is taken back where they did not belong.
func TestWordsChooseTheirMatter(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id, said := s.aboutInvoice(ben)
	first := s.matter(id)
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, first.Reading().Concern.Text, said.Message.ID))
	second := s.matter(id)
	s.replies(ben, id, "client-ben-2", "I can change the name today. Is that alright?")
	asked := s.says(who, id, "client-3", "Yes please! And the parcel comes in the morning?")
	if got := s.matterOf(id, asked.Message.ID); got != first.ID || s.matter(id).ID != first.ID {
		t.Errorf("put under %s", got)
	}
	if e := s.last(id, chat.MatterTurned); e.By != chat.BySystem || e.MatterID != first.ID {
		t.Errorf("event %+v", e)
	}
	s.must(s.desk.FileMessage(s.ctx(), ben, id, asked.Message.ID, second.ID))
	if m := s.matter(id); m.ID != second.ID || m.Step != chat.Delivering || s.matterOf(id, asked.Message.ID) != second.ID {
		t.Errorf("filed by hand: %+v", m)
	}
	thanks := s.says(who, id, "client-4", "Lovely.")
	if got := s.matterOf(id, thanks.Message.ID); got != second.ID {
		t.Errorf("words that name nothing went to %s", got)
	}
	done := s.says(who, id, "client-5", "The parcel is here, everything works now, thank you!")
	if m := s.matter(id); m.ID != first.ID || m.Step != chat.Closing {
		t.Errorf("the parcel's matter is %+v", m)
	}
	s.must(s.desk.FileMessage(s.ctx(), ben, id, done.Message.ID, second.ID))
	if m := s.matterByID(first.ID); m.Step != chat.Understanding {
		t.Errorf("what the words had moved stands: %+v", m)
	}
}

// Who may not see a conversation learns nothing of its matters, and none is
// reached through another conversation.
func TestMattersAreTheirConversations(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id, said := s.aboutInvoice(ben)
	_, other, _ := s.aboutInvoice(ben)
	foreign := s.matter(other).ID
	s.refused(s.desk.TurnMatter(s.ctx(), ben, id, foreign), chat.NotFound)
	s.refused(s.desk.DropMatter(s.ctx(), ben, id, foreign), chat.NotFound)
	s.refused(s.desk.FileMessage(s.ctx(), ben, id, said.Message.ID, foreign), chat.NotFound)
	s.refused(s.desk.FileMessage(s.ctx(), ben, other, said.Message.ID, foreign), chat.NotFound)
	s.refused(s.desk.OpenMatter(s.ctx(), ben, other, "", said.Message.ID), chat.NotFound)
	s.refused(s.desk.TurnMatter(s.ctx(), who, id, s.matter(id).ID), chat.Forbidden)
	reply := s.replies(ben, id, "client-ben-3", "Of course.")
	s.refused(s.desk.FileMessage(s.ctx(), ben, id, reply.Message.ID, s.matter(id).ID), chat.NotFound)
}

func (s *shop) matterByID(id string) *chat.Matter {
	s.Helper()
	m, err := s.store.Matter(s.ctx(), id)
	s.must(err)
	return m
}

// matterOf is the matter that a message is about.
func (s *shop) matterOf(id, messageID string) string {
	s.Helper()
	list, _, err := s.store.Messages(s.ctx(), id, 0, 1000)
	s.must(err)
	for _, m := range list {
		if m.ID == messageID {
			return m.MatterID
		}
	}
	return ""
}
