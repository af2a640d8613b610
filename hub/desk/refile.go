package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// FileMessage says by an agent's word which matter a message of the customer's is
// about: it becomes the current one and reads the words anew. What they had moved
// or ticked by themselves in the matter before is taken back there.
//
// Failures: NotFound (a matter or a customer's message that is not there), Conflict (the
// matter was split off).
func (d *Desk) FileMessage(ctx context.Context, who chat.Actor, id, messageID, matterID string) error {
	return d.withMatter(ctx, who, id, matterID, func(tx chat.Tx, c *chat.Conversation, name chat.AgentCard, to *chat.Matter) error {
		if cycle.WasSplitOff(*to) {
			return wasSplitOff()
		}
		m, err := tx.Message(c.ID, messageID)
		if err != nil {
			return err
		}
		from := m.MatterID
		if err := file(tx, c, m.ID, to.ID); err != nil || from == to.ID {
			return err
		}
		if err := d.takeBack(tx, c, who, name, from, m.ID); err != nil {
			return err
		}
		if err := d.advanceMatter(tx, c, to.ID, cycle.Turned(false, handOf(tx, who, name))); err != nil {
			return err
		}
		if c.MatterID != to.ID {
			if err := turn(tx, c, who, name, to.ID); err != nil {
				return err
			}
		}
		person, err := profile(tx, c.PersonID)
		if err != nil {
			return err
		}
		return d.advanceMatter(tx, c, to.ID, cycle.Posted(*m, person.Name, "", nil))
	})
}

// takeBack undoes what a message has caused by itself in a matter.
func (d *Desk) takeBack(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, matterID, messageID string) error {
	caused, err := tx.CausedProgress(matterID, messageID)
	if err != nil {
		return err
	}
	for i := len(caused) - 1; i >= 0; i-- {
		if err := d.undo(tx, c, who, name, &caused[i]); err != nil {
			return err
		}
	}
	return nil
}
