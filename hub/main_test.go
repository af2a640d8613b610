package hub_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
	"rapport/hub/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open starts a hub that is drained with the test.
func open(t testing.TB, o hub.Options) *hub.Hub {
	t.Helper()
	h := hub.New(o)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := h.Drain(ctx); err != nil {
			t.Errorf("drain: %v", err)
		}
	})
	return h
}

// greeted connects a client whose hello is answered, so that what the door did
// in its Hello is done.
func greeted(t testing.TB, h *hub.Hub, l hub.Limits, hello func(c *hub.Conn)) *hubtest.Client {
	t.Helper()
	c := hubtest.Dial(t, h, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
		hello(c)
		return c.Send([]byte(`{"type":"hello"}`))
	}}, l)
	c.Text(t, `{"type":"hello"}`)
	var f struct{}
	c.JSON(t, "hello", &f)
	return c
}

func person(id string) hub.Principal {
	return hub.Principal{Kind: chat.ByPerson, ID: id, Session: "session-" + id}
}

func agent(id, name string) hub.Principal {
	return hub.Principal{Kind: chat.ByAgent, ID: id, Session: "session-" + id, Card: chat.AgentCard{ID: id, Name: name}, Said: wire.Standing{Status: hub.Online}}
}

// message is an event that everyone may see; note is the team's own.
func message(conversation string, seq, public int64) chat.Event {
	return chat.Event{
		ConversationID: conversation, SiteID: "site", Seq: seq, PublicSeq: public, SiteSeq: seq, Type: chat.MessagePosted,
		Message: &chat.Message{ID: fmt.Sprint("m", seq), ConversationID: conversation, Text: fmt.Sprint("text ", seq), Seq: seq, PublicSeq: public},
	}
}

func note(conversation string, seq int64) chat.Event {
	e := message(conversation, seq, 0)
	e.Type = chat.NotePosted
	e.Message.Kind = chat.Note
	return e
}

// events is an events frame as far as order is concerned.
type events struct {
	ConversationID string `json:"conversation_id"`
	Events         []struct {
		Seq, Prev int64
		Type      chat.EventType
	}
}
