package widget

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// answer keeps an answer of the site.
func (w *world) answer(title, text string, quick bool) *chat.Answer {
	w.t.Helper()
	a := &chat.Answer{ID: chat.NewID(), SiteID: w.site.ID, Title: title, Text: text, Words: []string{"kettle"}, Pages: []string{"/returns"}, Quick: quick}
	w.must(w.store.SaveAnswer(context.Background(), a))
	return a
}

const answersPath = "/v1/widget/answers?site=testsite"

func (w *world) quick() (out []wire.QuickAnswer) {
	w.t.Helper()
	status, body := w.call("GET", answersPath, "", nil)
	if status != 200 {
		w.t.Fatalf("answers: %d %s", status, body)
	}
	var list struct{ Answers []wire.QuickAnswer }
	w.mustJSON(body, &list)
	return list.Answers
}

// Anybody may read a site's quick answers, filled in, and nothing else of it.
func TestQuickAnswersAreForEverybody(t *testing.T) {
	w := newWorld(t)
	if got := w.quick(); got == nil || len(got) != 0 {
		t.Errorf("a site without answers: %v", got)
	}
	if page := readAll(w.get("/panel?site=testsite")); strings.Contains(page, `"quick":true`) {
		t.Error("the panel would fetch what is not there")
	}
	a := w.answer("Where are you?", "{{site.name}} is in Bath.", true)
	w.answer("How do we pack?", "SECRET of the warehouse", false)
	w.answer("Who calls?", "{{agent.first_name}} does.", true)
	got := w.quick()
	if len(got) != 1 || got[0].ID != a.ID || got[0].Text != "Lumen is in Bath." || got[0].Words[0] != "kettle" || got[0].Pages[0] != "/returns" {
		t.Errorf("got %+v", got)
	}
	if page := readAll(w.get("/panel?site=testsite")); !strings.Contains(page, `"quick":true`) || strings.Contains(page, "Bath") {
		t.Error("the panel is not told that there are answers, or carries them")
	}
	if status, _ := w.call("GET", "/v1/widget/answers?site=nobody", "", nil); status != 404 {
		t.Errorf("an unknown site: %d", status)
	}
}

// What has not changed is not sent again, and no cookie comes with it.
func TestQuickAnswersAreCached(t *testing.T) {
	w := newWorld(t)
	a := w.answer("Where are you?", "In Bath.", true)
	first := w.get(answersPath)
	if first.Header.Get("Cache-Control") != "public, max-age=60" || first.Header.Get("Set-Cookie") != "" {
		t.Errorf("headers %v", first.Header)
	}
	etag := first.Header.Get("ETag")
	if again := w.get(answersPath, "If-None-Match", etag); again.StatusCode != 304 {
		t.Errorf("sent again: %d", again.StatusCode)
	}
	a.Text = "In Bristol."
	w.must(w.store.SaveAnswer(context.Background(), a))
	if changed := w.get(answersPath, "If-None-Match", etag); changed.StatusCode != 200 {
		t.Errorf("what changed is not sent: %d", changed.StatusCode)
	}
}

// An opening counts once for each call, for pages of the site only, and only so
// often from one network.
func TestAnOpeningCounts(t *testing.T) {
	w := newWorld(t)
	a, secret := w.answer("Where are you?", "In Bath.", true), w.answer("How do we pack?", "Well.", false)
	open := func(id string, body m, headers ...string) int {
		status, _ := w.call("POST", "/v1/widget/answers/"+id+"/open", "", body, headers...)
		return status
	}
	for want, status := range map[string]int{
		"200 plain":            open(a.ID, m{"site": "testsite"}),
		"200 from its page":    open(a.ID, m{"site": "testsite", "helped": true}, "Origin", "https://shop.example"),
		"403 from elsewhere":   open(a.ID, m{"site": "testsite"}, "Origin", "https://evil.example"),
		"404 not for visitors": open(secret.ID, m{"site": "testsite"}),
		"404 no id":            open("x", m{"site": "testsite"}),
		"404 no site":          open(a.ID, m{"site": "nobody"}),
		"422 unknown field":    open(a.ID, m{"site": "testsite", "opened": 99}),
	} {
		if !strings.HasPrefix(want, strconv.Itoa(status)) {
			t.Errorf("%s: %d", want, status)
		}
	}
	uses, err := w.store.AnswerUses(context.Background(), w.site.ID, "2000-01-01")
	w.must(err)
	if len(uses) != 1 || uses[0] != (chat.AnswerUse{AnswerID: a.ID, Opened: 1, Helped: 1}) {
		t.Errorf("uses %+v", uses)
	}
	last := 200
	for range 70 {
		last = open(a.ID, m{"site": "testsite"})
	}
	if last != 429 {
		t.Errorf("seventy openings at once: %d", last)
	}
}

// What was read reaches the team with the words that follow, over the socket and
// without it; to visitors it is not even a gap.
func TestWhatWasReadGoesAlong(t *testing.T) {
	w := newWorld(t)
	a := w.answer("Where are you?", "In Bath.", true)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	talk := chat.NewID()
	c.send(m{"type": "post", "ref": "r", "conversation_id": talk, "client_id": chat.NewID(), "text": "And on Sundays?", "read": []string{a.ID}})
	c.next("ack")
	status, body := w.call("POST", "/v1/widget/conversations/"+talk+"/messages", v.Token, m{"client_id": chat.NewID(), "text": "Or Mondays?", "read": []string{a.ID}})
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	c.send(m{"type": "post", "ref": "bad", "conversation_id": talk, "client_id": chat.NewID(), "text": "Hm?", "read": []string{"x"}})
	if e := c.next("error"); e["code"] != "invalid" || e["field"] != "read" {
		t.Errorf("got %v", e)
	}
	events, err := w.store.EventsAfter(context.Background(), talk, 0)
	w.must(err)
	told := 0
	for _, e := range events {
		if e.Type == chat.AnswersRead && e.ReadUp.Answers[0] == (chat.ReadAnswer{ID: a.ID, Title: a.Title}) {
			told++
		}
	}
	if told != 2 {
		t.Errorf("told %d times", told)
	}
	if _, body := w.call("GET", "/v1/widget/conversations/"+talk+"/messages", v.Token, nil); strings.Contains(string(body), a.ID) || strings.Contains(string(body), "answers.read") {
		t.Errorf("a visitor's thread has %s", body)
	}
}

func readAll(res *http.Response) string {
	body, _ := io.ReadAll(res.Body)
	return string(body)
}
