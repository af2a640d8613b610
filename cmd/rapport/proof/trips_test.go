package proof

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
	nats "github.com/nats-io/nats-server/v2/server"

	"rapport/cmd/rapport/bench/drive"
	"rapport/storage/storagetest/cluster"
)

// trips is a Postgres seen through a wire that counts.
type trips struct {
	to   string // address of the server
	mu   sync.Mutex
	each []*atomic.Int64 // by connection: ways there and back
}

// countTrips listens before the Postgres that an address leads to, and returns the
// address of the wire.
func countTrips(t *testing.T, store string) (*trips, string) {
	t.Helper()
	u, err := url.Parse(store)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	w := &trips{to: u.Host}
	u.Host = ln.Addr().String()
	u.RawQuery = "sslmode=disable"
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	return w, u.String()
}

// carry brings everything on, and counts how often the server says that it is ready
// for the next: once for each way there and back.
func (w *trips) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", w.to)
	if err != nil {
		return
	}
	defer server.Close()
	n := &atomic.Int64{}
	w.mu.Lock()
	w.each = append(w.each, n)
	w.mu.Unlock()
	go func() {
		defer server.Close()
		_, _ = io.Copy(server, client)
	}()
	answers := pgproto3.NewFrontend(io.TeeReader(server, client), io.Discard)
	for {
		m, err := answers.Receive()
		if err != nil {
			return
		}
		if _, ok := m.(*pgproto3.ReadyForQuery); ok {
			n.Add(1)
		}
	}
}

// now is how often each connection went there and back so far.
func (w *trips) now() []int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]int64, len(w.each))
	for i, n := range w.each {
		out[i] = n.Load()
	}
	return out
}

// perMessage posts messages one by one and returns how often the connection that
// writes goes to the database for most of them, and how often all do together.
func (w *trips) perMessage(world *world, client string) (writer, all int64) {
	world.t.Helper()
	writers, sums := map[int64]int{}, map[int64]int{}
	for n := range 60 {
		before := w.now()
		_, err := postByHTTP(world.t.Context(), world.guests[0], world.convs[0], fmt.Sprintf("client-%s-%d", client, n), "One more.")
		world.must(err)
		time.Sleep(20 * time.Millisecond) // whoever is told has been told
		most, sum := int64(0), int64(0)
		for i, after := range w.now() {
			d := after
			if i < len(before) {
				d -= before[i]
			}
			most, sum = max(most, d), sum+d
		}
		writers[most]++
		sums[sum]++
	}
	return usual(writers), usual(sums)
}

// usual is what came most often: jobs that run now and then make the others.
func usual(times map[int64]int) (at int64) {
	for n, often := range times {
		if often > times[at] || often == times[at] && n < at {
			at = n
		}
	}
	return at
}

// A message costs as many ways to the database with many who hear it as with one, and
// no more where the server is one of several.
func TestListenersCostNoWaysToTheDatabase(t *testing.T) {
	bell := &pair{opts: &nats.Options{Host: "127.0.0.1", Port: nats.RANDOM_PORT, NoLog: true, NoSigs: true}}
	bell.ring(t)
	defer bell.nats.Shutdown()
	pg := cluster.New(t)
	pg.Start()
	pg.Exec("postgres", `CREATE ROLE rapport LOGIN PASSWORD 'x'`, `CREATE DATABASE lone OWNER rapport`, `CREATE DATABASE shared OWNER rapport`)
	for _, c := range []struct {
		database string
		args     []string
	}{{"lone", nil}, {"shared", []string{"--nats", "nats://" + bell.natsAddress()}}} {
		t.Run(c.database, func(t *testing.T) {
			wire, store := countTrips(t, pg.URL("rapport", "x", c.database))
			w := newWorld(t, plan{conversations: 1, tabs: 1, agents: 1, args: append(c.args, "--store", store)})
			few, fewAll := wire.perMessage(w, "few")
			var more []*drive.Socket
			for range 30 {
				s, err := w.owner.Socket(t.Context(), "", map[string]int64{w.convs[0]: 0})
				w.must(err)
				more = append(more, s)
			}
			time.Sleep(time.Second)
			many, manyAll := wire.perMessage(w, "many")
			for _, s := range more {
				s.Cut()
			}
			t.Logf("ways to the database for a message: %d of the writer's and %d of all with two listeners, %d and %d with 32", few, fewAll, many, manyAll)
			if few != 2 || many != few || manyAll != fewAll {
				t.Errorf("a message costs %d and %d ways with two listeners, %d and %d with 32", few, fewAll, many, manyAll)
			}
		})
	}
}
