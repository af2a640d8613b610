// Package ics writes appointments as calendars read them (RFC 5545): one event in one
// file. It does no I/O and knows no clock.
package ics

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rapport/hub/chat"
)

// FileName is what such a file is called.
const FileName = "appointment.ics"

// What a file that is sent says about its event (RFC 5546). Without invitation and
// answer it is published, never requested: nobody's calendar writes back to us.
const (
	Publish = "PUBLISH"
	Cancel  = "CANCEL"
)

// maxLine is how many octets a line has at most, its end left out.
const maxLine = 75

// Event is an appointment. Its UID stays the same over all its changes, each of which
// raises Sequence.
type Event struct {
	UID       string
	Sequence  int64
	Summary   string
	Location  string // a place or a link, or ""
	Start     chat.Time
	Minutes   int64
	Cancelled bool
	Stamp     chat.Time // when this file is written
	// Who it is with: a name, and the address that such files are sent from, or "".
	Organizer string
	Address   string
}

// Of is the event of an appointment of a site.
func Of(p *chat.Promise, site string, now chat.Time) Event {
	return Event{
		UID: p.ID, Sequence: p.Sequence, Summary: p.Text, Location: p.Place, Start: p.DueAt, Minutes: p.Minutes,
		Cancelled: p.State == chat.PromiseDropped || p.State == chat.PromiseBroken, Stamp: now, Organizer: site,
	}
}

// Method is what a letter with this event says.
func (e Event) Method() string {
	if e.Cancelled {
		return Cancel
	}
	return Publish
}

// Text is the file. method is what it asks of a calendar, "" for one that somebody
// fetches.
func (e Event) Text(method string) string {
	var f file
	f.line("BEGIN:VCALENDAR")
	f.line("VERSION:2.0")
	f.line("PRODID:-//Rapport//Rapport//EN")
	if method != "" {
		f.line("METHOD:" + method)
	}
	f.line("BEGIN:VEVENT")
	f.line("UID:" + e.UID)
	f.line("SEQUENCE:" + strconv.FormatInt(e.Sequence, 10))
	f.line("DTSTAMP:" + utc(e.Stamp))
	f.line("DTSTART:" + utc(e.Start))
	f.line("DTEND:" + utc(e.Start.Add(time.Duration(e.Minutes)*time.Minute)))
	f.line("SUMMARY:" + escape(e.Summary))
	if e.Location != "" {
		f.line("LOCATION:" + escape(e.Location))
	}
	if link := web(e.Location); link != "" {
		f.line("URL:" + link)
	}
	if e.Address != "" {
		f.line("ORGANIZER;CN=" + quote(e.Organizer) + ":mailto:" + e.Address)
	}
	if e.Cancelled {
		f.line("STATUS:CANCELLED")
	} else {
		f.line("STATUS:CONFIRMED")
	}
	f.line("END:VEVENT")
	f.line("END:VCALENDAR")
	return f.String()
}

func utc(at chat.Time) string { return at.Std().UTC().Format("20060102T150405Z") }

var signs = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\n", `\n`)

// escape writes a text as a value: no line end and no separator of it is one of the
// file's.
func escape(s string) string { return signs.Replace(plain(s, '\n')) }

// quote writes a text as a parameter, which knows no escapes.
func quote(s string) string {
	return `"` + strings.ReplaceAll(plain(s, 0), `"`, "'") + `"`
}

// plain leaves out what no calendar file may hold: control characters but one, and
// octets that are no UTF-8.
func plain(s string, but rune) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != but || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// web is the address where a location is one that a browser opens, else "".
func web(location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return u.String()
}

// file collects lines, folded.
type file struct{ strings.Builder }

// line adds one, cut between characters so that no piece is longer than maxLine.
func (f *file) line(s string) {
	for room := maxLine; len(s) > room; room = maxLine - 1 {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		f.WriteString(s[:cut] + "\r\n ")
		s = s[cut:]
	}
	f.WriteString(s + "\r\n")
}
