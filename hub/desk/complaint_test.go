package desk_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// everyComplaint makes each event of a complaint.
func (s *shop) everyComplaint(ben chat.Actor, id string) {
	s.Helper()
	s.must(second(s.desk.OpenTrack(s.ctx(), ben, id)))
	s.must(second(s.desk.StageTrack(s.ctx(), ben, id, chat.StageListen, chat.PromptDone)))
	s.must(second(s.desk.DropTrack(s.ctx(), ben, id)))
}

// complains is a customer who is angry about a parcel.
func (s *shop) complains() (chat.Actor, string) {
	s.Helper()
	who := s.visitor()
	p := s.says(who, chat.NewID(), "client-first", "This is unacceptable! My bowl arrived broken and nobody answers me.")
	return who, p.Message.ConversationID
}

func (s *shop) track(id string) *chat.Track {
	s.Helper()
	r := s.row(id)
	k, err := s.store.LatestTrack(s.ctx(), id, r.MatterID)
	s.must(err)
	if k == nil {
		s.Fatal("there is no track")
	}
	return k
}

// A complaint goes through its seven stages by what happens: opened, listened to,
// said back, solved, confirmed, closed with its cause, followed up.
func TestAComplaintFromStartToFollowUp(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.complains()
	if r := s.row(id); r.Complaint != chat.ReadComplaint || r.Rank() != int64(r.WaitingSince)-chat.ComplaintHeadStart {
		t.Errorf("waiting complaint %+v", r)
	}
	k, err := s.desk.OpenTrack(s.ctx(), ben, id)
	s.must(err)
	if again, err := s.desk.OpenTrack(s.ctx(), ben, id); err != nil || again.ID != k.ID || !k.Hard || k.Stage() != chat.StageListen {
		t.Errorf("opened %+v, again %+v, %v", k, again, err)
	}
	s.replies(ben, id, "client-hello", "I'm so sorry, that must be really frustrating. What happened when it arrived?")
	s.at(id, chat.StageRecord)
	s.says(who, id, "client-facts", "The box was open and the bowl in two pieces.")
	s.answers(who, s.sends(ben, s.summary(id, "client-sum", "The bowl came broken and nobody answered you.")), chat.CardAnswer{Choice: chat.Confirm})
	s.at(id, chat.StageExpect)
	s.replies(ben, id, "client-expect", "What would you like us to do to make it right?")
	s.says(who, id, "client-wish", "I want a new bowl before Friday.")
	if k := s.track(id); k.Expectation != "I want a new bowl before Friday." || k.Stage() != chat.StageSolve {
		t.Errorf("asked and answered: %+v", k)
	}
	s.answers(who, s.sends(ben, s.proposal(id, "client-offer")), chat.CardAnswer{Choice: chat.Accept, Option: "lamp"})
	if k := s.track(id); k.Solution == "" || k.Stage() != chat.StageConfirm {
		t.Errorf("accepted: %+v", k)
	}
	for _, p := range s.owed(id) {
		s.must(second(s.desk.KeepPromise(s.ctx(), ben, p.ID, "", "")))
	}
	yes := chat.SolvedYes
	_, err = s.desk.GiveFeedback(s.ctx(), who, id, chat.FeedbackChange{Solved: &yes})
	s.must(err)
	s.at(id, chat.StageFollowUp)

	s.refused(s.desk.Close(s.ctx(), ben, id), chat.CauseMissing)
	none, cause := "shelf", "product"
	s.refused(second(s.desk.RecordTrack(s.ctx(), ben, id, chat.TrackRecord{RootCause: &none})), chat.Invalid)
	s.must(second(s.desk.RecordTrack(s.ctx(), ben, id, chat.TrackRecord{RootCause: &cause})))
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.refused(second(s.desk.DropTrack(s.ctx(), ben, id)), chat.Conflict)
	p := s.owed(id)
	if len(p) != 1 || p[0].Kind != chat.FollowUpPromise || p[0].Owner.ID != ben.ID || p[0].RemindAt == 0 {
		t.Fatalf("promised %+v", p)
	}
	// The clock stands at a Saturday: it is followed up on Monday.
	if due := p[0].DueAt.Std(); due.Weekday() != time.Monday || due.Hour() != 10 {
		t.Errorf("due %s", due)
	}
	s.refused(second(s.desk.DropPromise(s.ctx(), ben, p[0].ID, "No time.")), chat.Forbidden)
	s.must(second(s.desk.KeepPromise(s.ctx(), ben, p[0].ID, "client-asked", "Good morning! Is the new bowl still in one piece?")))
	if k := s.track(id); k.State != chat.TrackEnded || k.Stage() != "" || k.EndedAt == 0 {
		t.Errorf("followed up: %+v", k)
	}
	if r := s.row(id); r.Complaint == chat.TrackedComplaint {
		t.Errorf("the row still says %q", r.Complaint)
	}
	s.must(s.desk.Close(s.ctx(), ben, id))
	if left := s.owed(id); len(left) != 0 {
		t.Errorf("another follow-up of what was followed up: %+v", left)
	}
}

