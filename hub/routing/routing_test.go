package routing_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/routing"

	"pgregory.net/rapid"
)

const noon = chat.Time(1_800_000_000_000)

func waits(change ...func(*routing.Case)) *routing.Case {
	c := &routing.Case{SiteID: "shop", Since: noon - 1000, Passed: map[string]chat.Time{}}
	for _, do := range change {
		do(c)
	}
	return c
}

func agent(id string, change ...func(*routing.Agent)) routing.Agent {
	a := routing.Agent{ID: id, Takes: true, Room: 4}
	for _, do := range change {
		do(&a)
	}
	return a
}

// The order that the package's page states, one line for each rule: who comes first
// is the first of each list, and why is said.
func TestTheOrderIsWhatIsWrittenDown(t *testing.T) {
	german := func(a *routing.Agent) { a.Languages = []string{"de"} }
	busy := func(load int64) func(*routing.Agent) { return func(a *routing.Agent) { a.Load = load } }
	team := func(s chat.Skills) func(*routing.Agent) {
		return func(a *routing.Agent) { a.Teams = append(a.Teams, s) }
	}
	trained := func(a *routing.Agent) { a.Complaints = true }
	complaint := func(c *routing.Case) { c.Complaint = chat.ReadComplaint }
	for name, x := range map[string]struct {
		c      *routing.Case
		agents []routing.Agent
		want   string // "" for nobody
		why    string
	}{
		"nobody who does not take part":   {waits(), []routing.Agent{agent("a", func(a *routing.Agent) { a.Takes = false })}, "", ""},
		"nobody without room":             {waits(), []routing.Agent{agent("a", busy(40))}, "", ""},
		"a complaint takes more room":     {waits(complaint), []routing.Agent{agent("a", busy(30))}, "", ""},
		"who has nothing takes anything":  {waits(complaint), []routing.Agent{agent("a", func(a *routing.Agent) { a.Room = 1 })}, "a", "only one"},
		"who just passed is left alone":   {waits(func(c *routing.Case) { c.Passed["a"] = noon.Add(-59 * time.Second) }), []routing.Agent{agent("a")}, "", ""},
		"and asked again a minute later":  {waits(func(c *routing.Case) { c.Passed["a"] = noon.Add(-time.Minute) }), []routing.Agent{agent("a")}, "a", "only one"},
		"another team's customer":         {waits(), []routing.Agent{agent("a", team(chat.Skills{Sites: []string{"other"}}))}, "", ""},
		"another language":                {waits(func(c *routing.Case) { c.Language = "fr-CA" }), []routing.Agent{agent("a", german)}, "", ""},
		"the region does not matter":      {waits(func(c *routing.Case) { c.Language = "de-AT" }), []routing.Agent{agent("a", german)}, "a", "only one"},
		"what is not known fits any team": {waits(), []routing.Agent{agent("a", german, team(chat.Skills{Types: []string{"request"}}))}, "a", "only one"},
		"nobody came, so anybody may": {
			waits(func(c *routing.Case) { c.Language, c.Since = "fr", noon.Add(-routing.WidenAfter) }), []routing.Agent{agent("a", german)}, "a", "only one",
		},
		"but not from another site": {
			waits(func(c *routing.Case) { c.Since = noon.Add(-time.Hour) }), []routing.Agent{agent("a", team(chat.Skills{Sites: []string{"other"}}))}, "", "",
		},
		"1 who has not passed": {
			waits(complaint, func(c *routing.Case) { c.Passed["a"] = noon.Add(-time.Hour) }), []routing.Agent{agent("a", trained), agent("b")}, "b", "not passed",
		},
		"2 who is trained": {
			waits(complaint, func(c *routing.Case) { c.LastAgent = "a" }), []routing.Agent{agent("a"), agent("b", trained)}, "b", "trained",
		},
		"training is for complaints": {waits(), []routing.Agent{agent("a"), agent("b", trained, busy(10))}, "a", "most room"},
		"3 who they know": {
			waits(func(c *routing.Case) { c.LastAgent, c.Segment = "b", "new" }),
			[]routing.Agent{agent("a", team(chat.Skills{Segments: []string{"new"}})), agent("b", busy(20))}, "b", "spoke with this customer last",
		},
		"4 whose team is for it": {
			waits(func(c *routing.Case) { c.Segment = "new" }),
			[]routing.Agent{agent("a"), agent("b", busy(20), team(chat.Skills{Segments: []string{"new"}}))}, "b", "team that is for this",
		},
		"5 who has the most room": {
			waits(), []routing.Agent{agent("a", busy(15)), agent("b", busy(20), func(a *routing.Agent) { a.Room = 8 })}, "b", "most room: 2 of 8",
		},
		"6 whose turn it is": {
			waits(), []routing.Agent{agent("a", func(a *routing.Agent) { a.Given = noon - 1 }), agent("b", func(a *routing.Agent) { a.Given = noon - 2 })}, "b", "longest",
		},
	} {
		got, ok := routing.Choose(x.c, x.agents, noon)
		if got.AgentID != x.want || ok != (x.want != "") || !strings.Contains(got.Why, x.why) {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
}

func draw(r *rapid.T) (*routing.Case, []routing.Agent) {
	ids := []string{"a", "b", "c", "d", "e", "f"}
	some := func(words ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, 2, rapid.ID[string]).Draw(r, "words")
	}
	ago := func(most time.Duration) chat.Time {
		return noon.Add(-time.Duration(rapid.Int64Range(0, int64(most/time.Second)).Draw(r, "seconds")) * time.Second)
	}
	c := &routing.Case{
		SiteID: "shop", Since: ago(10 * time.Minute), Complaint: rapid.SampledFrom([]chat.ComplaintMark{"", "read"}).Draw(r, "complaint"),
		Mood: rapid.SampledFrom([]chat.Mood{"", chat.Upset}).Draw(r, "mood"), Type: rapid.SampledFrom([]chat.InteractionType{"", chat.Request}).Draw(r, "type"),
		Segment: rapid.SampledFrom([]string{"", "new"}).Draw(r, "segment"), Language: rapid.SampledFrom([]string{"", "de", "pt-BR"}).Draw(r, "language"),
		LastAgent: rapid.SampledFrom(ids).Draw(r, "last"), Passed: map[string]chat.Time{},
	}
	var agents []routing.Agent
	for _, id := range ids[:rapid.IntRange(0, len(ids)).Draw(r, "agents")] {
		a := routing.Agent{
			ID: id, Takes: rapid.Bool().Draw(r, "takes"), Room: rapid.Int64Range(1, 5).Draw(r, "room"), Load: rapid.Int64Range(0, 12).Draw(r, "load") * 5,
			Complaints: rapid.Bool().Draw(r, "trained"), Languages: some("de", "en"), Given: ago(time.Hour),
		}
		for range rapid.IntRange(0, 2).Draw(r, "teams") {
			a.Teams = append(a.Teams, chat.Skills{Sites: some("shop", "other"), Segments: some("new", "past"), Types: some("request", "complaint"), Languages: some("de", "pt")})
		}
		if rapid.Bool().Draw(r, "passed") {
			c.Passed[id] = ago(3 * time.Minute)
		}
		agents = append(agents, a)
	}
	return c, agents
}

// Somebody is found exactly where somebody may, they may, and it is the same one in
// whatever order the people are named.
func TestWhoIsChosenMayAndIsTheSameInAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c, agents := draw(r)
		got, ok := routing.Choose(c, agents, noon)
		may := slices.ContainsFunc(agents, func(a routing.Agent) bool { return routing.May(c, &a, noon) })
		if ok != may {
			r.Fatalf("found %v, and somebody may: %v", ok, may)
		}
		if !ok {
			return
		}
		i := slices.IndexFunc(agents, func(a routing.Agent) bool { return a.ID == got.AgentID })
		if !routing.May(c, &agents[i], noon) || got.Why == "" {
			r.Fatalf("%+v may not: %+v", agents[i], c)
		}
		rand.Shuffle(len(agents), func(i, j int) { agents[i], agents[j] = agents[j], agents[i] })
		if again, _ := routing.Choose(c, agents, noon); again != got {
			r.Fatalf("%+v, and in another order %+v", got, again)
		}
	})
}

// With time alone, whoever waits becomes somebody's who serves the site and has
// room: no language, skill or refusal lasts.
func TestNoRuleKeepsAnybodyWaiting(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c, agents := draw(r)
		agents = append(agents, routing.Agent{ID: "z", Takes: true, Room: 1, Languages: []string{"is"}, Teams: []chat.Skills{{Segments: []string{"past"}, Types: []string{"compliment"}}}})
		c.Passed["z"] = noon
		if _, ok := routing.Choose(c, agents, noon.Add(routing.WidenAfter)); !ok {
			r.Fatalf("%+v waits for ever", c)
		}
	})
}
