package desk_test

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// away sets an absence and hands on what falls into it, as the job does.
func (s *shop) away(who chat.Actor, until chat.Time, to string) *chat.Absence {
	s.Helper()
	a, err := s.desk.SetAbsence(s.ctx(), who, chat.Absence{AgentID: who.ID, ToID: to, Until: until})
	s.must(err)
	s.handOn()
	return a
}

// handOn runs the job once and returns how many promises it handed on.
func (s *shop) handOn() (n int) {
	s.Helper()
	list, err := s.store.StrandedPromises(s.ctx(), s.now())
	s.must(err)
	for _, id := range list {
		for range 2 { // the second changes nothing
			p, err := s.desk.HandOn(s.ctx(), id)
			s.must(err)
			if p != nil {
				n++
			}
		}
	}
	return n
}

func (s *shop) promise(id string) chat.Promise {
	s.Helper()
	p, err := s.store.Promise(s.ctx(), id)
	s.must(err)
	return *p
}

// What is due while its owner is away goes to the colleague who was named, once
// and over a restart, with a line for the team; the rest stays, and ending the
// absence gives nothing back.
func TestAnAbsenceHandsOn(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	_, id := s.chatting()
	s.replies(ben, id, "client-hello", "Hello!")
	due, after := s.promises(ben, id, "client-due", 2*time.Hour), s.promises(ben, id, "client-after", 30*time.Hour)
	a, err := s.desk.SetAbsence(s.ctx(), ben, chat.Absence{AgentID: ben.ID, ToID: noor.ID, Until: s.now().Add(24 * time.Hour)})
	s.must(err)
	s.restart()
	if n := s.handOn(); n != 1 {
		t.Errorf("%d were handed on, want 1", n)
	}
	p := s.promise(due.ID)
	if p.Owner.ID != noor.ID || p.AbsenceID != a.ID || p.Away.Name != "Ben" || p.Told != chat.NotTold || p.RemindAt == 0 {
		t.Errorf("handed on %+v", p)
	}
	if e := s.last(id, chat.PromiseWasHanded); e.PromiseID != due.ID || e.By != chat.BySystem || e.PublicSeq != 0 || e.Promise.Away.ID != ben.ID {
		t.Errorf("event %+v", e)
	}
	if kept := s.promise(after.ID); kept.Owner.ID != ben.ID {
		t.Errorf("what is due afterwards went too: %+v", kept)
	}
	s.must(second(s.desk.MovePromise(s.ctx(), noor, after.ID, desk.Moving{ClientID: "client-move", DueAt: s.now().Add(3 * time.Hour), Why: "Sooner."})))
	if n := s.handOn(); n != 1 || s.promise(after.ID).Owner.ID != noor.ID {
		t.Errorf("what was moved into it: %d handed on", n)
	}
	s.must(s.desk.EndAbsence(s.ctx(), ben.ID))
	s.must(s.desk.EndAbsence(s.ctx(), ben.ID))
	if n := s.handOn(); n != 0 || s.promise(due.ID).Owner.ID != noor.ID {
		t.Errorf("after it ended %d were handed on", n)
	}
	s.must(second(s.desk.HandPromise(s.ctx(), noor, due.ID, ben.ID)))
	if n := s.handOn(); n != 0 {
		t.Errorf("what was given back went again: %d", n)
	}
}

// Where the colleague is not there either, or nobody was named, anyone answers;
// whoever keeps it then has kept it.
func TestAnyoneMayKeepWhatWasHandedOn(t *testing.T) {
	s := newShop(t)
	ben, noor, olga := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole), s.agent("Olga", chat.Admin)
	_, id := s.chatting()
	s.replies(ben, id, "client-hello", "Hello!")
	p := s.promises(ben, id, "client-due", 2*time.Hour)
	until := s.now().Add(24 * time.Hour)
	s.away(ben, until, noor.ID)
	s.away(noor, until, "")
	if got := s.promise(p.ID); got.Owner.ID != "" || got.Away.Name != "Noor" || got.HandedAt == 0 {
		t.Errorf("with both away: %+v", got)
	}
	s.refused(second(s.desk.SetAbsence(s.ctx(), olga, chat.Absence{AgentID: olga.ID, ToID: noor.ID, Until: until})), chat.Invalid)
	s.refused(second(s.desk.HandPromise(s.ctx(), olga, p.ID, noor.ID)), chat.Invalid)
	s.must(s.desk.Close(s.ctx(), ben, id)) // handed on
	kept, err := s.desk.KeepPromise(s.ctx(), olga, p.ID, "client-kept", "")
	s.must(err)
	if kept.Owner.ID != olga.ID {
		t.Errorf("kept by %+v", kept.Owner)
	}
	if who := strings.Join(s.rows(`SELECT agent_id FROM fact WHERE kind = 'promise.kept'`), " "); who != olga.ID {
		t.Errorf("the fact is of %q", who)
	}
}

