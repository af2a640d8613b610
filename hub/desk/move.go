package desk

import (
	"context"

	"rapport/hub/chat"
)

// Move is where a supervisor puts a conversation: with a colleague, with whoever of a
// team comes first, or, where neither is named, back into the queue.
type Move struct {
	ToID   string
	TeamID string
	FromID string // who has it as far as the caller knows, "" for nobody
	Why    string // for the team, "" for none
}

// Move rearranges who has a conversation, without asking them. Who had it and who gets
// it are named in a note that says where it went and why; the note is what it returns,
// none where nothing changed. there are those who could take something now, in the
// order of asking.
//
// Failures: NotFound, Forbidden (it is for who may take over), Invalid (reason),
// AlreadyClosed, TakenByOther (somebody else has it by now), Conflict (nobody who was
// named could have it).
func (d *Desk) Move(ctx context.Context, who chat.Actor, id string, m Move, there []string) (*Posted, error) {
	why, err := chat.CleanMaybe("why", m.Why, chat.MaxMoveReason)
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
		from, err := mayGive(tx, c, who, m.FromID)
		if err != nil {
			return err
		}
		to, err := whoGets(tx, c, m, there)
		if err != nil || to.ID == c.AssigneeID && (to.ID != "" || c.State != chat.Snoozed) {
			return err
		}
		if err := d.put(tx, c, who, name, from, to); err != nil {
			return err
		}
		var told []string
		for _, a := range []chat.AgentCard{from, to} {
			if a.ID != "" && a.ID != who.ID {
				told = append(told, a.ID)
			}
		}
		note := Posting{ClientID: chat.OwnID("move", chat.NewID()), Kind: chat.Note, Text: moved(from, to, why)}
		said, err := d.noteTo(tx, c, who, name, note, told)
		if err != nil {
			return err
		}
		out = Posted{Message: *said, Author: name, Mentioned: told}
		return tx.SaveConversation(c)
	})
	return &out, err
}

// whoGets is the agent to whom a conversation is moved, nobody for the queue.
func whoGets(tx chat.Tx, c *chat.Conversation, m Move, there []string) (chat.AgentCard, error) {
	if m.TeamID == "" {
		if m.ToID == "" {
			return chat.AgentCard{}, nil
		}
		return here(tx, m.ToID)
	}
	for _, id := range there {
		member, err := tx.InTeam(id, m.TeamID)
		if err != nil {
			return chat.AgentCard{}, err
		}
		if !member || id == c.AssigneeID {
			continue
		}
		to, err := here(tx, id)
		if chat.Is(err, chat.Conflict) || chat.Is(err, chat.NotFound) {
			continue
		}
		return to, err
	}
	return chat.AgentCard{}, chat.Fail(chat.Conflict, "Nobody of them is here. Choose somebody who is, or the queue.")
}

// put gives a conversation to an agent, or to nobody; the caller saves it.
func (d *Desk) put(tx chat.Tx, c *chat.Conversation, who chat.Actor, name, from, to chat.AgentCard) error {
	switch {
	case to.ID != "":
		return d.handTo(tx, c, to, from)
	case from.ID != "":
		return d.letGo(tx, c, who, name)
	}
	return d.wake(tx, c, who, name)
}

// moved is the note about a move.
func moved(from, to chat.AgentCard, why string) string {
	text := "Moved from " + orQueue(from) + " to " + orQueue(to) + "."
	if why != "" {
		text += " " + why
	}
	return text
}

func orQueue(a chat.AgentCard) string {
	if a.ID == "" {
		return "the queue"
	}
	return a.Name
}
