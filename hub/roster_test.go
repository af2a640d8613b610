package hub_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
	"rapport/hub/wire"
)

// company are hubs of several servers that tell each other who is here, as through a
// database that each writes to when something changes and every two seconds.
type company struct {
	t    *testing.T
	hubs []*hub.Hub

	mu   sync.Mutex
	told map[*hub.Hub]string
	at   map[*hub.Hub]time.Time
	dead map[*hub.Hub]bool
}

func newCompany(t *testing.T, n int) *company {
	broker := hub.NewMemory()
	return newCompanyOf(t, n, func() hub.Options { return hub.Options{Broker: broker} })
}

// newCompanyOf has servers of given options.
func newCompanyOf(t *testing.T, n int, of func() hub.Options) *company {
	c := &company{t: t, told: map[*hub.Hub]string{}, at: map[*hub.Hub]time.Time{}, dead: map[*hub.Hub]bool{}}
	for range n {
		c.hubs = append(c.hubs, open(t, of()))
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for _, h := range c.hubs {
		changed := h.InCompany()
		wg.Go(func() {
			tick := time.NewTicker(2 * time.Second)
			defer tick.Stop()
			for {
				c.turn(h)
				select {
				case <-stop:
					return
				case <-changed:
				case <-tick.C:
				}
			}
		})
	}
	t.Cleanup(func() { close(stop); wg.Wait() })
	return c
}

// turn has a server tell, and all that live read.
func (c *company) turn(h *hub.Hub) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dead[h] {
		return
	}
	text, err := json.Marshal(h.Roster())
	if err != nil {
		c.t.Error(err)
	}
	c.told[h], c.at[h] = string(text), time.Now()
	for _, reader := range c.hubs {
		if c.dead[reader] {
			continue
		}
		var others []hub.Aged
		for _, other := range c.hubs {
			if age := time.Since(c.at[other]); other != reader && c.told[other] != "" && age < 6*time.Second {
				a := hub.Aged{Server: fmt.Sprint(slices.Index(c.hubs, other)), Age: age}
				if err := json.Unmarshal([]byte(c.told[other]), &a.Roster); err != nil {
					c.t.Error(err)
				}
				others = append(others, a)
			}
		}
		reader.Elsewhere(others)
	}
}

// kill ends a server without a word.
func (c *company) kill(h *hub.Hub) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dead[h] = true
}

func names(team []wire.TeamMember) (out []string) {
	for _, m := range team {
		out = append(out, m.Name+" "+m.Status)
	}
	return out
}

func TestAnAgentOfAnotherServerIsHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCompany(t, 2)
		here, there := c.hubs[0], c.hubs[1]
		visitor := listen(greeted(t, here, hub.VisitorLimits(), func(c *hub.Conn) {
			c.Identify(person("P"))
			here.Subscribe(c, hub.PresenceTopic("S"), false)
		}), true)
		ann := greeted(t, there, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("A", "Ann")) })
		listen(ann, true)
		time.Sleep(2 * time.Second)
		want(t, texts(visitor), `{"type":"presence","presence":{"status":"online","agents":[{"id":"A","name":"Ann","picture":""}]}}`)
		if l := here.Here(); len(l) != 1 || !l[0].Connected || l[0].Name != "Ann" {
			t.Fatalf("here are %+v", l)
		}
		there.SetStatus("A", wire.Standing{Status: hub.Away})
		time.Sleep(2 * time.Second)
		want(t, texts(visitor), `{"type":"presence","presence":{"status":"away","agents":[]}}`)
		there.SetStatus("A", wire.Standing{Status: hub.Online})
		there.SetCard(chat.AgentCard{ID: "A", Name: "Anna"})
		time.Sleep(2 * time.Second)
		if got := names(here.Team()); !slices.Equal(got, []string{"Anna online"}) {
			t.Fatalf("the team is %v", got)
		}
		texts(visitor)

		// Somewhere else within the grace: nobody notices.
		_ = ann.Close()
		time.Sleep(10 * time.Second)
		back := greeted(t, here, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("A", "Anna")) })
		listen(back, true)
		time.Sleep(30 * time.Second)
		want(t, texts(visitor))
		_ = back.Close()
		again := greeted(t, there, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("A", "Anna")) })
		listen(again, true)
		time.Sleep(30 * time.Second)
		want(t, texts(visitor))

		// A server that dies without a word takes its agents along: 6 s until that is
		// clear, and the grace.
		c.kill(there)
		time.Sleep(15 * time.Second)
		want(t, texts(visitor))
		time.Sleep(10 * time.Second)
		want(t, texts(visitor), `{"type":"presence","presence":{"status":"away","agents":[]}}`)
		if l := here.Here(); len(l) != 0 {
			t.Fatalf("here are %+v", l)
		}
		_ = again.Close()
	})
}

