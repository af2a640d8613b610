package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// Uniting is a conversation that goes on in another of the same customer.
type Uniting struct {
	IntoID  string // the one that stays
	From    string // who has the one that goes, as far as the caller knows, "" for nobody
	IntoHas string // who has the one that stays, likewise
}

// Unite brings a conversation into another of the same customer. The one that goes is
// closed for good, and whoever opens it is led to the other: nobody asks how it was, and
// no later word goes out in it. The one that stays is opened again where it was closed;
// the other's matters, promises, complaints and tags go on there, and so does a follow-up
// that somebody planned, unless one stands there already; its customer waits since they
// first did in either. Messages and notes stay where they were said. An aside goes back
// into the chat of its customer, who hears nothing of it. Doing it
// again changes nothing.
//
// Failures: NotFound, Invalid (they are not two chats of one customer), AlreadyClosed
// (neither is under way), Conflict (one went on elsewhere or is long over, the customer
// talks in a third, too many matters), TakenByOther.
func (d *Desk) Unite(ctx context.Context, who chat.Actor, id string, u Uniting) error {
	if !chat.ValidID(u.IntoID) || u.IntoID == id {
		return chat.FailField("into", "Choose another conversation of this customer.")
	}
	return d.store.Write(ctx, func(tx chat.Tx) error {
		x, err := d.uniting(tx, who, id, u)
		if err != nil || x == nil {
			return err
		}
		if err := d.unite(tx, x); err != nil {
			return err
		}
		return tx.Audit(who.ID, "conversation.merged", x.goes.ID, x.stays.ID)
	})
}

// union is two conversations that are becoming one.
type union struct {
	goes, stays *chat.Conversation
	before      chat.Conversation // the one that goes, as it was
	opened      bool              // the one that stays was closed, and is open now
	who         chat.Actor
	name        chat.AgentCard
}

// aside reports that what goes is the team's own: the customer hears nothing of it, and
// the chat keeps whom it has and its wait.
func (x *union) aside() bool { return x.goes.Channel == chat.ChannelAside }

// uniting reads both, and refuses what cannot be brought together; nil where it is so
// already. They are locked in the order of their ids, whichever of them goes.
func (d *Desk) uniting(tx chat.Tx, who chat.Actor, id string, u Uniting) (*union, error) {
	if u.IntoID < id {
		if _, err := tx.Conversation(u.IntoID); err != nil {
			return nil, err
		}
	}
	goes, name, err := d.forAgent(tx, who, id)
	if err != nil {
		return nil, err
	}
	stays, err := intoOf(tx, goes, u.IntoID)
	if err != nil || goes.MergedInto == stays.ID {
		return nil, err
	}
	x := &union{goes: goes, stays: stays, before: *goes, who: who, name: name}
	if err := mayUnite(tx, x, u); err != nil {
		return nil, err
	}
	return x, nil
}

// intoOf is the one that is to stay: of an aside, the chat that it went back into
// already, or that its customer has open by now, where the one that was named is not.
func intoOf(tx chat.Tx, goes *chat.Conversation, id string) (*chat.Conversation, error) {
	c, err := tx.Conversation(id)
	if err != nil || goes.Channel != chat.ChannelAside {
		return c, err
	}
	if goes.MergedInto != "" {
		return tx.Conversation(goes.MergedInto)
	}
	if c.State != chat.Closed {
		return c, nil
	}
	p, err := profile(tx, goes.PersonID)
	if err != nil {
		return nil, err
	}
	live, err := tx.LiveConversation(goes.SiteID, p.ID, chat.ChannelChat)
	if chat.Is(err, chat.NotFound) {
		return c, nil
	}
	return live, err
}

func mayUnite(tx chat.Tx, x *union, u Uniting) error {
	one, err := profile(tx, x.goes.PersonID)
	if err != nil {
		return err
	}
	other, err := profile(tx, x.stays.PersonID)
	if err != nil {
		return err
	}
	switch {
	case x.goes.ID == x.stays.ID || one.ID != other.ID || x.goes.SiteID != x.stays.SiteID:
		return chat.FailField("into", "Choose another conversation of this customer.")
	case x.goes.Channel == chat.ChannelAside && x.stays.Channel == chat.ChannelChat:
		return mayReturn(tx, x, u)
	case x.goes.Channel != chat.ChannelChat || x.stays.Channel != chat.ChannelChat:
		return chat.FailField("into", "What was entered by hand stays as it was. Choose a chat.")
	case x.goes.InPublic != x.stays.InPublic:
		return chat.FailField("into", "Everybody may read along in one of them, and not in the other. They stay apart.")
	case x.goes.MergedInto != "" || x.stays.MergedInto != "":
		return goesOnElsewhere()
	case !x.goes.Unites(tx.Now()) || !x.stays.Unites(tx.Now()):
		return chat.Fail(chat.Conflict, "One of them was closed more than 30 days ago. It is history now.")
	case x.goes.State == chat.Closed && x.stays.State == chat.Closed:
		return chat.Fail(chat.AlreadyClosed, "Both conversations are closed. Reopen one of them first.")
	}
	if err := mayHave(tx, x.goes, x.who, u.From); err != nil {
		return err
	}
	return mayHave(tx, x.stays, x.who, u.IntoHas)
}

