package desk_test

import (
	"context"
	"slices"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// Who is asked to join answers beside who has it, and the customer hears who has come
// and who has left: all else is the team's own.
func TestAGuestJoinsAndLeaves(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, there := had(s)
	s.must(s.desk.Invite(s.ctx(), ann, id, desk.Handover{ToID: ben.ID, FromID: ann.ID, Note: "You know these lamps."}, there))
	if e := s.last(id, chat.GuestAsked); e.PublicSeq != 0 || e.AgentID != ben.ID || e.FromAgentID != ann.ID {
		t.Errorf("asked by %+v", e)
	}
	h, err := s.store.Handing(s.ctx(), id, ben.ID)
	if s.must(err); !h.Joins || h.Note != "You know these lamps." || h.From.ID != ann.ID {
		t.Errorf("Ben reads %+v", h)
	}
	s.refused(s.desk.Join(s.ctx(), noor, id), chat.Conflict)
	s.must(s.desk.Join(s.ctx(), ben, id))
	s.must(s.desk.Join(s.ctx(), ben, id))
	s.must(s.desk.Join(s.ctx(), ann, id))
	if r := s.row(id); r.AssigneeID != ann.ID || !r.Guests.Has(ben.ID) || r.Guests.Has(ann.ID) || r.OfferedTo != "" {
		t.Errorf("joined: %+v", r.Conversation)
	}
	if e := s.last(id, chat.GuestJoined); e.PublicSeq == 0 || e.AgentID != ben.ID || e.FromAgentID != ann.ID {
		t.Errorf("joined by %+v", e)
	}
	if list, err := s.store.Offers(s.ctx(), id); err != nil || len(list) != 0 {
		t.Errorf("left over: %+v, %v", list, err)
	}
	s.replies(ben, id, "guest-reply-1", "It is the switch.")
	if r := s.row(id); r.AssigneeID != ann.ID {
		t.Errorf("a guest's answer took it: %+v", r.Conversation)
	}
	s.refused(s.desk.Leave(s.ctx(), noor, id, ben.ID), chat.TakenByOther)
	s.must(s.desk.Leave(s.ctx(), ben, id, ben.ID))
	s.must(s.desk.Leave(s.ctx(), ann, id, ben.ID))
	if r := s.row(id); r.Guests != "" {
		t.Errorf("left: %+v", r.Conversation)
	}
	if e := s.last(id, chat.GuestLeft); e.PublicSeq == 0 || e.AgentID != ben.ID {
		t.Errorf("left by %+v", e)
	}
}

// Who is asked by a supervisor reads who that is, and whom they would help; so does the
// next of the team.
func TestASupervisorAsksForACustomersAgent(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, there := had(s)
	sam := s.agent("Sam", chat.Supervisor)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{ben.ID, noor.ID}}
	s.must(s.store.InsertTeam(s.ctx(), &team))
	reads := func(who, has, by string) {
		t.Helper()
		if h, err := s.store.Handing(s.ctx(), id, who); err != nil || h.From.ID != has || h.By.ID != by {
			t.Errorf("reads %+v, %v", h, err)
		}
	}
	s.must(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: ben.ID, FromID: ann.ID}, there))
	reads(ben.ID, ann.ID, ann.ID)
	s.must(s.desk.Decline(s.ctx(), ben, id, "", there))
	for _, ask := range []func(context.Context, chat.Actor, string, desk.Handover, []string) error{s.desk.Invite, s.desk.HandOver} {
		s.must(ask(s.ctx(), sam, id, desk.Handover{TeamID: team.ID, FromID: ann.ID}, there))
		reads(ben.ID, ann.ID, sam.ID)
		s.must(s.desk.Decline(s.ctx(), ben, id, "", there))
		reads(noor.ID, ann.ID, sam.ID)
		s.must(s.desk.Decline(s.ctx(), noor, id, "", there))
	}
}

// Who declined to join is not passed over when the conversation waits again.
func TestWhoDeclinedToJoinIsOfferedWhatWaitsAgain(t *testing.T) {
	s := newShop(t)
	ann, ben, _, id, there := had(s)
	s.must(s.desk.Invite(s.ctx(), ann, id, desk.Handover{ToID: ben.ID, FromID: ann.ID}, there))
	s.must(s.desk.Decline(s.ctx(), ben, id, "", there))
	s.must(s.desk.Release(s.ctx(), ann, id))
	if list, err := s.store.Offers(s.ctx(), id); err != nil || len(list) != 0 {
		t.Errorf("passed on it: %+v, %v", list, err)
	}
}

