package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"rapport/cmd/rapport/bench/drive"
)

// guest is a connected visitor with a conversation.
type guest struct {
	visitor      *drive.Visitor
	socket       *drive.Socket
	conversation string
	epoch        string
	head         int64 // last public seq seen
}

// gather connects n visitors, each of whom has said hello.
func (r *run) gather(ctx context.Context, n int) ([]*guest, error) {
	guests := make([]*guest, n)
	var ready atomic.Int64
	err := inParallel(ctx, n, 64, func(ctx context.Context, i int) error {
		g, err := r.invite(ctx, i)
		if err != nil {
			return fmt.Errorf("visitor %d: %w", i, err)
		}
		guests[i] = g
		r.progress.tick("connecting visitors: %d of %d", ready.Add(1), n)
		return nil
	})
	r.crowd.Rest()
	return guests, err
}

// invite begins a session, opens its socket and starts a conversation.
func (r *run) invite(ctx context.Context, n int) (*guest, error) {
	v, err := r.crowd.Visitor(ctx, n)
	if err != nil {
		return nil, err
	}
	g := &guest{visitor: v, conversation: uuid.Must(uuid.NewV7()).String()}
	if g.socket, err = v.Socket(ctx, "", nil); err != nil {
		return nil, err
	}
	hello, _, err := g.socket.Await("hello", nil)
	if err != nil {
		return nil, fmt.Errorf("hello: %w", err)
	}
	g.epoch = hello.Epoch
	first, err := json.Marshal(drive.Post{
		Type: "post", Ref: "first", ConversationID: g.conversation,
		ClientID: "first-" + g.conversation, Text: "Hello, I have a question about my order.",
	})
	if err == nil {
		err = g.socket.Write(first)
	}
	if err != nil {
		return nil, err
	}
	return g, g.greeted()
}

// greeted waits until the first message is stored and has come back.
func (g *guest) greeted() error {
	ack, _, err := g.socket.Await("ack", g.note)
	if err != nil {
		return fmt.Errorf("first message: %w", err)
	}
	m, err := ack.Posted()
	if err != nil {
		return err
	}
	g.conversation = ack.ConversationID
	for g.head < m.Seq {
		f, _, err := g.socket.Await("events", nil)
		if err != nil {
			return fmt.Errorf("own message: %w", err)
		}
		g.note(f)
	}
	return nil
}

// note keeps the head of the guest's conversation.
func (g *guest) note(f drive.Frame) {
	for _, e := range f.Events {
		if f.Type == "events" {
			g.head = max(g.head, e.Seq)
		}
	}
}

// perAgent is how many sockets one agent opens: fewer than the server allows.
const perAgent = 16

// opened is how many conversations one agent's socket may listen to.
const opened = 50

// staff returns as many agents as count sockets need, the owner among them.
// With --target nobody is invited.
func (r *run) staff(ctx context.Context, count int) ([]*drive.Account, error) {
	all := []*drive.Account{r.owner}
	for r.server != nil && len(all)*perAgent < count {
		n := len(all)
		r.progress.tick("inviting agents: %d", n)
		a, err := r.owner.Colleague(ctx, fmt.Sprintf("Agent %d", n), fmt.Sprintf("agent-%d@example.com", n), ownerPassword)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// attend opens count sockets of agents; socket i listens to the conversations
// that share assigns to it, from their beginning on.
func (r *run) attend(ctx context.Context, count int, share func(i int) []string) ([]*drive.Socket, error) {
	staff, err := r.staff(ctx, count)
	if err != nil {
		return nil, err
	}
	sockets := make([]*drive.Socket, count)
	err = inParallel(ctx, count, 8, func(ctx context.Context, i int) error {
		open := map[string]int64{}
		for _, id := range share(i) {
			open[id] = 0
		}
		s, err := staff[i%len(staff)].Socket(ctx, "", open)
		if err != nil {
			return fmt.Errorf("agent's socket %d: %w", i, err)
		}
		sockets[i] = s
		if _, _, err := s.Await("hello", nil); err != nil {
			return fmt.Errorf("agent's socket %d: %w", i, err)
		}
		r.progress.tick("opening agents' sockets: %d of %d", i+1, count)
		return nil
	})
	return sockets, err
}

// inParallel calls do for 0 to n-1, width at a time, and returns the first
// error, after which no new call begins.
func inParallel(ctx context.Context, n, width int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, width) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if err := do(ctx, i); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
