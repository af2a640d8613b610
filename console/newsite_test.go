package console

import (
	"testing"

	"rapport/hub/chat"
)

func TestANewSiteIsHeardAtOnce(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.Owner)
	b := w.seat(ana)
	l := b.connect()
	var made siteShape
	b.do(post, "/sites", object{"name": "  Lumen, Berlin "}, &made)
	if made.Name != "Lumen, Berlin" || made.Start.Screen != 1 || made.Demo || len(made.Key) != 12 || made.IdentityKID == "" {
		t.Errorf("made %+v", made)
	}
	if prompts, err := w.store.Prompts(t.Context(), made.ID); err != nil || len(prompts) == 0 {
		t.Errorf("it begins with %d prompts, %v", len(prompts), err)
	}
	w.wroteDown("site.created", ana.ID+" site.created "+made.ID+" console")
	site, err := w.store.Site(t.Context(), made.ID)
	w.must(err)
	v := w.arrivesAt(site, "Is anybody there?")
	for f := l.gets("rows"); len(f.Rows) == 0 || f.Rows[0].ID != v.id; f = l.gets("rows") {
		t.Logf("other rows: %v", f.Rows)
	}
	b.fails(post, "/sites", object{"name": " "}, 422, chat.Invalid)
}

func TestTheFirstRunIsKeptByItsSite(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	path := "/sites/" + w.site.ID
	var s siteShape
	b.do(patch, path, object{"name": "Lumen", "start": object{"screen": 3}}, &s)
	if s.Start.Screen != 3 {
		t.Errorf("kept %+v", s.Start)
	}
	b.fails(patch, path, object{"start": object{"screen": 6}}, 422, chat.Invalid)
	b.do(patch, path, object{"start": object{"screen": 0}}, nil)
	if got := b.raw(get, "/sites", nil)["sites"].([]any)[0].(map[string]any)["start"]; got != nil {
		t.Errorf("once it is done: %v", got)
	}
}
