package widget

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/visitors"
)

const shopOrigin = "https://shop.example"

// lists switches the list of visitors on.
func (w *world) lists() {
	w.t.Helper()
	w.site.Visitors.Listed = true
	w.must(w.store.SaveSite(w.t.Context(), w.site))
}

// report sends what a page tells of itself.
func (w *world) report(change m, headers ...string) (int, http.Header, []byte) {
	w.t.Helper()
	b := m{"site": w.site.Key, "id": strings.Repeat("0a", 16), "url": shopOrigin + "/lamps", "title": "Lamps", "referrer": "", "device": "", "hidden": false, "gone": false}
	for k, v := range change {
		b[k] = v
	}
	sent, err := json.Marshal(b)
	w.must(err)
	req, err := http.NewRequest("POST", w.base+"/v1/widget/here", strings.NewReader(string(sent)))
	w.must(err)
	req.Header.Set("Content-Type", "text/plain;charset=UTF-8")
	req.Header.Set("Origin", shopOrigin)
	if w.from != "" {
		req.Header.Set("X-Forwarded-For", w.from)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	w.must(err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	w.must(err)
	return res.StatusCode, res.Header, body
}

// around are the visits of the world's site.
func (w *world) around() []visitors.Visit { return w.door.Visitors.Since(w.site.ID, 0).Seen }

// TestAnOpenPageIsListed: with what is nobody's business left out, readable by the
// page alone, and only where the owner wants it.
func TestAnOpenPageIsListed(t *testing.T) {
	w := newWorld(t)
	if status, _, body := w.report(nil); status != 403 || w.failure(body).Code != chat.Forbidden {
		t.Errorf("on a site that lists nobody: %d %s", status, body)
	}
	w.lists()
	status, header, body := w.report(m{"url": shopOrigin + "/lamps?token=1#pay", "title": "Lamps\u202e\n", "referrer": "https://search.example/?q=secret"})
	if status != 200 || header.Get("Access-Control-Allow-Origin") != shopOrigin || string(body) != `{"every":20000}` {
		t.Errorf("%d %v %s", status, header, body)
	}
	got := w.around()
	if len(got) != 1 || got[0].Page.URL != shopOrigin+"/lamps" || got[0].Page.Title != "Lamps" || got[0].Source != "search.example" || got[0].Known.ID != "" {
		t.Errorf("listed: %+v", got)
	}
	w.report(m{"gone": true})
	w.ahead.Add(60_000)
	if got := w.around(); len(got) != 0 {
		t.Errorf("after it was left: %+v", got)
	}
}

// TestABrowserThatWroteBeforeIsKnown by the hash of what it keeps, on its own site.
func TestABrowserThatWroteBeforeIsKnown(t *testing.T) {
	w := newWorld(t)
	w.lists()
	v := w.visit(m{"identity": w.signed(nil)})
	c, _ := w.connect(v.Token, nil, "")
	talk := chat.NewID()
	c.say(talk, "Hello")
	w.report(m{"device": chat.HashSecret(v.Secret)})
	got := w.around()
	if len(got) != 1 || got[0].Known != (visitors.Known{ID: v.Person.ID, Name: "Maria Lopez", ConversationID: talk, Talks: true}) {
		t.Fatalf("listed: %+v", got)
	}
	if status, body := w.call("POST", "/v1/widget/known/erase", v.Token, m{}); status != 200 {
		t.Fatalf("erase: %d %s", status, body)
	}
	if got := w.around(); got[0].Known.Name != "" {
		t.Errorf("an erased customer is listed as %+v", got[0].Known)
	}
	for _, device := range []string{chat.HashSecret("nobody's"), v.Secret, "0"} {
		if status, _, body := w.report(m{"device": device}); status != 200 || w.around()[0].Known.ID != "" {
			t.Errorf("%s: %d %s, %+v", device, status, body, w.around()[0])
		}
	}
}

// TestAnInvitationReachesThePage in the visitor's language, until they have answered.
func TestAnInvitationReachesThePage(t *testing.T) {
	w := newWorld(t)
	w.lists()
	w.report(nil)
	w.must(w.door.Visitors.Invite(w.site.ID, w.around()[0].ID, visitors.Invitation{From: "Ana", Text: "Can I help?"}))
	var got struct {
		Invitation *struct {
			From, Text string
			Words      map[string]string
		}
	}
	_, _, body := w.report(m{"locale": "ar-EG"})
	w.mustJSON(body, &got)
	if i := got.Invitation; i == nil || i.From != "Ana" || i.Text != "Can I help?" || i.Words["answer"] != "الرد" || i.Words["dir"] != "rtl" {
		t.Fatalf("got %s", body)
	}
	for _, said := range []string{"", visitors.Shown} {
		if _, _, body := w.report(m{"said": said}); !strings.Contains(string(body), "Can I help?") {
			t.Errorf("while it waits (%q): %s", said, body)
		}
	}
	if _, _, body := w.report(m{"said": visitors.Declined}); string(body) != `{"every":20000}` || w.around()[0].Invitation.State != visitors.Declined {
		t.Errorf("after a no: %s, %+v", body, w.around())
	}
}

// TestLongAddressesAreHeldCut where no character is cut in two.
func TestLongAddressesAreHeldCut(t *testing.T) {
	w := newWorld(t)
	w.lists()
	for sent, want := range map[string]string{
		strings.Repeat("a", 1_500):         strings.Repeat("a", maxAddress-len(shopOrigin+"/")),
		strings.Repeat("%F0%9F%92%A1", 99): strings.Repeat("%F0%9F%92%A1", (maxAddress-len(shopOrigin+"/"))/12),
		strings.Repeat("%FF", 500):         "",
	} {
		w.report(m{"url": shopOrigin + "/" + sent})
		if got := w.around()[0].Page.URL; got != shopOrigin+"/"+want {
			t.Errorf("%d bytes are held: %s", len(got), got)
		}
	}
}

func TestABeaconIsHeldToItsBounds(t *testing.T) {
	w := newWorld(t)
	w.lists()
	for name, c := range map[string]struct {
		change  m
		headers []string
		status  int
		code    chat.Code
	}{
		"a page that is not allowed": {nil, []string{"Origin", "https://evil.example"}, 403, chat.BadOrigin},
		"no page":                    {nil, []string{"Origin", ""}, 403, chat.BadOrigin},
		"another page's address":     {m{"url": "https://evil.example/"}, nil, 422, chat.Invalid},
		"no address":                 {m{"url": "javascript:alert(1)"}, nil, 422, chat.Invalid},
		"a long address":             {m{"url": shopOrigin + "/" + strings.Repeat("a", chat.MaxURL)}, nil, 422, chat.Invalid},
		"a made-up id":               {m{"id": "x"}, nil, 422, chat.Invalid},
		"an unknown word":            {m{"said": "sent"}, nil, 422, chat.Invalid},
		"an unknown site":            {m{"site": "nobody's"}, nil, 404, chat.NotFound},
		"an unknown field":           {m{"name": "Maria"}, nil, 422, chat.UnknownField},
		"too much":                   {m{"title": strings.Repeat("a", maxBeacon)}, nil, 413, chat.TooLarge},
		"another type":               {nil, []string{"Content-Type", "application/json"}, 422, chat.Invalid},
	} {
		status, _, body := w.report(c.change, c.headers...)
		if f := w.failure(body); status != c.status || f.Code != c.code {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if got := w.around(); len(got) != 0 {
		t.Errorf("listed all the same: %+v", got)
	}
	w.from = "203.0.113.9"
	for i, want := range []int{200, 200, 200, 429} {
		if status, _, body := w.report(m{"id": strings.Repeat("0"+string(rune('0'+i)), 16)}); status != want {
			t.Errorf("visit %d of a network: %d %s", i, status, body)
		}
	}
}

// TestTheBeaconComesWithTheConfiguration of sites that list their visitors, and of no
// other.
func TestTheBeaconComesWithTheConfiguration(t *testing.T) {
	w := newWorld(t)
	config := "/v1/widget/config.js?site=" + w.site.Key
	if _, body := w.call("GET", config, "", nil); strings.Contains(string(body), "/v1/widget/here") {
		t.Error("it comes although nobody wants it")
	}
	w.lists()
	if _, body := w.call("GET", config, "", nil); !strings.Contains(string(body), "/v1/widget/here") {
		t.Errorf("it does not come: %s", body)
	}
}
