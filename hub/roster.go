package hub

import (
	"maps"
	"slices"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// Roster is what a server tells the others of an installation about who is connected
// to it. It is told whole, whenever it has changed; times are as old as the telling.
type Roster struct {
	Agents []RosterAgent `json:"agents,omitempty"`
	// Open has, by conversation, the agents who have it open and are shown.
	Open map[string][]chat.AgentCard `json:"open,omitempty"`
	// There are conversations that agents at other servers have open and whose
	// customer is connected here.
	There []string `json:"there,omitempty"`
	// Seek are persons whom somebody here asks for; Found are those that others seek
	// and that are connected here.
	Seek   []string               `json:"seek,omitempty"`
	Found  []string               `json:"found,omitempty"`
	Claims map[string]RosterClaim `json:"claims,omitempty"`
	// Cards were changed at this server a moment ago.
	Cards []chat.AgentCard `json:"cards,omitempty"`
	// Kicks of the last minute are whose sockets close, the latest last.
	Kicks []RosterKick `json:"kicks,omitempty"`
	// Rows of lists changed without an event and without a signal, the latest last.
	Rows []RosterRows `json:"rows,omitempty"`
}

// RosterRows are conversations of a site whose rows changed. Number is as a kick's, and
// of the same count.
type RosterRows struct {
	Number int64    `json:"number"`
	Site   string   `json:"site"`
	IDs    []string `json:"ids"`
}

// RosterKick is a session or principal whose sockets close. Number rises by one with
// each of a server, so that each is heard once.
type RosterKick struct {
	Number int64  `json:"number"`
	Who    string `json:"who"`
	Code   Code   `json:"code"`
}

// RosterAgent is an agent with a socket.
type RosterAgent struct {
	Card    chat.AgentCard `json:"card"`
	Said    wire.Standing  `json:"said"`
	Idle    int64          `json:"idle"` // ms since they last did something in a console
	Sockets int            `json:"sockets"`
}

// RosterClaim is a claim that was made at a server.
type RosterClaim struct {
	Agent chat.AgentCard `json:"agent"`
	Left  int64          `json:"left"` // ms
}

// Bounds of a roster: what is beyond them is not told.
const (
	maxRosterOpen = 2_000
	maxSeek       = 500
	maxKicks      = 10_000
	maxRosterRows = 2_000
)

// Times of asking other servers for a person, and of telling them of a card, of rows or
// a kick.
const (
	cardLasts   = 10 * time.Second
	rowsLast    = 10 * time.Second
	kickLasts   = time.Minute
	seekSettles = 8 * time.Second // a server that was asked has answered, or is gone
	seekLasts   = 5 * time.Minute // then others may be asked for
	// answerLasts is how long it is known that a claim ended with an answer, and
	// rosterUnder longer than a roster may be under way into the database: what was told
	// before the answer may be read after it.
	answerLasts = 10 * time.Second
	rosterUnder = time.Second
)

// company is what others tell of themselves. It is nil at a server that is alone.
type company struct {
	agents map[string]RosterAgent      // by id, their sockets added up
	open   map[string][]chat.AgentCard // by conversation
	there  map[string]struct{}         // conversations whose customer is connected elsewhere
	seek   []string
	found  map[string]struct{}
	sought map[string]time.Time // persons whom this server asks for, since when
	ended  map[string]time.Time // conversations whose claim ended with an answer, since when
	cards  map[string]fresh     // that were changed here
	kicks  []kicked             // of this server
	rows   []touched            // of this server, that no signal told of
	number int64                // of the latest kick or rows
	heard  map[string]int64     // the latest of them of each other server
	told   chan struct{}        // the own roster may have changed
}

// kicked is a kick at a time.
type kicked struct {
	RosterKick
	at time.Time
}

// touched are rows that changed at a time.
type touched struct {
	RosterRows
	at time.Time
}

// fresh is a card that was changed at a time.
type fresh struct {
	card chat.AgentCard
	at   time.Time
}

// InCompany makes the hub of a server that is not alone, before anybody connects: what
// it returns is readable whenever Roster may be another.
func (h *Hub) InCompany() <-chan struct{} {
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	p.others = &company{sought: map[string]time.Time{}, ended: map[string]time.Time{}, cards: map[string]fresh{}, heard: map[string]int64{}, told: make(chan struct{}, 1)}
	return p.others.told
}

// alone reports whether there are no other servers.
func (p *presence) alone() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.others == nil
}

// rolls lets the others know soon. The lock is held.
func (p *presence) rolls() {
	if p.others == nil {
		return
	}
	select {
	case p.others.told <- struct{}{}:
	default: // it is known
	}
}

