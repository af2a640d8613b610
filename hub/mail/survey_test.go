package mail

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// asks turns the site's question by e-mail on, lets Ben answer and close, and
// returns when the customer has read it all and left.
func (w *world) asks() {
	w.Helper()
	w.site.After.AskByMail = true
	w.must(w.store.SaveSite(w.Context(), &w.site))
	m := w.replies("A new lamp is on its way.")
	_, _, err := w.desk.Mark(w.Context(), w.ada, w.talk, desk.Read, m.PublicSeq)
	w.must(err)
	w.must(w.desk.Close(w.Context(), w.ben, w.talk))
}

// Who has left is asked once per closing, with a way out that mail programs know.
func TestClosingAsksByMail(t *testing.T) {
	w := newWorld(t)
	w.asks()
	w.away()
	m := w.box.one(t)
	if m.subject() != "Solved, or not yet?" || m.To != "ada@example.org" {
		t.Errorf("%q to %s", m.subject(), m.To)
	}
	yes, no, stop := m.link(t, "Yes, solved"), m.link(t, "Not yet"), m.link(t, "Do not ask me this by e-mail again")
	if no != yes+"?say=not_yet" || !strings.Contains(m.HTML, `href="`+no+`"`) || !strings.Contains(m.HTML, `href="`+stop+`"`) {
		t.Errorf("links %s %s %s in\n%s", yes, no, stop, m.HTML)
	}
	if m.Get("List-Unsubscribe") != "<"+stop+">" || m.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Errorf("header %v", m.Header)
	}
	if strings.Contains(m.Text+m.HTML, "evil") {
		t.Error("what a visitor typed stands in a letter")
	}
	w.later(48 * time.Hour)
	w.round()
	if got := w.box.take(); len(got) != 0 {
		t.Errorf("asked %d times more", len(got))
	}
	w.must(w.desk.Reopen(t.Context(), w.ben, w.talk))
	w.must(w.desk.Close(t.Context(), w.ben, w.talk))
	w.away()
	w.box.one(t)
}

// Nobody is asked where there is nothing to ask: the site does not, nobody
// answered, they said so already, it was opened again, they want no such letters.
func TestClosingAsksNobodyInVain(t *testing.T) {
	for name, arrange := range map[string]func(w *world){
		"the site does not": func(w *world) {
			w.must(w.desk.Close(t.Context(), w.ben, w.talk))
		},
		"nobody answered": func(w *world) {
			w.site.After.AskByMail = true
			w.must(w.store.SaveSite(t.Context(), &w.site))
			w.must(w.desk.Close(t.Context(), w.ben, w.talk))
		},
		"said already": func(w *world) {
			w.asks()
			solved := chat.SolvedYes
			_, err := w.desk.GiveFeedback(t.Context(), w.ada, w.talk, chat.FeedbackChange{Solved: &solved})
			w.must(err)
		},
		"opened again": func(w *world) {
			w.asks()
			w.must(w.desk.Reopen(t.Context(), w.ben, w.talk))
		},
		"no such letters": func(w *world) {
			w.must(w.store.StopSurveys(t.Context(), w.site.ID, "ada@example.org"))
			w.must(w.store.StopSurveys(t.Context(), w.site.ID, "ada@example.org"))
			w.asks()
		},
		"the address is gone": func(w *world) {
			w.asks()
			w.known("Ada", "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			arrange(w)
			w.away()
			if got := w.box.take(); len(got) != 0 {
				t.Errorf("asked:\n%s", got[0].Text)
			}
			if waiting, _, _ := w.state(); waiting != 0 {
				t.Errorf("%d still wait", waiting)
			}
		})
	}
}

// What they have not read and the question go out in one letter.
func TestNewsAndTheQuestionAreOneLetter(t *testing.T) {
	w := newWorld(t)
	w.asks()
	w.must(w.desk.Reopen(t.Context(), w.ben, w.talk))
	w.replies("One thing more: it comes on Friday.")
	w.must(w.desk.Close(t.Context(), w.ben, w.talk))
	w.away()
	m := w.box.one(t)
	if !strings.HasPrefix(m.subject(), "Ben: One thing more") || !strings.Contains(m.Text, "Did that solve it?") || m.Get("List-Unsubscribe") == "" {
		t.Errorf("%q\n%s", m.subject(), m.Text)
	}
}
