package chat

import "time"

// Whose commitment it is.
type Whose string

const (
	Ours   Whose = "ours"
	Theirs Whose = "theirs" // the customer's own part
)

// PromiseState says where a promise stands. An open one may be overdue.
type PromiseState string

const (
	PromiseIsOpen  PromiseState = "open"
	PromiseKept    PromiseState = "kept"
	PromiseBroken  PromiseState = "broken"  // given up after it was due
	PromiseDropped PromiseState = "dropped" // given up before
)

// PromiseKind says what a promise is for.
type PromiseKind string

const (
	PlainPromise    PromiseKind = ""
	FollowUpPromise PromiseKind = "follow_up" // to ask again after a complaint: it outlives closing
	// AppointmentPromise is to meet: it is due when that begins, and kept when it has
	// taken place.
	AppointmentPromise PromiseKind = "appointment"
)

// MaxPlace bounds where an appointment is, in code points: a place or a link.
const MaxPlace = 300

// DelayMark says what the site's report of a delay did to a promise. An agent who
// moves it afterwards takes the mark off.
type DelayMark string

const (
	NotDelayed DelayMark = ""
	DelayMoved DelayMark = "moved" // to the reported time, and the customer was told
	DelayOpen  DelayMark = "open"  // the customer was told; nobody knows the new time, so an agent is asked for the next word
)

// MaxOpenPromises bounds how many open promises one conversation has by hand;
// an accepted card may still add its own.
const MaxOpenPromises = 20

// Promise is a commitment with text, owner and due time: ours, or the
// customer's part.
type Promise struct {
	ID             string
	SiteID         string
	ConversationID string
	MatterID       string
	CardID         string // the accepted card that made it, or ""
	MessageID      string // the message it was found in, or ""
	ClientID       string // made by the client; unique per conversation and maker
	MadeBy         string // agent id
	Kind           PromiseKind
	Whose          Whose
	Owner          AgentCard // who answers for it on our side, zero for anyone; the store keeps the id and reads the rest
	Text           string
	DueAt          Time
	Zone           string // IANA zone that the due time was meant in, or ""
	Words          string // the words it was said with, or ""
	NextAt         Time   // by when they hear next, or zero
	State          PromiseState
	Moved          bool   // it was moved, and the customer was told
	Why            string // why it was moved, dropped or broken, in words for the customer
	Delay          DelayMark
	Place          string    // where an appointment is, or ""
	Minutes        int64     // how long an appointment is to last, 0 for any other
	Sequence       int64     // how often an appointment was moved or called off, as calendars count
	HandedAt       Time      // when it was last handed to another agent, or zero
	AbsenceID      string    // the absence that it was handed on for last, or ""
	Away           AgentCard // whose absence that was; the store reads it
	MadeAt         Time
	EndedAt        Time

	Told     Reminder // the last reminder that went out
	RemindAt Time     // when the next one does; zero for none
}

// Clean makes a promise fit to store at now, and reports the first field that is
// out of its bounds. Its zone is for whoever can read the machine's list of them.
func (p *Promise) Clean(now Time) (err error) {
	if p.Whose != Ours && p.Whose != Theirs {
		return FailField("whose", "A promise is ours or theirs.")
	}
	if p.Text, err = CleanText("text", p.Text, MaxPart); err != nil {
		return err
	}
	if err := p.cleanKind(); err != nil {
		return err
	}
	if err := p.Move(p.DueAt, p.NextAt, now); err != nil {
		return err
	}
	p.Words = CleanLine(p.Words, MaxTitle)
	if p.MessageID != "" && !ValidID(p.MessageID) {
		return FailField("message_id", "This is not an id.")
	}
	return nil
}

// cleanKind checks what only an appointment has.
func (p *Promise) cleanKind() error {
	switch p.Kind {
	case PlainPromise:
		p.Place, p.Minutes = "", 0
		return nil
	case AppointmentPromise:
	default:
		return FailField("kind", "A promise that is made by hand is plain or an appointment.")
	}
	if p.Whose != Ours || p.NextAt != 0 {
		return FailField("whose", "An appointment is ours, and its time is the next they hear.")
	}
	if p.Minutes < 1 || p.Minutes > MaxMinutes {
		return FailField("minutes", "An appointment lasts between a minute and a day.")
	}
	p.Place = CleanLine(p.Place, MaxPlace)
	return nil
}

// Move sets by when it is due and by when they hear next, zero for no such word.
func (p *Promise) Move(due, next, now Time) error {
	if err := checkDue("due_at", due, now); err != nil {
		return err
	}
	if next != 0 && (next < now.Add(MinDue) || next > due) {
		return FailField("next_at", "The next word comes at least a minute from now and not after the promise is due.")
	}
	p.DueAt, p.NextAt = due, next
	p.Schedule(now)
	return nil
}

// End settles an open promise. One that is given up after its time is broken.
func (p *Promise) End(to PromiseState, why string, now Time) {
	if to == PromiseDropped && now > p.Over() {
		to = PromiseBroken
	}
	if to != PromiseKept {
		p.Changed()
	}
	p.State, p.Why, p.EndedAt, p.RemindAt = to, why, now, 0
}

// Hand gives it to another agent, zero for anyone, who is reminded anew.
func (p *Promise) Hand(to AgentCard, now Time) {
	p.Owner, p.HandedAt = to, now
	p.Schedule(now)
}

// Over is when its time has passed: that of an appointment when it ends.
func (p *Promise) Over() Time { return p.DueAt.Add(time.Duration(p.Minutes) * time.Minute) }

// Changed counts a change of an appointment, so that calendars take the latest.
func (p *Promise) Changed() {
	if p.Kind == AppointmentPromise {
		p.Sequence++
	}
}

// Late reports whether it is open and overdue.
func (p *Promise) Late(now Time) bool { return p.State == PromiseIsOpen && now > p.Over() }

// Reminder is how far the team has been reminded of a promise.
type Reminder int64

const (
	NotTold       Reminder = iota
	ToldSoon               // it is due soon, or the next word is
	ToldLate               // it is due now
	ToldEscalated          // it has been late for a while
)

// When reminders go out: as long before the due time as this, or as a quarter
// of the time there is; and again when it has been late so long.
const (
	RemindBefore  = 30 * time.Minute
	EscalateAfter = 15 * time.Minute
)

// Schedule begins the reminders anew, for a promise that is made, moved or has a
// new owner now. The first goes out before it is due, or when the next word is.
func (p *Promise) Schedule(now Time) {
	p.Told = NotTold
	p.RemindAt = p.DueAt.Add(-min(RemindBefore, max(0, p.DueAt.Sub(now)/4)))
	if p.NextAt != 0 {
		p.RemindAt = min(p.RemindAt, p.NextAt)
	}
}

// Remind is the reminder to give at now, and lays over p that it was given. What
// was missed while nobody could be told is not told after what came later.
func (p *Promise) Remind(now Time) Reminder {
	late, escalated := p.Over(), p.Over().Add(EscalateAfter)
	switch {
	case now >= escalated:
		p.Told, p.RemindAt = ToldEscalated, 0
	case now >= late:
		p.Told, p.RemindAt = ToldLate, escalated
	default:
		p.Told, p.RemindAt = ToldSoon, late
	}
	return p.Told
}
