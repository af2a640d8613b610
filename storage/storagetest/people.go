package storagetest

import (
	"fmt"
	"slices"
	"time"

	"rapport/hub/chat"
)

// people: a profile, its notes and the pages looked at come back as stored.
func people(w *world) {
	p := chat.Person{
		ID: chat.NewID(), SiteID: w.site.ID, Name: "Ada", Email: "ada@example.org", Locale: "fa", CreatedAt: 5,
		Attributes: []chat.Attribute{{Key: "plan", Value: "gold", Verified: true}, {Key: "سلام", Value: "🌱"}},
	}
	w.write(func(tx chat.Tx) error { return tx.InsertPerson(&p) })
	p.Name, p.Verified, p.NameGiven, p.EmailGiven, p.Segment, p.Zone, p.Attributes = "Ada L.", true, true, true, "existing", "Asia/Tehran", p.Attributes[1:]
	w.write(func(tx chat.Tx) error {
		if err := tx.SavePerson(&p); err != nil {
			return err
		}
		got, err := tx.Person(p.ID)
		if err == nil && (got.Name != "Ada L." || !got.Verified) {
			w.Errorf("inside the unit it is still %+v", got)
		}
		return err
	})
	got, err := w.store.Person(w.ctx, p.ID)
	w.must(err)
	if got.Name != p.Name || got.Email != p.Email || !got.Verified || !got.NameGiven || !got.EmailGiven || got.Segment != "existing" || got.Locale != "fa" || got.Zone != p.Zone || !slices.Equal(got.Attributes, p.Attributes) {
		w.Errorf("got %+v, want %+v", got, p)
	}
	_, err = w.store.Person(w.ctx, chat.NewID())
	w.refused(err, chat.NotFound)
	w.personNotes(p.ID)
	w.pageViews(p.ID)
}

func (w *world) personNotes(personID string) {
	w.Helper()
	var notes []chat.PersonNote
	for i := range 3 {
		n := chat.PersonNote{ID: chat.NewID(), PersonID: personID, AgentID: w.agent.ID, Text: fmt.Sprint("note ", i)}
		w.must(w.store.AddPersonNote(w.ctx, &n))
		notes = append(notes, n)
	}
	got, err := w.store.PersonNotes(w.ctx, personID)
	w.must(err)
	if len(got) != 3 || got[0] != notes[2] || got[0].At == 0 {
		w.Errorf("notes %+v", got)
	}
	if n, err := w.store.PersonNote(w.ctx, personID, notes[0].ID); err != nil || *n != notes[0] {
		w.Errorf("note %+v: %v", n, err)
	}
	_, err = w.store.PersonNote(w.ctx, w.newPerson().ID, notes[0].ID)
	w.refused(err, chat.NotFound)
	w.refused(w.store.DeletePersonNote(w.ctx, w.newPerson().ID, notes[0].ID), chat.NotFound)
	w.must(w.store.DeletePersonNote(w.ctx, personID, notes[0].ID))
	w.refused(w.store.DeletePersonNote(w.ctx, personID, notes[0].ID), chat.NotFound)
}

// pageViews: the latest are kept, up to the bound, and another's stay.
func (w *world) pageViews(personID string) {
	w.Helper()
	other := chat.PageView{ID: chat.NewID(), PersonID: w.newPerson().ID, URL: "https://shop.example/"}
	w.must(w.store.AddPageView(w.ctx, &other))
	for i := range chat.MaxPages + 3 {
		w.later(time.Second)
		w.must(w.store.AddPageView(w.ctx, &chat.PageView{ID: chat.NewID(), PersonID: personID, URL: fmt.Sprint("https://shop.example/", i), Title: "Shop"}))
	}
	got, err := w.store.PageViews(w.ctx, personID)
	w.must(err)
	if len(got) != chat.MaxPages || got[0].URL != fmt.Sprint("https://shop.example/", chat.MaxPages+2) || got[len(got)-1].URL != "https://shop.example/3" {
		w.Errorf("%d pages, from %s", len(got), got[0].URL)
	}
	if n := w.count(`SELECT count(*) FROM page_view`); n != chat.MaxPages+1 {
		w.Errorf("%d pages are kept", n)
	}
}

