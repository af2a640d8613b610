package storagetest

import (
	"rapport/hub/chat"
)

// started makes a conversation of a new customer with its matter and its first
// event, in a state of the caller's choice.
func (w *world) started(change func(*chat.Conversation)) chat.Conversation {
	w.Helper()
	return w.startedBy(w.newPerson(), change)
}

func (w *world) startedBy(p chat.Person, change func(*chat.Conversation)) (c chat.Conversation) {
	w.Helper()
	w.write(func(tx chat.Tx) error {
		c = chat.Conversation{
			ID: chat.NewID(), SiteID: p.SiteID, PersonID: p.ID, Channel: chat.ChannelChat, State: chat.Waiting,
			MatterID: chat.NewID(), StartedAt: tx.Now(), LastAt: tx.Now(), WaitingSince: tx.Now(),
		}
		if change != nil {
			change(&c)
		}
		if err := tx.InsertConversation(&c); err != nil {
			return err
		}
		m := chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, Step: chat.Greeting, OpenedAt: tx.Now()}
		if err := tx.InsertMatter(&m); err != nil {
			return err
		}
		e := chat.Event{Type: chat.ConversationStarted, At: tx.Now(), By: chat.ByPerson, ByID: p.ID}
		if err := tx.Append(&c, &e); err != nil {
			return err
		}
		return tx.SaveConversation(&c)
	})
	return c
}

// said is a unit of work that adds a message to a conversation.
func said(id string, kind chat.MessageKind, by chat.Kind, byID, clientID string) func(chat.Tx) error {
	return func(tx chat.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		m := &chat.Message{
			ID: chat.NewID(), ConversationID: c.ID, MatterID: c.MatterID, ClientID: clientID,
			Kind: kind, By: by, ByID: byID, Text: "text of " + clientID, At: tx.Now(),
		}
		e := chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: by, ByID: byID, MessageID: m.ID, Message: m}
		if kind == chat.Note {
			e.Type = chat.NotePosted
		}
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		c.LastAt = tx.Now()
		return tx.SaveConversation(c)
	}
}

// customerSays is said by the conversation's customer.
func customerSays(c chat.Conversation, clientID string) func(chat.Tx) error {
	return said(c.ID, chat.Reply, chat.ByPerson, c.PersonID, clientID)
}

func (w *world) replies(c chat.Conversation, clientID string) func(chat.Tx) error {
	return said(c.ID, chat.Reply, chat.ByAgent, w.agent.ID, clientID)
}

func (w *world) notes(c chat.Conversation, clientID string) func(chat.Tx) error {
	return said(c.ID, chat.Note, chat.ByAgent, w.agent.ID, clientID)
}

// saved is a unit of work that changes a conversation.
func saved(id string, change func(*chat.Conversation)) func(chat.Tx) error {
	return func(tx chat.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		change(c)
		return tx.SaveConversation(c)
	}
}

// conversation reads a conversation as the store has it.
func (w *world) conversation(id string) chat.Conversation {
	w.Helper()
	row, err := w.store.RowByID(w.ctx, id)
	w.must(err)
	return row.Conversation
}