// Whoever works on one server is not away on the other.
func TestTouchedAtAnotherServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCompany(t, 2)
		for _, h := range c.hubs {
			listen(greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("A", "Ann")) }), true)
		}
		time.Sleep(5 * time.Minute)
		if d := c.hubs[0].Untouched("A"); d < 4*time.Minute {
			t.Fatalf("untouched for %v", d)
		}
		c.hubs[1].Touch("A")
		time.Sleep(3 * time.Second)
		if d := c.hubs[0].Untouched("A"); d > 5*time.Second {
			t.Errorf("touched at the other server 3 s ago, untouched for %v here", d)
		}
	})
}

// Who has a conversation open, who answers it, and whether its customer is there, are
// seen across servers.
func TestWatchingAcrossServers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCompany(t, 2)
		here, there := c.hubs[0], c.hubs[1]
		conns := make(chan *hub.Conn, 2)
		opens := func(h *hub.Hub, id, name string) (<-chan hubtest.Frame, *hubtest.Client) {
			client := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
				c.Identify(agent(id, name))
				h.Subscribe(c, hub.TeamTopic("C"), false)
				conns <- c
			})
			return listen(client, true), client
		}
		annSees, _ := opens(here, "A", "Ann")
		<-conns
		benSees, benClient := opens(there, "B", "Ben")
		ben := <-conns
		time.Sleep(time.Second)
		last := func(frames <-chan hubtest.Frame) string {
			got := texts(frames)
			if len(got) == 0 {
				return ""
			}
			return got[len(got)-1]
		}
		both := `{"type":"watching","conversation_id":"C","agents":[{"id":"A","name":"Ann","picture":""},{"id":"B","name":"Ben","picture":""}],"person_online":`
		if a, b := last(annSees), last(benSees); a != both+`false,"answering":null}` || a != b {
			t.Fatalf("Ann sees %s, Ben %s", a, b)
		}
		visitor := greeted(t, there, hub.VisitorLimits(), func(c *hub.Conn) {
			c.Identify(person("P"))
			there.Subscribe(c, hub.PublicTopic("C"), false)
		})
		listen(visitor, true)
		time.Sleep(time.Second)
		if a := last(annSees); a != both+`true,"answering":null}` {
			t.Fatalf("with the customer at the other server Ann sees %s", a)
		}
		there.AgentTyping(ben, "C", chat.Reply, true)
		time.Sleep(time.Second)
		if got := texts(annSees); len(got) != 2 || got[1] != both+`true,"answering":{"id":"B","name":"Ben","picture":""}}` {
			t.Fatalf("while Ben writes Ann sees %q", got)
		}
		if by := here.ClaimedBy("C"); by == nil || by.ID != "B" {
			t.Fatalf("claimed by %v", by)
		}
		time.Sleep(40 * time.Second)
		if by := here.ClaimedBy("C"); by != nil {
			t.Errorf("40 s later it is still claimed by %v", by)
		}
		texts(annSees)
		_ = visitor.Close()
		time.Sleep(5 * time.Second)
		if a := last(annSees); a != both+`false,"answering":null}` {
			t.Errorf("without the customer Ann sees %s", a)
		}
		_ = benClient.Close()
		time.Sleep(3 * time.Second)
		if a := last(annSees); a != `{"type":"watching","conversation_id":"C","agents":[{"id":"A","name":"Ann","picture":""}],"person_online":false,"answering":null}` {
			t.Errorf("without Ben Ann sees %s", a)
		}
	})
}

