package desk

import (
	"context"

	"rapport/hub/chat"
)

// Whisper tells the agent who has a conversation something that they read beside their
// draft. It stays in the thread, as a note of the team's that names them: its customer
// never sees it. Whispering again under the same client id returns the note that is
// stored.
//
// Failures: NotFound, Forbidden (it is for who may take over), Invalid (text, client
// id), AlreadyClosed, Conflict (nobody has it, or the caller does).
func (d *Desk) Whisper(ctx context.Context, who chat.Actor, id, clientID, text string) (*Posted, error) {
	if !chat.ValidClientID(clientID) {
		return nil, badClientID()
	}
	text, err := chat.CleanText("text", text, chat.MaxWhisper)
	if err != nil {
		return nil, err
	}
	var out Posted
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		out = Posted{} // a run that was undone has stored nothing
		c, name, err := d.overseen(tx, who, id)
		if err != nil {
			return err
		}
		note := Posting{ClientID: clientID, Kind: chat.Note, Text: text}
		if done, err := already(tx, c, name, note, &out); done || err != nil {
			return err
		}
		if c.AssigneeID == "" || c.AssigneeID == who.ID {
			return chat.Fail(chat.Conflict, "No colleague has this conversation. Write a note instead.")
		}
		to, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: c.AssigneeID})
		if err != nil {
			return err
		}
		m, err := d.noteTo(tx, c, who, name, note, []string{to.ID})
		if err != nil {
			return err
		}
		e := event(tx, chat.WhisperSent, who, name)
		e.AgentID, e.MessageID, e.Names.Agent = to.ID, m.ID, to
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		out = Posted{Message: *m, Author: name, Mentioned: []string{to.ID}}
		return tx.SaveConversation(c)
	})
	return &out, err
}

// overseen returns a conversation that goes on, for who may take it over.
func (d *Desk) overseen(tx chat.Tx, who chat.Actor, id string) (*chat.Conversation, chat.AgentCard, error) {
	c, name, err := d.forAgent(tx, who, id)
	switch {
	case err != nil:
		return nil, name, err
	case !who.May(chat.TakeOver):
		return nil, name, chat.Fail(chat.Forbidden, "This is for who may take over a colleague's conversation.")
	case c.State == chat.Closed:
		return nil, name, chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
	}
	return c, name, nil
}
