package ics

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rapport/hub/chat"
)

func appointment() *chat.Promise {
	return &chat.Promise{
		ID: "01977a10-0000-7000-8000-000000000042", Kind: chat.AppointmentPromise, Text: "See the lamp; bring it, please", Place: "https://meet.example/a,b",
		DueAt: 1795628920000, Minutes: 45, State: chat.PromiseIsOpen,
	}
}

// unfold joins lines again as a calendar does, and checks each of them.
func unfold(t *testing.T, text string) []string {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Errorf("a line does not end as it must:\n%q", text)
	}
	for l := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) || l == "" {
			t.Errorf("a line of %d octets: %q", len(l), l)
		}
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n")
}

func TestAnAppointment(t *testing.T) {
	e := Of(appointment(), "Kiln & Wick", 1795600170000)
	want := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapport//Rapport//EN", "BEGIN:VEVENT",
		"UID:01977a10-0000-7000-8000-000000000042", "SEQUENCE:0", "DTSTAMP:20261125T094930Z", "DTSTART:20261125T174840Z", "DTEND:20261125T183340Z",
		`SUMMARY:See the lamp\; bring it\, please`, `LOCATION:https://meet.example/a\,b`, "URL:https://meet.example/a,b", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR",
	}
	if got := unfold(t, e.Text("")); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	e.Address = "hello@shop.example"
	if got := strings.Join(unfold(t, e.Text(e.Method())), "\n"); !strings.Contains(got, "\nMETHOD:PUBLISH\n") ||
		!strings.Contains(got, "\nORGANIZER;CN=\"Kiln & Wick\":mailto:hello@shop.example\n") || strings.Contains(got, "ATTENDEE") {
		t.Errorf("published:\n%s", got)
	}
}

// A calendar takes the later of two with one UID: each change raises the number.
func TestMovedAndCalledOff(t *testing.T) {
	p := appointment()
	p.Changed()
	p.End(chat.PromiseDropped, "Ill", p.DueAt.Add(-1))
	e := Of(p, "Kiln", 0)
	got := strings.Join(unfold(t, e.Text(e.Method())), "\n")
	for _, line := range []string{"\nMETHOD:CANCEL\n", "\nSEQUENCE:2\n", "\nSTATUS:CANCELLED\n", "\nUID:" + p.ID + "\n"} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is missing in\n%s", line, got)
		}
	}
	p = appointment()
	p.End(chat.PromiseKept, "", p.DueAt)
	if e := Of(p, "Kiln", 0); e.Cancelled || e.Sequence != 0 {
		t.Errorf("one that took place: %+v", e)
	}
}

// Nothing that anybody writes becomes a line, a property or half a character.
func TestHostileWords(t *testing.T) {
	p := appointment()
	p.Text = "Tea\r\nEND:VEVENT\nATTENDEE:mailto:x@y\\z\x00\x1b\xff" + strings.Repeat("ß🙂", 60)
	p.Place = "javascript:alert(1)"
	e := Of(p, "A \"site\"\r\nX-EVIL:1;:,", 0)
	e.Address = "a@b.example"
	lines := unfold(t, e.Text(Publish))
	for _, l := range lines {
		if strings.HasPrefix(l, "ATTENDEE") || strings.HasPrefix(l, "URL") || strings.HasPrefix(l, "X-EVIL") || strings.ContainsAny(l, "\x00\x1b\r\n") {
			t.Errorf("line %q", l)
		}
	}
	if n := strings.Count(strings.Join(lines, "\n"), "\nEND:VEVENT\n"); n != 1 {
		t.Errorf("%d events end", n)
	}
	if got := lines[10]; got != `SUMMARY:Tea\nEND:VEVENT\nATTENDEE:mailto:x@y\\z`+strings.Repeat("ß🙂", 60) {
		t.Errorf("summary %q", got)
	}
}

func FuzzLine(f *testing.F) {
	f.Add(strings.Repeat("ü", 74), "x")
	f.Fuzz(func(t *testing.T, text, place string) {
		e := Event{Summary: text, Location: place}
		unfold(t, e.Text(""))
	})
}