// mayReturn refuses to bring an aside back into a chat that is not under way. Whoever has
// the aside may, whoever has the chat: they keep it.
func mayReturn(tx chat.Tx, x *union, u Uniting) error {
	switch {
	case x.goes.MergedInto != "" || x.stays.MergedInto != "":
		return goesOnElsewhere()
	case x.goes.State == chat.Closed:
		return chat.Fail(chat.AlreadyClosed, "This is done and closed. Reopen it first.")
	case x.stays.State == chat.Closed:
		return chat.Fail(chat.AlreadyClosed, "Their chat is closed. Finish this here, or reopen the chat first.")
	case x.stays.InPublic:
		return chat.FailField("into", "Everybody may read along in the chat. Go on in private first.")
	}
	return mayHave(tx, x.goes, x.who, u.From)
}

// mayHave is mayGive for a conversation that may be closed: who had that has it no more.
func mayHave(tx chat.Tx, c *chat.Conversation, who chat.Actor, from string) error {
	if c.State == chat.Closed {
		return nil
	}
	_, err := mayGive(tx, c, who, from)
	return err
}

func goesOnElsewhere() error {
	return chat.Fail(chat.Conflict, "This conversation goes on in another one of the same customer. Go on there.")
}

// unite does it; both are saved then.
func (d *Desk) unite(tx chat.Tx, x *union) error {
	matters, err := d.openMatters(tx, x.goes)
	if err != nil {
		return err
	}
	if err := d.leadOn(tx, x); err != nil {
		return err
	}
	if err := d.receive(tx, x); err != nil {
		return err
	}
	if err := d.carry(tx, x, matters); err != nil {
		return err
	}
	if err := uniteTags(tx, x); err != nil {
		return err
	}
	if err := d.wait(tx, x); err != nil {
		return err
	}
	if err := tx.SaveConversation(x.goes); err != nil {
		return err
	}
	return tx.SaveConversation(x.stays)
}

