package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// FollowUpText is what a customer is promised when their complaint is closed.
const FollowUpText = "ask you whether everything has stayed right"

// OpenTrack opens the complaint track of a conversation's current matter, which is
// a complaint from then on. One that is open stays as it is; one that was dropped
// goes on.
//
// Failures: NotFound, AlreadyClosed.
func (d *Desk) OpenTrack(ctx context.Context, who chat.Actor, id string) (out *chat.Track, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if out, err = tx.Track(c.MatterID); err == nil && out.State != chat.TrackDropped {
			return nil
		}
		if err != nil && !chat.Is(err, chat.NotFound) {
			return err
		}
		if c.State == chat.Closed {
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
		}
		if out, err = d.openTrack(tx, c, who, name, out); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return out, err
}

// openTrack stores a new track, or opens dropped again.
func (d *Desk) openTrack(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, dropped *chat.Track) (*chat.Track, error) {
	m, err := tx.Matter(c.MatterID)
	if err != nil {
		return nil, err
	}
	g, err := d.guide(tx, c.SiteID)
	if err != nil {
		return nil, err
	}
	state := d.state(m)
	by := cycle.Hand{ID: who.ID, Name: name.Name, At: tx.Now()}
	k := dropped
	if k != nil {
		k.State, k.EndedAt = chat.TrackOpen, 0
		err = tx.SaveTrack(k)
	} else {
		fresh := cycle.OpenTrack(g, state, by)
		k = &fresh
		k.ID, k.SiteID, k.ConversationID, k.MatterID, k.OpenedBy = chat.NewID(), c.SiteID, c.ID, m.ID, name
		err = tx.InsertTrack(k)
	}
	if err != nil {
		return nil, err
	}
	c.Complaint = chat.TrackedComplaint
	if err := d.retype(tx, c, m, cycle.Tracked(state), who, name); err != nil {
		return nil, err
	}
	if err := d.record(tx, c, chat.FactComplaintOpened, who.ID, 0); err != nil {
		return nil, err
	}
	return k, tellTrack(tx, c, chat.ComplaintOpened, who, name, k)
}

// retype stores a matter whose type has changed with its track.
func (d *Desk) retype(tx chat.Tx, c *chat.Conversation, m *chat.Matter, state cycle.State, who chat.Actor, name chat.AgentCard) error {
	before := *m
	state.Save(m)
	return d.keep(tx, c, &before, m, nil, who, name)
}

func tellTrack(tx chat.Tx, c *chat.Conversation, t chat.EventType, who chat.Actor, name chat.AgentCard, k *chat.Track) error {
	e := event(tx, t, who, name)
	shown := *k
	e.TrackID, e.Track = k.ID, &shown
	return tx.Append(c, &e)
}

// keepTrack stores a track with the event that tells of it; the caller saves c.
func keepTrack(tx chat.Tx, c *chat.Conversation, t chat.EventType, who chat.Actor, name chat.AgentCard, k *chat.Track) error {
	if err := tx.SaveTrack(k); err != nil {
		return err
	}
	return tellTrack(tx, c, t, who, name, k)
}

// onTrack lets the complaint track of a matter see what happened. before is the
// matter as it was.
func onTrack(tx chat.Tx, c *chat.Conversation, before chat.Matter, e cycle.Event) error {
	if c.Complaint != chat.TrackedComplaint {
		return nil
	}
	k, err := tx.Track(before.ID)
	if err != nil {
		return unlessAbsent(err)
	}
	state, _ := cycle.Load(before) // what cannot be read was told when the matter advanced
	next, changed := cycle.OnTrack(*k, state, e)
	if !changed {
		return nil
	}
	return keepTrack(tx, c, chat.ComplaintStaged, chat.System, chat.AgentCard{}, &next)
}

func unlessAbsent(err error) error {
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	return err
}

// mark notes whether a conversation is queued as a complaint, by what its current
// matter was read as. An open track stands above that.
func mark(c *chat.Conversation, m *chat.Matter) {
	if c.Complaint == chat.TrackedComplaint || m.ID != c.MatterID {
		return
	}
	c.Complaint = chat.NoComplaint
	if m.Type == chat.Complaint {
		c.Complaint = chat.ReadComplaint
	}
}

