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
	stormSockets = 40 // of these by socket: a server allows one visitor twenty
	stormAtOnce  = 20 // ids that each sender has under way
)

// storm has one visitor post every id fifty times: by twenty sockets to each server and
// by ten requests through the front, all of them the same ids at the same time. It
// returns how many acknowledgements named another message than the first one of that id
// did, and how many posts were refused.
func (p *pair) storm(ctx context.Context, ids int) (other, refused int, err error) {
	s := &storming{home: uuid.Must(uuid.NewV7()).String(), stored: map[string]string{}}
	v, err := p.r.crowd.Visitor(ctx, 0)
	if err != nil {
		return 0, 0, err
	}
	sockets := make([]*drive.Socket, stormSockets)
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
		err := inParallel(ctx, stormSenders, stormSenders, func(ctx context.Context, i int) error {
			if i >= stormSockets {
				return s.request(ctx, v, from, to)
			}
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

const (
	stormName = "storm-" // begins the client ids
	stormText = "Did this arrive?"
)

// post sends the ids from (inclusive) to (exclusive) and waits for all answers.
func (s *storming) post(socket *drive.Socket, from, to int) error {
	if err := socket.WaitUntil(time.Now().Add(settleTime)); err != nil {
		return err
	}
	for n := from; n < to; n++ {
		frame, err := json.Marshal(drive.Post{
			Type: "post", Ref: "storm", ConversationID: s.home, ClientID: fmt.Sprintf("%s%06d", stormName, n), Text: stormText,
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

// request sends the ids from (inclusive) to (exclusive) by one request after the other.
func (s *storming) request(ctx context.Context, v *drive.Visitor, from, to int) error {
	for n := from; n < to; n++ {
		var answer struct {
			Message drive.Message `json:"message"`
		}
		err := v.Call(ctx, "POST", "/v1/widget/conversations/"+s.home+"/messages", map[string]string{"client_id": fmt.Sprintf("%s%06d", stormName, n), "text": stormText}, &answer)
		if err != nil {
			return err
		}
		s.stands(answer.Message)
	}
	return nil
}

func (s *storming) note(f drive.Frame) error {
	if f.Type == "error" {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.refused++
		return nil
	}
	m, err := f.Posted()
	if err != nil {
		return err
	}
	s.stands(m)
	return nil
}

// stands notes which message an id stands for.
func (s *storming) stands(m drive.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if first, known := s.stored[m.ClientID]; known && first != m.ID {
		s.other++
	} else {
		s.stored[m.ClientID] = m.ID
	}
}
