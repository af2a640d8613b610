package broker_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"rapport/hub"
	"rapport/hub/broker"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

func TestBroker(t *testing.T) {
	s := natsAt(t, &server.Options{})
	hubtest.Broker(t, func(t *testing.T) hub.Broker {
		b, _ := bell(t, s.ClientURL(), t.Name())
		return b
	})
}

// A batch is parted by what the server takes, and not by what we would like.
func TestBrokerOnASmallServer(t *testing.T) {
	s := natsAt(t, &server.Options{MaxPayload: 16 << 10})
	hubtest.Broker(t, func(t *testing.T) hub.Broker {
		b, _ := bell(t, s.ClientURL(), t.Name())
		return b
	})
}

func TestNATSIsKilledAndComesBack(t *testing.T) {
	o := &server.Options{}
	s := natsAt(t, o)
	a, _ := bell(t, s.ClientURL(), "one")
	b, missed := bell(t, s.ClientURL(), "one")
	var here, there hubtest.Log
	defer a.Join(here.Add)()
	defer b.Join(there.Add)()
	for round := range 3 {
		if err := a.Publish(t.Context(), hubtest.Numbered("before", round)); err != nil {
			t.Fatal(err)
		}
		there.Wait(t, 2*round+1)
		end(s)
		eventually(t, "it does not notice that NATS is gone", func() bool { return a.Missing() != "" && b.Missing() != "" })
		if _, err := a.RoundTrip(t.Context()); err == nil {
			t.Error("NATS answers, and is gone")
		}
		began := time.Now()
		if err := a.Publish(t.Context(), hubtest.Numbered("away", round)); err == nil {
			t.Error("what nobody else hears is no error")
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("publishing without NATS took %v", took)
		}
		if want := 3*round + 2; here.Len() != want {
			t.Fatalf("this server heard %d, want %d", here.Len(), want)
		}
		was := missed.Load()
		began = time.Now()
		s = natsAt(t, o)
		eventually(t, "it does not come back", func() bool { return connected(a)() && connected(b)() })
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("back after %v", took)
		}
		eventually(t, "nobody is told to look into the store", func() bool { return missed.Load() > was })
		if took, err := a.RoundTrip(t.Context()); err != nil || took <= 0 {
			t.Errorf("NATS answers after %v: %v", took, err)
		}
		if err := a.Publish(t.Context(), hubtest.Numbered("after", round)); err != nil {
			t.Fatal(err)
		}
		there.Wait(t, 2*round+2)
	}
	there.Ordered(t, map[string]int{"before": 3, "after": 3})
}

func TestNATSMayComeLater(t *testing.T) {
	o := &server.Options{}
	s := natsAt(t, o)
	address := s.ClientURL()
	end(s)
	a, _ := bell(t, address, "one")
	b, _ := bell(t, address, "one")
	if a.Missing() == "" {
		t.Error("it does not say that NATS is missing")
	}
	var here, there hubtest.Log
	defer a.Join(here.Add)()
	defer b.Join(there.Add)()
	if err := a.Publish(t.Context(), hubtest.Numbered("alone", 0)); err == nil || here.Len() != 1 {
		t.Errorf("without NATS: %v, and %d heard here", err, here.Len())
	}
	natsAt(t, o)
	eventually(t, "it does not connect", func() bool { return connected(a)() && connected(b)() })
	if err := a.Publish(t.Context(), hubtest.Numbered("together", 0)); err != nil {
		t.Fatal(err)
	}
	there.Wait(t, 1)
	there.Ordered(t, map[string]int{"together": 1})
}

func TestInstallationsOnOneNATSAreApart(t *testing.T) {
	s := natsAt(t, &server.Options{})
	a, _ := bell(t, s.ClientURL(), "one")
	b, _ := bell(t, s.ClientURL(), "one")
	other, missed := bell(t, s.ClientURL(), "other")
	var there, elsewhere hubtest.Log
	defer b.Join(there.Add)()
	defer other.Join(elsewhere.Add)()
	eventually(t, "it does not say that it came", func() bool { return missed.Load() == 1 })
	for i := range 50 {
		if err := a.Publish(t.Context(), hubtest.Numbered("one", i)); err != nil {
			t.Fatal(err)
		}
	}
	there.Wait(t, 50)
	if err := other.Publish(t.Context(), hubtest.Numbered("other", 0)); err != nil {
		t.Fatal(err)
	}
	elsewhere.Ordered(t, map[string]int{"other": 1})
	if s := other.Stats(); elsewhere.Len() != 1 || s.Heard+s.Ignored != 0 || missed.Load() != 1 {
		t.Errorf("it heard of the other installation: %d signals, %+v, missed %d", elsewhere.Len(), s, missed.Load())
	}
}

// raw speaks to a NATS server without any of our manners.
func raw(t *testing.T, s *server.Server) *nats.Conn {
	t.Helper()
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan struct{})
	nc.SetClosedHandler(func(*nats.Conn) { close(closed) })
	t.Cleanup(func() { nc.Close(); <-closed })
	return nc
}