// at fails unless the complaint is at this stage.
func (s *shop) at(id string, stage chat.Stage) {
	s.Helper()
	if k := s.track(id); k.Stage() != stage {
		s.Errorf("at %q, want %q: %+v", k.Stage(), stage, k.Marks)
	}
}

// owed are the promises that are open in a conversation.
func (s *shop) owed(id string) (open []chat.Promise) {
	s.Helper()
	list, err := s.store.Promises(s.ctx(), id)
	s.must(err)
	for _, p := range list {
		if p.State == chat.PromiseIsOpen {
			open = append(open, p)
		}
	}
	return open
}

// What is not solved yet opens the track again; the follow-up that is promised
// stands, survives closing twice, and a supervisor may give it up with a reason.
func TestAComplaintThatIsNotSolvedYet(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.Supervisor)
	who, id := s.complains()
	s.must(second(s.desk.OpenTrack(s.ctx(), ben, id)))
	s.replies(ben, id, "client-hello", "Hello, I am looking into it.")
	for _, stage := range []chat.Stage{chat.StageSolve, chat.StageConfirm} {
		s.must(second(s.desk.StageTrack(s.ctx(), ben, id, stage, chat.PromptDone)))
	}
	s.refused(second(s.desk.StageTrack(s.ctx(), ben, id, chat.StageFollowUp, chat.PromptDone)), chat.Conflict)
	s.refused(second(s.desk.StageTrack(s.ctx(), ben, id, "shout", chat.PromptDone)), chat.Invalid)
	skipped := "They left before we knew."
	s.must(second(s.desk.RecordTrack(s.ctx(), ben, id, chat.TrackRecord{CauseSkipped: &skipped})))
	s.must(s.desk.Close(s.ctx(), ben, id))
	first := s.owed(id)
	notYet := chat.SolvedNotYet
	_, err := s.desk.GiveFeedback(s.ctx(), who, id, chat.FeedbackChange{Solved: &notYet})
	s.must(err)
	k := s.track(id)
	if r := s.row(id); r.State != chat.Open || k.Settled(chat.StageSolve) || k.Settled(chat.StageConfirm) || r.Rank() != int64(r.WaitingSince)-chat.ComplaintHeadStart {
		t.Errorf("reopened %+v, %+v", r, k)
	}
	s.must(s.desk.CloseWith(s.ctx(), ben, id, desk.Parting{Why: "It is done."}))
	if again := s.owed(id); len(first) != 1 || len(again) != 1 || again[0].ID != first[0].ID {
		t.Errorf("follow-ups %+v, then %+v", first, again)
	}
	s.must(second(s.desk.DropPromise(s.ctx(), noor, first[0].ID, "They asked us not to write again.")))
	if k := s.track(id); k.State != chat.TrackEnded || k.Mark(chat.StageFollowUp).State != chat.PromptNotNeeded {
		t.Errorf("given up: %+v", k)
	}
	_, err = s.desk.GiveFeedback(s.ctx(), who, id, chat.FeedbackChange{Solved: ptr(chat.SolvedYes)})
	s.must(err)
	_, err = s.desk.GiveFeedback(s.ctx(), who, id, chat.FeedbackChange{Solved: ptr(chat.SolvedNotYet)})
	s.must(err)
	if k := s.track(id); k.State != chat.TrackOpen || k.FollowUpID != "" {
		t.Errorf("not solved after the follow-up: %+v", k)
	}
}

func ptr[T any](v T) *T { return &v }

// Customers may leave without a cause; they are followed up all the same, by
// whoever opened the track. What was dropped is no complaint any more.
func TestACustomerLeavesAComplaint(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.complains()
	s.must(second(s.desk.OpenTrack(s.ctx(), ben, id)))
	s.must(s.desk.Close(s.ctx(), who, id))
	if p := s.owed(id); len(p) != 1 || p[0].Kind != chat.FollowUpPromise || p[0].Owner.ID != ben.ID {
		t.Errorf("promised %+v", p)
	}
	s.refused(second(s.desk.OpenTrack(s.ctx(), who, id)), chat.Forbidden)

	_, other := s.chatting()
	s.refused(second(s.desk.StageTrack(s.ctx(), ben, other, chat.StageListen, chat.PromptDone)), chat.NotFound)
	k, err := s.desk.OpenTrack(s.ctx(), ben, other)
	s.must(err)
	if r := s.row(other); r.Complaint != chat.TrackedComplaint {
		t.Errorf("row %+v", r)
	}
	s.must(second(s.desk.DropTrack(s.ctx(), ben, other)))
	s.must(s.desk.Close(s.ctx(), ben, other))
	if p := s.owed(other); len(p) != 0 {
		t.Errorf("a follow-up of none: %+v", p)
	}
	s.refused(second(s.desk.OpenTrack(s.ctx(), ben, other)), chat.AlreadyClosed)
	s.must(s.desk.Reopen(s.ctx(), ben, other))
	if again, err := s.desk.OpenTrack(s.ctx(), ben, other); err != nil || again.ID != k.ID || again.State != chat.TrackOpen {
		t.Errorf("opened again %+v, %v", again, err)
	}
	facts := s.rows(`SELECT kind FROM fact WHERE kind LIKE 'complaint.%' ORDER BY id`)
	if len(facts) != 3 {
		t.Errorf("facts %v", facts)
	}
}
