package desk

import (
	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// thread finds the conversation that a visitor's words belong to: the named one
// while it is open, else the one they have open, else the named one again if it
// was closed not long ago, else a new one. Where the message was stored before,
// in whichever of these it was at that time, out has it.
func (d *Desk) thread(tx chat.Tx, who chat.Actor, p Posting, out *Posted) (*chat.Conversation, *chat.Person, error) {
	self, err := profile(tx, who.ID)
	if err != nil {
		return nil, nil, err
	}
	who.ID = self.ID
	named, person, err := named(tx, who, self, p.ConversationID)
	if err != nil {
		return nil, nil, err
	}
	m, err := tx.MessageByPerson(who.ID, p.ClientID)
	if err == nil {
		*out = Posted{Message: *m, Author: chat.AgentCard{ID: m.ByID, Name: person.Name}}
		return nil, nil, nil
	}
	if !chat.Is(err, chat.NotFound) {
		return nil, nil, err
	}
	if err := self.RefuseBlocked(); err != nil {
		return nil, nil, err
	}
	if named, err = goesOnIn(tx, self, named); err != nil {
		return nil, nil, err
	}
	if named != nil && named.State != chat.Closed {
		return named, person, nil
	}
	live, err := tx.LiveConversation(who.Site, who.ID, chat.ChannelChat)
	switch {
	case err == nil && named == nil:
		if err := tx.AddAlias(p.ConversationID, live.ID); err != nil {
			return nil, nil, err
		}
		fallthrough
	case err == nil:
		return live, person, err
	case !chat.Is(err, chat.NotFound):
		return nil, nil, err
	case named == nil:
		c, err := d.start(tx, who, p.ConversationID, "")
		return c, person, err
	case !answerable(named, tx.Now()):
		c, err := d.start(tx, who, chat.NewID(), named.ID)
		return c, person, err
	}
	return named, person, nil
}

// goesOnIn follows a conversation, nil for none, to where it goes on, as long as that is
// this customer's.
func goesOnIn(tx chat.Tx, self *chat.Person, c *chat.Conversation) (*chat.Conversation, error) {
	for c != nil && c.MergedInto != "" {
		next, err := tx.Conversation(c.MergedInto)
		if chat.Is(err, chat.NotFound) {
			return c, nil
		}
		if err != nil {
			return nil, err
		}
		if p, err := profile(tx, next.PersonID); err != nil || p.ID != self.ID {
			return c, err
		}
		c = next
	}
	return c, nil
}

// answerable reports whether what a customer writes to a closed conversation opens
// it again: within the reopening window of its closing, or of a follow-up, which is
// an answer's to come home to however long after the closing it was said.
func answerable(c *chat.Conversation, now chat.Time) bool {
	if c.MergedInto != "" {
		return false // it is answered where it goes on
	}
	from := c.ClosedAt
	if followedUp(c) {
		from = max(from, c.LastAt)
	}
	return now.Sub(from) <= ReopenWindow
}

// named returns the conversation with this id and its customer's profile; no
// conversation when there is none yet, NotFound when it is somebody else's.
func named(tx chat.Tx, who chat.Actor, self *chat.Person, id string) (*chat.Conversation, *chat.Person, error) {
	if _, err := tx.Conversation(id); chat.Is(err, chat.NotFound) {
		return nil, self, nil
	}
	return owned(tx, who, id)
}

// start begins a conversation with its first matter. Forbidden on a site that is
// disabled, IdentityNeeded where it talks with others only: what is under way there
// goes on.
func (d *Desk) start(tx chat.Tx, who chat.Actor, id, previous string) (*chat.Conversation, error) {
	site, err := tx.Site(who.Site)
	if err != nil {
		return nil, err
	}
	if site.Disabled {
		return nil, chat.Fail(chat.Forbidden, "%s takes no new conversations.", site.Name)
	}
	if err := vouched(tx, site, who.ID); err != nil {
		return nil, err
	}
	now := tx.Now()
	c := &chat.Conversation{
		ID: id, SiteID: who.Site, PersonID: who.ID, Channel: chat.ChannelChat, State: chat.Waiting,
		MatterID: chat.NewID(), PreviousID: previous, StartedAt: now, LastAt: now, WaitingSince: now,
	}
	if err := headStart(tx, c); err != nil {
		return nil, err
	}
	if err := tx.InsertConversation(c); err != nil {
		return nil, err
	}
	m := chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, OpenedAt: now}
	state := cycle.Start()
	state.Save(&m)
	if err := tx.InsertMatter(&m); err != nil {
		return nil, err
	}
	name, err := card(tx, who)
	if err != nil {
		return nil, err
	}
	started := event(tx, chat.ConversationStarted, who, name)
	if err := tx.Append(c, &started); err != nil {
		return nil, err
	}
	opened := event(tx, chat.MatterOpened, chat.System, chat.AgentCard{})
	opened.MatterID, opened.Matter = m.ID, &m
	if err := tx.Append(c, &opened); err != nil {
		return nil, err
	}
	if err := d.invited(tx, c, site, who.ID, name.Name); err != nil {
		return nil, err
	}
	return c, d.record(tx, c, chat.FactStarted, "", 0)
}
