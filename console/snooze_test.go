package console

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

// What an agent writes is read in their zone, and mornings begin as the site opens
// where its clock shows the same.
func TestWakeTimesAreRead(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ben", chat.AgentRole))
	path := "/sites/" + w.site.ID + "/wake"
	read := func(text, zone string) time.Time {
		var got struct{ At chat.Time }
		b.do(post, path, object{"text": text, "zone": zone}, &got)
		if got.At == 0 {
			return time.Time{}
		}
		at, err := time.LoadLocation(zone)
		w.must(err)
		return got.At.Std().In(at)
	}
	if at := read("tomorrow morning", "Asia/Tokyo"); at.Hour() != 9 || at.Before(time.Now()) {
		t.Errorf("a morning at %v", at)
	}
	if at := read("one fine day", "UTC"); !at.IsZero() {
		t.Errorf("one fine day is %v", at)
	}
	site, err := w.store.Site(t.Context(), w.site.ID)
	w.must(err)
	site.Hours = chat.Hours{Kept: true, Zone: "Asia/Tokyo"}
	for day := range site.Hours.Week {
		site.Hours.Week[day] = chat.Periods{{Open: 7*60 + 30, Close: 26 * 60}}
	}
	w.must(w.store.SaveSite(t.Context(), site))
	if at := read("tomorrow morning", "Asia/Tokyo"); at.Hour() != 7 || at.Minute() != 30 {
		t.Errorf("a morning with hours at %v", at)
	}
	if at := read("tomorrow morning", "UTC"); at.Hour() != 9 {
		t.Errorf("a morning elsewhere at %v", at)
	}
	b.fails(post, path, object{"text": strings.Repeat("x", wakeTextMost+1), "zone": "UTC"}, 422, chat.Invalid)
	b.fails(post, path, object{"text": "tomorrow", "zone": "Local"}, 422, chat.Invalid)
}

// A site's own server tags its own conversations; of another's it learns nothing.
func TestAServerTagsItsOwnConversations(t *testing.T) {
	w := newWorld(t)
	mine, theirs := w.apiKeyOf(w.site), w.apiKeyOf(w.newSite("Elsewhere"))
	path := "/v1/api/conversations/" + w.arrives("A gift, please").id + "/tags"
	if status, body := w.asServer(mine, path, `{"add":["gift","Late"],"remove":["LATE"]}`); status != 200 || !strings.Contains(body, `"gift"`) || strings.Contains(body, "Late") {
		t.Errorf("tagged: %d %s", status, body)
	}
	foreign, said := w.asServer(theirs, path, `{"add":["mine"]}`)
	absent, same := w.asServer(theirs, "/v1/api/conversations/"+chat.NewID()+"/tags", `{"add":["mine"]}`)
	if foreign != 404 || absent != 404 || said != same {
		t.Errorf("foreign %d %s, absent %d %s", foreign, said, absent, same)
	}
	if status, _ := w.asServer(theirs, path, `{"remove":["gift"]}`); status != 404 {
		t.Errorf("taken off by another site: %d", status)
	}
	if status, _ := w.asServer("none", path, `{}`); status != 401 {
		t.Errorf("without a key: %d", status)
	}
}

// apiKeyOf makes a key of a site's own server.
func (w *world) apiKeyOf(site *chat.Site) string {
	w.t.Helper()
	secret := chat.NewSecret()
	owner := w.hire("Keeper of "+site.Name, chat.Admin)
	w.must(w.store.InsertAPIKey(w.t.Context(), &chat.APIKey{ID: chat.NewID(), SiteID: site.ID, Name: "Server", Hash: chat.HashSecret(secret), MadeBy: owner.ID}))
	return secret
}

// asServer posts as a site's own server.
func (w *world) asServer(key, path, body string) (int, string) {
	w.t.Helper()
	req, err := http.NewRequest(http.MethodPost, w.url+path, strings.NewReader(body))
	w.must(err)
	req.Header.Set("Authorization", "Bearer "+key)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	w.must(err)
	defer func() { _ = res.Body.Close() }()
	var answer strings.Builder
	buf := make([]byte, 4096)
	for {
		n, err := res.Body.Read(buf)
		answer.Write(buf[:n])
		if err != nil {
			break
		}
	}
	return res.StatusCode, answer.String()
}
