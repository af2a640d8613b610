package desk

import (
	"context"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/hours"
)

// Scene is what only the server knows of a moment.
type Scene struct {
	Here bool // somebody who answers is there, or was until a moment ago
	Mail bool // customers can be written to
}

// Reminder says that the agent who has a conversation lets its customer wait.
type Reminder struct {
	SiteID         string
	ConversationID string
	PersonName     string
	AgentID        string
	Since          chat.Time // when the customer began to wait
	Returned       bool      // it went back into the queue
}

// Times of what is done in a lull.
const (
	awayGrace   = 30 * time.Second // nobody is there for good only after this
	keptOpen    = time.Hour        // between two looks at a conversation that a promise keeps open
	answerClock = 15 * time.Minute // what is promised is due on a quarter of the hour
)

// lull is one look at a conversation in which one side waits for the other.
type lull struct {
	*Desk
	tx     chat.Tx
	c      *chat.Conversation
	l      *chat.Lull
	site   *chat.Site
	rules  *chat.WaitRules
	hours  *hours.Calendar
	person *chat.Person
	now    chat.Time
	scene  Scene
	due    chat.Time // when to look again, zero for never
	remind *Reminder
	failed error // what kept words from being found
	sample bool  // a preview: there is no tx, and numbers are made up
}

// Attend does what the site's rules ask for in a conversation whose one side waits
// for the other: first words, a place in the queue, a question, a reminder. What
// is said is automatic and no response. It notes what was done, so that doing it
// again changes nothing, and when to look again. It returns whom to remind, nil
// for nobody.
func (d *Desk) Attend(ctx context.Context, id string, scene Scene) (out *Reminder, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		v, err := d.look(tx, id, scene)
		if err != nil {
			return err
		}
		before := *v.l
		if err := v.attend(); err != nil {
			return err
		}
		v.l.DueAt = v.due
		out = v.remind
		if *v.l == before {
			return nil
		}
		return tx.SaveLull(v.l)
	})
	return out, err
}

func (d *Desk) look(tx chat.Tx, id string, scene Scene) (*lull, error) {
	c, err := tx.Conversation(id)
	if err != nil {
		return nil, err
	}
	l, err := tx.Lull(c)
	if err != nil {
		return nil, err
	}
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return nil, err
	}
	person, err := profile(tx, c.PersonID)
	if err != nil {
		return nil, err
	}
	return &lull{
		Desk: d, tx: tx, c: c, l: l, site: site, rules: &site.Waiting, hours: hours.Of(site.Hours),
		person: person, now: tx.Now(), scene: scene,
	}, nil
}

func (v *lull) attend() error {
	switch {
	case v.c.State == chat.Closed || v.c.State == chat.Snoozed:
		return nil
	case v.c.Channel != chat.ChannelChat:
		return nil // no customer is there to wait, or to be asked
	case v.c.WaitingSince > 0:
		if v.l.Since != v.c.WaitingSince {
			v.l.Begin(v.c.WaitingSince)
		}
		return v.forUs()
	}
	return v.forThem()
}

// forUs is where the customer waits: for somebody to come, or for who has it.
func (v *lull) forUs() error {
	if err := v.firstWords(); err != nil {
		return err
	}
	if v.c.State == chat.Open {
		return v.remindAgent()
	}
	return v.stage()
}

// firstWords tell who writes while we are closed when we open, once for each
// opening, and who writes while nobody is there that it arrived, once for each
// waiting.
func (v *lull) firstWords() error {
	if v.rules.Silent {
		return nil
	}
	if !v.hours.OpenAt(v.now.Std()) {
		opens, ok := v.hours.NextOpening(v.now.Std())
		if ok {
			v.again(chat.At(opens).Add(awayGrace))
		}
		if v.l.SaidAt > 0 && (v.now < v.l.OpensAt || !ok) || v.c.State == chat.Open && v.scene.Here {
			return nil
		}
		v.l.OpensAt = 0
		if ok {
			v.l.OpensAt = chat.At(opens)
		}
		return v.greet(v.rules.ClosedText, (*lullWords).closed)
	}
	if closes, ok := v.hours.NextClosing(v.now.Std()); ok {
		v.again(chat.At(closes))
	}
	switch grace := v.l.Since.Add(awayGrace); {
	case v.l.SaidAt >= v.l.Since || v.scene.Here:
		return nil
	case v.now < grace:
		v.again(grace)
		return nil
	}
	return v.greet(v.rules.AwayText, (*lullWords).away)
}

// greet says first words, with the promise of an answer.
func (v *lull) greet(own string, ours func(*lullWords, *lull) string) error {
	if err := v.say("first", own, ours); err != nil {
		return err
	}
	v.l.SaidAt = v.now
	return v.promiseAnswer()
}

// stage tells who waits in the queue, while somebody is there and we are open,
// where they stand. Of stages that were missed only the last is told.
func (v *lull) stage() error {
	if v.l.SaidAt >= v.l.Since || !v.hours.OpenAt(v.now.Std()) {
		return nil
	}
	reached := v.l.Stages
	for i, s := range v.rules.Stages {
		if at := v.l.Since.Add(time.Duration(s.After) * time.Minute); at > v.now {
			v.again(at)
			break
		}
		reached = max(reached, int64(i)+1)
	}
	if reached == v.l.Stages {
		return nil
	}
	v.l.Stages = reached
	if !v.scene.Here {
		return nil
	}
	return v.say("stage", v.rules.Stages[reached-1].Text, (*lullWords).stage)
}

