package widget

import (
	"context"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// socket speaks protocol v1 with visitors. Hello and Frame run on the
// connection's own goroutine, so they may wait for the store.
type socket struct{ d *Door }

var _ hub.Door = socket{}

// talk is what the door remembers of a connection.
type talk struct {
	visitor
	from network
	name string
}

func (s socket) Hello(ctx context.Context, c *hub.Conn, frame []byte) error {
	var f wire.VisitorFrame
	if err := wire.Decode(frame, &f); err != nil {
		return err
	}
	if f.Type != "hello" || f.Protocol != wire.Protocol {
		return chat.FailField("protocol", "The first frame is hello with protocol %d.", wire.Protocol)
	}
	if len(f.Resume) > listed {
		return chat.FailField("resume", "At most %d conversations can be resumed.", listed)
	}
	v, err := s.d.recognise(ctx, f.Token)
	if err != nil {
		return err
	}
	person, err := s.d.Store.Person(ctx, v.actor.ID)
	if err != nil {
		return err
	}
	from, _ := c.Data().(network)
	t := &talk{visitor: v, from: from, name: person.Name}
	c.SetData(t)
	c.Identify(hub.Principal{Kind: chat.ByPerson, ID: v.actor.ID, Session: v.device})
	s.d.Hub.Subscribe(c, hub.PresenceTopic(v.actor.Site), false)
	s.d.Hub.Subscribe(c, hub.PersonTopic(person.ID), true)
	return s.welcome(ctx, c, person, f)
}

// welcome subscribes first and reads then, so that nothing falls in between.
func (s socket) welcome(ctx context.Context, c *hub.Conn, person *chat.Person, f wire.VisitorFrame) error {
	rows, err := s.join(ctx, c, person.ID)
	if err != nil {
		return err
	}
	err = c.Write(wire.Encode(wire.VisitorHello{
		Type: "hello", Protocol: wire.Protocol, Epoch: s.d.Store.Epoch(), ServerTime: s.d.Clock(),
		Features: wire.Features, Limits: wire.StatedLimits, BeatMS: hub.BeatEvery.Milliseconds(),
		Person: personCard(person), Conversations: visitorRows(rows), Presence: s.d.Hub.Presence(),
	}))
	for i := range rows {
		if err != nil {
			return door.UnlessGone(err)
		}
		after, resumes := f.Resume[rows[i].ID]
		if resumes && f.Epoch != "" && f.Epoch != s.d.Store.Epoch() {
			err = c.Write(wire.Reload("", rows[i].ID, wire.OtherEpoch))
			resumes = false
		}
		if !resumes {
			s.release(c, rows[i].ID, rows[i].PublicSeq)
			continue
		}
		err = s.catchUp(ctx, c, &rows[i], after)
	}
	if err != nil {
		return door.UnlessGone(err)
	}
	s.letGo(c, person.ID)
	return nil
}

func (s socket) Gone(*hub.Conn) {}
