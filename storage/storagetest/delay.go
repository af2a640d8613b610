package storagetest

import (
	"fmt"
	"slices"
	"time"

	"rapport/hub/chat"
)

// delays are kept with their customer, also through a merge, and told with the
// event that is about them.
func delays(w *world) {
	before, customer := w.newPerson(), w.newPerson()
	late := func(person chat.Person, reference string, state chat.DelayState) chat.Delay {
		d := chat.Delay{
			ID: chat.NewID(), SiteID: w.site.ID, PersonID: person.ID, Source: chat.BySite, Reference: reference, What: "your order",
			Reason: "The kiln is broken.", Until: 9, State: state, At: 8,
		}
		w.write(func(tx chat.Tx) error { return tx.InsertDelay(&d) })
		return d
	}
	first := late(before, "4411", chat.DelayWaits)
	late(before, "4410", chat.DelayTold)
	second := late(customer, "4412", chat.DelayWaits)
	w.write(func(tx chat.Tx) error {
		return tx.MergePerson(&chat.Merge{FromID: before.ID, IntoID: customer.ID, ByID: w.agent.ID})
	})
	waiting, err := w.store.WaitingDelays(w.ctx, customer.ID)
	w.must(err)
	if !slices.Equal(waiting, []chat.Delay{first, second}) {
		w.Errorf("waiting %+v", waiting)
	}
	c := w.startedBy(customer, nil)
	first.State, first.EndedBy, first.EndedAt = chat.DelayDropped, w.agent.ID, 12
	w.write(func(tx chat.Tx) error {
		if all, err := tx.DelaysOf(customer.ID); err != nil || len(all) != 3 || all[0] != second {
			w.Errorf("all of them %+v: %v", all, err)
		}
		if err := tx.SaveDelay(&first); err != nil {
			return err
		}
		if got, err := tx.Delay(first.ID); err != nil || *got != first {
			w.Errorf("saved %+v: %v", got, err)
		}
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		if err := tx.Append(c, &chat.Event{Type: chat.DelaySettled, By: chat.ByAgent, ByID: w.agent.ID, DelayID: first.ID}); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	events, err := w.store.EventsAfter(w.ctx, c.ID, c.Seq)
	if err != nil || len(events) != 1 || events[0].Delay == nil || *events[0].Delay != first {
		w.Errorf("events %+v: %v", events, err)
	}
}

// delayedPromises: our open promises to a customer, and those that a reference may
// be about, by their words or by what their customer is known for.
func delayedPromises(w *world) {
	customer, other := w.newPerson(), w.newPerson()
	customer.Attributes = []chat.Attribute{{Key: "last_order", Value: "AB_77%", Verified: true}}
	w.write(func(tx chat.Tx) error { return tx.SavePerson(&customer) })
	promise := func(c chat.Conversation, text string, change func(*chat.Promise)) string {
		p := chat.Promise{
			ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, MatterID: c.MatterID, ClientID: chat.NewID(), MadeBy: w.agent.ID,
			Whose: chat.Ours, Owner: chat.AgentCard{ID: w.agent.ID}, Text: text, DueAt: 9, State: chat.PromiseIsOpen, MadeAt: 1,
		}
		if change != nil {
			change(&p)
		}
		w.write(func(tx chat.Tx) error { return tx.InsertPromise(&p) })
		return p.ID
	}
	mine, theirs := w.startedBy(customer, nil), w.startedBy(other, nil)
	plain := promise(mine, "Call back", nil)
	named := promise(theirs, "Send order ab_77% today", nil)
	for i := range 120 {
		promise(theirs, fmt.Sprintf("Send order %d77", i), func(p *chat.Promise) { p.DueAt = 8 })
	}
	umlaut := promise(theirs, "Send äb-7, and 77", func(p *chat.Promise) { p.DueAt = 10 })
	promise(mine, "Kept", func(p *chat.Promise) { p.State = chat.PromiseKept })
	promise(mine, "Theirs", func(p *chat.Promise) { p.Whose = chat.Theirs })
	w.write(func(tx chat.Tx) error {
		list, err := tx.PromisesTo(customer.ID)
		if err != nil || len(list) != 1 || list[0].ID != plain || list[0].Person.ID != customer.ID || list[0].Owner.Name == "" {
			w.Errorf("promised to them: %+v, %v", list, err)
		}
		about := func(site, reference string) (ids []string) {
			list, all, err := tx.PromisesAbout(&chat.Delay{SiteID: site, Reference: reference})
			if err != nil || !all {
				w.Errorf("about %s: all %v, %v", reference, all, err)
			}
			for _, p := range list {
				ids = append(ids, p.ID)
			}
			return ids
		}
		if ids := about(w.site.ID, "AB_77%"); len(ids) != 2 || !slices.Contains(ids, plain) || !slices.Contains(ids, named) {
			w.Errorf("about the reference: %v", ids)
		}
		for _, reference := range []string{"ÄB-7", "77"} {
			if ids := about(w.site.ID, reference); !slices.Equal(ids, []string{umlaut}) {
				w.Errorf("about %s: %v", reference, ids)
			}
		}
		if ids := about(chat.NewID(), "AB_77%"); len(ids) != 0 {
			w.Errorf("another site's: %v", ids)
		}
		p, err := tx.Promise(plain)
		if err != nil {
			return err
		}
		p.Delay = chat.DelayOpen
		return tx.SavePromise(p)
	})
	if p, err := w.store.Promise(w.ctx, plain); err != nil || p.Delay != chat.DelayOpen {
		w.Errorf("marked %+v: %v", p, err)
	}
}

// reports are taken once each, and forgotten after a week.
func reports(w *world) {
	begin := func(site, once string) (answer string, fresh bool) {
		w.write(func(tx chat.Tx) (err error) {
			answer, fresh, err = tx.BeginReport(site, once)
			if err != nil || !fresh {
				return err
			}
			return tx.EndReport(site, once, "answer of "+once)
		})
		return answer, fresh
	}
	other := w.newSite()
	for i, c := range []struct {
		site, once, answer string
		fresh              bool
	}{
		{w.site.ID, "once-1", "", true}, {w.site.ID, "once-1", "answer of once-1", false}, {other.ID, "once-1", "", true}, {w.site.ID, "once-2", "", true},
	} {
		if answer, fresh := begin(c.site, c.once); answer != c.answer || fresh != c.fresh {
			w.Errorf("report %d: %q %v", i, answer, fresh)
		}
	}
	w.later(8 * 24 * time.Hour)
	if _, fresh := begin(w.site.ID, "once-1"); !fresh {
		w.Error("a report is remembered for ever")
	}
	if n := w.count(`SELECT count(*) FROM delay_report`); n != 1 {
		w.Errorf("%d reports are kept", n)
	}
}

// apiKeys are found by what is kept of them, bounded, and end.
func apiKeys(w *world) {
	var secrets []string
	for i := range chat.MaxAPIKeys + 1 {
		k, secret, err := chat.NewAPIKey(w.site.ID, w.agent.ID, fmt.Sprint("Key ", i))
		w.must(err)
		err = w.store.InsertAPIKey(w.ctx, k)
		if i == chat.MaxAPIKeys {
			w.refused(err, chat.Conflict)
			break
		}
		w.must(err)
		secrets = append(secrets, secret)
	}
	k, err := w.store.APIKeyByHash(w.ctx, chat.HashSecret(secrets[1]))
	w.must(err)
	if k.Name != "Key 1" || k.SiteID != w.site.ID || k.MadeBy != w.agent.ID || k.UsedAt != 0 {
		w.Errorf("found %+v", k)
	}
	if n := w.count(`SELECT count(*) FROM api_key WHERE hash = $1`, secrets[1]); n != 0 {
		w.Error("a key is kept as it is")
	}
	used := func() chat.Time {
		w.must(w.store.UseAPIKey(w.ctx, k))
		k, err = w.store.APIKeyByHash(w.ctx, k.Hash)
		w.must(err)
		return k.UsedAt
	}
	first := used()
	w.later(time.Second)
	if again := used(); first == 0 || again != first {
		w.Errorf("used at %d and %d: every call is written down", first, again)
	}
	w.later(time.Hour)
	if used() == first {
		w.Error("its last use is not the last")
	}
	w.refused(w.store.RevokeAPIKey(w.ctx, w.newSite().ID, k.ID), chat.NotFound)
	w.must(w.store.RevokeAPIKey(w.ctx, w.site.ID, k.ID))
	w.refused(w.store.RevokeAPIKey(w.ctx, w.site.ID, k.ID), chat.NotFound)
	_, err = w.store.APIKeyByHash(w.ctx, k.Hash)
	w.refused(err, chat.NotFound)
	if list, err := w.store.APIKeys(w.ctx, w.site.ID); err != nil || len(list) != chat.MaxAPIKeys-1 || list[0].Name != "Key 0" {
		w.Errorf("left %+v: %v", list, err)
	}
}
