package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// parts of the benchmark of two servers, in the order in which they are measured. Each
// takes what it needs: where servers are killed comes last.
var parts = []struct {
	name string
	run  func(p *pair, ctx context.Context) error
}{
	{"message", (*pair).ofMessage},
	{"throughput", (*pair).ofThroughput},
	{"nats", (*pair).ofNATS},
	{"storm", (*pair).ofStorm},
	{"kill", (*pair).ofKill},
	{"rolling", (*pair).ofRolling},
}

func partNames() string {
	var names []string
	for _, part := range parts {
		names = append(names, part.name)
	}
	return strings.Join(names, ",")
}

// checkParts refuses parts that are not known.
func (p *params) checkParts() error {
	for name := range strings.SplitSeq(p.parts, ",") {
		if !slices.Contains(strings.Split(partNames(), ","), name) {
			return fmt.Errorf("--parts %q is not known: write some of %s", name, partNames())
		}
	}
	return nil
}

// toll is what must be nought in every part.
type toll struct{ lost, duplicated, disorder int64 }

// runCluster measures two servers on one Postgres and one NATS: visitors talk to one of
// them, agents listen at the other; then NATS, the servers and the patience of a
// database are taken away.
func runCluster(ctx context.Context, r *run) error {
	if r.rate == 0 {
		r.rate = 200
	}
	p, err := beginPair(ctx, r)
	if err != nil {
		return err
	}
	r.talkParams()
	r.result.param("rate", r.rate)
	r.result.param("parts", r.parts)
	wanted := strings.Split(r.parts, ",")
	for _, part := range parts {
		if !slices.Contains(wanted, part.name) {
			continue
		}
		if err := part.run(p, ctx); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	r.result.atMost("lost", "lost, in all parts", "", float64(p.toll.lost), 0)
	r.result.atMost("duplicated", "duplicated, in all parts", "", float64(p.toll.duplicated), 0)
	r.result.atMost("out_of_order", "out of order, in all parts", "", float64(p.toll.disorder), 0)
	return nil
}

// straight leads to one server, whatever the front would do.
func (p *pair) straight(i int) drive.Through {
	return func(ctx context.Context, _ string, source net.IP) (net.Conn, error) {
		return drive.Dial(ctx, fmt.Sprintf("http://127.0.0.1:%d", p.ports[i]), source)
	}
}

// talk connects visitors to the first server and agents to the second.
func (p *pair) talk(ctx context.Context) (*talk, error) {
	p.r.crowd.Via, p.r.owner.Via = p.straight(0), p.straight(1)
	defer func() { p.r.crowd.Via, p.r.owner.Via = nil, nil }()
	return newTalk(ctx, p.r, p.r.visitors, p.r.agents, among(p.r.agents))
}

// charge adds what a stage has lost and doubled.
func (p *pair) charge(s *stage) {
	p.toll.lost += s.lost() + s.refused.Load()
	p.toll.duplicated += s.duplicated()
}

// ofMessage is the way of a message from a visitor at one server to an agent at the
// other.
func (p *pair) ofMessage(ctx context.Context) error {
	t, err := p.talk(ctx)
	if err != nil {
		return err
	}
	defer t.end()
	s, cpu, err := t.load(ctx, p.r, p.r.rate, warmUp, p.r.duration, 1)
	if err != nil {
		return err
	}
	p.charge(s)
	h, res := s.latencies(), p.r.result
	res.atMost("p50_ms", "visitor at A sends, agent at B has it, p50", "ms", quantile(h, 50), 5)
	res.atMost("p99_ms", "visitor at A sends, agent at B has it, p99", "ms", quantile(h, 99), 25)
	res.aside("processor time per message, both servers", "ms", ms(cpu)/float64(s.total-s.skip))
	return nil
}

// ofThroughput is the highest rate that is sustained. What does not hold while it is
// searched is no toll: beyond what can be stored, refusing is right.
func (p *pair) ofThroughput(ctx context.Context) error {
	t, err := p.talk(ctx)
	if err != nil {
		return err
	}
	defer t.end()
	s, cpu, err := p.r.sustained(ctx, t, 0)
	if err != nil {
		return err
	}
	h, res := s.latencies(), p.r.result
	res.atLeast("msgs_per_s", "sustained durable messages, p99 at most 200 ms", "a second", s.rate, 5000)
	res.aside("of these p50", "ms", quantile(h, 50))
	res.aside("of these p99", "ms", quantile(h, 99))
	res.aside("processor time per message, both servers", "ms", ms(cpu)/float64(s.total-s.skip))
	return nil
}

// beforeNATS is how long messages go on before NATS is killed. It is away for half of
// --duration, and watched for all of it when it is back.
const beforeNATS = 2 * time.Second

// rung is the longest way between two servers of what the bell has told: looking into
// the database takes up to a second.
const rung = 250 * time.Millisecond

// ofNATS kills NATS while people talk and starts it again.
func (p *pair) ofNATS(ctx context.Context) error {
	t, err := p.talk(ctx)
	if err != nil {
		return err
	}
	defer t.end()
	t.each = true
	var gone, back time.Duration // on the clock of the stage
	outage := make(chan error, 1)
	go func() {
		err := pause(ctx, beforeNATS)
		if err == nil {
			p.nats.kill()
			gone = now()
			err = pause(ctx, p.r.duration/2)
		}
		if err == nil {
			err = p.nats.start(ctx)
			back = now()
		}
		outage <- err
	}()
	s, _, err := t.load(ctx, p.r, p.r.rate, 0, beforeNATS+p.r.duration/2+p.r.duration, 1)
	if err := errors.Join(<-outage, err); err != nil {
		return err
	}
	p.charge(s)
	res := p.r.result
	res.atMost("back_s", "NATS is back → what is sent to A is at B at once again", "s", s.slowAfter(back).Seconds(), 5)
	res.aside("meanwhile, visitor at A sends, agent at B has it, longest", "s", s.longest(gone, back).Seconds())
	return nil
}

// slowAfter is how long after a moment the last message was sent that no bell announced.
func (s *stage) slowAfter(moment time.Duration) (last time.Duration) {
	for n := range s.took {
		took := time.Duration(s.took[n].Load()) * time.Microsecond
		if at := s.intended(n) - moment; at > 0 && (took == 0 || took > rung) {
			last = at
		}
	}
	return last
}

// longest is the longest way of the messages sent between two moments.
func (s *stage) longest(from, to time.Duration) (most time.Duration) {
	for n := range s.took {
		if at := s.intended(n); at >= from && at < to {
			most = max(most, time.Duration(s.took[n].Load())*time.Microsecond)
		}
	}
	return most
}

// ofStorm is fifty senders of each id, over both servers.
func (p *pair) ofStorm(ctx context.Context) error {
	other, refused, err := p.storm(ctx, p.r.ids)
	if err != nil {
		return err
	}
	rows, err := p.r.base.messages(ctx, stormName)
	if err != nil {
		return err
	}
	p.toll.duplicated += int64(other)
	p.r.result.exactly("storm_rows", fmt.Sprintf("rows of %d ids that %d senders each send", p.r.ids, stormSenders), "", float64(rows), float64(p.r.ids))
	p.r.result.aside("of these posts refused", "", float64(refused))
	return nil
}