// Roster is what other servers are to know now.
func (h *Hub) Roster() Roster {
	r := Roster{Open: map[string][]chat.AgentCard{}}
	for _, name := range h.topics.names(teamPrefix) {
		if len(r.Open) == maxRosterOpen {
			break
		}
		id := name[len(teamPrefix):]
		r.Open[id] = h.watchers(id)
	}
	p, now := h.presence, time.Now()
	p.mu.Lock()
	for _, a := range p.agents {
		if a.conns > 0 {
			r.Agents = append(r.Agents, RosterAgent{a.card, a.said, now.Sub(a.touched).Milliseconds(), a.conns})
		}
	}
	for id, c := range p.claims {
		if !c.far && len(r.Claims) < maxRosterOpen {
			if r.Claims == nil {
				r.Claims = map[string]RosterClaim{}
			}
			r.Claims[id] = RosterClaim{c.agent, c.until.Sub(now).Milliseconds()}
		}
	}
	var wanted, seek []string
	if p.others != nil {
		for id := range p.others.open {
			wanted = append(wanted, id)
		}
		seek = p.others.seek
		for id, since := range p.others.sought {
			if now.Sub(since) > seekLasts {
				delete(p.others.sought, id)
				continue
			}
			r.Seek = append(r.Seek, id)
		}
		for id, f := range p.others.cards {
			if now.Sub(f.at) > cardLasts {
				delete(p.others.cards, id)
				continue
			}
			r.Cards = append(r.Cards, f.card)
		}
		p.others.kicks = slices.DeleteFunc(p.others.kicks, func(k kicked) bool { return now.Sub(k.at) > kickLasts })
		for _, k := range p.others.kicks {
			r.Kicks = append(r.Kicks, k.RosterKick)
		}
		p.others.rows = slices.DeleteFunc(p.others.rows, func(t touched) bool { return now.Sub(t.at) > rowsLast })
		for _, t := range p.others.rows {
			r.Rows = append(r.Rows, t.RosterRows)
		}
	}
	p.mu.Unlock()
	for _, id := range wanted {
		if h.topics.find(PublicTopic(id)) != nil {
			r.There = append(r.There, id)
		}
	}
	for _, id := range seek {
		if len(h.people.principal(id)) > 0 {
			r.Found = append(r.Found, id)
		}
	}
	return r
}

// Aged is a roster that was told a while ago.
type Aged struct {
	Roster
	Server string
	Age    time.Duration
}

// Elsewhere takes what all other servers that live have told last. An agent whom none
// of them has any more is treated as one whose last socket here was lost. What agents
// say of themselves where they have a socket here too is SetStatus's to tell.
func (h *Hub) Elsewhere(rosters []Aged) {
	next := &company{agents: map[string]RosterAgent{}, open: map[string][]chat.AgentCard{}, there: map[string]struct{}{}, found: map[string]struct{}{}}
	for i := range rosters {
		next.add(&rosters[i])
	}
	cards, news := h.enterCompany(next, rosters)
	for _, card := range cards {
		h.wearAll(card)
	}
	for _, s := range news {
		h.inbox.receive(s)
	}
}

// kick notes for other servers whose sockets close. It reports false where there are
// none.
func (p *presence) kick(who string, code Code) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.others
	if c == nil {
		return false
	}
	c.number++
	if len(c.kicks) >= maxKicks {
		c.kicks = c.kicks[1:]
	}
	c.kicks = append(c.kicks, kicked{RosterKick{c.number, who, code}, time.Now()})
	p.rolls()
	return true
}

// touch notes for other servers rows that no signal has told them of. They see it when
// this server tells that it is alive: to tell each at once would be a write for each.
func (p *presence) touch(siteID string, ids []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.others
	c.number++
	if len(c.rows) >= maxRosterRows {
		c.rows = c.rows[1:]
	}
	c.rows = append(c.rows, touched{RosterRows{c.number, siteID, ids}, time.Now()})
}

// enterCompany puts what others tell in the place of what they told before, and returns
// cards that they have changed, whose sockets they close and which rows have changed.
func (h *Hub) enterCompany(next *company, rosters []Aged) (cards []chat.AgentCard, news []Signal) {
	p, now := h.presence, time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.others
	if was == nil {
		return nil, nil
	}
	next.sought, next.ended, next.cards, next.told = was.sought, was.ended, was.cards, was.told
	next.kicks, next.rows, next.number, next.heard = was.kicks, was.rows, was.number, was.heard
	p.others = next
	h.wanted.Store(&next.open)
	p.meet(next, now)
	p.release(rosters, now)
	for i := range rosters {
		p.heed(&rosters[i], now)
		for _, card := range rosters[i].Cards {
			if f, own := was.cards[card.ID]; !own || now.Sub(f.at) > rosters[i].Age+cardLasts {
				cards = append(cards, card)
			}
		}
		news = append(news, next.unheard(&rosters[i])...)
	}
	if !slices.Equal(next.seek, was.seek) || !maps.EqualFunc(next.open, was.open, func(_, _ []chat.AgentCard) bool { return true }) {
		p.rolls() // who of those they ask for is here
	}
	for _, name := range h.topics.names(teamPrefix) {
		id := name[len(teamPrefix):]
		_, there := next.there[id]
		_, before := was.there[id]
		switch {
		case before && !there:
			p.watchAgain(id, now.Add(awayQuiet))
		case there && !before, !slices.Equal(next.open[id], was.open[id]):
			p.watchAgain(id, now)
		}
	}
	return cards, news
}

