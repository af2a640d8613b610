package storagetest

import (
	"reflect"
	"slices"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

// stranded are the promises to hand on now, sorted.
func (w *world) stranded() []string {
	w.Helper()
	list, err := w.store.StrandedPromises(w.ctx, chat.Time(w.clock.Load()))
	w.must(err)
	slices.Sort(list)
	return list
}

// absences: one of an agent stands at a time, what falls into it is found while
// somebody else is there, and what was handed on for it is found later.
func absences(w *world) {
	now := chat.Time(w.clock.Load())
	c := w.started(nil)
	late, soon := w.promised(c, w.agent, -time.Hour), w.promised(c, w.agent, time.Hour)
	after, word := w.promised(c, w.agent, 50*time.Hour), w.promised(c, w.agent, 60*time.Hour)
	word.NextAt = now.Add(2 * time.Hour)
	away := chat.Absence{ID: chat.NewID(), AgentID: w.agent.ID, ByID: w.agent.ID, MadeAt: now, Until: now.Add(24 * time.Hour)}
	w.write(func(tx chat.Tx) error {
		if _, err := tx.Absence(w.agent.ID); !chat.Is(err, chat.NotFound) {
			w.Errorf("no absence: %v", err)
		}
		if err := tx.SavePromise(&word); err != nil {
			return err
		}
		return tx.InsertAbsence(&away)
	})
	if got := w.stranded(); len(got) != 0 {
		w.Errorf("with nobody else to hand them to: %q", got)
	}
	noor := w.newAgent(chat.AgentRole)
	want := []string{late.ID, soon.ID, word.ID}
	slices.Sort(want)
	if got := w.stranded(); !slices.Equal(got, want) {
		w.Errorf("stranded %q, want %q", got, want)
	}
	again := away
	again.ID = chat.NewID()
	if err := w.store.Write(w.ctx, func(tx chat.Tx) error { return tx.InsertAbsence(&again) }); err == nil {
		w.Error("two absences of one agent stand")
	}

	soon.Owner, soon.HandedAt, soon.AbsenceID = chat.AgentCard{}, now, away.ID
	soon.Away = chat.AgentCard{ID: w.agent.ID, Name: w.agent.Name, Picture: w.agent.Picture}
	late.Owner = chat.AgentCard{ID: noor.ID, Name: noor.Name, Picture: noor.Picture}
	w.write(func(tx chat.Tx) error {
		if err := tx.SavePromise(&late); err != nil {
			return err
		}
		return tx.SavePromise(&soon)
	})
	if got, err := w.store.Promise(w.ctx, soon.ID); err != nil || *got != soon {
		w.Errorf("for anyone %+v, want %+v, %v", got, soon, err)
	}
	if got := w.stranded(); !slices.Equal(got, []string{word.ID}) {
		w.Errorf("what is for anyone is stranded no more: %q", got)
	}
	w.inLedger(storage.AnyPromises, soon)
	w.inLedger(storage.MyPromises, after, word)
	counts, err := w.store.LedgerCounts(w.ctx, w.site.ID, w.agent.ID, now)
	if w.must(err); counts != (storage.LedgerCounts{}) {
		w.Errorf("what is for anyone counts for its last owner: %+v", counts)
	}
	handed, err := w.store.HandedOn(w.ctx, away.ID)
	if w.must(err); len(handed) != 1 || handed[0].Promise != soon || handed[0].PersonID == "" {
		w.Errorf("handed on %+v", handed)
	}
	open, err := w.store.OpenPromisesOf(w.ctx, w.agent.ID)
	if w.must(err); len(open) != 2 || open[0].ID != after.ID || open[1].ID != word.ID {
		w.Errorf("open %+v", open)
	}
	w.absenceEnds(away)
}

// inLedger checks a list of the ledger.
func (w *world) inLedger(list storage.LedgerList, want ...chat.Promise) {
	w.Helper()
	rows, _, err := w.store.Ledger(w.ctx, storage.LedgerPage{SiteID: w.site.ID, List: list, AgentID: w.agent.ID, Limit: 9})
	w.must(err)
	var got []chat.Promise
	for _, r := range rows {
		got = append(got, r.Promise)
	}
	if !reflect.DeepEqual(got, want) {
		w.Errorf("list %s has %+v\nwant %+v", list, got, want)
	}
}

// absenceEnds: one that is over or ended strands nothing; one without an end, and
// an agent who may not sign in, strand all.
func (w *world) absenceEnds(away chat.Absence) {
	w.Helper()
	stand := func(want int) {
		w.Helper()
		list, err := w.store.Absences(w.ctx, chat.Time(w.clock.Load()))
		if w.must(err); len(list) != want {
			w.Errorf("%d absences stand, want %d", len(list), want)
		}
	}
	stand(1)
	w.later(24 * time.Hour)
	if stand(0); len(w.stranded()) != 0 {
		w.Errorf("stranded after it was over: %q", w.stranded())
	}
	away.Until, away.ToID = 0, w.agent.ID
	w.write(func(tx chat.Tx) error { return tx.SaveAbsence(&away) })
	if stand(1); len(w.stranded()) != 2 {
		w.Errorf("without an end: %q", w.stranded())
	}
	away.EndedAt = 7
	w.write(func(tx chat.Tx) error { return tx.SaveAbsence(&away) })
	stand(0)
	if got, err := w.store.LatestAbsence(w.ctx, w.agent.ID); err != nil || *got != away {
		w.Errorf("latest %+v, want %+v, %v", got, away, err)
	}
	if len(w.stranded()) != 0 {
		w.Errorf("stranded after it was ended: %q", w.stranded())
	}
	gone := w.agent
	gone.DisabledAt = 7
	w.must(w.store.SaveAgent(w.ctx, &gone))
	if len(w.stranded()) != 2 {
		w.Errorf("of who may not sign in: %q", w.stranded())
	}
}