func TestGarbageIsIgnored(t *testing.T) {
	s := natsAt(t, &server.Options{MaxPayload: 16 << 20})
	b, missed := bell(t, s.ClientURL(), "one")
	var there hubtest.Log
	defer b.Join(there.Add)()
	eventually(t, "it does not say that it came", func() bool { return missed.Load() == 1 })
	event := `{"ConversationID":"c","SiteID":"s","Seq":1,"SiteSeq":1,"Type":"message.posted"}`
	garbage := []string{
		"", "null", "1", `"words"`, "[]", "{}", "{", "\xff\xfe", strings.Repeat("[", 100_000),
		`{"v":1}`, `{"v":0,"from":"x","n":1,"kick":"a","code":4003}`, `{"v":1,"from":"","n":1,"kick":"a","code":4003}`,
		`{"v":1,"from":"x","n":0,"kick":"a","code":4003}`, `{"v":1,"from":"x","n":-1,"kick":"a","code":4003}`,
		`{"v":1,"from":"x","n":1,"kick":"a","code":0}`, `{"v":1,"from":"x","n":1,"kick":"a","code":70000}`,
		`{"v":1,"from":"x","n":1,"kick":"a","code":4003,"to":"b","frame":{}}`,
		`{"v":1,"from":"x","n":1,"to":"b"}`, `{"v":1,"from":"x","n":1,"topic":"b","frame":null}`,
		`{"v":1,"from":"x","n":1,"topic":"b","frame":{]}`,
		`{"v":1,"from":"x","n":1,"topic":"` + strings.Repeat("t", 300) + `","frame":{}}`,
		`{"v":1,"from":"x","n":1,"events":{}}`, `{"v":1,"from":"x","n":1,"events":[{}]}`, `{"v":1,"from":"x","n":1,"events":[null]}`,
		`{"v":1,"from":"x","n":1,"events":[` + strings.Replace(event, `"Seq":1`, `"Seq":-1`, 1) + `]}`,
		`{"v":1,"from":"x","n":1,"events":[` + strings.Replace(event, `"Seq":1`, `"Seq":1,"PublicSeq":2`, 1) + `]}`,
		`{"v":1,"from":"x","n":1,"to":"b","frame":"` + strings.Repeat("x", 9<<20) + `"}`,
	}
	nc := raw(t, s)
	say := func(payload string) {
		t.Helper()
		if err := nc.Publish(broker.Subject("one"), []byte(payload)); err != nil {
			t.Fatal(err)
		}
	}
	for _, g := range garbage {
		say(g)
	}
	say(`{"v":1,"from":"x","n":1,"kick":"a","code":4003}`)
	there.Wait(t, 1)
	if got := there.All()[0]; got.Kick != "a" || got.Code != hub.Revoked {
		t.Errorf("heard %+v", got)
	}
	if n := b.Stats().Ignored; n != int64(len(garbage)) || missed.Load() != 1 {
		t.Errorf("ignored %d of %d, and looked %d times", n, len(garbage), missed.Load())
	}
	// A newer server's notes are not garbage: what they say stands in the store.
	say(`{"v":2,"from":"y","n":1,"events":"told in another way"}`)
	say(`{"v":1,"from":"y","n":2,"wave":"a kind that was added since"}`)
	eventually(t, "newer notes do not lead to the store", func() bool { return missed.Load() == 3 })
	// What it adds to notes that we know is passed over.
	say(`{"v":1,"from":"y","n":3,"mood":"new","events":[` + strings.Replace(event, `{`, `{"Mood":"new",`, 1) + `]}`)
	there.Wait(t, 2)
	if got := there.Events(); len(got) != 1 || got[0].ConversationID != "c" {
		t.Errorf("heard %+v", got)
	}
}

func TestWhatComesAgainIsHeardOnce(t *testing.T) {
	s := natsAt(t, &server.Options{})
	a, _ := bell(t, s.ClientURL(), "one")
	b, _ := bell(t, s.ClientURL(), "one")
	var here, there hubtest.Log
	defer a.Join(here.Add)()
	defer b.Join(there.Add)()
	nc := raw(t, s)
	echoed := make(chan struct{}, 100)
	if _, err := nc.Subscribe(broker.Subject("one"), func(m *nats.Msg) {
		if m.Header == nil && strings.Contains(string(m.Data), `"topic":"0"`) {
			again := nats.NewMsg(m.Subject)
			again.Data, again.Header = m.Data, nats.Header{"again": {"yes"}}
			_ = nc.PublishMsg(again)
			echoed <- struct{}{}
		}
	}); err != nil {
		t.Fatal(err)
	}
	if err := nc.Flush(); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if err := a.Publish(t.Context(), hubtest.Numbered("0", i)); err != nil {
			t.Fatal(err)
		}
		<-echoed
	}
	if err := nc.Flush(); err != nil { // all echoes are with the server
		t.Fatal(err)
	}
	for _, from := range []*broker.Bell{a, b} {
		if err := from.Publish(t.Context(), hubtest.Numbered("end", 0)); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []*hubtest.Log{&here, &there} {
		l.Wait(t, 22)
		l.Ordered(t, map[string]int{"0": 20})
		if l.Len() != 22 {
			t.Errorf("heard %d signals, want 22", l.Len())
		}
	}
}

