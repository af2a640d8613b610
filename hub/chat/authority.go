package chat

import (
	"cmp"
	"regexp"
	"slices"
	"time"
)

// GrantUnit is what the amount of a grant counts.
type GrantUnit string

const (
	UnitMoney GrantUnit = "money" // minor units of the site's currency: cents
	UnitDays  GrantUnit = "days"
	UnitNone  GrantUnit = "none" // each grant counts as one
)

// GrantNature tells goodwill from a decision.
type GrantNature string

const (
	Goodwill GrantNature = "goodwill"
	Decision GrantNature = "decision"
)

// GrantKind is one thing that may be given or decided on a site. Its key stays
// when it is renamed.
type GrantKind struct {
	Key    string      `json:"key"`
	Name   string      `json:"name"`
	Nature GrantNature `json:"nature"`
	Unit   GrantUnit   `json:"unit"`
}

// Limit is how much of one kind somebody may give without asking: at once, in a
// day and in a month, in the kind's unit. Who is a role, or the id of a team, whose
// limit stands for each of its members instead of their role's, or of one agent, whose
// own limit stands instead of both.
type Limit struct {
	Who   string `json:"who"`
	Kind  string `json:"kind"`
	Each  int64  `json:"each"`
	Day   int64  `json:"day"`
	Month int64  `json:"month"`
}

// Bounds of an authority.
const (
	MaxGrantKinds = 30
	MaxLimits     = 1_000
	MaxAmount     = 100_000_000 // of one grant and of each limit
	MaxGrantWords = 500         // a note or an answer, in code points

	MinAnswerWithin     = 30 * time.Second
	MaxAnswerWithin     = 30 * time.Minute
	DefaultAnswerWithin = 2 * time.Minute
)

// Authority is what may be given on a site, by whom and how much. Its version
// rises with each change: whoever agreed to an earlier one is asked again, unless
// only the time for an answer is another. Version 0 is what stands before anybody
// set kinds, currency or limits.
type Authority struct {
	SiteID       string
	Version      int64
	Currency     string // ISO 4217
	Kinds        []GrantKind
	Limits       []Limit
	AnswerWithin time.Duration // how long one supervisor has for a question
	ChangedAt    Time
	ChangedBy    string // agent id
}

// DefaultAuthority has the usual kinds, and nobody may give any without asking.
func DefaultAuthority(siteID string) *Authority {
	return &Authority{
		SiteID: siteID, Currency: "EUR", AnswerWithin: DefaultAnswerWithin, Limits: []Limit{},
		Kinds: []GrantKind{
			{"credit", "Credit", Goodwill, UnitMoney},
			{"free_time", "Free time", Goodwill, UnitDays},
			{"gift", "Small gift", Goodwill, UnitNone},
			{"waive", "Waive a deadline", Decision, UnitNone},
			{"extend", "Extend a deadline", Decision, UnitDays},
			{"replace", "Replace an item", Decision, UnitNone},
		},
	}
}

var (
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
	kindForm     = regexp.MustCompile(`^[a-z0-9_-]{1,40}$`)
)

// Clean makes an authority fit to keep and reports the first field that is out
// of its bounds.
func (a *Authority) Clean() error {
	switch {
	case !currencyForm.MatchString(a.Currency):
		return FailField("currency", "A currency is three capital letters, such as EUR.")
	case a.AnswerWithin < MinAnswerWithin || a.AnswerWithin > MaxAnswerWithin:
		return FailField("answer_within", "The time for an answer is half a minute to half an hour.")
	case len(a.Kinds) == 0 || len(a.Kinds) > MaxGrantKinds:
		return FailField("kinds", "There are 1 to %d kinds.", MaxGrantKinds)
	case len(a.Limits) > MaxLimits:
		return FailField("limits", "There are at most %d limits.", MaxLimits)
	}
	seen := map[string]bool{}
	for i := range a.Kinds {
		k := &a.Kinds[i]
		if err := k.clean(); err != nil {
			return err
		}
		if seen[k.Key] {
			return FailField("kinds", "The kind %q stands there twice.", k.Name)
		}
		seen[k.Key] = true
	}
	return a.cleanLimits(seen)
}

