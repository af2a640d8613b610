package dispatch_test

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

func offers(r *chat.Routing)  { r.Mode = chat.RouteOffer }
func assigns(r *chat.Routing) { r.Mode = chat.RouteAssign }

// An offer goes from one to the next, and rests with nobody left; a minute later it
// begins again.
func TestAnOfferGoesOn(t *testing.T) {
	w := newWorld(t, offers)
	ana, ben := w.agent("Ana"), w.agent("Ben")
	id := w.writes(w.customer(), "Where is my parcel?")
	w.step()
	first := w.row(id).OfferedTo
	second := map[string]string{ana: ben, ben: ana}[first]
	if told := w.lastTold(first); told.Offer == nil || told.Offer.ConversationID != id || told.Offer.Text != "Where is my parcel?" || told.Offer.Why == "" {
		t.Fatalf("told %+v", told)
	}
	w.must(w.desk.Decline(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: first}, id, "", nil))
	w.step()
	if got := w.row(id).OfferedTo; got != second {
		t.Fatalf("declined, it is offered to %q", got)
	}
	if w.lastTold(first).Offer != nil {
		t.Error("who declined still has it on the screen")
	}
	w.wait(31 * time.Second)
	if r := w.row(id); r.OfferedTo != "" || r.State != chat.Waiting {
		t.Fatalf("with nobody left it is %s, offered to %q", r.State, r.OfferedTo)
	}
	w.wait(60 * time.Second)
	if got := w.row(id).OfferedTo; got != first {
		t.Errorf("after a minute it is offered to %q, not to who passed on it first", got)
	}
	w.must(w.desk.Take(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: first}, id, ""))
	w.step()
	if left, err := w.store.Offers(w.ctx(), ""); err != nil || len(left) != 0 {
		t.Errorf("taken, and left are %+v, %v", left, err)
	}
}

// What is assigned is theirs at once, told with the reason, and no more than they
// have room for.
func TestAssignmentFillsTheRoomAndNoMore(t *testing.T) {
	w := newWorld(t, assigns)
	ana := w.agent("Ana", func(a *chat.Agent) { a.Work.Capacity = 2 })
	var ids []string
	for range 3 {
		ids = append(ids, w.writes(w.customer(), "Hello"))
		w.clock.Add(10)
	}
	w.step()
	if r := w.row(ids[0]); r.AssigneeID != ana || r.LastAgentID != ana {
		t.Fatalf("the first is %q's", r.AssigneeID)
	}
	if told := w.lastTold(ana); told.Offer == nil || told.Offer.Until != 0 {
		t.Errorf("told %+v", told)
	}
	if r := w.row(ids[2]); r.State != chat.Waiting {
		t.Fatalf("beyond her room she has %s", r.State)
	}
	w.must(w.desk.Close(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: ana}, ids[0]))
	w.step()
	if r := w.row(ids[2]); r.AssigneeID != ana {
		t.Errorf("with room again, it is %q's", r.AssigneeID)
	}
	events, err := w.store.EventsAfter(w.ctx(), ids[0], 0)
	w.must(err)
	for _, e := range events {
		if e.Type == chat.ConversationTaken && (e.By != chat.BySystem || !strings.Contains(e.Why, "only one")) {
			t.Errorf("assigned by %s, because %q", e.By, e.Why)
		}
	}
}

// Nobody gets anything who is away, spared, writing up, absent or not connected.
func TestOnlyThoseWhoTakePart(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode, r.WrapUpSeconds = chat.RouteAssign, 60 })
	ana := w.agent("Ana")
	first := w.writes(w.customer(), "Hello")
	w.step()
	w.must(w.desk.Close(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: ana}, first))
	id := w.writes(w.customer(), "Hello")
	nobody := func(why string) {
		t.Helper()
		w.step()
		if got := w.row(id).AssigneeID; got != "" {
			t.Errorf("%s, and it is theirs", why)
		}
	}
	nobody("still writing up")
	w.says(ana, chat.Away)
	w.wait(61 * time.Second)
	nobody("away")
	w.says(ana, chat.Online)
	_, err := w.desk.SetAbsence(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: ana}, chat.Absence{AgentID: ana, Until: w.now().Add(time.Hour)})
	w.must(err)
	w.vanishes(ana)
	w.reload()
	w.says(ana, chat.Online)
	nobody("absent")
	w.must(w.desk.EndAbsence(w.ctx(), ana))
	w.reload()
	if got := w.row(id).AssigneeID; got != ana {
		t.Errorf("there again, it is %q's", got)
	}
}

