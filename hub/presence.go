package hub

import (
	"cmp"
	"strings"
	"sync"
	"time"

	"rapport/hub/chat"
	"rapport/hub/sorted"
	"rapport/hub/wire"
)

// Times of presence.
const (
	agentGrace    = 15 * time.Second // a console that reloads was never away
	presenceQuiet = time.Second      // between a change and telling visitors
	awayQuiet     = 2 * time.Second  // between a customer's last socket and telling agents
)

// Statuses of a site; those of an agent are package chat's.
const (
	Online = chat.Online
	Away   = chat.Away
)

// presence remembers who is here. All of it is gone with the process.
type presence struct {
	mu       sync.Mutex
	agents   map[string]*present
	team     bool                 // the team frame is due
	visitors time.Time            // when the presence frame is due; zero: it is not
	shown    string               // status that visitors were last told
	watching map[string]time.Time // conversations whose watching frame is due
	unseen   map[look]struct{}    // sockets that look on without being listed
	typing   map[typist]time.Time // who writes, until when
	talk     map[typist]wire.Author
	claims   map[string]claim
	stir     chan struct{} // somebody came, went or said something else
	others   *company      // nil at a server that is alone
}

// present is an agent with a socket, or one who had it until a moment ago.
type present struct {
	card    chat.AgentCard
	said    wire.Standing
	conns   int       // sockets here
	far     int       // sockets at other servers
	touched time.Time // when they last did something in a console
	leaves  time.Time // when the grace ends; zero while connected
}

func newPresence() *presence {
	return &presence{
		agents: make(map[string]*present), shown: Away,
		watching: make(map[string]time.Time), unseen: make(map[look]struct{}),
		typing: make(map[typist]time.Time), talk: make(map[typist]wire.Author),
		claims: make(map[string]claim), stir: make(chan struct{}, 1),
	}
}

// Identify says who is at the other end. The door calls it once, in Hello and
// before subscribing.
func (c *Conn) Identify(p Principal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone || !c.who.CompareAndSwap(nil, &p) {
		return
	}
	c.hub.people.enter(c, &p)
	c.agent = p.Kind == chat.ByAgent
	if p.Kind == chat.ByAgent {
		c.hub.presence.arrive(p)
	}
}

// forget takes an ending connection out of all topics and of presence.
func (h *Hub) forget(c *Conn) {
	c.mu.Lock()
	c.gone = true
	subs := c.subs
	c.subs, c.numbered = nil, 0
	for _, s := range subs {
		h.topics.remove(s)
	}
	c.mu.Unlock()
	p := c.who.Load()
	if p == nil {
		return
	}
	h.people.exit(c, p)
	if p.Kind == chat.ByAgent {
		h.presence.depart(p.ID)
	}
	for _, s := range subs {
		h.attend(c, s.topic.name, false)
	}
}

func (p *presence) arrive(who Principal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.agents[who.ID]
	if a == nil {
		a = &present{}
		p.agents[who.ID] = a
	}
	a.conns++
	a.leaves = time.Time{}
	a.card, a.said, a.touched = who.Card, who.Said, time.Now()
	a.said.Status = cmp.Or(a.said.Status, Online)
	p.changed()
}

func (p *presence) depart(agentID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.agents[agentID]; a != nil {
		a.conns--
		p.lost(a)
		p.rolls()
	}
}

// lost begins the grace of an agent whose last socket is gone. The lock is held.
func (p *presence) lost(a *present) {
	if !a.connected() {
		a.leaves = time.Now().Add(agentGrace)
		p.stirs()
	}
}

func (a *present) connected() bool { return a.conns+a.far > 0 }

// changed makes the frames due. The lock is held.
func (p *presence) changed() {
	p.team = true
	p.stirs()
	p.rolls()
	if p.visitors.IsZero() {
		p.visitors = time.Now().Add(presenceQuiet)
	}
}

// stirs lets whoever routes know that Here may be another.
func (p *presence) stirs() {
	select {
	case p.stir <- struct{}{}:
	default: // they have not looked yet
	}
}

// SetStatus says whether an agent takes part, on all their sockets.
func (h *Hub) SetStatus(agentID string, s wire.Standing) {
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.agents[agentID]; a != nil && a.said != s {
		a.said = s
		p.changed()
	}
}

// Touch notes that an agent has just done something in one of their consoles.
func (h *Hub) Touch(agentID string) {
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.agents[agentID]; a != nil {
		a.touched = time.Now()
	}
}

// Untouched is for how long an agent has done nothing in any console of theirs;
// zero for one who is not here.
func (h *Hub) Untouched(agentID string) time.Duration {
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.agents[agentID]; a != nil {
		return time.Since(a.touched)
	}
	return 0
}

