package proof

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// How long a client waits before it thinks the connection dead. Beats come
// every 20 s; a healthy server never leaves a post unanswered for so long.
const (
	silence = 24 * time.Second
	ackWait = 10 * time.Second
)

// Client is one socket of a person or an agent that never gives up: it posts
// one message at a time, sends an unanswered one again under the same id,
// comes back after every loss, and writes down all it was told.
type Client struct {
	Name      string
	Wire      Wire
	Principal string
	Homes     []string      // conversations it posts to
	Pace      time.Duration // between two messages; 0: only listens
	Heal      bool          // meet gaps as the protocol says instead of recording them
	Journal   *Journal
	Open      func(ctx context.Context, epoch string, seen map[string]int64) (*drive.Socket, error)

	quiet atomic.Bool // no new messages

	mu      sync.Mutex
	socket  *drive.Socket
	epoch   string
	logs    map[string]*Reading
	pending *post
	posted  int
	answers map[string]chan drive.Frame // by ref
	count   Count
}

// Count is what happened to a client.
type Count struct {
	Acked, Unknown, Refused int
	Connects, Reloads       int
	Healed                  int         // gaps noticed and asked about
	Closes                  map[int]int // by the server's close code
	Problems                []string    // what the protocol does not allow
	Codes                   map[string]int
}

// post is a message that has no acknowledgement yet.
type post struct {
	conversation, client, text string
	note                       bool
}

// Begin makes the client's empty logs, so that others may ask it from then on.
func (c *Client) Begin() {
	c.logs = map[string]*Reading{}
	for _, id := range c.Homes {
		c.log(id)
	}
	c.answers = map[string]chan drive.Frame{}
	c.count.Closes, c.count.Codes = map[int]int{}, map[string]int{}
}

// Run lives until ctx ends. Begin comes first.
func (c *Client) Run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := c.live(ctx); err != nil {
			sleep(ctx, 20*time.Millisecond+rand.N(100*time.Millisecond))
		}
	}
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// live is one connection, from its opening to its end.
func (c *Client) live(ctx context.Context) error {
	epoch, seen := c.held()
	s, err := c.Open(ctx, epoch, seen)
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.socket = s
	c.count.Connects++
	c.mu.Unlock()
	hello, gone := make(chan struct{}), make(chan struct{})
	var why error
	go func() {
		defer close(gone)
		why = c.listen(s, hello)
	}()
	select {
	case <-hello:
		c.talk(ctx, s, gone)
	case <-gone:
	case <-ctx.Done():
	}
	s.Cut()
	<-gone
	c.mu.Lock()
	c.count.Closes[drive.CodeOf(why)]++
	c.mu.Unlock()
	return why
}

// held is what the client tells the server on coming back.
func (c *Client) held() (epoch string, seen map[string]int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen = map[string]int64{}
	for id, r := range c.logs {
		seen[id] = r.head()
	}
	return c.epoch, seen
}

// Cut drops the connection, if there is one.
func (c *Client) Cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.socket != nil {
		c.socket.Cut()
	}
}

// talk posts at the client's pace until the connection ends.
func (c *Client) talk(ctx context.Context, s *drive.Socket, gone <-chan struct{}) {
	if c.Pace == 0 {
		select {
		case <-ctx.Done():
		case <-gone:
		}
		return
	}
	tick := time.NewTicker(c.Pace)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-gone:
			return
		case <-tick.C:
			if !c.say(ctx, s, gone) {
				return
			}
		}
	}
}

// say posts the message that is still unanswered, or a new one, and writes down
// what becomes of it. It is false when the connection is no good any more.
func (c *Client) say(ctx context.Context, s *drive.Socket, gone <-chan struct{}) bool {
	p := c.next()
	if p == nil {
		return true
	}
	rec := Record{Op: Invoke, Conversation: p.conversation, Author: c.Principal, ClientID: p.client, Wire: c.Wire, Private: p.note}
	if err := c.Journal.Append(rec); err != nil {
		c.problem("journal: %v", err)
		return false
	}
	answer, err := c.ask(ctx, s, gone, p)
	rec = c.settle(rec, p, answer, err)
	if err := c.Journal.Append(rec); err != nil {
		c.problem("journal: %v", err)
	}
	return err == nil
}

func (c *Client) next() *post {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pending == nil && !c.quiet.Load() {
		c.posted++
		c.pending = &post{
			conversation: c.Homes[c.posted%len(c.Homes)],
			client:       fmt.Sprintf("%s-%06d", c.Name, c.posted),
			text:         fmt.Sprintf("Line %d of %s, and how is the weather there?", c.posted, c.Name),
			note:         c.Wire == ByTeam && c.posted%5 == 0,
		}
	}
	return c.pending
}

// ask sends a post and waits for its answer.
func (c *Client) ask(ctx context.Context, s *drive.Socket, gone <-chan struct{}, p *post) (drive.Frame, error) {
	frame := drive.Post{Type: "post", Ref: fmt.Sprintf("r%d", rand.Uint64()), ConversationID: p.conversation, ClientID: p.client, Text: p.text}
	if c.Wire == ByTeam {
		frame.Kind = "reply"
		if p.note {
			frame.Kind = "note"
		}
	}
	answer := make(chan drive.Frame, 1)
	c.mu.Lock()
	c.answers[frame.Ref] = answer
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.answers, frame.Ref)
		c.mu.Unlock()
	}()
	data, err := json.Marshal(frame)
	if err != nil {
		return drive.Frame{}, err
	}
	if err := s.Write(data); err != nil {
		return drive.Frame{}, err
	}
	select {
	case f := <-answer:
		return f, nil
	case <-gone:
	case <-ctx.Done():
	case <-time.After(ackWait):
		s.Cut()
	}
	select { // it may have come with the end
	case f := <-answer:
		return f, nil
	default:
		return drive.Frame{}, fmt.Errorf("no answer")
	}
}

// settle turns an answer into what the history says about it.
func (c *Client) settle(rec Record, p *post, answer drive.Frame, err error) Record {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil && answer.Type == "ack" {
		m, bad := answer.Posted()
		if bad != nil || m.ClientID != p.client || answer.ConversationID != p.conversation || m.ConversationID != p.conversation {
			c.count.Problems = append(c.count.Problems, fmt.Sprintf("acknowledgement of %s does not fit: %+v", p.client, m))
		}
		c.count.Acked++
		c.pending = nil
		rec.Op, rec.MessageID, rec.Seq = Ack, m.ID, m.Seq
		return rec
	}
	if err == nil {
		c.count.Codes[answer.Code]++
	}
	if err == nil && definite[answer.Code] {
		c.count.Refused++
		rec.Op = Refused
		return rec // and sent again: being refused now does not mean for ever
	}
	c.count.Unknown++
	rec.Op = Unknown
	return rec
}

// definite are the codes that promise that nothing was stored. After a failed
// disk the server cannot know, so store_unavailable is not among them.
var definite = map[string]bool{
	"invalid": true, "forbidden": true, "not_found": true, "rate_limited": true,
	"overloaded": true, "already_closed": true, "taken_by_other": true,
}

func (c *Client) problem(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count.Problems = append(c.count.Problems, fmt.Sprintf(format, args...))
}

// Settled reports whether nothing is waiting for an answer.
func (c *Client) Settled() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pending == nil
}

// Counted returns what has happened so far.
func (c *Client) Counted() Count {
	c.mu.Lock()
	defer c.mu.Unlock()
	count := c.count
	count.Closes, count.Codes = maps.Clone(count.Closes), maps.Clone(count.Codes)
	count.Problems = slices.Clone(count.Problems)
	return count
}
