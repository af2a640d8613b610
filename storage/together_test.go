package storage

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// together opens a store as one of several servers does; what Ousted hears fails the
// test.
func together(t *testing.T, dsn string) (*Store, error) {
	t.Helper()
	s, err := Open(t.Context(), Options{
		DSN: dsn, Key: make([]byte, 32), Together: true, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Ousted: func(err error) { t.Errorf("it ends: %v", err) },
	})
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

// several opens as many.
func several(t *testing.T, dsn string, n int) []*Store {
	t.Helper()
	all := make([]*Store, n)
	for i := range all {
		var err error
		if all[i], err = together(t, dsn); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestServersTogetherAndAloneKeepEachOtherOff(t *testing.T) {
	dsn := cluster.Database(t)
	all := several(t, dsn, 2)
	for i, s := range all {
		if err := write(t, s); err != nil {
			t.Error(err)
		}
		if _, _, err := alone(t, dsn); !errors.Is(err, ErrServed) {
			t.Errorf("alone beside %d others: %v", len(all)-i, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	only, _ := onlyServer(t, dsn)
	if err := write(t, only); err != nil {
		t.Error(err)
	}
	if _, err := together(t, dsn); !errors.Is(err, ErrServed) {
		t.Errorf("together with one that is alone: %v", err)
	}
	if err := only.Close(); err != nil {
		t.Error(err)
	}
	several(t, dsn, 2)
}

// Several that write into one conversation: its numbers, and the site's, are given once
// and without holes, and what each server publishes is in their order.
func TestServersTogetherWriteOneConversation(t *testing.T) {
	dsn := cluster.Database(t)
	var mu sync.Mutex
	published := map[int][]int64{}
	all := make([]*Store, 3)
	for i := range all {
		var err error
		all[i], err = Open(t.Context(), Options{DSN: dsn, Key: make([]byte, 32), Together: true, Publish: func(events []chat.Event) {
			mu.Lock()
			defer mu.Unlock()
			for _, e := range events {
				published[i] = append(published[i], e.SiteSeq)
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = all[i].Close() })
	}
	id, person := storedTalk(t, all[0], "hello")
	const each = 40
	var done sync.WaitGroup
	for i, s := range all {
		for range 2 {
			done.Go(func() {
				for k := range each {
					err := s.Write(t.Context(), func(tx chat.Tx) error {
						c, err := tx.Conversation(id)
						if err != nil {
							return err
						}
						m := &chat.Message{ID: chat.NewID(), ConversationID: id, ClientID: chat.NewID(), Kind: chat.Reply, By: chat.ByPerson, ByID: person, Text: fmt.Sprint(i, k), At: tx.Now()}
						if err := tx.Append(c, &chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: chat.ByPerson, ByID: person, MessageID: m.ID, Message: m}); err != nil {
							return err
						}
						return tx.SaveConversation(c)
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	done.Wait()
	const want = 2 + 2*3*each
	events, err := all[1].EventsAfter(t.Context(), id, 0)
	if err != nil || len(events) != want {
		t.Fatalf("%d events, want %d: %v", len(events), want, err)
	}
	for i := range events {
		if n := int64(i + 1); events[i].Seq != n || events[i].SiteSeq != n || events[i].PublicSeq != n {
			t.Fatalf("event %d has the numbers %d, %d and %d", n, events[i].Seq, events[i].SiteSeq, events[i].PublicSeq)
		}
	}
	heads, err := all[2].Streams(t.Context())
	if err != nil || heads[events[0].SiteID] != want {
		t.Errorf("the streams have come to %v: %v", heads, err)
	}
	var everybody []int64
	for i, list := range published {
		if !slices.IsSorted(list) {
			t.Errorf("server %d has published %v", i, list)
		}
		everybody = append(everybody, list...)
	}
	if slices.Sort(everybody); len(everybody) != want || everybody[want-1] != want {
		t.Errorf("%d events were published", len(everybody))
	}
}

func leading(all []*Store) (n int) {
	for _, s := range all {
		if s.Leads() {
			n++
		}
	}
	return n
}

func TestOneOfSeveralIsTheForeman(t *testing.T) {
	dsn := cluster.Database(t)
	all := several(t, dsn, 3)
	for len(all) > 0 {
		if !within(2*lookEvery+answerWithin, func() bool { return leading(all) == 1 }) {
			t.Fatalf("%d of %d lead", leading(all), len(all))
		}
		for range 20 {
			if n := leading(all); n != 1 {
				t.Fatalf("%d of %d lead", n, len(all))
			}
			time.Sleep(5 * time.Millisecond)
		}
		i := slices.IndexFunc(all, (*Store).Leads)
		if err := all[i].Close(); err != nil {
			t.Error(err)
		}
		if all[i].Leads() {
			t.Error("who has closed still leads")
		}
		all = slices.Delete(all, i, i+1)
	}
	if only, _ := onlyServer(t, dsn); !only.Leads() {
		t.Error("who is alone does not lead")
	}
	if s := openSQLite(t, newFile(t)); !s.Leads() {
		t.Error("who has a file does not lead")
	}
}

// All sessions end at once, and nobody is let in for a while: nothing is stored without
// the lock, and with it all of them come back, one of them as the foreman.
func TestServersTogetherComeBack(t *testing.T) {
	dsn := cluster.Database(t)
	all := several(t, dsn, 2)
	for _, s := range all {
		if err := write(t, s); err != nil {
			t.Fatal(err)
		}
	}
	db := raw(t, dsn)
	open := shut(t, db)
	if _, err := db.Exec(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if !within(5*time.Second, func() bool { return s.Ready(t.Context()) != nil && !s.Leads() }) {
			t.Error("it is ready, or leads, without the lock")
		}
		if err := write(t, s); !chat.Is(err, chat.StoreDown) {
			t.Errorf("written without the lock: %v", err)
		}
		if _, err := s.Sites(t.Context()); !chat.Is(err, chat.StoreDown) {
			t.Errorf("read while nobody is let in: %v", err)
		}
		if _, err := s.AgentByEmail(t.Context(), "ana@example.com"); !chat.Is(err, chat.StoreDown) {
			t.Errorf("found while nobody is let in: %v", err)
		}
	}
	open()
	for _, s := range all {
		if !within(5*time.Second, func() bool { return s.Ready(t.Context()) == nil && write(t, s) == nil }) {
			t.Error("it does not come back")
		}
	}
	if !within(2*lookEvery+answerWithin, func() bool { return leading(all) == 1 }) {
		t.Errorf("%d lead", leading(all))
	}
}

// What one server changes in a guide the others follow from their next transaction on;
// what has not changed is not read again, whoever writes meanwhile.
func TestServersTogetherFollowOneGuide(t *testing.T) {
	all := several(t, cluster.Database(t), 2)
	id, person := storedTalk(t, all[0], "hello")
	p, err := all[0].Person(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	prompt := chat.Prompt{ID: chat.NewID(), SiteID: p.SiteID, Key: "greet", Step: chat.Greeting, Text: "Say hello"}
	save := func(s *Store, text string) {
		t.Helper()
		prompt.Text = text
		if err := s.SavePrompt(t.Context(), &prompt); err != nil {
			t.Fatal(err)
		}
	}
	guide := func(s *Store) (list []chat.Prompt) {
		t.Helper()
		err := s.Write(t.Context(), func(tx chat.Tx) (err error) {
			list, err = tx.Guide(p.SiteID)
			return err
		})
		if err != nil || len(list) != 1 {
			t.Fatalf("the guide is %+v: %v", list, err)
		}
		return list
	}
	save(all[0], "Say hello")
	before := guide(all[1])
	err = all[0].Write(t.Context(), func(tx chat.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		m := &chat.Message{ID: chat.NewID(), ConversationID: id, ClientID: chat.NewID(), Kind: chat.Reply, By: chat.ByPerson, ByID: person, Text: "again", At: tx.Now()}
		if err := tx.Append(c, &chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: chat.ByPerson, ByID: person, MessageID: m.ID, Message: m}); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := guide(all[1]); &after[0] != &before[0] {
		t.Error("a message of another server has the guide read again")
	}
	save(all[0], "Say good morning")
	if after := guide(all[1]); after[0].Text != "Say good morning" {
		t.Errorf("the other server goes by %q", after[0].Text)
	}
	save(all[1], "Say good evening")
	if after := guide(all[0]); after[0].Text != "Say good evening" {
		t.Errorf("the first server goes by %q", after[0].Text)
	}
}
