package widget

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

// surveying is a customer whose conversation was closed, with the link that asks
// how it was and the one that ends such questions.
func newSurveying(t *testing.T) (a *answering, ask, stop string) {
	a = newAnswering(t, proposal)
	a.must(a.desk.Close(context.Background(), a.agent, a.talk))
	row, err := a.store.RowByID(context.Background(), a.talk)
	a.must(err)
	return a, a.survey(chat.LinkSolved, row.Seq), a.survey(chat.LinkStop, 0)
}

// survey stores a link as a letter would hold it.
func (a *answering) survey(purpose chat.LinkPurpose, round int64) string {
	a.t.Helper()
	events, err := a.store.EventsAfter(context.Background(), a.talk, 0)
	a.must(err)
	for _, e := range events {
		if round > 0 && e.Type == chat.ConversationClosed {
			round = e.Seq
		}
	}
	token := chat.NewSecret()
	a.must(a.store.InsertMailLink(context.Background(), &chat.MailLink{
		TokenHash: chat.HashSecret(token), ConversationID: a.talk, Purpose: purpose, Round: round, Email: "ada@example.org",
		ExpiresAt: chat.SystemClock().Add(14 * 24 * time.Hour),
	}))
	return "/l/" + token
}

// said is what is stored of the conversation's feedback, nil for none.
func (a *answering) said() (last *chat.Feedback) {
	a.t.Helper()
	events, err := a.store.EventsAfter(context.Background(), a.talk, 0)
	a.must(err)
	for _, e := range events {
		if e.Feedback != nil {
			last = e.Feedback
		}
	}
	return last
}

// Looking at the page says nothing, however often a mail scanner does; yes is one
// tap, and then one question more at most.
func TestSurveyByLink(t *testing.T) {
	a, ask, _ := newSurveying(t)
	for _, path := range []string{ask, ask + "?say=not_yet", ask} {
		if status, page := a.get(path); status != 200 || !strings.Contains(page, "Did that solve it?") || strings.Contains(page, "ada@example.org") {
			t.Fatalf("%d %s", status, page)
		}
	}
	if f := a.said(); f != nil {
		t.Fatalf("a look said %+v", f)
	}
	if status, page := a.send(ask, "solved", "yes"); status != 200 || !strings.Contains(page, "How was it?") && !strings.Contains(page, "how was it?") {
		t.Fatalf("%d %s", status, page)
	}
	if status, page := a.send(ask, "rating", "9"); status != 400 && status != 422 || !strings.Contains(page, `role="alert"`) {
		t.Errorf("nine stars: %d %s", status, page)
	}
	if status, page := a.send(ask, "rating", "4"); status != 200 || !strings.Contains(page, "We read every one") {
		t.Errorf("%d %s", status, page)
	}
	if f := a.said(); f == nil || f.Solved != chat.SolvedYes || f.Rating != 4 {
		t.Errorf("stored %+v", f)
	}
	if status, _ := a.get(ask); status != http.StatusGone {
		t.Errorf("a used link answers %d", status)
	}
}

// Not yet opens it again at the front with who had it, and what is missing stands
// beside it.
func TestNotYetByLink(t *testing.T) {
	a, ask, _ := newSurveying(t)
	if _, page := a.get(ask + "?say=not_yet"); !strings.Contains(page, "<textarea") {
		t.Errorf("no room for words in\n%s", page)
	}
	if status, page := a.send(ask+"?say=not_yet", "solved", "not_yet", "comment", "It <still> hums."); status != 200 || !strings.Contains(page, "It is open again") {
		t.Fatalf("%d %s", status, page)
	}
	row, err := a.store.RowByID(context.Background(), a.talk)
	a.must(err)
	if row.State != chat.Open || row.AssigneeID != a.agent.ID || row.WaitingSince == 0 {
		t.Errorf("the conversation is %+v", row.Conversation)
	}
	if f := a.said(); f == nil || f.Solved != chat.SolvedNotYet || f.Comment != "It <still> hums." {
		t.Errorf("stored %+v", f)
	}
}

// A question about a closing that is not the last says nothing about the last.
func TestSurveyOfAnEarlierClosing(t *testing.T) {
	a, ask, _ := newSurveying(t)
	a.must(a.desk.Reopen(context.Background(), a.agent, a.talk))
	a.must(a.desk.Close(context.Background(), a.agent, a.talk))
	if status, page := a.send(ask, "solved", "not_yet"); status != 200 || !strings.Contains(page, "talked on since") {
		t.Errorf("%d %s", status, page)
	}
	if f := a.said(); f != nil {
		t.Errorf("stored %+v", f)
	}
}

// Only a POST ends the questions, by a mail program too, and again changes
// nothing.
func TestStopByLink(t *testing.T) {
	a, _, stop := newSurveying(t)
	ctx := context.Background()
	if status, page := a.get(stop); status != 200 || !strings.Contains(page, "No more questions?") {
		t.Errorf("%d %s", status, page)
	}
	if stopped, err := a.store.SurveysStopped(ctx, a.site.ID, "ada@example.org"); err != nil || stopped {
		t.Fatalf("a look ended it: %v", err)
	}
	for range 2 {
		if status, page := a.send(stop, "List-Unsubscribe", "One-Click"); status != 200 || !strings.Contains(page, "do not ask you this") {
			t.Errorf("%d %s", status, page)
		}
	}
	if stopped, err := a.store.SurveysStopped(ctx, a.site.ID, "ada@example.org"); err != nil || !stopped {
		t.Errorf("it goes on: %v", err)
	}
	if stopped, err := a.store.SurveysStopped(ctx, a.site.ID, "bob@example.org"); err != nil || stopped {
		t.Errorf("somebody else's end too: %v", err)
	}
}

// The way out of copies stays open when the conversation and its customer are gone, and
// tells nothing of them.
func TestNoCopiesByLink(t *testing.T) {
	a := newAnswering(t, proposal)
	ctx := context.Background()
	l := chat.TranscriptLink{TokenHash: chat.HashSecret("way-out"), SiteID: a.site.ID, Email: "friend+ada@example.org", Locale: "ar", ExpiresAt: chat.SystemClock().Add(time.Hour)}
	a.must(a.store.InsertTranscriptLink(ctx, &l))
	_, err := a.desk.ErasePerson(ctx, a.who, a.who.ID, "")
	a.must(err)
	if status, page := a.get("/l/way-out"); status != 200 || !strings.Contains(page, `lang="ar"`) || strings.Contains(page, "example.org") {
		t.Errorf("%d %s", status, page)
	}
	stopped := func() (is bool) {
		a.must(a.store.Write(ctx, func(tx chat.Tx) (err error) { is, err = tx.NoTranscripts(a.site.ID, "friend@example.org"); return err }))
		return is
	}
	if stopped() {
		t.Error("a look ended it")
	}
	for range 2 {
		if status, page := a.send("/l/way-out", "List-Unsubscribe", "One-Click"); status != 200 || !strings.Contains(page, `lang="ar"`) {
			t.Errorf("%d %s", status, page)
		}
	}
	if !stopped() {
		t.Error("it goes on")
	}
	for _, path := range []string{"/l/way-in", a.open} {
		if status, _ := a.get(path); status != http.StatusGone {
			t.Errorf("%s answers %d", path, status)
		}
		if status, _ := a.send(path); status != http.StatusGone {
			t.Errorf("%s takes %d", path, status)
		}
	}
}