// clientsClocks: the conversation that began last comes first, whatever the clock
// of the client that made its id.
func (w *world) clientsClocks() {
	w.Helper()
	p, before := w.newPerson(), w.newPerson()
	var want []string
	for i, first := range []string{"f", "0", "8"} {
		w.later(time.Second)
		c := w.startedBy([]chat.Person{p, before, p}[i], func(c *chat.Conversation) { c.ID = first + c.ID[1:] })
		want = append([]string{c.ID}, want...)
	}
	if got, err := w.store.PersonConversations(w.ctx, p.ID, 10); err != nil || !slices.Equal(got, []string{want[0], want[2]}) {
		w.Errorf("one profile's are %v, want %v and %v: %v", got, want[0], want[2], err)
	}
	w.write(func(tx chat.Tx) error {
		return tx.MergePerson(&chat.Merge{FromID: before.ID, IntoID: p.ID, ByID: w.agent.ID})
	})
	if got, err := w.store.PersonConversations(w.ctx, p.ID, 10); err != nil || !slices.Equal(got, want) {
		w.Errorf("merged they are %v, want %v: %v", got, want, err)
	}
}

// merging: devices lead to the customer, conversations stay where they were and
// are shown with the customer, and a second merge does not lose the first.
func merging(w *world) {
	first, second, customer := w.newPerson(), w.newPerson(), w.newPerson()
	device := chat.Device{ID: chat.NewID(), SiteID: w.site.ID, PersonID: first.ID}
	w.write(func(tx chat.Tx) error { return tx.InsertDevice(&device) })
	a := w.startedBy(first, func(c *chat.Conversation) { c.State = chat.Closed })
	b := w.startedBy(second, nil)
	customer.Name, customer.Verified = "Grace", true
	w.write(func(tx chat.Tx) error { return tx.SavePerson(&customer) })
	w.must(w.store.AddPersonNote(w.ctx, &chat.PersonNote{ID: chat.NewID(), PersonID: first.ID, AgentID: w.agent.ID, Text: "anonymous"}))
	w.must(w.store.AddPageView(w.ctx, &chat.PageView{ID: chat.NewID(), PersonID: first.ID, URL: "https://shop.example/lamps"}))
	w.write(func(tx chat.Tx) error {
		return tx.MergePerson(&chat.Merge{FromID: first.ID, IntoID: second.ID, ByID: w.agent.ID})
	})
	w.write(func(tx chat.Tx) error {
		return tx.MergePerson(&chat.Merge{FromID: second.ID, IntoID: customer.ID, ByID: w.agent.ID})
	})

	for _, p := range []chat.Person{first, second} {
		if got, err := w.store.Person(w.ctx, p.ID); err != nil || got.ID != customer.ID {
			w.Errorf("the profile leads to %+v: %v", got, err)
		}
	}
	if got, err := w.store.Device(w.ctx, device.ID); err != nil || got.PersonID != customer.ID {
		w.Errorf("the device leads to %+v: %v", got, err)
	}
	w.remembered(customer.ID, first.ID)
	rows, err := w.store.PersonRows(w.ctx, customer.ID, 10)
	w.must(err)
	if !slices.Equal(place(rows), []string{b.ID, a.ID}) || rows[0].PersonName != "Grace" || rows[0].PersonID != customer.ID || !rows[0].PersonVerified {
		w.Errorf("their conversations: %+v", rows)
	}
	for _, p := range []string{customer.ID, w.newPerson().ID} {
		rows, err := w.store.PersonRows(w.ctx, p, 1)
		w.must(err)
		if ids, err := w.store.PersonConversations(w.ctx, p, 1); err != nil || !slices.Equal(append([]string{}, ids...), place(rows)) {
			w.Errorf("their ids: %v, their rows %v: %v", ids, place(rows), err)
		}
	}
	w.clientsClocks()
	if n := w.count(`SELECT count(*) FROM conversation WHERE id = $1 AND person_id = $2`, a.ID, first.ID); n != 1 {
		w.Error("the merge moved a conversation")
	}
	if n := w.count(`SELECT count(*) FROM person_merge WHERE from_id = $1 AND into_id = $2 AND devices = $3 AND by_id = $4`,
		first.ID, second.ID, `["`+device.ID+`"]`, w.agent.ID); n != 1 {
		w.Error("the way back is not written down")
	}
	w.write(func(tx chat.Tx) error {
		c, err := tx.LiveConversation(w.site.ID, customer.ID, chat.ChannelChat)
		if err == nil && c.ID != b.ID {
			w.Errorf("live is %s", c.ID)
		}
		return err
	})
}

