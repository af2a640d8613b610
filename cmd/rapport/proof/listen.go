package proof

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// listen reads frames until the connection ends and returns why. hello is
// closed when the server has greeted.
func (c *Client) listen(s *drive.Socket, hello chan<- struct{}) error {
	var raw []byte
	for {
		err := s.WaitUntil(time.Now().Add(silence))
		if err != nil {
			return err
		}
		if raw, err = s.Read(raw); err != nil {
			return err
		}
		var f drive.Frame
		if err := json.Unmarshal(raw, &f); err != nil {
			c.problem("frame %q: %v", raw[:min(len(raw), 300)], err)
			return err
		}
		if f.Type == "hello" {
			if hello == nil {
				c.problem("a second hello")
				continue
			}
			close(hello)
			hello = nil
		}
		if err := c.take(s, f); err != nil {
			return err
		}
	}
}

// take handles one frame.
func (c *Client) take(s *drive.Socket, f drive.Frame) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch f.Type {
	case "hello":
		c.epoch = f.Epoch
	case "events":
		return c.events(s, f)
	case "ack", "error":
		if answer := c.answers[f.Ref]; answer != nil {
			answer <- f
			delete(c.answers, f.Ref)
		} else if f.Type == "error" && f.Code != "rate_limited" { // which a close follows
			c.count.Problems = append(c.count.Problems, fmt.Sprintf("error without a question: %s %s", f.Code, f.Message))
		}
	case "reload":
		c.count.Reloads++
		delete(c.logs, f.ConversationID)
		c.log(f.ConversationID)
		return fmt.Errorf("told to reload %s: %s", f.ConversationID, f.Reason)
	case "beat":
		return c.beat(s, f)
	}
	return nil
}

// log returns the log of a conversation, begun where it is missing. The caller
// holds the lock, or is alone.
func (c *Client) log(conversation string) *Reading {
	r := c.logs[conversation]
	if r == nil {
		r = &Reading{Reader: c.Name + ", live", Wire: c.Wire, Principal: c.Principal, Conversation: conversation}
		c.logs[conversation] = r
	}
	return r
}

func (r *Reading) head() int64 {
	if len(r.Events) == 0 {
		return 0
	}
	return r.Events[len(r.Events)-1].Seq
}

// events writes down what came. A client that heals does as the protocol says:
// it drops what it has and asks again for what it misses.
func (c *Client) events(s *drive.Socket, f drive.Frame) error {
	r := c.log(f.ConversationID)
	for _, e := range f.Events {
		if c.Heal && e.Seq <= r.head() {
			continue
		}
		if c.Heal && e.Seq > r.head()+1 {
			return c.askAgain(s, r)
		}
		r.Events = append(r.Events, SeenOf(e))
	}
	return nil
}

// SeenOf keeps of an event what the checker looks at.
func SeenOf(e drive.Event) Seen {
	seen := Seen{Seq: e.Seq, Prev: e.Prev, Type: e.Type}
	if m := e.Message; m != nil {
		seen.MessageID, seen.ClientID, seen.Author, seen.Kind = m.ID, m.ClientID, m.Author.ID, m.Kind
	}
	return seen
}

// askAgain asks for everything after what the client holds.
func (c *Client) askAgain(s *drive.Socket, r *Reading) error {
	c.count.Healed++
	kind := "resume"
	if c.Wire == ByTeam {
		kind = "open"
	}
	return s.Write(fmt.Appendf(nil, `{"type":%q,"conversation_id":%q,"after":%d}`, kind, r.Conversation, r.head()))
}

// beat answers where asked to, and compares heads.
func (c *Client) beat(s *drive.Socket, f drive.Frame) error {
	if f.Answer {
		if err := s.Write([]byte(`{"type":"beat"}`)); err != nil {
			return err
		}
	}
	for conversation, head := range f.Heads {
		if r := c.log(conversation); c.Heal && head > r.head() {
			if err := c.askAgain(s, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// Head returns the last number the client has of a conversation.
func (c *Client) Head(conversation string) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.logs[conversation]; r != nil {
		return r.head()
	}
	return 0
}

// Readings returns what the client has seen so far, per conversation.
func (c *Client) Readings() []Reading {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Reading
	for _, r := range c.logs {
		snapshot := *r
		snapshot.Events = slices.Clone(r.Events)
		out = append(out, snapshot)
	}
	return out
}
