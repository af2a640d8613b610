package storage

import (
	"fmt"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// Servers whose clocks are an hour apart: what one has on lease the other keeps from,
// and has when the lease is over, whichever clock is ahead.
func TestLeasesAreCountedByTheDatabasesClock(t *testing.T) {
	dsn := cluster.Database(t)
	open := func(ahead time.Duration) *Store {
		t.Helper()
		s, err := Open(t.Context(), Options{DSN: dsn, Key: make([]byte, 32), Together: true, Mail: true, Clock: func() chat.Time { return chat.SystemClock().Add(ahead) }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	here, ahead := open(0), open(time.Hour)
	dueWork(t, here)
	const lease = 2 * time.Minute
	claimed := func(s *Store) string {
		t.Helper()
		promises, err := s.ClaimReminders(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		followUps, err := s.ClaimFollowUps(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		letters := 0
		due, err := s.DueMail(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if due.ConversationID != "" {
			c, err := s.ClaimMail(t.Context(), due, lease)
			if err != nil {
				t.Fatal(err)
			}
			letters = len(c.Mails)
		}
		return fmt.Sprint(len(promises), len(followUps), letters)
	}
	pass := func(d time.Duration) {
		t.Helper()
		for _, table := range []string{"promise", "follow_up", "mail"} {
			err := here.exclusive(t.Context(), func(q querier, _ chat.Time) error {
				_, err := q.Exec(`UPDATE `+table+` SET claimed_until = claimed_until - $1`, d.Milliseconds())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, step := range []struct {
		after time.Duration
		by    *Store
		want  string
	}{
		{0, here, "1 1 1"}, {0, ahead, "0 0 0"},
		{lease + time.Second, ahead, "1 1 1"}, {0, here, "0 0 0"},
		{lease + time.Second, here, "1 1 1"},
	} {
		pass(step.after)
		if got := claimed(step.by); got != step.want {
			t.Errorf("%s later the server that is ahead (%t) has claimed %s, want %s", step.after, step.by == ahead, got, step.want)
		}
	}
}

// dueWork leaves a promise to remind of, a follow-up to say and a letter to send.
func dueWork(t *testing.T, s *Store) {
	t.Helper()
	id, person := storedTalk(t, s, "hello")
	agent := &chat.Agent{ID: chat.NewID(), Email: "ben@example.org", Name: "Ben", Role: chat.AgentRole}
	if err := s.InsertAgent(t.Context(), agent); err != nil {
		t.Fatal(err)
	}
	err := s.Write(t.Context(), func(tx chat.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		due := tx.Now().Add(-time.Minute)
		err = tx.InsertPromise(&chat.Promise{
			ID: chat.NewID(), SiteID: c.SiteID, ConversationID: id, MatterID: c.MatterID, ClientID: chat.NewID(), MadeBy: agent.ID, Kind: chat.PlainPromise, Whose: chat.Ours,
			Text: "Call back", DueAt: due, State: chat.PromiseIsOpen, MadeAt: due, RemindAt: due,
		})
		if err != nil {
			return err
		}
		if err := tx.InsertFollowUp(&chat.FollowUp{ID: chat.NewID(), SiteID: c.SiteID, ConversationID: id, AgentID: agent.ID, Text: "Is it well?", DueAt: due, State: chat.FollowUpWaits, MadeAt: due}); err != nil {
			return err
		}
		return tx.Enqueue(&chat.Mail{ID: chat.NewID(), SiteID: c.SiteID, PersonID: person, ConversationID: id, Kind: chat.MailReply, Seq: 2})
	})
	if err != nil {
		t.Fatal(err)
	}
}