// remembered: notes and pages of a merged profile are the customer's, with what
// they had, latest first, and can be deleted from there.
func (w *world) remembered(customerID, mergedID string) {
	w.Helper()
	w.must(w.store.AddPersonNote(w.ctx, &chat.PersonNote{ID: chat.NewID(), PersonID: customerID, AgentID: w.agent.ID, Text: "known"}))
	w.must(w.store.AddPageView(w.ctx, &chat.PageView{ID: chat.NewID(), PersonID: customerID, URL: "https://shop.example/"}))
	notes, err := w.store.PersonNotes(w.ctx, customerID)
	w.must(err)
	if len(notes) != 2 || notes[0].Text != "known" || notes[1].PersonID != mergedID {
		w.Fatalf("notes after a merge: %+v", notes)
	}
	pages, err := w.store.PageViews(w.ctx, customerID)
	w.must(err)
	if len(pages) != 2 || pages[0].URL != "https://shop.example/" || pages[1].PersonID != mergedID {
		w.Errorf("pages after a merge: %+v", pages)
	}
	w.refused(w.store.DeletePersonNote(w.ctx, mergedID, notes[0].ID), chat.NotFound)
	w.must(w.store.DeletePersonNote(w.ctx, customerID, notes[1].ID))
}

// oldestLive: of two live conversations that a merge brought together the one
// that began first is meant, whatever ids their clients made.
func oldestLive(w *world) {
	p, into := w.newPerson(), w.newPerson()
	old := w.startedBy(p, func(c *chat.Conversation) { c.ID = "ffffffff-ffff-4fff-bfff-" + c.ID[24:] })
	w.later(time.Minute)
	w.startedBy(into, nil)
	w.write(func(tx chat.Tx) error { return tx.MergePerson(&chat.Merge{FromID: p.ID, IntoID: into.ID}) })
	w.write(func(tx chat.Tx) error {
		c, err := tx.LiveConversation(w.site.ID, into.ID, chat.ChannelChat)
		if err == nil && c.ID != old.ID {
			w.Error("the younger conversation is taken for the live one")
		}
		return err
	})
	for _, v := range []struct{ site, channel string }{{w.newSite().ID, chat.ChannelChat}, {w.site.ID, "mail"}} {
		w.refused(w.store.Write(w.ctx, func(tx chat.Tx) error {
			_, err := tx.LiveConversation(v.site, into.ID, v.channel)
			return err
		}), chat.NotFound)
	}
}

// resent: a message is found by its customer and client id in any conversation,
// before and after a merge, and never by anybody else.
func resent(w *world) {
	p, into, stranger := w.newPerson(), w.newPerson(), w.newPerson()
	c := w.startedBy(p, nil)
	w.write(customerSays(c, "client-1"))
	find := func(personID string) error {
		return w.store.Write(w.ctx, func(tx chat.Tx) error {
			m, err := tx.MessageByPerson(personID, "client-1")
			if err == nil && m.ByID != p.ID {
				w.Errorf("found %+v", m)
			}
			return err
		})
	}
	w.must(find(p.ID))
	w.refused(find(into.ID), chat.NotFound)
	w.write(func(tx chat.Tx) error { return tx.MergePerson(&chat.Merge{FromID: p.ID, IntoID: into.ID}) })
	w.must(find(p.ID))
	w.must(find(into.ID))
	w.refused(find(stranger.ID), chat.NotFound)
}
