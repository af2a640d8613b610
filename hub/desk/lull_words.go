package desk

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/hours"
)

// lullWords are what is said by itself while one side waits, in one language. Where
// the site has words of its own, those are said.
type lullWords struct {
	arrived, shut, opens, answered      string // first words outside hours
	nobody                              string // and when nobody is there
	place, first, estimate, stay, leave string // while somebody waits in the queue
	still, parting                      string // when they do not answer
	here, mailed                        string // what is promised
	about, spread                       string // an estimate
	minutes                             func(n int) string
	today, tomorrow, weekday, date      string // when we open
	days                                [7]string
	rtl                                 bool
}

var lullIn = map[string]*lullWords{
	"en": {
		arrived: "Thank you for writing. Your message has arrived.", shut: "We are closed just now.", opens: "We open again {when}, and a person will answer you then.",
		answered: "A person will answer you as soon as we are back.",
		nobody:   "Thank you for writing. Nobody is at the desk this minute, but your message has arrived and a person will answer it here.",
		place:    "Thank you for waiting. You are number {n} in the queue.", first: "Thank you for waiting. You are next.",
		estimate: "Going by the last weeks, it takes {estimate}.",
		leave:    "You need not stay: leave an e-mail address below, and we write to you.",
		stay:     "You need not stay: your message is safe here, and so will our answer be.",
		still:    "Are you still there? Take your time: we are here when you are.",
		parting:  "We have not heard from you, so we end this conversation for now. Thank you for talking with us. Whenever you write here again, it goes on.",
		here:     "answer you here", mailed: "answer you here, and write to {email}",
		about: "about {middle}", spread: "about {middle}, for most people between {from} and {to}",
		minutes: func(n int) string {
			if n == 1 {
				return "1 minute"
			}
			return strconv.Itoa(n) + " minutes"
		},
		today: "today at 15:04", tomorrow: "tomorrow at 15:04", weekday: "on {day} at 15:04", date: "on {day} 2 January at 15:04",
		days: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	},
	"ar": {
		arrived: "شكرًا لرسالتك. لقد وصلتنا.", shut: "نحن مغلقون الآن.", opens: "نفتح من جديد {when}، وعندها يجيبك شخص منّا.",
		answered: "سيجيبك شخص منّا حالما نعود.",
		nobody:   "شكرًا لرسالتك. لا أحد على المكتب في هذه اللحظة، لكنّ رسالتك وصلت وسيجيبك شخص منّا هنا.",
		place:    "شكرًا لانتظارك. رقمك في الدور {n}.", first: "شكرًا لانتظارك. دورك هو التالي.",
		estimate: "بحسب الأسابيع الأخيرة يستغرق الأمر {estimate}.",
		leave:    "لا داعي لأن تبقى: اترك عنوان بريدك أدناه فنكتب إليك.",
		stay:     "لا داعي لأن تبقى: رسالتك محفوظة هنا، وهنا ستجد جوابنا.",
		still:    "هل ما زلت هنا؟ خذ وقتك، فنحن هنا متى شئت.",
		parting:  "لم نسمع منك، لذلك ننهي هذه المحادثة الآن. شكرًا لحديثك معنا. متى كتبت هنا من جديد تابعناها.",
		here:     "نجيبك هنا", mailed: "نجيبك هنا ونكتب إلى {email}",
		about: "نحو {middle}", spread: "نحو {middle}، ولمعظم الناس بين {from} و{to}",
		minutes: func(n int) string {
			switch {
			case n == 1:
				return "دقيقة واحدة"
			case n == 2:
				return "دقيقتين"
			case n%100 >= 3 && n%100 <= 10:
				return strconv.Itoa(n) + " دقائق"
			}
			return strconv.Itoa(n) + " دقيقة"
		},
		today: "اليوم الساعة 15:04", tomorrow: "غدًا الساعة 15:04", weekday: "يوم {day} الساعة 15:04", date: "يوم {day} 2006/01/02 الساعة 15:04",
		days: [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		rtl:  true,
	},
}

// wordsIn are those of a customer's language, English where we have none.
func wordsIn(locale string) *lullWords {
	tag, _, _ := strings.Cut(strings.ToLower(locale), "-")
	if w, ok := lullIn[tag]; ok {
		return w
	}
	return lullIn["en"]
}

func (w *lullWords) closed(v *lull) string {
	then := w.answered
	if when := w.opening(v); when != "" {
		then = strings.Replace(w.opens, "{when}", when, 1)
	}
	return w.arrived + " " + w.shut + " " + then + w.offer(v)
}

func (w *lullWords) away(v *lull) string { return w.nobody + w.offer(v) }

func (w *lullWords) stage(v *lull) string {
	text := w.first
	if n := v.place(); n > 1 {
		text = strings.Replace(w.place, "{n}", strconv.Itoa(n), 1)
	}
	if e := w.estimated(v); e != "" {
		text += " " + strings.Replace(w.estimate, "{estimate}", e, 1)
	}
	if v.scene.Mail && v.person.Email == "" {
		return text + " " + w.leave
	}
	return text + " " + w.stay
}

func (w *lullWords) ask(*lull) string   { return w.still }
func (w *lullWords) close(*lull) string { return w.parting }

// offer asks for an address where we could write to it and have none.
func (w *lullWords) offer(v *lull) string {
	if !v.scene.Mail || v.person.Email != "" {
		return ""
	}
	return " " + w.leave
}

// opening says when the site opens next, in the customer's zone; "" where it is
// open, or where nobody knows.
func (w *lullWords) opening(v *lull) string {
	now := v.now.Std()
	at, ok := v.hours.NextOpening(now)
	if !ok || v.hours.OpenAt(now) {
		return ""
	}
	zone, named := hours.Zone(v.person.Zone), v.person.Zone != ""
	if !named {
		zone = v.hours.Zone()
	}
	return w.when(at.In(zone), now.In(zone), named)
}

// when words an instant of the coming days as somebody says it who looks at now.
// Where the zone is not the reader's own, it is named.
func (w *lullWords) when(at, now time.Time, own bool) string {
	form := w.date
	switch days := daysBetween(now, at); {
	case days == 0:
		form = w.today
	case days == 1:
		form = w.tomorrow
	case days < 7:
		form = w.weekday
	}
	text := strings.Replace(at.Format(form), "{day}", w.days[at.Weekday()], 1)
	if !own {
		text += " " + at.Format("MST")
	}
	if w.rtl {
		text = "\u2067" + text + "\u2069" // its parts stay in their order
	}
	return text
}

func daysBetween(from, to time.Time) int {
	y, m, d := from.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	y, m, d = to.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(midnight).Hours() / 24)
}

