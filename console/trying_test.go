package console

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

// A rule is tried where the chat was seen last, on the page that it names, though it
// waits for nothing yet; never on a page that the site does not allow.
func TestARuleIsTriedOnTheSitesPage(t *testing.T) {
	w := newWorld(t)
	w.site.AllowedOrigins = []string{"https://shop.example", "https://old.example"}
	w.must(w.store.SaveSite(t.Context(), w.site))
	b := w.seat(w.hire("Ana", chat.Admin))
	path := "/sites/" + w.site.ID + "/inviting/try"
	rule := func(change object) object {
		r := object{"id": chat.NewID(), "name": "", "on": false, "text": "Can we help?"}
		for k, v := range change {
			r[k] = v
		}
		return object{"rule": r}
	}
	w.must(w.store.NoteLoads(t.Context(), []chat.Load{
		{SiteID: w.site.ID, Origin: "https://evil.example", What: chat.LoadConfig, At: 9},
		{SiteID: w.site.ID, Origin: "", What: chat.LoadConfig, At: 8},
	}))
	b.fails(post, path, rule(nil), 409, chat.Conflict)
	w.must(w.store.NoteLoads(t.Context(), []chat.Load{
		{SiteID: w.site.ID, Origin: "https://shop.example", What: chat.LoadConfig, At: 7},
		{SiteID: w.site.ID, Origin: "https://old.example", What: chat.LoadPanel, At: 5},
	}))
	pages := func(how, text string) object { return object{"pages": []object{{"how": how, "text": text}}} }
	for want, change := range map[string]object{
		"https://shop.example/":         pages("contains", "prices"),
		"https://shop.example/pri%20ce": pages("is", "/pri ce"),
		"https://shop.example/lamps":    pages("begins", "/lamps"),
	} {
		var shown struct{ URL string }
		b.do(post, path, rule(change), &shown)
		page, token, _ := strings.Cut(shown.URL, "#rapport-try=")
		if r, err := w.door.Tries.Rule(t.Context(), w.site.ID, token); page != want || err != nil || r.Text != "Can we help?" {
			t.Errorf("%s: %s, %+v", want, shown.URL, r)
		}
	}
	for field, change := range map[string]object{"text": {"text": " "}, "from": {"from": "boss"}} {
		if a := b.fails(post, path, rule(change), 422, chat.Invalid); !strings.Contains(a.body, field) {
			t.Errorf("%s: %s", field, a.body)
		}
	}
	if site, err := w.store.Site(t.Context(), w.site.ID); err != nil || len(site.Inviting.Rules) > 0 {
		t.Errorf("it was saved: %v", err)
	}
}
