package storagetest

import (
	"time"

	"rapport/hub/chat"
)

// sensitiveNotes: one is read until its day, whether its row has gone by then or not,
// and then erased with a line in the log; every other note stays.
func sensitiveNotes(w *world) {
	p := w.newPerson()
	note := func(text string, until chat.Time) chat.PersonNote {
		n := chat.PersonNote{ID: chat.NewID(), PersonID: p.ID, AgentID: w.agent.ID, Text: text, ExpiresAt: until}
		if until > 0 {
			n.Consent = "Yes, please"
		}
		w.must(w.store.AddPersonNote(w.ctx, &n))
		return n
	}
	stays := note("Two cats", 0)
	soon, late := note("Asthma", chat.Time(w.clock.Load()).Add(time.Hour)), note("Lactose", chat.Time(w.clock.Load()).Add(48*time.Hour))
	again := soon
	w.must(w.store.AddPersonNote(w.ctx, &again))
	if got, err := w.store.PersonNote(w.ctx, p.ID, soon.ID); err != nil || *got != soon || again != soon {
		w.Errorf("read %+v, sent again %+v, want %+v: %v", got, again, soon, err)
	}
	left := func() int64 { return w.count(`SELECT count(*) FROM person_note WHERE person_id = $1`, p.ID) }
	more, err := w.store.EraseOldNotes(w.ctx)
	if err != nil || more || left() != 3 {
		w.Errorf("erased before their day: %d are left, %v", left(), err)
	}
	w.later(time.Hour)
	_, err = w.store.PersonNote(w.ctx, p.ID, soon.ID)
	w.refused(err, chat.NotFound)
	if list, err := w.store.PersonNotes(w.ctx, p.ID); err != nil || len(list) != 2 || list[0] != late || list[1] != stays {
		w.Errorf("on its day there are %+v: %v", list, err)
	}
	_, err = w.store.EraseOldNotes(w.ctx)
	w.must(err)
	if left() != 2 {
		w.Errorf("%d are left", left())
	}
	for action, by := range map[string]string{"note.agreed": w.agent.ID, "note.expired": ""} {
		if n := w.count(`SELECT count(*) FROM audit WHERE action = $1 AND by_id = $2 AND object = $3 AND detail = $4`, action, by, soon.ID, p.ID); n != 1 {
			w.Errorf("%s is written down %d times", action, n)
		}
	}
}
