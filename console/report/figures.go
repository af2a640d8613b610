package report

import (
	"slices"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

// Figures are what a site did for its customers in a range of days.
type Figures struct {
	Started int64 `json:"started"` // conversations that began
	Closed  int64 `json:"closed"`  // by their last closing
	Lapsed  int64 `json:"lapsed"`  // of those, closed by themselves as the customer had gone
	// First is from the customer's first message to the first reply by a person, and
	// Resolution from the first message to the last closing, both with nights and
	// weekends.
	First      Span     `json:"first"`
	Resolution Span     `json:"resolution"`
	Ratings    [5]int64 `json:"ratings"` // how many said 1, 2 … 5
	Solved     int64    `json:"solved"`
	NotYet     int64    `json:"not_yet"`
	Promises   Promises `json:"promises"`
	Days       []Day    `json:"days"`   // each day of the range, the first one first
	Agents     []Served `json:"agents"` // both by name, without those who have none of it
	Teams      []Served `json:"teams"`
}

// Span is how long something took, in seconds: half of N took no longer than Median,
// nine of ten no longer than P90. Both are nil below Few.
type Span struct {
	N      int64  `json:"n"`
	Median *int64 `json:"median"`
	P90    *int64 `json:"p90"`
}

// Promises are what became of promises within the range, whenever they were made.
type Promises struct {
	Made    int64 `json:"made"`
	Kept    int64 `json:"kept"`
	Moved   int64 `json:"moved"`
	Broken  int64 `json:"broken"`
	Dropped int64 `json:"dropped"`
}

// Day is what happened on one day.
type Day struct {
	Day      string `json:"day"`
	Started  int64  `json:"started"`
	Answered int64  `json:"answered"` // for the first time
	Closed   int64  `json:"closed"`
}

// Served is what one of the team, or a team as it is now, did. It ranks nobody.
type Served struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	First     Span   `json:"first"`  // of the conversations that they answered first
	Closed    int64  `json:"closed"` // that were theirs when closed
	Rated     int64  `json:"rated"`
	Satisfied int64  `json:"satisfied"` // of those, with 4 or 5
}

// NewFigures makes figures of facts: times come the shortest first of each kind, and
// days name every day of the range, the first one first.
func NewFigures(days []string, counts []chat.FactCount, times []chat.FactTime, said []chat.FactSaid, agents []chat.Agent, teams []chat.Team) Figures {
	out := Figures{Days: make([]Day, len(days)), Agents: []Served{}, Teams: []Served{}}
	places := make(map[string]*Day, len(days))
	for i, day := range days {
		out.Days[i].Day = day
		places[day] = &out.Days[i]
	}
	for _, c := range counts {
		out.count(c, places[c.Day])
	}
	for _, x := range times {
		day := places[x.Day]
		switch {
		case day == nil: // a new day has begun meanwhile
		case x.Kind == chat.FactFirstResponse:
			day.Answered += x.N
		default:
			day.Closed += x.N
		}
	}
	for _, x := range said {
		out.say(x)
	}
	everybody := func(string) bool { return true }
	out.First = span(times, chat.FactFirstResponse, everybody)
	out.Resolution = span(times, chat.FactClosed, everybody)
	out.Closed = out.Resolution.N
	for _, a := range agents {
		out.Agents = appendServed(out.Agents, a.ID, a.Name, func(id string) bool { return id == a.ID }, times, said)
	}
	for _, v := range teams {
		out.Teams = appendServed(out.Teams, v.ID, v.Name, func(id string) bool { return slices.Contains(v.Members, id) }, times, said)
	}
	servedByName(out.Agents)
	servedByName(out.Teams)
	return out
}

func (f *Figures) count(c chat.FactCount, day *Day) {
	switch c.Kind {
	case chat.FactStarted:
		f.Started += c.N
		if day != nil {
			day.Started += c.N
		}
	case chat.FactNoAnswer:
		f.Lapsed += c.N
	case chat.FactPromiseMade:
		f.Promises.Made += c.N
	case chat.FactPromiseKept:
		f.Promises.Kept += c.N
	case chat.FactPromiseMoved:
		f.Promises.Moved += c.N
	case chat.FactPromiseBroken:
		f.Promises.Broken += c.N
	case chat.FactPromiseDropped:
		f.Promises.Dropped += c.N
	}
}

func (f *Figures) say(x chat.FactSaid) {
	switch {
	case x.Kind == chat.FactRating && 1 <= x.Value && x.Value <= 5:
		f.Ratings[x.Value-1] += x.N
	case x.Kind == chat.FactSolved && x.Value == 1:
		f.Solved += x.N
	case x.Kind == chat.FactSolved:
		f.NotYet += x.N
	}
}

// span is how long those of a kind took that are somebody's.
func span(times []chat.FactTime, kind chat.FactKind, of func(agentID string) bool) (out Span) {
	for _, x := range times {
		if x.Kind == kind && of(x.AgentID) {
			out.N += x.N
		}
	}
	if out.N < Few {
		return out
	}
	var so int64
	for i := range times {
		x := &times[i]
		if x.Kind != kind || !of(x.AgentID) {
			continue
		}
		so += x.N
		if out.Median == nil && so >= (out.N+1)/2 {
			out.Median = &x.Seconds
		}
		if so >= (out.N*9+9)/10 {
			out.P90 = &x.Seconds
			return out
		}
	}
	return out
}

// appendServed appends what somebody did, unless that is nothing.
func appendServed(list []Served, id, name string, of func(agentID string) bool, times []chat.FactTime, said []chat.FactSaid) []Served {
	s := Served{ID: id, Name: name, First: span(times, chat.FactFirstResponse, of), Closed: span(times, chat.FactClosed, of).N}
	for _, x := range said {
		if x.Kind != chat.FactRating || !of(x.AgentID) {
			continue
		}
		s.Rated += x.N
		if x.Value >= 4 {
			s.Satisfied += x.N
		}
	}
	if s.First.N+s.Closed+s.Rated == 0 {
		return list
	}
	return append(list, s)
}

// servedByName sorts by name alone: it is no league.
func servedByName(list []Served) {
	sorted.By(list, func(a, b Served) int {
		return strings.Compare(strings.ToLower(a.Name)+a.ID, strings.ToLower(b.Name)+b.ID)
	})
}
