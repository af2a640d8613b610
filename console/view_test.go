package console

import (
	"testing"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

// Whoever opens a conversation sees at once whether its customer is there, before the
// socket has said so.
func TestOpeningTellsWhetherTheCustomerIsThere(t *testing.T) {
	w := newWorld(t)
	ana := w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Do you have it in blue?")
	there := func() any { return ana.raw(get, "/conversations/"+v.id, nil)["person_online"] }
	if there() != false {
		t.Fatal("there, and not connected")
	}
	client := hubtest.Dial(t, w.hub, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
		w.hub.Subscribe(c, hub.PublicTopic(v.id), false)
		return c.Send([]byte(`{"type":"hello"}`))
	}}, hub.VisitorLimits())
	client.Text(t, `{"type":"hello"}`)
	client.Receive(t)
	if there() != true {
		t.Fatal("connected, and not there")
	}
}
