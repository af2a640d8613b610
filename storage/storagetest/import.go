package storagetest

import (
	"slices"

	"rapport/hub/chat"
)

// imports: a reference is known once for each site and kind; purchases follow their
// customer through a merge; a person is bare until somebody has met them; erasing takes
// all of it.
func imports(w *world) {
	first, second, met := w.newPerson(), w.newPerson(), w.startedBy(w.newPerson(), nil)
	in := chat.Import{ID: chat.NewID(), SiteID: w.site.ID, Kind: chat.ImportOrders, Name: "orders.csv", By: chat.AgentCard{ID: w.agent.ID}, MadeAt: 7}
	came := chat.Imported{SiteID: w.site.ID, Kind: in.Kind, Reference: "4411", ImportID: in.ID, PersonID: first.ID, ObjectID: chat.NewID()}
	bought := chat.Purchase{ID: came.ObjectID, SiteID: w.site.ID, PersonID: first.ID, Reference: "4411", At: 5, Amount: -12900, Currency: "EUR", State: "paid", Text: "A lamp"}
	later := bought
	later.ID, later.Reference, later.At, later.PersonID = chat.NewID(), "4412", 6, second.ID
	bare := func(tx chat.Tx, id string, want bool) {
		if got, err := tx.Bare(id); err != nil || got != want {
			w.Errorf("bare %v: %v", got, err)
		}
	}
	w.write(func(tx chat.Tx) error {
		bare(tx, first.ID, true)
		bare(tx, met.PersonID, false)
		if err := tx.InsertImport(&in); err != nil {
			return err
		}
		if err := tx.NoteImported(&came); err != nil {
			return err
		}
		in.Added = 2
		if err := tx.SaveImport(&in); err != nil {
			return err
		}
		if err := tx.InsertPurchase(&bought); err != nil {
			return err
		}
		return tx.InsertPurchase(&later)
	})
	w.write(func(tx chat.Tx) error {
		bare(tx, first.ID, false)
		for kind, want := range map[chat.ImportKind]bool{chat.ImportOrders: true, chat.ImportPeople: false} {
			if known, err := tx.Imported(w.site.ID, kind, "4411"); err != nil || known != want {
				w.Errorf("%s known %v: %v", kind, known, err)
			}
		}
		list, err := tx.ImportedWith(in.ID, 9)
		if err != nil || !slices.Equal(list, []chat.Imported{came}) {
			w.Errorf("came with it %+v: %v", list, err)
		}
		return tx.MergePerson(&chat.Merge{FromID: first.ID, IntoID: second.ID, ByID: w.agent.ID})
	})
	list, err := w.store.Imports(w.ctx, w.site.ID)
	w.must(err)
	if in.By.Name = w.agent.Name; len(list) != 1 || list[0].Added != 2 || list[0].By.Name != in.By.Name || list[0].MadeAt != 7 {
		w.Errorf("imports %+v", list)
	}
	got, err := w.store.Purchases(w.ctx, second.ID)
	w.must(err)
	if !slices.Equal(got, []chat.Purchase{later, bought}) {
		w.Errorf("bought %+v", got)
	}
	w.write(func(tx chat.Tx) error { _, err := tx.ErasePerson(second.ID); return err })
	if n := w.count(`SELECT count(*) FROM purchase`) + w.count(`SELECT count(*) FROM imported`); n != 0 {
		w.Errorf("%d rows are left", n)
	}
}