// StageTrack settles or opens a stage of the conversation's complaint by the
// agent's word. Failures: NotFound, Invalid, Conflict (the follow-up).
func (d *Desk) StageTrack(ctx context.Context, who chat.Actor, id string, stage chat.Stage, state chat.PromptState) (*chat.Track, error) {
	return d.changeTrack(ctx, who, id, func(_ chat.Tx, _ *chat.Conversation, k *chat.Track, by cycle.Hand) (chat.EventType, error) {
		next, err := cycle.SetStage(*k, stage, state, by)
		*k = next
		return chat.ComplaintStaged, err
	})
}

// RecordTrack writes down what is known of the conversation's complaint. The answer
// to what closing asks goes to an open one without a cause.
// Failures: NotFound, Invalid.
func (d *Desk) RecordTrack(ctx context.Context, who chat.Actor, id string, r chat.TrackRecord) (*chat.Track, error) {
	return d.changeTrack(ctx, who, id, func(tx chat.Tx, _ *chat.Conversation, k *chat.Track, _ cycle.Hand) (chat.EventType, error) {
		if err := causeAsked(tx, k, &r); err != nil {
			return "", err
		}
		site, err := tx.Site(k.SiteID)
		if err != nil {
			return "", err
		}
		return chat.ComplaintStaged, k.Lay(r, site.RootCauses, tx.Now())
	})
}

// causeAsked turns from a complaint whose cause is known to the first open one
// without, where r answers what closing asks. Its follow-up may be promised already;
// then the day in r is not for it.
func causeAsked(tx chat.Tx, k *chat.Track, r *chat.TrackRecord) error {
	if !r.AnswersCause() || k.State == chat.TrackOpen && !k.CauseKnown() {
		return nil
	}
	open, err := tx.Tracks(k.ConversationID)
	if err != nil {
		return err
	}
	for i := range open {
		if open[i].CauseKnown() {
			continue
		}
		if *k = open[i]; k.FollowUpID != "" {
			r.FollowUpAt = nil
		}
		return nil
	}
	return nil
}

// DropTrack says that it was no complaint after all: its matter is what it was
// before, and read on. Opening the track again goes on with it. Failures: NotFound, Conflict (a follow-up was promised).
func (d *Desk) DropTrack(ctx context.Context, who chat.Actor, id string) (*chat.Track, error) {
	return d.changeTrack(ctx, who, id, func(tx chat.Tx, c *chat.Conversation, k *chat.Track, by cycle.Hand) (chat.EventType, error) {
		if k.FollowUpID != "" {
			return "", chat.Fail(chat.Conflict, "The customer was promised a follow-up, so this stays a complaint until that is kept.")
		}
		k.State, k.EndedAt = chat.TrackDropped, by.At
		m, err := tx.Matter(k.MatterID)
		if err != nil {
			return "", err
		}
		name, err := card(tx, who)
		if err != nil {
			return "", err
		}
		return chat.ComplaintEnds, d.retype(tx, c, m, cycle.Untracked(d.state(m)), who, name)
	})
}

// changeTrack lets an agent change the complaint of a conversation: that of its
// current matter, else the latest that is open.
func (d *Desk) changeTrack(ctx context.Context, who chat.Actor, id string, do func(tx chat.Tx, c *chat.Conversation, k *chat.Track, by cycle.Hand) (chat.EventType, error)) (out *chat.Track, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if out, err = trackOf(tx, c); err != nil {
			return err
		}
		t, err := do(tx, c, out, cycle.Hand{ID: who.ID, Name: name.Name, At: tx.Now()})
		if err != nil {
			return err
		}
		if err := keepTrack(tx, c, t, who, name, out); err != nil {
			return err
		}
		if err := leaveTrack(tx, c); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return out, err
}

// trackOf is the complaint of a conversation that an agent means.
func trackOf(tx chat.Tx, c *chat.Conversation) (*chat.Track, error) {
	k, err := tx.Track(c.MatterID)
	if err == nil && k.State != chat.TrackDropped {
		return k, nil
	}
	if unlessAbsent(err) != nil {
		return nil, err
	}
	open, err := tx.Tracks(c.ID)
	if err != nil {
		return nil, err
	}
	if len(open) == 0 {
		return nil, chat.ErrNotFound
	}
	return &open[len(open)-1], nil
}

// leaveTrack marks the conversation anew once none of its tracks is open.
func leaveTrack(tx chat.Tx, c *chat.Conversation) error {
	open, err := tx.Tracks(c.ID)
	if err != nil {
		return err
	}
	c.Complaint = chat.TrackedComplaint
	if len(open) > 0 {
		return nil
	}
	c.Complaint = chat.NoComplaint
	m, err := tx.Matter(c.MatterID)
	if err != nil {
		return err
	}
	mark(c, m)
	return nil
}
