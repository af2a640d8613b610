package storagetest

import (
	"rapport/hub/chat"
)

// feedback: what is said in one round is one row that changes, its agent too; the
// next round has one of its own, and the event shows it as it is now.
func feedback(w *world) {
	c := w.started(nil)
	f := chat.Feedback{
		ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, PersonID: c.PersonID, AgentID: w.agent.ID,
		Round: 3, ClosedAt: 7, Solved: chat.SolvedYes, Thanks: true, Changes: 1, At: 8,
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
	f.Solved, f.Thanks, f.Rating, f.Comment, f.Changes, f.At = chat.SolvedNotYet, false, 2, "The lid is still missing.", 2, 9
	f.AgentID = chat.NewID()
	keep(f)
	second := f
	second.ID, second.Round, second.ClosedAt = chat.NewID(), 5, 0
	keep(second)
	w.write(func(tx chat.Tx) error {
		got, err := tx.Feedback(c.ID, 3)
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
	if len(events) != 3 || events[0].Feedback == nil || *events[0].Feedback != f || events[2].Feedback.Round != 5 {
		w.Errorf("events %+v", events)
	}
	lines, err := w.store.LinesBetween(w.ctx, c.ID, c.Seq+1, c.Seq+3)
	w.must(err)
	public, err := w.store.PublicLines(w.ctx, c.ID, c.PublicSeq+1, c.PublicSeq+4)
	w.must(err)
	for _, list := range [][]chat.Event{lines, public} {
		if len(list) != 2 || list[0].Seq != c.Seq+2 || list[1].Seq != c.Seq+3 {
			w.Errorf("one line for each closing, the latest: %+v", list)
		}
	}
}
