package hub_test

import (
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

func started(conversation, person string) chat.Event {
	return chat.Event{
		ConversationID: conversation, SiteID: "site", Seq: 1, PublicSeq: 1, SiteSeq: 1,
		Type: chat.ConversationStarted, By: chat.ByPerson, ByID: person,
	}
}

// Who listens to a person hears what the person begins, from the first event and
// on every server; who listens to another person does not.
func TestWhoListensToAPersonHearsWhatBegins(t *testing.T) {
	broker := hub.NewMemory()
	here, there := open(t, hub.Options{Broker: broker}), open(t, hub.Options{Broker: broker})
	listen := func(h *hub.Hub, person string) *hubtest.Client {
		return greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) { h.Subscribe(c, hub.PersonTopic(person), false) })
	}
	one, two, other := listen(here, "P"), listen(there, "P"), listen(here, "Q")
	here.Publish([]chat.Event{started("C", "P"), note("C", 2), message("C", 3, 2)})
	here.Publish([]chat.Event{message("C", 4, 3)})
	here.Publish([]chat.Event{started("D", "Q")})
	for _, c := range []*hubtest.Client{one, two} {
		var a, b events
		c.JSON(t, "events", &a)
		c.JSON(t, "events", &b)
		if len(a.Events) != 2 || a.Events[0].Seq != 1 || a.Events[1].Seq != 2 || len(b.Events) != 1 || b.Events[0].Seq != 3 {
			t.Errorf("heard %+v, %+v", a, b)
		}
	}
	var f events
	if other.JSON(t, "events", &f); f.ConversationID != "D" {
		t.Errorf("another customer heard %+v", f)
	}
}

// What a person begins before the door has greeted is held until it is released.
func TestWhatBeginsIsHeldForTheGreeting(t *testing.T) {
	h := open(t, hub.Options{})
	conns := make(chan *hub.Conn, 1)
	c := greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) {
		h.Subscribe(c, hub.PersonTopic("P"), true)
		conns <- c
	})
	conn := <-conns
	h.Publish([]chat.Event{started("C", "P"), message("C", 2, 2)})
	for !h.Listens(conn, hub.PublicTopic("C")) {
		time.Sleep(time.Millisecond)
	}
	if err := conn.Send([]byte(`{"type":"late"}`)); err != nil {
		t.Fatal(err)
	}
	if f := c.Receive(t); string(f.Payload) != `{"type":"late"}` {
		t.Fatalf("first came %s", f.Payload)
	}
	h.Release(conn, hub.PersonTopic("P"), 0)
	for _, id := range h.Conversations(conn) {
		h.Release(conn, hub.PublicTopic(id), 0)
	}
	var f events
	if c.JSON(t, "events", &f); len(f.Events) != 2 || f.Events[0].Seq != 1 {
		t.Errorf("released %+v", f)
	}
}
