package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// talk is a set of visitors who send and agents' sockets that receive, with a
// goroutine reading each of them until the end.
type talk struct {
	guests  []*guest
	agents  []*drive.Socket
	heads   [][]byte // of every guest's post frame, up to the client id
	now     atomic.Pointer[stage]
	closing atomic.Bool
	readers sync.WaitGroup
	stages  int
	each    bool // the way of each message is kept, not only their distribution

	mu     sync.Mutex
	failed error // the first socket that ended before its time
}

// tail ends every post frame; the text has the length of a common chat line.
const tail = `","text":"Could you tell me when the blue one is back in stock, please? I have been waiting for it."}`

// newTalk connects everybody. Agent i listens to every agents-th conversation.
func newTalk(ctx context.Context, r *run, visitors, agents int, share func(guests []*guest, agent int) []string) (*talk, error) {
	t := &talk{}
	var err error
	if t.guests, err = r.gather(ctx, visitors); err != nil {
		return nil, err
	}
	if t.agents, err = r.attend(ctx, agents, func(i int) []string { return share(t.guests, i) }); err != nil {
		return nil, err
	}
	for _, g := range t.guests {
		head, err := json.Marshal(drive.Post{Type: "post", Ref: "r", ConversationID: g.conversation})
		if err != nil {
			return nil, err
		}
		head, _, _ = bytes.Cut(head, []byte(`"client_id":"`))
		t.heads = append(t.heads, append(head, `"client_id":"`...))
		t.readers.Go(func() { t.read(g.socket, t.visitorFrame) })
	}
	for i, s := range t.agents {
		t.readers.Go(func() {
			t.read(s, func(frame []byte) {
				if st := t.now.Load(); st != nil {
					st.receive(frame, i, now())
				}
			})
		})
	}
	return t, nil
}

var beat = []byte(`{"type":"beat"}`)

// isBeat reports whether a frame asks for a sign of life.
func isBeat(frame []byte) bool {
	return bytes.Contains(frame[:min(len(frame), 64)], []byte(`"type":"beat"`)) && bytes.Contains(frame, []byte(`"answer":true`))
}

// read hands every frame on until the socket ends.
func (t *talk) read(s *drive.Socket, frame func([]byte)) {
	var raw []byte
	for {
		var err error
		if raw, err = s.Read(raw); err == nil && isBeat(raw) {
			err = s.Write(beat)
		}
		if err != nil {
			t.ended(err)
			return
		}
		frame(raw)
	}
}

func (t *talk) ended(err error) {
	if t.closing.Load() {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed == nil {
		t.failed = err
	}
}

// visitorFrame counts refusals.
func (t *talk) visitorFrame(frame []byte) {
	if st := t.now.Load(); st != nil && bytes.Contains(frame[:min(len(frame), 64)], []byte(`"type":"error"`)) {
		st.refused.Add(1)
	}
}

// load runs one stage and returns it with the server's processor time during
// what was measured.
func (t *talk) load(ctx context.Context, r *run, rate float64, warm, measured time.Duration, copies int) (*stage, time.Duration, error) {
	s := newStage(t.stages, rate, warm, measured, len(t.agents), copies)
	t.stages++
	if t.each {
		s.took = make([]atomic.Int64, s.total)
	}
	t.now.Store(s)
	var before time.Duration
	frame := make([]byte, 0, 512)
	err := s.pace(ctx, func(n int) error {
		if n == s.skip {
			var err error
			if before, err = r.cpu(); err != nil {
				return err
			}
		}
		if n%256 == 0 {
			r.progress.tick("%.0f messages a second: %d of %d", rate, n, s.total)
		}
		i := n % len(t.guests)
		frame = append(s.clientID(append(frame[:0], t.heads[i]...), n), tail...)
		return t.guests[i].socket.Write(frame)
	})
	if err == nil {
		err = s.drain(ctx, 10*time.Second)
	}
	after, cpuErr := r.cpu()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed != nil {
		err = fmt.Errorf("a socket ended in the middle: %w", t.failed)
	}
	return s, after - before, errors.Join(err, cpuErr)
}

// end closes everything and waits for the readers.
func (t *talk) end() {
	if t == nil {
		return
	}
	t.closing.Store(true)
	for _, g := range t.guests {
		g.socket.Cut()
	}
	for _, s := range t.agents {
		s.Cut()
	}
	t.readers.Wait()
}
