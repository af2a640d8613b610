package door

import (
	"fmt"
	"net"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

// rss is the resident memory of this process in bytes.
func rss(t testing.TB) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("no /proc here")
	}
	pages, err := strconv.Atoi(strings.Fields(string(b))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// 400 connections declare 4,000,000 bytes each and send one. With Fiber's
// defaults that costs 1.6 GB.
func TestLyingBodiesCostLittle(t *testing.T) {
	s := bodyServer(t)
	debug.FreeOSMemory()
	before := rss(t)
	for range 400 {
		c := s.dial(t)
		defer c.Close()
		fmt.Fprintf(c, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n\r\n{")
	}
	time.Sleep(500 * time.Millisecond) // they have arrived and wait
	grown := rss(t) - before
	if grown > 100<<20 {
		t.Fatalf("400 lies cost %d MB", grown>>20)
	}
	t.Logf("400 lies cost %d KB", grown>>10)
}

// heldBy is what the heap holds more of, in bytes, once 400 sockets have done
// something.
func heldBy(t *testing.T, s server, do func(*hubtest.Client)) int64 {
	t.Helper()
	held := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	// What earlier tests have left behind goes first: it would make the growth look small.
	before := held()
	for range 20 {
		time.Sleep(100 * time.Millisecond)
		now := held()
		settled := before-now < 64<<10
		before = now
		if settled {
			break
		}
	}
	for range 400 {
		do(s.socket(t))
	}
	time.Sleep(300 * time.Millisecond) // what they sent has arrived
	return held() - before
}

// The same with frames: what is declared is not allocated. 400 of 64 KiB would be
// 26 MB more than the same sockets take that say nothing.
func TestLyingFramesCostLittle(t *testing.T) {
	s, _ := socketServer(t, hubtest.Echo(), hub.VisitorLimits())
	silent := heldBy(t, s, func(*hubtest.Client) {})
	lying := heldBy(t, s, func(c *hubtest.Client) {
		if _, err := c.Write(append(declared(65536), 'x')); err != nil {
			t.Fatal(err)
		}
	})
	if lying-silent > 13<<20 {
		t.Fatalf("400 lies cost %d KB more than the %d KB of silence", (lying-silent)>>10, silent>>10)
	}
	t.Logf("400 lies cost %d KB more than silence", (lying-silent)>>10)
}

func TestHugeFrameIsRefused(t *testing.T) {
	s, h := socketServer(t, hubtest.Echo(), hub.VisitorLimits())
	c := s.socket(t)
	c.Text(t, `"hello"`)
	c.Receive(t)
	if _, err := c.Write(append(declared(64<<20), make([]byte, 100_000)...)); err != nil {
		t.Fatal(err)
	}
	c.Closed(t, hub.TooBig)

	// Who goes on sending regardless is cut off long before the end.
	flood := s.socket(t)
	if _, err := flood.Write(declared(64 << 20)); err != nil {
		t.Fatal(err)
	}
	chunk, sent := make([]byte, 1<<20), 0
	for ; sent < 64; sent++ {
		if _, err := flood.Write(chunk); err != nil {
			break
		}
	}
	if sent == 64 {
		t.Fatal("64 MiB were taken")
	}
	_, _ = c.Close(), flood.Close()
	waitClosed(t, h)
	if n := h.Stats().Closes["frame_too_big"]; n != 2 {
		t.Fatalf("%d refused", n)
	}
}

// Readers that stop are dropped by name at a bounded cost; one that reads gets
// everything.
func TestStuckReadersAreBounded(t *testing.T) {
	const stuck, frames = 100, 3000
	var h *hub.Hub
	var s server
	s, h = socketServer(t, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
		h.Subscribe(c, hub.TeamTopic("C"), false)
		return c.Send([]byte(`{"type":"hello"}`))
	}}, hub.AgentLimits())
	well := s.socket(t)
	well.Text(t, "{}")
	well.Receive(t)
	for range stuck {
		c := s.socket(t)
		if err := c.Conn.(*net.TCPConn).SetReadBuffer(4096); err != nil {
			t.Fatal(err)
		}
		c.Text(t, "{}")
		c.Receive(t)
	}
	body := strings.Repeat("x", 1000)
	before := rss(t)
	for seq := range int64(frames) {
		h.Publish([]chat.Event{{ConversationID: "C", Seq: seq + 1, PublicSeq: seq + 1, Type: chat.MessagePosted,
			Message: &chat.Message{ConversationID: "C", Text: body, Seq: seq + 1}}})
		var f struct{ Events []struct{ Seq int64 } }
		if well.JSON(t, "events", &f); len(f.Events) != 1 || f.Events[0].Seq != seq+1 {
			t.Fatalf("healthy reader got %+v at %d", f, seq+1)
		}
	}
	for end := time.Now().Add(5 * time.Second); h.Stats().Closes["slow_reader"] < stuck; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%+v", h.Stats())
		}
	}
	if grown := rss(t) - before; grown > 100<<20 {
		t.Fatalf("%d stuck readers cost %d MB", stuck, grown>>20)
	}
}

// A header that is kept stays what it was while 1,000 other requests pass.
func TestKeptStringsDoNotChange(t *testing.T) {
	var mu sync.Mutex
	kept := map[string]string{}
	s := serve(t, func(a *App) {
		a.Get("/keep/:id", func(c *fiber.Ctx) error {
			mu.Lock()
			defer mu.Unlock()
			kept[c.Params("id")] = c.Get("X-Canary") + c.Query("q") + c.Path()
			return c.SendString("kept")
		})
	})
	c := s.dial(t)
	defer c.Close()
	buf := make([]byte, 4096)
	for i := range 1001 {
		fmt.Fprintf(c, "GET /keep/%04d?q=q%04d HTTP/1.1\r\nHost: x\r\nX-Canary: canary-%04d\r\n\r\n", i, i, i)
		if _, err := c.Read(buf); err != nil {
			t.Fatal(err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for i := range 1001 {
		id := fmt.Sprintf("%04d", i)
		if want := "canary-" + id + "q" + id + "/keep/" + id; kept[id] != want {
			t.Fatalf("kept %q, want %q", kept[id], want)
		}
	}
}

// A client that sends its head a byte at a time is let go after ReadTimeout.
func TestSlowHeadIsCutOff(t *testing.T) {
	if testing.Short() {
		t.Skip("takes 10 s")
	}
	s := bodyServer(t)
	c := s.dial(t)
	defer c.Close()
	start := time.Now()
	stop := make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(300 * time.Millisecond):
				_, _ = c.Write([]byte("GET / HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")[i%60 : i%60+1])
			}
		}
	}()
	defer close(stop)
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
	buf := make([]byte, 1024)
	for {
		if _, err := c.Read(buf); err != nil {
			break
		}
	}
	if took := time.Since(start); took > 15*time.Second {
		t.Fatalf("held for %s", took)
	}
}
