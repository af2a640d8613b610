package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// ownProfiles: a browser stands for its own profile, and once it has signed in for the
// customer's and for those of the other browsers that did; by an agent's word for none.
func ownProfiles(w *world) {
	a, b, account, unknown := w.newPerson(), w.newPerson(), w.newPerson(), w.newPerson()
	device := func(p chat.Person) string {
		d := chat.Device{ID: chat.NewID(), SiteID: w.site.ID, PersonID: p.ID}
		w.write(func(tx chat.Tx) error { return tx.InsertDevice(&d) })
		return d.ID
	}
	ofA, ofB, ofUnknown := device(a), device(b), device(unknown)
	owns := func(device string, want ...chat.Person) {
		w.Helper()
		got, err := w.store.OwnProfiles(w.ctx, device)
		w.must(err)
		ids := []string{}
		for _, p := range want {
			ids = append(ids, p.ID)
		}
		slices.Sort(ids)
		if !slices.Equal(got, ids) {
			w.Errorf("it stands for %v, want %v", got, ids)
		}
	}
	owns(ofA, a)
	w.write(func(tx chat.Tx) error {
		return tx.MergePerson(&chat.Merge{FromID: b.ID, IntoID: a.ID, ByID: w.agent.ID})
	})
	owns(ofA, a)
	owns(ofB, b)
	w.write(func(tx chat.Tx) error {
		if err := tx.MergePerson(&chat.Merge{FromID: a.ID, IntoID: account.ID}); err != nil {
			return err
		}
		if err := tx.SignIn(ofB, account.ID); err != nil {
			return err
		}
		got, err := tx.SignedIn(account.ID)
		if !slices.Equal(got, []string{ofB}) {
			w.Errorf("signed in are %v", got)
		}
		return err
	})
	owns(ofA, a)
	owns(ofB, b, account)
	// From before it was kept which browser signed in.
	w.write(func(tx chat.Tx) error {
		return tx.MergePerson(&chat.Merge{FromID: unknown.ID, IntoID: account.ID})
	})
	owns(ofUnknown, unknown)
	owns(ofB, b, account, unknown)
	_, err := w.store.OwnProfiles(w.ctx, chat.NewID())
	w.refused(err, chat.NotFound)
}

// mergesListed: what agents brought together with a customer is listed while it stands,
// the latest first; what a sign-in did is not, and who has the same address is found.
func mergesListed(w *world) {
	customer, first, second, signed := w.newPerson(), w.newPerson(), w.newPerson(), w.newPerson()
	bring := func(from, into chat.Person, by string) chat.Merge {
		m := chat.Merge{FromID: from.ID, IntoID: into.ID, ByID: by, Filled: []string{"name", "attribute:plan"}}
		w.write(func(tx chat.Tx) error { return tx.MergePerson(&m) })
		w.later(time.Minute)
		return m
	}
	old := bring(first, second, w.agent.ID)
	bring(signed, customer, "")
	late := bring(second, customer, w.agent.ID)
	listed := func(want ...chat.Merge) {
		w.Helper()
		list, err := w.store.Merges(w.ctx, customer.ID, old.At-1)
		w.must(err)
		if len(list) != len(want) {
			w.Fatalf("listed are %+v, want %+v", list, want)
		}
		for i := range want {
			if list[i].ID != want[i].ID || list[i].At != want[i].At || len(list[i].Filled) != 2 {
				w.Errorf("listed is %+v, want %+v", list[i], want[i])
			}
		}
	}
	listed(late, old)
	for _, m := range []chat.Merge{{FromID: customer.ID, IntoID: second.ID}, {FromID: second.ID, IntoID: customer.ID}, {FromID: customer.ID, IntoID: customer.ID}} {
		w.refused(w.store.Write(w.ctx, func(tx chat.Tx) error { return tx.MergePerson(&m) }), chat.Conflict)
	}
	w.write(func(tx chat.Tx) error {
		if m, err := tx.MergeOf(second.ID); err != nil || m.ID != late.ID {
			w.Errorf("they lead on by %+v: %v", m, err)
		}
		return tx.UnmergePerson(&late)
	})
	listed()
	w.write(func(tx chat.Tx) error {
		if m, err := tx.Merge(late.ID); err != nil || m.UndoneAt == 0 {
			w.Errorf("undone it is %+v: %v", m, err)
		}
		_, err := tx.MergeOf(second.ID)
		w.refused(err, chat.NotFound)
		return nil
	})
	if p, err := w.store.Person(w.ctx, first.ID); err != nil || p.ID != second.ID {
		w.Errorf("the first leads to %+v: %v", p, err)
	}
	for _, p := range []*chat.Person{&customer, &first, &second} {
		p.Email = "maria@example.org"
		w.write(func(tx chat.Tx) error { return tx.SavePerson(p) })
	}
	if ids, err := w.store.SameAddress(w.ctx, &customer, 5); err != nil || len(ids) != 1 || ids[0] != second.ID {
		w.Errorf("the same address have %v: %v", ids, err)
	}
	if ids, err := w.store.SameAddress(w.ctx, &signed, 5); err != nil || len(ids) != 0 {
		w.Errorf("without an address there are %v: %v", ids, err)
	}
}
