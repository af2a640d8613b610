package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// entries: what was entered by hand is kept beside its conversation, stands in its
// customer's history on whichever profile, and not among their chats; an appointment
// keeps its place, its length and how often it was changed.
func entries(w *world) {
	p := w.newPerson()
	talk := w.startedBy(p, nil)
	call := w.startedBy(p, func(c *chat.Conversation) {
		c.Channel, c.State, c.WaitingSince, c.ClosedAt, c.StartedAt = chat.ChannelCall, chat.Closed, 0, 2, 1
	})
	entry := chat.Entry{ConversationID: call.ID, Channel: chat.ChannelCall, BeganAt: call.StartedAt, Minutes: 12, Party: "Maria and her brother", ByID: w.agent.ID}
	w.write(func(tx chat.Tx) error { return tx.InsertEntry(&entry) })
	got, err := w.store.Entry(w.ctx, call.ID)
	w.must(err)
	if entry.By = got.By; *got != entry || got.By.Name != w.agent.Name {
		w.Errorf("stored %+v", got)
	}
	if _, err := w.store.Entry(w.ctx, talk.ID); !chat.Is(err, chat.NotFound) {
		w.Errorf("a chat has %v", err)
	}
	into := w.newPerson()
	for _, id := range []string{p.ID, into.ID} {
		all, err := w.store.PersonRows(w.ctx, id, 9)
		w.must(err)
		chats, err := w.store.PersonChats(w.ctx, id, 9)
		w.must(err)
		ids, err := w.store.PersonChatIDs(w.ctx, id, 9)
		w.must(err)
		if !slices.Equal(place(all), []string{talk.ID, call.ID}) || !slices.Equal(place(chats), []string{talk.ID}) || !slices.Equal(ids, []string{talk.ID}) {
			w.Errorf("all %v, chats %v and %v", place(all), place(chats), ids)
		}
		if id == p.ID {
			w.write(func(tx chat.Tx) error {
				return tx.MergePerson(&chat.Merge{FromID: p.ID, IntoID: into.ID, ByID: w.agent.ID})
			})
		}
	}
	meets := w.promised(talk, w.agent, time.Hour)
	meets.ID, meets.ClientID = chat.NewID(), chat.NewID()
	meets.Kind, meets.Place, meets.Minutes = chat.AppointmentPromise, "Quay 4", 30
	w.write(func(tx chat.Tx) error { return tx.InsertPromise(&meets) })
	w.write(func(tx chat.Tx) error {
		p, err := tx.Promise(meets.ID)
		if err != nil {
			return err
		}
		p.Changed()
		return tx.SavePromise(p)
	})
	stored, err := w.store.Promise(w.ctx, meets.ID)
	w.must(err)
	if stored.Kind != chat.AppointmentPromise || stored.Place != "Quay 4" || stored.Minutes != 30 || stored.Sequence != 1 {
		w.Errorf("the appointment is %+v", stored)
	}
}
