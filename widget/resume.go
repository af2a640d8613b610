package widget

import (
	"context"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/wire"
	"rapport/storage"
)

// join listens to all conversations of a person, holding back what comes, and
// reads them.
func (s socket) join(ctx context.Context, c *hub.Conn, personID string) ([]chat.Row, error) {
	ids, err := s.d.Store.PersonChatIDs(ctx, personID, listed)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	for _, id := range ids {
		s.d.Hub.Subscribe(c, hub.PublicTopic(id), true)
	}
	return s.d.Store.PersonChats(ctx, personID, listed)
}

// letGo ends the holding back of what this person has begun elsewhere since the
// connection listens to them; it is heard from its beginning. For conversations
// that were let go before, nothing changes.
func (s socket) letGo(c *hub.Conn, personID string) {
	s.d.Hub.Release(c, hub.PersonTopic(personID), 0)
	for _, id := range s.d.Hub.Conversations(c) {
		s.d.Hub.Release(c, hub.PublicTopic(id), 0)
	}
}

// catchUp sends what came after a public number, up to the row that was just
// read, and lets the live frames follow.
func (s socket) catchUp(ctx context.Context, c *hub.Conn, row *chat.Row, after int64) error {
	if reason := beyond(after, row.PublicSeq); reason != "" {
		err := c.Write(wire.Reload("", row.ID, reason))
		s.release(c, row.ID, row.PublicSeq)
		return err
	}
	for after < row.PublicSeq {
		events, err := s.d.Store.NextPublicEvents(ctx, row.ID, after)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			break // it was erased meanwhile
		}
		for len(events) > 0 {
			n := wire.Frameful(events)
			if err := c.Write(wire.EventsForVisitor(row.ID, events[:n])); err != nil {
				return err
			}
			after, events = events[n-1].PublicSeq, events[n:]
		}
	}
	if err := c.Write(wire.MarksFrame(row.ID, wire.PublicMarks(row.Marks))); err != nil {
		return err
	}
	s.release(c, row.ID, after)
	return nil
}

// beyond says why a client cannot go on from after, "" if it can.
func beyond(after, head int64) string {
	switch {
	case after > head:
		return wire.Ahead
	case head-after > storage.MaxReplay:
		return wire.TooFar
	}
	return ""
}

func (s socket) release(c *hub.Conn, id string, after int64) {
	s.d.Hub.SetHead(hub.PublicTopic(id), after)
	s.d.Hub.Release(c, hub.PublicTopic(id), after)
}

// resume answers a client that noticed a gap.
func (s socket) resume(ctx context.Context, c *hub.Conn, f *wire.VisitorFrame) error {
	s.d.Hub.Unsubscribe(c, hub.PublicTopic(f.ConversationID))
	s.d.Hub.Subscribe(c, hub.PublicTopic(f.ConversationID), true)
	return s.readOn(ctx, c, f.ConversationID, f.After)
}

// readOn is catchUp for a conversation that is listened to but was not read yet.
func (s socket) readOn(ctx context.Context, c *hub.Conn, id string, after int64) error {
	row, err := s.d.Store.RowByID(ctx, id)
	if err != nil {
		return err
	}
	return s.catchUp(ctx, c, row, after)
}
