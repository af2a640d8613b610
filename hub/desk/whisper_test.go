package desk_test

import (
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// A whisper is for who has the conversation: they are named, the team finds it in the
// thread, and nothing of it reaches the customer.
func TestAWhisperIsForWhoHasIt(t *testing.T) {
	s := newShop(t)
	ann, ben, _, id, _ := had(s)
	boss := s.agent("Sam", chat.Supervisor)
	posted, err := s.desk.Whisper(s.ctx(), boss, id, "client-whisper-1", "Offer them the express option.")
	if s.must(err); len(posted.Mentioned) != 1 || posted.Mentioned[0] != ann.ID || posted.Message.Kind != chat.Note {
		t.Errorf("stored %+v for %v", posted.Message, posted.Mentioned)
	}
	if e := s.last(id, chat.WhisperSent); e.PublicSeq != 0 || e.AgentID != ann.ID || e.ByID != boss.ID || e.MessageID != posted.Message.ID {
		t.Errorf("told as %+v", e)
	}
	again, err := s.desk.Whisper(s.ctx(), boss, id, "client-whisper-1", "Something else.")
	if s.must(err); again.Message.ID != posted.Message.ID || again.Message.Text != posted.Message.Text || len(again.Mentioned) != 0 {
		t.Errorf("a second time: %+v for %v", again.Message, again.Mentioned)
	}
	public, err := s.store.NextPublicEvents(s.ctx(), id, 0)
	s.must(err)
	all, err := s.store.NextEvents(s.ctx(), id, 0)
	s.must(err)
	for what, frame := range map[string][]byte{"what they may read": wire.EventsForVisitor(id, public), "what is published": wire.EventsForVisitor(id, all)} {
		if strings.Contains(string(frame), "express option") || strings.Contains(string(frame), "whisper") {
			t.Errorf("%s tells the customer: %s", what, frame)
		}
	}
	_, err = s.desk.Whisper(s.ctx(), ben, id, "client-whisper-2", "Psst.")
	s.refused(err, chat.Forbidden)
	_, err = s.desk.Whisper(s.ctx(), boss, chat.NewID(), "client-whisper-2", "Psst.")
	s.refused(err, chat.NotFound)
	_, err = s.desk.Whisper(s.ctx(), boss, id, "client-whisper-2", strings.Repeat("a", chat.MaxWhisper+1))
	s.refused(err, chat.Invalid)
	s.must(s.desk.Release(s.ctx(), ann, id))
	_, err = s.desk.Whisper(s.ctx(), boss, id, "client-whisper-2", "Psst.")
	s.refused(err, chat.Conflict)
	s.must(s.desk.Take(s.ctx(), boss, id, ""))
	_, err = s.desk.Whisper(s.ctx(), boss, id, "client-whisper-2", "Psst.")
	s.refused(err, chat.Conflict)
	s.must(s.desk.Close(s.ctx(), boss, id))
	_, err = s.desk.Whisper(s.ctx(), boss, id, "client-whisper-2", "Psst.")
	s.refused(err, chat.AlreadyClosed)
}
