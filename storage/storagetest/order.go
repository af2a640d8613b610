package storagetest

import (
	"fmt"
	"reflect"
	"sync"

	"rapport/hub/chat"
)

// numbering: whoever writes at once, a conversation's events are 1, 2, 3 …, its
// public ones too, and those of the site as well.
func numbering(w *world) {
	list := []chat.Conversation{w.started(nil), w.started(nil), w.started(nil)}
	var wait sync.WaitGroup
	for i := range 12 {
		wait.Go(func() {
			for n := range 10 {
				c := list[(i+n)%len(list)]
				say := customerSays(c, fmt.Sprintf("client-%d-%d", i, n))
				if n%3 == 0 {
					say = w.notes(c, fmt.Sprintf("client-%d-%d", i, n))
				}
				if err := w.store.Write(w.ctx, say); err != nil {
					w.Error(err)
				}
			}
		})
	}
	wait.Wait()
	site := map[int64]bool{}
	for _, c := range list {
		for _, e := range w.gapless(c.ID) {
			site[e.SiteSeq] = true
		}
	}
	for n := range int64(len(site)) {
		if !site[n+1] {
			w.Errorf("the site's stream has no event %d", n+1)
		}
	}
	if _, head, err := w.store.Counts(w.ctx, w.site.ID, ""); err != nil || head != 123 || len(site) != 123 {
		w.Errorf("head %d, events %d, want 123: %v", head, len(site), err)
	}
}

// gapless reads a conversation's events and checks both numberings.
func (w *world) gapless(id string) []chat.Event {
	w.Helper()
	all, err := w.store.EventsAfter(w.ctx, id, 0)
	w.must(err)
	var public int64
	for i, e := range all {
		if e.Seq != int64(i)+1 {
			w.Errorf("event %d has number %d", i+1, e.Seq)
		}
		want := int64(0)
		if chat.Audiences[e.Type] == chat.Everyone {
			public++
			want = public
		}
		if e.PublicSeq != want {
			w.Errorf("event %d (%s) has public number %d, want %d", e.Seq, e.Type, e.PublicSeq, want)
		}
	}
	shown, err := w.store.NextPublicEvents(w.ctx, id, 0)
	w.must(err)
	if int64(len(shown)) != public {
		w.Errorf("%d public events, want %d", len(shown), public)
	}
	for i, e := range shown {
		if e.PublicSeq != int64(i)+1 || chat.Audiences[e.Type] != chat.Everyone {
			w.Errorf("public event %d is %s with number %d", i+1, e.Type, e.PublicSeq)
		}
	}
	if c := w.conversation(id); c.Seq != int64(len(all)) || c.PublicSeq != public {
		w.Errorf("the conversation is at %d and %d, its events at %d and %d", c.Seq, c.PublicSeq, len(all), public)
	}
	return all
}

// publishing: when an event is published it can be read from disk, when Write
// returns it has been published, and nothing else ever is.
func publishing(w *world) {
	c := w.started(nil)
	w.onPublish = func(events []chat.Event) {
		for _, e := range events {
			if w.count(`SELECT count(*) FROM event WHERE conversation_id = $1 AND seq = $2`, e.ConversationID, e.Seq) != 1 {
				w.Errorf("event %d was published before it was stored", e.Seq)
			}
		}
	}
	var wait sync.WaitGroup
	for i := range 40 {
		wait.Go(func() {
			clientID := fmt.Sprintf("client-%d", i/2) // half of them break the rule of once
			err := w.store.Write(w.ctx, customerSays(c, clientID))
			if w.publishedClient(clientID) == 0 && err == nil {
				w.Errorf("%s was acknowledged before it was published", clientID)
			}
		})
	}
	wait.Wait()
	stored, err := w.store.EventsAfter(w.ctx, c.ID, 0)
	w.must(err)
	if len(stored) != len(w.published) || len(stored) != 21 {
		w.Fatalf("%d events are stored and %d were published, want 21", len(stored), len(w.published))
	}
	for i, e := range w.published {
		s := stored[i]
		if e.Seq != s.Seq || e.PublicSeq != s.PublicSeq || e.SiteSeq != s.SiteSeq || e.Type != s.Type || e.MessageID != s.MessageID || e.At != s.At || e.ByID != s.ByID {
			w.Errorf("published %+v, stored %+v", e, s)
		}
		if e.Message != nil && !reflect.DeepEqual(*e.Message, *s.Message) {
			w.Errorf("published message %+v, stored %+v", *e.Message, *s.Message)
		}
	}
}

func (w *world) publishedClient(clientID string) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range w.published {
		if e.Message != nil && e.Message.ClientID == clientID {
			n++
		}
	}
	return n
}

// uniqueness: the database itself refuses a second message of the same author
// under the same client id in the same conversation, and allows all else.
func uniqueness(w *world) {
	a, b := w.started(nil), w.started(nil)
	w.write(customerSays(a, "client-1"))
	if err := w.store.Write(w.ctx, customerSays(a, "client-1")); err == nil {
		w.Error("the same message was stored twice")
	}
	w.write(w.replies(a, "client-1"))
	w.write(said(b.ID, chat.Reply, chat.ByPerson, a.PersonID, "client-1"))
	if n := w.count(`SELECT count(*) FROM message`); n != 3 {
		w.Errorf("%d messages, want 3", n)
	}
	w.gapless(a.ID)
	w.gapless(b.ID)
	w.write(func(tx chat.Tx) error {
		m, err := tx.MessageByClientID(a.ID, a.PersonID, "client-1")
		if err == nil && (m.ConversationID != a.ID || m.Text != "text of client-1") {
			w.Errorf("found %+v", m)
		}
		if _, absent := tx.MessageByClientID(b.ID, w.agent.ID, "client-1"); !chat.Is(absent, chat.NotFound) {
			w.Errorf("found another's message: %v", absent)
		}
		return err
	})
}
