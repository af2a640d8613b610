package desk

import (
	"slices"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/sorted"
)

// openMatter is one that goes on elsewhere, with what is open in it.
type openMatter struct {
	chat.Matter
	promises []chat.Promise
	track    *chat.Track
}

// openMatters are those of a conversation that go on when it goes: where it is under way
// those that are not solved, and in any case those in which something is open. Promises
// of a matter that is none any more go with the current one, which comes last, and of an
// aside goes in any case.
func (d *Desk) openMatters(tx chat.Tx, c *chat.Conversation) ([]openMatter, error) {
	all, err := tx.Matters(c.ID)
	if err != nil {
		return nil, err
	}
	promises, err := tx.OpenPromises(c.ID)
	if err != nil {
		return nil, err
	}
	tracks, err := tx.Tracks(c.ID)
	if err != nil {
		return nil, err
	}
	var out []openMatter
	for _, m := range all {
		o := openMatter{Matter: m}
		for _, p := range promises {
			if p.MatterID == m.ID {
				o.promises = append(o.promises, p)
			}
		}
		if i := slices.IndexFunc(tracks, func(k chat.Track) bool { return k.MatterID == m.ID }); i >= 0 {
			o.track = &tracks[i]
		}
		live := c.State != chat.Closed && !cycle.Gone(m) && m.Step != chat.Closing && cycle.Says(m)
		back := c.Channel == chat.ChannelAside && m.ID == c.MatterID // the chat has it no more
		if live || back || len(o.promises) > 0 || o.track != nil {
			out = append(out, o)
		}
	}
	sorted.Stably(out, func(a, b openMatter) int { return truthOf(a.ID == c.MatterID) - truthOf(b.ID == c.MatterID) })
	return out, nil
}

func truthOf(b bool) int { return int(truth(b)) }

// carry lets matters go on in the conversation that stays, each as a matter there with
// all that is open in it. The current one is that of the words that were heard last.
func (d *Desk) carry(tx chat.Tx, x *union, matters []openMatter) error {
	c, current := x.stays, x.stays.MatterID
	latest := x.before.LastAt > c.LastAt && !x.aside()
	for i := range matters {
		if err := d.carryOne(tx, x, &matters[i]); err != nil {
			return err
		}
	}
	carried := len(matters) > 0
	if carried && !(latest && matters[len(matters)-1].ID == x.before.MatterID) {
		if err := turn(tx, c, x.who, x.name, current); err != nil {
			return err
		}
	}
	if err := leaveTrack(tx, c); err != nil {
		return err
	}
	return leaveTrack(tx, x.goes)
}

func (d *Desk) carryOne(tx chat.Tx, x *union, o *openMatter) error {
	c := x.stays
	m, err := second(tx, c, cycle.Carried(d.state(&o.Matter)))
	if err != nil {
		return err
	}
	if err := copyProgress(tx, o.ID, m.ID); err != nil {
		return err
	}
	if err := d.advance(tx, c, cycle.Opened(handOf(tx, x.who, x.name))); err != nil {
		return err
	}
	c.MatterID = m.ID
	mark(c, m)
	e := event(tx, chat.MatterOpened, x.who, x.name)
	e.MatterID, e.Matter = m.ID, m
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	for i := range o.promises {
		if err := movePromise(tx, c, &o.promises[i], m.ID); err != nil {
			return err
		}
	}
	if o.track == nil {
		return nil
	}
	o.track.ConversationID, o.track.MatterID = c.ID, m.ID
	if err := tx.MoveTrack(o.track); err != nil {
		return err
	}
	return tellTrack(tx, c, chat.ComplaintStaged, x.who, x.name, o.track)
}

// movePromise lets a promise be kept in another conversation. It stays the one that was
// made: with its owner, its time and its reminders.
func movePromise(tx chat.Tx, c *chat.Conversation, p *chat.Promise, matterID string) error {
	switch _, err := tx.PromiseByClientID(c.ID, p.MadeBy, p.ClientID); {
	case err == nil:
		p.ClientID = chat.OwnID("moved", p.ID)
	case !chat.Is(err, chat.NotFound):
		return err
	}
	p.ConversationID, p.MatterID = c.ID, matterID
	return tx.MovePromise(p)
}

// copyProgress lets a matter go on with the ticks and moves of the one that it was. What
// caused them was said elsewhere.
func copyProgress(tx chat.Tx, from, to string) error {
	list, err := tx.StandingProgress(from)
	if err != nil {
		return err
	}
	for i := range list {
		p := &list[i]
		p.ID, p.MatterID, p.Cause = chat.NewID(), to, ""
		if err := tx.InsertProgress(p); err != nil {
			return err
		}
	}
	return nil
}
