package desk_test

import (
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// alongside runs use-cases in one batch with a unit of work that fails after it
// has written, so that all of them are undone and run a second time.
func (s *shop) alongside(cases ...func() error) {
	s.Helper()
	held, free := make(chan struct{}), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		_ = s.store.Write(s.ctx(), func(chat.Tx) error { close(held); <-free; return nil })
	})
	<-held
	runs := 0
	broken := func() error {
		err := s.store.Write(s.ctx(), func(tx chat.Tx) error {
			runs++
			return errors.Join(tx.Record(&chat.Fact{ID: chat.NewID()}), errors.New("broken on purpose"))
		})
		if err == nil {
			return errors.New("the broken unit was stored")
		}
		return nil
	}
	for i, run := range append(cases, broken) {
		wait.Go(func() {
			if err := run(); err != nil {
				s.Errorf("use-case %d: %v", i, err)
			}
		})
		for s.store.QueueLength() <= i {
			time.Sleep(time.Millisecond)
		}
	}
	close(free)
	wait.Wait()
	if runs != 2 {
		s.Fatalf("the broken unit ran %d times: nothing was run again", runs)
	}
}

// Every use-case may run twice before it is stored, and does then what it would
// have done in one run.
func TestUseCasesMayRunAgain(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	other, fresh := s.visitor(), chat.NewID()
	var said, started, replied *desk.Posted
	var marked *chat.Conversation
	var visited *desk.Visitor
	s.alongside(
		func() (err error) {
			said, err = s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: "client-said", Text: "Hello?"})
			return err
		},
		func() (err error) {
			started, err = s.desk.Post(s.ctx(), other, desk.Posting{ConversationID: fresh, ClientID: "client-started", Text: "Hi!"})
			return err
		},
		func() (err error) {
			replied, err = s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: "client-replied", Kind: chat.Reply, Text: "Hello!"})
			return err
		},
		func() (err error) {
			marked, _, err = s.desk.Mark(s.ctx(), who, id, desk.Read, 4)
			return err
		},
		func() (err error) {
			visited, err = s.desk.Visit(s.ctx(), desk.Visit{SiteID: s.site.ID})
			return err
		},
		func() error { return s.desk.MoveStep(s.ctx(), ben, id, "", chat.Agreeing) },
		func() error { return s.desk.Close(s.ctx(), ben, fresh) },
	)
	for clientID, p := range map[string]*desk.Posted{"client-said": said, "client-started": started, "client-replied": replied} {
		list, _, err := s.store.Messages(s.ctx(), p.Message.ConversationID, 0, 100)
		s.must(err)
		found := 0
		for _, m := range list {
			if m.ClientID == clientID && reflect.DeepEqual(m.Message, p.Message) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s was acknowledged as %+v and is stored %d times", clientID, p.Message, found)
		}
	}
	if r := s.row(id); r.Marks != marked.Marks || r.Step != chat.Agreeing || r.Seq != int64(len(s.events(id))) {
		t.Errorf("row %+v", r)
	}
	if r := s.row(fresh); r.State != chat.Closed {
		t.Errorf("row %+v", r)
	}
	if again, _ := s.visit(visited.Secret, nil); again.ID != visited.Person.ID {
		t.Error("the visitor was not stored as told")
	}
	seen := map[int64]bool{}
	for _, e := range s.published {
		if seen[e.SiteSeq] {
			t.Errorf("event %d was published twice", e.SiteSeq)
		}
		seen[e.SiteSeq] = true
	}
}