// A claim ends everywhere with the answer, with its server, and when that tells of it no
// more; what was told before the answer and is read after it brings nothing back.
func TestAClaimOfAnotherServerEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		h.InCompany()
		ben := chat.AgentCard{ID: "B", Name: "Ben"}
		hears := func(age time.Duration, claims map[string]hub.RosterClaim) {
			h.Elsewhere([]hub.Aged{{Server: "1", Age: age, Roster: hub.Roster{Claims: claims}}})
		}
		claimed := func(want bool, when string) {
			t.Helper()
			if by := h.ClaimedBy("C"); (by != nil) != want {
				t.Fatalf("%s: claimed by %v", when, by)
			}
		}
		claim := map[string]hub.RosterClaim{"C": {Agent: ben, Left: 30_000}}
		hears(0, claim)
		claimed(true, "told")
		hears(0, nil)
		claimed(false, "told no more")
		hears(0, claim)
		time.Sleep(5 * time.Second)
		answer := message("C", 1, 1)
		answer.By, answer.ByID = chat.ByAgent, "B"
		h.Publish([]chat.Event{answer})
		synctest.Wait()
		claimed(false, "answered")
		time.Sleep(200 * time.Millisecond)
		hears(100*time.Millisecond, claim)
		claimed(false, "told from before the answer")
		time.Sleep(2 * time.Second)
		hears(0, claim)
		claimed(true, "claimed anew")
		h.Elsewhere(nil)
		claimed(false, "the server is gone")
	})
}

// What servers know of each other is, once nothing more happens, what is so: whoever came
// and went wherever, and whichever server died.
func TestServersAgreeOnWhoIsThere(t *testing.T) {
	for seed := range uint64(30) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { agree(t, rand.New(rand.NewPCG(seed, 8))) })
		})
	}
}

// tab is an agent's socket, with a conversation open where it names one.
type tab struct {
	at     *hub.Hub
	agent  string
	opened string
	client *hubtest.Client
}

func agree(t *testing.T, r *rand.Rand) {
	type touch struct {
		at   *hub.Hub
		when time.Time
	}
	c := newCompany(t, 3)
	live := slices.Clone(c.hubs)
	var tabs []tab
	said, touched := map[string]string{}, map[string]touch{}
	for range 60 {
		at, id := live[r.IntN(len(live))], string(rune('A'+r.IntN(4)))
		switch what := r.IntN(20); {
		case what < 7:
			p := agent(id, "Agent "+id)
			p.Said.Status = cmp.Or(said[id], hub.Online) // as the door reads it
			opened := []string{"", "C1", "C2"}[r.IntN(3)]
			client := greeted(t, at, hub.AgentLimits(), func(c *hub.Conn) {
				c.Identify(p)
				if opened != "" {
					at.Subscribe(c, hub.TeamTopic(opened), false)
				}
			})
			listen(client, true)
			tabs, touched[id] = append(tabs, tab{at, id, opened, client}), touch{at, time.Now()}
		case what < 12 && len(tabs) > 0:
			i := r.IntN(len(tabs))
			gone := tabs[i]
			_ = gone.client.Close()
			tabs = slices.Delete(tabs, i, i+1)
			if touched[gone.agent].at == gone.at && !slices.ContainsFunc(tabs, func(tb tab) bool { return tb.at == gone.at && tb.agent == gone.agent }) {
				delete(touched, gone.agent) // perhaps nobody has heard of it
			}
		case what < 15:
			said[id] = []string{hub.Online, hub.Away}[r.IntN(2)]
			for _, h := range live { // all read it in the book
				h.SetStatus(id, wire.Standing{Status: said[id]})
			}
		case what < 17:
			if slices.ContainsFunc(tabs, func(tb tab) bool { return tb.at == at && tb.agent == id }) {
				at.Touch(id)
				touched[id] = touch{at, time.Now()}
			}
		case what < 18 && len(live) > 1:
			dead := at
			c.kill(dead)
			live = slices.DeleteFunc(live, func(h *hub.Hub) bool { return h == dead })
			tabs = slices.DeleteFunc(tabs, func(tb tab) bool { return tb.at == dead })
			for id := range touched {
				if touched[id].at == dead {
					delete(touched, id) // perhaps nobody has heard of it
				}
			}
		default:
			time.Sleep(time.Duration(r.Int64N(int64(5 * time.Second))))
		}
	}
	time.Sleep(30 * time.Second) // a death is noticed, the grace is over
	team, open := map[string]string{}, map[string][]string{"C1": nil, "C2": nil}
	for _, tb := range tabs {
		team[tb.agent] = cmp.Or(said[tb.agent], hub.Online)
		if tb.opened != "" && !slices.Contains(open[tb.opened], tb.agent) {
			open[tb.opened] = append(open[tb.opened], tb.agent)
		}
	}
	for n, h := range live {
		got := map[string]string{}
		for _, one := range h.Here() {
			got[one.ID] = one.Status
			if !one.Connected {
				t.Errorf("server %d holds %s for gone", n, one.ID)
			}
			if last, ok := touched[one.ID]; ok && (h.Untouched(one.ID)-time.Since(last.when)).Abs() > time.Second {
				t.Errorf("server %d: %s is untouched for %v, really for %v", n, one.ID, h.Untouched(one.ID), time.Since(last.when))
			}
		}
		if !maps.Equal(got, team) {
			t.Errorf("server %d has %v, there are %v", n, got, team)
		}
		for id, want := range open {
			slices.Sort(want)
			cards, _ := h.Watching(id)
			watching := []string(nil)
			for _, card := range cards {
				watching = append(watching, card.ID)
			}
			if !slices.Equal(watching, want) {
				t.Errorf("server %d: %s is open at %v, really at %v", n, id, watching, want)
			}
		}
	}
	for _, tb := range tabs {
		_ = tb.client.Close()
	}
}

