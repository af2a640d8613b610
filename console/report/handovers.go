package report

import (
	"slices"
	"strings"

	"rapport/hub/chat"
)

// Few is below how many cases a median says too little to be shown.
const Few = 5

// Passed are the relays of one kind that began in the range, by what became of them
// since: Asked is the sum of the other four.
type Passed struct {
	Kind     chat.RelayKind          `json:"kind"`
	Asked    int64                   `json:"asked"`
	Accepted int64                   `json:"accepted"`
	Returned int64                   `json:"returned"`
	Lapsed   int64                   `json:"lapsed"`
	Open     int64                   `json:"open"`
	Why      map[chat.RelayWhy]int64 `json:"why"` // of those that were returned
	// Median and P90 are for how many seconds customers who waited had done so when one
	// was accepted, nil below Few cases and for kinds that wait for nobody: the least time
	// that so large a part of them did not wait longer than.
	Median *int64 `json:"median"`
	P90    *int64 `json:"p90"`
}

// Sides is how many conversations went from somebody to a colleague, and came to them
// from one: handed over and taken, assigned, or taken over. What came from the queue or
// went into it is in neither. Of a team, those between two of its members are in neither
// as well; who is in two teams counts for both, and always as the teams are now.
type Sides struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Given int64  `json:"given"`
	Taken int64  `json:"taken"`
}

// Handovers is what was passed on in a site's conversations.
type Handovers struct {
	Kinds  []Passed `json:"kinds"` // in the order of chat.RelayKinds, each of them
	Agents []Sides  `json:"agents"`
	Teams  []Sides  `json:"teams"` // both by name, without those who neither gave nor took
}

// NewHandovers makes figures of counts, and of waits, the shortest first of each kind.
func NewHandovers(counts []chat.RelayCount, waits []chat.RelayWait, agents []chat.Agent, teams []chat.Team) Handovers {
	out := Handovers{Kinds: make([]Passed, len(chat.RelayKinds)), Agents: []Sides{}, Teams: []Sides{}}
	for i, kind := range chat.RelayKinds {
		p := &out.Kinds[i]
		p.Kind, p.Why = kind, map[chat.RelayWhy]int64{}
		for _, c := range counts {
			if c.Kind == kind {
				p.add(c)
			}
		}
		p.Median, p.P90 = shares(waits, kind)
	}
	for _, a := range agents {
		out.Agents = appendSides(out.Agents, a.ID, a.Name, []string{a.ID}, counts)
	}
	for _, v := range teams {
		out.Teams = appendSides(out.Teams, v.ID, v.Name, v.Members, counts)
	}
	byName(out.Agents)
	byName(out.Teams)
	return out
}

func (p *Passed) add(c chat.RelayCount) {
	p.Asked += c.N
	switch c.Outcome {
	case chat.RelayAccepted:
		p.Accepted += c.N
	case chat.RelayReturned:
		p.Returned += c.N
		p.Why[c.Why] += c.N
	case chat.RelayLapsed:
		p.Lapsed += c.N
	case chat.RelayOpen:
		p.Open += c.N
	}
}

// shares are the median and the ninetieth percentile of a kind, nil for too few.
func shares(waits []chat.RelayWait, kind chat.RelayKind) (median, p90 *int64) {
	var n int64
	for _, w := range waits {
		if w.Kind == kind {
			n += w.N
		}
	}
	if n < Few {
		return nil, nil
	}
	return share(waits, kind, (n+1)/2), share(waits, kind, (n*9+9)/10)
}

// share is the rank-th least wait of a kind, from 1.
func share(waits []chat.RelayWait, kind chat.RelayKind, rank int64) *int64 {
	for i := range waits {
		if w := &waits[i]; w.Kind == kind {
			if rank -= w.N; rank <= 0 {
				return &w.Seconds
			}
		}
	}
	return nil
}

// appendSides appends what a group of agents gave to others and took from them, unless
// that is nothing.
func appendSides(list []Sides, id, name string, group []string, counts []chat.RelayCount) []Sides {
	s := Sides{ID: id, Name: name}
	for _, c := range counts {
		one := chat.Relay{Kind: c.Kind, Outcome: c.Outcome, FromID: c.FromID}
		if !one.Turns() || c.ToID == "" {
			continue
		}
		from, to := slices.Contains(group, c.FromID), slices.Contains(group, c.ToID)
		if from && !to {
			s.Given += c.N
		}
		if to && !from {
			s.Taken += c.N
		}
	}
	if s.Given+s.Taken == 0 {
		return list
	}
	return append(list, s)
}

// byName sorts by name alone: it is no league.
func byName(list []Sides) {
	slices.SortFunc(list, func(a, b Sides) int {
		return strings.Compare(strings.ToLower(a.Name)+a.ID, strings.ToLower(b.Name)+b.ID)
	})
}
