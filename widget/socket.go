package widget

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// socket speaks protocol v1 with visitors. Hello and Frame run on the
// connection's own goroutine, so they may wait for the store.
type socket struct{ d *Door }

var _ hub.Door = socket{}

// maxSockets is how many tabs and devices of one person may listen at once.
const maxSockets = 20

// talk is what the door remembers of a connection.
type talk struct {
	visitor
	from  network
	local bool // from this machine, where networks are not counted
	near  bool // it holds one of its network's places
	tab   bool // and one of its person's
	name  string
	// blocked as of the hello, so that no frame asks the store. A change of it closes
	// the socket, which says hello anew.
	blocked bool
}

func (d *Door) prepareSocket(c *fiber.Ctx) (any, error) {
	return &talk{from: network(door.IPKey(c)), local: door.Local(c)}, nil
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
	t, ok := c.Data().(*talk)
	if !ok {
		return errors.New("a visitor's socket was not prepared")
	}
	if !s.near(t) {
		return tooMany(c, "This network has many chats open already.")
	}
	v, err := s.d.recognise(ctx, f.Token)
	if err != nil {
		return err
	}
	if t.tab = s.d.tabs.Enter(v.actor.ID); !t.tab {
		return tooMany(c, "This chat is open in too many tabs. Close some.")
	}
	t.visitor = v
	// First, so that who is blocked from here on is not missed.
	c.Identify(hub.Principal{Kind: chat.ByPerson, ID: v.actor.ID, Session: v.device})
	person, err := s.d.Store.Person(ctx, v.actor.ID)
	if err != nil {
		return err
	}
	t.name, t.blocked = person.Name, person.Blocked()
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
	site, err := s.d.Store.Site(ctx, person.SiteID)
	if err != nil {
		return err
	}
	self, err := s.d.personCard(ctx, site, person)
	if err != nil {
		return err
	}
	err = c.Write(wire.Encode(wire.VisitorHello{
		Type: "hello", Protocol: wire.Protocol, Epoch: s.d.Store.Epoch(), ServerTime: s.d.Clock(),
		Features: wire.Features, Limits: wire.StatedLimits, BeatMS: hub.BeatEvery.Milliseconds(),
		Person: self, Conversations: visitorRows(rows), Presence: s.d.Hub.Presence(),
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

// near takes one of the network's places.
func (s socket) near(t *talk) bool {
	if s.d.near == nil || t.local {
		return true
	}
	t.near = s.d.near.Enter(string(t.from))
	return t.near
}

// tooMany ends a socket for which there is no place. It comes back later, when
// others may have gone.
func tooMany(c *hub.Conn, why string) error {
	_ = c.Send(wire.Error("", chat.Fail(chat.RateLimited, "%s", why))) // fails only when it has gone
	c.Close(hub.TooManyConnections)
	return nil
}

// Gone gives back the places that the connection held.
func (s socket) Gone(c *hub.Conn) {
	t, ok := c.Data().(*talk)
	if !ok {
		return
	}
	if t.near {
		s.d.near.Leave(string(t.from))
	}
	if t.tab {
		s.d.tabs.Leave(t.actor.ID)
	}
}
