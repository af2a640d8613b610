package door

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/hubtest"
)

// crowdAddr tells a second copy of this test binary to be the visitors.
const crowdAddr = "RAPPORT_TEST_CROWD"

// BenchmarkIdleSocket reports what an idle visitor costs: memory with all of
// the hub's bookkeeping (identified, listening to a conversation and to
// presence) and processor time of their beats. The visitors are another
// process. Run it with -bench Idle -benchtime 1x.
func BenchmarkIdleSocket(b *testing.B) {
	n := 10_000
	if v, err := strconv.Atoi(os.Getenv("RAPPORT_TEST_SOCKETS")); err == nil {
		n = v
	}
	var h *hub.Hub
	var s server
	s, h = socketServer(b, hubtest.Door{OnHello: func(c *hub.Conn, frame []byte) error {
		id := "0192e4a0-5b7c-7d1e-8f00-" + string(frame)
		c.Identify(hub.Principal{Kind: "person", ID: id, Session: id})
		h.Subscribe(c, hub.PresenceTopic("0192e4a0-5b7c-7d1e-8f00-0123456789ab"), false)
		h.Subscribe(c, hub.PublicTopic(id), true)
		h.SetHead(hub.PublicTopic(id), 3)
		h.Release(c, hub.PublicTopic(id), 3)
		return c.Send([]byte(`{"type":"hello"}`))
	}}, hub.VisitorLimits())
	for b.Loop() {
		before, goroutines := settle(b), runtime.NumGoroutine()
		stop := crowd(b, s.addr, n)
		for end := time.Now().Add(time.Minute); h.Stats().Open < int64(n); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				b.Fatalf("only %d came", h.Stats().Open)
			}
		}
		fresh := rss(b)
		after := settle(b)
		b.ReportMetric(float64(fresh-before)/float64(n), "fresh-B/socket")
		b.ReportMetric(float64(after-before)/float64(n), "B/socket")
		cpu := processor()
		time.Sleep(hub.BeatEvery)
		b.ReportMetric(100*(processor()-cpu).Seconds()/hub.BeatEvery.Seconds(), "cpu%")
		b.ReportMetric(float64(rss(b)-before)/float64(n), "beating-B/socket")
		stop()
		for h.Stats().Open > 0 {
			time.Sleep(50 * time.Millisecond)
		}
		time.Sleep(300 * time.Millisecond)
		b.ReportMetric(float64(runtime.NumGoroutine()-goroutines), "goroutines-left")
	}
}

// settle is the memory after the collector has shrunk heap and stacks.
func settle(b *testing.B) int {
	b.Helper()
	for range 6 {
		runtime.GC()
		time.Sleep(100 * time.Millisecond)
	}
	debug.FreeOSMemory()
	return rss(b)
}

// processor is the time this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// crowd starts the other process and waits until its visitors have connected.
func crowd(b *testing.B, addr string, n int) (stop func()) {
	b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestCrowd$", "-test.timeout=5m")
	cmd.Env = append(os.Environ(), crowdAddr+"="+addr, "RAPPORT_TEST_SOCKETS="+strconv.Itoa(n))
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		b.Fatalf("crowd: %q %v", line, err)
	}
	return func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		cancel()
	}
}

// TestCrowd is the visitors' process of BenchmarkIdleSocket. They come from
// 127.0.1.x, answer beats when asked, and leave when standard input ends.
func TestCrowd(t *testing.T) {
	addr := os.Getenv(crowdAddr)
	if addr == "" {
		t.Skip("only as the second process of a benchmark")
	}
	n, err := strconv.Atoi(os.Getenv("RAPPORT_TEST_SOCKETS"))
	if err != nil {
		t.Fatal(err)
	}
	s := server{addr: addr}
	for i := range n {
		c, err := s.trySocket()
		if err != nil {
			t.Fatal(err)
		}
		c.Text(t, fmt.Sprintf("%012x", i))
		go func() {
			asked := 0
			for f, err := c.Next(); err == nil; f, err = c.Next() {
				if len(f.Payload) > 30 {
					if asked++; asked%3 == 0 {
						_, _ = c.Write(hubtest.Mask(0x81, []byte(`{"type":"beat"}`)))
					}
				}
			}
		}()
	}
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0) // the sockets close with the process
}
