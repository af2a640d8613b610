package desk_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
)

// What a page says is kept where the site shows it, and its conversation is there.
func TestTheWordsOfAPageAreKept(t *testing.T) {
	s := newShop(t)
	_, id := s.chatting()
	l := chat.LinkPreview{ConversationID: id, Key: chat.LinkKey("https://shop.example/"), Host: "shop.example", Title: "Lamps", Until: s.now().Add(time.Hour)}
	keeps := func(want bool) {
		t.Helper()
		kept, err := s.desk.KeepLink(s.ctx(), l)
		s.must(err)
		if kept != want {
			t.Errorf("kept: %t", kept)
		}
	}
	keeps(false)
	site, err := s.store.Site(s.ctx(), s.site.ID)
	s.must(err)
	site.LinkPreviews = true
	s.must(s.store.SaveSite(s.ctx(), site))
	keeps(true)
	if got, err := s.store.LinkPreview(s.ctx(), s.site.ID, l.Key); err != nil || got.Title != "Lamps" || got.ConversationID != id {
		t.Errorf("got %+v, %v", got, err)
	}
	l.ConversationID = chat.NewID()
	_, err = s.desk.KeepLink(s.ctx(), l)
	s.refused(err, chat.NotFound)
}
