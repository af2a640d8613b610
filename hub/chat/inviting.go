package chat

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Inviting is how a site invites by itself those who only look around. A new site
// does not: its owner says so first.
type Inviting struct {
	Rules []InviteRule `json:"rules,omitempty"` // the first that fits a visitor is the one
	// Times is how often a customer is invited at most in Days; 0 where there is no rule.
	Times int64 `json:"times,omitempty"`
	Days  int64 `json:"days,omitempty"`
}

// InviteRule says who is invited, when, and with which words. All that it asks for
// must hold; what is zero or empty asks for nothing.
type InviteRule struct {
	ID       string        `json:"id"` // made by the console, under which results are counted
	Name     string        `json:"name"`
	On       bool          `json:"on"`
	Pages    []PagePattern `json:"pages,omitempty"`    // one of them
	OnPage   int64         `json:"on_page,omitempty"`  // seconds at least on the page
	OnSite   int64         `json:"on_site,omitempty"`  // seconds at least in this visit
	Sources  []string      `json:"sources,omitempty"`  // hosts, one of which led to the site; their subdomains too
	Visits   int64         `json:"visits,omitempty"`   // at least the nth visit
	Segments []string      `json:"segments,omitempty"` // of a customer who is known
	Loyalty  []string      `json:"loyalty,omitempty"`  // of a customer whom the site has told of
	Event    string        `json:"event,omitempty"`    // that the page has reported, by its name
	When     string        `json:"when,omitempty"`     // one of InviteTimes
	From     string        `json:"from,omitempty"`     // one of InviteSenders
	Text     string        `json:"text"`
	// Words are Text in other languages, by their tag; where there are none, Text is said.
	Words map[string]string `json:"words,omitempty"`
	// Goal is the event that the page reports when it came to what the rule is for.
	Goal string `json:"goal,omitempty"`
}

// PagePattern is what the path of a page is held against, without regard to case.
type PagePattern struct {
	How  string `json:"how"` // one of PageMatches
	Text string `json:"text"`
}

// What a rule may choose from; "" is the first.
var (
	PageMatches   = []string{"contains", "begins", "is"}
	InviteTimes   = []string{"", "there", "closed"} // always, while somebody is there, outside opening hours
	InviteSenders = []string{"", "agent"}           // the site, somebody who is there
)

// Bounds of a site's rules.
const (
	MaxInviteRules  = 20
	MaxInviteParts  = 8   // pages and hosts of one rule, each
	MaxInvitePage   = 200 // code points of a pattern
	MaxInviteWait   = 3_600
	MaxInviteVisits = 100
	MaxInviteTimes  = 10
	MaxInviteDays   = 90
	// MaxInviteText bounds the words of an invitation, in code points: a card beside
	// the launcher holds no more.
	MaxInviteText = 280
	// minInviteWait keeps a card from greeting whoever has not seen the page yet, in
	// seconds.
	minInviteWait = 3
	maxHost       = 100
)

// The limit of a site that has not set its own: once in a week.
const (
	inviteTimes = 1
	inviteDays  = 7
)

// LoyaltyKey is the attribute in which a site tells the loyalty group of its customer.
const LoyaltyKey = "loyalty"

func (v *Inviting) clean() error {
	if len(v.Rules) == 0 {
		*v = Inviting{}
		return nil
	}
	if len(v.Rules) > MaxInviteRules {
		return FailField("inviting.rules", "At most %d rules.", MaxInviteRules)
	}
	for i := range v.Rules {
		r := &v.Rules[i]
		twice := func(o InviteRule) bool { return o.ID == r.ID }
		if !ValidID(r.ID) || slices.ContainsFunc(v.Rules[:i], twice) {
			return FailField(ruleField(i, "id"), "Each rule has an id of its own.")
		}
		if err := r.clean(i); err != nil {
			return err
		}
	}
	if v.Times == 0 && v.Days == 0 {
		v.Times, v.Days = inviteTimes, inviteDays
	}
	if v.Times < 1 || v.Times > MaxInviteTimes {
		return FailField("inviting.times", "Between 1 and %d times.", MaxInviteTimes)
	}
	if v.Days < 1 || v.Days > MaxInviteDays {
		return FailField("inviting.days", "Between 1 and %d days.", MaxInviteDays)
	}
	return nil
}

// ruleField names a field of a rule for whoever filled it in.
func ruleField(rule int, field string) string {
	return fmt.Sprintf("inviting.rules.%d.%s", rule, field)
}

