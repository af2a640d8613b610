package console

import (
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/wire"
)

func TestWhoMayDeleteANote(t *testing.T) {
	w := newWorld(t)
	ben, carla := w.hire("Ben", chat.AgentRole), w.hire("Carla", chat.AgentRole)
	v := w.arrives("Where is my parcel?")
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	path := "/people/" + row.PersonID + "/notes/"
	left := func() int {
		list, err := w.store.PersonNotes(t.Context(), row.PersonID)
		w.must(err)
		return len(list)
	}

	note := w.notes(row.PersonID, ben)
	w.seat(carla).fails(del, path+note, nil, 403, chat.Forbidden)
	if left() != 1 {
		t.Fatal("a colleague deleted it")
	}
	w.seat(ben).do(del, path+note, nil, nil)
	w.seat(ben).fails(del, path+note, nil, 404, chat.NotFound)
	want := []string{ben.ID + " note.deleted " + note + " " + row.PersonID + " " + ben.ID}
	for _, a := range []*chat.Agent{w.hire("Sue", chat.Supervisor), w.hire("Adam", chat.Admin), w.hire("Olga", chat.Owner)} {
		note := w.notes(row.PersonID, ben)
		w.seat(a).fails(del, "/people/"+chat.NewID()+"/notes/"+note, nil, 404, chat.NotFound)
		w.seat(a).do(del, path+note, nil, nil)
		want = append(want, a.ID+" note.deleted "+note+" "+row.PersonID+" "+ben.ID)
	}
	if left() != 0 {
		t.Errorf("%d notes are left", left())
	}
	w.wroteDown("note.deleted", want...)
}

func TestANoteIsStoredOnce(t *testing.T) {
	w := newWorld(t)
	ben, carla := w.hire("Ben", chat.AgentRole), w.hire("Carla", chat.AgentRole)
	row, err := w.store.RowByID(t.Context(), w.arrives("Where is my parcel?").id)
	w.must(err)
	path, note := "/people/"+row.PersonID+"/notes", object{"id": chat.NewID(), "text": "Two cats"}
	b := w.seat(ben)
	var first, again wire.PersonNote
	b.do(post, path, note, &first)
	w.later(time.Minute)
	b.do(post, path, note, &again)
	if first.ID != note["id"] || again != first {
		t.Errorf("first %+v, again %+v", first, again)
	}
	w.seat(carla).fails(post, path, note, 422, chat.Invalid)
	b.fails(post, "/people/"+w.someoneElse()+"/notes", note, 422, chat.Invalid)
	b.fails(post, path, object{"id": "mine", "text": "x"}, 422, chat.Invalid)
	if list, err := w.store.PersonNotes(t.Context(), row.PersonID); err != nil || len(list) != 1 {
		t.Errorf("%d notes: %v", len(list), err)
	}
}

func TestAnotherAddressIsWrittenDown(t *testing.T) {
	w := newWorld(t)
	ben := w.hire("Ben", chat.AgentRole)
	v := w.arrives("Where is my parcel?")
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	path, b := "/people/"+row.PersonID, w.seat(ben)
	b.do(patch, path, object{"name": "Ada"}, nil)
	b.do(patch, path, object{"email": "ada@example.org"}, nil)
	b.do(patch, path, object{"email": "ADA@example.org", "segment": "new"}, nil)
	b.do(patch, path, object{"email": ""}, nil)
	line := ben.ID + " person.email_changed " + row.PersonID + " "
	w.wroteDown("person.email_changed", line, line)
}

// Whoever is blocked, or let in again, says hello anew: an open socket goes by what it
// saw then.
func TestABlockEndsTheSocketsOfBefore(t *testing.T) {
	w := newWorld(t)
	b, v := w.seat(w.hire("Sue", chat.Supervisor)), w.arrives("Buy my pills")
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	for _, blocked := range []bool{true, false} {
		line := v.connect()
		b.do(patch, "/people/"+row.PersonID, object{"blocked": blocked, "why": "spam"}, nil)
		line.ends(hub.Merged)
	}
	line := v.connect()
	b.do(patch, "/people/"+row.PersonID, object{"name": "Maria"}, nil)
	line.send(object{"type": "shout"})
	line.gets("error")
}

// A sensitive note is read and written by those alone who have the right, with the
// customer's word and for a year at most; to everybody else it is not there.
func TestSensitiveNotesAreForThoseWithTheRight(t *testing.T) {
	w := newWorld(t)
	sue, ben := w.seat(w.hire("Sue", chat.Supervisor)), w.seat(w.hire("Ben", chat.AgentRole))
	v := w.arrives("I have asthma, please remember")
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	path, now := "/people/"+row.PersonID+"/notes", chat.SystemClock()
	note := func(consent string, until chat.Time) object {
		return object{"text": "Asthma", "sensitive": object{"consent": consent, "until": until}}
	}
	ben.fails(post, path, note("She wrote so", now.Add(time.Hour)), 403, chat.Forbidden)
	sue.fails(post, path, note("", now.Add(time.Hour)), 422, chat.Invalid)
	sue.fails(post, path, note("She wrote so", now.Add(400*24*time.Hour)), 422, chat.Invalid)
	sue.fails(post, path, note("She wrote so", now), 422, chat.Invalid)
	var kept wire.PersonNote
	sue.do(post, path, note("She wrote so", now.Add(time.Hour)), &kept)
	ben.do(post, path, object{"text": "Two cats"}, nil)
	reads := func(b *browser) int {
		var view struct{ Notes []wire.PersonNote }
		b.do(get, "/conversations/"+v.id, nil, &view)
		return len(view.Notes)
	}
	if kept.Sensitive == nil || kept.Sensitive.Consent != "She wrote so" || reads(sue) != 2 || reads(ben) != 1 {
		t.Errorf("kept is %+v; Sue reads %d, Ben %d", kept, reads(sue), reads(ben))
	}
	ben.fails(del, path+"/"+kept.ID, nil, 404, chat.NotFound)
	w.later(time.Hour)
	if reads(sue) != 1 {
		t.Error("it is read after its day")
	}
	sue.fails(del, path+"/"+kept.ID, nil, 404, chat.NotFound)
}
