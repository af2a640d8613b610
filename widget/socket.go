package widget

import (
	"context"
	"errors"
	"net/url"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/wire"
	"rapport/storage"
)

// socket speaks protocol v1 with visitors. Hello and Frame run on the
// connection's own goroutine, so they may wait for the store.
type socket struct{ d *Door }

var _ hub.Door = socket{}

// maxRef bounds what a client may have echoed.
const maxRef = 64

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
			return gone(err)
		}
		after, resumes := f.Resume[rows[i].ID]
		if resumes && f.Epoch != "" && f.Epoch != s.d.Store.Epoch() {
			err = c.Write(wire.Reload("", rows[i].ID, "epoch"))
			resumes = false
		}
		if !resumes {
			s.release(c, rows[i].ID, rows[i].PublicSeq)
			continue
		}
		err = s.catchUp(ctx, c, &rows[i], after)
	}
	if err != nil {
		return gone(err)
	}
	s.letGo(c, person.ID)
	return nil
}

// join listens to all conversations of a person, holding back what comes, and
// reads them.
func (s socket) join(ctx context.Context, c *hub.Conn, personID string) ([]chat.Row, error) {
	ids, err := s.d.Store.PersonConversations(ctx, personID, listed)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	for _, id := range ids {
		s.d.Hub.Subscribe(c, hub.PublicTopic(id), true)
	}
	return s.d.Store.PersonRows(ctx, personID, listed)
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

// gone forgives a write that failed because the connection has ended: the hub
// knows, and nothing more is to be read for it.
func gone(err error) error {
	if errors.Is(err, hub.ErrClosed) {
		return nil
	}
	return err
}

// catchUp sends what came after a public number, up to the row that was just
// read, and lets the live frames follow.
func (s socket) catchUp(ctx context.Context, c *hub.Conn, row *chat.Row, after int64) error {
	if reason := beyond(after, row.PublicSeq); reason != "" {
		err := c.Write(wire.Reload("", row.ID, reason))
		s.release(c, row.ID, row.PublicSeq)
		return err
	}
	if after < row.PublicSeq {
		events, err := s.d.Store.PublicEventsAfter(ctx, row.ID, after)
		if err != nil {
			return err
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
		return "ahead"
	case head-after > storage.MaxReplay:
		return "too_far"
	}
	return ""
}

func (s socket) release(c *hub.Conn, id string, after int64) {
	s.d.Hub.SetHead(hub.PublicTopic(id), after)
	s.d.Hub.Release(c, hub.PublicTopic(id), after)
}

func (s socket) Frame(ctx context.Context, c *hub.Conn, frame []byte) {
	t, ok := c.Data().(*talk)
	if !ok {
		return
	}
	var f wire.VisitorFrame
	err := wire.Decode(frame, &f)
	if err == nil {
		err = s.handle(ctx, c, t, &f)
	}
	if err != nil {
		s.refuse(c, f.Ref, err)
	}
}

// refuse tells the client why; what is our fault goes to the log only.
func (s socket) refuse(c *hub.Conn, ref string, err error) {
	var f *chat.Failure
	if !errors.As(err, &f) {
		s.d.Log.Error("visitor frame failed", "err", err)
		f = chat.Fail(chat.Internal, "Something went wrong on our side. Nothing is lost; please try again.")
	} else if f.Code == chat.StoreDown {
		s.d.Log.Warn("visitor frame not stored", "err", err)
	}
	s.d.Hub.CountRefused(f.Code)
	_ = c.Send(wire.Error(ref, f))
}

func (s socket) handle(ctx context.Context, c *hub.Conn, t *talk, f *wire.VisitorFrame) error {
	if len(f.Ref) > maxRef {
		f.Ref = ""
		return chat.FailField("ref", "A ref has at most %d bytes.", maxRef)
	}
	switch f.Type {
	case "beat":
		return nil
	case "post":
		return s.post(ctx, c, t, f)
	case "typing":
		if ok, _ := s.d.typing.Allow(t.actor.ID); ok && s.listens(c, f.ConversationID) {
			s.d.Hub.PersonTyping(c, f.ConversationID, wire.Author{Kind: chat.ByPerson, ID: t.actor.ID, Name: t.name}, f.On)
		}
		return nil
	case "delivered", "read":
		return s.mark(ctx, c, t, f)
	case "page":
		return s.page(ctx, c, t, f)
	case "end":
		if err := s.d.Desk.Close(ctx, t.actor, f.ConversationID); err != nil {
			return err
		}
		return c.Send(wire.Ack(f.Ref, f.ConversationID, nil))
	case "answer":
		k, err := s.d.answerCard(ctx, t.from, t.actor, f.ConversationID, f.CardID, chat.CardAnswer{Choice: f.Choice, Option: f.Option, Text: f.Text})
		if err != nil {
			return err
		}
		return c.Send(wire.Ack(f.Ref, k.ConversationID, nil))
	case "resume":
		if !s.listens(c, f.ConversationID) {
			return chat.ErrNotFound
		}
		return s.resume(ctx, c, f)
	}
	return chat.FailField("type", "There is no frame of this type.")
}

func (s socket) listens(c *hub.Conn, id string) bool { return s.d.Hub.Listens(c, hub.PublicTopic(id)) }

// post stores a message. The connection listens to the conversation before it
// is stored, so that what a colleague answers at once is not missed.
func (s socket) post(ctx context.Context, c *hub.Conn, t *talk, f *wire.VisitorFrame) error {
	if err := s.d.speak(t.from, t.actor.ID); err != nil {
		return err
	}
	known := s.listens(c, f.ConversationID)
	if !known && chat.ValidID(f.ConversationID) {
		s.d.Hub.Subscribe(c, hub.PublicTopic(f.ConversationID), true)
	}
	c.Expect(f.ClientID)
	defer c.Expect("")
	posted, err := s.d.Desk.Post(ctx, t.actor, desk.Posting{ConversationID: f.ConversationID, ClientID: f.ClientID, Text: f.Text})
	if err != nil {
		if !known {
			s.d.Hub.Unsubscribe(c, hub.PublicTopic(f.ConversationID))
		}
		return err
	}
	m := &posted.Message
	if err := c.Send(wire.Ack(f.Ref, m.ConversationID, wire.PublicMessage(m, posted.Author))); err != nil {
		return nil
	}
	if m.ConversationID != f.ConversationID {
		if !known {
			s.d.Hub.Unsubscribe(c, hub.PublicTopic(f.ConversationID))
		}
		known = s.listens(c, m.ConversationID)
	}
	if known {
		return nil
	}
	s.d.Hub.Subscribe(c, hub.PublicTopic(m.ConversationID), true)
	return s.readOn(ctx, c, m.ConversationID, 0)
}

func (s socket) mark(ctx context.Context, c *hub.Conn, t *talk, f *wire.VisitorFrame) error {
	if !s.listens(c, f.ConversationID) {
		return nil
	}
	conversation, changed, err := s.d.Desk.Mark(ctx, t.actor, f.ConversationID, desk.Reach(f.Type), f.Seq)
	if err != nil || !changed {
		return err
	}
	s.d.Hub.Broadcast(hub.TeamTopic(conversation.ID), wire.MarksFrame(conversation.ID, wire.TeamMarks(conversation.Marks)), nil)
	s.d.Hub.Broadcast(hub.PublicTopic(conversation.ID), wire.MarksFrame(conversation.ID, wire.PublicMarks(conversation.Marks)), c)
	return nil
}

// page notes where the customer is, if the site wants to know.
func (s socket) page(ctx context.Context, c *hub.Conn, t *talk, f *wire.VisitorFrame) error {
	if ok, _ := s.d.pages.Allow(t.actor.ID); !ok {
		return nil
	}
	site, err := s.d.Store.Site(ctx, t.actor.Site)
	if err != nil || !site.TrackPages {
		return err
	}
	where, err := pageURL(f.URL)
	if err != nil {
		return err
	}
	view := chat.PageView{ID: chat.NewID(), PersonID: t.actor.ID, URL: where, Title: chat.CleanLine(f.Title, chat.MaxTitle)}
	if err := s.d.Store.AddPageView(ctx, &view); err != nil {
		return err
	}
	frame := wire.PageView{URL: view.URL, Title: view.Title, At: view.At}
	for _, id := range s.d.Hub.Conversations(c) {
		s.d.Hub.Broadcast(hub.TeamTopic(id), wire.Page(id, frame), nil)
	}
	return nil
}

// pageURL keeps web addresses only, without a fragment or a password in it.
func pageURL(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || len(s) > chat.MaxURL {
		return "", chat.FailField("url", "A page has an address that begins with https:// or http://.")
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	return u.String(), nil
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
	return gone(s.catchUp(ctx, c, row, after))
}

func (s socket) Gone(*hub.Conn) {}
