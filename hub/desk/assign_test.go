package desk_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// However many reach for a conversation at once, one has it and the others are
// told who.
func TestTakingHasOneWinner(t *testing.T) {
	s := newShop(t)
	_, id := s.chatting()
	race := func(from string) (winner chat.Actor) {
		var won atomic.Int32
		var mu sync.Mutex
		var wait sync.WaitGroup
		for range 12 {
			who := s.agent("Ben", chat.AgentRole)
			wait.Go(func() {
				err := s.desk.Take(s.ctx(), who, id, from)
				if err == nil {
					won.Add(1)
					mu.Lock()
					winner = who
					mu.Unlock()
				} else if !chat.Is(err, chat.TakenByOther) {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if r := s.row(id); won.Load() != 1 || r.AssigneeID != winner.ID || r.State != chat.Open {
			t.Errorf("%d won, row %+v", won.Load(), r)
		}
		return winner
	}
	first := race("")
	second := race(first.ID)
	taken := s.events(id)
	last := taken[len(taken)-1]
	if len(taken) != 6 || last.Type != chat.ConversationTaken || last.AgentID != second.ID || last.FromAgentID != first.ID || !strings.HasPrefix(last.Names.From.Name, "Ben") {
		t.Errorf("events %+v", taken)
	}
	s.must(s.desk.Take(s.ctx(), second, id, "")) // it is theirs: nothing happens
	if n := len(s.events(id)); n != 6 {
		t.Errorf("%d events", n)
	}
	if r := s.row(id); r.WaitingSince == 0 {
		t.Error("taking is not answering: the customer still waits")
	}
}

// A reply to one who waits takes the conversation; a reply into a colleague's
// leaves it theirs.
func TestReplyTakesWhatWaits(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	_, id := s.chatting()
	s.later(time.Minute)
	s.replies(ben, id, "client-ben", "Hello!")
	if got := s.types(id); !slices.Contains(got, chat.ConversationTaken) {
		t.Errorf("events %v", got)
	}
	s.replies(anna, id, "client-anna", "I know this lamp.")
	r := s.row(id)
	if r.State != chat.Open || r.AssigneeID != ben.ID || r.WaitingSince != 0 || r.Unread != 0 || r.UnreadPublic != 2 || r.FirstResponseAt != s.now() {
		t.Errorf("row %+v", r)
	}
}

// Releasing puts it back into the queue; only its agent or a supervisor may.
func TestReleasing(t *testing.T) {
	s := newShop(t)
	ben, anna, boss := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole), s.agent("Cy", chat.Supervisor)
	_, id := s.chatting()
	s.must(s.desk.Release(s.ctx(), anna, id)) // nobody has it: nothing happens
	s.replies(ben, id, "client-ben", "Hello!")
	s.refused(s.desk.Release(s.ctx(), anna, id), chat.TakenByOther)
	s.later(time.Minute)
	s.must(s.desk.Release(s.ctx(), boss, id))
	if r := s.row(id); r.State != chat.Waiting || r.AssigneeID != "" || r.WaitingSince != s.now() {
		t.Errorf("row %+v", r)
	}
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.refused(s.desk.Release(s.ctx(), ben, id), chat.AlreadyClosed)
	s.refused(s.desk.Take(s.ctx(), ben, id, ""), chat.AlreadyClosed)
}

// Closing and opening again, by either side, and twice.
func TestClosingAndReopening(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	who, id := s.chatting()
	s.must(s.desk.Close(s.ctx(), who, id))
	s.must(s.desk.Close(s.ctx(), ben, id)) // it is: nothing happens
	r := s.row(id)
	if r.State != chat.Closed || r.ClosedAt != s.now() || r.WaitingSince != 0 || r.Step != chat.Closing || r.Unread != 1 {
		t.Errorf("closed by its customer: %+v", r)
	}
	s.must(s.desk.Reopen(s.ctx(), anna, id))
	s.must(s.desk.Reopen(s.ctx(), ben, id)) // it is: nothing happens
	if r := s.row(id); r.State != chat.Open || r.AssigneeID != anna.ID || r.ClosedAt != 0 || r.Step != chat.Understanding {
		t.Errorf("opened by an agent: %+v", r)
	}
	s.must(s.desk.Close(s.ctx(), ben, id))
	if r := s.row(id); r.Unread != 0 || r.Marks.AgentRead == 0 {
		t.Errorf("closed by an agent, who must have read it: %+v", r)
	}
	s.replies(ben, id, "client-ben", "One thing more.")
	if r := s.row(id); r.State != chat.Open || r.AssigneeID != ben.ID {
		t.Errorf("a reply opens it for its author: %+v", r)
	}
	if s.row(id).Seq != int64(len(s.events(id))) {
		t.Error("the head is not the last event")
	}
}

// Facts are measured once: started, first human answer with its wait, closed
// each time.
func TestFacts(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.later(90 * time.Second)
	p := desk.Posting{ConversationID: id, ClientID: "client-note", Kind: chat.Note, Text: "Mine"}
	_, err := s.desk.Post(s.ctx(), ben, p)
	s.must(err)
	s.later(30 * time.Second)
	s.replies(ben, id, "client-ben", "Hello!")
	s.replies(ben, id, "client-ben", "Hello!")
	s.replies(ben, id, "client-ben-2", "And welcome!")
	s.later(15 * time.Hour)
	s.must(s.desk.Close(s.ctx(), who, id))
	got := s.facts(id)
	want := []string{"conversation.started 0 2026-11-21 ", "first.response 120000 2026-11-21 " + ben.ID, "conversation.closed 54120000 2026-11-22 " + ben.ID}
	if !slices.Equal(got, want) {
		t.Errorf("facts %q, want %q", got, want)
	}
}
