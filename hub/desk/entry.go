package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// Entering is what an agent enters by hand about one of their customers.
type Entering struct {
	PersonID string
	Entry    chat.Entry    // ConversationID is made by the client; an appointment's BeganAt comes from its promise
	Need     string        // what it was about, or ""
	Note     string        // what was said, for the team; may be "" where there is a promise
	Promise  *chat.Promise // what was promised with it, nil for nothing; an appointment is one
}

// EnterByHand adds a call, a visit, a video meeting or an appointment to a customer's
// history, and returns the conversation that has it. An appointment stands in the chat
// that they have open, if there is one, and otherwise in a conversation of its own.
// Entering it again under the same id changes nothing.
//
// Failures: Invalid, NotFound (the customer, or an id that is another's).
func (d *Desk) EnterByHand(ctx context.Context, who chat.Actor, in Entering) (id string, err error) {
	if err := in.clean(); err != nil {
		return "", err
	}
	if in.Promise != nil {
		if err := checkZone(in.Promise.Zone); err != nil {
			return "", err
		}
	}
	err = d.store.Write(ctx, func(tx chat.Tx) (err error) {
		id, err = d.enterByHand(tx, who, in)
		return err
	})
	return id, err
}

func (in *Entering) clean() (err error) {
	if !chat.ValidID(in.Entry.ConversationID) {
		return chat.FailField("id", "This is not an id.")
	}
	if in.Need, err = chat.CleanMaybe("need", in.Need, chat.MaxPart); err != nil {
		return err
	}
	clean := chat.CleanText
	if in.Promise != nil {
		clean = chat.CleanMaybe
		if !chat.ValidClientID(in.Promise.ClientID) {
			return badClientID()
		}
	}
	if in.Note, err = clean("note", in.Note, chat.MaxEntryNote); err != nil {
		return err
	}
	meets := in.Promise != nil && in.Promise.Kind == chat.AppointmentPromise
	if (in.Entry.Channel == chat.ChannelAppointment) != meets {
		return chat.FailField("promise", "An appointment is promised with its time, and nothing else is.")
	}
	if meets {
		in.Entry.BeganAt, in.Entry.Minutes = in.Promise.DueAt, in.Promise.Minutes
	}
	return nil
}

func (d *Desk) enterByHand(tx chat.Tx, who chat.Actor, in Entering) (string, error) {
	if who.Kind != chat.ByAgent {
		return "", chat.Fail(chat.Forbidden, "Only an agent may do this.")
	}
	person, err := profile(tx, in.PersonID)
	if err != nil {
		return "", err
	}
	if id, err := enteredBefore(tx, person, in.Entry.ConversationID); err != nil || id != "" {
		return id, err
	}
	if err := in.Entry.Clean(tx.Now()); err != nil {
		return "", err
	}
	if in.Entry.Channel == chat.ChannelAppointment {
		live, err := tx.LiveConversation(person.SiteID, person.ID, chat.ChannelChat)
		if err == nil {
			p := *in.Promise
			p.ConversationID = live.ID
			return live.ID, d.makePromise(tx, who, &p, nil)
		}
		if !chat.Is(err, chat.NotFound) {
			return "", err
		}
	}
	name, err := card(tx, who)
	if err != nil {
		return "", err
	}
	return in.Entry.ConversationID, d.addEntry(tx, who, name, person, in)
}

