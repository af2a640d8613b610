package desk

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/hub/chat"
)

// pageDelayKey is the attribute that Rapport('track', 'delay', …) is told as: the
// widget keeps what happened last by its name.
const pageDelayKey = "delay"

// pagePart is where one of the properties begins.
var pagePart = regexp.MustCompile(`(?:^|, )(reference|what|until|reason): `)

// readPageDelay reads what a page has told: "reference: 4411, until: …, reason: …".
// A time that cannot be read is a time that nobody knows.
func readPageDelay(said string) chat.Delay {
	said = chat.CleanLine(said, chat.MaxValue)
	out := chat.Delay{Source: chat.ByPage}
	found := pagePart.FindAllStringSubmatchIndex(said, -1)
	for i, at := range found {
		end := len(said)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		value := said[at[1]:end]
		switch said[at[2]:at[3]] {
		case "reference":
			out.Reference = value
		case "what":
			out.What = value
		case "until":
			out.Until = readTime(value)
		case "reason":
			out.Reason = value
		}
	}
	return out
}

// readTime reads a time as scripts write it: milliseconds, ISO 8601, or what a Date
// says of itself. Zero where it is none.
func readTime(s string) chat.Time {
	if ms, err := strconv.ParseInt(s, 10, 64); err == nil && ms > 0 {
		return chat.Time(ms)
	}
	s, _, _ = strings.Cut(s, " (")
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "Mon Jan 02 2006 15:04:05 GMT-0700"} {
		if at, err := time.Parse(layout, s); err == nil {
			return chat.At(at)
		}
	}
	return 0
}

// pageDelay keeps what a page says is late for its own customer. A page may say
// anything, so it is only shown to agents; what is not understood, was said before
// or is too much is left out.
func (d *Desk) pageDelay(tx chat.Tx, p *chat.Person, said string) error {
	report := readPageDelay(said)
	if report.Until < tx.Now().Add(chat.MinDue) {
		report.Until = 0
	}
	if err := report.Clean(tx.Now()); err != nil {
		return nil //nolint:nilerr // the page's own affair
	}
	known, err := tx.DelaysOf(p.ID)
	if err != nil {
		return err
	}
	waiting := 0
	for i := range known {
		if known[i].Source == chat.ByPage && known[i].State == chat.DelayWaits {
			waiting++
		}
	}
	if waiting >= chat.MaxPageDelays || slices.ContainsFunc(known, func(o chat.Delay) bool { return o.Same(&report) }) {
		return nil
	}
	report.ID, report.SiteID, report.PersonID = chat.NewID(), p.SiteID, p.ID
	report.State, report.At = chat.DelayWaits, tx.Now()
	if err := tx.InsertDelay(&report); err != nil {
		return err
	}
	return d.show(tx, &report)
}
