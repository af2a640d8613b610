package storagetest

import (
	"rapport/hub/chat"
)

// feedback: what is said about one closing is one row that changes; the next
// closing has one of its own, and the event shows it as it is now.
func feedback(w *world) {
	c := w.started(nil)
	f := chat.Feedback{
		ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, PersonID: c.PersonID, AgentID: w.agent.ID,
		ClosedAt: 7, Solved: chat.SolvedYes, Thanks: true, At: 8,
	}
	keep := func(f chat.Feedback) {
		w.Helper()
		w.write(func(tx chat.Tx) error {
			c, err := tx.Conversation(f.ConversationID)
			if err != nil {
				return err
			}
			if err := tx.SaveFeedback(&f); err != nil {
				return err
			}
			e := chat.Event{Type: chat.FeedbackGiven, By: chat.ByPerson, ByID: f.PersonID, FeedbackID: f.ID, Feedback: &f}
			if err := tx.Append(c, &e); err != nil {
				return err
			}
			return tx.SaveConversation(c)
		})
	}
	keep(f)
	f.Solved, f.Thanks, f.Rating, f.Comment, f.At = chat.SolvedNotYet, false, 2, "The lid is still missing.", 9
	keep(f)
	second := f
	second.ID, second.ClosedAt = chat.NewID(), 10
	keep(second)
	w.write(func(tx chat.Tx) error {
		got, err := tx.Feedback(c.ID, 7)
		if err != nil || *got != f {
			w.Errorf("got %+v, want %+v: %v", got, f, err)
		}
		_, err = tx.Feedback(c.ID, 0)
		if !chat.Is(err, chat.NotFound) {
			w.Errorf("feedback that nobody gave: %v", err)
		}
		return nil
	})
	if n := w.count(`SELECT count(*) FROM feedback WHERE conversation_id = $1`, c.ID); n != 2 {
		w.Errorf("%d rows, want 2", n)
	}
	events, err := w.store.EventsAfter(w.ctx, c.ID, c.Seq)
	w.must(err)
	if len(events) != 3 || events[0].Feedback == nil || *events[0].Feedback != f || events[2].Feedback.ClosedAt != 10 {
		w.Errorf("events %+v", events)
	}
}
