package desk

import (
	"context"

	"rapport/hub/chat"
)

// ErasePerson takes a customer away, whole and for good: an agent with a reason, or
// the customer themselves. The caller closes the sockets of whoever is told of.
//
// Failures: NotFound, Invalid (a reason that is none of an agent's).
func (d *Desk) ErasePerson(ctx context.Context, who chat.Actor, id string, reason chat.EraseReason) (*chat.Erased, error) {
	agent := who.ID
	if who.Kind == chat.ByPerson {
		agent, reason = "", chat.EraseByThem // the log keeps no id of theirs as an author
	} else if err := chat.CheckEraseReason(reason); err != nil {
		return nil, err
	}
	var out *chat.Erased
	err := d.store.Write(ctx, func(tx chat.Tx) (err error) {
		p, err := profile(tx, id)
		if err != nil {
			return err
		}
		if who.Kind == chat.ByPerson {
			self, err := profile(tx, who.ID)
			if err != nil {
				return err
			}
			if self.ID != p.ID {
				return chat.ErrNotFound
			}
		}
		if out, err = tx.ErasePerson(p.ID); err != nil {
			return err
		}
		return tx.Audit(agent, "person.erased", p.ID, string(reason))
	})
	return out, err
}

// EraseAgain repeats an erasing that this database does not know: a backup from
// before it was restored. Nil where nothing is left of it. Of a person it takes this
// profile alone: every one that went is named, and with whom the backup has it together
// may be somebody else, from whom it was taken apart before it was erased.
func (d *Desk) EraseAgain(ctx context.Context, e chat.Erasure) (*chat.Erased, error) {
	var out *chat.Erased
	err := d.store.Write(ctx, func(tx chat.Tx) (err error) {
		action := "person.erased"
		if e.Kind == chat.ErasedConversation {
			action = "conversation.erased"
			out, err = tx.EraseConversation(e.ID)
		} else {
			out, err = d.eraseAlone(tx, e.ID)
		}
		if chat.Is(err, chat.NotFound) {
			out = nil
			return tx.RememberErasure(&e)
		}
		if err != nil {
			return err
		}
		return tx.Audit("", action, e.ID, string(chat.EraseAgain))
	})
	return out, err
}

// eraseAlone takes a profile apart from all whom it leads to and who lead to it, and
// erases it.
func (d *Desk) eraseAlone(tx chat.Tx, id string) (*chat.Erased, error) {
	for {
		out, err := tx.MergeOf(id)
		if chat.Is(err, chat.NotFound) {
			break
		}
		if err != nil {
			return nil, err
		}
		if _, err := d.apart(tx, chat.System, out); err != nil { // the rest leads to it again then
			return nil, err
		}
	}
	merges, err := tx.MergesInto(id)
	if err != nil {
		return nil, err
	}
	for i := range merges {
		if _, err := d.apart(tx, chat.System, &merges[i]); err != nil {
			return nil, err
		}
	}
	return tx.EraseProfile(id)
}