func (r *InviteRule) clean(i int) error {
	if r.Name = CleanLine(r.Name, MaxName); r.Name == "" {
		return FailField(ruleField(i, "name"), "Give the rule a name; your team reads it where somebody answered.")
	}
	if err := r.cleanPages(i); err != nil {
		return err
	}
	if err := r.cleanSources(i); err != nil {
		return err
	}
	for _, n := range []struct {
		field      string
		value, max int64
	}{{"on_page", r.OnPage, MaxInviteWait}, {"on_site", r.OnSite, MaxInviteWait}, {"visits", r.Visits, MaxInviteVisits}} {
		if n.value < 0 || n.value > n.max {
			return FailField(ruleField(i, n.field), "Between 0 and %d.", n.max)
		}
	}
	r.Event, r.Goal = CleanLine(r.Event, MaxKey), CleanLine(r.Goal, MaxKey)
	if r.Event == "" && max(r.OnPage, r.OnSite) < minInviteWait {
		return FailField(ruleField(i, "on_page"), "Let them look at the page for %d seconds at least, or wait for an event.", minInviteWait)
	}
	for _, c := range []struct {
		field  string
		values []string
		all    []string
	}{{"segments", r.Segments, Segments}, {"loyalty", r.Loyalty, LoyaltyGroups}, {"when", []string{r.When}, InviteTimes}, {"from", []string{r.From}, InviteSenders}} {
		for at, v := range c.values {
			if !slices.Contains(c.all, v) || slices.Contains(c.values[:at], v) {
				return FailField(ruleField(i, c.field), "%q is not among %v, or stands there twice.", v, c.all)
			}
		}
	}
	return r.cleanWords(i)
}

func (r *InviteRule) cleanPages(i int) error {
	field := ruleField(i, "pages")
	if len(r.Pages) > MaxInviteParts {
		return FailField(field, "At most %d pages.", MaxInviteParts)
	}
	for at := range r.Pages {
		p := &r.Pages[at]
		if !slices.Contains(PageMatches, p.How) {
			return FailField(field, "%q is not among %v.", p.How, PageMatches)
		}
		if p.Text = CleanLine(p.Text, MaxInvitePage); p.Text == "" {
			return FailField(field, "Write a part of the page's address, or take the line out.")
		}
		if p.How != PageMatches[0] && !strings.HasPrefix(p.Text, "/") {
			return FailField(field, "Write the path of the page, for example /prices.")
		}
	}
	return nil
}

func (r *InviteRule) cleanSources(i int) error {
	field := ruleField(i, "sources")
	if len(r.Sources) > MaxInviteParts {
		return FailField(field, "At most %d sites.", MaxInviteParts)
	}
	for at, host := range r.Sources {
		host = strings.ToLower(strings.TrimSpace(host))
		foreign := func(c rune) bool {
			return c != '.' && c != '-' && c != ':' && !unicode.IsLetter(c) && !unicode.IsDigit(c)
		}
		if host == "" || len(host) > maxHost || strings.ContainsFunc(host, foreign) {
			return FailField(field, "Write a site as its name alone, for example search.example.")
		}
		r.Sources[at] = host
	}
	return nil
}

func (r *InviteRule) cleanWords(i int) (err error) {
	if r.Text, err = CleanText(ruleField(i, "text"), r.Text, MaxInviteText); err != nil {
		return err
	}
	if len(r.Words) > maxLocales {
		return FailField(ruleField(i, "words"), "At most %d languages.", maxLocales)
	}
	for tag, text := range r.Words {
		if !localeForm.MatchString(tag) {
			return FailField(ruleField(i, "words"), "%q is not a language such as en or ar.", tag)
		}
		if text, err = CleanMaybe(ruleField(i, "words"), text, MaxInviteText); err != nil {
			return err
		}
		if r.Words[tag] = text; text == "" {
			delete(r.Words, tag)
		}
	}
	return nil
}

// CleanToTry holds a rule to what its card needs; what it waits for may still be
// missing.
func (r *InviteRule) CleanToTry() error {
	if !slices.Contains(InviteSenders, r.From) {
		return FailField(ruleField(0, "from"), "%q is not among %v.", r.From, InviteSenders)
	}
	if len(r.Pages) > MaxInviteParts {
		return FailField(ruleField(0, "pages"), "At most %d pages.", MaxInviteParts)
	}
	for i := range r.Pages {
		r.Pages[i].Text = CleanLine(r.Pages[i].Text, MaxInvitePage)
	}
	return r.cleanWords(0)
}

// In is what the rule says in a language.
func (r *InviteRule) In(locale string) string {
	if text := r.Words[locale]; text != "" {
		return text
	}
	return r.Text
}

// Active reports whether any rule is on.
func (v *Inviting) Active() bool {
	return slices.ContainsFunc(v.Rules, func(r InviteRule) bool { return r.On })
}

// LooksAround reports whether open pages of the site tell of themselves: its team
// lists its visitors, or a rule invites them.
func (s *SiteSettings) LooksAround() bool {
	return !s.Disabled && (s.Visitors.Listed || s.Inviting.Active())
}