// unheard are the kicks and the rows of another server that were not heard yet.
func (c *company) unheard(r *Aged) (news []Signal) {
	known := c.heard[r.Server]
	last := known
	for _, k := range r.Kicks {
		if k.Number > known {
			last, news = max(last, k.Number), append(news, Signal{Kick: k.Who, Code: k.Code})
		}
	}
	for _, t := range r.Rows {
		if t.Number > known && len(t.IDs) > 0 {
			last, news = max(last, t.Number), append(news, Signal{Rows: t.IDs, Site: t.Site})
		}
	}
	c.heard[r.Server] = last
	return news
}

// add joins another server's roster.
func (c *company) add(r *Aged) {
	for _, a := range r.Agents {
		a.Idle += r.Age.Milliseconds()
		if had, ok := c.agents[a.Card.ID]; ok {
			a.Sockets, a.Idle = a.Sockets+had.Sockets, min(a.Idle, had.Idle)
		}
		c.agents[a.Card.ID] = a
	}
	for id, agents := range r.Open {
		all := c.open[id]
		for _, a := range agents {
			all = withCard(all, a)
		}
		slices.SortFunc(all, func(a, b chat.AgentCard) int { return strings.Compare(a.ID, b.ID) })
		c.open[id] = all
	}
	for _, id := range r.There {
		c.there[id] = struct{}{}
	}
	for _, id := range r.Found {
		c.found[id] = struct{}{}
	}
	c.seek = append(c.seek, r.Seek...)
	slices.Sort(c.seek)
	c.seek = slices.Compact(c.seek)
}

// meet brings who is here up to date with who is elsewhere. The lock is held.
func (p *presence) meet(next *company, now time.Time) {
	for id, far := range next.agents {
		a := p.agents[id]
		if a == nil {
			a = &present{card: far.Card, said: far.Said}
			p.agents[id] = a
			p.changed()
		} else if a.far == 0 && a.conns == 0 {
			p.stirs()
		}
		if a.conns == 0 && (a.said != far.Said || a.card != far.Card) {
			a.said, a.card = far.Said, far.Card
			p.changed()
		}
		a.far, a.leaves = far.Sockets, time.Time{}
		if touched := now.Add(-time.Duration(far.Idle) * time.Millisecond); touched.After(a.touched) {
			a.touched = touched
		}
	}
	for id, a := range p.agents {
		if _, there := next.agents[id]; !there && a.far > 0 {
			a.far = 0
			p.lost(a)
		}
	}
}

// release ends claims that were made at another server and that none tells of any more:
// it has ended them, or is gone. The lock is held.
func (p *presence) release(rosters []Aged, now time.Time) {
	maps.DeleteFunc(p.others.ended, func(_ string, at time.Time) bool { return now.Sub(at) > answerLasts })
	for id, c := range p.claims {
		told := func(r Aged) bool { return r.Claims[id].Agent.ID == c.agent.ID }
		if c.far && !slices.ContainsFunc(rosters, told) {
			delete(p.claims, id)
			p.watchAgain(id, now)
		}
	}
}

// heed takes claims that were made at another server. The lock is held.
func (p *presence) heed(r *Aged, now time.Time) {
	for id, far := range r.Claims {
		until := now.Add(time.Duration(far.Left)*time.Millisecond - r.Age)
		held, ok := p.claims[id]
		answered, is := p.others.ended[id]
		switch {
		case is && now.Add(-r.Age-rosterUnder).Before(answered): // told before it was answered
		case !now.Before(until), ok && held.agent.ID != far.Agent.ID && now.Before(held.until):
		case !ok || held.agent.ID != far.Agent.ID:
			p.claims[id] = claim{far.Agent, until, true}
			p.watchAgain(id, now)
		case held.far:
			p.claims[id] = claim{far.Agent, until, true}
		}
	}
}

// elsewhere is who else has a conversation open, and whether its customer is connected,
// at other servers.
func (p *presence) elsewhere(conversationID string) (agents []chat.AgentCard, there bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.others == nil {
		return nil, false
	}
	_, there = p.others.there[conversationID]
	return p.others.open[conversationID], there
}

// PersonOnline reports whether a person has a socket at any server. Where it is not known,
// the other servers are being asked: ask again seekSettles later, and within seekLasts.
func (h *Hub) PersonOnline(personID string) (online, known bool) {
	if len(h.people.principal(personID)) > 0 {
		return true, true
	}
	p, now := h.presence, time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.others == nil {
		return false, true
	}
	if _, found := p.others.found[personID]; found {
		return true, true
	}
	since, asked := p.others.sought[personID]
	if !asked && len(p.others.sought) < maxSeek {
		p.others.sought[personID] = now
		p.rolls()
	}
	return false, asked && now.Sub(since) >= seekSettles
}
