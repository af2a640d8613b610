package desk_test

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// facts are a conversation's facts as "kind value day agent".
func (s *shop) facts(id string) []string {
	s.Helper()
	return s.rows(`SELECT kind || ' ' || value || ' ' || day || ' ' || agent_id FROM fact WHERE conversation_id = ? ORDER BY id`, id)
}

// Marks rise in the actor's own numbers, are kept in both, never fall, and never
// pass the end.
func TestMarksInBothNumbers(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	note := desk.Posting{ConversationID: id, ClientID: "client-note", Kind: chat.Note, Text: "Note"}
	_, err := s.desk.Post(s.ctx(), ben, note)
	s.must(err)
	first := s.replies(ben, id, "client-1", "One").Message
	second := s.replies(ben, id, "client-2", "Two").Message
	mark := func(who chat.Actor, how desk.Reach, seq int64, changes bool) *chat.Conversation {
		t.Helper()
		c, changed, err := s.desk.Mark(s.ctx(), who, id, how, seq)
		s.must(err)
		if changed != changes {
			t.Errorf("%s %d by %s: changed %v", how, seq, who.Kind, changed)
		}
		if r := s.row(id); r.Marks != c.Marks || r.Unread != c.Unread || r.UnreadPublic != c.UnreadPublic {
			t.Errorf("told %+v, stored %+v", c.Marks, r.Marks)
		}
		return c
	}
	c := mark(who, desk.Delivered, first.PublicSeq, true)
	if c.Marks.PersonDelivered != first.Seq || c.Marks.PersonDeliveredPublic != first.PublicSeq || c.Marks.PersonRead != 0 || c.UnreadPublic != 2 {
		t.Errorf("delivered: %+v", c.Marks)
	}
	c = mark(who, desk.Read, first.PublicSeq, true)
	if c.Marks.PersonRead != first.Seq || c.UnreadPublic != 1 {
		t.Errorf("read: %+v, %d unread", c.Marks, c.UnreadPublic)
	}
	c = mark(who, desk.Read, 1_000_000, true)
	if c.Marks.PersonReadPublic != c.PublicSeq || c.Marks.PersonRead < second.Seq || c.Marks.PersonDelivered != c.Marks.PersonRead || c.UnreadPublic != 0 {
		t.Errorf("read all: %+v", c.Marks)
	}
	mark(who, desk.Read, first.PublicSeq, false)
	mark(who, desk.Delivered, 1, false)
	mark(who, desk.Read, -5, false)

	third := s.says(who, id, "client-3", "Three").Message
	if r := s.row(id); r.Unread != 1 || r.Marks.AgentRead >= third.Seq {
		t.Errorf("row %+v", r)
	}
	c = mark(ben, desk.Read, third.Seq, true)
	if c.Marks.AgentRead != third.Seq || c.Marks.AgentReadPublic != third.PublicSeq || c.Unread != 0 {
		t.Errorf("the agent read: %+v", c.Marks)
	}
	mark(ben, desk.Read, 2, false)
	if n := len(s.events(id)); int64(n) != s.row(id).Seq {
		t.Error("a mark took a number")
	}
}

// A draft is one agent's, in one conversation, within bounds.
func TestDrafts(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	_, id := s.chatting()
	s.must(s.desk.SaveDraft(s.ctx(), ben, id, chat.Reply, "Dear"))
	if d, err := s.store.Draft(s.ctx(), ben.ID, id); err != nil || d == nil || d.Text != "Dear" || d.At != s.now() {
		t.Errorf("draft %+v: %v", d, err)
	}
	if d, err := s.store.Draft(s.ctx(), anna.ID, id); err != nil || d != nil {
		t.Errorf("a colleague's: %+v %v", d, err)
	}
	s.refused(s.desk.SaveDraft(s.ctx(), ben, id, chat.Auto, "x"), chat.Invalid)
	s.refused(s.desk.SaveDraft(s.ctx(), ben, id, chat.Note, strings.Repeat("x", 4*chat.MaxText+1)), chat.Invalid)
	s.refused(s.desk.SaveDraft(s.ctx(), ben, chat.NewID(), chat.Note, "x"), chat.NotFound)
	s.must(s.desk.SaveDraft(s.ctx(), ben, id, chat.Reply, ""))
	if d, err := s.store.Draft(s.ctx(), ben.ID, id); err != nil || d != nil {
		t.Errorf("after emptying: %+v %v", d, err)
	}
}

// What was sent is no draft any more, whatever the browser still manages to say.
func TestSendingEndsTheDraft(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	_, id := s.chatting()
	drafts := func(who chat.Actor) int {
		d, err := s.store.Draft(s.ctx(), who.ID, id)
		s.must(err)
		if d == nil {
			return 0
		}
		return 1
	}
	s.must(s.desk.SaveDraft(s.ctx(), anna, id, chat.Reply, "Mine"))
	for i, kind := range []chat.MessageKind{chat.Reply, chat.Note} {
		s.must(s.desk.SaveDraft(s.ctx(), ben, id, kind, "Good morn"))
		sent := desk.Posting{ConversationID: id, ClientID: "client-000" + string(rune('a'+i)), Kind: kind, Text: "Good morning"}
		_, err := s.desk.Post(s.ctx(), ben, sent)
		s.must(err)
		if drafts(ben) != 0 || drafts(anna) != 1 {
			t.Errorf("after a %s: %d drafts of the writer, %d of a colleague", kind, drafts(ben), drafts(anna))
		}
		s.must(s.desk.SaveDraft(s.ctx(), ben, id, kind, "And then"))
		_, err = s.desk.Post(s.ctx(), ben, sent)
		s.must(err)
		if drafts(ben) != 1 {
			t.Errorf("a %s sent again took the words begun since", kind)
		}
	}
	p := s.promises(ben, id, "promise-0001", time.Hour)
	_, err := s.desk.KeepPromise(s.ctx(), ben, p.ID, "client-keep", "It is on its way.")
	s.must(err)
	if drafts(ben) != 1 {
		t.Error("words sent from elsewhere took the draft")
	}
}