// remindAgent reminds the agent who has the conversation that its customer waits,
// and gives it back into the queue when that did not help. Minutes count while we
// are open.
func (v *lull) remindAgent() error {
	if v.rules.RemindAfter == 0 {
		return nil
	}
	told := &Reminder{SiteID: v.c.SiteID, ConversationID: v.c.ID, PersonName: v.person.Name, AgentID: v.c.AssigneeID, Since: v.c.WaitingSince}
	// Who has only just got it is not reminded of how long others let it wait.
	since := max(v.l.Since, v.l.HeldAt)
	if v.l.Reminded == 0 {
		if !v.reached(since, v.rules.RemindAfter) {
			return nil
		}
		v.l.Reminded, v.remind = v.now, told
	}
	if v.rules.ReturnAfter == 0 || !v.reached(since, v.rules.RemindAfter+v.rules.ReturnAfter) {
		return nil
	}
	told.Returned = true
	v.remind = told
	if err := v.Desk.letGo(v.tx, v.c, chat.System, chat.AgentCard{}); err != nil {
		return err
	}
	return v.tx.SaveConversation(v.c)
}

// reached reports whether the site has been open for so many minutes since a time;
// where not, it is looked at again then.
func (v *lull) reached(since chat.Time, minutes int64) bool {
	at, ok := v.hours.Add(since.Std(), time.Duration(minutes)*time.Minute)
	if !ok {
		return false
	}
	if due := chat.At(at); due > v.now {
		v.again(due)
		return false
	}
	return true
}

// forThem is where an agent has said the last word: the customer is asked if they
// are there, and thanked and let go when they are not. An open promise of ours
// keeps the conversation open, and so does a complaint.
func (v *lull) forThem() error {
	asked := v.l.AskedAt > 0 && v.l.AskedAt == v.c.LastAt
	if v.c.State != chat.Open || v.rules.AskAfter == 0 || !asked && v.c.LastBy != chat.ByAgent {
		return nil
	}
	if kept, err := v.keptOpen(); kept || err != nil {
		return err
	}
	if !asked {
		if due := v.c.LastAt.Add(time.Duration(v.rules.AskAfter) * time.Minute); due > v.now {
			v.again(due)
			return nil
		}
		if err := v.say("ask", v.rules.AskText, (*lullWords).ask); err != nil {
			return err
		}
		v.l.AskedAt = v.now
	}
	if v.rules.CloseAfter == 0 {
		return nil
	}
	if due := v.l.AskedAt.Add(time.Duration(v.rules.CloseAfter) * time.Minute); due > v.now {
		v.again(due)
		return nil
	}
	return v.letGo()
}

func (v *lull) keptOpen() (bool, error) {
	open, err := v.tx.OpenPromises(v.c.ID)
	if err != nil {
		return false, err
	}
	kept := v.c.Complaint == chat.TrackedComplaint
	for i := range open {
		kept = kept || open[i].Whose == chat.Ours
	}
	if kept {
		v.again(v.now.Add(keptOpen))
	}
	return kept, nil
}

// letGo closes a conversation whose customer does not answer.
func (v *lull) letGo() error {
	if err := v.say("close", v.rules.CloseText, (*lullWords).close); err != nil {
		return err
	}
	if err := v.record(v.tx, v.c, chat.FactNoAnswer, v.c.AssigneeID, int64(v.now-v.l.AskedAt)); err != nil {
		return err
	}
	return v.end(v.tx, v.c, chat.System, chat.AgentCard{}, Parting{NoFollowUp: true})
}

// again looks at the conversation once more at this time, or at an earlier one.
func (v *lull) again(at chat.Time) {
	if v.due == 0 || at < v.due {
		v.due = at
	}
}

// say says something automatic in the site's name. what names its kind in the
// message's client id.
func (v *lull) say(what, own string, ours func(*lullWords, *lull) string) error {
	text := v.text(own, ours)
	if v.failed != nil {
		return v.failed
	}
	p := Posting{ClientID: chat.OwnID(what, chat.NewID()), Kind: chat.Auto, Text: text}
	before := *v.c
	if _, err := v.Desk.say(v.tx, v.c, chat.System, chat.AgentCard{}, p, chat.MessagePosted); err != nil {
		return err
	}
	v.c.UnreadPublic++
	if v.c.WaitingSince > 0 {
		// Lists go on showing what the customer said, who waits for an answer to it.
		v.c.LastAt, v.c.LastBy, v.c.LastKind, v.c.LastText = before.LastAt, before.LastBy, before.LastKind, before.LastText
	}
	return v.tx.SaveConversation(v.c)
}

// text is the site's own words with their variables, or ours where it has none or
// one of them has no value.
func (v *lull) text(own string, ours func(*lullWords, *lull) string) string {
	in := wordsIn(v.person.Locale)
	if own != "" {
		text, missing := cycle.Render(own, v.values(in))
		if text = strings.TrimSpace(text); text != "" && len(missing) == 0 {
			return text
		}
	}
	return ours(in, v)
}
