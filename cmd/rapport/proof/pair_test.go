package proof

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	nats "github.com/nats-io/nats-server/v2/server"

	"rapport/cmd/rapport/bench/drive"
)

// pair is an installation of two servers on one database and one NATS, behind a
// balancer that knows nothing but whether a server takes connections.
type pair struct {
	w       *world
	store   string
	opts    *nats.Options
	nats    *nats.Server
	folders [2]string
	ports   [2]int
	servers [2]*drive.Server
	front   net.Listener
	turn    atomic.Uint64
	leads   [2]ear // whether each has said that it is the foreman

	storeOf, natsOf [2]string // other ways of a server to the engines; "" is the straight one
}

// newPair begins the talk at two servers. prepare sees the pair before they start.
func newPair(t *testing.T, p plan, store string, prepare ...func(*pair)) *pair {
	t.Helper()
	s := &pair{store: store, opts: &nats.Options{Host: "127.0.0.1", Port: nats.RANDOM_PORT, NoLog: true, NoSigs: true}}
	s.ring(t)
	for _, do := range prepare {
		do(s)
	}
	copy(s.ports[:], freePorts(t, len(s.ports)))
	for i := range s.folders {
		s.folders[i] = filepath.Join(t.TempDir(), "data")
	}
	var err error
	if s.front, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.front.Close() })
	go s.balance()
	p.begin = s.begin
	t.Cleanup(func() {
		for _, one := range s.servers {
			if one != nil {
				one.Kill()
			}
		}
		s.nats.Shutdown()
	})
	s.w = newWorld(t, p)
	return s
}

// ring starts NATS, where it was before.
func (s *pair) ring(t *testing.T) {
	t.Helper()
	var err error
	if s.nats, err = nats.NewServer(s.opts); err != nil {
		t.Fatal(err)
	}
	go s.nats.Start()
	if !s.nats.ReadyForConnections(5 * time.Second) {
		t.Fatal("NATS does not start")
	}
	s.opts.Port = s.nats.Addr().(*net.TCPAddr).Port
}

// natsAddress is where NATS listens.
func (s *pair) natsAddress() string { return fmt.Sprintf("127.0.0.1:%d", s.opts.Port) }

// begin starts both, the second with the key and the files of the first.
func (s *pair) begin(w *world) *drive.Server {
	s.w = w
	first := s.start(0)
	key, err := os.ReadFile(filepath.Join(s.folders[0], "secret.key"))
	w.must(err)
	w.must(os.MkdirAll(s.folders[1], 0o700))
	w.must(os.WriteFile(filepath.Join(s.folders[1], "secret.key"), key, 0o600))
	w.must(os.Symlink(filepath.Join(s.folders[0], "files"), filepath.Join(s.folders[1], "files")))
	s.start(1)
	return first
}

// start starts one of them, on the same port as before.
func (s *pair) start(i int) *drive.Server {
	s.w.t.Helper()
	_, port, err := net.SplitHostPort(s.front.Addr().String())
	s.w.must(err)
	s.leads[i].Store(false)
	o := drive.Options{
		Binary: rapport(s.w.t), Data: s.folders[i], Port: s.ports[i], Log: io.MultiWriter(s.w.log, &s.leads[i]),
		Store: cmp.Or(s.storeOf[i], s.store), NATS: "nats://" + cmp.Or(s.natsOf[i], s.natsAddress()),
		Args: append([]string{"--public-url", "http://localhost:" + port, "--widget-url", "http://127.0.0.1:" + port}, s.w.plan.args...),
	}
	one, err := drive.Start(s.w.t.Context(), o)
	if err != nil {
		s.w.tellLog()
		s.w.t.Fatalf("start server %d: %v", i, err)
	}
	s.servers[i] = one
	return one
}

// balance takes turns, and goes to the other where nobody takes a connection.
func (s *pair) balance() {
	for {
		c, err := s.front.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			n := s.turn.Add(1)
			for i := range uint64(2) {
				to, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", s.ports[(n+i)%2]))
				if err == nil {
					join(c, to)
					return
				}
			}
		}()
	}
}

// join carries both ways until either side ends.
func join(a, b net.Conn) {
	defer b.Close()
	var once sync.Once
	end := func() { once.Do(func() { _, _ = a.Close(), b.Close() }) }
	go func() { defer end(); _, _ = io.Copy(a, b) }()
	_, _ = io.Copy(b, a)
	end()
}
