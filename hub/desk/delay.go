package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

// DelayReport is what a site's own server says is late, and for whom.
type DelayReport struct {
	SiteID   string
	Once     string // the report's idempotency key
	Customer string // the `sub` of the customer's signed identity, "" where the reference has to tell
	Delay    chat.Delay
}

// DelayOutcome says what a report came to for whoever it was about.
type DelayOutcome string

const (
	DelayWasTold DelayOutcome = "told"    // customers were told, and their promises moved or marked
	DelayIsShown DelayOutcome = "waiting" // an agent sees it and decides
	DelayUnknown DelayOutcome = "unknown" // nobody here has anything to do with it
)

// Affected is a promise that a report is about.
type Affected struct {
	ID             string `json:"id"`
	ConversationID string `json:"conversation_id"`
	Effect         string `json:"effect"` // moved, marked, or waiting for an agent
}

// DelayAnswer says what a report came to.
type DelayAnswer struct {
	Outcome       DelayOutcome `json:"outcome"`
	Promises      []Affected   `json:"promises"`
	Conversations []string     `json:"conversations"`
	// Unknown has the report's reference where not everybody whom it concerns was
	// found: nobody at all, or there were more open promises than are looked through.
	Unknown []string `json:"unknown"`
}

// concerned is a customer whom a report may be about, with our open promises to
// them that it delays.
type concerned struct {
	person   chat.Person
	sure     bool // the site has said that it is this customer's
	promises []chat.Promise
}

// ReportDelay takes a site's word that something is late. The customer is told at
// once, and the promise moved, only where two things agree: the site says whose it
// is (it names the customer, or has signed the reference as one of their
// attributes), and the promise's own words name the reference. Whatever is less
// certain is shown to the agents and waits for one of them; without a conversation
// it waits for the customer's next. The same report again changes nothing. heard
// are the promises whose owners are to be told now: none when it is answered again.
//
// Failures: Invalid, Conflict (MaxWaitingDelays wait for whomever it is about; where
// there are others too, it goes on with them).
func (d *Desk) ReportDelay(ctx context.Context, r DelayReport) (out *DelayAnswer, heard []chat.Promise, err error) {
	if !chat.ValidClientID(r.Once) {
		return nil, nil, chat.FailField("idempotency-key", "Send an Idempotency-Key of 8 to 64 letters, digits, - and _.")
	}
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		out, heard = &DelayAnswer{Outcome: DelayUnknown, Promises: []Affected{}, Conversations: []string{}, Unknown: []string{}}, nil
		known, fresh, err := tx.BeginReport(r.SiteID, r.Once)
		if err != nil {
			return err
		}
		if !fresh {
			return json.Unmarshal([]byte(known), out)
		}
		report := r.Delay
		report.SiteID, report.Source = r.SiteID, chat.BySite
		if err := report.Clean(tx.Now()); err != nil {
			return err
		}
		people, all, err := d.concerned(tx, r.Customer, &report)
		if err != nil {
			return err
		}
		if heard, err = d.reportedAll(tx, people, report, out); err != nil {
			return err
		}
		if !all || len(people) == 0 {
			out.Unknown = append(out.Unknown, report.Reference)
		}
		answer, err := json.Marshal(out)
		if err != nil {
			return err
		}
		return tx.EndReport(r.SiteID, r.Once, string(answer))
	})
	if err != nil {
		return nil, nil, err
	}
	return out, heard, nil
}

// concerned finds whom a report is about: the customer it names, who has a profile
// from now on, or those with a promise that its reference may be about. all is false
// where there may be more of these.
func (d *Desk) concerned(tx chat.Tx, sub string, report *chat.Delay) (out []concerned, all bool, err error) {
	if sub != "" {
		one, err := namedCustomer(tx, report.SiteID, sub)
		if err != nil {
			return nil, false, err
		}
		list, err := tx.PromisesTo(one.ID)
		if err != nil {
			return nil, false, err
		}
		c := concerned{person: *one, sure: true}
		for _, p := range list {
			if report.Delays(&p.Promise) {
				c.promises = append(c.promises, p.Promise)
			}
		}
		return []concerned{c}, true, nil
	}
	list, all, err := tx.PromisesAbout(report)
	if err != nil {
		return nil, false, err
	}
	if !all {
		d.log.Warn("a delay was looked up among a part of the open promises", "site", report.SiteID)
	}
	for _, p := range list {
		i := slices.IndexFunc(out, func(c concerned) bool { return c.person.ID == p.Person.ID })
		if i < 0 {
			out, i = append(out, concerned{person: p.Person, sure: report.SignedFor(p.Person.Attributes)}), len(out)
		}
		out[i].promises = append(out[i].promises, p.Promise)
	}
	return out, all, nil
}

// namedCustomer is the profile of a customer whom the site names, a new one for
// somebody who has not been here.
func namedCustomer(tx chat.Tx, siteID, sub string) (*chat.Person, error) {
	if clean := chat.CleanLine(sub, chat.MaxValue); clean != sub {
		return nil, chat.FailField("customer", "This is not the sub of a signed identity.")
	}
	known, err := tx.Identity(siteID, sub)
	if err == nil {
		return profile(tx, known.PersonID)
	}
	if !chat.Is(err, chat.NotFound) {
		return nil, err
	}
	p := chat.Person{ID: chat.NewID(), SiteID: siteID, Verified: true, CreatedAt: tx.Now()}
	if err := tx.InsertPerson(&p); err != nil {
		return nil, err
	}
	return &p, tx.InsertIdentity(&chat.Identity{SiteID: siteID, Sub: sub, PersonID: p.ID, CreatedAt: tx.Now()})
}

