package console

import (
	"context"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

func (s socket) Frame(ctx context.Context, c *hub.Conn, frame []byte) {
	me, ok := c.Data().(*desktop)
	if !ok {
		return
	}
	var f wire.AgentFrame
	defer s.touch(me, &f)
	door.TakeFrame(s.d.Hub, s.d.Log, c, frame, &f, &f.Ref, func() error { return s.handle(ctx, c, me, &f) })
}

func (s socket) handle(ctx context.Context, c *hub.Conn, me *desktop, f *wire.AgentFrame) error {
	needs, known := commands[f.Type]
	if !known {
		return chat.FailField("type", "There is no frame of this type.")
	}
	if err := me.may(needs); err != nil {
		return err
	}
	switch f.Type {
	case "open":
		if err := s.lookOn(ctx, c, me, f.ConversationID, f.Watch); err != nil {
			return err
		}
		return s.listen(ctx, c, me, f.ConversationID, f.After)
	case "shut":
		s.shut(c, me, f.ConversationID)
		return nil
	case "post":
		return door.FollowFrame(ctx, s.d.Traces, "agent's post", f.ConversationID, func(ctx context.Context) error { return s.post(ctx, c, me, f) })
	case "typing":
		return s.typing(c, me, f)
	case "delivered":
		return s.delivered(ctx, me, f.Seqs)
	case "read":
		if _, only := me.watches[f.ConversationID]; only {
			return nil // who looks on has read nothing in the agent's stead
		}
		return s.mark(ctx, me, f.ConversationID, desk.Read, f.Seq)
	case "status":
		_, err := s.d.sayStatus(ctx, me.agent.ID, statusChange{Status: f.Status})
		return err
	}
	return nil // a beat
}

// touch notes what only somebody at a console sends: a beat, and what has reached
// a screen, come from a console that is alone.
func (s socket) touch(me *desktop, f *wire.AgentFrame) {
	if f.Type != "beat" && f.Type != "delivered" {
		s.d.Hub.Touch(me.agent.ID)
	}
}

func (s socket) post(ctx context.Context, c *hub.Conn, me *desktop, f *wire.AgentFrame) error {
	if err := s.d.rates[perMessage].Refuse(me.agent.ID); err != nil {
		return err
	}
	c.Expect(f.ClientID)
	defer c.Expect("")
	posted, err := s.d.Desk.Post(ctx, me.actor(), desk.Posting{
		ConversationID: f.ConversationID, ClientID: f.ClientID, Kind: f.Kind, Text: f.Text, TemplateID: f.TemplateID, OtherTemplates: f.OtherTemplates, Files: f.Files,
	})
	if err != nil {
		return err
	}
	s.d.tellMentions(ctx, posted)
	m := &posted.Message
	_ = c.Send(wire.Ack(f.Ref, m.ConversationID, wire.TeamMessage(m, posted.Author))) // fails only when it has gone
	return nil
}

// typing is a hint: too many of them are dropped without a word.
func (s socket) typing(c *hub.Conn, me *desktop, f *wire.AgentFrame) error {
	switch {
	case !me.open[f.ConversationID]:
		return chat.FailField("conversation_id", "Open the conversation first.")
	case f.Kind != chat.Reply && f.Kind != chat.Note:
		return chat.FailField("kind", "A message is a reply or a note.")
	}
	if ok, _ := s.d.rates[perTyping].Allow(me.agent.ID); ok || !f.On {
		s.d.Hub.AgentTyping(c, f.ConversationID, f.Kind, f.On)
	}
	return nil
}

// delivered notes, for several conversations at once, what has reached the
// screen. One that is not there keeps none of the others back.
func (s socket) delivered(ctx context.Context, me *desktop, seqs map[string]int64) error {
	if len(seqs) > maxDelivered {
		return chat.FailField("seqs", "At most %d conversations fit into one frame.", maxDelivered)
	}
	var missing error
	for id, seq := range seqs {
		switch err := s.mark(ctx, me, id, desk.Delivered, seq); {
		case chat.Is(err, chat.NotFound):
			missing = err
		case err != nil:
			return err
		}
	}
	return missing
}

// mark raises how far the team has got and tells both sides, each in its own
// numbers.
func (s socket) mark(ctx context.Context, me *desktop, id string, how desk.Reach, seq int64) error {
	c, changed, err := s.d.Desk.Mark(ctx, me.actor(), id, how, seq)
	if err != nil || !changed {
		return err
	}
	s.d.Hub.Broadcast(hub.TeamTopic(c.ID), wire.MarksFrame(c.ID, wire.TeamMarks(c.Marks)), nil)
	s.d.Hub.Broadcast(hub.PublicTopic(c.ID), wire.MarksFrame(c.ID, wire.PublicMarks(c.Marks)), nil)
	if how == desk.Read {
		s.d.Hub.TouchRows(c.SiteID, c.ID)
	}
	return nil
}