// An invitation that is declined, runs out or is taken back leaves everything as it
// was, and asking is for who has it; what is asked is no handover.
func TestAnInvitationThatIsNotFollowed(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, there := had(s)
	to := desk.Handover{ToID: ben.ID, FromID: ann.ID}
	s.refused(s.desk.Invite(s.ctx(), noor, id, to, there), chat.TakenByOther)
	s.refused(s.desk.Invite(s.ctx(), ann, id, to, nil), chat.Conflict)
	s.must(s.desk.Invite(s.ctx(), ann, id, to, there))
	s.refused(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: noor.ID, FromID: ann.ID}, there), chat.Conflict)
	s.must(s.desk.Decline(s.ctx(), ben, id, "I am with somebody.", there))
	if e := s.last(id, chat.GuestPassed); e.PublicSeq != 0 || e.Why != "declined" || e.FromAgentID != ann.ID {
		t.Errorf("declined as %+v", e)
	}
	if e := s.last(id, chat.NotePosted); e.ByID != ben.ID || e.Message.Text != "I am with somebody." {
		t.Errorf("the reason: %+v", e.Message)
	}
	s.refused(s.desk.Join(s.ctx(), ben, id), chat.Conflict)
	s.must(s.desk.Invite(s.ctx(), ann, id, to, there))
	s.must(s.desk.Recall(s.ctx(), ann, id))
	s.refused(s.desk.Join(s.ctx(), ben, id), chat.Conflict)
	s.must(s.desk.Invite(s.ctx(), ann, id, to, there))
	s.must(s.desk.Take(s.ctx(), ben, id, ann.ID))
	if e := s.last(id, chat.ConversationTaken); e.Handed() {
		t.Errorf("taken over by who was asked to join, and told as %q", e.Why)
	}
	if r := s.row(id); r.AssigneeID != ben.ID || r.Guests != "" || r.OfferedTo != "" {
		t.Errorf("taken over: %+v", r.Conversation)
	}
}

// A supervisor steps in unasked and who has it stays; a guest who takes it over is one
// no more, a closed conversation has none, and there is an end to them.
func TestGuestsComeToAnEnd(t *testing.T) {
	s := newShop(t)
	ann, ben, _, id, there := had(s)
	boss := s.agent("Sam", chat.Supervisor)
	s.must(s.desk.Join(s.ctx(), boss, id))
	if e := s.last(id, chat.GuestJoined); e.FromAgentID != "" || s.row(id).AssigneeID != ann.ID {
		t.Errorf("stepped in as %+v", e)
	}
	var log []string
	s.must(s.store.AuditEntries(s.ctx(), func(e chat.AuditEntry) error {
		log = append(log, e.By+" "+e.Action+" "+e.Object+" "+e.Detail)
		return nil
	}))
	if want := boss.ID + " conversation.stepped_in " + id + " " + ann.ID; !slices.Contains(log, want) {
		t.Errorf("the audit log has %q", log)
	}
	s.must(s.desk.Take(s.ctx(), boss, id, ann.ID))
	if r := s.row(id); r.Guests != "" || r.AssigneeID != boss.ID {
		t.Errorf("taken over by a guest: %+v", r.Conversation)
	}
	for range chat.MaxGuests {
		s.must(s.desk.Join(s.ctx(), s.agent("Kim", chat.Supervisor), id))
	}
	s.refused(s.desk.Join(s.ctx(), s.agent("Lee", chat.Supervisor), id), chat.Conflict)
	s.refused(s.desk.Invite(s.ctx(), boss, id, desk.Handover{ToID: ben.ID, FromID: boss.ID}, there), chat.Conflict)
	first := s.row(id).Guests.List()[0]
	for range 2 {
		_, err := s.desk.LeaveGone(s.ctx(), id, first)
		s.must(err)
	}
	if e := s.last(id, chat.GuestLeft); e.AgentID != first || e.By != chat.BySystem || e.Why == "" {
		t.Errorf("gone: %+v", e)
	}
	s.must(s.desk.Release(s.ctx(), boss, id))
	s.refused(s.desk.Join(s.ctx(), s.agent("Max", chat.Supervisor), id), chat.Conflict)
	s.must(s.desk.Close(s.ctx(), ann, id))
	if r := s.row(id); r.Guests != "" {
		t.Errorf("closed with %q", r.Guests)
	}
	s.refused(s.desk.Join(s.ctx(), boss, id), chat.AlreadyClosed)
}

// What is nobody's has no guests: its customer hears that they have left, before who
// had it, whichever way it goes back into the queue.
func TestGuestsLeaveWhatNobodyHas(t *testing.T) {
	for way, goes := range map[string]func(s *shop, ann chat.Actor, id string) error{
		"released": func(s *shop, ann chat.Actor, id string) error { return s.desk.Release(s.ctx(), ann, id) },
		"promised": func(s *shop, ann chat.Actor, id string) error {
			return s.desk.PromiseAnswer(s.ctx(), ann, id, ann.ID, false)
		},
		"lost": func(s *shop, ann chat.Actor, id string) error {
			_, err := s.desk.Requeue(s.ctx(), id, ann.ID)
			return err
		},
	} {
		t.Run(way, func(t *testing.T) {
			s := newShop(t)
			ann, _, _, id, _ := had(s)
			guests := []chat.Actor{s.agent("Kim", chat.Supervisor), s.agent("Lee", chat.Supervisor)}
			for _, guest := range guests {
				s.must(s.desk.Join(s.ctx(), guest, id))
			}
			s.must(goes(s, ann, id))
			r, left, released := s.row(id), s.last(id, chat.GuestLeft), s.last(id, chat.ConversationReleased)
			if r.State != chat.Waiting || r.Guests != "" {
				t.Errorf("it is %s with the guests %q", r.State, r.Guests)
			}
			if left.AgentID != guests[1].ID || left.PublicSeq == 0 || left.Seq != released.Seq-1 {
				t.Errorf("left as %+v, before %d", left, released.Seq)
			}
		})
	}
}
