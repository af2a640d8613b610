package desk

import (
	"cmp"
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// advance lets the cycle see what happened and stores what it concludes. The
// caller saves the conversation.
func (d *Desk) advance(tx chat.Tx, c *chat.Conversation, e cycle.Event) error {
	return d.advanceMatter(tx, c, c.MatterID, e)
}

// advanceMatter is advance for what concerns a matter that may not be the current
// one.
func (d *Desk) advanceMatter(tx chat.Tx, c *chat.Conversation, matterID string, e cycle.Event) error {
	m, err := tx.Matter(matterID)
	if err != nil {
		return err
	}
	g, err := d.guide(tx, c.SiteID)
	if err != nil {
		return err
	}
	next, changes, changed, unread := cycle.Advance(g, *m, e)
	d.beginsAnew(unread)
	before := *m
	if changed {
		if err := d.keep(tx, c, m, &next, changes, chat.System, chat.AgentCard{}); err != nil {
			return err
		}
	}
	return onTrack(tx, c, before, e)
}

// state reads where a matter stands.
func (d *Desk) state(m *chat.Matter) cycle.State {
	s, unread := cycle.Load(*m)
	d.beginsAnew(unread)
	return s
}

// beginsAnew logs that what a matter's coach remembered cannot be read, if err says
// so. It goes on from the matter's step: nobody must be kept from writing by it.
func (d *Desk) beginsAnew(err error) {
	if err != nil {
		d.log.Error("a matter begins anew", "err", err)
	}
}

// keep stores a matter as it is after before, with the changes of its progress,
// each with its event, and one event if something else was read from its words.
func (d *Desk) keep(tx chat.Tx, c *chat.Conversation, before, m *chat.Matter, changes []cycle.Change, who chat.Actor, name chat.AgentCard) error {
	if err := tx.SaveMatter(m); err != nil {
		return err
	}
	mark(c, m)
	for _, change := range changes {
		p := change.Progress(chat.NewID(), m.ID)
		if err := tx.InsertProgress(&p); err != nil {
			return err
		}
		t := chat.PromptTicked
		if p.What == chat.StepAim {
			t = chat.StepMoved
		}
		e := event(tx, t, who, name)
		e.MatterID, e.ProgressID, e.Progress, e.Matter = m.ID, p.ID, &p, m
		if err := tx.Append(c, &e); err != nil {
			return err
		}
	}
	if m.Reading() == before.Reading() {
		return nil
	}
	e := event(tx, chat.MatterRead, who, name)
	e.MatterID, e.Matter = m.ID, m
	return tx.Append(c, &e)
}

// MoveStep sets the step of a matter of the conversation by the agent's word, which
// the cycle does not overrule; matterID "" is the current one. Moved to Closing, a
// further matter is solved. Failures: NotFound, Invalid.
func (d *Desk) MoveStep(ctx context.Context, who chat.Actor, id, matterID string, to chat.Step) error {
	return d.hand(ctx, who, id, matterID, func(_ *cycle.Guide, s cycle.State, by cycle.Hand) (cycle.State, []cycle.Change, error) {
		return cycle.Move(s, to, by)
	})
}

// TickPrompt sets where a prompt stands by the agent's word.
func (d *Desk) TickPrompt(ctx context.Context, who chat.Actor, id, key string, state chat.PromptState) error {
	return d.hand(ctx, who, id, "", func(g *cycle.Guide, s cycle.State, by cycle.Hand) (cycle.State, []cycle.Change, error) {
		return cycle.Tick(g, s, key, state, by)
	})
}

// hand applies an agent's word to a matter, "" for the current one.
func (d *Desk) hand(ctx context.Context, who chat.Actor, id, matterID string, apply func(*cycle.Guide, cycle.State, cycle.Hand) (cycle.State, []cycle.Change, error)) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		m, err := tx.Matter(cmp.Or(matterID, c.MatterID))
		if err != nil {
			return err
		}
		if m.ConversationID != c.ID {
			return chat.ErrNotFound
		}
		g, err := d.guide(tx, c.SiteID)
		if err != nil {
			return err
		}
		state, changes, err := apply(g, d.state(m), cycle.Hand{ID: who.ID, Name: name.Name, At: tx.Now()})
		if err != nil {
			return err
		}
		before := *m
		state.Save(m)
		if err := d.keep(tx, c, &before, m, changes, who, name); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// Undo takes back a move or a tick, whoever or whatever made it.
func (d *Desk) Undo(ctx context.Context, who chat.Actor, id, progressID string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		p, err := tx.Progress(progressID)
		if err != nil {
			return err
		}
		if err := d.undo(tx, c, who, name, p); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// undo takes a row of progress back, in whichever matter of the conversation. The
// caller saves the conversation.
func (d *Desk) undo(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, p *chat.Progress) error {
	m, err := tx.Matter(p.MatterID)
	if err != nil {
		return err
	}
	if m.ConversationID != c.ID {
		return chat.ErrNotFound
	}
	state, err := cycle.Undo(d.state(m), *p, handOf(tx, who, name))
	if err != nil {
		return err
	}
	state.Save(m)
	if err := tx.SaveMatter(m); err != nil {
		return err
	}
	p.UndoneBy, p.UndoneAt = who.ID, tx.Now()
	if err := tx.SaveProgress(p); err != nil {
		return err
	}
	e := event(tx, chat.ProgressUndone, who, name)
	e.MatterID, e.ProgressID, e.Matter, e.Progress = m.ID, p.ID, m, p
	return tx.Append(c, &e)
}