// A letter goes out only when it is known that the person is at no server.
func TestAPersonOfAnotherServerIsOnline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCompany(t, 3)
		is := func(h *hub.Hub, id string, online, known bool) {
			t.Helper()
			if o, k := h.PersonOnline(id); o != online || k != known {
				t.Fatalf("%s is online %v, known %v; want %v, %v", id, o, k, online, known)
			}
		}
		visitor := greeted(t, c.hubs[2], hub.VisitorLimits(), func(c *hub.Conn) { c.Identify(person("P")) })
		listen(visitor, true)
		is(c.hubs[0], "P", false, false)
		is(c.hubs[0], "Q", false, false)
		for range 10 {
			time.Sleep(3 * time.Second)
			is(c.hubs[0], "P", true, true)
		}
		is(c.hubs[0], "Q", false, true)
		is(c.hubs[1], "Q", false, false) // it has not asked itself
		_ = visitor.Close()
		time.Sleep(10 * time.Second)
		is(c.hubs[0], "P", false, true)
		is(c.hubs[0], "Q", false, true)
		is(open(t, hub.Options{}), "P", false, true) // alone it asks nobody
	})
}

// Sockets that one server closes are closed at all, once: whoever comes back stays.
func TestAKickReachesEveryServerOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCompany(t, 2)
		come := func(h *hub.Hub) *hubtest.Client {
			return greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) { c.Identify(person("P")) })
		}
		here, there := come(c.hubs[0]), come(c.hubs[1])
		time.Sleep(3 * time.Second)
		c.hubs[0].Kick("P", hub.Merged)
		here.Closed(t, hub.Merged)
		there.Closed(t, hub.Merged)
		back := listen(come(c.hubs[1]), true)
		time.Sleep(90 * time.Second)
		for len(back) > 0 {
			if f := <-back; f.Op == 8 {
				t.Fatalf("who came back was closed again: %s", f.Payload)
			}
		}
	})
}

// deaf is a broker that reaches nobody but its own server, and says so.
type deaf struct{ *hub.Memory }

func (d deaf) Publish(ctx context.Context, s hub.Signal) error {
	return errors.Join(d.Memory.Publish(ctx, s), errors.New("nobody hears"))
}

// Rows that no signal tells of are read by the other servers all the same, once.
func TestTouchedRowsReachServersThatHearNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stores []*lists
		c := newCompanyOf(t, 2, func() hub.Options {
			store := &lists{}
			stores = append(stores, store)
			return hub.Options{Broker: deaf{hub.NewMemory()}, Rows: store}
		})
		watcher := greeted(t, c.hubs[1], hub.AgentLimits(), func(conn *hub.Conn) { joinSite(c.hubs[1], conn, 1) })
		greeted(t, c.hubs[0], hub.AgentLimits(), func(conn *hub.Conn) { joinSite(c.hubs[0], conn, 1) })
		time.Sleep(5 * time.Second)
		// A kick between the two shares their count, and keeps neither from being heard.
		c.hubs[0].TouchRows("site", "C1")
		c.hubs[0].Kick("nobody", hub.Merged)
		c.hubs[0].TouchRows("site", "C2")
		began := time.Now()
		seen := map[string]bool{}
		for len(seen) < 2 {
			var f rows
			watcher.JSON(t, "rows", &f)
			for _, row := range f.Rows {
				seen[row.ID] = true
			}
		}
		if took := time.Since(began); took > 4*time.Second {
			t.Errorf("it takes %v", took)
		}
		time.Sleep(30 * time.Second)
		for i, store := range stores {
			store.mu.Lock()
			asked := slices.Concat(store.asked...)
			store.mu.Unlock()
			slices.Sort(asked)
			if !slices.Equal(asked, []string{"C1", "C2"}) {
				t.Errorf("server %d reads %v", i, asked)
			}
		}
	})
}
