package desk_test

import (
	"testing"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// What the customer writes is read once, told to the team, and an agent's word
// on it stands.
func TestWordsAreReadAndCorrected(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.visitor(), chat.NewID()
	s.says(who, id, "client-1", "The vase arrived broken, and I am really annoyed. What happens now?")
	want := chat.Reading{Type: chat.Complaint, Mood: chat.Upset, Need: "“The vase arrived broken, and I am really annoyed.”", Question: "What happens now?"}
	if e := s.last(id, chat.MatterRead); e.Matter.Reading() != want || e.By != chat.BySystem || e.PublicSeq != 0 {
		t.Errorf("read %+v, want %+v", e.Matter.Reading(), want)
	}
	s.replies(ben, id, "client-ben", "Hello, I'm Ben.")
	kind, mood, need := chat.Request, chat.Mood(""), "  A new\nvase "
	s.must(s.desk.Correct(s.ctx(), ben, id, cycle.Correction{Type: &kind, Mood: &mood, Need: &need}))
	n := len(s.events(id))
	s.must(s.desk.Correct(s.ctx(), ben, id, cycle.Correction{Type: &kind}))
	if got := len(s.events(id)); got != n {
		t.Errorf("saying the same again made %d events", got-n)
	}
	s.says(who, id, "client-2", "This is unacceptable.")
	m := s.matter(id)
	if got, want := m.Reading(), (chat.Reading{Type: chat.Request, Need: "A new vase"}); got != want {
		t.Errorf("an agent's word was overruled: %+v, want %+v", got, want)
	}
	if e := s.last(id, chat.MatterRead); e.ByID != ben.ID || e.Names.By.Name != "Ben" {
		t.Errorf("event %+v", e)
	}
	wrong := chat.InteractionType("poem")
	s.refused(s.desk.Correct(s.ctx(), ben, id, cycle.Correction{Type: &wrong}), chat.Invalid)
	s.refused(s.desk.Correct(s.ctx(), who, id, cycle.Correction{Type: &kind}), chat.Forbidden)
	s.refused(s.desk.Correct(s.ctx(), ben, chat.NewID(), cycle.Correction{Type: &kind}), chat.NotFound)
}

// A second concern has its own step, and the first one keeps what it has.
func TestASecondMatterBecomesTheCurrentOne(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.visitor(), chat.NewID()
	s.says(who, id, "client-1", "Where is my parcel?")
	s.replies(ben, id, "client-ben", "Hello, I'm Ben. I can send it again today.")
	s.must(s.desk.MoveStep(s.ctx(), ben, id, "", chat.Delivering))
	first := s.matter(id)
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, "An invoice for the last order", ""))
	got := s.matter(id)
	if got.ID == first.ID || got.Number != 2 || got.Step != chat.Understanding || got.Need != "An invoice for the last order" || got.Mood != first.Mood {
		t.Errorf("second %+v after %+v", got, first)
	}
	if e := s.last(id, chat.MatterOpened); e.MatterID != got.ID || e.ByID != ben.ID || e.PublicSeq != 0 {
		t.Errorf("event %+v", e)
	}
	s.says(who, id, "client-2", "Could you send me the invoice?")
	if m := s.matter(id); m.Type != chat.Request || m.ID != got.ID {
		t.Errorf("read into %+v", m)
	}
	again, err := s.store.Matter(s.ctx(), first.ID)
	s.must(err)
	if !cycle.Beside(*again) || again.Step != first.Step || again.Why != first.Why || again.Need != first.Need {
		t.Errorf("the first matter changed from %+v to %+v", first, *again)
	}
	for range 18 {
		s.must(s.desk.OpenMatter(s.ctx(), ben, id, "", ""))
	}
	s.refused(s.desk.OpenMatter(s.ctx(), ben, id, "", ""), chat.Conflict)
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.refused(s.desk.OpenMatter(s.ctx(), ben, id, "", ""), chat.AlreadyClosed)
	s.refused(s.desk.OpenMatter(s.ctx(), who, id, "", ""), chat.Forbidden)
	s.refused(s.desk.OpenMatter(s.ctx(), ben, chat.NewID(), "", ""), chat.NotFound)
}
