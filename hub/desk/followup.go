package desk

import (
	"context"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/hours"
)

// PlanFollowUp lets the customer of a conversation hear a word later, in the
// chat and by e-mail, in the agent's name: wanted's text, due time and template.
// Its variables are filled in when it is said. One that stands already is
// replaced. Failures: Invalid, NotFound, PlaceholderLeft (it can never be filled),
// Conflict (it goes on in another conversation, or the customer reads nothing of it).
func (d *Desk) PlanFollowUp(ctx context.Context, who chat.Actor, id string, wanted chat.FollowUp) (*chat.FollowUp, error) {
	if left := cycle.Unfillable(wanted.Text); len(left) > 0 {
		return nil, placeholderLeft("text", left[0])
	}
	var out chat.FollowUp
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if c.MergedInto != "" {
			return goesOnElsewhere()
		}
		if c.Channel == chat.ChannelAside {
			return nobodyReads(c)
		}
		out = chat.FollowUp{AgentID: who.ID, Text: wanted.Text, TemplateID: wanted.TemplateID, DueAt: wanted.DueAt}
		return planFollowUp(tx, c, &out)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

func planFollowUp(tx chat.Tx, c *chat.Conversation, f *chat.FollowUp) error {
	if err := f.Clean(tx.Now()); err != nil {
		return err
	}
	if err := dropFollowUp(tx, c); err != nil {
		return err
	}
	f.ID, f.SiteID, f.ConversationID = chat.NewID(), c.SiteID, c.ID
	f.State, f.MadeAt = chat.FollowUpWaits, tx.Now()
	return tx.InsertFollowUp(f)
}

// DropFollowUp takes back the follow-up that stands in a conversation; without one
// it changes nothing. Failures: NotFound.
func (d *Desk) DropFollowUp(ctx context.Context, who chat.Actor, id string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		return dropFollowUp(tx, c)
	})
}

func dropFollowUp(tx chat.Tx, c *chat.Conversation) error {
	f, err := tx.StandingFollowUp(c.ID)
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return endFollowUp(tx, f, chat.FollowUpDropped)
}

// dropFollowUpBy takes back the follow-up by rule that stands: the next closing plans
// its own, in the name of who has the conversation then. One by hand stays.
func dropFollowUpBy(tx chat.Tx, c *chat.Conversation) error {
	f, err := tx.StandingFollowUp(c.ID)
	if err != nil || !f.ByRule {
		return unlessAbsent(err)
	}
	return endFollowUp(tx, f, chat.FollowUpDropped)
}

func endFollowUp(tx chat.Tx, f *chat.FollowUp, to chat.FollowUpState) error {
	f.State, f.EndedAt = to, tx.Now()
	return tx.SaveFollowUp(f)
}

// followUpHour is when follow-ups by rule are due: people are up, and the working
// day is still long enough for the answer.
const followUpHour = 10

// followUpBy plans the follow-up that the site's rule asks for at a closing by an
// agent, unless one was planned by hand or nobody answered the customer.
func (d *Desk) followUpBy(tx chat.Tx, c *chat.Conversation) error {
	site, err := tx.Site(c.SiteID)
	if err != nil || site.After.FollowUpDays == 0 || c.FirstResponseAt == 0 || c.AssigneeID == "" {
		return err
	}
	if _, err := tx.StandingFollowUp(c.ID); !chat.Is(err, chat.NotFound) {
		return err
	}
	due := d.workingDay(site, tx.Now(), int(site.After.FollowUpDays))
	f := chat.FollowUp{AgentID: c.AssigneeID, ByRule: true, Text: site.After.FollowUpText, DueAt: due}
	switch t, err := siteTemplate(tx, site.ID, site.After.FollowUpTemplateID); {
	case err != nil:
		return err
	case t != nil:
		f.Text, f.TemplateID = t.Body, t.ID
	}
	return planFollowUp(tx, c, &f)
}

// siteTemplate returns a template of the whole site, nil where there is none of
// this id any more.
func siteTemplate(tx chat.Tx, siteID, id string) (*chat.Template, error) {
	if id == "" {
		return nil, nil
	}
	t, err := tx.Template(id)
	if err != nil || t.SiteID != siteID || t.AgentID != "" {
		return nil, unlessAbsent(err)
	}
	return t, nil
}

// workingDay is followUpHour on the nth day after a time on which the site opens, or
// when it opens next after that. Where it keeps no hours, weekends do not count.
func (d *Desk) workingDay(site *chat.Site, from chat.Time, n int) chat.Time {
	c, zone := hours.Of(site.Hours), d.zoneAt(site)
	if day, ok := c.DayAfter(from.Std().In(zone), n); ok {
		y, m, dom := day.Date()
		if at, ok := c.NextOpening(time.Date(y, m, dom, followUpHour, 0, 0, 0, zone)); ok {
			return chat.At(at)
		}
	}
	return from.Add(time.Duration(n) * 24 * time.Hour) // it never opens: somebody may come all the same
}

