package mail

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// splitOff lets what is current in the chat be worked on beside it.
func (w *world) splitOff() {
	w.Helper()
	m, err := w.store.Matters(w.Context(), w.talk)
	w.must(err)
	w.must(w.desk.Split(w.Context(), w.ben, w.talk, desk.Splitting{ID: chat.NewID(), MatterID: m[len(m)-1].ID, From: w.ben.ID}, nil))
}

// What is promised is told whether the team works on it in the chat or beside it, and so
// is the reminder that was queued before it was split off.
func TestWhatWasSplitOffIsToldByTheChat(t *testing.T) {
	w := newWorld(t)
	w.replies("Let me look.")
	said, err := w.desk.Post(t.Context(), w.ada, desk.Posting{ConversationID: w.talk, ClientID: "client-ask", Text: "And my invoice has the wrong name on it."})
	w.must(err)
	w.must(w.desk.OpenMatter(t.Context(), w.ben, w.talk, "Invoice 2291", said.Message.ID))
	p := w.promised("A new invoice")
	part, err := w.desk.MakePromise(t.Context(), w.ben, chat.Promise{
		ConversationID: w.talk, ClientID: "client-part", Whose: chat.Theirs, Text: "Send the old one", DueAt: w.now().Add(24 * time.Hour),
	})
	w.must(err)
	w.splitOff()
	w.away()
	w.holds("made", w.box.one(t).Text, []string{"A new invoice", "Send the old one"}, nil)

	_, err = w.desk.MovePromise(t.Context(), w.ben, p.ID, desk.Moving{ClientID: "client-move", DueAt: p.DueAt.Add(24 * time.Hour), Why: "The books are closed."})
	w.must(err)
	w.toldMoved("The books are closed.")

	w.later(part.DueAt.Std().Sub(w.now().Std()) - chat.RemindBefore)
	w.away()
	w.holds("reminder", w.box.one(t).Text, []string{"Send the old one"}, []string{"A new invoice"})

	_, err = w.desk.KeepPromise(t.Context(), w.ben, p.ID, "client-kept", "")
	w.must(err)
	w.away()
	w.holds("kept", w.box.one(t).Text, []string{"A new invoice"}, []string{"It takes longer"})
}
