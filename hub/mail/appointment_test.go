package mail

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// enters is an appointment that Ben enters by hand after the chat was closed.
func (w *world) enters() string {
	w.Helper()
	w.must(w.desk.Close(w.Context(), w.ben, w.talk))
	id, err := w.desk.EnterByHand(w.Context(), w.ben, desk.Entering{
		PersonID: w.ada.ID, Entry: chat.Entry{ConversationID: chat.NewID(), Channel: chat.ChannelAppointment},
		Promise: &chat.Promise{
			ClientID: "client-meet", Kind: chat.AppointmentPromise, Whose: chat.Ours, Text: "See the lamp", DueAt: w.now().Add(26 * time.Hour), Minutes: 30, Place: "Quay 4, upstairs",
		},
	})
	w.must(err)
	return id
}

// An appointment comes with a file for the calendar, again when it is moved, and is
// taken out of it when it is called off; before it, they are reminded.
func TestAnAppointmentByMail(t *testing.T) {
	w := newWorld(t)
	id := w.enters()
	w.away()
	m := w.box.one(t)
	if m.subject() != "Our appointment: See the lamp" || !strings.Contains(m.Text, "Quay 4, upstairs") || strings.Contains(m.Text, "Read the conversation") {
		t.Errorf("%s\n%s", m.subject(), m.Text)
	}
	uid := w.file(t, m, "PUBLISH", "SEQUENCE:0", `LOCATION:Quay 4\, upstairs`, "mailto:hello@shop.example")
	list, err := w.store.Promises(t.Context(), id)
	w.must(err)
	p := list[0]
	_, err = w.desk.MovePromise(t.Context(), w.ben, p.ID, desk.Moving{ClientID: "client-move", DueAt: w.now().Add(50 * time.Hour), Why: "The painter comes."})
	w.must(err)
	w.away()
	m = w.box.one(t)
	if again := w.file(t, m, "PUBLISH", "SEQUENCE:1"); again != uid || !strings.Contains(m.Text, "The painter comes.") {
		t.Errorf("another event, %s and %s:\n%s", uid, again, m.Text)
	}
	w.later(49*time.Hour + 31*time.Minute)
	w.away()
	if m = w.box.one(t); m.subject() != "A new time for: See the lamp" {
		t.Errorf("the reminder is %q", m.subject())
	}
	_, err = w.desk.DropPromise(t.Context(), w.ben, p.ID, "The shop is closed.")
	w.must(err)
	w.away()
	m = w.box.one(t)
	if again := w.file(t, m, "CANCEL", "SEQUENCE:2", "STATUS:CANCELLED"); again != uid || m.subject() != "Called off: See the lamp" {
		t.Errorf("%s of another event, %s and %s", m.subject(), uid, again)
	}
}

// Whoever was there is not told by a letter that waited that it is called off.
func TestAnAppointmentThatTookPlace(t *testing.T) {
	w := newWorld(t)
	id := w.enters()
	list, err := w.store.Promises(t.Context(), id)
	w.must(err)
	w.later(27 * time.Hour)
	_, err = w.desk.KeepPromise(t.Context(), w.ben, list[0].ID, "client-kept", "")
	w.must(err)
	w.away()
	for _, m := range w.box.take() {
		if strings.Contains(m.Text, "See the lamp") {
			t.Errorf("they read %s\n%s", m.subject(), m.Text)
		}
	}
}

// file checks the calendar of a letter and returns the UID of its event.
func (w *world) file(t *testing.T, m mailed, method string, wants ...string) string {
	t.Helper()
	text := m.Files["text/calendar "+method]
	for _, want := range append(wants, "METHOD:"+method) {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	_, rest, _ := strings.Cut(text, "UID:")
	uid, _, _ := strings.Cut(rest, "\r\n")
	return uid
}