// A returning customer finds who they spoke with, and somebody else where that one
// is not there.
func TestAReturningCustomer(t *testing.T) {
	w := newWorld(t, assigns)
	ana, ben := w.agent("Ana"), w.agent("Ben")
	ada := w.customer()
	first := w.writes(ada, "Hello")
	w.step()
	had := w.row(first).AssigneeID
	other := map[string]string{ana: ben, ben: ana}[had]
	again := func() string {
		w.must(w.desk.Close(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: w.row(first).AssigneeID}, first))
		w.clock.Add(time.Minute.Milliseconds())
		w.writes(w.customer(), "Busy, "+chat.NewID()) // the turn would be the other's
		w.step()
		_, err := w.desk.Post(w.ctx(), ada, desk.Posting{ConversationID: first, ClientID: chat.NewID(), Text: "It broke again, can you help me?"})
		w.must(err)
		w.step()
		return w.row(first).AssigneeID
	}
	if got := again(); got != had {
		t.Errorf("came back to %q, was with %q", got, had)
	}
	w.says(had, chat.Away)
	if got := again(); got != other {
		t.Errorf("came back to %q, and there is %q", got, other)
	}
}

// Who vanishes loses nothing within the grace, and after it everything that is
// under way goes to the front, told to the customer, for somebody else to have.
func TestAnAgentVanishes(t *testing.T) {
	w := newWorld(t, assigns)
	ana := w.agent("Ana")
	id, quiet := w.writes(w.customer(), "Hello"), w.writes(w.customer(), "An old question")
	w.step()
	_, err := w.desk.Post(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: ana}, desk.Posting{ConversationID: quiet, ClientID: chat.NewID(), Kind: chat.Reply, Text: "We write to you next week."})
	w.must(err)
	w.clock.Add(time.Hour.Milliseconds())
	ben := w.agent("Ben")
	w.says(ben, chat.Away)
	w.vanishes(ana)
	w.wait(110 * time.Second)
	if got := w.row(id).AssigneeID; got != ana {
		t.Fatalf("within the grace it is %q's", got)
	}
	w.says(ana, chat.Online)
	w.wait(10 * time.Second)
	w.vanishes(ana)
	w.restart()
	w.wait(110 * time.Second)
	if got := w.row(id).AssigneeID; got != ana {
		t.Fatalf("who came back, and the server with them, has a grace of their own: it is %q's", got)
	}
	w.writes(w.customer(), "I came much later")
	w.wait(20 * time.Second)
	rows, _, err := w.store.Rows(w.ctx(), pageOfQueue(w.site.ID))
	w.must(err)
	if len(rows) != 2 || rows[0].ID != id {
		t.Fatalf("the queue is %+v", rows)
	}
	if got := w.row(quiet).AssigneeID; got != ana {
		t.Errorf("what waits for nobody was taken from her, for %q", got)
	}
	events, err := w.store.EventsAfter(w.ctx(), id, 0)
	w.must(err)
	if e := events[len(events)-1]; e.Type != chat.ConversationReleased || e.AgentID != ana || chat.Audiences[e.Type] != chat.Everyone {
		t.Errorf("the customer hears %+v", e)
	}
	w.says(ben, chat.Online)
	w.step()
	if got := w.row(id).AssigneeID; got != ben {
		t.Errorf("it is %q's", got)
	}
}

// Complaints and customers with a head start come first; who has waited longer than
// every head start comes before them.
func TestTheQueueIsDealtInItsOrder(t *testing.T) {
	w := newWorld(t, func(r *chat.Routing) { r.Mode, r.VIPSegments = chat.RouteAssign, []string{"existing"} })
	plain := w.writes(w.customer(), "Hello, a question about sizes")
	w.clock.Add(1000)
	vip := w.writes(w.customer(func(p *chat.Person) { p.Segment = "existing" }), "Hello, a question about colours")
	w.clock.Add(1000)
	ana := w.agent("Ana", func(a *chat.Agent) { a.Work.Capacity = 1 })
	w.step()
	if w.row(vip).AssigneeID != ana || w.row(plain).State != chat.Waiting {
		t.Errorf("first went %q", w.row(plain).AssigneeID)
	}
}

// An offer that lapses goes to the next, and stays there: what is heard of the lapse
// afterwards is not about them.
func TestALapseIsNotTheNextOnes(t *testing.T) {
	w := newWorld(t, offers)
	for _, name := range []string{"Ana", "Ben", "Noor"} {
		w.agent(name)
	}
	id := w.writes(w.customer(), "Where is my parcel?")
	w.step()
	first := w.row(id).OfferedTo
	w.wait(32 * time.Second)
	if second := w.row(id).OfferedTo; second == "" || second == first {
		t.Fatalf("offered to %q after %q", second, first)
	}
	w.wait(5 * time.Second)
	if n := w.tries.Load(); n != 2 {
		t.Errorf("it was offered %d times to two", n)
	}
}

