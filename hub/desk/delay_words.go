package desk

import (
	"strings"
	"time"

	"rapport/hub/chat"
)

// lateWords are what a customer is told about a delay, in the widget's languages.
type lateWords struct {
	sorry string // what is late, in words
	about string // the same where only its reference is known
	until string // the new time
	open  string // nobody knows the new time
	when  string // how a time is written
	rtl   bool
}

var lateIn = map[string]lateWords{
	"en": {
		sorry: "We are sorry: {what} is late.",
		about: "We are sorry: there is a delay with {what}.",
		until: "The new time is {when}.",
		open:  "We do not know the new time yet. We write to you here as soon as we do.",
		when:  "Monday 2 January, 15:04 MST",
	},
	"ar": {
		sorry: "نعتذر: تأخّر {what}.",
		about: "نعتذر: هناك تأخير في {what}.",
		until: "الموعد الجديد {when}.",
		open:  "لا نعرف الموعد الجديد بعد. سنكتب إليك هنا حالما نعرفه.",
		when:  "2006/01/02 15:04 MST",
		rtl:   true,
	},
}

// sayLate words a delay for its customer, with times in zone.
func sayLate(delay *chat.Delay, locale string, zone *time.Location) string {
	tag, _, _ := strings.Cut(strings.ToLower(locale), "-")
	words, ok := lateIn[tag]
	if !ok {
		words = lateIn["en"]
	}
	parts := []string{strings.Replace(words.about, "{what}", delay.Reference, 1)}
	if delay.What != "" {
		parts[0] = strings.Replace(words.sorry, "{what}", delay.What, 1)
	}
	if delay.Reason != "" {
		parts = append(parts, delay.Reason)
	}
	if delay.Until == 0 {
		return strings.Join(append(parts, words.open), " ")
	}
	when := delay.Until.Std().In(zone).Format(words.when)
	if words.rtl {
		when = "\u2066" + when + "\u2069" // its parts stay in their order
	}
	return strings.Join(append(parts, strings.Replace(words.until, "{when}", when, 1)), " ")
}

// zoneOf is the zone that a customer is told times in: that of what was promised,
// where one was named.
func (d *Desk) zoneOf(promises []*chat.Promise) *time.Location {
	for _, p := range promises {
		if zone, err := time.LoadLocation(p.Zone); err == nil && p.Zone != "" {
			return zone
		}
	}
	return d.zone
}
