package widget

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/mail"
)

// answering is a customer with an address, a conversation with a card, and a link
// of each kind.
type answering struct {
	*world
	who          chat.Actor
	talk         string
	card         *chat.Card
	open, answer string
}

func newAnswering(t *testing.T, card chat.Card, change ...func(*Options)) *answering {
	w := newWorld(t, change...)
	ctx := context.Background()
	v, err := w.desk.Visit(ctx, desk.Visit{SiteID: w.site.ID, Locale: "en"})
	w.must(err)
	a := &answering{world: w, who: chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: w.site.ID}, talk: chat.NewID()}
	email := "ada@example.org"
	_, err = w.desk.UpdatePerson(ctx, a.who, a.who.ID, desk.PersonChange{Email: &email})
	w.must(err)
	_, err = w.desk.Post(ctx, a.who, desk.Posting{ConversationID: a.talk, ClientID: "client-ada", Text: "My <lamp> is broken."})
	w.must(err)
	_, err = w.desk.Post(ctx, w.agent, desk.Posting{ConversationID: a.talk, ClientID: "client-note", Kind: chat.Note, Text: "A secret note."})
	w.must(err)
	_, err = w.desk.Post(ctx, w.agent, desk.Posting{ConversationID: a.talk, ClientID: "client-ana", Kind: chat.Reply, Text: "We look at it."})
	w.must(err)
	card.ConversationID, card.ClientID = a.talk, "client-card"
	a.card, err = w.desk.SendCard(ctx, w.agent, card)
	w.must(err)
	a.open = a.link(chat.LinkTalk)
	a.answer = a.link(chat.LinkCard)
	return a
}

// link stores a link as a letter would hold it and returns its path.
func (a *answering) link(purpose chat.LinkPurpose) string {
	token := chat.NewSecret()
	l := chat.MailLink{
		TokenHash: chat.HashSecret(token), ConversationID: a.talk, Purpose: purpose, Email: "ada@example.org", ExpiresAt: chat.SystemClock().Add(14 * 24 * time.Hour),
	}
	if purpose == chat.LinkCard {
		l.CardID = a.card.ID
	}
	a.must(a.store.InsertMailLink(context.Background(), &l))
	return "/l/" + token
}

func (a *answering) get(path string) (int, string) {
	a.t.Helper()
	status, body := a.call("GET", path, "", nil)
	return status, string(body)
}

// send posts a form as a browser without script does.
func (a *answering) send(path string, pairs ...string) (int, string) {
	a.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	res, err := http.PostForm(a.base+path, form)
	a.must(err)
	return res.StatusCode, read(a.t, res)
}

func (a *answering) stored() *chat.Card {
	a.t.Helper()
	c, err := a.store.Card(context.Background(), a.card.ID)
	a.must(err)
	return c
}

func read(t *testing.T, res *http.Response) string {
	t.Helper()
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

var proposal = chat.Card{
	Kind: chat.ProposalCard, Text: "We mend it.", Options: []chat.CardOption{{Key: "red", Title: "Red"}, {Key: "blue", Title: "Blue & <b>"}},
}

// A link opens the public end of its conversation and nothing else, changes
// nothing, and is kept by nobody.
func TestLinkOpensTheConversation(t *testing.T) {
	a := newAnswering(t, proposal)
	res, err := http.Get(a.base + a.open)
	a.must(err)
	page := read(t, res)
	for _, want := range []string{"Your conversation with Lumen", "My &lt;lamp&gt; is broken.", "We look at it.", "Ana"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	for _, bad := range []string{"secret note", "<lamp>", "ada@example.org", "<form", "<script"} {
		if strings.Contains(page, bad) {
			t.Errorf("%q stands in\n%s", bad, page)
		}
	}
	h := res.Header
	if csp := h.Get("Content-Security-Policy"); csp != mail.Policy() || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("policy %q", csp)
	}
	if h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Robots-Tag") == "" || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("header %v", h)
	}
	for range 3 {
		if status, body := a.get(a.answer); status != 200 || !strings.Contains(body, `value="accept"`) || !strings.Contains(body, "Blue &amp; &lt;b&gt;") {
			t.Errorf("the card's link: %d\n%s", status, body)
		}
	}
	if a.stored().State != chat.CardSent {
		t.Error("looking at it has answered it")
	}
}

// An answer is stored once and the link is used up by it; what does not fit
// comes back with what was typed.
func TestLinkAnswersTheCard(t *testing.T) {
	a := newAnswering(t, proposal)
	if status, body := a.send(a.answer, "choice", "accept", "option", "green"); status != 422 || !strings.Contains(body, "Choose one of the options") {
		t.Errorf("an option that is not there: %d\n%s", status, body)
	}
	if status, body := a.send(a.answer, "choice", "ask", "text", "  "); status != 422 || !strings.Contains(body, "<details open>") {
		t.Errorf("a question without words: %d\n%s", status, body)
	}
	long := strings.Repeat("ö", chat.MaxCardAnswer) + "?"
	if status, body := a.send(a.answer, "choice", "decline", "text", long); status != 422 || !strings.Contains(body, long) {
		t.Errorf("a long reason: %d, and it is lost: %t", status, !strings.Contains(body, long))
	}
	if status, body := a.send(a.answer, "choice", "confirm"); status != 422 {
		t.Errorf("another card's choice: %d\n%s", status, body)
	}
	if status, _ := a.send(a.open, "choice", "accept", "option", "red"); status != 410 {
		t.Errorf("a link to read answered: %d", status)
	}
	status, body := a.send(a.answer, "choice", "accept", "option", "blue")
	if status != 200 || !strings.Contains(body, "Thank you") || a.stored().State != chat.CardAccepted || a.stored().Answer.Option != "blue" {
		t.Errorf("accepting: %d, %+v\n%s", status, a.stored(), body)
	}
	for _, again := range []func() (int, string){
		func() (int, string) { return a.get(a.answer) }, func() (int, string) { return a.send(a.answer, "choice", "decline") },
	} {
		if status, body := again(); status != 410 || !strings.Contains(body, "This link no longer opens anything") {
			t.Errorf("a used link: %d\n%s", status, body)
		}
	}
	if a.stored().State != chat.CardAccepted {
		t.Error("a used link has changed the answer")
	}
}

