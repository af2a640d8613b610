package door

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/hub"
	"rapport/hub/chat"
)

// office is several servers with one limit, and what each has told the others.
type office struct {
	now     chat.Time
	gossips []*Gossip
	limits  []*Limiter
}

func newOffice(servers int, r Rate) *office {
	o := &office{now: 1_760_000_000_000}
	for range servers {
		g := NewGossip()
		o.gossips = append(o.gossips, g)
		o.limits = append(o.limits, g.Share("talk", NewLimiter(r, func() chat.Time { return o.now })))
	}
	return o
}

// tell has everybody hear everybody, themselves too, as a broker does.
func (o *office) tell(t interface{ Fatal(...any) }) {
	for _, g := range o.gossips {
		err := g.Tell(context.Background(), func(_ context.Context, s hub.Signal) error {
			for _, other := range o.gossips {
				other.Hear(s.Spent)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Whoever asks several servers, however they spread it, gets over a longer time what one
// would give, but for the slack that Gossip states.
func TestRatesHoldOverServers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rate := Rate{Burst: rapid.IntRange(1, 60).Draw(r, "burst"), Every: time.Duration(rapid.IntRange(20, 3000).Draw(r, "every")) * time.Millisecond, Keys: 100}
		servers := rapid.IntRange(2, maxDebt+1).Draw(r, "servers")
		o := newOffice(servers, rate)
		const step, steps = 50 * time.Millisecond, 4000
		greed := rapid.SampledFrom([]int{1, 1, 2, 20}).Draw(r, "greed")       // asks at each step
		patience := rapid.SampledFrom([]int{1, 1, 3, 40}).Draw(r, "patience") // steps between
		got := 0
		for i := range steps {
			if i%patience == 0 {
				for k := range greed {
					if ok, _ := o.limits[(i/patience+k)%servers].Allow("somebody"); ok {
						got++
					}
				}
			}
			if i%int(TellEvery/step) == 0 {
				o.tell(r)
			}
			o.now = o.now.Add(step)
		}
		whole := float64(steps*step) / float64(rate.Every)
		second := float64(TellEvery)/float64(rate.Every) + 1
		most := float64(servers*rate.Burst) + whole + float64(servers)*(float64(rate.Burst)/tellParts+1+second)
		if float64(got) > most {
			r.Fatalf("%d servers gave %d where one gives %.0f; at most %.0f are stated", servers, got, float64(rate.Burst)+whole, most)
		}
	})
}

// Who has spent a burst on one server gets nothing on another a moment later, and somebody
// else does; what is owed is paid in time.
func TestWhatIsSpentElsewhereIsSpent(t *testing.T) {
	o := newOffice(2, Rate{Burst: 10, Every: time.Second, Keys: 100})
	for range 10 {
		if ok, _ := o.limits[0].Allow("ben"); !ok {
			t.Fatal("a burst is less than it is")
		}
	}
	o.tell(t)
	if ok, wait := o.limits[1].Allow("ben"); ok || wait > time.Second {
		t.Errorf("the other server gives more: %v, wait %v", ok, wait)
	}
	if ok, _ := o.limits[1].Allow("ana"); !ok {
		t.Error("somebody else pays for it")
	}
	// Both spend all they have before they hear of each other.
	o = newOffice(2, Rate{Burst: 10, Every: time.Second, Keys: 100})
	for range 10 {
		for _, l := range o.limits {
			_, _ = l.Allow("ben")
		}
	}
	o.tell(t)
	o.now = o.now.Add(10 * time.Second)
	if ok, wait := o.limits[0].Allow("ben"); ok || wait > time.Second {
		t.Errorf("what was too much is not paid back: %v, wait %v", ok, wait)
	}
	o.now = o.now.Add(time.Second)
	if ok, _ := o.limits[0].Allow("ben"); !ok {
		t.Error("it is paid back for ever")
	}
	for range 1000 {
		o.gossips[0].Hear(&hub.Spent{Server: "other", Of: []hub.Spending{{Limit: "talk", Key: "eve", N: 1 << 62}, {Limit: "none", Key: "eve", N: 1}}})
	}
	if ok, wait := o.limits[0].Allow("eve"); ok || wait > 46*time.Second {
		t.Errorf("a debt without end: %v, wait %v", ok, wait)
	}
}

// A server that is alone keeps no book of what it has given, and what never refuses is
// not told of.
func TestNothingIsToldOfWhatIsNotShared(t *testing.T) {
	var none *Gossip
	l := none.Share("talk", NewLimiter(Rate{Burst: 1, Every: time.Second, Keys: 1}, chat.SystemClock))
	huge := NewGossip().Share("talk", NewLimiter(HugeRates().Message, chat.SystemClock))
	for _, l := range []*Limiter{l, huge} {
		if _, _ = l.Allow("ben"); l.shared != nil {
			t.Error("it is")
		}
	}
	// Many who each spend little cost one short word a second at most.
	o := newOffice(1, Rate{Burst: 1, Every: time.Hour, Keys: 50_000})
	for range 3 * maxSpendings {
		_, _ = o.limits[0].Allow(chat.NewID())
	}
	told := 0
	err := o.gossips[0].Tell(t.Context(), func(_ context.Context, s hub.Signal) error {
		told += len(s.Spent.Of)
		if len(s.Spent.Of) > maxNote {
			t.Errorf("%d in one signal", len(s.Spent.Of))
		}
		return nil
	})
	if err != nil || told != maxSpendings {
		t.Errorf("%d were told: %v", told, err)
	}
}
