package storage

import (
	"sync"
	"testing"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// Two servers lock the same rows in opposite orders: one has a site's stream and wants
// a tag, the other the tag and wants the stream. Both get done, and both count.
func TestTwoServersInEachOthersWay(t *testing.T) {
	dsn := cluster.Database(t)
	one, two := openSQLite(t, dsn), openSQLite(t, dsn)
	first, person := storedTalk(t, one, "hello")
	p, err := one.Person(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	tag := chat.Tag{ID: chat.NewID(), SiteID: p.SiteID, Name: "late"}
	second := chat.NewID()
	err = one.Write(t.Context(), func(tx chat.Tx) error {
		c := chat.Conversation{ID: second, SiteID: p.SiteID, PersonID: person, Channel: "mail", State: chat.Waiting, MatterID: chat.NewID()}
		if err := tx.InsertConversation(&c); err != nil {
			return err
		}
		if err := tx.InsertMatter(&chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, Step: chat.Greeting}); err != nil {
			return err
		}
		return tx.InsertTag(&tag)
	})
	if err != nil {
		t.Fatal(err)
	}
	tells := func(tx chat.Tx, id string) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		if err := tx.Append(c, &chat.Event{Type: chat.TagAdded, At: tx.Now(), By: chat.BySystem, TagID: tag.ID, Tag: &tag}); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	}
	has := map[*Store]chan struct{}{one: make(chan struct{}), two: make(chan struct{})}
	// meet waits, the first time, until the other server has its first lock.
	meet := func(mine, other *Store) func() {
		return sync.OnceFunc(func() { close(has[mine]); <-has[other] })
	}
	met1, met2 := meet(one, two), meet(two, one)
	var done sync.WaitGroup
	done.Go(func() {
		if err := one.Write(t.Context(), func(tx chat.Tx) error {
			if err := tells(tx, first); err != nil {
				return err
			}
			met1()
			return tx.AddTag(first, tag.ID)
		}); err != nil {
			t.Errorf("stream, then tag: %v", err)
		}
	})
	done.Go(func() {
		if err := two.Write(t.Context(), func(tx chat.Tx) error {
			if err := tx.AddTag(second, tag.ID); err != nil {
				return err
			}
			met2()
			return tells(tx, second)
		}); err != nil {
			t.Errorf("tag, then stream: %v", err)
		}
	})
	done.Wait()
	tags, err := one.Tags(t.Context(), p.SiteID)
	if err != nil || len(tags) != 1 || tags[0].Uses != 2 {
		t.Errorf("counted %+v: %v", tags, err)
	}
}
