package desk

import (
	"context"

	"rapport/hub/chat"
)

// TranscriptWish is where a copy of a conversation is to go.
type TranscriptWish struct {
	Email string // "" for the one that is known of the customer
	Mail  bool   // letters can be sent
}

// SendTranscript queues a copy of a conversation as a letter: to its customer, who asks
// for it, or by an agent whom they have asked. The same copy to the same address within
// chat.TranscriptAgain is sent once and answered alike.
//
// Somebody may have typed a stranger's address. So a copy goes to one that nobody has
// proven only after a person of the team has answered, seldom, and never where its owner
// has said that they want none.
//
// Failures: NotFound, Forbidden (blocked, the site offers none, the address takes none,
// nobody has answered yet), Invalid (email), Conflict (no e-mail is sent here),
// RateLimited.
func (d *Desk) SendTranscript(ctx context.Context, who chat.Actor, id string, wish TranscriptWish) (*chat.Transcript, error) {
	if !chat.ValidID(id) {
		return nil, chat.ErrNotFound
	}
	var out *chat.Transcript
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		c, p, name, err := d.whoseTranscript(tx, who, id)
		if err != nil {
			return err
		}
		if !wish.Mail {
			return chat.Fail(chat.Conflict, "No e-mail is sent from here. Save the conversation as a file instead.")
		}
		email, err := addressOf(p, wish.Email)
		if err != nil {
			return err
		}
		t := &chat.Transcript{
			ID: chat.NewID(), SiteID: c.SiteID, ConversationID: c.ID, ByID: p.ID,
			Email: email, Proven: p.EmailSigned() && p.Email == email, Masked: chat.MaskAddress(email), At: tx.Now(),
		}
		if who.Kind == chat.ByAgent {
			t.ByID, t.ByAgent = who.ID, true
		}
		if err := wanted(tx, t); err != nil {
			return err
		}
		same, err := tx.LastTranscript(t, tx.Now().Add(-chat.TranscriptAgain))
		if err == nil {
			out = same
			return nil
		}
		if !chat.Is(err, chat.NotFound) {
			return err
		}
		if err := mayGo(tx, c, who, t); err != nil {
			return err
		}
		out = t
		return d.queueTranscript(tx, c, who, name, p.ID, t)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// whoseTranscript returns the conversation that somebody may have a copy of sent, its
// customer, and who asks.
func (d *Desk) whoseTranscript(tx chat.Tx, who chat.Actor, id string) (*chat.Conversation, *chat.Person, chat.AgentCard, error) {
	none := chat.AgentCard{}
	if who.Kind == chat.ByAgent {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return nil, nil, none, err
		}
		if c.Channel != chat.ChannelChat {
			return nil, nil, none, chat.Fail(chat.Conflict, "Only of a chat is there a copy to send. Open the customer's chat.")
		}
		p, err := profile(tx, c.PersonID)
		return c, p, name, err
	}
	if who.Kind != chat.ByPerson {
		return nil, nil, none, chat.Fail(chat.Forbidden, "Only the customer or an agent may do this.")
	}
	c, p, err := owned(tx, who, id)
	if err != nil {
		return nil, nil, none, err
	}
	if err := p.RefuseBlocked(); err != nil {
		return nil, nil, none, err
	}
	site, err := tx.Site(c.SiteID)
	if err == nil && site.NoTranscripts {
		err = chat.Fail(chat.Forbidden, "Copies are not sent by e-mail here. Save the conversation as a file instead.")
	}
	return c, p, chat.AgentCard{ID: p.ID, Name: p.Name}, err
}

// addressOf is where a copy goes: the given address, else the customer's own.
func addressOf(p *chat.Person, given string) (string, error) {
	if given == "" {
		given = p.Email
	}
	if given == "" {
		return "", chat.FailField("email", "Say to which e-mail address the copy goes.")
	}
	return chat.CleanEmail("email", given)
}

// wanted refuses a copy whose address asked to get none, however lately one went there.
func wanted(tx chat.Tx, t *chat.Transcript) error {
	stopped, err := tx.NoTranscripts(t.SiteID, t.Email)
	if err == nil && stopped {
		return chat.Fail(chat.Forbidden, "This address asked to get no copies. Take another one, or save the conversation as a file.")
	}
	return err
}

// mayGo refuses a copy that could be meant for a stranger, or is one too many.
func mayGo(tx chat.Tx, c *chat.Conversation, who chat.Actor, t *chat.Transcript) error {
	if who.Kind == chat.ByPerson && !t.Proven && c.FirstResponseAt == 0 {
		return chat.Fail(chat.Forbidden, "A copy goes out by e-mail once somebody has answered. Until then, save the conversation as a file.")
	}
	n, err := tx.CountTranscripts(t, tx.Now().Add(-chat.TranscriptDay))
	if err != nil {
		return err
	}
	return t.Room(n, who.Kind)
}

// queueTranscript notes the copy, tells both sides of it and queues its letter.
func (d *Desk) queueTranscript(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, personID string, t *chat.Transcript) error {
	if err := tx.AddTranscript(t); err != nil {
		return err
	}
	e := event(tx, chat.TranscriptSent, who, name)
	e.To = t.Masked
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	if who.Kind == chat.ByAgent {
		if err := tx.Audit(who.ID, "transcript.sent", c.ID, t.ID); err != nil {
			return err
		}
	}
	m := chat.Mail{
		ID: chat.NewID(), SiteID: c.SiteID, PersonID: personID, ConversationID: c.ID, Kind: chat.MailTranscript, Seq: c.Seq,
		Payload: chat.MailPayload{To: t.Email},
	}
	if err := tx.Enqueue(&m); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}