func (k *GrantKind) clean() error {
	k.Name = CleanLine(k.Name, MaxName)
	switch {
	case !kindForm.MatchString(k.Key):
		return FailField("kinds", "The key of a kind is 1 to 40 small letters, digits, - and _.")
	case k.Name == "":
		return FailField("kinds", "Give each kind a name.")
	case k.Nature != Goodwill && k.Nature != Decision:
		return FailField("kinds", "A kind is goodwill or a decision.")
	case k.Unit != UnitMoney && k.Unit != UnitDays && k.Unit != UnitNone:
		return FailField("kinds", "The unit of a kind is money, days or none.")
	}
	return nil
}

func (a *Authority) cleanLimits(kinds map[string]bool) error {
	seen := map[[2]string]bool{}
	for _, l := range a.Limits {
		place := [2]string{l.Who, l.Kind}
		switch {
		case !kinds[l.Kind]:
			return FailField("limits", "There is no kind %q.", CleanLine(l.Kind, MaxKey))
		case l.Who != string(AgentRole) && l.Who != string(Supervisor) && !ValidID(l.Who):
			return FailField("limits", "A limit is for a role, a team or one person.")
		case seen[place]:
			return FailField("limits", "Two limits are for the same person, team or role and kind.")
		case l.Each < 0 || l.Day < l.Each || l.Month < l.Day || l.Month > MaxAmount:
			return FailField("limits", "What is given at once fits into the day, the day into the month, and the month into %d.", MaxAmount)
		}
		seen[place] = true
	}
	return nil
}

// Kind finds a kind by its key; nil for none.
func (a *Authority) Kind(key string) *GrantKind {
	i := slices.IndexFunc(a.Kinds, func(k GrantKind) bool { return k.Key == key })
	if i < 0 {
		return nil
	}
	return &a.Kinds[i]
}

// Measure is what the amounts of a kind count: its unit, and of money the
// currency. Both are empty for what is no kind here.
func (a *Authority) Measure(kind string) (unit GrantUnit, currency string) {
	k := a.Kind(kind)
	switch {
	case k == nil:
		return "", ""
	case k.Unit == UnitMoney:
		return k.Unit, a.Currency
	}
	return k.Unit, ""
}

// LimitOf is what an agent may give of a kind: their own limit, else the largest of
// their teams', else their role's, else nothing.
func (a *Authority) LimitOf(agentID string, role Role, teams []string, kind string) Limit {
	var team *Limit
	found := Limit{Who: agentID, Kind: kind}
	for i := range a.Limits {
		switch l := &a.Limits[i]; {
		case l.Kind != kind:
		case l.Who == agentID:
			return *l
		case l.Who == string(role):
			found = *l
		case slices.Contains(teams, l.Who) && (team == nil || team.less(l)):
			team = l
		}
	}
	if team != nil {
		return *team
	}
	return found
}

// less reports whether a limit allows less at once; where that is the same, in a month,
// and where that is the same too, in a day.
func (l *Limit) less(other *Limit) bool {
	return cmp.Or(cmp.Compare(l.Each, other.Each), cmp.Compare(l.Month, other.Month), cmp.Compare(l.Day, other.Day)) < 0
}

// Names reports whether an authority has a limit of somebody's, of a team or a role.
func (a *Authority) Names(who string) bool {
	return slices.ContainsFunc(a.Limits, func(l Limit) bool { return l.Who == who })
}

// Same reports whether two authorities have the same terms, so that whoever
// agreed to one has agreed to the other.
func (a *Authority) Same(b *Authority) bool {
	return a.Currency == b.Currency && slices.Equal(a.Kinds, b.Kinds) && slices.Equal(a.Limits, b.Limits)
}

// LimitsRead is an agent's word that they have read the limits of a version and
// agree to them.
type LimitsRead struct {
	AgentID string
	Version int64
	At      Time
}

// LimitWish is an agent's wish for another limit, with why.
type LimitWish struct {
	ID        string
	SiteID    string
	By        AgentCard // the store keeps the id and reads the rest
	Text      string
	At        Time
	SettledAt Time // zero while it waits for an owner or admin
	SettledBy string
}

// Left is what is left of a limit for one grant, after what was given in the day
// and the month so far.
func (l Limit) Left(day, month int64) int64 {
	return max(0, min(l.Each, l.Day-day, l.Month-month))
}
