package desk

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"rapport/hub/chat"
	"rapport/hub/cycle"
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

// sayLate words a delay for its customer, with times in zone: in the owner's words
// where there are some in the customer's language, and each variable in them has a
// value; else in ours.
func sayLate(delay *chat.Delay, site *chat.Site, person *chat.Person, by chat.AgentCard, zone *time.Location) string {
	tag, _, _ := strings.Cut(strings.ToLower(person.Locale), "-")
	words, ok := lateIn[tag]
	if !ok {
		tag, words = "en", lateIn["en"]
	}
	when := words.at(delay.Until, zone)
	if i := slices.IndexFunc(site.Late, func(w chat.LateWords) bool { return w.Language == tag }); i >= 0 {
		vars := cycle.Values(*person, chat.Agent{Name: by.Name}, *site)
		maps.Copy(vars, cycle.DelayValues(*delay, when))
		body := site.Late[i].Known
		if delay.Until == 0 {
			body = site.Late[i].Open
		}
		text, lacking := cycle.Render(body, vars)
		text = strings.TrimSpace(spaces().ReplaceAllString(text, " "))
		if text != "" && len(lacking) == 0 && utf8.RuneCountInString(text) <= chat.MaxText {
			return text
		}
	}
	return words.say(delay, when)
}

// spaces are where a variable was left out between two words.
var spaces = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(` {2,}`) })

// at is a time as these words write it, "" for none.
func (w lateWords) at(t chat.Time, zone *time.Location) string {
	if t == 0 {
		return ""
	}
	when := t.Std().In(zone).Format(w.when)
	if w.rtl {
		when = "\u2066" + when + "\u2069" // its parts stay in their order
	}
	return when
}

// say words a delay; when is the new time, "" where nobody knows it.
func (w lateWords) say(delay *chat.Delay, when string) string {
	parts := []string{strings.Replace(w.about, "{what}", delay.Reference, 1)}
	if delay.What != "" {
		parts[0] = strings.Replace(w.sorry, "{what}", delay.What, 1)
	}
	if delay.Reason != "" {
		parts = append(parts, delay.Reason)
	}
	if when == "" {
		return strings.Join(append(parts, w.open), " ")
	}
	return strings.Join(append(parts, strings.Replace(w.until, "{when}", when, 1)), " ")
}

// zoneOf is the zone that a customer is told times in: that of what was promised,
// where one was named.
func (d *Desk) zoneOf(promises []*chat.Promise) *time.Location {
	for _, p := range promises {
		if zone, err := chat.LoadZone(p.Zone); err == nil && p.Zone != "" {
			return zone
		}
	}
	return d.zone
}
