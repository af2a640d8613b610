package chat

import (
	"slices"
	"time"
)

// GrantState says where a grant stands. An asked or unanswered one waits for a
// supervisor's word.
type GrantState string

const (
	GrantGiven      GrantState = "given"
	GrantAsked      GrantState = "asked"      // one supervisor's turn, until AnswerBy
	GrantUnanswered GrantState = "unanswered" // nobody was there, or nobody answered in time
	GrantRefused    GrantState = "refused"
	GrantWithdrawn  GrantState = "withdrawn" // whoever asked took the question back
)

// GrantReason is why something is given; totals are made per reason.
type GrantReason string

// GrantReasons is the closed list, as a screen shows it.
var GrantReasons = []GrantReason{"late", "faulty", "our_mistake", "long_wait", "loyalty", "hardship", "other"}

// MaxWaitingGrants bounds how many questions wait in one conversation.
const MaxWaitingGrants = 5

// Grant is goodwill or a decision: given within the agent's authority, or asked
// for above it. Kind, unit and currency are as they were then.
type Grant struct {
	ID             string
	SiteID         string
	ConversationID string
	MatterID       string
	PersonID       string
	ClientID       string // made by the agent's client; unique per conversation and agent
	Kind           string
	Name           string // of the kind
	Unit           GrantUnit
	Currency       string // of money, else ""
	Amount         int64  // in the unit; 1 where it has none
	Reason         GrantReason
	Note           string // the agent's words, for the team
	Summary        string // where the matter stood, for whoever is asked
	State          GrantState
	By             AgentCard // who gives or asks; the store keeps the id and reads the rest
	AskedOf        AgentCard // whose turn it is, or was last; zero for nobody
	Passed         []string  // agent ids whose turn is over
	AnswerBy       Time      // when the turn ends; zero unless it is asked
	DecidedBy      AgentCard // who approved or refused; zero within one's own authority
	Words          string    // what they said to it
	PromiseID      string    // what the customer was promised while nobody answered, or ""
	AskedAt        Time      // zero for what needed no asking
	At             Time      // last changed

	// Joined by the store.
	PersonName     string
	PersonVerified bool
}

// Clean makes a grant of this authority fit to keep and reports the first field
// that is out of its bounds.
func (g *Grant) Clean(a *Authority) (err error) {
	k := a.Kind(g.Kind)
	if k == nil {
		return FailField("kind", "There is nothing of this kind here.")
	}
	g.Name, g.Unit, g.Currency = k.Name, k.Unit, ""
	switch k.Unit {
	case UnitMoney:
		g.Currency = a.Currency
	case UnitNone:
		if g.Amount != 1 {
			return FailField("amount", "This has no amount: it is 1.")
		}
	}
	if g.Amount < 1 || g.Amount > MaxAmount {
		return FailField("amount", "An amount is 1 to %d.", MaxAmount)
	}
	if !slices.Contains(GrantReasons, g.Reason) {
		return FailField("reason", "A reason is one of %v.", GrantReasons)
	}
	g.Note, err = CleanMaybe("note", g.Note, MaxGrantWords)
	if err == nil && g.Reason == "other" && g.Note == "" {
		return FailField("note", "Say in a few words why.")
	}
	return err
}

// Waits reports whether a supervisor may still answer.
func (g *Grant) Waits() bool { return g.State == GrantAsked || g.State == GrantUnanswered }

// Pass gives the turn to the next of those who are there and were not asked yet,
// for so long; with nobody left it is unanswered. there is in the order in which
// they are to be asked.
func (g *Grant) Pass(there []AgentCard, within time.Duration, now Time) {
	if g.AskedOf.ID != "" {
		g.Passed = append(g.Passed, g.AskedOf.ID)
	}
	g.At = now
	for _, a := range there {
		if a.ID != g.By.ID && !slices.Contains(g.Passed, a.ID) {
			g.State, g.AskedOf, g.AnswerBy = GrantAsked, a, now.Add(within)
			return
		}
	}
	g.State, g.AnswerBy = GrantUnanswered, 0
}

// Decide ends the waiting by a supervisor's word.
func (g *Grant) Decide(by AgentCard, yes bool, words string, now Time) {
	g.State = GrantRefused
	if yes {
		g.State = GrantGiven
	}
	g.DecidedBy, g.Words, g.AnswerBy, g.At = by, words, 0, now
}

// Withdraw ends the waiting without an answer.
func (g *Grant) Withdraw(now Time) {
	g.State, g.AnswerBy, g.At = GrantWithdrawn, 0, now
}

// GrantTotal sums what one agent gave of one kind for one reason in a month.
type GrantTotal struct {
	Agent    AgentCard
	Kind     string
	Name     string
	Unit     GrantUnit
	Currency string
	Reason   GrantReason
	Count    int64
	Amount   int64
}

// AuthorityTx reads and writes limits and grants.
type AuthorityTx interface {
	// Authority returns what stands on a site, the default where nobody set one.
	Authority(siteID string) (*Authority, error)
	SaveAuthority(a *Authority) error
	// ReadVersion is the version of the limits that an agent agreed to last, 0 for
	// none. The agent's grants wait for each other from here on.
	ReadVersion(siteID, agentID string) (int64, error)
	SaveLimitsRead(siteID string, r *LimitsRead) error
	// KeepLimitsRead lets whoever agreed to one version agree to another.
	KeepLimitsRead(siteID string, from, to int64) error
	InsertLimitWish(w *LimitWish) error
	LimitWish(id string) (*LimitWish, error)
	// SettleLimitWish stores when it was settled, and by whom.
	SettleLimitWish(w *LimitWish) error

	Grant(id string) (*Grant, error)
	// GrantByClientID finds what this agent gave or asked for under this client id.
	GrantByClientID(conversationID, agentID, clientID string) (*Grant, error)
	// CountWaitingGrants counts a conversation's questions without an answer.
	CountWaitingGrants(conversationID string) (int64, error)
	// WaitingGrants returns them, oldest first.
	WaitingGrants(conversationID string) ([]Grant, error)
	// SumGrants adds up what an agent gave of a kind without asking, since then, in
	// the kind's unit and currency under this authority.
	SumGrants(a *Authority, agentID, kind string, since Time) (int64, error)
	InsertGrant(g *Grant) error
	// SaveGrant stores state, turn, decision and promise.
	SaveGrant(g *Grant) error
	// Audit appends to the audit log, in this unit of work.
	Audit(byID, action, object, detail string) error
	// AuditChange is Audit with what was changed from and to.
	AuditChange(e AuditEntry) error
}
