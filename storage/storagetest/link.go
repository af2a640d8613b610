package storagetest

import (
	"fmt"
	"time"

	"rapport/hub/chat"
)

const linked = "https://shop.example/lamp"

// linkPreviews: a preview stands beside its messages in that conversation, is found by
// its link on that site, ends with its time, its conversation or its site's word.
func linkPreviews(w *world) {
	c := w.started(nil)
	w.hears(c, "Is it "+linked+" or another?")
	key := chat.LinkKey(linked)
	now := chat.Time(w.clock.Load())
	save := func(conversation, key, title string, until chat.Time) {
		w.write(func(tx chat.Tx) error {
			return tx.SaveLinkPreview(&chat.LinkPreview{ConversationID: conversation, SiteID: w.site.ID, Key: key, Host: "www.shop.example", Name: "Shop", Title: title, Text: "A lamp.", Until: until})
		})
	}
	shown := func(want string) {
		w.Helper()
		list, _, err := w.store.Messages(w.ctx, c.ID, 0, 10)
		if err != nil {
			w.Fatal(err)
		}
		events, err := w.store.NextPublicEvents(w.ctx, c.ID, 0)
		if err != nil {
			w.Fatal(err)
		}
		m := &list[len(list)-1].Message
		both := []*chat.Message{m}
		for i := range events {
			if events[i].MessageID == m.ID {
				both = append(both, events[i].Message)
			}
		}
		if len(both) != 2 {
			w.Fatalf("%d messages", len(both))
		}
		for _, got := range both {
			switch {
			case want == "" && got.Link != nil:
				w.Errorf("it shows %+v", got.Link)
			case want != "" && (got.Link == nil || got.Link.Title != want || got.Link.URL != linked || got.Link.Host != "www.shop.example" || got.Link.Name != "Shop" || got.Link.Text != "A lamp."):
				w.Errorf("it shows %+v, want %s", got.Link, want)
			}
		}
	}
	known := func(site, want string) {
		w.Helper()
		l, err := w.store.LinkPreview(w.ctx, site, key)
		if want == "none" && chat.Is(err, chat.NotFound) || err == nil && l.Title == want {
			return
		}
		w.Errorf("known is %+v, %v; want %q", l, err, want)
	}
	shown("")
	known(w.site.ID, "none")
	save(c.ID, key, "", now.Add(time.Hour)) // nothing could be read
	shown("")
	known(w.site.ID, "")
	save(c.ID, key, "Aurora", now.Add(2*time.Hour))
	shown("Aurora")
	known(w.site.ID, "Aurora")
	known(w.newSite().ID, "none")

	other := w.started(nil)
	save(other.ID, key, "Later", now.Add(3*time.Hour))
	shown("Aurora") // each conversation has its own
	known(w.site.ID, "Later")
	w.later(2*time.Hour + time.Minute)
	shown("")
	known(w.site.ID, "Later")
	if more, err := w.store.ForgetOldLinks(w.ctx); err != nil || more {
		w.Errorf("there are more: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM link_preview`); n != 1 {
		w.Errorf("%d are left", n)
	}

	for i := range 501 {
		save(other.ID, chat.LinkKey(fmt.Sprint(i)), "Many", now.Add(9*time.Hour))
	}
	if err := w.store.ForgetLinks(w.ctx, w.newSite().ID); err != nil {
		w.Error(err)
	}
	known(w.site.ID, "Later")
	if err := w.store.ForgetLinks(w.ctx, w.site.ID); err != nil {
		w.Error(err)
	}
	if n := w.count(`SELECT count(*) FROM link_preview`); n != 0 {
		w.Errorf("%d are left", n)
	}
	save(c.ID, key, "Again", now.Add(9*time.Hour))
	save(other.ID, key, "Again", now.Add(9*time.Hour))
	w.write(func(tx chat.Tx) error { _, err := tx.EraseConversation(c.ID); return err })
	if n := w.count(`SELECT count(*) FROM link_preview`); n != 1 {
		w.Errorf("%d are left after one was erased", n)
	}
}
