package storage

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/search"
)

// talkIn stores a site, a customer and a conversation with these messages, which the
// index has read.
func talkIn(t *testing.T, s *Store, texts ...string) (conversationID, personID string) {
	t.Helper()
	conversationID, personID = storedTalk(t, s, texts...)
	indexAll(t, s)
	return conversationID, personID
}

// storedTalk is talkIn before the index has read anything.
func storedTalk(t *testing.T, s *Store, texts ...string) (conversationID, personID string) {
	t.Helper()
	v := chat.Site{ID: chat.NewID(), Key: chat.NewID()[:18], SiteSettings: chat.DefaultSettings("Shop")}
	if err := s.InsertSite(t.Context(), &v, &chat.IdentitySecret{KID: chat.NewID(), Secret: "secret"}, chat.Guide{}); err != nil {
		t.Fatal(err)
	}
	p := chat.Person{ID: chat.NewID(), SiteID: v.ID, Name: "Ziegenhagen", CreatedAt: 1_760_000_000_000}
	c := chat.Conversation{ID: chat.NewID(), SiteID: v.ID, PersonID: p.ID, Channel: chat.ChannelChat, State: chat.Waiting, MatterID: chat.NewID()}
	err := s.Write(t.Context(), func(tx chat.Tx) error {
		if err := tx.InsertPerson(&p); err != nil {
			return err
		}
		if err := tx.InsertConversation(&c); err != nil {
			return err
		}
		if err := tx.InsertMatter(&chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, Step: chat.Greeting}); err != nil {
			return err
		}
		if err := tx.Append(&c, &chat.Event{Type: chat.ConversationStarted, At: tx.Now(), By: chat.ByPerson, ByID: p.ID}); err != nil {
			return err
		}
		for _, text := range texts {
			m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, ClientID: chat.NewID(), Kind: chat.Reply, By: chat.ByPerson, ByID: p.ID, Text: text, At: tx.Now()}
			if err := tx.Append(&c, &chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: chat.ByPerson, ByID: p.ID, MessageID: m.ID, Message: m}); err != nil {
				return err
			}
		}
		return tx.SaveConversation(&c)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.ID, p.ID
}

func indexAll(t *testing.T, s *Store) {
	t.Helper()
	for {
		more, err := s.IndexNext(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return
		}
	}
}

