package desk_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// limits are set by an admin: agents may give so much credit at once, a day and a
// month; whoever is named has agreed.
func (s *shop) limits(each, day, month int64, agreed ...chat.Actor) *chat.Authority {
	s.Helper()
	admin := s.agent("Ada", chat.Admin)
	a, err := s.store.Authority(s.ctx(), s.site.ID)
	s.must(err)
	a.Limits = []chat.Limit{{Who: string(chat.AgentRole), Kind: "credit", Each: each, Day: day, Month: month}}
	a, err = s.desk.SetAuthority(s.ctx(), admin, *a)
	s.must(err)
	for _, who := range agreed {
		s.must(s.desk.AgreeLimits(s.ctx(), who, s.site.ID, a.Version))
	}
	return a
}

func credit(conversation, clientID string, amount int64) chat.Grant {
	return chat.Grant{ConversationID: conversation, ClientID: clientID, Kind: "credit", Amount: amount, Reason: "late", Note: "A week late."}
}

func (s *shop) cardOf(who chat.Actor) chat.AgentCard {
	s.Helper()
	a, err := s.store.Agent(s.ctx(), who.ID)
	s.must(err)
	return chat.AgentCard{ID: a.ID, Name: a.Name, Picture: a.Picture}
}

// everyGrant makes each event of grants once or more.
func (s *shop) everyGrant(ben chat.Actor, id string) {
	s.Helper()
	sue := s.agent("Sue", chat.Supervisor)
	ask := func(clientID string) string {
		g, err := s.desk.AskGrant(s.ctx(), ben, credit(id, clientID, 5000), []chat.AgentCard{s.cardOf(sue)})
		s.must(err)
		return g.ID
	}
	s.must(second(s.desk.DecideGrant(s.ctx(), sue, ask("client-grant-yes"), desk.Decision{Yes: true})))
	s.must(second(s.desk.DecideGrant(s.ctx(), sue, ask("client-grant-no"), desk.Decision{Words: "Offer the repair first."})))
	s.must(second(s.desk.WithdrawGrant(s.ctx(), ben, ask("client-grant-back"))))
	late := ask("client-grant-late")
	s.later(2 * time.Minute)
	s.must(second(s.desk.PassGrant(s.ctx(), late, nil)))
}

