package desk_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/desk"
)

// followed is a complaint that was closed with its cause and followed up.
func (s *shop) followed() (who, ben chat.Actor, id string) {
	s.Helper()
	ben = s.agent("Ben", chat.AgentRole)
	who, id = s.complains()
	s.must(second(s.desk.OpenTrack(s.ctx(), ben, id)))
	s.replies(ben, id, "client-hello", "Hello, a new bowl is on its way.")
	s.must(second(s.desk.RecordTrack(s.ctx(), ben, id, chat.TrackRecord{RootCause: ptr("product")})))
	s.must(s.desk.Close(s.ctx(), ben, id))
	for _, p := range s.owed(id) {
		s.must(second(s.desk.KeepPromise(s.ctx(), ben, p.ID, "", "")))
	}
	return who, ben, id
}

// Where "not yet" about a complaint that was followed up opens no conversation,
// somebody is reminded of it all the same, once.
func TestNotYetAfterTheFollowUpIsPromisedAnother(t *testing.T) {
	for name, meanwhile := range map[string]func(s *shop, who chat.Actor){
		"after the window": func(s *shop, _ chat.Actor) { s.later(desk.ReopenWindow + time.Hour) },
		"beside a newer": func(s *shop, who chat.Actor) {
			s.later(time.Hour)
			s.says(who, chat.NewID(), "client-new", "I have a question about my invoice.")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			who, ben, id := s.followed()
			meanwhile(s, who)
			for _, word := range []chat.Solved{chat.SolvedNotYet, chat.SolvedYes, chat.SolvedNotYet} {
				s.must(second(s.desk.GiveFeedback(s.ctx(), who, id, chat.FeedbackChange{Solved: ptr(word)})))
			}
			k, owed := s.track(id), s.owed(id)
			if r := s.row(id); r.State != chat.Closed || k.State != chat.TrackOpen {
				t.Fatalf("the conversation is %s, the track %s", r.State, k.State)
			}
			if len(owed) != 1 || owed[0].ID != k.FollowUpID || owed[0].Owner.ID != ben.ID || owed[0].RemindAt == 0 {
				t.Errorf("promised %+v for %+v", owed, k)
			}
		})
	}
}

// The track says when the follow-up is due, and only moving the promise changes it.
func TestAFollowUpIsMovedByItsPromise(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.complains()
	s.must(second(s.desk.OpenTrack(s.ctx(), ben, id)))
	first, later := s.now().Add(24*time.Hour), s.now().Add(72*time.Hour)
	s.must(second(s.desk.RecordTrack(s.ctx(), ben, id, chat.TrackRecord{RootCause: ptr("product"), FollowUpAt: &first})))
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.refused(second(s.desk.RecordTrack(s.ctx(), ben, id, chat.TrackRecord{FollowUpAt: &later})), chat.Invalid)
	if k := s.track(id); k.FollowUpAt != first {
		t.Errorf("due at %d, want %d", k.FollowUpAt, first)
	}
	s.must(second(s.desk.MovePromise(s.ctx(), ben, s.owed(id)[0].ID, desk.Moving{ClientID: "client-move", DueAt: later, Why: "They are away."})))
	if k := s.track(id); k.FollowUpAt != later {
		t.Errorf("moved to %d, want %d", k.FollowUpAt, later)
	}
	if e := s.last(id, chat.ComplaintStaged); e.Track.FollowUpAt != later || e.ByID != ben.ID {
		t.Errorf("told %+v", e.Track)
	}
}

// What was no complaint after all is what it was before, and is read on; what an
// agent has said of it stands.
func TestWhatWasNoComplaintIsReadOn(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.visitor(), chat.NewID()
	s.says(who, id, "client-1", "When do you open tomorrow?")
	before := s.matter(id).Type
	again := func() {
		s.Helper()
		s.must(second(s.desk.OpenTrack(s.ctx(), ben, id)))
		if got := s.matter(id).Type; got != chat.Complaint {
			t.Fatalf("a track on a %q", got)
		}
		s.says(who, id, chat.NewID(), "Could you also send me the invoice?")
		s.must(second(s.desk.DropTrack(s.ctx(), ben, id)))
	}
	again()
	if got, r := s.matter(id).Type, s.row(id); got != before || before == chat.Complaint || r.Complaint != chat.NoComplaint {
		t.Errorf("it was a %q and is a %q, queued as %q", before, got, r.Complaint)
	}
	s.says(who, id, "client-2", "This is unacceptable! My bowl arrived broken and nobody answers me.")
	if got := s.matter(id).Type; got != chat.Complaint {
		t.Errorf("it is not read on: %q", got)
	}
	s.must(s.desk.Correct(s.ctx(), ben, id, cycle.Correction{Type: ptr(chat.Question)}))
	again()
	s.says(who, id, "client-3", "This is unacceptable, I want to complain.")
	if got := s.matter(id).Type; got != chat.Question {
		t.Errorf("an agent's word became %q", got)
	}
}

// Closing asks for the cause of each complaint, and its answers reach all of them;
// one that is known can be put right all the while.
func TestTheCausesOfTwoComplaints(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.complains()
	first, err := s.desk.OpenTrack(s.ctx(), ben, id)
	s.must(err)
	s.must(s.desk.Close(s.ctx(), who, id)) // without a cause, with a follow-up
	s.must(s.desk.Reopen(s.ctx(), ben, id))
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, "The invoice is wrong too", ""))
	latest, err := s.desk.OpenTrack(s.ctx(), ben, id)
	s.must(err)
	answer := func(cause string) string {
		s.Helper()
		s.refused(s.desk.Close(s.ctx(), ben, id), chat.CauseMissing)
		day := s.now().Add(24 * time.Hour)
		k, err := s.desk.RecordTrack(s.ctx(), ben, id, chat.TrackRecord{RootCause: &cause, CauseSkipped: ptr(""), FollowUpAt: &day})
		s.must(err)
		return k.ID
	}
	if got := answer("price"); got != latest.ID {
		t.Errorf("the first answer went to %s, want the current one", got)
	}
	k, err := s.desk.RecordTrack(s.ctx(), ben, id, chat.TrackRecord{RootCause: ptr("service")})
	if s.must(err); k.ID != latest.ID {
		t.Errorf("what was put right went to %s", k.ID)
	}
	if got := answer("delivery"); got != first.ID {
		t.Errorf("the second answer went to %s, want the one without a cause", got)
	}
	s.must(s.desk.Close(s.ctx(), ben, id))
	if owed := s.owed(id); len(owed) != 2 {
		t.Errorf("promised %+v", owed)
	}
}
