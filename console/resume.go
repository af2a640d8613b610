package console

import (
	"context"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
	"rapport/storage"
)

// rowsFrame is how many rows go into one frame: it stays well below the queue's
// bound.
const rowsFrame = 50

// resumeSite sends the rows that changed since the number that the client
// holds, if it holds one, and lets the live ones follow.
func (s socket) resumeSite(ctx context.Context, c *hub.Conn, f *wire.AgentFrame, id string, head int64, counts chat.Counts) error {
	topic := hub.SiteTopic(id)
	defer func() {
		s.d.Hub.SetHead(topic, head)
		s.d.Hub.Release(c, topic, head)
	}()
	after, holds := f.Sites[id]
	if !holds || after == head && s.sameEpoch(f) {
		return nil
	}
	reason, rows, err := s.missedRows(ctx, f, id, after, head)
	if err != nil {
		return err
	}
	if reason != "" {
		return c.Write(wire.Reload(id, "", reason))
	}
	if err := s.missedErasing(ctx, c, id, after); err != nil {
		return err
	}
	for len(rows) > rowsFrame {
		if err := c.Write(wire.Rows(id, after, after, rows[:rowsFrame], counts)); err != nil {
			return err
		}
		rows = rows[rowsFrame:]
	}
	return c.Write(wire.Rows(id, after, head, rows, counts))
}

// missedErasing tells what is gone, which no row can say.
func (s socket) missedErasing(ctx context.Context, c *hub.Conn, siteID string, after int64) error {
	gone, err := s.d.Store.ErasedSince(ctx, siteID, after)
	if err != nil || len(gone) == 0 {
		return err
	}
	return c.Write(wire.ErasedFrame(siteID, gone))
}

func (s socket) missedRows(ctx context.Context, f *wire.AgentFrame, id string, after, head int64) (string, []chat.Row, error) {
	switch {
	case !s.sameEpoch(f):
		return wire.OtherEpoch, nil, nil
	case after > head:
		return wire.Ahead, nil, nil
	case head-after > storage.MaxReplay:
		return wire.TooFar, nil, nil
	}
	rows, far, err := s.d.Store.RowsSince(ctx, id, after)
	if far {
		return wire.TooFar, nil, err
	}
	return "", rows, err
}

func (s socket) sameEpoch(f *wire.AgentFrame) bool {
	return f.Epoch == "" || f.Epoch == s.d.Store.Epoch()
}

// resumeOpen goes on with the conversations that the client has open.
func (s socket) resumeOpen(ctx context.Context, c *hub.Conn, me *desktop, f *wire.AgentFrame) error {
	if me.may(commands["open"]) != nil {
		return nil // what they may not open they do not go on with
	}
	for id, after := range f.Open {
		if !s.sameEpoch(f) {
			if err := c.Write(wire.Reload("", id, wire.OtherEpoch)); err != nil {
				return err
			}
			continue
		}
		err := s.listen(ctx, c, me, id, after)
		if chat.Is(err, chat.NotFound) {
			door.RefuseFrame(s.d.Hub, s.d.Log, c, "", err)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// listen subscribes to all of a conversation and sends what came after a
// number. It says reload when that cannot be told one by one.
func (s socket) listen(ctx context.Context, c *hub.Conn, me *desktop, id string, after int64) error {
	if !chat.ValidID(id) || after < 0 {
		return chat.ErrNotFound
	}
	if !me.open[id] && len(me.open) >= maxOpen {
		return chat.FailField("conversation_id", "At most %d conversations can be open at once.", maxOpen)
	}
	topic := hub.TeamTopic(id)
	// Anew, so that what is live now does not overtake what was missed.
	s.d.Hub.Unsubscribe(c, topic)
	s.d.Hub.Subscribe(c, topic, true)
	me.open[id] = true
	sent, reason, err := s.catchUp(ctx, c, id, after)
	if err != nil || reason != "" {
		s.shut(c, me, id)
	}
	if err != nil {
		return err
	}
	if reason != "" {
		return c.Write(wire.Reload("", id, reason))
	}
	s.d.Hub.SetHead(topic, sent)
	s.d.Hub.Release(c, topic, sent)
	return s.d.Hub.TellWatching(c, id)
}

func (s socket) shut(c *hub.Conn, me *desktop, id string) {
	s.d.Hub.Unsubscribe(c, hub.TeamTopic(id))
	delete(me.open, id)
	s.lookAway(c, me, id)
}

// catchUp sends the events after a number and reports the last that the client
// has then, or why it must fetch anew.
func (s socket) catchUp(ctx context.Context, c *hub.Conn, id string, after int64) (int64, string, error) {
	row, err := s.d.Store.RowByID(ctx, id)
	switch {
	case err != nil:
		return 0, "", err
	case after > row.Seq:
		return 0, wire.Ahead, nil
	case row.Seq-after > storage.MaxReplay:
		return 0, wire.TooFar, nil
	case row.Seq == after:
		return after, "", nil
	}
	after, err = s.sendAfter(ctx, c, id, after, row.Seq)
	return after, "", err
}

// sendAfter sends the events after a number up to a head, page by page, and
// reports the last.
func (s socket) sendAfter(ctx context.Context, c *hub.Conn, id string, after, head int64) (int64, error) {
	for after < head {
		events, err := s.d.Store.NextEvents(ctx, id, after)
		if err != nil {
			return 0, err
		}
		if len(events) == 0 {
			break // it was erased meanwhile
		}
		for len(events) > 0 {
			n := wire.Frameful(events)
			if err := c.Write(wire.EventsForTeam(id, events[:n])); err != nil {
				return 0, err
			}
			after, events = events[n-1].Seq, events[n:]
		}
	}
	return after, nil
}
