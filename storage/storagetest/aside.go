package storagetest

import (
	"rapport/hub/chat"
)

// splitOff: an aside is found by its customer alone, none of its events is public, and
// what it quotes is read from the chat, as far as it is still there.
func splitOff(w *world) {
	c := w.started(nil)
	w.hears(c, "My invoice has the wrong name on it.")
	all, _, err := w.store.Messages(w.ctx, c.ID, 0, 1)
	w.must(err)
	said := all[0].Message
	aside := w.started(func(a *chat.Conversation) { a.Channel, a.PreviousID, a.PersonID = chat.ChannelAside, c.ID, c.PersonID })
	w.write(func(tx chat.Tx) error {
		in, err := tx.Conversation(aside.ID)
		if err != nil {
			return err
		}
		e := chat.Event{Type: chat.AsideBegan, At: tx.Now(), By: chat.ByAgent, ByID: w.agent.ID, MatterID: in.MatterID,
			Other: chat.OtherTalk{ID: c.ID, StartedAt: c.StartedAt}, Quoted: []string{said.ID, chat.NewID()}}
		if err := tx.Append(in, &e); err != nil {
			return err
		}
		list, err := tx.Asides(c.PersonID)
		if err != nil {
			return err
		}
		if len(list) != 1 || list[0].ID != aside.ID || list[0].PreviousID != c.ID || list[0].SiteID != c.SiteID || list[0].State != aside.State {
			w.Errorf("split off are %+v", list)
		}
		if list, err = tx.Asides(chat.NewID()); err != nil || len(list) > 0 {
			w.Errorf("split off somebody else's are %+v: %v", list, err)
		}
		return tx.SaveConversation(in)
	})
	events, err := w.store.EventsAfter(w.ctx, aside.ID, 0)
	w.must(err)
	for _, e := range events {
		if e.PublicSeq != 0 {
			w.Errorf("%s is public", e.Type)
		}
	}
	e := events[len(events)-1]
	if e.Other.ID != c.ID || e.Other.StartedAt != c.StartedAt || e.Matter == nil || len(e.Quotes) != 1 || e.Quotes[0].ID != said.ID || e.Quotes[0].Text != said.Text {
		w.Errorf("it began with %+v", e)
	}
	w.agesWithItsChat(aside.ID, c.ID)
}

// agesWithItsChat: what was split off is too old only once its chat is gone.
func (w *world) agesWithItsChat(aside, of string) {
	w.Helper()
	old := func(want bool) {
		w.Helper()
		w.write(func(tx chat.Tx) error {
			is, err := tx.IsAged(aside, tx.Now()+1)
			if err == nil && is != want {
				w.Errorf("too old: %t", is)
			}
			return err
		})
	}
	w.write(func(tx chat.Tx) error {
		a, err := tx.Conversation(aside)
		if err != nil {
			return err
		}
		a.State, a.WaitingSince, a.ClosedAt = chat.Closed, 0, tx.Now()
		return tx.SaveConversation(a)
	})
	old(false)
	w.write(func(tx chat.Tx) error { _, err := tx.EraseConversation(of); return err })
	old(true)
}