// SetCard gives an agent another name or face, on every socket of theirs and
// wherever colleagues see them.
func (h *Hub) SetCard(card chat.AgentCard) {
	h.wearAll(card)
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.others != nil {
		p.others.cards[card.ID] = fresh{card, time.Now()}
		p.rolls()
	}
}

// wearAll is SetCard at this server.
func (h *Hub) wearAll(card chat.AgentCard) {
	for _, c := range h.people.principal(card.ID) {
		if c.who.Load().Card != card {
			h.wear(c, card)
		}
	}
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.agents[card.ID]; a != nil && a.card != card {
		a.card = card
		p.changed()
	}
	for id, c := range p.claims {
		if c.agent.ID == card.ID && c.agent != card {
			p.claims[id] = claim{card, c.until, c.far}
			p.watchAgain(id, time.Now())
		}
	}
}

// wear puts a card on one socket and tells who watches with it.
func (h *Hub) wear(c *Conn, card chat.AgentCard) {
	c.mu.Lock()
	who := *c.who.Load() // in the directory, hence identified
	who.Card = card
	c.who.Store(&who)
	names := make([]string, len(c.subs))
	for i, s := range c.subs {
		names[i] = s.topic.name
	}
	c.mu.Unlock()
	for _, name := range names {
		h.attend(c, name, true)
	}
}

// Team lists the agents who are here, by name.
func (h *Hub) Team() []wire.TeamMember {
	h.presence.mu.Lock()
	defer h.presence.mu.Unlock()
	return h.presence.members()
}

func (p *presence) members() []wire.TeamMember {
	out := make([]wire.TeamMember, 0, len(p.agents))
	for _, a := range p.agents {
		out = append(out, wire.TeamMember{AgentCard: a.card, Standing: a.said})
	}
	sorted.By(out, func(a, b wire.TeamMember) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	return out
}

// Here is an agent with a socket, or one who had it until a moment ago.
type Here struct {
	wire.TeamMember
	Connected bool // a socket is alive, at whichever server
}

// Here lists the agents who are here, in no order.
func (h *Hub) Here() []Here {
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]Here, 0, len(p.agents))
	for _, a := range p.agents {
		out = append(out, Here{wire.TeamMember{AgentCard: a.card, Standing: a.said}, a.connected()})
	}
	return out
}

// Stirred says that what Here lists has changed since it was last read from. It has
// one reader.
func (h *Hub) Stirred() <-chan struct{} { return h.presence.stir }

// facesShown is how many agents a visitor is shown.
const facesShown = 5

// Presence is what visitors are told.
func (h *Hub) Presence() wire.Presence {
	h.presence.mu.Lock()
	defer h.presence.mu.Unlock()
	return h.presence.public()
}

func (p *presence) public() wire.Presence {
	out := wire.Presence{Status: Away, Agents: []chat.AgentCard{}}
	for _, m := range p.members() {
		if m.Status == Online && len(out.Agents) < facesShown {
			out.Status = Online
			out.Agents = append(out.Agents, m.AgentCard)
		}
	}
	return out
}

type teamFrame struct {
	Type string            `json:"type"`
	Team []wire.TeamMember `json:"team"`
}

type presenceFrame struct {
	Type     string        `json:"type"`
	Presence wire.Presence `json:"presence"`
}

// tidy runs at every tick of the wheel: it ends what has run out and sends what
// is due.
func (h *Hub) tidy(now time.Time) {
	team, public := h.presence.due(now)
	if team != nil {
		h.local(TeamWide, wire.Encode(teamFrame{"team", team}))
	}
	if public != nil {
		frame := wire.Encode(presenceFrame{"presence", *public})
		for _, name := range h.topics.names(presencePrefix) {
			h.local(name, frame)
		}
	}
	h.tellSilence(now)
	h.tellWatching(now)
}

// due takes the team and the visitors' presence, where they are to be sent.
func (p *presence) due(now time.Time) (team []wire.TeamMember, public *wire.Presence) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, a := range p.agents {
		if !a.connected() && now.After(a.leaves) {
			delete(p.agents, id)
			p.changed()
		}
	}
	if p.team {
		p.team = false
		team = p.members()
	}
	if p.visitors.IsZero() || now.Before(p.visitors) {
		return team, nil
	}
	p.visitors = time.Time{}
	if w := p.public(); w.Status != p.shown {
		p.shown = w.Status
		public = &w
	}
	return team, public
}

// local sends a frame to this server's own listeners, in the fan-out's order.
func (h *Hub) local(topic string, frame []byte) {
	h.inbox.receive(Signal{Topic: topic, Frame: frame})
}
