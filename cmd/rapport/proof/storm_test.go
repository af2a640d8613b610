package proof

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

// TestDuplicateStorm is promise P2: fifty senders of one client id, over HTTP
// and sockets at once, are one message, also after a new token and a restart.
func TestDuplicateStorm(t *testing.T) {
	w := newWorld(t, plan{conversations: 4, tabs: 1, agents: 1, pace: 50 * time.Millisecond, agentPace: 100 * time.Millisecond})
	const senders = 50
	var again []Record
	for n := range rounds(40, 200, 2000) {
		guest := n % len(w.guests)
		rec := Record{Conversation: w.convs[guest], Author: w.guests[guest].PersonID, ClientID: fmt.Sprintf("storm-%06d", n), Wire: ByPerson}
		var wg sync.WaitGroup
		for s := range senders {
			wg.Go(func() { w.repeat(rec, s) })
		}
		wg.Wait()
		again = append(again, rec)
	}
	code, err := w.server.Stop(10 * time.Second)
	if err != nil || code != 0 {
		t.Fatalf("exit code %d, %v", code, err)
	}
	w.start()
	for _, v := range w.guests {
		w.must(v.Renew(t.Context()))
	}
	for s, rec := range again {
		w.repeat(rec, s)
	}
	w.finish()
}

// repeat posts a message under a given id, with a text of this sender's own:
// the first one wins.
func (w *world) repeat(rec Record, sender int) {
	invoke := rec
	invoke.Op = Invoke
	if err := w.journal.Append(invoke); err != nil {
		w.t.Error(err)
		return
	}
	guest := 0
	for w.convs[guest] != rec.Conversation {
		guest++
	}
	m, err := postByHTTP(w.t.Context(), w.guests[guest], rec.Conversation, rec.ClientID, fmt.Sprintf("Sender %d", sender))
	if err != nil {
		w.t.Errorf("%s: %v", rec.ClientID, err)
		rec.Op = Unknown
	} else {
		rec.Op, rec.MessageID, rec.Seq = Ack, m.ID, m.Seq
	}
	if err := w.journal.Append(rec); err != nil {
		w.t.Error(err)
	}
}

// TestRecoveryStorm is promise P4: many clients, each cut again and again while
// all of them send, miss nothing, get nothing twice and are never told to
// reload.
func TestRecoveryStorm(t *testing.T) {
	p := plan{conversations: 100, tabs: 5, agents: 2, pace: time.Second, agentPace: 100 * time.Millisecond}
	if testing.Short() {
		p.conversations = 20
	}
	w := newWorld(t, p)
	cuts := rounds(5, 20, 40)
	var wg sync.WaitGroup
	for _, c := range w.clients {
		wg.Go(func() {
			for range cuts {
				acked := c.Counted().Acked
				time.Sleep(500*time.Millisecond + rand.N(time.Second))
				until(5*time.Second, func() bool { return c.Counted().Acked > acked }) // it is sending
				c.Cut()
			}
		})
	}
	wg.Wait()
	w.finish()
	for _, c := range w.clients {
		if n := c.Counted().Connects; n < cuts/2 {
			t.Errorf("%s was to be cut %d times and connected %d times", c.Name, cuts, n)
		}
	}
}
