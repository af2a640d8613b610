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

// tellByMail queues that a conversation's customer is to be told by e-mail of the
// event that was appended last, if they do not see it here and have left an
// address. payload names what the words are read from.
func tellByMail(tx chat.Tx, c *chat.Conversation, kind chat.MailKind, payload chat.MailPayload) error {
	p, err := profile(tx, c.PersonID)
	if err != nil || p.Email == "" {
		return err
	}
	return tx.Enqueue(&chat.Mail{
		ID: chat.NewID(), SiteID: c.SiteID, PersonID: p.ID, ConversationID: c.ID, Kind: kind, Seq: c.Seq, Payload: payload,
	})
}
