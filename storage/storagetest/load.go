package storagetest

import (
	"fmt"
	"slices"

	"rapport/hub/chat"
)

// loads: the latest of an origin and a part counts; few of a site are kept, and a
// loader counts until a configuration follows it.
func loads(w *world) {
	other := w.newSite()
	at := chat.Time(w.clock.Load())
	note := func(list ...chat.Load) { w.must(w.store.NoteLoads(w.ctx, list)) }
	origins := func(siteID string) (out []string) {
		list, err := w.store.Loads(w.ctx, siteID)
		w.must(err)
		for _, l := range list {
			out = append(out, fmt.Sprint(l.What, " ", l.Origin, " ", l.At-at))
		}
		slices.Sort(out)
		return out
	}
	note(chat.Load{Origin: "https://a.example", What: chat.LoadScript, At: at + 1},
		chat.Load{Origin: "https://b.example", What: chat.LoadScript, At: at + 1},
		chat.Load{Origin: "https://c.example", What: chat.LoadScript, At: at + 1},
		chat.Load{SiteID: w.site.ID, Origin: "https://a.example", What: chat.LoadConfig, At: at},
		chat.Load{SiteID: other.ID, Origin: "https://b.example", What: chat.LoadConfig, At: at})
	note(chat.Load{SiteID: w.site.ID, Origin: "https://a.example", What: chat.LoadConfig, At: at + 3})
	if got, want := origins(w.site.ID), []string{"config https://a.example 3", "script https://c.example 1"}; !slices.Equal(got, want) {
		w.Errorf("got %q, want %q", got, want)
	}
	site, err := w.store.Site(w.ctx, w.site.ID)
	w.must(err)
	site.AllowedOrigins = []string{"https://a.example"}
	w.must(w.store.SaveSite(w.ctx, site))
	for i := range 100 {
		note(chat.Load{SiteID: w.site.ID, Origin: fmt.Sprintf("https://made-up-%d.example", i), What: chat.LoadConfig, At: at + 10 + chat.Time(i)})
	}
	got := origins(w.site.ID)
	if len(got) > 61 || !slices.Contains(got, "config https://made-up-99.example 109") || !slices.Contains(got, "config https://a.example 3") || !slices.Contains(origins(other.ID), "config https://b.example 0") {
		w.Errorf("%d are kept: %q", len(got), got)
	}
}
