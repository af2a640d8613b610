package desk

import "rapport/hub/chat"

// askByMail queues that the customer of a conversation that was closed with the
// event appended last is asked by e-mail whether it is solved: where the site does
// so, and only where somebody has answered them.
func askByMail(tx chat.Tx, c *chat.Conversation) error {
	if c.FirstResponseAt == 0 {
		return nil
	}
	site, err := tx.Site(c.SiteID)
	if err != nil || !site.After.AskByMail {
		return err
	}
	return tellByMail(tx, c, chat.MailSolved, chat.MailPayload{})
}

// remindByMail queues that a customer is to be reminded by e-mail of their own part,
// or of an appointment, before it is due, which the event that was appended last made
// or moved.
func remindByMail(tx chat.Tx, c *chat.Conversation, p *chat.Promise) error {
	if p.Whose != chat.Theirs && p.Kind != chat.AppointmentPromise || p.State != chat.PromiseIsOpen {
		return nil
	}
	return enqueue(tx, c, chat.Mail{
		Kind: chat.MailPart, Payload: chat.MailPayload{PromiseID: p.ID, DueAt: p.DueAt}, EarliestAt: p.RemindAt,
	})
}

// tellByMail queues that a conversation's customer is to be told by e-mail of the
// event that was appended last, if they do not see it here and have left an
// address. payload names what the words are read from.
func tellByMail(tx chat.Tx, c *chat.Conversation, kind chat.MailKind, payload chat.MailPayload) error {
	return enqueue(tx, c, chat.Mail{Kind: kind, Payload: payload})
}

// enqueue queues what m says about the event that was appended last.
func enqueue(tx chat.Tx, c *chat.Conversation, m chat.Mail) error {
	p, err := profile(tx, c.PersonID)
	if err != nil || p.Email == "" {
		return err
	}
	m.ID, m.SiteID, m.PersonID, m.ConversationID, m.Seq = chat.NewID(), c.SiteID, p.ID, c.ID, c.Seq
	return tx.Enqueue(&m)
}
