package desk

import (
	"context"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/hub/hours"
)

// answerPromise begins the client id of what we promise by ourselves where nobody
// can come: an answer. The first human reply keeps it.
const answerPromise = "answer"

// promiseAnswer promises an answer within the site's open hours, once, in the
// name of whoever owns the place and for anyone to keep. It says where: by e-mail
// only where we can write and know where to.
func (v *lull) promiseAnswer() error {
	due, ok := v.answerDue()
	if !ok {
		return nil
	}
	open, err := standingAnswer(v.tx, v.c)
	if err != nil || open != nil {
		return err
	}
	owner, err := v.tx.Owner()
	if err != nil {
		return unlessAbsent(err)
	}
	p := &chat.Promise{
		ConversationID: v.c.ID, ClientID: chat.OwnID(answerPromise, chat.NewID()), MadeBy: owner.ID, MatterID: v.c.MatterID,
		Whose: chat.Ours, Text: wordsIn(v.person.Locale).answering(v.person, v.scene.Mail), DueAt: due, Zone: v.hours.Zone().String(),
	}
	if err := p.Clean(v.now); err != nil {
		return err
	}
	if err := v.addPromise(v.tx, v.c, chat.System, chat.AgentCard{}, p); err != nil {
		return err
	}
	return v.tx.SaveConversation(v.c)
}

// answerDue is by when an answer is promised; false where none is, or where none
// could be kept.
func (v *lull) answerDue() (chat.Time, bool) {
	if v.rules.PromiseHours == 0 {
		return 0, false
	}
	return promisedBy(v.hours, v.now, v.rules.PromiseHours)
}

// promisedBy is when so many hours of opening have passed, on the next quarter of
// the hour where that is still open.
func promisedBy(c *hours.Calendar, now chat.Time, n int64) (chat.Time, bool) {
	at, ok := c.Add(now.Std(), time.Duration(n)*time.Hour)
	if !ok {
		return 0, false
	}
	if round := at.Truncate(answerClock); round.Before(at) {
		if round = round.Add(answerClock); c.OpenAt(round.Add(-time.Second)) {
			at = round
		}
	}
	due := chat.At(at)
	return due, due <= now.Add(chat.MaxDue)
}

// isAnswer reports whether it is an answer that is promised, and not something to do.
func isAnswer(p *chat.Promise) bool { return strings.HasPrefix(p.ClientID, answerPromise+".") }

// standingAnswer is the answer that is promised in a conversation, nil for none.
func standingAnswer(tx chat.Tx, c *chat.Conversation) (*chat.Promise, error) {
	open, err := tx.OpenPromises(c.ID)
	for i := range open {
		if isAnswer(&open[i]) {
			return &open[i], err
		}
	}
	return nil, err
}

// keepAnswer keeps the promised answer, which was given just now.
func (d *Desk) keepAnswer(tx chat.Tx, c *chat.Conversation, who chat.Actor) error {
	p, err := standingAnswer(tx, c)
	if err != nil || p == nil {
		return err
	}
	name, err := card(tx, who)
	if err != nil {
		return err
	}
	p.Owner = name
	p.End(chat.PromiseKept, "", tx.Now())
	if err := tx.SavePromise(p); err != nil {
		return err
	}
	return d.tellPromise(tx, c, chat.PromiseWasKept, who, name, p)
}

// LeaveAddress notes where a customer who does not want to wait can be reached, as
// an unverified label, and promises them an answer where the site does so and no
// answer is promised yet. One that the site vouches for stays. It returns by when
// they are answered, zero for no promise. Failures: Invalid, NotFound, Forbidden
// (they are blocked).
func (d *Desk) LeaveAddress(ctx context.Context, who chat.Actor, id, email string, scene Scene) (due chat.Time, err error) {
	address, err := chat.CleanEmail("email", email)
	if err != nil {
		return 0, err
	}
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		due = 0
		c, p, err := owned(tx, who, id)
		if err != nil {
			return err
		}
		if err := p.RefuseBlocked(); err != nil {
			return err
		}
		before := *p
		if !p.Verified || p.Email == "" {
			if err := rename(p, PersonChange{Email: &address}); err != nil {
				return err
			}
		}
		if err := d.savePerson(tx, p, &before, who, chat.AgentCard{ID: who.ID, Name: p.Name}); err != nil {
			return err
		}
		if c.State == chat.Closed || c.WaitingSince == 0 {
			return nil
		}
		v, err := d.look(tx, id, scene)
		if err != nil {
			return err
		}
		if err := v.promiseAnswer(); err != nil {
			return err
		}
		promised, err := standingAnswer(tx, v.c)
		if promised != nil {
			due = promised.DueAt
		}
		return err
	})
	return due, err
}
