package storage

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/search"
)

// talkIn stores a site, a customer and a conversation with these messages.
func talkIn(t *testing.T, s *Store, texts ...string) (conversationID, personID string) {
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
	indexAll(t, s)
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
