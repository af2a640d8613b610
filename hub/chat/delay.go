package chat

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DelaySource says who reports a delay.
type DelaySource string

const (
	BySite DelaySource = "site" // its own server, with an API key
	ByPage DelaySource = "page" // the customer's page: it may be anybody's words
)

// DelayState says what became of a report.
type DelayState string

const (
	DelayWaits   DelayState = "waiting" // for an agent, who tells the customer or sets it aside
	DelayTold    DelayState = "told"
	DelayDropped DelayState = "dropped"
)

// Bounds of reports.
const (
	MaxReference = 64 // code points
	// MaxWaitingDelays bounds how many reports about one customer wait for an agent;
	// of a page's, which cost nothing to make, MaxPageDelays do.
	MaxWaitingDelays = 20
	MaxPageDelays    = 5
)

// Delay is a report that something is late for a customer: an order, a delivery,
// an appointment, known by the site's own reference.
type Delay struct {
	ID        string
	SiteID    string
	PersonID  string
	Source    DelaySource
	Reference string // the site's own, such as an order's number
	What      string // what is late, in the customer's words; "" where only the reference is known
	Reason    string // in words for the customer, or ""
	Until     Time   // the new time, zero where nobody knows it yet
	State     DelayState
	At        Time
	EndedBy   string // the agent who told it or set it aside, "" for nobody
	EndedAt   Time
}

// Clean makes a report fit to store at now, and reports the first field that is
// out of its bounds.
func (d *Delay) Clean(now Time) (err error) {
	if d.Reference = CleanLine(d.Reference, MaxReference+1); d.Reference == "" || utf8.RuneCountInString(d.Reference) > MaxReference {
		return FailField("reference", "Name what is late by its reference: 1 to %d characters.", MaxReference)
	}
	if !strings.ContainsFunc(d.Reference, wordly) {
		return FailField("reference", "A reference has letters or digits.")
	}
	d.What = CleanLine(d.What, MaxTitle)
	if d.Reason, err = CleanMaybe("reason", d.Reason, MaxPart); err != nil {
		return err
	}
	if d.Until == 0 {
		return nil
	}
	return checkDue("until", d.Until, now)
}

// Same reports whether two reports say the same.
func (d *Delay) Same(o *Delay) bool {
	return d.Source == o.Source && d.Reference == o.Reference && d.What == o.What && d.Reason == o.Reason && d.Until == o.Until
}

// Delays reports whether a promise cannot be kept as it stands: it is open, ours,
// and due before the new time. A complaint's follow-up waits for nothing that is
// delivered.
func (d *Delay) Delays(p *Promise) bool {
	return p.State == PromiseIsOpen && p.Whose == Ours && p.Kind == PlainPromise && (d.Until == 0 || d.Until > p.DueAt)
}

// Names reports whether a text names the reference as a whole: "4411" stands in
// "order 4411." and neither in "44110" nor in "4411-2".
func (d *Delay) Names(text string) bool {
	text, wanted := strings.ToLower(text), strings.ToLower(d.Reference)
	for from := 0; ; {
		i := strings.Index(text[from:], wanted)
		if i < 0 {
			return false
		}
		start := from + i
		end := start + len(wanted)
		if !wordly(before(text[:start])) && !wordly(after(text[end:])) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		from = start + size
	}
}

// SignedFor reports whether the site has signed the reference as one of a
// customer's attributes.
func (d *Delay) SignedFor(known []Attribute) bool {
	return slices.ContainsFunc(known, func(a Attribute) bool { return a.Verified && a.Value == d.Reference })
}

// Concerns reports whether a promise may be about the reference: it names it, or the
// site has signed it for the customer, of whom known are the attributes.
func (d *Delay) Concerns(p *Promise, known []Attribute) bool {
	return d.Names(p.Text) || d.SignedFor(known)
}

// marks are what references are made with, beside letters and digits.
const marks = "-_/."

// before is the character that a reference would go on from: the last one, or the
// one behind a mark; 0 for none.
func before(text string) rune {
	r, size := utf8.DecodeLastRuneInString(text)
	if size > 0 && strings.ContainsRune(marks, r) {
		r, _ = utf8.DecodeLastRuneInString(text[:len(text)-size])
	}
	return r
}

// after is the character that a reference would go on with.
func after(text string) rune {
	r, size := utf8.DecodeRuneInString(text)
	if size > 0 && strings.ContainsRune(marks, r) {
		r, _ = utf8.DecodeRuneInString(text[size:])
	}
	return r
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// PromiseTo is a promise with the customer it was made to.
type PromiseTo struct {
	Promise
	Person Person
}

// DelayTx reads and writes reports of delays.
type DelayTx interface {
	Delay(id string) (*Delay, error)
	// DelaysOf returns the latest reports about a person on any profile that was
	// merged into theirs, latest first.
	DelaysOf(personID string) ([]Delay, error)
	InsertDelay(d *Delay) error
	// SaveDelay stores how a report ended.
	SaveDelay(d *Delay) error
	// PromisesTo returns our open promises to a person.
	PromisesTo(personID string) ([]PromiseTo, error)
	// PromisesAbout returns the open promises of a report's site that it delays and
	// concerns, soonest due first and bounded. all is false where there were more
	// open promises than it looks at.
	PromisesAbout(report *Delay) (list []PromiseTo, all bool, err error)
	// BeginReport notes that a site's report with this key is being taken. fresh is
	// false where it was taken before; then answer is what was answered.
	BeginReport(siteID, once string) (answer string, fresh bool, err error)
	EndReport(siteID, once, answer string) error
}
