package console

import (
	"testing"

	"rapport/hub/chat"
)

func TestWhereTheChatRuns(t *testing.T) {
	s, w := readShapes(t), newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	path := "/sites/" + w.site.ID + "/places"
	if got := b.raw(get, path, nil); len(got["places"].([]any)) != 0 || got["secure"] != true {
		t.Errorf("before anything is seen: %v", got)
	}
	w.must(w.store.NoteLoads(t.Context(), []chat.Load{{SiteID: w.site.ID, Origin: "https://shop.example", What: chat.LoadConfig, At: 5}}))
	state := func() any { return b.raw(get, path, nil)["places"].([]any)[0].(map[string]any)["state"] }
	if state() != chat.PlaceRefused {
		t.Errorf("an origin that is not allowed: %v", state())
	}
	b.do(patch, "/sites/"+w.site.ID, object{"allowed_origins": []string{"https://shop.example"}}, nil)
	if state() != chat.PlaceWorks {
		t.Errorf("once it is allowed: %v", state())
	}
	s.each(t, "Place", b.raw(get, path, nil)["places"])
}

func TestPagesLoadOnlyFromSecurePlaces(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://chat.example": true, "http://chat.example": false, "http://127.0.0.1:8660": true, "http://[::1]:8660": true,
		"http://localhost:8660": true, "http://10.0.0.2": false, "http://127.0.0.1.evil.example": false,
	} {
		if got := embeddable(origin); got != want {
			t.Errorf("%s: %v", origin, got)
		}
	}
}
