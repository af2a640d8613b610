package proof

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"rapport/storage/storagetest/cluster"
)

// TestServersKillLoop is promise P1 to P4 over two servers of which one dies again and
// again: whoever was connected to it goes on at the other.
func TestServersKillLoop(t *testing.T) {
	s := newPair(t, busy, cluster.Database(t))
	for range rounds(2, 4, 200) {
		time.Sleep(500*time.Millisecond + rand.N(time.Second))
		i := rand.IntN(2)
		s.servers[i].Kill()
		if before := s.w.acked(); !until(5*time.Second, func() bool { return s.w.acked() > before+100 }) {
			t.Fatal("the other server does not go on")
		}
		time.Sleep(rand.N(500 * time.Millisecond))
		s.start(i)
	}
	s.w.finish()
}

// TestRollingRestart is promise P10 over two servers that are restarted one after the
// other while people talk.
func TestRollingRestart(t *testing.T) {
	s := newPair(t, busy, cluster.Database(t))
	for n := range rounds(2, 4, 40) {
		time.Sleep(300 * time.Millisecond)
		if code, err := s.servers[n%2].Stop(10 * time.Second); err != nil || code != 0 {
			t.Fatalf("round %d: exit code %d, %v", n, code, err)
		}
		s.start(n % 2)
	}
	s.w.finish()
}

// TestWithoutNATS is promise P3 and P4 where the servers hear of each other from the
// database alone, and again when NATS is back.
func TestWithoutNATS(t *testing.T) {
	s := newPair(t, busy, cluster.Database(t))
	for range rounds(1, 2, 20) {
		time.Sleep(time.Second)
		s.nats.Shutdown()
		s.nats.WaitForShutdown()
		before := s.w.acked()
		time.Sleep(2 * time.Second)
		if s.w.acked() < before+100 {
			t.Fatal("without NATS nothing is stored")
		}
		s.ring(t)
	}
	s.w.finish()
}

// TestPostgresDiesUnderServers is promise P1 to P4 where both servers outlive their
// database.
func TestPostgresDiesUnderServers(t *testing.T) {
	pg := cluster.New(t)
	pg.Start()
	pg.Exec("postgres", `CREATE ROLE rapport LOGIN PASSWORD 'x'`, `CREATE DATABASE chat OWNER rapport`)
	s := newPair(t, busy, pg.URL("rapport", "x", "chat"))
	if !until(10*time.Second, func() bool {
		return every(s.w.clients, func(c *Client) bool { return c.Counted().Acked > 0 })
	}) {
		t.Fatal("not everybody has come in")
	}
	for n := range rounds(1, 2, 50) {
		time.Sleep(200*time.Millisecond + rand.N(time.Second))
		pg.Kill()
		time.Sleep(rand.N(500 * time.Millisecond))
		pg.Start()
		before := s.w.acked()
		if !until(5*time.Second, func() bool { return s.w.acked() > before+100 }) {
			t.Fatalf("round %d: nothing is stored 5 s after the database is back", n)
		}
	}
	s.w.finish()
}

// TestStormOverServers is promise P2: fifty senders of one client id, at two servers at
// once, are one message.
func TestStormOverServers(t *testing.T) {
	s := newPair(t, plan{conversations: 4, tabs: 1, agents: 1, pace: 50 * time.Millisecond, agentPace: 100 * time.Millisecond}, cluster.Database(t))
	for n := range rounds(20, 60, 2000) {
		guest := n % len(s.w.guests)
		rec := Record{Conversation: s.w.convs[guest], Author: s.w.guests[guest].PersonID, ClientID: fmt.Sprintf("storm-%06d", n), Wire: ByPerson}
		var wg sync.WaitGroup
		for sender := range 50 {
			wg.Go(func() { s.w.repeat(rec, sender) })
		}
		wg.Wait()
	}
	s.w.finish()
}
