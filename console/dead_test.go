package console

import (
	"errors"
	"os"
	"regexp"
	"strconv"
	"testing"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
	"rapport/hub/wire"
)

// What is read for a socket that has closed is read for nobody.
func TestHelloOfADeadSocketStops(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.AgentRole)
	f := &wire.AgentFrame{Epoch: w.store.Epoch(), Open: map[string]int64{}, Sites: map[string]int64{w.site.ID: 0}}
	for range 5 {
		f.Open[w.arrives("Hello").id] = 0
	}
	s, me := socket{w.door}, &desktop{&signedIn{agent: ana, session: w.session(ana)}, map[string]bool{}, map[string]watch{}}
	results := make(chan [2]error, 1)
	l := hub.AgentLimits()
	client := hubtest.Dial(t, w.hub, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
		c.Close(hub.Leaving)
		results <- [2]error{s.welcome(t.Context(), c, me, f), s.resumeOpen(t.Context(), c, me, f)}
		return nil
	}}, l)
	client.Text(t, "{}")
	for _, err := range <-results {
		if !errors.Is(err, hub.ErrClosed) {
			t.Errorf("it went on and ended with %v", err)
		}
	}
	if len(me.open) != 0 {
		t.Errorf("%d conversations were read for it", len(me.open))
	}
}

func TestLimitsAreThoseOfTheProtocol(t *testing.T) {
	text, err := os.ReadFile("../static/src/wire/protocol.ts")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"open": maxOpen, "sockets": maxSockets, "delivered": maxDelivered} {
		m := regexp.MustCompile(`(?m)^  ` + name + `: ([0-9]+),$`).FindSubmatch(text)
		if m == nil {
			t.Fatalf("LIMITS says nothing about %s", name)
		}
		if n, err := strconv.Atoi(string(m[1])); err != nil || n != want {
			t.Errorf("%s is %d here and %s there", name, want, m[1])
		}
	}
}
