package storagetest

import (
	"reflect"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

// complained is a conversation with an open track.
func (w *world) complained() chat.Track {
	w.Helper()
	c := w.started(nil)
	k := chat.Track{
		ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, MatterID: c.MatterID, State: chat.TrackOpen, Hard: true,
		OpenedBy: chat.AgentCard{ID: w.agent.ID, Name: w.agent.Name, Picture: w.agent.Picture}, OpenedAt: chat.Time(w.clock.Load()),
	}
	w.write(func(tx chat.Tx) error {
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		c.Complaint = chat.TrackedComplaint
		if err := tx.InsertTrack(&k); err != nil {
			return err
		}
		e := chat.Event{Type: chat.ComplaintOpened, By: chat.ByAgent, ByID: w.agent.ID, TrackID: k.ID, Track: &k}
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return k
}

// tracks: a track is one of its matter, comes back as it was saved, shows in its
// events as it is now, and stands in the list of its state.
func tracks(w *world) {
	k := w.complained()
	k.Put(chat.StageMark{Stage: chat.StageListen, State: chat.PromptDone, By: chat.BySystem, Cause: chat.NewID(), Why: "Asked an open question.", At: 7})
	k.Asked, k.Hard = true, false
	k.Expectation, k.Solution, k.Confirmation = "A new bowl", "Sent again", "It came"
	k.RootCause, k.CauseWords, k.CauseSkipped, k.FollowUpAt, k.FollowUpID = "delivery", "The van", "Nobody knows", 9, chat.NewID()
	w.write(func(tx chat.Tx) error { return tx.SaveTrack(&k) })
	got, err := w.store.Track(w.ctx, k.ID)
	w.must(err)
	if !reflect.DeepEqual(*got, k) {
		w.Errorf("got %+v\nwant %+v", *got, k)
	}
	if err := w.store.Write(w.ctx, func(tx chat.Tx) error { again := k; again.ID = chat.NewID(); return tx.InsertTrack(&again) }); err == nil {
		w.Error("a matter has two tracks")
	}
	events, err := w.store.EventsAfter(w.ctx, k.ConversationID, 0)
	w.must(err)
	if last := events[len(events)-1]; last.Type != chat.ComplaintOpened || last.PublicSeq != 0 || last.Track == nil || last.Track.Solution != "Sent again" {
		w.Errorf("event %+v", last)
	}
	second := w.complained()
	w.write(func(tx chat.Tx) error {
		open, err := tx.Tracks(k.ConversationID)
		if err != nil || len(open) != 1 || open[0].ID != k.ID {
			w.Errorf("open %+v, %v", open, err)
		}
		if _, err := tx.Track(chat.NewID()); !chat.Is(err, chat.NotFound) {
			w.Errorf("the track of no matter: %v", err)
		}
		return nil
	})
	page := storage.TrackPage{SiteID: w.site.ID, State: chat.TrackOpen, Limit: 1}
	list, next, err := w.store.TrackRows(w.ctx, page)
	w.must(err)
	if len(list) != 1 || list[0].ID != k.ID || list[0].PersonID == "" || list[0].Closed || next != k.ID {
		w.Errorf("first page %+v, next %q", list, next)
	}
	page.Cursor = next
	if list, next, err = w.store.TrackRows(w.ctx, page); err != nil || len(list) != 1 || list[0].ID != second.ID || next != "" {
		w.Errorf("second page %+v, next %q, %v", list, next, err)
	}
	k.State = chat.TrackDropped
	w.write(func(tx chat.Tx) error { return tx.SaveTrack(&k) })
	if shown, err := w.store.LatestTrack(w.ctx, k.ConversationID, k.MatterID); err != nil || shown != nil {
		w.Errorf("what was dropped is shown: %+v, %v", shown, err)
	}
	if shown, err := w.store.LatestTrack(w.ctx, second.ConversationID, chat.NewID()); err != nil || shown == nil || shown.ID != second.ID {
		w.Errorf("shown beside another matter: %+v, %v", shown, err)
	}
	_, _, err = w.store.TrackRows(w.ctx, storage.TrackPage{SiteID: w.site.ID, State: "lost", Limit: 1})
	w.refused(err, chat.Invalid)
}

// headStart: of those who wait a complaint comes first, but not before somebody
// who has waited longer by more than its head start.
func headStart(w *world) {
	wait := func(ago time.Duration, mark chat.ComplaintMark) string {
		c := w.started(nil)
		w.write(func(tx chat.Tx) error {
			c, err := tx.Conversation(c.ID)
			if err != nil {
				return err
			}
			c.State, c.WaitingSince, c.Complaint = chat.Waiting, tx.Now().Add(-ago), mark
			return tx.SaveConversation(c)
		})
		return c.ID
	}
	plain, complaint := wait(20*time.Minute, chat.NoComplaint), wait(time.Minute, chat.ReadComplaint)
	starving := wait(40*time.Minute, chat.NoComplaint)
	rows, _, err := w.store.Rows(w.ctx, storage.Page{SiteID: w.site.ID, List: storage.Queue, Limit: 10})
	w.must(err)
	var got []string
	for _, r := range rows {
		got = append(got, r.ID)
	}
	if want := []string{starving, complaint, plain}; !reflect.DeepEqual(got, want) {
		w.Errorf("queue %v, want %v", got, want)
	}
	if rows[1].Complaint != chat.ReadComplaint {
		w.Errorf("the row says %q", rows[1].Complaint)
	}
}