// enteredBefore returns the id of what stands under it already, "" for nothing.
func enteredBefore(tx chat.Tx, person *chat.Person, id string) (string, error) {
	c, err := tx.Conversation(id)
	if chat.Is(err, chat.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	owner, err := profile(tx, c.PersonID)
	if err != nil {
		return "", err
	}
	if owner.ID != person.ID || c.Channel == chat.ChannelChat {
		return "", chat.ErrNotFound
	}
	return c.ID, nil
}

// addEntry stores the conversation of an entry: asleep until what was promised is due,
// or closed.
func (d *Desk) addEntry(tx chat.Tx, who chat.Actor, name chat.AgentCard, person *chat.Person, in Entering) error {
	now, e := tx.Now(), in.Entry
	c := &chat.Conversation{
		ID: e.ConversationID, SiteID: person.SiteID, PersonID: person.ID, Channel: e.Channel, State: chat.Closed, ClosedAt: now,
		AssigneeID: who.ID, LastAgentID: who.ID, MatterID: chat.NewID(), StartedAt: min(e.BeganAt, now), LastAt: min(e.BeganAt, now),
		LastBy: chat.ByAgent, LastKind: chat.Note, LastText: in.preview(),
	}
	if in.Promise != nil {
		c.State, c.ClosedAt, c.SnoozedUntil = chat.Snoozed, 0, in.Promise.DueAt
	}
	if err := tx.InsertConversation(c); err != nil {
		return err
	}
	e.ByID = who.ID
	if err := tx.InsertEntry(&e); err != nil {
		return err
	}
	m := chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, OpenedAt: now}
	state := cycle.Start()
	state.Need = in.Need
	state.Save(&m)
	if err := tx.InsertMatter(&m); err != nil {
		return err
	}
	started := event(tx, chat.ConversationStarted, who, name)
	if err := tx.Append(c, &started); err != nil {
		return err
	}
	opened := event(tx, chat.MatterOpened, chat.System, chat.AgentCard{})
	opened.MatterID, opened.Matter = m.ID, &m
	if err := tx.Append(c, &opened); err != nil {
		return err
	}
	if in.Note != "" {
		note := Posting{ClientID: chat.OwnID("entry", c.ID), Kind: chat.Note, Text: in.Note}
		if _, err := d.say(tx, c, who, name, note, chat.NotePosted); err != nil {
			return err
		}
	}
	if in.Promise == nil {
		return d.endEntry(tx, c, who, name)
	}
	return d.promiseIn(tx, c, who, name, *in.Promise)
}

// preview is what lists show of an entry.
func (in *Entering) preview() string {
	switch {
	case in.Need != "":
		return chat.Preview(in.Need)
	case in.Note != "":
		return chat.Preview(in.Note)
	}
	return chat.Preview(in.Promise.Text)
}

// promiseIn makes the promise of an entry, for its agent to answer for.
func (d *Desk) promiseIn(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, p chat.Promise) error {
	if err := p.Clean(tx.Now()); err != nil {
		return err
	}
	p.ConversationID, p.MatterID, p.MadeBy = c.ID, c.MatterID, who.ID
	var err error
	if p.Owner, err = ownerOf(tx, c, who, &p); err != nil {
		return err
	}
	if err := d.addPromise(tx, c, who, name, &p); err != nil {
		return err
	}
	if err := d.advance(tx, c, cycle.PromiseMade(p)); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// settleEntry closes what was entered by hand once nothing is promised in it any more,
// and lets it sleep until what is left is due. It does nothing to a chat or an aside.
func (d *Desk) settleEntry(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard) error {
	if c.Channel == chat.ChannelChat || c.Channel == chat.ChannelAside || c.State == chat.Closed {
		return nil
	}
	open, err := tx.OpenPromises(c.ID)
	if err != nil {
		return err
	}
	if len(open) == 0 {
		return d.endEntry(tx, c, who, name)
	}
	if c.State == chat.Snoozed {
		c.SnoozedUntil = open[0].DueAt
	}
	return nil
}

// endEntry closes what was entered by hand: nobody is asked how it was, and no figure
// counts it.
func (d *Desk) endEntry(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard) error {
	if err := endAsk(tx, c, chat.RelayReturned, chat.RelaySettled); err != nil {
		return err
	}
	if err := stopRouting(tx, c); err != nil {
		return err
	}
	c.State, c.ClosedAt, c.WaitingSince, c.SnoozedUntil, c.PutBack, c.Unread = chat.Closed, tx.Now(), 0, 0, false, 0
	e := event(tx, chat.ConversationClosed, who, name)
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	if err := d.advance(tx, c, cycle.Closed(who, tx.Now())); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// nobodyReads refuses to write to the customer where they do not talk.
func nobodyReads(c *chat.Conversation) error {
	if c.Channel == chat.ChannelAside {
		return chat.Fail(chat.Conflict, "The team works on this among themselves, and the customer reads nothing of it. Write to them in their chat.")
	}
	return chat.Fail(chat.Conflict, "This was entered by hand, and nobody reads answers there. Write to them in their chat.")
}
