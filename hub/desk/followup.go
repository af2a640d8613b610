package desk

import (
	"context"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// PlanFollowUp lets the customer of a conversation hear a word later, in the
// chat and by e-mail, in the agent's name. One that waits already is replaced.
// Failures: Invalid, NotFound, PlaceholderLeft.
func (d *Desk) PlanFollowUp(ctx context.Context, who chat.Actor, id, text string, due chat.Time) (*chat.FollowUp, error) {
	if err := noPlaceholder("text", text); err != nil {
		return nil, err
	}
	var out chat.FollowUp
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		out = chat.FollowUp{AgentID: who.ID, Text: text, DueAt: due}
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

// DropFollowUp takes back the follow-up that waits in a conversation; without one
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
	f, err := tx.WaitingFollowUp(c.ID)
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return endFollowUp(tx, f, chat.FollowUpDropped)
}

// dropFollowUpBy takes back the follow-up by rule that waits: the next closing plans
// its own, in the name of who has the conversation then. One by hand stays.
func dropFollowUpBy(tx chat.Tx, c *chat.Conversation) error {
	f, err := tx.WaitingFollowUp(c.ID)
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
	if _, err := tx.WaitingFollowUp(c.ID); !chat.Is(err, chat.NotFound) {
		return err
	}
	due := workingDay(tx.Now().Std().In(d.zone), int(site.After.FollowUpDays))
	return planFollowUp(tx, c, &chat.FollowUp{AgentID: c.AssigneeID, ByRule: true, Text: site.After.FollowUpText, DueAt: chat.At(due)})
}

// workingDay is followUpHour on the nth working day after from.
func workingDay(from time.Time, n int) time.Time {
	day := from
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			n--
		}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), followUpHour, 0, 0, 0, day.Location())
}

// SendFollowUp says a follow-up that is due, as an automatic message in its
// agent's name: it is no response, and the conversation stays as it is. One by
// rule is dropped where the customer is talking again or said that it is not
// solved; any is dropped where its agent has left. Doing it again changes nothing.
func (d *Desk) SendFollowUp(ctx context.Context, id string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		f, err := tx.FollowUp(id)
		if err != nil || f.State != chat.FollowUpWaits {
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
		text, err := followUpText(tx, c, f, agent)
		if err != nil {
			return err
		}
		if text == "" {
			return endFollowUp(tx, f, chat.FollowUpDropped)
		}
		if err := d.sayFollowUp(tx, c, f, agent, text); err != nil {
			return err
		}
		return endFollowUp(tx, f, chat.FollowUpSent)
	})
}

// followUpText is what a follow-up says, "" where it is not needed or cannot be
// said: its words hold a variable that has no value.
func followUpText(tx chat.Tx, c *chat.Conversation, f *chat.FollowUp, agent *chat.Agent) (string, error) {
	if agent.DisabledAt != 0 {
		return "", nil
	}
	if !f.ByRule {
		return f.Text, nil
	}
	if c.State != chat.Closed {
		return "", nil
	}
	if err := onlyOne(tx, c); chat.Is(err, chat.Conflict) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	person, err := profile(tx, c.PersonID)
	if err != nil {
		return "", err
	}
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return "", err
	}
	text, missing := cycle.Render(f.Text, cycle.Values(*person, *agent, *site))
	if len(missing) > 0 {
		return "", nil
	}
	return text, nil
}

func (d *Desk) sayFollowUp(tx chat.Tx, c *chat.Conversation, f *chat.FollowUp, agent *chat.Agent, text string) error {
	who := chat.Actor{Kind: chat.ByAgent, ID: agent.ID, Role: agent.Role}
	name := chat.AgentCard{ID: agent.ID, Name: agent.Name, Picture: agent.Picture}
	p := Posting{ClientID: "follow-up-" + f.ID, Kind: chat.Auto, Text: text}
	if _, err := d.say(tx, c, who, name, p, chat.MessagePosted); err != nil {
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

// followedUp reports whether a closed conversation's last word is a follow-up, so
// that what its customer writes is the answer to it.
func followedUp(c *chat.Conversation) bool {
	return c.LastKind == chat.Auto && c.LastBy == chat.ByAgent
}