// SendFollowUp says a follow-up that is due, as an automatic message in its
// agent's name: it is no response, and the conversation stays as it is. One by
// rule is dropped where the customer is talking again or said that it is not
// solved; any is dropped where its agent has left, also one that is held back, and a note in
// the conversation says so. Where a variable has no value
// nothing is said: it is held back, and a note in the conversation says why. Doing
// it again changes nothing. held reports that this call held it back.
func (d *Desk) SendFollowUp(ctx context.Context, id string) (held bool, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		held = false
		f, err := tx.FollowUp(id)
		if err != nil || f.State != chat.FollowUpWaits && f.State != chat.FollowUpHeld {
			return err
		}
		c, err := tx.Conversation(f.ConversationID)
		if err != nil {
			return err
		}
		agent, err := tx.Agent(f.AgentID)
		if err != nil {
			return err
		}
		if agent.DisabledAt != 0 {
			return d.leaveUnsaid(tx, c, f, agent)
		}
		if f.State == chat.FollowUpHeld {
			return nil
		}
		if needed, err := followUpNeeded(tx, c, f); err != nil {
			return err
		} else if !needed {
			return endFollowUp(tx, f, chat.FollowUpDropped)
		}
		text, missing, err := followUpText(tx, c, f, agent)
		if err != nil {
			return err
		}
		if len(missing) > 0 {
			held = true
			return d.holdBack(tx, c, f, missing[0])
		}
		if err := d.sayFollowUp(tx, c, f, agent, text); err != nil {
			return err
		}
		return endFollowUp(tx, f, chat.FollowUpSent)
	})
	return held, err
}

// followUpNeeded reports whether a follow-up that is due is still to be said.
func followUpNeeded(tx chat.Tx, c *chat.Conversation, f *chat.FollowUp) (bool, error) {
	if !f.ByRule {
		return true, nil
	}
	if c.State != chat.Closed {
		return false, nil
	}
	err := onlyOne(tx, c)
	if chat.Is(err, chat.Conflict) {
		return false, nil
	}
	return err == nil, err
}

// followUpText is what a follow-up says now, and the variables that have no value.
func followUpText(tx chat.Tx, c *chat.Conversation, f *chat.FollowUp, agent *chat.Agent) (string, []string, error) {
	person, err := profile(tx, c.PersonID)
	if err != nil {
		return "", nil, err
	}
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return "", nil, err
	}
	text, missing := cycle.Render(f.Text, cycle.Values(*person, *agent, *site))
	return text, missing, nil
}

// maxLacks bounds the name of a variable that is lacking, in code points.
const maxLacks = 100

// holdBack keeps a follow-up from being said and tells the team what it lacks.
func (d *Desk) holdBack(tx chat.Tx, c *chat.Conversation, f *chat.FollowUp, lacks string) error {
	f.State, f.Lacks = chat.FollowUpHeld, chat.CleanLine(lacks, maxLacks)
	if err := tx.SaveFollowUp(f); err != nil {
		return err
	}
	if err := d.note(tx, c, "The follow-up was held back: we do not know {{"+f.Lacks+"}}. Fill that in and plan it again, or write to them yourself. It would have said: “"+chat.Preview(f.Text)+"”"); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// leaveUnsaid drops a follow-up whose agent has left and tells the team what it was.
func (d *Desk) leaveUnsaid(tx chat.Tx, c *chat.Conversation, f *chat.FollowUp, agent *chat.Agent) error {
	if err := endFollowUp(tx, f, chat.FollowUpDropped); err != nil {
		return err
	}
	if err := d.note(tx, c, "The follow-up was not sent: "+agent.Name+", who wanted to write, is not here any more. It would have said: “"+chat.Preview(f.Text)+"”"); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

func (d *Desk) sayFollowUp(tx chat.Tx, c *chat.Conversation, f *chat.FollowUp, agent *chat.Agent, text string) error {
	who := agent.Actor()
	name := chat.AgentCard{ID: agent.ID, Name: agent.Name, Picture: agent.Picture}
	p := Posting{ClientID: "follow-up-" + f.ID, Kind: chat.Auto, Text: text}
	template, err := usedTemplate(tx, who, c.SiteID, f.TemplateID)
	if err != nil {
		return err
	}
	if template != nil {
		p.TemplateID = template.ID
		files, err := tx.TemplateFiles(template.ID)
		if err != nil {
			return err
		}
		for _, one := range files {
			p.Files = append(p.Files, one.ID)
		}
	}
	person, err := profile(tx, c.PersonID)
	if err != nil {
		return err
	}
	m, err := d.say(tx, c, who, name, p, chat.MessagePosted)
	if err != nil {
		return err
	}
	if err := noteUses(tx, c, who, person, name, []string{p.TemplateID}, m); err != nil {
		return err
	}
	if c.State == chat.Closed {
		c.AssigneeID = agent.ID // who has the answer
	}
	c.UnreadPublic++
	if err := tellByMail(tx, c, chat.MailReply, chat.MailPayload{}); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// answerFollowUp opens a closed conversation for the answer to its follow-up. Where
// its agent is gone or away the customer counts as waiting since the closing, which puts
// them at the front: somebody asked them, and nobody is there to hear.
func (d *Desk) answerFollowUp(tx chat.Tx, c *chat.Conversation, author chat.Actor, name chat.AgentCard, cause string) error {
	closed := c.ClosedAt
	if err := d.giveBack(tx, c, author, name, cause); err != nil {
		return err
	}
	if c.AssigneeID == "" {
		c.WaitingSince = closed
	}
	return nil
}

// followedUp reports whether a closed conversation's last word is a follow-up, so
// that what its customer writes is the answer to it.
func followedUp(c *chat.Conversation) bool {
	return c.LastKind == chat.Auto && c.LastBy == chat.ByAgent
}