// Nothing new is promised in the name of who is away: who promises answers for
// it, or whoever they name.
func TestNothingIsPromisedForWhoIsAway(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	_, id := s.chatting()
	s.replies(ben, id, "client-hello", "Hello!")
	s.away(ben, s.now().Add(24*time.Hour), "")
	if p := s.promises(noor, id, "client-now", time.Hour); p.Owner.ID != noor.ID {
		t.Errorf("now it is %+v's", p.Owner)
	}
	if p := s.promises(noor, id, "client-later", 48*time.Hour); p.Owner.ID != ben.ID {
		t.Errorf("after the absence it is %+v's", p.Owner)
	}
	made := chat.Promise{ConversationID: id, ClientID: "client-named", Whose: chat.Ours, Text: "Call", DueAt: s.now().Add(time.Hour)}
	s.refused(second(s.desk.MakePromiseFor(s.ctx(), noor, made, ben.ID)), chat.Invalid)
	s.refused(second(s.desk.MakePromiseFor(s.ctx(), noor, made, chat.NewID())), chat.Invalid)
	p, err := s.desk.MakePromiseFor(s.ctx(), noor, made, "")
	s.must(err)
	if stored := s.promise(p.ID); stored.Owner.ID != "" || p.Owner.ID != "" {
		t.Errorf("for anyone %+v", stored)
	}
	own := s.promises(ben, id, "client-own", time.Hour)
	if own.Owner.ID != ben.ID {
		t.Errorf("%+v", own.Owner)
	}
	if n := s.handOn(); n != 1 || s.promise(own.ID).Owner.ID != "" {
		t.Errorf("what they promise themselves is handed on: %d", n)
	}
}

// One who works here no more is away without an end, named colleague or not.
func TestTheGoneHandOn(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	_, id := s.chatting()
	s.replies(ben, id, "client-hello", "Hello!")
	p := s.promises(ben, id, "client-due", 300*24*time.Hour)
	a, err := s.store.Agent(s.ctx(), ben.ID)
	s.must(err)
	a.DisabledAt = s.now()
	s.must(s.store.SaveAgent(s.ctx(), a))
	s.refused(second(s.desk.SetAbsence(s.ctx(), noor, chat.Absence{AgentID: noor.ID, ToID: ben.ID, Until: s.now().Add(time.Hour)})), chat.Invalid)
	if n := s.handOn(); n != 1 || s.promise(p.ID).Owner.ID != "" {
		t.Errorf("%d handed on: %+v", n, s.promise(p.ID))
	}
}

// An absence has its bounds; set again while it stands it is the same one, changed.
func TestAnAbsenceIsChanged(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	for name, bad := range map[string]chat.Absence{
		"over":      {AgentID: ben.ID, Until: s.now()},
		"too long":  {AgentID: ben.ID, Until: s.now().Add(chat.MaxDue + time.Hour)},
		"by itself": {AgentID: ben.ID, ToID: ben.ID, Until: s.now().Add(time.Hour)},
		"nobody":    {AgentID: ben.ID, ToID: chat.NewID(), Until: s.now().Add(time.Hour)},
	} {
		if err := second(s.desk.SetAbsence(s.ctx(), ben, bad)); !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.refused(second(s.desk.SetAbsence(s.ctx(), ben, chat.Absence{AgentID: chat.NewID(), Until: s.now().Add(time.Hour)})), chat.NotFound)
	first := s.away(ben, s.now().Add(time.Hour), "")
	same := s.away(ben, s.now().Add(2*time.Hour), noor.ID)
	if same.ID != first.ID || same.ToID != noor.ID {
		t.Errorf("changed %+v to %+v", first, same)
	}
	s.later(3 * time.Hour)
	next := s.away(ben, s.now().Add(time.Hour), "")
	latest, err := s.store.LatestAbsence(s.ctx(), ben.ID)
	s.must(err)
	if next.ID == first.ID || *latest != *next {
		t.Errorf("after it was over %+v, stored %+v", next, latest)
	}
}

// The zone of a browser is kept while it is one, and the team hears of it.
func TestAZoneIsKept(t *testing.T) {
	s := newShop(t)
	visit := func(secret, zone string) *desk.Visitor {
		t.Helper()
		v, err := s.desk.Visit(s.ctx(), desk.Visit{SiteID: s.site.ID, Secret: secret, Zone: zone})
		s.must(err)
		return v
	}
	v := visit("", "Europe/Berlin")
	if v.Person.Zone != "Europe/Berlin" {
		t.Errorf("first %+v", v.Person)
	}
	who := chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: s.site.ID}
	id := s.says(who, chat.NewID(), "client-first", "Hello").Message.ConversationID
	for _, bad := range []string{"", "Mars/Olympus", "../../etc/passwd", "Local", strings.Repeat("x", 300), "\xff"} {
		if v = visit(v.Secret, bad); v.Person.Zone != "Europe/Berlin" {
			t.Errorf("%q made it %q", bad, v.Person.Zone)
		}
	}
	visit(v.Secret, "Asia/Tokyo")
	if e := s.last(id, chat.PersonUpdated); e.Person.Zone != "Asia/Tokyo" || e.PublicSeq != 0 {
		t.Errorf("event %+v", e)
	}
}
