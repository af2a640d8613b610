package desk

import (
	"context"
	"slices"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// OpenMatter begins a further matter in a conversation for a second concern of
// its customer; it becomes the current one, and the one before keeps its step,
// cards and promises. need may be "". messageID is the customer's message that
// brought it up, which then belongs to it, or "".
//
// Failures: NotFound, Conflict (more than maxMatters), AlreadyClosed.
func (d *Desk) OpenMatter(ctx context.Context, who chat.Actor, id, need, messageID string) error {
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
		m, err := second(tx, c, cycle.Second(d.state(last), need))
		if err != nil {
			return err
		}
		if err := file(tx, c, messageID, m.ID); err != nil {
			return err
		}
		if err := d.advance(tx, c, cycle.Opened(handOf(tx, who, name))); err != nil {
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

// second stores the matter that follows the conversation's last one, in the state
// that it begins with.
func second(tx chat.Tx, c *chat.Conversation, state cycle.State) (*chat.Matter, error) {
	all, err := tx.Matters(c.ID)
	if err != nil {
		return nil, err
	}
	if len(all) >= maxMatters {
		return nil, chat.Fail(chat.Conflict, "A conversation holds at most %d matters.", maxMatters)
	}
	m := chat.Matter{ID: chat.NewID(), ConversationID: c.ID, Number: int64(len(all)) + 1, OpenedAt: tx.Now()}
	state.Save(&m)
	return &m, tx.InsertMatter(&m)
}

// file puts a customer's message under a matter, "" for none.
func file(tx chat.Tx, c *chat.Conversation, messageID, matterID string) error {
	if messageID == "" {
		return nil
	}
	m, err := tx.Message(c.ID, messageID)
	if err != nil {
		return err
	}
	if m.By != chat.ByPerson {
		return chat.ErrNotFound
	}
	return tx.FileMessage(c.ID, m.ID, matterID)
}

func handOf(tx chat.Tx, who chat.Actor, name chat.AgentCard) cycle.Hand {
	return cycle.Hand{ID: who.ID, Name: name.Name, At: tx.Now()}
}

// TurnMatter makes another matter of the conversation the current one; one that
// was dropped counts again.
//
// Failures: NotFound, Conflict (it was split off).
func (d *Desk) TurnMatter(ctx context.Context, who chat.Actor, id, matterID string) error {
	return d.withMatter(ctx, who, id, matterID, func(tx chat.Tx, c *chat.Conversation, name chat.AgentCard, m *chat.Matter) error {
		if c.MatterID == m.ID {
			return nil
		}
		if cycle.WasSplitOff(*m) {
			return wasSplitOff()
		}
		if err := d.advanceMatter(tx, c, m.ID, cycle.Turned(false, handOf(tx, who, name))); err != nil {
			return err
		}
		return turn(tx, c, who, name, m.ID)
	})
}

func wasSplitOff() error {
	return chat.Fail(chat.Conflict, "This was split off and is worked on beside the chat. Bring it back from there to go on with it here.")
}

// DropMatter says that a further matter is none of its own after all. Where it was
// the current one, the one before is now. TurnMatter takes this back.
//
// Failures: NotFound, Conflict (the first, or something is open in it).
func (d *Desk) DropMatter(ctx context.Context, who chat.Actor, id, matterID string) error {
	return d.withMatter(ctx, who, id, matterID, func(tx chat.Tx, c *chat.Conversation, name chat.AgentCard, m *chat.Matter) error {
		if err := mayDrop(tx, c, m); err != nil || cycle.Gone(*m) {
			return err
		}
		if err := d.advanceMatter(tx, c, m.ID, cycle.Turned(true, handOf(tx, who, name))); err != nil {
			return err
		}
		to, err := before(tx, c, m)
		if err != nil {
			return err
		}
		return turn(tx, c, who, name, to)
	})
}

// mayDrop refuses to drop the first matter and one that something hangs on.
func mayDrop(tx chat.Tx, c *chat.Conversation, m *chat.Matter) error {
	if m.Number == 1 {
		return chat.Fail(chat.Conflict, "This is what they came for first. Correct its need instead.")
	}
	promises, err := tx.OpenPromises(c.ID)
	if err != nil {
		return err
	}
	tracks, err := tx.Tracks(c.ID)
	if err != nil {
		return err
	}
	cards, err := tx.SentCards(m.ID)
	if err != nil {
		return err
	}
	if len(cards) > 0 || slices.ContainsFunc(promises, func(p chat.Promise) bool { return p.MatterID == m.ID }) ||
		slices.ContainsFunc(tracks, func(k chat.Track) bool { return k.MatterID == m.ID }) {
		return chat.Fail(chat.Conflict, "Something is open in this matter: a promise, a complaint, or a card that waits for an answer. Settle that first.")
	}
	return nil
}

// before is the current matter once m is gone: the last one before it that counts.
func before(tx chat.Tx, c *chat.Conversation, m *chat.Matter) (string, error) {
	if c.MatterID != m.ID {
		return c.MatterID, nil
	}
	all, err := tx.Matters(c.ID)
	if err != nil {
		return "", err
	}
	to := all[0].ID
	for _, x := range all {
		if x.Number < m.Number && !cycle.Gone(x) {
			to = x.ID
		}
	}
	return to, nil
}

// withMatter does something to a matter of a conversation by an agent's word.
func (d *Desk) withMatter(ctx context.Context, who chat.Actor, id, matterID string, do func(chat.Tx, *chat.Conversation, chat.AgentCard, *chat.Matter) error) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		m, err := tx.Matter(matterID)
		if err != nil {
			return err
		}
		if m.ConversationID != c.ID {
			return chat.ErrNotFound
		}
		if err := do(tx, c, name, m); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// turn makes a matter the conversation's current one and tells the team; also
// where it is already and only the others have changed. The caller saves c.
func turn(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, matterID string) error {
	m, err := tx.Matter(matterID)
	if err != nil {
		return err
	}
	c.MatterID = m.ID
	mark(c, m)
	e := event(tx, chat.MatterTurned, who, name)
	e.MatterID, e.Matter = m.ID, m
	return tx.Append(c, &e)
}

// turnToTheirs makes that matter the current one which the customer's words name,
// where the conversation holds several. Nobody is asked; an agent corrects it with
// FileMessage.
func (d *Desk) turnToTheirs(tx chat.Tx, c *chat.Conversation, said *cycle.Heard) error {
	current, err := tx.Matter(c.MatterID)
	if err != nil || said == nil || !cycle.Beside(*current) {
		return err
	}
	all, err := tx.Matters(c.ID)
	if err != nil {
		return err
	}
	theirs := cycle.Belongs(said, *current, all)
	if theirs.ID == c.MatterID {
		return nil
	}
	return turn(tx, c, chat.System, chat.AgentCard{}, theirs.ID)
}
