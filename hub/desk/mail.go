package desk

import "rapport/hub/chat"

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
