package proof

import (
	"testing"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// noticed is the promise: a live connection that misses something has found
// out, and healed, within 25 s.
const noticed = 25*time.Second + 500*time.Millisecond // and the time to connect

// lossyWorld has one visitor, who is behind the loss, and one agent, who is not.
func lossyWorld(t *testing.T, agentPace time.Duration) (*world, *Lossy) {
	t.Helper()
	l := &Lossy{}
	w := newWorld(t, plan{conversations: 1, tabs: 1, agents: 1, heal: true, pace: 100 * time.Millisecond, agentPace: agentPace, viaVisitors: l.Through(drive.Dial)})
	if !until(10*time.Second, func() bool { return w.clients[0].Head(w.convs[0]) > 5 }) {
		t.Fatal("the talk does not begin")
	}
	return w, l
}

func (w *world) visitorBehind() bool {
	visitor, _, err := PersonPages(w.t.Context(), w.guests[0], w.convs[0])
	w.must(err)
	return w.clients[0].Head(w.convs[0]) < visitor.head()
}

// TestLossTowardsClient: the visitor hears nothing any more on a connection
// that seems to live.
func TestLossTowardsClient(t *testing.T) {
	t.Parallel()
	w, l := lossyWorld(t, 200*time.Millisecond)
	w.clients[0].quiet.Store(true) // or it would miss its acknowledgement sooner
	l.SwallowToClient(true)
	began, connects := time.Now(), w.clients[0].Counted().Connects
	if !until(noticed, func() bool { return w.clients[0].Counted().Connects > connects }) {
		t.Fatalf("not noticed in %s", noticed)
	}
	l.SwallowToClient(false)
	if !until(noticed-time.Since(began), func() bool { return !w.visitorBehind() }) {
		t.Fatalf("not healed in %s", noticed)
	}
	t.Logf("healed after %s", time.Since(began).Round(10*time.Millisecond))
	w.finish()
}

// TestLossTowardsServer: what the visitor says is swallowed; no answer is the
// sign, and the message is there once in the end.
func TestLossTowardsServer(t *testing.T) {
	t.Parallel()
	w, l := lossyWorld(t, 200*time.Millisecond)
	acked := w.clients[0].Counted().Acked
	l.SwallowToServer(true)
	began := time.Now()
	if !until(noticed, func() bool { return w.clients[0].Counted().Unknown > 0 }) {
		t.Fatalf("not noticed in %s", noticed)
	}
	l.SwallowToServer(false)
	if !until(noticed-time.Since(began), func() bool { return w.clients[0].Counted().Acked > acked+1 }) {
		t.Fatalf("not healed in %s", noticed)
	}
	t.Logf("healed after %s", time.Since(began).Round(10*time.Millisecond))
	w.finish()
}

// TestSwallowedEvent: one single event is lost. With talk going on the next
// event tells; in silence the next beat's head does.
func TestSwallowedEvent(t *testing.T) {
	for _, c := range []struct {
		name  string
		quiet bool
		limit time.Duration
	}{{"talk goes on", false, 2 * time.Second}, {"silence", true, noticed}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, l := lossyWorld(t, 300*time.Millisecond)
			for _, client := range w.clients {
				client.quiet.Store(c.quiet)
			}
			if !until(15*time.Second, func() bool { return every(w.clients, (*Client).Settled) || !c.quiet }) {
				t.Fatal("the talk does not end")
			}
			word := w.agentSays(l)
			began := time.Now()
			if !until(5*time.Second, l.Swallowed) {
				t.Fatalf("the event with %s never came by", word)
			}
			if !until(c.limit, func() bool { return w.clients[0].Counted().Healed > 0 && !w.visitorBehind() }) {
				t.Fatalf("not healed in %s", c.limit)
			}
			t.Logf("healed after %s", time.Since(began).Round(10*time.Millisecond))
			w.finish()
		})
	}
}

// agentSays posts a message that is lost on its way to the visitor.
func (w *world) agentSays(l *Lossy) string {
	w.t.Helper()
	word := marker()
	l.SwallowOne(word)
	rec := Record{Op: Invoke, Conversation: w.convs[0], Author: w.owner.AgentID, ClientID: word, Wire: ByTeam}
	w.must(w.journal.Append(rec))
	var answer struct {
		Message drive.Message `json:"message"`
	}
	w.must(w.owner.Call(w.t.Context(), "POST", "/v1/console/conversations/"+w.convs[0]+"/messages",
		map[string]string{"client_id": word, "kind": "reply", "text": "The word is " + word}, &answer))
	rec.Op, rec.MessageID, rec.Seq = Ack, answer.Message.ID, answer.Message.Seq
	w.must(w.journal.Append(rec))
	return word
}
