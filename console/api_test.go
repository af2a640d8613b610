package console

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// pageReports tells a delay as the page of a visitor does.
func (w *world) pageReports(v *visitor, said string) {
	w.t.Helper()
	b := w.browser()
	b.header.Set("Authorization", "Bearer "+v.token)
	if a := b.call(post, "/v1/widget/attributes", object{"attributes": object{"delay": said}}); a.status != http.StatusOK {
		w.t.Fatalf("a page's report: %d %s", a.status, a.body)
	}
}

// server is a site's own: it has no cookie and no origin.
type server struct {
	w   *world
	key string
}

func (s server) reports(once string, body object) answer {
	s.w.t.Helper()
	text, err := json.Marshal(body)
	s.w.must(err)
	req, err := http.NewRequestWithContext(s.w.t.Context(), post, s.w.url+siteAPI+"/delays", strings.NewReader(string(text)))
	s.w.must(err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", once)
	req.Header.Set("Authorization", "Bearer "+s.key)
	res, err := plainHTTP.Do(req)
	s.w.must(err)
	defer res.Body.Close()
	read, err := io.ReadAll(res.Body)
	s.w.must(err)
	return answer{res.StatusCode, string(read), res.Header}
}

// A key is shown once, calls the API of its site, and ends at once when it is
// revoked; nobody else's credential does what it does, nor it what theirs do.
func TestWhoseKeysOpenWhat(t *testing.T) {
	w := newWorld(t)
	owner := w.hire("Ana", chat.Owner)
	b := w.seat(owner)
	keys := "/sites/" + w.site.ID + "/api-keys"
	var made apiKeyShape
	b.do(post, keys, object{"name": "Order system"}, &made)
	if !strings.HasPrefix(made.Key, "rapport_") || made.By.Name != "Ana" || made.UsedAt != 0 {
		t.Fatalf("made %+v", made)
	}
	b.fails(post, keys, object{"name": " "}, 422, chat.Invalid)
	shop := server{w, made.Key}
	if a := shop.reports("report-0001", object{"reference": "4411"}); a.status != 200 || !strings.Contains(a.body, `"outcome":"unknown"`) ||
		a.header.Get("Access-Control-Allow-Origin") != "" || a.header.Get("Cache-Control") != "no-store" || a.header.Get("Set-Cookie") != "" {
		t.Errorf("reported: %d %s %v", a.status, a.body, a.header)
	}
	var list struct{ Keys []apiKeyShape }
	b.do(get, keys, nil, &list)
	if len(list.Keys) != 1 || list.Keys[0].UsedAt == 0 || list.Keys[0].Key != "" {
		t.Errorf("listed %+v", list)
	}

	v := w.arrives("Hello")
	refusal := server{w, ""}.reports("report-0002", object{"reference": "4411"})
	refusal.is(t, "no key", 401, chat.Unauthorized)
	for name, key := range map[string]string{"unknown": "rapport_" + chat.NewSecret(), "a visitor's token": v.token, "an agent's cookie": b.cookie, "a hash": chat.HashSecret(made.Key)} {
		if a := (server{w, key}).reports("report-0002", object{"reference": "4411"}); a.status != 401 || a.body != refusal.body {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := b.call(post, siteAPI+"/delays", object{"reference": "4411"}); a.status != 401 {
		t.Errorf("a signed-in agent: %d %s", a.status, a.body)
	}
	page := w.browser()
	page.header.Set("Authorization", "Bearer "+made.Key)
	page.header.Set("Idempotency-Key", "report-0003")
	page.header.Set("Origin", "https://shop.example")
	if a := page.call(post, siteAPI+"/delays", object{"reference": "4411"}); a.status != 403 {
		t.Errorf("a page of the site: %d %s", a.status, a.body)
	}
	stranger := w.browser()
	stranger.header.Set("Authorization", "Bearer "+made.Key)
	stranger.fails(get, "/sites", nil, 401, chat.Unauthorized)
	if a := stranger.call(get, "/v1/widget/conversations", nil); a.status != 401 {
		t.Errorf("at the visitors' door: %d %s", a.status, a.body)
	}

	elsewhere := w.newSite("Elsewhere")
	foreign := b.fails(del, "/sites/"+elsewhere.ID+"/api-keys/"+made.ID, nil, 404, chat.NotFound)
	if absent := b.fails(del, keys+"/"+chat.NewID(), nil, 404, chat.NotFound); absent.body != foreign.body {
		t.Errorf("foreign %s, absent %s", foreign.body, absent.body)
	}
	b.do(del, keys+"/"+made.ID, nil, nil)
	if a := shop.reports("report-0004", object{"reference": "4411"}); a.status != 401 || a.body != refusal.body {
		t.Errorf("revoked: %d %s", a.status, a.body)
	}
	var lines []string
	w.must(w.store.AuditEntries(t.Context(), func(e chat.AuditEntry) error {
		if strings.HasPrefix(e.Action, "api_key.") {
			lines = append(lines, e.Action+" "+e.By+" "+e.Object+" "+e.Detail)
		}
		return nil
	}))
	want := fmt.Sprintf("[api_key.made %s %s %s api_key.revoked %s %s %s]", owner.ID, w.site.ID, made.ID, owner.ID, w.site.ID, made.ID)
	if fmt.Sprint(lines) != want {
		t.Errorf("audit log %v", lines)
	}
}

// What the site's server says reaches the customer, and the consoles hear of it.
func TestAReportedDelayIsTold(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.Owner)
	b := w.seat(ana)
	var made apiKeyShape
	b.do(post, "/sites/"+w.site.ID+"/api-keys", object{"name": "Order system"}, &made)
	shop := server{w, made.Key}
	seen, err := w.door.Desk.Visit(t.Context(), desk.Visit{SiteID: w.site.ID, Identity: &desk.Claims{Sub: "maria", Name: "Maria"}})
	w.must(err)
	maria := chat.Actor{Kind: chat.ByPerson, ID: seen.Person.ID, Site: w.site.ID}
	said, err := w.door.Desk.Post(t.Context(), maria, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-1", Text: "Where is it?"})
	w.must(err)
	id := said.Message.ConversationID
	soon := w.door.Clock().Add(time.Hour)
	var p struct{ ID string }
	b.do(post, "/conversations/"+id+"/promises", object{"client_id": "client-2", "text": "Send order 4411", "due_at": soon}, &p)

	a := shop.reports("report-0001", object{"reference": "4411", "customer": "maria", "until": soon.Add(24 * time.Hour)})
	if want := fmt.Sprintf(`{"outcome":"told","promises":[{"id":%q,"conversation_id":%q,"effect":"moved"}],"conversations":[%q],"unknown":[]}`, p.ID, id, id); a.status != 200 || a.body != want {
		t.Errorf("got %d %s\nwant %s", a.status, a.body, want)
	}
	if again := shop.reports("report-0001", object{"reference": "other"}); again.body != a.body {
		t.Errorf("the same report again: %s", again.body)
	}
	view := b.raw(get, "/conversations/"+id, nil)
	last := view["messages"].([]any)[1].(map[string]any)
	if last["kind"] != "auto" || !strings.Contains(last["text"].(string), "We are sorry: there is a delay with 4411.") {
		t.Errorf("told %v", last)
	}
	if promise := view["promises"].([]any)[0].(map[string]any); promise["delay"] != "moved" {
		t.Errorf("promise %v", promise)
	}
	for name, body := range map[string]object{"field": {"reference": "4411", "sub": "maria"}, "text": {"reference": 4411}, "past": {"reference": "4411", "until": 1}} {
		if a := shop.reports("report-0009", body); a.status != 422 && a.status != 400 {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}
