package desk_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// keeps says for how many months the site keeps what is closed.
func (s *shop) keeps(months int64) {
	s.Helper()
	s.site.Retention = chat.Retention{Months: months, SetAt: s.now()}
	s.must(s.store.SaveSite(s.ctx(), &s.site))
}

// What was closed longer ago than the site keeps it goes in steps, a day after it was
// said, with a line in the log; its customer stays, and so does what was closed later.
func TestOldConversationsGo(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	goes := func(want int) *desk.Aged {
		t.Helper()
		gone, err := s.desk.EraseAged(s.ctx(), s.site.ID)
		s.must(err)
		if gone.Conversations != want || len(gone.People) != want {
			t.Fatalf("%+v went, want %d", gone, want)
		}
		return gone
	}
	who := s.visitor()
	for i := range desk.AgedAtOnce + 2 {
		id := s.says(who, chat.NewID(), fmt.Sprint("client-", i), "Hello").Message.ConversationID
		s.must(s.desk.Close(s.ctx(), ben, id))
	}
	held := s.says(who, chat.NewID(), "client-held", "Ask me again").Message.ConversationID
	s.replies(ben, held, "client-reply", "We will.")
	s.must(second(s.desk.PlanFollowUp(s.ctx(), ben, held, chat.FollowUp{Text: "How was it?", DueAt: s.now().Add(48 * time.Hour)})))
	s.must(s.desk.Close(s.ctx(), ben, held))
	s.later(100 * 24 * time.Hour)
	goes(0) // nobody has ever said so
	young := s.says(who, chat.NewID(), "client-young", "Hello again").Message.ConversationID
	s.must(s.desk.Close(s.ctx(), ben, young))
	s.keeps(3)
	goes(0)
	s.later(chat.RetentionGrace)
	if gone := goes(desk.AgedAtOnce); gone.People[0] != who.ID {
		t.Errorf("they were %v's", gone.People)
	}
	goes(2)
	goes(0)
	if left, err := s.store.PersonConversations(s.ctx(), who.ID, 50); err != nil || !slices.Equal(left, []string{young, held}) {
		t.Errorf("left are %v: %v", left, err)
	}
	if p, err := s.store.Person(s.ctx(), who.ID); err != nil || p.ID != who.ID {
		t.Errorf("the customer is %+v: %v", p, err)
	}
	want := []string{fmt.Sprint(desk.AgedAtOnce, " by_age"), "2 by_age"}
	if lines := s.rows(`SELECT detail FROM audit WHERE action = 'site.aged' AND by_id = '' ORDER BY number`); !slices.Equal(lines, want) {
		t.Errorf("the log has %v", lines)
	}
	s.keeps(0)
	s.later(1000 * 24 * time.Hour)
	goes(0)
}

// Whose chat is told to look again is who they are by now, not the profile in which it
// was said.
func TestWhoHearsThatItWent(t *testing.T) {
	s := newShop(t)
	sue := s.agent("Sue", chat.Supervisor)
	was, id := s.chatting()
	s.must(s.desk.Close(s.ctx(), sue, id))
	now := s.visitor()
	s.must(second(s.desk.MergePeople(s.ctx(), sue, now.ID, was.ID)))
	s.keeps(1)
	s.later(100 * 24 * time.Hour)
	gone, err := s.desk.EraseAged(s.ctx(), s.site.ID)
	s.must(err)
	if !slices.Equal(gone.People, []string{now.ID}) {
		t.Errorf("they were %v's, want %s's", gone.People, now.ID)
	}
}
