package hub

import (
	"rapport/hub/chat"
	"rapport/hub/wire"
)

// fan is the working space of the fan-out.
type fan struct {
	hub     *Hub
	subs    []*sub  // reused between topics
	waiting []*Conn // whose queues are to be flushed
}

// handle brings a signal to everybody, and then lets each connection write all
// it got from it at once.
func (f *fan) handle(s Signal) {
	defer f.flush()
	switch {
	case s.Kick != "":
		for _, c := range append(f.hub.people.session(s.Kick), f.hub.people.principal(s.Kick)...) {
			c.Close(s.Code)
		}
	case s.To != "":
		for _, c := range f.hub.people.principal(s.To) {
			_ = c.Send(s.Frame) // fails only when it has gone
		}
	case s.Topic != "":
		f.spread(s.Topic, &parcel{frame: textFrame(s.Frame)}, s.except)
	case s.Spent != nil:
	default:
		f.hub.presence.answered(s.Events)
		for _, events := range byConversation(s.Events) {
			f.events(events)
		}
		f.hub.rows.touch(s.Events)
	}
}

// events sends what happened in one conversation, one frame for each audience
// that has listeners. A question that was taken back ends on every screen of the
// site that shows it, whoever ended it: its agent, or a closing. One that was
// erased goes from every list of the site.
func (f *fan) events(events []chat.Event) {
	id := events[0].ConversationID
	f.follow(&events[0])
	f.spread(TeamTopic(id), teamParcel(id, events), nil)
	if public := publicOf(events); len(public) > 0 {
		f.spread(PublicTopic(id), publicParcel(id, public), nil)
	}
	for i := range events {
		switch e := &events[i]; {
		case e.Type == chat.GrantWasWithdrawn && e.Grant != nil:
			f.spread(SiteTopic(e.Grant.SiteID), &parcel{frame: textFrame(wire.GrantFrame(e.Grant))}, nil)
		case e.Type == chat.ConversationErased:
			f.spread(SiteTopic(e.SiteID), &parcel{frame: textFrame(wire.ErasedFrame(e.SiteID, []string{id}))}, nil)
		}
	}
}

// spread delivers a parcel to all listeners and raises the head afterwards, so
// that no beat can be ahead of what was queued.
func (f *fan) spread(name string, p *parcel, except *Conn) {
	t, subs := f.hub.topics.listeners(name, f.subs[:0])
	if t == nil {
		return
	}
	if p.frame == nil {
		p.frame = textFrame(p.cut(p.first - 1))
	}
	for _, s := range subs {
		if s.conn != except && s.deliver(p) {
			f.waiting = append(f.waiting, s.conn)
		}
	}
	t.raise(p.last)
	clear(subs)
	f.subs = subs
}

// few is how many connections the fan-out writes to by itself. More of them share
// the processors.
const few = 8

// flush ends what spread has begun.
func (f *fan) flush() {
	for _, c := range f.waiting {
		c.mu.Lock()
		c.due = false
		if len(f.waiting) > few {
			c.flushAside()
		} else {
			c.startFlush()
		}
		c.mu.Unlock()
	}
	clear(f.waiting)
	f.waiting = f.waiting[:0]
}

// teamParcel holds events as agents number them. It is encoded only when
// somebody listens.
func teamParcel(id string, events []chat.Event) *parcel {
	return &parcel{
		first: events[0].Seq, last: events[len(events)-1].Seq, events: events,
		cut: func(after int64) []byte {
			return wire.EventsForTeam(id, rest(events, after, func(e *chat.Event) int64 { return e.Seq }))
		},
	}
}

// publicParcel holds events as visitors number them.
func publicParcel(id string, events []chat.Event) *parcel {
	return &parcel{
		first: events[0].PublicSeq, last: events[len(events)-1].PublicSeq, events: events,
		cut: func(after int64) []byte {
			return wire.EventsForVisitor(id, rest(events, after, func(e *chat.Event) int64 { return e.PublicSeq }))
		},
	}
}

// rest is what comes after a number.
func rest(events []chat.Event, after int64, seq func(*chat.Event) int64) []chat.Event {
	for i := range events {
		if seq(&events[i]) > after {
			return events[i:]
		}
	}
	return nil
}

// publicOf keeps what the customer may see.
func publicOf(events []chat.Event) []chat.Event {
	public := func(e *chat.Event) bool {
		return chat.Audiences[e.Type] == chat.Everyone && e.PublicSeq > 0
	}
	n := 0
	for i := range events {
		if public(&events[i]) {
			n++
		}
	}
	if n == len(events) || n == 0 {
		return events[:n]
	}
	out := make([]chat.Event, 0, n)
	for i := range events {
		if public(&events[i]) {
			out = append(out, events[i])
		}
	}
	return out
}

// byConversation splits a batch, keeping the order within each conversation.
func byConversation(events []chat.Event) [][]chat.Event {
	same := true
	for i := range events {
		same = same && events[i].ConversationID == events[0].ConversationID
	}
	if same {
		return [][]chat.Event{events}
	}
	var out [][]chat.Event
	at := make(map[string]int)
	for i := range events {
		id := events[i].ConversationID
		j, ok := at[id]
		if !ok {
			j = len(out)
			at[id] = j
			out = append(out, nil)
		}
		out[j] = append(out[j], events[i])
	}
	return out
}
