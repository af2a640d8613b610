package mail

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// twice lets the customer come back when their first conversation is over, and answers
// them; what was to be told of that is out.
func (w *world) twice() (first, second string) {
	w.Helper()
	first = w.talk
	w.replies("It is on its way.")
	w.must(w.desk.Close(w.Context(), w.ben, first))
	w.later(desk.ReopenWindow + time.Hour)
	second = w.says("My invoice has the wrong name on it.")
	if second == first {
		w.Fatal("it opened again")
	}
	w.talk = second
	w.replies("Let me look.")
	w.away()
	w.box.take()
	return first, second
}

func (w *world) promised(text string) *chat.Promise {
	w.Helper()
	p, err := w.desk.MakePromise(w.Context(), w.ben, chat.Promise{
		ConversationID: w.talk, ClientID: "c" + chat.NewID(), Whose: chat.Ours, Text: text, DueAt: w.now().Add(48 * time.Hour),
	})
	w.must(err)
	return p
}

// toldMoved is the only letter that comes, about a promise that was moved.
func (w *world) toldMoved(want string) {
	w.Helper()
	w.away()
	m := w.box.one(w.T)
	if m.To != "ada@example.org" || strings.Count(m.Text, "A new invoice") != 1 {
		w.Errorf("to %s:\n%s", m.To, m.Text)
	}
	w.holds("text", m.Text, []string{"It takes longer than we said", "Why: " + want}, []string{"Did that solve it"})
	m.link(w.T, "Read the conversation")
}

// A promise that was moved is told when its conversation goes on in another before the
// letter is out, and when it is moved there.
func TestAMovedPromiseIsToldWhereverItGoesOn(t *testing.T) {
	w := newWorld(t)
	first, second := w.twice()
	p := w.promised("A new invoice")
	w.away()
	w.box.take()

	_, err := w.desk.MovePromise(t.Context(), w.ben, p.ID, desk.Moving{ClientID: "client-move", DueAt: p.DueAt.Add(24 * time.Hour), Why: "The books are closed."})
	w.must(err)
	w.must(w.desk.Unite(t.Context(), w.ben, second, desk.Uniting{IntoID: first, From: w.ben.ID}))
	w.toldMoved("The books are closed.")

	_, err = w.desk.MovePromise(t.Context(), w.ben, p.ID, desk.Moving{ClientID: "client-again", DueAt: p.DueAt.Add(72 * time.Hour), Why: "One signature is missing."})
	w.must(err)
	w.toldMoved("One signature is missing.")
}

// What was promised and kept before the letter is out is told as it stands, once, though
// both conversations have something to tell of it.
func TestAPromiseThatMovedOnIsToldAsItStands(t *testing.T) {
	w := newWorld(t)
	first, second := w.twice()
	p := w.promised("A new invoice")
	w.must(w.desk.Unite(t.Context(), w.ben, second, desk.Uniting{IntoID: first, From: w.ben.ID}))
	_, err := w.desk.MovePromise(t.Context(), w.ben, p.ID, desk.Moving{ClientID: "client-move", DueAt: p.DueAt.Add(24 * time.Hour), Why: "The books are closed."})
	w.must(err)
	w.away()
	got := w.box.take()
	told := 0
	for _, m := range got {
		told += strings.Count(m.Text, "A new invoice")
		w.holds("text", m.Text, []string{"It takes longer than we said", "Why: The books are closed."}, nil)
	}
	if len(got) != 1 || told != 1 {
		t.Errorf("%d letters tell it %d times", len(got), told)
	}
}
