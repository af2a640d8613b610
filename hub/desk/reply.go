package desk

import (
	"rapport/hub/chat"
	"rapport/hub/cycle"
)

func (d *Desk) postReply(tx chat.Tx, who chat.Actor, p Posting, out *Posted) error {
	c, name, err := d.forAgent(tx, who, p.ConversationID)
	if err != nil {
		return err
	}
	if done, err := already(tx, c, name, p, out); done || err != nil {
		return err
	}
	if c.Channel != chat.ChannelChat {
		return nobodyReads(c)
	}
	person, err := profile(tx, c.PersonID)
	if err != nil {
		return err
	}
	template, err := usedTemplate(tx, who, c.SiteID, p.TemplateID)
	if err != nil {
		return err
	}
	if p.TemplateID = ""; template != nil {
		p.TemplateID = template.ID
	}
	if err := d.take(tx, c, who, name); err != nil {
		return err
	}
	m, err := d.say(tx, c, who, name, p, chat.MessagePosted)
	if err != nil {
		return err
	}
	if err := noteUses(tx, c, who, person, name, append(p.OtherTemplates, p.TemplateID), m); err != nil {
		return err
	}
	if err := tellByMail(tx, c, chat.MailReply, chat.MailPayload{}); err != nil {
		return err
	}
	if err := d.answered(tx, c, who); err != nil {
		return err
	}
	e := cycle.Posted(*m, person.Name, name.Name, template)
	e.Heard = p.heard
	if err := d.advance(tx, c, e); err != nil {
		return err
	}
	*out = Posted{Message: *m, Author: name}
	return tx.SaveConversation(c)
}

// already reports whether an agent's message is stored, and fills out with it.
func already(tx chat.Tx, c *chat.Conversation, agent chat.AgentCard, p Posting, out *Posted) (bool, error) {
	m, err := tx.MessageByClientID(c.ID, agent.ID, p.ClientID)
	if chat.Is(err, chat.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	*out = Posted{Message: *m, Author: agent}
	return true, nil
}

// take makes a conversation fit to be answered by an agent: open, and theirs if
// it was nobody's.
func (d *Desk) take(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard) error {
	if c.State == chat.Closed {
		if err := onlyOne(tx, c); err != nil {
			return err
		}
		if err := d.reopen(tx, c, who, name, ""); err != nil {
			return err
		}
	}
	if err := d.wake(tx, c, who, name); err != nil {
		return err
	}
	if c.State == chat.Waiting {
		return d.assign(tx, c, who, name, chat.AgentCard{})
	}
	return nil
}

// answered notes that the customer no longer waits, that an answer which was
// promised them is given, and how long the first one took.
func (d *Desk) answered(tx chat.Tx, c *chat.Conversation, who chat.Actor) error {
	if c.WaitingSince != 0 {
		if err := d.keepAnswer(tx, c, who); err != nil {
			return err
		}
	}
	c.WaitingSince = 0
	c.UnreadPublic++
	c.Unread, c.PutBack = 0, false
	c.Marks.AgentRead, c.Marks.AgentReadPublic = c.Seq, c.PublicSeq
	if c.FirstResponseAt != 0 {
		return nil
	}
	c.FirstResponseAt = tx.Now()
	return d.record(tx, c, chat.FactFirstResponse, who.ID, int64(c.FirstResponseAt-c.StartedAt))
}

// usedTemplate returns a template that a reply says it started from; nil where it
// is not one that this agent may use here, or is deleted: the words count all the
// same.
func usedTemplate(tx chat.Tx, who chat.Actor, siteID, id string) (*chat.Template, error) {
	if !chat.ValidID(id) {
		return nil, nil
	}
	t, err := tx.Template(id)
	if err != nil {
		return nil, unlessAbsent(err)
	}
	if may, err := mayUse(tx, who, t); err != nil || !may || t.SiteID != siteID {
		return nil, err
	}
	return t, nil
}

// mayUse reports whether a template is one that the agent may start from: the
// site's, their own, or one of a team that they are in or keep templates for.
func mayUse(tx chat.Tx, who chat.Actor, t *chat.Template) (bool, error) {
	if t.TeamID == "" || who.Kind != chat.ByAgent || who.May(chat.ChangeTemplates) {
		return t.AgentID == "" || t.AgentID == who.ID, nil
	}
	return tx.InTeam(who.ID, t.TeamID)
}
