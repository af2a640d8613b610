package console

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

// Trying settings on needs the right to change them, saves nothing, and refuses
// what saving would refuse.
func TestTryingOnSavesNothing(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Admin))
	path := "/sites/" + w.site.ID
	var shown struct{ Key, URL string }
	b.do(post, path+"/preview", object{"greeting": "Trying"}, &shown)
	if !strings.HasPrefix(shown.URL, w.url+"/preview?site="+shown.Key) {
		t.Errorf("it is shown at %s", shown.URL)
	}
	if site, err := w.door.Previews.Site(t.Context(), shown.Key); err != nil || site.Greeting != "Trying" {
		t.Errorf("got %+v", site)
	}
	if site, err := w.store.Site(t.Context(), w.site.ID); err != nil || site.Greeting == "Trying" {
		t.Errorf("it was saved: %v", err)
	}
	look := func(change func(*chat.Look)) object {
		l := chat.DefaultLook()
		change(&l)
		return object{"look": l}
	}
	for field, change := range map[string]object{
		"color": {"color": "red"}, "side": look(func(l *chat.Look) { l.Side = 0 }),
		"locales": look(func(l *chat.Look) { l.Locales = []string{"tlh"} }),
		"picture": look(func(l *chat.Look) { l.Picture = strings.Repeat("a", 64) }),
	} {
		for method, to := range map[string]string{post: path + "/preview", patch: path} {
			if a := b.fails(method, to, change, 422, chat.Invalid); !strings.Contains(a.body, `"field":"`+field+`"`) {
				t.Errorf("%s %s: %s", method, field, a.body)
			}
		}
	}
	w.seat(w.hire("Ben", chat.AgentRole)).fails(post, path+"/preview", object{}, 403, chat.Forbidden)
}
