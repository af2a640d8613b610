package storage

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// upgrade runs what a newer version would, beside the servers that have the database.
func upgrade(t *testing.T, dsn string, statements ...string) {
	t.Helper()
	d := postgres{}
	all, err := load(d.name())
	if err != nil {
		t.Fatal(err)
	}
	for i, statement := range statements {
		all = append(all, migration{9000 + i, "from the future", statement})
	}
	if err := migrateAll(t.Context(), raw(t, dsn), d, all); err != nil {
		t.Fatal(err)
	}
}

// say appends one message to a conversation.
func say(t *testing.T, s *Store, conversationID, personID string) error {
	return s.Write(t.Context(), func(tx chat.Tx) error {
		c, err := tx.Conversation(conversationID)
		if err != nil {
			return err
		}
		m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, ClientID: chat.NewID(), Kind: chat.Reply, By: chat.ByPerson, ByID: personID, Text: "hello", At: tx.Now()}
		if err := tx.Append(c, &chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: chat.ByPerson, ByID: personID, MessageID: m.ID, Message: m}); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// The tables are upgraded under two servers that write: nothing fails, both go on, and
// one of theirs may be started again. What takes something away keeps them out.
func TestVersionsWorkSideBySide(t *testing.T) {
	dsn := cluster.Database(t)
	all := several(t, dsn, 2)
	id, person := storedTalk(t, all[0], "hello")
	var over atomic.Bool
	var said atomic.Int64
	var done sync.WaitGroup
	for _, s := range all {
		for range 4 {
			done.Go(func() {
				for !over.Load() {
					if err := say(t, s, id, person); err != nil {
						t.Error(err)
						return
					}
					if _, err := s.EventsAfter(t.Context(), id, said.Add(1)); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
	}
	var more []string
	for i := range 2 {
		all := "" // in the opposite order of a message's statements
		for _, table := range []string{"event", "site_head", "conversation", "person"} {
			all += fmt.Sprintf(`ALTER TABLE %s ADD COLUMN later%d BIGINT NOT NULL DEFAULT 0;`, table, i)
		}
		more = append(more, all)
	}
	upgrade(t, dsn, more...)
	over.Store(true)
	done.Wait()
	again, err := together(t, dsn)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(all, again) {
		if err := say(t, s, id, person); err != nil {
			t.Error(err)
		}
	}
	events, err := again.EventsAfter(t.Context(), id, 0)
	if err != nil || len(events) == 0 {
		t.Fatalf("%d events: %v", len(events), err)
	}
	// Who is alone, and whoever helps them, upgrades at once.
	for _, opt := range []Options{{Guest: true}, {}} {
		opt.DSN, opt.Key = dsn, make([]byte, 32)
		if _, err := Open(t.Context(), opt); !errors.Is(err, ErrNewer) {
			t.Errorf("opened with %+v: %v", opt, err)
		}
	}

	upgrade(t, dsn, append(more,
		`INSERT INTO setting (name, value) VALUES ('least_migration', '9002') ON CONFLICT (name) DO UPDATE SET value = excluded.value`)...)
	_, err = together(t, dsn)
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "9002") {
		t.Errorf("opened what it cannot work with: %v", err)
	}
}

// A migration that takes something away from servers of the version before must say
// from which migration on servers know how to live without it.
func TestWhatTakesAwaySaysSo(t *testing.T) {
	const first = 45 // those before went out while one server served alone
	taking := regexp.MustCompile(`(?i)\bDROP (TABLE|VIEW|COLUMN)\b|\bRENAME\b|\bSET NOT NULL\b|\bALTER COLUMN \w+ (SET DATA )?TYPE\b`)
	for _, dialect := range []string{"sqlite", "postgres"} {
		all, err := load(dialect)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			if m.number >= first && taking.MatchString(m.sql) && !strings.Contains(m.sql, "'"+leastMigration+"', '") {
				t.Errorf("%s migration %d takes something away: servers of the version before would fail beside it. Leave it for a version later, and write the setting %s there", dialect, m.number, leastMigration)
			}
		}
	}
}
