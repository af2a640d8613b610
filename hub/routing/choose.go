package routing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/hub/chat"
)

// Times of routing.
const (
	PassedFor  = time.Minute     // who has passed on a conversation is left alone for so long
	WidenAfter = 5 * time.Minute // of waiting, and it is for anybody who serves the site
)

// Case is what routing reads of a conversation that waits.
type Case struct {
	SiteID    string
	Since     chat.Time // when its customer began to wait
	Complaint chat.ComplaintMark
	Mood      chat.Mood
	Type      chat.InteractionType // "" while unknown, as the others
	Segment   string
	Language  string               // a tag such as pt-BR
	LastAgent string               // who spoke with this customer last, "" for nobody
	Passed    map[string]chat.Time // who has passed on it while it waits, and when
}

// Agent is somebody who may be there.
type Agent struct {
	ID         string
	Takes      bool  // connected, online, and not spared anything new
	Room       int64 // conversations at once
	Load       int64 // tenths, offers that are open included
	Complaints bool  // trained for them
	Languages  []string
	Teams      []chat.Skills
	Given      chat.Time // when they were given something last, zero for never
}

// Choice is who gets it, and why they and not another.
type Choice struct {
	AgentID string
	Why     string // words for people, without a full stop
}

// Choose returns who gets the conversation; false when nobody may.
func Choose(c *Case, agents []Agent, now chat.Time) (Choice, bool) {
	var best *Agent
	only := true
	for i := range agents {
		a := &agents[i]
		if !May(c, a, now) {
			continue
		}
		if only = best == nil; only {
			best = a
		} else if _, sign := compare(c, a, best); sign < 0 {
			best = a
		}
	}
	if best == nil {
		return Choice{}, false
	}
	if only {
		return Choice{best.ID, "the only one there who fits and has room"}, true
	}
	return Choice{best.ID, why(c, agents, best, now)}, true
}

// May reports whether an agent may get the conversation at all.
func May(c *Case, a *Agent, now chat.Time) bool {
	if !a.Takes || !hasRoom(c, a) {
		return false
	}
	if at, ok := c.Passed[a.ID]; ok && now.Sub(at) < PassedFor {
		return false
	}
	if now.Sub(c.Since) >= WidenAfter {
		return servesSite(c, a)
	}
	return speaks(c, a) && slices.ContainsFunc(teamsOf(a), func(s chat.Skills) bool { return fits(c, &s) })
}

func hasRoom(c *Case, a *Agent) bool {
	return a.Load == 0 || a.Load+Weight(c.Complaint, c.Mood) <= a.Room*plainWeight
}

// everything is the team of who is in none.
var everything = []chat.Skills{{}}

func teamsOf(a *Agent) []chat.Skills {
	if len(a.Teams) == 0 {
		return everything
	}
	return a.Teams
}

func servesSite(c *Case, a *Agent) bool {
	return slices.ContainsFunc(teamsOf(a), func(s chat.Skills) bool { return s.Serves(c.SiteID) })
}

func fits(c *Case, s *chat.Skills) bool {
	return s.Serves(c.SiteID) && named(s.Segments, c.Segment) && named(s.Types, string(kind(c))) && spoken(s.Languages, c.Language)
}

// kind is the type that a conversation is shown with: who is in a complaint has
// one, whatever they ask next.
func kind(c *Case) chat.InteractionType {
	if c.Complaint != chat.NoComplaint {
		return chat.Complaint
	}
	return c.Type
}

// named reports whether a list is for something: an empty one is for any, and
// what is not known fits all.
func named(list []string, what string) bool {
	return len(list) == 0 || what == "" || slices.Contains(list, what)
}

func speaks(c *Case, a *Agent) bool { return spoken(a.Languages, c.Language) }

// spoken is named for languages, of which the region does not matter.
func spoken(list []string, tag string) bool {
	return len(list) == 0 || tag == "" || slices.ContainsFunc(list, func(l string) bool { return base(l) == base(tag) })
}

func base(tag string) string {
	head, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(head)
}

// order is what tells two who may apart, the first first: below zero where a goes
// before b.
var order = []func(c *Case, a, b *Agent) int{
	func(c *Case, a, b *Agent) int { return falseFirst(passed(c, a), passed(c, b)) },
	func(c *Case, a, b *Agent) int {
		if c.Complaint == chat.NoComplaint {
			return 0
		}
		return falseFirst(!a.Complaints, !b.Complaints)
	},
	func(c *Case, a, b *Agent) int { return falseFirst(a.ID != c.LastAgent, b.ID != c.LastAgent) },
	func(c *Case, a, b *Agent) int { return cmp.Compare(closeness(c, b), closeness(c, a)) },
	func(_ *Case, a, b *Agent) int { return byShare(a, b) },
	func(_ *Case, a, b *Agent) int { return cmp.Compare(a.Given, b.Given) },
	func(_ *Case, a, b *Agent) int { return strings.Compare(a.ID, b.ID) },
}

// byShare puts who has the larger share of their room free first.
func byShare(a, b *Agent) int {
	return cmp.Compare(a.Load*max(b.Room, 1), b.Load*max(a.Room, 1))
}

// Freer is the order in which people are asked to carry on with what a colleague
// hands over: by room, then by turn.
func Freer(a, b *Agent) int {
	return cmp.Or(byShare(a, b), cmp.Compare(a.Given, b.Given), strings.Compare(a.ID, b.ID))
}

// Places in order, for their words.
const (
	byPassed = iota
	byTraining
	byAcquaintance
	byFit
	byRoom
	byTurn
)

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func passed(c *Case, a *Agent) bool {
	_, ok := c.Passed[a.ID]
	return ok
}

// closeness is how many of a customer's marks a team of the agent's names.
func closeness(c *Case, a *Agent) int {
	closest := 0
	for i := range a.Teams {
		s := &a.Teams[i]
		if !fits(c, s) {
			continue
		}
		n := 0
		for _, list := range []struct {
			words []string
			what  string
		}{{s.Segments, c.Segment}, {s.Types, string(kind(c))}} {
			if list.what != "" && len(list.words) > 0 {
				n++
			}
		}
		if c.Language != "" && len(s.Languages) > 0 {
			n++
		}
		closest = max(closest, n)
	}
	return closest
}

// compare says where two part, and who goes before whom.
func compare(c *Case, a, b *Agent) (at, sign int) {
	for i, by := range order {
		if sign := by(c, a, b); sign != 0 {
			return i, sign
		}
	}
	return len(order) - 1, 0
}

// why says what the one chosen has before whoever came nearest to being it.
func why(c *Case, agents []Agent, best *Agent, now chat.Time) string {
	nearest := byPassed
	for i := range agents {
		if a := &agents[i]; a.ID != best.ID && May(c, a, now) {
			at, _ := compare(c, best, a)
			nearest = max(nearest, at)
		}
	}
	switch nearest {
	case byPassed:
		return "the only one left who has not passed on it"
	case byTraining:
		return "trained for complaints"
	case byAcquaintance:
		return "spoke with this customer last"
	case byFit:
		return "in the team that is for this"
	case byRoom:
		return "has the most room: " + share(best)
	}
	return "has waited longest for something new"
}

// share is how much somebody has, "1.5 of 4".
func share(a *Agent) string {
	text := fmt.Sprintf("%d", a.Load/plainWeight)
	if rest := a.Load % plainWeight; rest != 0 {
		text = fmt.Sprintf("%d.%d", a.Load/plainWeight, rest)
	}
	return fmt.Sprintf("%s of %d", text, a.Room)
}