// reportedAll is reported for each of people. Whose list is full is passed over,
// unless nothing has come of it for anybody else.
func (d *Desk) reportedAll(tx chat.Tx, people []concerned, report chat.Delay, out *DelayAnswer) (heard []chat.Promise, err error) {
	var full error
	for i := range people {
		told, err := d.reported(tx, &people[i], report, out)
		if errors.Is(err, errFull) {
			full = err
			continue
		}
		if err != nil {
			return nil, err
		}
		heard = append(heard, told...)
	}
	if out.Outcome == DelayUnknown {
		return nil, full
	}
	return heard, nil
}

// reported lays a report on one customer and adds to out what came of it. It
// returns the promises whose owners are to hear of it, and errFull, with nothing
// written, where too many reports wait already.
func (d *Desk) reported(tx chat.Tx, who *concerned, report chat.Delay, out *DelayAnswer) ([]chat.Promise, error) {
	report.ID, report.PersonID, report.State, report.At = chat.NewID(), who.person.ID, chat.DelayWaits, tx.Now()
	known, err := tx.DelaysOf(who.person.ID)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(known, func(o chat.Delay) bool { return o.Same(&report) }); i >= 0 {
		if out.Outcome == DelayUnknown || known[i].State == chat.DelayTold {
			out.Outcome = outcomeOf(known[i].State)
		}
		return nil, nil // it was said before
	}
	byWords := func(p chat.Promise) bool { return who.sure && report.Names(p.Text) }
	if slices.ContainsFunc(who.promises, byWords) {
		certain := slices.DeleteFunc(slices.Clone(who.promises), func(p chat.Promise) bool { return !byWords(p) })
		return d.tellReported(tx, &report, certain, out)
	}
	if err := roomToWait(known); err != nil {
		return nil, err
	}
	if err := tx.InsertDelay(&report); err != nil {
		return nil, err
	}
	if out.Outcome != DelayWasTold {
		out.Outcome = DelayIsShown
	}
	for _, p := range who.promises {
		out.add(&p, "waiting")
	}
	return who.promises, d.show(tx, &report)
}

func outcomeOf(s chat.DelayState) DelayOutcome {
	if s == chat.DelayTold {
		return DelayWasTold
	}
	return DelayIsShown
}

func (a *DelayAnswer) add(p *chat.Promise, effect string) {
	a.Promises = append(a.Promises, Affected{p.ID, p.ConversationID, effect})
	if !slices.Contains(a.Conversations, p.ConversationID) {
		a.Conversations = append(a.Conversations, p.ConversationID)
	}
}

var errFull = chat.Fail(chat.Conflict, "%d reports about this customer wait for an agent already.", chat.MaxWaitingDelays)

// roomToWait refuses one more report by the site. A page's have a bound of their own.
func roomToWait(known []chat.Delay) error {
	waiting := 0
	for i := range known {
		if known[i].State == chat.DelayWaits && known[i].Source == chat.BySite {
			waiting++
		}
	}
	if waiting >= chat.MaxWaitingDelays {
		return errFull
	}
	return nil
}

// show tells the team of a report in the conversation that its customer is in, if
// there is one.
func (d *Desk) show(tx chat.Tx, report *chat.Delay) error {
	c, err := tx.LiveConversation(report.SiteID, report.PersonID, chat.ChannelChat)
	if err != nil {
		return unlessAbsent(err)
	}
	if err := tellOfDelay(tx, c, chat.DelayReported, chat.System, report); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// tellReported tells a customer of a delay in every conversation where a promise of
// ours is certain to be late.
func (d *Desk) tellReported(tx chat.Tx, report *chat.Delay, certain []chat.Promise, out *DelayAnswer) ([]chat.Promise, error) {
	report.State, report.EndedAt = chat.DelayTold, tx.Now()
	if err := tx.InsertDelay(report); err != nil {
		return nil, err
	}
	// One order of the locks for everybody.
	sorted.Stably(certain, func(a, b chat.Promise) int { return cmp.Compare(a.ConversationID, b.ConversationID) })
	var heard []chat.Promise
	for len(certain) > 0 {
		id := certain[0].ConversationID
		n := 1
		for n < len(certain) && certain[n].ConversationID == id {
			n++
		}
		told, err := d.tellReportedIn(tx, id, report, certain[:n])
		if err != nil {
			return nil, err
		}
		heard, certain = append(heard, told...), certain[n:]
	}
	for i := range heard {
		out.Outcome = DelayWasTold
		out.add(&heard[i], effects[heard[i].Delay])
	}
	return heard, nil
}

var effects = map[chat.DelayMark]string{chat.DelayMoved: "moved", chat.DelayOpen: "marked"}

// tellReportedIn is tellReported in one conversation. The promises are read again,
// since it is locked only now.
func (d *Desk) tellReportedIn(tx chat.Tx, id string, report *chat.Delay, promises []chat.Promise) ([]chat.Promise, error) {
	c, err := tx.Conversation(id)
	if err != nil {
		return nil, err
	}
	var late []*chat.Promise
	for i := range promises {
		p, err := tx.Promise(promises[i].ID)
		if err != nil {
			return nil, err
		}
		if report.Delays(p) {
			late = append(late, p)
		}
	}
	if len(late) == 0 {
		return nil, nil
	}
	if err := tellOfDelay(tx, c, chat.DelayReported, chat.System, report); err != nil {
		return nil, err
	}
	if err := d.tellDelay(tx, c, chat.System, report, late); err != nil {
		return nil, err
	}
	var heard []chat.Promise
	for _, p := range late {
		heard = append(heard, *p)
	}
	return heard, tx.SaveConversation(c)
}