// Words that were forgotten are found no more, and soon stand nowhere in the file;
// everything else is found as before.
func TestForgottenWordsLeaveTheFile(t *testing.T) {
	s := openSQLite(t, newFile(t))
	var talks, people []string
	for range 30 { // several segments of the index
		c, p := talkIn(t, s, "quandary of the first", "something else entirely")
		talks, people = append(talks, c), append(people, p)
	}
	gone, person := talkIn(t, s, "whispersecret was said", "something else entirely")
	kept, _ := talkIn(t, s, "whispersecret is another's too")
	err := s.exclusive(t.Context(), func(q querier, _ chat.Time) error {
		if err := forgetWords(q, gone, 0); err != nil {
			return err
		}
		if err := forgetWords(q, kept, 2); err != nil {
			return err
		}
		for _, p := range append(people, person) {
			if err := forgetName(q, p); err != nil {
				return err
			}
		}
		return forgetWords(q, talks[0], 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	indexAll(t, s)
	for ask, want := range map[string]int{"whispersecret": 0, "quandary": 29, "entirely": 30} {
		q, err := search.Parse(ask, time.Now(), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.Search(t.Context(), Search{Query: q, Limit: 50})
		if err != nil || len(found.Hits) != want {
			t.Errorf("%s: %d hits, %v", ask, len(found.Hits), err)
		}
	}
	for _, c := range []struct {
		table, word string
		left        bool
	}{{"search_text", "whispersecret", false}, {"search_text", "entirely", true}, {"search_name", "ziegenhagen", true}} {
		blocks := ""
		for _, query := range []string{`SELECT coalesce(group_concat(CAST(block AS TEXT)), '') FROM ` + c.table + `_segments`, `SELECT coalesce(group_concat(CAST(root AS TEXT)), '') FROM ` + c.table + `_segdir`, `SELECT coalesce(group_concat(c0line), '') FROM ` + c.table + `_content`} {
			var text string
			if err := s.readers.QueryRow(query).Scan(&text); err != nil {
				t.Fatal(err)
			}
			blocks += text
		}
		// The index keeps what words share only once: the end of one is its own.
		if got := strings.Contains(blocks, c.word[4:]); got != c.left {
			t.Errorf("%s still in %s: %v", c.word, c.table, got)
		}
	}
}

// Of a history that is too long to be erased at once the index reads nothing that is
// still to go, and forgets what another server has read meanwhile.
func TestTheIndexReadsNothingOfWhatIsErased(t *testing.T) {
	s := openSQLite(t, newFile(t))
	long, person := storedTalk(t, s, slices.Repeat([]string{"whispersecret"}, eraseAtOnce+20)...)
	err := s.Write(t.Context(), func(tx chat.Tx) error {
		_, err := tx.ErasePerson(person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.exclusive(t.Context(), func(q querier, _ chat.Time) error {
		stale := said{conversationID: long, seq: eraseAtOnce + 5, at: 1, by: chat.ByPerson, clientID: "read-before", text: "whispersecret"}
		return (&indexing{q: q, d: s.dialect}).add([]said{stale})
	})
	if err != nil {
		t.Fatal(err)
	}
	indexAll(t, s)
	for _, table := range []string{"search_doc", "search_text_content"} {
		var n int
		if err := s.readers.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows are in %s: %v", n, table, err)
		}
	}
}

// A conversation with more messages than one page looks at is gone through in steps,
// and nothing of it is left out or shown twice.
func TestALongConversationIsFoundInSteps(t *testing.T) {
	s := openSQLite(t, newFile(t))
	texts := slices.Repeat([]string{"plain"}, lookedAt+40)
	texts[0], texts[len(texts)-1] = "pelican", "pelican again"
	talkIn(t, s, texts...)
	for ask, want := range map[string][]string{"pelican from:ziegenhagen": {"pelican again", "pelican"}, "from:ziegenhagen -plain": {"pelican again"}} {
		q, err := search.Parse(ask, time.Now(), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		pages := 0
		for next := ""; ; pages++ {
			found, err := s.Search(t.Context(), Search{Query: q, Limit: 50, Cursor: next})
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range found.Hits {
				got = append(got, h.Message.Text)
			}
			if next = found.Next; next == "" {
				break
			}
		}
		if !slices.Equal(got, want) || pages != 1 {
			t.Errorf("%s: %q in %d more pages", ask, got, pages)
		}
	}
}

// A search that takes too long is given up, and says what to do; one that nobody waits
// for any more says nothing of the kind.
func TestASearchIsGivenUp(t *testing.T) {
	s := openSQLite(t, newFile(t))
	q, err := search.Parse("pelican", time.Now(), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	late, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	if _, err := s.Search(late, Search{Query: q, Limit: 5}); !chat.Is(err, chat.Invalid) || !strings.Contains(err.Error(), "Narrow it") {
		t.Errorf("too late: %v", err)
	}
	if _, _, err := s.CountSearch(late, Search{Query: q}, 5); !chat.Is(err, chat.Invalid) {
		t.Errorf("too late to count: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(gone, Search{Query: q, Limit: 5}); err == nil || chat.Is(err, chat.Invalid) {
		t.Errorf("nobody waits: %v", err)
	}
}

// A conversation whose messages were moved is read anew.
func TestAConversationIsReadAnew(t *testing.T) {
	s := openSQLite(t, newFile(t))
	c, _ := talkIn(t, s, "one thing", "another thing")
	for range 2 {
		err := s.exclusive(t.Context(), func(q querier, _ chat.Time) error { return reindexConversation(q, s.dialect, c) })
		if err != nil {
			t.Fatal(err)
		}
	}
	q, err := search.Parse("thing", time.Now(), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := s.Search(t.Context(), Search{Query: q, Limit: 50}); err != nil || len(found.Hits) != 2 || found.Hits[0].Message.Text != "another thing" {
		t.Errorf("%+v, %v", found, err)
	}
}
