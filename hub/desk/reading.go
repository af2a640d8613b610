package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// Correct sets what the conversation's current matter is about by the agent's
// word, which reading does not overrule.
//
// Failures: Invalid (no such type or mood), NotFound.
func (d *Desk) Correct(ctx context.Context, who chat.Actor, id string, c cycle.Correction) error {
	return d.hand(ctx, who, id, func(_ *cycle.Guide, s cycle.State, by cycle.Hand) (cycle.State, []cycle.Change, error) {
		s, err := cycle.Correct(s, c, by)
		return s, nil, err
	})
}

// OpenMatter begins a further matter in a conversation for a second concern of
// its customer; it becomes the current one, and the one before keeps its step,
// cards and promises. need may be "".
//
// Failures: NotFound, Conflict (more than maxMatters), AlreadyClosed.
func (d *Desk) OpenMatter(ctx context.Context, who chat.Actor, id, need string) error {
	need = chat.CleanLine(need, cycle.MaxRead)
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if c.State == chat.Closed {
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Open it again, and then go on.")
		}
		last, err := tx.Matter(c.MatterID)
		if err != nil {
			return err
		}
		m, err := second(tx, last, cycle.Second(d.state(last), need))
		if err != nil {
			return err
		}
		c.MatterID = m.ID
		mark(c, m)
		e := event(tx, chat.MatterOpened, who, name)
		e.MatterID, e.Matter = m.ID, m
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// maxMatters bounds the matters of one conversation.
const maxMatters = 20

// second stores the matter that follows the last one, in the state that it begins
// with.
func second(tx chat.Tx, last *chat.Matter, state cycle.State) (*chat.Matter, error) {
	if last.Number >= maxMatters {
		return nil, chat.Fail(chat.Conflict, "A conversation holds at most %d matters.", maxMatters)
	}
	m := chat.Matter{ID: chat.NewID(), ConversationID: last.ConversationID, Number: last.Number + 1, OpenedAt: tx.Now()}
	state.Save(&m)
	return &m, tx.InsertMatter(&m)
}