// Who has to wait loses nothing that they typed or chose.
func TestLinkKeepsWhatHadToWait(t *testing.T) {
	a := newAnswering(t, proposal, func(o *Options) { o.Rates.Network = door.Rate{Burst: 1, Every: time.Hour, Keys: 10} })
	if status, _ := a.send(a.answer, "choice", "ask", "text", " "); status != 422 {
		t.Fatalf("no words: %d", status)
	}
	for want, form := range map[string][]string{
		"A long &lt;story&gt;":         {"choice", "ask", "text", "A long <story>"},
		`value="blue" checked`:         {"choice", "accept", "option", "blue"},
		"What you wrote is still here": {"choice", "decline"},
	} {
		if status, body := a.send(a.answer, form...); status != 429 || !strings.Contains(body, want) {
			t.Errorf("%v: %d, no %s in\n%s", form, status, want, body)
		}
	}
	if a.stored().State != chat.CardSent {
		t.Error("it was answered all the same")
	}
}

// A refusal is in the customer's language, whatever it is about.
func TestLinkRefusesInTheirLanguage(t *testing.T) {
	a := newAnswering(t, proposal)
	a.must(a.store.Write(context.Background(), func(tx chat.Tx) error {
		p, err := tx.Person(a.who.ID)
		if err != nil {
			return err
		}
		p.Locale = "ar"
		return tx.SavePerson(p)
	}))
	for want, form := range map[string][]string{
		"اختر أحد الخيارات": {"choice", "accept", "option", "green"},
		"اكتب بضع كلمات":    {"choice", "ask", "text", " "},
		"بهذه الطريقة":      {"choice", "confirm"},
	} {
		status, body := a.send(a.answer, form...)
		if status != 422 || !strings.Contains(body, want) {
			t.Errorf("%v: %d\n%s", form, status, body)
		}
	}
}

// What somebody asks stands in the thread.
func TestLinkAsks(t *testing.T) {
	a := newAnswering(t, proposal)
	if status, body := a.send(a.answer, "choice", "ask", "text", "Until when?"); status != 200 {
		t.Fatalf("asking: %d\n%s", status, body)
	}
	if _, body := a.get(a.open); !strings.Contains(body, "Until when?") {
		t.Errorf("the question is not in the thread\n%s", body)
	}
}

// A card that was taken back or answered elsewhere has no buttons any more.
func TestLinkOfASettledCard(t *testing.T) {
	a := newAnswering(t, chat.Card{Kind: chat.SummaryCard, Text: "The lamp is broken."})
	if _, body := a.get(a.answer); !strings.Contains(body, html.EscapeString("Yes, that's it")) {
		t.Errorf("no button in\n%s", body)
	}
	_, err := a.desk.AnswerCard(context.Background(), a.who, a.talk, a.card.ID, chat.CardAnswer{Choice: chat.Confirm})
	a.must(err)
	if status, body := a.get(a.answer); status != 200 || strings.Contains(body, "<form") {
		t.Errorf("an answered card: %d\n%s", status, body)
	}
	if status, _ := a.send(a.answer, "choice", "correct", "text", "No."); status != 410 || a.stored().State != chat.CardConfirmed {
		t.Errorf("answering it again: %d, %s", status, a.stored().State)
	}
}

// A wrong link, an old one, and one whose address is no longer the customer's get
// the same page, and so does a body that is no form at an open one.
func TestLinksThatOpenNothing(t *testing.T) {
	a := newAnswering(t, proposal)
	_, gone := a.get("/l/" + chat.NewSecret())
	if !strings.Contains(gone, "14 days") {
		t.Errorf("it says\n%s", gone)
	}
	same := func(what, path string) {
		t.Helper()
		if status, body := a.get(path); status != 410 || body != gone {
			t.Errorf("%s: %d\n%s", what, status, body)
		}
	}
	same("nonsense", "/l/%00%ff..")
	other := "eve@example.org"
	_, err := a.desk.UpdatePerson(context.Background(), a.who, a.who.ID, desk.PersonChange{Email: &other})
	a.must(err)
	same("sent to another address", a.open)
	back := "ada@example.org"
	_, err = a.desk.UpdatePerson(context.Background(), a.who, a.who.ID, desk.PersonChange{Email: &back})
	a.must(err)
	if status, _ := a.get(a.open); status != 200 {
		t.Errorf("back at the right address: %d", status)
	}
	if status, _ := a.call("POST", a.answer, "", m{"choice": "accept"}); status != 422 || a.stored().State != chat.CardSent {
		t.Errorf("a JSON body: %d", status)
	}
	a.ahead.Store((15 * 24 * time.Hour).Milliseconds())
	same("an old one", a.open)
}
