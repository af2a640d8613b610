package proof

import (
	"math/rand/v2"
	"testing"
	"time"

	"rapport/storage/storagetest/cluster"
)

// rounds picks how often to do something: in a short run, in every run, in a
// nightly one.
func rounds(short, normal, nightly int) int {
	switch {
	case testing.Short():
		return short
	case *long:
		return nightly
	}
	return normal
}

// busy is a world that offers 1,000 messages a second.
var busy = plan{
	conversations: 8, tabs: 2, agents: 2,
	pace: 20 * time.Millisecond, agentPace: 10 * time.Millisecond,
}

// TestKillLoop is promise P1 to P4 against kill -9.
func TestKillLoop(t *testing.T) { killed(t, busy, rounds(10, 100, 2000)) }

// killed lives in a world whose server is killed again and again.
func killed(t *testing.T, p plan, times int) {
	t.Helper()
	w := newWorld(t, p)
	for range times {
		time.Sleep(200*time.Millisecond + rand.N(time.Second))
		w.server.Kill()
		w.start()
	}
	w.finish()
}

// TestKillLoopOnPostgres is promise P1 to P4 where the database outlives the server:
// the next one finds the lock free and goes on.
func TestKillLoopOnPostgres(t *testing.T) {
	p := busy
	p.args = []string{"--store", cluster.Database(t)}
	killed(t, p, rounds(3, 6, 200))
}

// TestPostgresKillLoop is promise P1 to P4 where the server outlives its database:
// nothing that was acknowledged is lost, and it goes on by itself.
func TestPostgresKillLoop(t *testing.T) {
	pg := cluster.New(t)
	pg.Start()
	pg.Exec("postgres", `CREATE ROLE rapport LOGIN PASSWORD 'x'`, `CREATE DATABASE chat OWNER rapport`)
	p := busy
	p.args = []string{"--store", pg.URL("rapport", "x", "chat")}
	w := newWorld(t, p)
	for n := range rounds(2, 5, 50) {
		time.Sleep(200*time.Millisecond + rand.N(time.Second))
		pg.Kill()
		time.Sleep(rand.N(500 * time.Millisecond))
		pg.Start()
		before := w.acked()
		if !until(5*time.Second, func() bool { return w.acked() > before }) {
			t.Fatalf("round %d: nothing is stored 5 s after the database is back", n)
		}
	}
	w.finish()
}

// TestTerminateLoop is promise P10: a drained server ends with 0 within 10 s,
// and its clients come back to a new one without a loss.
func TestTerminateLoop(t *testing.T) {
	w := newWorld(t, busy)
	loops := rounds(4, 20, 100)
	for n := range loops {
		time.Sleep(300*time.Millisecond + rand.N(500*time.Millisecond))
		code, err := w.server.Stop(10 * time.Second)
		if err != nil || code != 0 {
			t.Fatalf("round %d: exit code %d, %v", n, code, err)
		}
		w.start()
	}
	if !until(10*time.Second, func() bool {
		return every(w.clients, func(c *Client) bool { return c.Counted().Connects > 1 })
	}) {
		t.Error("some clients did not come back")
	}
	told := 0
	for _, c := range w.clients {
		told += c.Counted().Closes[1001]
	}
	if told < loops {
		t.Errorf("in %d drains only %d sockets were told to come back (1001)", loops, told)
	}
	w.finish()
}

// TestPowerCuts is promise P1 against a lost supply: whatever was acknowledged
// is on the device, and the database opens.
func TestPowerCuts(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	d := NewDisk()
	p := busy
	m := mount(t, d)
	p.data = m.folder
	w := newWorld(t, p)
	for n := range rounds(4, 20, 60) {
		time.Sleep(200*time.Millisecond + time.Duration(rng.IntN(600))*time.Millisecond)
		d.Freeze()
		w.server.Kill()
		m.hide()
		if n%2 == 0 {
			d.Cut(nil)
		} else {
			d.Cut(rng)
		}
		m.show()
		w.start()
	}
	w.finish()
	t.Logf("%d syncs reached the device", d.Syncs())
}