// What an agent may give ends at the amount of one grant, of the day and of the
// month; each begins anew when its time does.
func TestGrantsStayWithinTheLimits(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	s.refused(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-none", 1))), chat.Forbidden)
	s.limits(1000, 1500, 2000, ben)
	give := func(clientID string, amount int64) error {
		return second(s.desk.GiveGrant(s.ctx(), ben, credit(id, clientID, amount)))
	}
	s.refused(give("client-each", 1001), chat.Forbidden)
	s.must(give("client-first", 1000))
	s.must(give("client-first", 1000)) // the same one
	s.refused(give("client-day", 501), chat.Forbidden)
	s.must(give("client-rest", 500))
	s.refused(give("client-more", 1), chat.Forbidden)
	s.later(24 * time.Hour)
	s.refused(give("client-month", 501), chat.Forbidden)
	s.must(give("client-tomorrow", 500))
	s.later(24 * time.Hour)
	s.refused(give("client-again", 1), chat.Forbidden)
	s.later(15 * 24 * time.Hour)
	s.must(give("client-december", 1000))
	if sum := strings.Join(s.rows(`SELECT sum(amount) FROM goodwill`), ""); sum != "3000" {
		t.Errorf("given %s in all", sum)
	}
	e := s.last(id, chat.GrantWasGiven)
	if e.PublicSeq != 0 || e.Grant == nil || e.Grant.Amount != 1000 || e.Grant.Currency != "EUR" || e.Grant.By.Name != "Ben" || e.ByID != ben.ID {
		t.Errorf("event %+v", e)
	}
	for _, bad := range []chat.Grant{
		{Kind: "credit", Amount: 0, Reason: "late"}, {Kind: "credit", Amount: -5, Reason: "late"}, {Kind: "credit", Amount: chat.MaxAmount + 1, Reason: "late"},
		{Kind: "crown", Amount: 1, Reason: "late"}, {Kind: "gift", Amount: 2, Reason: "late"}, {Kind: "gift", Amount: 1, Reason: "mood"}, {Kind: "gift", Amount: 1, Reason: "other"},
	} {
		bad.ConversationID, bad.ClientID = id, chat.NewID()
		s.refused(second(s.desk.GiveGrant(s.ctx(), ben, bad)), chat.Invalid)
	}
	s.refused(second(s.desk.GiveGrant(s.ctx(), ben, credit(chat.NewID(), "client-lost", 1))), chat.NotFound)
}

// However many are given at once, the day's limit holds.
func TestGrantsAtOnceStayWithinTheLimits(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	s.limits(100, 300, 900, ben)
	var wg sync.WaitGroup
	for range 12 {
		_, id := s.chatting()
		wg.Go(func() { _, _ = s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-race", 100)) })
	}
	wg.Wait()
	if sum := strings.Join(s.rows(`SELECT sum(amount) || ' in ' || count(*) FROM goodwill`), ""); sum != "300 in 3" {
		t.Errorf("given %s", sum)
	}
}

// Limits count once the agent has agreed to them, and a change asks again; one's
// own limit stands instead of the role's, and whoever sets them has none.
func TestLimitsAreReadAndAgreedTo(t *testing.T) {
	s := newShop(t)
	ben, ada := s.agent("Ben", chat.AgentRole), s.agent("Ada B", chat.Admin)
	_, id := s.chatting()
	a := s.limits(1000, 1000, 1000)
	s.refused(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-one", 10))), chat.Forbidden)
	s.refused(s.desk.AgreeLimits(s.ctx(), ben, s.site.ID, a.Version+1), chat.Conflict)
	s.refused(s.desk.AgreeLimits(s.ctx(), ben, chat.NewID(), a.Version), chat.NotFound)
	s.must(s.desk.AgreeLimits(s.ctx(), ben, s.site.ID, a.Version))
	s.must(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-one", 10))))

	patient := *a
	patient.AnswerWithin = time.Minute
	same, err := s.desk.SetAuthority(s.ctx(), ada, patient)
	s.must(err)
	s.must(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-patient", 1)))) // is not asked again
	s.refused(second(s.desk.SetAuthority(s.ctx(), ada, *a)), chat.Conflict)
	patient.Version = same.Version
	own := patient
	own.Limits = append(slices.Clone(a.Limits), chat.Limit{Who: ben.ID, Kind: "credit", Each: 5, Day: 50, Month: 50})
	changed, err := s.desk.SetAuthority(s.ctx(), ada, own)
	s.must(err)
	s.refused(second(s.desk.SetAuthority(s.ctx(), ada, patient)), chat.Conflict)
	s.refused(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-two", 5))), chat.Forbidden)
	s.must(s.desk.AgreeLimits(s.ctx(), ben, s.site.ID, changed.Version))
	s.refused(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-two", 6))), chat.Forbidden)
	s.must(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-two", 5))))
	s.must(second(s.desk.GiveGrant(s.ctx(), ada, credit(id, "client-free", 1_000_000))))

	s.refused(second(s.desk.SetAuthority(s.ctx(), s.agent("Sue", chat.Supervisor), *changed)), chat.Forbidden)
	for name, spoil := range map[string]func(a *chat.Authority){
		"currency": func(a *chat.Authority) { a.Currency = "euro" },
		"limits": func(a *chat.Authority) {
			a.Limits = []chat.Limit{{Who: "agent", Kind: "credit", Each: 5, Day: 4, Month: 9}}
		},
		"negative": func(a *chat.Authority) { a.Limits = []chat.Limit{{Who: "agent", Kind: "credit", Each: -1}} },
		"nobody": func(a *chat.Authority) {
			a.Limits = []chat.Limit{{Who: chat.NewID(), Kind: "credit", Each: 1, Day: 1, Month: 1}}
		},
		"owner": func(a *chat.Authority) { a.Limits = []chat.Limit{{Who: "owner", Kind: "credit"}} },
		"kinds": func(a *chat.Authority) { a.Kinds = append(slices.Clone(a.Kinds), a.Kinds[0]) },
		"hour":  func(a *chat.Authority) { a.AnswerWithin = time.Hour },
	} {
		bad := *changed
		spoil(&bad)
		if _, err := s.desk.SetAuthority(s.ctx(), ada, bad); !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A limit counts in the unit and currency in which it was set: it does not live on
// as another amount, and neither does what was given within it.
func TestLimitsGoWithTheirUnit(t *testing.T) {
	s := newShop(t)
	ben, ana := s.agent("Ben", chat.AgentRole), s.agent("Ana", chat.Admin)
	_, id := s.chatting()
	a := s.limits(1000, 1000, 1000, ben)
	s.must(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-euros", 1000))))
	for _, step := range []struct {
		what, who string // whose limit is set with the change
		amount    int64
		change    func(a *chat.Authority)
	}{
		{"francs", ben.ID, 700, func(a *chat.Authority) { a.Currency = "CHF" }},
		{"days", string(chat.AgentRole), 7, func(a *chat.Authority) { a.Kinds[0].Unit = chat.UnitDays }},
	} {
		fresh := chat.Limit{Who: step.who, Kind: "credit", Each: step.amount, Day: step.amount, Month: step.amount}
		next := *a
		next.Kinds, next.Limits = slices.Clone(a.Kinds), append(slices.Clone(a.Limits), fresh)
		step.change(&next)
		var err error
		a, err = s.desk.SetAuthority(s.ctx(), ana, next)
		s.must(err)
		if !slices.Equal(a.Limits, []chat.Limit{fresh}) {
			t.Errorf("limits in %s: %+v", step.what, a.Limits)
		}
		s.must(s.desk.AgreeLimits(s.ctx(), ben, s.site.ID, a.Version))
		s.must(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-"+step.what, step.amount))))
	}
}

// A question goes to one supervisor after the other, each with their time; a
// restart loses no turn, and when nobody answers it becomes a promise.
func TestAQuestionIsPassedOnAndPromised(t *testing.T) {
	s := newShop(t)
	ben, sue, ada := s.agent("Ben", chat.AgentRole), s.agent("Sue", chat.Supervisor), s.agent("Ana", chat.Admin)
	_, id := s.chatting()
	there := []chat.AgentCard{s.cardOf(ben), s.cardOf(sue), s.cardOf(ada)}
	g, err := s.desk.AskGrant(s.ctx(), ben, credit(id, "client-ask", 5000), there)
	s.must(err)
	if g.State != chat.GrantAsked || g.AskedOf.ID != sue.ID || g.AnswerBy != s.now().Add(2*time.Minute) || g.Summary == "" {
		t.Fatalf("asked %+v", g)
	}
	if again, err := s.desk.AskGrant(s.ctx(), ben, credit(id, "client-ask", 5000), nil); err != nil || again.ID != g.ID {
		t.Errorf("asked twice: %+v %v", again, err)
	}
	s.later(119 * time.Second)
	if early, err := s.desk.PassGrant(s.ctx(), g.ID, there); err != nil || early != nil {
		t.Errorf("passed too early: %+v %v", early, err)
	}
	s.refused(second(s.desk.PromiseGrant(s.ctx(), ben, g.ID, s.word("client-word"))), chat.Conflict)
	s.restart()
	s.later(time.Second)
	due, err := s.store.DueGrants(s.ctx(), s.now())
	s.must(err)
	if !slices.Equal(due, []string{g.ID}) {
		t.Fatalf("due %v", due)
	}
	next, err := s.desk.PassGrant(s.ctx(), g.ID, there)
	s.must(err)
	if next.AskedOf.ID != ada.ID || !slices.Equal(next.Passed, []string{sue.ID}) {
		t.Errorf("passed to %+v", next)
	}
	s.later(2 * time.Minute)
	last, err := s.desk.PassGrant(s.ctx(), g.ID, there)
	s.must(err)
	if last.State != chat.GrantUnanswered || last.AnswerBy != 0 {
		t.Errorf("nobody left: %+v", last)
	}
	for range 2 {
		promised, err := s.desk.PromiseGrant(s.ctx(), ben, g.ID, s.word("client-word"))
		s.must(err)
		if p := s.last(id, chat.PromiseWasMade).Promise; promised.PromiseID != p.ID || p.Text != "Tell you about the credit" {
			t.Errorf("promised %+v", promised)
		}
	}
	s.refused(second(s.desk.PromiseGrant(s.ctx(), ben, g.ID, s.word("client-other"))), chat.Conflict)
	given, err := s.desk.DecideGrant(s.ctx(), sue, g.ID, desk.Decision{Yes: true, Words: "Of course."})
	s.must(err)
	if given.State != chat.GrantGiven || given.DecidedBy.Name != "Sue" {
		t.Errorf("late answer %+v", given)
	}
	var log []string
	s.must(s.store.AuditEntries(s.ctx(), func(e chat.AuditEntry) error {
		log = append(log, e.Action)
		if strings.Contains(e.Detail, "week") || strings.Contains(e.Detail, "course") {
			t.Errorf("words in the audit log: %+v", e)
		}
		return nil
	}))
	if got := strings.Join(log, " "); got != "grant.asked grant.asked grant.unanswered grant.given" {
		t.Errorf("audit log %s", got)
	}
	if facts := strings.Join(s.rows(`SELECT kind || ' ' || value FROM fact WHERE kind LIKE 'grant%' ORDER BY id`), ", "); facts != "grant.given 5000, grant.answered 240000" {
		t.Errorf("facts %s", facts)
	}
}

// word is what a customer is promised while nobody answers.
func (s *shop) word(clientID string) chat.Promise {
	return chat.Promise{ClientID: clientID, Whose: chat.Ours, Text: "Tell you about the credit", DueAt: s.now().Add(time.Hour)}
}

// Whoever looks after the team answers, but never their own question; an answer
// stands, and what was approved does not count towards the agent's own limit.
func TestSupervisorsDecide(t *testing.T) {
	s := newShop(t)
	ben, sue, pat := s.agent("Ben", chat.AgentRole), s.agent("Sue", chat.Supervisor), s.agent("Pat", chat.Supervisor)
	_, id := s.chatting()
	ask := func(who chat.Actor, clientID string) string {
		g, err := s.desk.AskGrant(s.ctx(), who, credit(id, clientID, 5000), []chat.AgentCard{s.cardOf(sue)})
		s.must(err)
		return g.ID
	}
	yes, no := desk.Decision{Yes: true}, desk.Decision{Words: "Offer the repair first."}
	first := ask(ben, "client-one")
	s.refused(second(s.desk.DecideGrant(s.ctx(), ben, first, yes)), chat.Forbidden)
	s.refused(second(s.desk.DecideGrant(s.ctx(), sue, first, desk.Decision{})), chat.Invalid)
	s.refused(second(s.desk.WithdrawGrant(s.ctx(), sue, first)), chat.Forbidden)
	for range 2 {
		g, err := s.desk.DecideGrant(s.ctx(), pat, first, no)
		s.must(err)
		if g.State != chat.GrantRefused || g.Words != no.Words || g.DecidedBy.ID != pat.ID {
			t.Errorf("refused %+v", g)
		}
	}
	s.refused(second(s.desk.DecideGrant(s.ctx(), sue, first, yes)), chat.Conflict)
	own := ask(sue, "client-own")
	s.refused(second(s.desk.DecideGrant(s.ctx(), sue, own, yes)), chat.Forbidden)
	back := ask(ben, "client-back")
	for range 2 {
		s.must(second(s.desk.WithdrawGrant(s.ctx(), ben, back)))
	}
	s.refused(second(s.desk.DecideGrant(s.ctx(), sue, back, yes)), chat.Conflict)
	s.refused(second(s.desk.DecideGrant(s.ctx(), sue, chat.NewID(), yes)), chat.NotFound)

	s.limits(100, 100, 100, ben)
	s.must(second(s.desk.DecideGrant(s.ctx(), sue, ask(ben, "client-high"), yes)))
	s.must(second(s.desk.GiveGrant(s.ctx(), ben, credit(id, "client-low", 100))))
	for i := range chat.MaxWaitingGrants - 1 { // one waits already
		ask(ben, "client-many-"+string(rune('a'+i)))
	}
	s.refused(second(s.desk.AskGrant(s.ctx(), ben, credit(id, "client-too-many", 1), nil)), chat.Conflict)
}

// Each change of what may be given stands in the audit log, also what is gone.
func TestChangesOfLimitsAreLogged(t *testing.T) {
	s := newShop(t)
	a := s.limits(100, 200, 300)
	a.AnswerWithin, a.Limits = time.Minute, nil
	a.Kinds = append(slices.Clone(a.Kinds[:2:2]), chat.GrantKind{Key: "repair", Name: "Repair", Nature: chat.Decision, Unit: chat.UnitNone})
	a.Kinds[0].Name = "Voucher"
	s.must(second(s.desk.SetAuthority(s.ctx(), s.agent("Ana", chat.Admin), *a)))
	var last string
	s.must(s.store.AuditEntries(s.ctx(), func(e chat.AuditEntry) error {
		last = e.Detail
		return nil
	}))
	want := `version 2, answer_within 1m0s, kind credit "Voucher" goodwill money, kind repair "Repair" decision none, ` +
		`no kind gift, no kind waive, no kind extend, no kind replace, no limit agent credit`
	if last != want {
		t.Errorf("logged %s", last)
	}
}

// A closing ends what waits for a supervisor, whoever closes.
func TestAClosingTakesQuestionsBack(t *testing.T) {
	s := newShop(t)
	ben, sue := s.agent("Ben", chat.AgentRole), s.agent("Sue", chat.Supervisor)
	for name, left := range map[string]bool{"agent": false, "customer": true} {
		who, id := s.chatting()
		asked, err := s.desk.AskGrant(s.ctx(), ben, credit(id, "client-asked-"+name, 5000), []chat.AgentCard{s.cardOf(sue)})
		s.must(err)
		s.must(second(s.desk.AskGrant(s.ctx(), ben, credit(id, "client-alone-"+name, 5000), nil)))
		if left {
			s.must(s.desk.Close(s.ctx(), who, id))
		} else {
			s.must(s.desk.Close(s.ctx(), ben, id))
		}
		if list, err := s.store.WaitingGrants(s.ctx(), s.site.ID); err != nil || len(list) != 0 {
			t.Errorf("closed by the %s: %+v wait: %v", name, list, err)
		}
		if e := s.last(id, chat.GrantWasWithdrawn); e.Grant == nil || e.Grant.State != chat.GrantWithdrawn || (e.ByID == ben.ID) == left {
			t.Errorf("closed by the %s: %+v", name, e)
		}
		s.refused(second(s.desk.DecideGrant(s.ctx(), sue, asked.ID, desk.Decision{Yes: true})), chat.Conflict)
	}
}

// A wish for other limits waits for whoever sets them.
func TestLimitsMayBeWishedOtherwise(t *testing.T) {
	s := newShop(t)
	ben, ada := s.agent("Ben", chat.AgentRole), s.agent("Ada", chat.Admin)
	w, err := s.desk.WishLimits(s.ctx(), ben, s.site.ID, "Ten euros would settle most parcels.")
	s.must(err)
	s.refused(second(s.desk.WishLimits(s.ctx(), ben, s.site.ID, "  ")), chat.Invalid)
	s.refused(s.desk.SettleWish(s.ctx(), ben, s.site.ID, w.ID), chat.Forbidden)
	s.refused(s.desk.SettleWish(s.ctx(), ada, chat.NewID(), w.ID), chat.NotFound)
	open, err := s.store.LimitWishes(s.ctx(), s.site.ID)
	s.must(err)
	if len(open) != 1 || open[0] != *w {
		t.Errorf("wishes %+v, want %+v", open, w)
	}
	for range 2 {
		s.must(s.desk.SettleWish(s.ctx(), ada, s.site.ID, w.ID))
	}
	if open, err = s.store.LimitWishes(s.ctx(), s.site.ID); err != nil || len(open) != 0 {
		t.Errorf("still %+v: %v", open, err)
	}
}
