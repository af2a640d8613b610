package widget

import (
	"context"
	"net/url"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

func (s socket) Frame(ctx context.Context, c *hub.Conn, frame []byte) {
	t, ok := c.Data().(*talk)
	if !ok || t.device == "" {
		return // its hello was refused
	}
	var f wire.VisitorFrame
	door.TakeFrame(s.d.Hub, s.d.Log, c, frame, &f, &f.Ref, func() error { return s.handle(ctx, c, t, &f) })
}

func (s socket) handle(ctx context.Context, c *hub.Conn, t *talk, f *wire.VisitorFrame) error {
	switch f.Type {
	case "beat":
		return nil
	case "post":
		return door.FollowFrame(ctx, s.d.Traces, "visitor's post", f.ConversationID, func(ctx context.Context) error { return s.post(ctx, c, t, f) })
	case "typing":
		if t.blocked {
			return nil
		}
		if ok, _ := s.d.typing.Allow(t.actor.ID); ok && s.listens(c, f.ConversationID) {
			s.d.Hub.PersonTyping(c, f.ConversationID, wire.Author{Kind: chat.ByPerson, ID: t.actor.ID, Name: t.name}, f.On)
		}
		return nil
	case "delivered", "read":
		return s.mark(ctx, c, t, f)
	case "page":
		return s.page(ctx, c, t, f)
	case "end":
		if err := s.d.close(ctx, t.actor, f.ConversationID); err != nil {
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
		if err := s.d.marks.Refuse(t.actor.ID); err != nil {
			return err
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
	posted, err := s.d.Desk.Post(ctx, t.actor, desk.Posting{ConversationID: f.ConversationID, ClientID: f.ClientID, Text: f.Text, Files: f.Files, Read: f.Read, Form: f.Form})
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

// mark raises how far the customer has got. What raises nothing does not reach
// the writer, and too many are dropped without a word: the next one says as much.
func (s socket) mark(ctx context.Context, c *hub.Conn, t *talk, f *wire.VisitorFrame) error {
	if !s.listens(c, f.ConversationID) {
		return nil
	}
	raises, err := s.raises(ctx, f)
	if err != nil || !raises {
		return err
	}
	if ok, _ := s.d.marks.Allow(t.actor.ID); !ok {
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

// raises reads whether a mark would change anything.
func (s socket) raises(ctx context.Context, f *wire.VisitorFrame) (bool, error) {
	row, err := s.d.Store.RowByID(ctx, f.ConversationID)
	if err != nil {
		return false, err
	}
	reached := row.Marks.PersonDeliveredPublic
	if desk.Reach(f.Type) == desk.Read {
		reached = min(reached, row.Marks.PersonReadPublic)
	}
	return min(f.Seq, row.PublicSeq) > reached, nil
}

// page notes where the customer is, if the site wants to know.
func (s socket) page(ctx context.Context, c *hub.Conn, t *talk, f *wire.VisitorFrame) error {
	if t.blocked {
		return nil
	}
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
