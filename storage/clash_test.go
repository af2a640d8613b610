package storage

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// One server takes two apart while another lets the one who stayed sign in: the second
// waits for the first, and takes along what is theirs then.
func TestASignInWaitsForAnUndo(t *testing.T) {
	dsn := cluster.Database(t)
	one, two := openSQLite(t, dsn), openSQLite(t, dsn)
	_, a := storedTalk(t, one, "hello")
	p, err := one.Person(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	write := func(s *Store, fn func(chat.Tx) error) {
		t.Helper()
		if err := s.Write(t.Context(), fn); err != nil {
			t.Error(err)
		}
	}
	b, x := *p, *p
	b.ID, x.ID = chat.NewID(), chat.NewID()
	m, s := chat.Merge{FromID: b.ID, IntoID: a, ByID: chat.NewID()}, chat.Merge{FromID: a, IntoID: x.ID}
	device := chat.Device{ID: chat.NewID(), SiteID: p.SiteID, PersonID: b.ID}
	write(one, func(tx chat.Tx) error {
		return errors.Join(tx.InsertPerson(&b), tx.InsertPerson(&x), tx.InsertDevice(&device), tx.MergePerson(&m))
	})
	var done sync.WaitGroup
	write(one, func(tx chat.Tx) error {
		if err := tx.UnmergePerson(&m); err != nil {
			return err
		}
		done.Go(func() { write(two, func(tx chat.Tx) error { return tx.MergePerson(&s) }) })
		time.Sleep(200 * time.Millisecond)
		return nil
	})
	done.Wait()
	if len(s.Devices) > 1 || slices.Contains(s.Devices, device.ID) {
		t.Errorf("the sign-in took %v along, with %s", s.Devices, device.ID)
	}
	if d, err := one.Device(t.Context(), device.ID); err != nil || d.PersonID != b.ID {
		t.Errorf("the browser is %+v: %v", d, err)
	}
}

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
