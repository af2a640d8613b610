package storagetest

import (
	"bytes"
	"strings"
	"time"

	"rapport/hub/chat"
)

// pictures: one of a site's is found by its name and by no other site's; few are
// kept, and the one in use among them however old it is.
func pictures(w *world) {
	add := func(site string, c string) *chat.Picture {
		p := chat.Picture{SiteID: site, Name: strings.Repeat(c, 64), PNG: []byte("\x89PNG" + c)}
		w.must(w.store.AddPicture(w.ctx, &p))
		return &p
	}
	used := add(w.site.ID, "a")
	w.site.Look = chat.DefaultLook()
	w.site.Look.Picture = used.Name
	w.must(w.store.SaveSite(w.ctx, &w.site))
	for _, c := range strings.Split("bcdef0123456", "") {
		w.later(time.Millisecond)
		add(w.site.ID, c)
	}
	add(w.site.ID, "6")
	for name, want := range map[string]bool{"a": true, "b": false, "6": true} {
		got, err := w.store.Picture(w.ctx, w.site.ID, strings.Repeat(name, 64))
		if !want {
			w.refused(err, chat.NotFound)
			continue
		}
		if w.must(err); !bytes.Equal(got.PNG, []byte("\x89PNG"+name)) {
			w.Errorf("%s is %q", name, got.PNG)
		}
	}
	if n := w.count(`SELECT count(*) FROM site_picture`); n > 9 {
		w.Errorf("%d pictures are kept", n)
	}
	_, err := w.store.Picture(w.ctx, w.newSite().ID, used.Name)
	w.refused(err, chat.NotFound)
}