func TestAHoleLeadsToTheStore(t *testing.T) {
	s := natsAt(t, &server.Options{})
	b, missed := bell(t, s.ClientURL(), "one")
	var there hubtest.Log
	defer b.Join(there.Add)()
	eventually(t, "it does not say that it came", func() bool { return missed.Load() == 1 })
	nc := raw(t, s)
	for i, step := range []struct{ number, want int64 }{{7, 1}, {8, 1}, {10, 2}, {11, 2}, {11, 2}, {20, 3}} {
		note := fmt.Sprintf(`{"v":1,"from":"x","n":%d,"topic":"t","frame":%d}`, step.number, i)
		if err := nc.Publish(broker.Subject("one"), []byte(note)); err != nil {
			t.Fatal(err)
		}
		eventually(t, "a note does not come", func() bool {
			return there.Len() == i+1 || step.number == 11 && there.Len() == 4 || i == 5 && there.Len() == 5
		})
		if n := missed.Load(); n != step.want {
			t.Errorf("after number %d it looked %d times, want %d", step.number, n, step.want)
		}
	}
}

func TestWhatIsTooBigLeadsToTheStore(t *testing.T) {
	s := natsAt(t, &server.Options{MaxPayload: 8 << 10})
	a, _ := bell(t, s.ClientURL(), "one")
	b, missed := bell(t, s.ClientURL(), "one")
	var there hubtest.Log
	defer b.Join(there.Add)()
	eventually(t, "it does not say that it came", func() bool { return missed.Load() >= 1 && a.Stats().Sent == 1 })
	if err := a.Publish(t.Context(), hubtest.Numbered("before", 0)); err != nil {
		t.Fatal(err)
	}
	there.Wait(t, 1)
	was := missed.Load()
	batch := []chat.Event{hubtest.Posted("c", 1, "small"), hubtest.Posted("c", 2, strings.Repeat("x", 20<<10)), hubtest.Posted("c", 3, "small")}
	if err := a.Publish(t.Context(), hub.Signal{Events: batch}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "what fits does not come", func() bool { return len(there.Events()) == 2 })
	if got := there.Events(); got[0].Seq != 1 || got[1].Seq != 3 {
		t.Errorf("heard %+v", got)
	}
	if missed.Load() != was+1 {
		t.Errorf("it looked %d times for one event", missed.Load()-was)
	}
	if err := a.Publish(t.Context(), hub.Signal{To: "who", Frame: []byte(`"` + strings.Repeat("x", 20<<10) + `"`)}); err != nil {
		t.Fatal(err)
	}
	if err := a.Publish(t.Context(), hubtest.Numbered("after", 0)); err != nil {
		t.Fatal(err)
	}
	eventually(t, "what comes after does not come", func() bool { return there.Len() == 4 })
	if missed.Load() != was+2 || a.Stats().Dropped != 1 {
		t.Errorf("a frame that is too big leaves no trace: missed %d, %+v", missed.Load()-was, a.Stats())
	}
}

// A NATS server that takes nothing any more holds nobody up: the store's own writer is
// who publishes.
func TestAStuckNATSHoldsNobodyUp(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	greeted := make(chan net.Conn, 16)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				close(greeted)
				return
			}
			fmt.Fprint(c, `INFO {"server_id":"stuck","version":"2.12.0","proto":1,"max_payload":1048576}`+"\r\n")
			r := bufio.NewReader(c)
			for line := ""; !strings.HasPrefix(line, "PING"); {
				if line, err = r.ReadString('\n'); err != nil {
					break
				}
			}
			fmt.Fprint(c, "PONG\r\n")
			greeted <- c // and never reads again
		}
	}()
	defer func() {
		l.Close()
		for c := range greeted {
			c.Close()
		}
	}()
	b, _ := bell(t, "nats://"+l.Addr().String(), "one")
	var here hubtest.Log
	defer b.Join(here.Add)()
	frame := []byte(`"` + strings.Repeat("x", 32<<10) + `"`)
	var refused error
	began := time.Now()
	for range 2_000 {
		if err := b.Publish(t.Context(), hub.Signal{To: "who", Frame: frame}); err != nil {
			refused = err
		}
	}
	if took := time.Since(began); took > 2*time.Second || here.Len() != 2_000 {
		t.Errorf("%d of 2,000 signals heard here after %v", here.Len(), took)
	}
	if refused == nil {
		t.Error("64 MB are held for a server that takes nothing")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := b.Close(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}