// leadOn closes the one that goes and leads from it to the other.
func (d *Desk) leadOn(tx chat.Tx, x *union) error {
	c := x.goes
	if err := d.takeBackCards(tx, x); err != nil {
		return err
	}
	if err := d.withdrawGrants(tx, c, x.who); err != nil {
		return err
	}
	if err := carryFollowUp(tx, x); err != nil {
		return err
	}
	if c.State != chat.Closed {
		if err := d.closeFor(tx, x); err != nil {
			return err
		}
	}
	c.MergedInto = x.stays.ID
	e := event(tx, chat.ConversationMerged, x.who, x.name)
	e.Other = chat.OtherTalk{ID: x.stays.ID, StartedAt: x.stays.StartedAt}
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// carryFollowUp lets a follow-up that somebody planned be said where it goes on, when it
// was to be and in the same name. One by rule is for an end, which this is not.
func carryFollowUp(tx chat.Tx, x *union) error {
	f, err := tx.StandingFollowUp(x.goes.ID)
	if err != nil {
		return unlessAbsent(err)
	}
	goesOn := *f
	if err := endFollowUp(tx, f, chat.FollowUpDropped); err != nil || f.ByRule {
		return err
	}
	if err := dropFollowUpBy(tx, x.stays); err != nil {
		return err
	}
	if _, err := tx.StandingFollowUp(x.stays.ID); !chat.Is(err, chat.NotFound) {
		return err
	}
	goesOn.ID, goesOn.ConversationID = chat.NewID(), x.stays.ID
	return tx.InsertFollowUp(&goesOn)
}

// closeFor closes the one that goes, with nothing of what a closing asks for.
func (d *Desk) closeFor(tx chat.Tx, x *union) error {
	c := x.goes
	if err := usesEnded(tx, c); err != nil {
		return err
	}
	if err := endAsk(tx, c, chat.RelayReturned, chat.RelaySettled); err != nil {
		return err
	}
	if err := stopRouting(tx, c); err != nil {
		return err
	}
	c.State, c.ClosedAt, c.WaitingSince = chat.Closed, tx.Now(), 0
	c.SnoozedUntil, c.PutBack, c.Guests, c.Unread = 0, false, "", 0
	c.Marks.AgentRead, c.Marks.AgentReadPublic = c.Seq, c.PublicSeq
	e := event(tx, chat.ConversationClosed, x.who, x.name)
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	return d.advance(tx, c, cycle.Closed(x.who, tx.Now()))
}

// takeBackCards takes back what waits for an answer in the one that goes: nobody answers
// there any more.
func (d *Desk) takeBackCards(tx chat.Tx, x *union) error {
	matters, err := tx.Matters(x.goes.ID)
	if err != nil {
		return err
	}
	for _, m := range matters {
		cards, err := tx.SentCards(m.ID)
		if err != nil {
			return err
		}
		for i := range cards {
			if err := takeBack(tx, x.goes, x.who, x.name, &cards[i], chat.CardWithdrawn); err != nil {
				return err
			}
		}
	}
	return nil
}

// receive opens the one that stays where it is closed or sleeps, and says what goes on
// there. Who had the other has it where nobody else does.
func (d *Desk) receive(tx chat.Tx, x *union) error {
	c, was := x.stays, &x.before
	if c.State == chat.Closed {
		if err := onlyOne(tx, c); err != nil {
			return err
		}
		if err := d.reopen(tx, c, x.who, x.name, ""); err != nil {
			return err
		}
		x.opened = true
	}
	if x.aside() {
		if c.State == chat.Snoozed {
			if err := d.wake(tx, c, x.who, x.name); err != nil {
				return err
			}
		}
		return tellAside(tx, c, x.goes, chat.AsideReturned, x.who, x.name)
	}
	messages, err := tx.CountTalk(x.goes.ID)
	if err != nil {
		return err
	}
	e := event(tx, chat.ConversationReceived, x.who, x.name)
	e.Other = chat.OtherTalk{ID: x.goes.ID, StartedAt: was.StartedAt, Messages: messages}
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	switch {
	case c.State != chat.Snoozed:
	case was.State == chat.Snoozed:
		c.SnoozedUntil = min(c.SnoozedUntil, was.SnoozedUntil)
	case was.State != chat.Closed:
		if err := d.wake(tx, c, x.who, x.name); err != nil {
			return err
		}
	}
	return d.keepWith(tx, x)
}

// keepWith lets who has the one that goes go on, where the other is nobody's, or was
// opened for it only now.
func (d *Desk) keepWith(tx chat.Tx, x *union) error {
	c, had := x.stays, x.before.AssigneeID
	if x.before.State == chat.Closed || had == "" || c.AssigneeID == had || c.AssigneeID != "" && !x.opened {
		return nil
	}
	gone, err := isGone(tx, had)
	if err != nil || gone {
		return err
	}
	to, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: had})
	if err != nil {
		return err
	}
	from := chat.AgentCard{}
	if x.opened {
		from = x.name
	}
	e := event(tx, chat.ConversationTaken, x.who, x.name)
	return d.give(tx, c, e, "", to, from) // it stays with who had it
}

// wait puts the one that stays where the longer wait of both belongs, and among the
// unread if the other was there.
func (d *Desk) wait(tx chat.Tx, x *union) error {
	c, was := x.stays, &x.before
	c.PutBack = c.PutBack || was.PutBack || was.Unread > 0
	if was.WaitingSince > 0 && !x.aside() && (c.WaitingSince == 0 || was.WaitingSince < c.WaitingSince) {
		c.WaitingSince = was.WaitingSince
		if err := headStart(tx, c); err != nil {
			return err
		}
	}
	if err := promisedAt(tx, c); err != nil {
		return err
	}
	return promisedAt(tx, x.goes)
}

// uniteTags puts the tags of the one that goes on the other, as far as there is room.
func uniteTags(tx chat.Tx, x *union) error {
	theirs, err := tx.TagsOn(x.goes.ID)
	if err != nil {
		return err
	}
	on, err := tx.TagsOn(x.stays.ID)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for _, id := range on {
		has[id] = true
	}
	for _, id := range theirs {
		if has[id] || len(has) >= chat.MaxTagsOn {
			continue
		}
		tag, err := tx.Tag(id)
		if err != nil {
			return err
		}
		has[id] = true
		if err := tx.AddTag(x.stays.ID, id); err != nil {
			return err
		}
		if err := tellTag(tx, x.stays, chat.TagAdded, x.who, x.name, tag); err != nil {
			return err
		}
	}
	return nil
}
