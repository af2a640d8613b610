package storagetest

import (
	"time"

	"rapport/hub/chat"
)

// united: a conversation that goes on in another keeps saying so, and its promise is the
// other's then, once in every list.
func united(w *world) {
	goes, stays := w.started(nil), w.started(nil)
	p := w.promised(goes, w.agent, time.Hour)
	var matter string
	w.write(func(tx chat.Tx) error {
		c, err := tx.Conversation(goes.ID)
		if err != nil {
			return err
		}
		to, err := tx.Conversation(stays.ID)
		if err != nil {
			return err
		}
		c.State, c.ClosedAt, c.WaitingSince, c.MergedInto, matter = chat.Closed, tx.Now(), 0, to.ID, to.MatterID
		for _, e := range []struct {
			in    *chat.Conversation
			what  chat.EventType
			other chat.OtherTalk
		}{{c, chat.ConversationMerged, chat.OtherTalk{ID: to.ID, StartedAt: to.StartedAt}}, {to, chat.ConversationReceived, chat.OtherTalk{ID: c.ID, StartedAt: c.StartedAt, Messages: 3}}} {
			if err := tx.Append(e.in, &chat.Event{Type: e.what, At: tx.Now(), By: chat.ByAgent, ByID: w.agent.ID, Other: e.other}); err != nil {
				return err
			}
		}
		p.ConversationID, p.MatterID = to.ID, to.MatterID
		if err := tx.MovePromise(&p); err != nil {
			return err
		}
		if err := tx.SaveConversation(c); err != nil {
			return err
		}
		return tx.SaveConversation(to)
	})
	row, err := w.store.RowByID(w.ctx, goes.ID)
	w.must(err)
	if row.MergedInto != stays.ID || row.State != chat.Closed {
		w.Errorf("the one that goes is %+v", row)
	}
	for id, want := range map[string]int{goes.ID: 0, stays.ID: 1} {
		open, err := w.store.OpenPromises(w.ctx, id)
		w.must(err)
		if len(open) != want || want > 0 && (open[0].ID != p.ID || open[0].MatterID != matter) {
			w.Errorf("promised in %s is %+v", id, open)
		}
	}
	for id, want := range map[string]chat.OtherTalk{goes.ID: {ID: stays.ID, StartedAt: stays.StartedAt}, stays.ID: {ID: goes.ID, StartedAt: goes.StartedAt, Messages: 3}} {
		events := w.gapless(id)
		if got := events[len(events)-1].Other; got != want {
			w.Errorf("told of %+v, want %+v", got, want)
		}
	}
	if n, err := w.store.CountTalk(w.ctx, goes.ID); err != nil || n != 0 {
		w.Errorf("%d messages: %v", n, err)
	}
}
