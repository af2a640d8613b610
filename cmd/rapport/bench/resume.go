package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// atOnce is how many handshakes the generator has under way together. All
// visitors want to come back in the same moment; this only spares the two cores
// from scheduling 19,000 goroutines that wait for one listener.
const atOnce = 1024

// runResume cuts all connections, lets the agent write into every conversation
// meanwhile, and measures how long it takes until all are back and have what
// they missed.
func runResume(ctx context.Context, r *run) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	guests, err := r.gather(ctx, r.connections)
	if err != nil {
		return err
	}
	var a audience
	defer func() { a.dismiss(guests) }()
	r.progress.step("cutting %d connections", len(guests))
	for _, g := range guests {
		g.socket.Cut()
	}
	if err := r.answerAll(ctx, guests); err != nil {
		return err
	}
	before, err := r.cpu()
	if err != nil {
		return err
	}
	began := time.Now()
	var back, lost, duplicated atomic.Int64
	err = inParallel(ctx, len(guests), atOnce, func(ctx context.Context, i int) error {
		missed, repeated, err := guests[i].comeBack(ctx)
		if err != nil {
			return fmt.Errorf("visitor %d on coming back: %w", i, err)
		}
		lost.Add(missed)
		duplicated.Add(repeated)
		r.progress.tick("coming back: %d of %d", back.Add(1), len(guests))
		return nil
	})
	took := time.Since(began)
	if err != nil {
		return err
	}
	after, err := r.cpu()
	if err != nil {
		return err
	}
	for _, g := range guests {
		a.keep(g.socket, func(frame []byte) { // whatever still comes, comes twice
			if bytes.Contains(frame, []byte(`"type":"events"`)) {
				duplicated.Add(1)
			}
		})
	}
	if err := pause(ctx, 2*time.Second); err != nil {
		return err
	}
	r.result.param("connections", len(guests))
	r.result.param("missed_per_visitor", 1)
	r.result.atMost("all_back_s", "until all are back with what they missed", "s", took.Seconds(), 8)
	r.result.atMost("lost", "lost", "", float64(lost.Load()), 0)
	r.result.atMost("duplicated", "duplicated", "", float64(duplicated.Load()), 0)
	if r.server != nil {
		r.result.aside("processor time of the server", "s", (after - before).Seconds())
	}
	return r.memory()
}

// answerAll posts one reply into every conversation, over a few sockets of the
// agent.
func (r *run) answerAll(ctx context.Context, guests []*guest) error {
	const sockets = 8
	agents, err := r.attend(ctx, sockets, func(int) []string { return nil })
	if err != nil {
		return err
	}
	defer func() {
		for _, s := range agents {
			s.Leave()
		}
	}()
	var answered atomic.Int64
	return inParallel(ctx, sockets, sockets, func(ctx context.Context, i int) error {
		for n := i; n < len(guests) && ctx.Err() == nil; n += sockets {
			if err := answer(agents[i], guests[n].conversation); err != nil {
				return fmt.Errorf("answer to visitor %d: %w", n, err)
			}
			r.progress.tick("answering meanwhile: %d of %d", answered.Add(1), len(guests))
		}
		return ctx.Err()
	})
}

func answer(agent *drive.Socket, conversation string) error {
	frame, err := json.Marshal(drive.Post{
		Type: "post", Ref: "answer", ConversationID: conversation, Kind: "reply",
		ClientID: "answer-" + conversation, Text: "It is on its way and will be with you on Thursday.",
	})
	if err != nil {
		return err
	}
	if err := agent.Write(frame); err != nil {
		return err
	}
	_, _, err = agent.Await("ack", nil)
	return err
}

// comeBack connects again and waits for what was missed. It returns how many
// events are missing and how many came again.
func (g *guest) comeBack(ctx context.Context) (missed, repeated int64, err error) {
	held := g.head
	s, err := g.visitor.Socket(ctx, g.epoch, map[string]int64{g.conversation: held})
	if err != nil {
		return 0, 0, err
	}
	g.socket = s
	var answered bool
	next := held + 1
	take := func(f drive.Frame) {
		for _, e := range f.Events {
			if e.Seq < next {
				repeated++
				continue
			}
			missed += e.Seq - next
			next = e.Seq + 1
			answered = answered || e.Message != nil && e.Message.ClientID == "answer-"+g.conversation
		}
	}
	if _, _, err := s.Await("hello", take); err != nil {
		return 0, 0, err
	}
	for !answered {
		f, _, err := s.Await("events", nil)
		if err != nil {
			return 0, 0, err
		}
		take(f)
	}
	g.head = next - 1
	return missed, repeated, nil
}
