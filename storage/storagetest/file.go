package storagetest

import (
	"slices"
	"strings"
	"time"

	"rapport/hub/chat"
)

// plenty never holds anybody back.
var plenty = chat.FileQuota{PersonFiles: 1000, PersonBytes: 1 << 40, SiteFiles: 1000, SiteBytes: 1 << 40}

func (w *world) fileOf(by chat.Kind, byID string, size int64) *chat.File {
	blob := strings.ReplaceAll(chat.NewID(), "-", "")
	return &chat.File{
		ID: chat.NewID(), SiteID: w.site.ID, By: by, ByID: byID, Name: "cup.png", Claimed: "image/png", Type: "image/png",
		Size: size, SHA256: blob + blob, Width: 40, Height: 30, Blob: blob, State: chat.FilePending,
	}
}

func (w *world) uploaded(by chat.Kind, byID string) *chat.File {
	w.Helper()
	f := w.fileOf(by, byID, 100)
	w.must(w.store.AddFile(w.ctx, f, plenty))
	return f
}

// sentAlong is a unit of work that posts a message with files.
func sentAlong(c chat.Conversation, clientID string, files ...*chat.File) func(chat.Tx) error {
	return func(tx chat.Tx) error {
		now, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, MatterID: c.MatterID, ClientID: clientID, Kind: chat.Reply, By: chat.ByPerson, ByID: c.PersonID, At: tx.Now()}
		for _, f := range files {
			g := *f
			g.ConversationID, g.MessageID = c.ID, m.ID
			if err := tx.AttachFile(&g); err != nil {
				return err
			}
			m.Files = append(m.Files, g)
		}
		e := chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: m.By, ByID: m.ByID, MessageID: m.ID, Message: m}
		if err := tx.Append(now, &e); err != nil {
			return err
		}
		return tx.SaveConversation(now)
	}
}

// filesSent: every reader of a message finds its files, in their order, and no file
// goes with two messages.
func filesSent(w *world) {
	c := w.started(nil)
	one, two := w.uploaded(chat.ByPerson, c.PersonID), w.uploaded(chat.ByPerson, c.PersonID)
	w.write(sentAlong(c, "client-files", two, one))
	w.refused(w.store.Write(w.ctx, sentAlong(c, "client-again", one)), chat.NotFound)
	names := func(m *chat.Message) (ids []string) {
		for _, f := range m.Files {
			if f.Name != "cup.png" || f.State != chat.FileAttached || f.MessageID != m.ID || f.Width != 40 {
				w.Errorf("%+v", f)
			}
			ids = append(ids, f.ID)
		}
		return ids
	}
	want := []string{two.ID, one.ID}
	list, _, err := w.store.Messages(w.ctx, c.ID, 0, 10)
	w.must(err)
	if len(list) != 1 || !slices.Equal(names(&list[0].Message), want) {
		w.Fatalf("the thread has %+v", list)
	}
	events, err := w.store.EventsAfter(w.ctx, c.ID, 1)
	w.must(err)
	if len(events) != 1 || !slices.Equal(names(events[0].Message), want) {
		w.Errorf("the events have %+v", events)
	}
	w.write(func(tx chat.Tx) error {
		for _, read := range []func() (*chat.Message, error){
			func() (*chat.Message, error) { return tx.Message(c.ID, list[0].ID) },
			func() (*chat.Message, error) { return tx.MessageByClientID(c.ID, c.PersonID, "client-files") },
			func() (*chat.Message, error) { return tx.MessageByPerson(c.PersonID, "client-files") },
		} {
			m, err := read()
			if err != nil {
				return err
			}
			if !slices.Equal(names(m), want) {
				w.Errorf("sent again it has %+v", m.Files)
			}
		}
		return nil
	})
}

// fileQuotas: what a person and what a site's customers send within a day is
// bounded; the team is not held back by its customers.
func fileQuotas(w *world) {
	quota := chat.FileQuota{PersonFiles: 2, PersonBytes: 1000, SiteFiles: 3, SiteBytes: 1 << 40}
	add := func(by chat.Kind, id string, size int64) error {
		return w.store.AddFile(w.ctx, w.fileOf(by, id, size), quota)
	}
	ada, bob := w.newPerson(), w.newPerson()
	w.must(add(chat.ByPerson, ada.ID, 600))
	w.refused(add(chat.ByPerson, ada.ID, 600), chat.RateLimited)
	w.must(add(chat.ByPerson, ada.ID, 400))
	w.refused(add(chat.ByPerson, ada.ID, 0), chat.RateLimited)
	w.must(add(chat.ByPerson, bob.ID, 1))
	w.refused(add(chat.ByPerson, bob.ID, 1), chat.RateLimited)
	w.must(add(chat.ByAgent, w.agent.ID, 1))
	w.later(25 * time.Hour)
	w.must(add(chat.ByPerson, ada.ID, 600))
}

// filesSwept: what was never sent goes after its time; bytes go with the last row
// that leads to them.
func filesSwept(w *world) {
	c := w.started(nil)
	kept, shared, lost := w.uploaded(chat.ByPerson, c.PersonID), w.uploaded(chat.ByAgent, w.agent.ID), w.uploaded(chat.ByPerson, c.PersonID)
	w.write(sentAlong(c, "client-kept", kept))
	w.write(func(tx chat.Tx) error {
		copied := *shared
		copied.ID, copied.State, copied.ConversationID = chat.NewID(), chat.FileAttached, c.ID
		return tx.InsertFile(&copied)
	})
	sweep := func() []string {
		blobs, more, err := w.store.SweepFiles(w.ctx, chat.Time(w.clock.Load()).Add(-24*time.Hour))
		w.must(err)
		if more {
			w.Error("there is more to sweep")
		}
		return blobs
	}
	if gone := sweep(); len(gone) != 0 {
		w.Errorf("swept at once: %v", gone)
	}
	w.later(25 * time.Hour)
	if gone := sweep(); !slices.Equal(gone, []string{lost.Blob}) {
		w.Errorf("swept %v, want %s alone", gone, lost.Blob)
	}
	if _, err := w.store.File(w.ctx, lost.ID); !chat.Is(err, chat.NotFound) {
		w.Errorf("a swept file is still there: %v", err)
	}
	for _, f := range []*chat.File{kept, shared} {
		if used, err := w.store.BlobUsed(w.ctx, f.Blob); err != nil || !used {
			w.Errorf("%s: used %v, %v", f.ID, used, err)
		}
	}
}
