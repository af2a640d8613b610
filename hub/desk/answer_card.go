package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// AnswerCard stores the customer's answer to a card, once: the same choice again
// changes nothing. What they write with it stands in the thread as a message too.
// Accepting a proposal makes promises of what both sides do.
//
// Failures: Invalid, NotFound, Conflict (answered differently, replaced, taken
// back), AlreadyClosed (the conversation is over and cannot go on), Forbidden (they
// are blocked), IdentityNeeded (it is closed, and opens for signed customers only).
func (d *Desk) AnswerCard(ctx context.Context, who chat.Actor, id, cardID string, answer chat.CardAnswer) (out *chat.Card, err error) {
	if who.Kind != chat.ByPerson {
		return nil, chat.Fail(chat.Forbidden, "Only the customer may answer a card.")
	}
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		c, person, err := owned(tx, who, id)
		if err != nil {
			return err
		}
		if out, err = cardOf(tx, c, cardID); err != nil {
			return err
		}
		given := answer
		given.At = tx.Now()
		fresh, err := out.Take(given)
		if err != nil || !fresh {
			return err
		}
		if err := person.RefuseBlocked(); err != nil {
			return err
		}
		// As in postVisitor: whoever the conversation began with answers.
		author := chat.Actor{Kind: chat.ByPerson, ID: c.PersonID, Site: c.SiteID}
		return d.answerCard(tx, c, author, person, out)
	})
	return out, err
}

func (d *Desk) answerCard(tx chat.Tx, c *chat.Conversation, author chat.Actor, person *chat.Person, k *chat.Card) error {
	name := chat.AgentCard{ID: author.ID, Name: person.Name}
	// Before it opens the conversation again: what led to the yes is past then.
	if err := usesAccepted(tx, c, k); err != nil {
		return err
	}
	if err := d.goOn(tx, c, author, name); err != nil {
		return err
	}
	if err := d.settleCard(tx, c, author, name, person, k); err != nil {
		return err
	}
	c.Unread++
	// Who has accepted waits for the promise and not for words, unless nobody has
	// their conversation any more.
	if c.WaitingSince == 0 && (k.State != chat.CardAccepted || c.State == chat.Waiting) {
		c.WaitingSince = tx.Now()
	}
	if k.Answer.Text != "" {
		if err := d.sayAnswer(tx, c, author, name, k); err != nil {
			return err
		}
	}
	return tx.SaveConversation(c)
}

// settleCard stores an answered card with all that follows from it for matter and
// promises. who answered it, or noted the answer. The caller saves the
// conversation.
func (d *Desk) settleCard(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, customer *chat.Person, k *chat.Card) error {
	if err := tx.SaveCard(k); err != nil {
		return err
	}
	if err := appendCard(tx, c, chat.CardWasAnswered, who, name, k); err != nil {
		return err
	}
	if err := d.advanceMatter(tx, c, k.MatterID, cycle.CardAnswered(*k, customer.Name)); err != nil {
		return err
	}
	if err := d.record(tx, c, chat.FactCardAnswered, k.By.ID, int64(k.Answer.At-k.SentAt)); err != nil {
		return err
	}
	if k.State != chat.CardAccepted {
		return nil
	}
	return d.promiseParts(tx, c, k)
}

// goOn wakes a conversation that sleeps, and opens a closed one again, for an answer,
// with the agent who had it. IdentityNeeded as in start.
func (d *Desk) goOn(tx chat.Tx, c *chat.Conversation, author chat.Actor, name chat.AgentCard) error {
	if c.State != chat.Closed {
		return d.wake(tx, c, author, name)
	}
	err := onlyOne(tx, c)
	if chat.Is(err, chat.Conflict) || !answerable(c, tx.Now()) {
		return chat.Fail(chat.AlreadyClosed, "This conversation is over. Write to us, and we go on from there.")
	}
	if err != nil {
		return err
	}
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return err
	}
	if err := vouched(tx, site, author.ID); err != nil {
		return err
	}
	return d.giveBack(tx, c, author, name, "")
}

// sayAnswer posts what the customer wrote with their answer, in the card's matter.
func (d *Desk) sayAnswer(tx chat.Tx, c *chat.Conversation, author chat.Actor, name chat.AgentCard, k *chat.Card) error {
	p := Posting{ClientID: chat.OwnID("answer", k.ID), Text: k.Answer.Text, matterID: k.MatterID}
	m, err := d.say(tx, c, author, name, p, chat.MessagePosted)
	if err != nil {
		return err
	}
	c.Unread++
	return d.advanceMatter(tx, c, k.MatterID, cycle.Posted(*m, name.Name, "", nil))
}

// promiseParts makes promises of what both sides do by an accepted proposal. Who
// has the conversation answers for them, else who sent the card.
func (d *Desk) promiseParts(tx chat.Tx, c *chat.Conversation, k *chat.Card) error {
	by := chat.Actor{Kind: chat.ByAgent, ID: k.By.ID}
	for _, p := range k.Promises() {
		owner, err := ownerOf(tx, c, by, &p)
		if err != nil {
			return err
		}
		p.MatterID, p.Owner, p.MadeBy = k.MatterID, owner, k.By.ID
		p.Schedule(tx.Now())
		if err := d.addPromise(tx, c, by, k.By, &p); err != nil {
			return err
		}
	}
	return nil
}