// estimated says how long it takes, going by recent waits; "" where too few are
// known, and outside hours.
func (w *lullWords) estimated(v *lull) string {
	if v.sample {
		return w.estimateOf(sampleWait)
	}
	waits, err := v.tx.Waits(v.c.SiteID, v.DayBefore(v.site, v.now, estimateDays))
	if err != nil {
		v.failed = err
		return ""
	}
	e, ok := estimate(waits, v.hours, v.l.Since.Std(), v.now.Std())
	if !ok {
		return ""
	}
	return w.estimateOf(e)
}

func (w *lullWords) estimateOf(e Estimate) string {
	form := w.spread
	if e.From == e.To {
		form = w.about
	}
	return strings.NewReplacer("{middle}", w.minutes(e.Middle), "{from}", strconv.Itoa(e.From), "{to}", w.minutes(e.To)).Replace(form)
}

// place is the conversation's in the queue, from 1.
func (v *lull) place() int {
	if v.sample {
		return samplePlace
	}
	n, err := v.tx.Ahead(v.c)
	if err != nil {
		v.failed = err
		return 0
	}
	return n + 1
}

// values are the variables of a site's own words that have a value now.
func (v *lull) values(in *lullWords) map[string]string {
	vars := cycle.Values(*v.person, chat.Agent{}, *v.site)
	if s := in.opening(v); s != "" {
		vars[cycle.HoursOpens] = s
	}
	if v.c.State == chat.Waiting {
		vars[cycle.QueuePlace] = fmt.Sprint(v.place())
		if s := in.estimated(v); s != "" {
			vars[cycle.QueueEstimate] = s
		}
	}
	return vars
}