// What somebody took meanwhile is read again by itself, and not everything with it.
func TestAMissReadsOneConversation(t *testing.T) {
	w := newWorld(t, assigns)
	ana, ben := w.agent("Ana"), w.agent("Ben")
	w.vanishes(ana)
	w.vanishes(ben)
	id, other := w.writes(w.customer(), "Hello"), w.writes(w.customer(), "Hello")
	w.step()
	w.deaf = true
	w.must(w.desk.Take(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: ben}, id, ""))
	before := w.recall.Load()
	w.says(ana, chat.Online)
	w.wait(2 * time.Second)
	if w.row(id).AssigneeID != ben || w.row(other).AssigneeID != ana {
		t.Errorf("they are %q's and %q's", w.row(id).AssigneeID, w.row(other).AssigneeID)
	}
	if n := w.recall.Load() - before; n != 0 {
		t.Errorf("everything was read %d times", n)
	}
}

// What sleeps or is erased leaves room at once, and what wakes takes it.
func TestRoomFollowsWhatIsHeld(t *testing.T) {
	w := newWorld(t, assigns)
	ana := w.agent("Ana", func(a *chat.Agent) { a.Work.Capacity = 1 })
	by := chat.Actor{Kind: chat.ByAgent, ID: ana, Role: chat.Owner}
	ada := w.customer()
	first := w.writes(ada, "Hello")
	w.step()
	w.must(w.desk.Snooze(w.ctx(), by, first, w.now().Add(time.Hour)))
	second := w.writes(w.customer(), "Hello")
	w.step()
	if got := w.row(second).AssigneeID; got != ana {
		t.Fatalf("while the first sleeps the second is %q's", got)
	}
	_, err := w.desk.Post(w.ctx(), ada, desk.Posting{ConversationID: first, ClientID: chat.NewID(), Text: "It broke again"})
	w.must(err)
	w.must(w.desk.Close(w.ctx(), by, second))
	third := w.writes(w.customer(), "Hello")
	w.step()
	if got := w.row(third).AssigneeID; got != "" {
		t.Errorf("while she has the first again the third is %q's", got)
	}
	_, err = w.desk.ErasePerson(w.ctx(), by, ada.ID, chat.EraseAsked)
	w.must(err)
	w.step()
	if got := w.row(third).AssigneeID; got != ana {
		t.Errorf("with the first erased the third is %q's", got)
	}
}

// What an agent splits off and keeps fills their room at once.
func TestRoomIsFilledByWhatIsSplitOff(t *testing.T) {
	w := newWorld(t, assigns)
	ana := w.agent("Ana", func(a *chat.Agent) { a.Work.Capacity = 2 })
	by := chat.Actor{Kind: chat.ByAgent, ID: ana, Role: chat.Owner}
	first := w.writes(w.customer(), "Hello")
	w.step()
	aside := chat.NewID()
	w.must(w.desk.Split(w.ctx(), by, first, desk.Splitting{ID: aside, Need: "An invoice", From: ana}, nil))
	next := w.writes(w.customer(), "Hello")
	w.step()
	if got := w.row(next).AssigneeID; got != "" {
		t.Errorf("with two in her hands the next is %q's", got)
	}
	w.must(w.desk.Close(w.ctx(), by, aside))
	w.step()
	if got := w.row(next).AssigneeID; got != ana {
		t.Errorf("with one in her hands the next is %q's", got)
	}
}

// Outside their hours nothing comes to anybody by itself, who takes what they like.
func TestNothingComesOutsideOnesHours(t *testing.T) {
	w := newWorld(t, assigns) // on a Saturday
	day := chat.Periods{{Open: 9 * 60, Close: 17 * 60}}
	ana := w.agent("Ana", func(a *chat.Agent) {
		a.Work.Hours = chat.Hours{Kept: true, Zone: "UTC", Week: chat.Week{nil, day, day, day, day, day, nil}}
	})
	id, taken := w.writes(w.customer(), "Hello"), w.writes(w.customer(), "Hello")
	w.step()
	if got := w.row(id).AssigneeID; got != "" {
		t.Errorf("on a Saturday it is %q's", got)
	}
	w.must(w.desk.Take(w.ctx(), chat.Actor{Kind: chat.ByAgent, ID: ana}, taken, ""))
	w.clock.Add((48 * time.Hour).Milliseconds())
	w.reload()
	if got := w.row(id).AssigneeID; got != ana {
		t.Errorf("on Monday it is %q's", got)
	}
}
