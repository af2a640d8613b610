package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// Bounds of one agent's sockets.
const (
	maxSockets = 20 // tabs and devices of one agent
	maxOpen    = 50 // conversations that one socket listens to fully
	maxSites   = 1000
	// maxDelivered is how many conversations one delivered frame may name.
	maxDelivered = 100
)

// socket speaks protocol v1 with agents. Hello and Frame run on the
// connection's own goroutine, one after the other, so they may wait for the
// store.
type socket struct{ d *Door }

var _ hub.Door = socket{}

// desktop is what the door remembers of a socket.
type desktop struct {
	*signedIn
	open    map[string]bool  // conversations that it listens to
	watches map[string]watch // those of them in which it looks on
}

// prepareSocket reads the cookie before the upgrade.
func (d *Door) prepareSocket(c *fiber.Ctx) (any, error) {
	me, err := d.recognise(c.UserContext(), c.Cookies(d.cookieName()))
	if err != nil {
		return nil, err
	}
	if err := d.rates[perRequest].Refuse(me.agent.ID); err != nil {
		return nil, err
	}
	if err := d.enrolled(c.UserContext(), me, member); err != nil {
		return nil, err
	}
	return &desktop{me, map[string]bool{}, map[string]watch{}}, nil
}

func (s socket) Hello(ctx context.Context, c *hub.Conn, frame []byte) error {
	me, f, err := s.readHello(c, frame)
	if err != nil {
		return err
	}
	if len(s.d.Hub.ConnsOf(me.agent.ID)) >= maxSockets {
		_ = c.Send(wire.Error("", chat.Fail(chat.RateLimited, "The console is open in too many tabs. Close some.")))
		c.Close(hub.TooManyConnections)
		return nil
	}
	said, err := s.d.statusOf(ctx, me.agent.ID, f.Status)
	if err != nil {
		return err
	}
	if !me.agent.May(chat.AnswerCustomers) {
		said.Status = hub.Away // nobody is to wait for them
	}
	c.Identify(hub.Principal{Kind: chat.ByAgent, ID: me.agent.ID, Session: me.session.ID, Card: cardOf(me.agent), Said: said})
	// From here on the hub can close this socket by its session; what was ended
	// since the upgrade shows in the row.
	if err := s.stillStands(ctx, me); err != nil {
		return err
	}
	return door.UnlessGone(s.welcome(ctx, c, me, f))
}

// readHello checks the first frame.
func (s socket) readHello(c *hub.Conn, frame []byte) (*desktop, *wire.AgentFrame, error) {
	me, ok := c.Data().(*desktop)
	if !ok {
		return nil, nil, chat.Fail(chat.Unauthorized, "Please sign in.")
	}
	var f wire.AgentFrame
	if err := wire.Decode(frame, &f); err != nil {
		return nil, nil, err
	}
	switch {
	case f.Type != "hello":
		return nil, nil, chat.FailField("type", "The first frame is a hello.")
	case f.Protocol != wire.Protocol:
		return nil, nil, chat.FailField("protocol", "This server speaks protocol %d.", wire.Protocol)
	case !s.d.csrf.holds(me.session.ID, f.CSRF):
		return nil, nil, chat.Fail(chat.BadCSRF, "This hello does not carry the session's token. Reload the page.")
	case f.Status != "" && f.Status != hub.Online && f.Status != hub.Away:
		return nil, nil, chat.FailField("status", "A status is online or away.")
	case len(f.Open) > maxOpen:
		return nil, nil, chat.FailField("open", "At most %d conversations can be open at once.", maxOpen)
	case len(f.Sites) > maxSites:
		return nil, nil, chat.FailField("sites", "These are more sites than there are.")
	}
	return me, &f, nil
}

func (s socket) stillStands(ctx context.Context, me *desktop) error {
	session, err := s.d.Store.Session(ctx, me.session.ID)
	if err != nil {
		return err
	}
	if session.RevokedAt > 0 {
		return chat.Fail(chat.Unauthorized, "Please sign in.")
	}
	return nil
}

// welcome subscribes first and reads then, so that nothing falls in between,
// and answers the hello before anything else goes out.
func (s socket) welcome(ctx context.Context, c *hub.Conn, me *desktop, f *wire.AgentFrame) error {
	s.d.Hub.Subscribe(c, hub.TeamWide, true)
	sites, err := s.sites(ctx, me)
	if err != nil {
		return err
	}
	heads, counts := make(map[string]int64, len(sites)), make(map[string]chat.Counts, len(sites))
	waits := make(map[string]wire.Waits, len(sites))
	for i := range sites {
		id := sites[i].ID
		s.d.Hub.Subscribe(c, hub.SiteTopic(id), true)
		if counts[id], heads[id], err = s.d.Store.Counts(ctx, id, ""); err != nil {
			return err
		}
	}
	mine, err := s.d.Store.WaitingFor(ctx, me.agent.ID)
	if err != nil {
		return err
	}
	for id, c := range counts {
		waits[id] = wire.Waits{Queue: c.Queue, Mine: append([]string{}, mine[id]...)}
	}
	hello := wire.AgentHello{
		Type: "hello", Protocol: wire.Protocol, Epoch: s.d.Store.Epoch(), ServerTime: s.d.Clock(),
		Features: wire.Features, Limits: wire.StatedLimits, BeatMS: hub.BeatEvery.Milliseconds(),
		Agent: wire.AgentSelf{AgentCard: cardOf(me.agent), Role: me.agent.Role}, Sites: heads, Waits: waits, Team: s.d.Hub.Team(),
	}
	if err := c.Write(wire.Encode(hello)); err != nil {
		return err
	}
	s.d.Hub.Release(c, hub.TeamWide, 0)
	for i := range sites {
		id := sites[i].ID
		if err := s.resumeSite(ctx, c, f, id, heads[id], counts[id]); err != nil {
			return err
		}
	}
	return s.resumeOpen(ctx, c, me, f)
}

// sites are those whose lists the socket follows: all, or none for whoever does
// not see conversations.
func (s socket) sites(ctx context.Context, me *desktop) ([]chat.Site, error) {
	if !me.agent.May(chat.ReadConversations) {
		return nil, nil
	}
	return s.d.Store.Sites(ctx)
}

// Gone ends what the socket looked on at.
func (s socket) Gone(c *hub.Conn) {
	if me, ok := c.Data().(*desktop); ok {
		for id := range me.watches {
			s.lookAway(c, me, id)
		}
	}
}
