package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"rapport/cmd/rapport/bench/drive"
)

const (
	stormSenders = 50
	stormAtOnce  = 20 // ids that each sender has under way
)

// storm has fifty sockets of one visitor, half of them at each server, post every id,
// all of them the same ids at the same time. It returns how many acknowledgements named
// another message than the first one of that id did, and how many posts were refused.
func (p *pair) storm(ctx context.Context, ids int) (other, refused int, err error) {
	s := &storming{home: uuid.Must(uuid.NewV7()).String(), stored: map[string]string{}}
	v, err := p.r.crowd.Visitor(ctx, 0)
	if err != nil {
		return 0, 0, err
	}
	sockets := make([]*drive.Socket, stormSenders)
	defer func() {
		for _, one := range sockets {
			if one != nil {
				one.Cut()
			}
		}
	}()
	for i := range sockets {
		v.Via = p.straight(i % len(p.servers))
		if sockets[i], err = v.Socket(ctx, "", nil); err != nil {
			return 0, 0, err
		}
		if _, _, err := sockets[i].Await("hello", nil); err != nil {
			return 0, 0, err
		}
	}
	for from := 0; from < ids; from += stormAtOnce {
		p.r.progress.tick("fifty senders of one id each: %d of %d", from, ids)
		to := min(from+stormAtOnce, ids)
		err := inParallel(ctx, stormSenders, stormSenders, func(_ context.Context, i int) error {
			return s.post(sockets[i], from, to)
		})
		if err != nil {
			return 0, 0, err
		}
	}
	return s.other, s.refused, nil
}

// storming is what came of it so far.
type storming struct {
	home string

	mu             sync.Mutex
	stored         map[string]string // id of the message by that of the client
	other, refused int
}

// stormName begins the client ids of the storm.
const stormName = "storm-"

// post sends the ids from (inclusive) to (exclusive) and waits for all answers.
func (s *storming) post(socket *drive.Socket, from, to int) error {
	if err := socket.WaitUntil(time.Now().Add(settleTime)); err != nil {
		return err
	}
	for n := from; n < to; n++ {
		frame, err := json.Marshal(drive.Post{
			Type: "post", Ref: "storm", ConversationID: s.home, ClientID: fmt.Sprintf("%s%06d", stormName, n), Text: "Did this arrive?",
		})
		if err == nil {
			err = socket.Write(frame)
		}
		if err != nil {
			return err
		}
	}
	var raw []byte
	for left := to - from; left > 0; {
		var err error
		if raw, err = socket.Read(raw); err == nil && isBeat(raw) {
			err = socket.Write(beat)
		}
		if err != nil {
			return err
		}
		var f drive.Frame
		if err := json.Unmarshal(raw, &f); err != nil {
			return err
		}
		if f.Type != "ack" && f.Type != "error" {
			continue
		}
		left--
		if err := s.note(f); err != nil {
			return err
		}
	}
	return nil
}

func (s *storming) note(f drive.Frame) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Type == "error" {
		s.refused++
		return nil
	}
	m, err := f.Posted()
	if err != nil {
		return err
	}
	if first, known := s.stored[m.ClientID]; known && first != m.ID {
		s.other++
	} else {
		s.stored[m.ClientID] = m.ID
	}
	return nil
}
