package desk_test

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

func (s *shop) called(maria chat.Actor) desk.Entering {
	return desk.Entering{
		PersonID: maria.ID, Need: "A lamp for the hall", Note: "Rang about the green one. Wants to see it.",
		Entry: chat.Entry{ConversationID: chat.NewID(), Channel: chat.ChannelCall, BeganAt: s.now().Add(-time.Hour), Minutes: 12, Party: "Maria and her brother"},
	}
}

func (s *shop) meets(in desk.Entering) desk.Entering {
	in.Entry.Channel, in.Entry.BeganAt, in.Note = chat.ChannelAppointment, 0, ""
	in.Promise = &chat.Promise{
		ClientID: "client-meet", Kind: chat.AppointmentPromise, Whose: chat.Ours, Text: "See the lamp", DueAt: s.now().Add(26 * time.Hour), Minutes: 30, Place: "In the shop",
	}
	return in
}

// A call is entered once, closed, with its notes for the team alone; it is in no
// figure of answers, and nobody can talk in it.
func TestACallIsEntered(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	maria, talk := s.chatting()
	facts := len(s.rows(`SELECT id FROM fact`))
	in := s.called(maria)
	for range 2 {
		id, err := s.desk.EnterByHand(s.ctx(), ben, in)
		s.must(err)
		if id != in.Entry.ConversationID {
			t.Errorf("stands in %s", id)
		}
	}
	r := s.row(in.Entry.ConversationID)
	if r.State != chat.Closed || r.Channel != chat.ChannelCall || r.StartedAt != in.Entry.BeganAt || r.LastText != in.Need || r.FirstResponseAt != 0 || r.WaitingSince != 0 || r.PublicSeq == r.Seq {
		t.Errorf("row %+v", r)
	}
	var types []string
	for _, e := range s.events(r.ID) {
		types = append(types, string(e.Type))
		if e.Type == chat.NotePosted && (e.PublicSeq != 0 || e.Message.Text != in.Note) {
			t.Errorf("note %+v", e)
		}
	}
	if got := strings.Join(types, " "); !strings.HasPrefix(got, "conversation.started matter.opened note.posted conversation.closed") {
		t.Errorf("events %s", got)
	}
	if n := len(s.rows(`SELECT id FROM fact`)); n != facts {
		t.Errorf("%d facts of it", n-facts)
	}
	e, err := s.store.Entry(s.ctx(), r.ID)
	s.must(err)
	if e.Party != in.Entry.Party || e.Minutes != 12 || e.By.Name != "Ben" {
		t.Errorf("entry %+v", e)
	}
	_, err = s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: r.ID, ClientID: "client-into", Kind: chat.Reply, Text: "Hello?"})
	s.refused(err, chat.Conflict)
	s.refused(s.desk.Reopen(s.ctx(), ben, r.ID), chat.Conflict)
	_, err = s.desk.Post(s.ctx(), maria, desk.Posting{ConversationID: r.ID, ClientID: "client-own", Text: "Hello?"})
	s.refused(err, chat.NotFound)
	if got := s.row(talk).State; got == chat.Closed {
		t.Errorf("the chat is %s", got)
	}
}

func TestWhatIsNoEntry(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	maria, talk := s.chatting()
	for what, spoil := range map[string]func(*desk.Entering){
		"a chat":             func(in *desk.Entering) { in.Entry.Channel = chat.ChannelChat },
		"in the future":      func(in *desk.Entering) { in.Entry.BeganAt = s.now().Add(time.Minute) },
		"long ago":           func(in *desk.Entering) { in.Entry.BeganAt = s.now().Add(-chat.MaxEntryAge - time.Minute) },
		"for days":           func(in *desk.Entering) { in.Entry.Minutes = 1441 },
		"without words":      func(in *desk.Entering) { in.Note = " " },
		"no id":              func(in *desk.Entering) { in.Entry.ConversationID = "x" },
		"meeting no time":    func(in *desk.Entering) { in.Entry.Channel = chat.ChannelAppointment },
		"for nobody's clock": func(in *desk.Entering) { *in = s.meets(*in); in.Promise.Zone = "Mars/Base" },
		"for no time":        func(in *desk.Entering) { *in = s.meets(*in); in.Promise.Minutes = 0 },
		"their appointment":  func(in *desk.Entering) { *in = s.meets(*in); in.Promise.Whose = chat.Theirs },
	} {
		in := s.called(maria)
		spoil(&in)
		if _, err := s.desk.EnterByHand(s.ctx(), ben, in); !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	in := s.called(maria)
	in.Entry.ConversationID = talk
	_, err := s.desk.EnterByHand(s.ctx(), ben, in)
	s.refused(err, chat.NotFound)
	in = s.called(maria)
	in.PersonID = chat.NewID()
	_, err = s.desk.EnterByHand(s.ctx(), ben, in)
	s.refused(err, chat.NotFound)
	_, err = s.desk.EnterByHand(s.ctx(), maria, s.called(maria))
	s.refused(err, chat.Forbidden)
}

// What was promised on the phone keeps its entry asleep until it is due, and closes it
// when it is kept: nobody is asked how the call was.
func TestAPromiseOnThePhone(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	maria, _ := s.chatting()
	in := s.called(maria)
	in.Promise = &chat.Promise{ClientID: "client-rang", Whose: chat.Ours, Text: "Send the leaflet", DueAt: s.now().Add(3 * time.Hour)}
	id, err := s.desk.EnterByHand(s.ctx(), ben, in)
	s.must(err)
	r := s.row(id)
	if r.State != chat.Snoozed || r.SnoozedUntil != in.Promise.DueAt || r.AssigneeID != ben.ID || r.ClosedAt != 0 {
		t.Errorf("row %+v", r)
	}
	p := s.last(id, chat.PromiseWasMade).Promise
	if p.Owner.ID != ben.ID {
		t.Errorf("promise %+v", p)
	}
	due := s.now().Add(5 * time.Hour)
	s.must(second(s.desk.MovePromise(s.ctx(), ben, p.ID, desk.Moving{ClientID: "client-move", DueAt: due, Why: "The printer."})))
	if r := s.row(id); r.SnoozedUntil != due {
		t.Errorf("sleeps until %d", r.SnoozedUntil)
	}
	s.must(second(s.desk.KeepPromise(s.ctx(), ben, p.ID, "", "")))
	if r := s.row(id); r.State != chat.Closed || r.SnoozedUntil != 0 || r.ClosedAt != s.now() {
		t.Errorf("row %+v", r)
	}
	if kinds := strings.Join(s.rows(`SELECT kind FROM fact WHERE conversation_id = '`+id+`' ORDER BY id`), " "); kinds != "promise.made promise.moved promise.kept" {
		t.Errorf("facts %s", kinds)
	}
}

// An appointment stands in the chat that is open, and otherwise in a conversation of
// its own; calendars count its changes, and it is late when it is over.
func TestAnAppointment(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	maria, talk := s.chatting()
	in := s.meets(s.called(maria))
	for range 2 {
		id, err := s.desk.EnterByHand(s.ctx(), ben, in)
		s.must(err)
		if id != talk {
			t.Errorf("stands in %s", id)
		}
	}
	e := s.last(talk, chat.PromiseWasMade)
	p := e.Promise
	if p.Kind != chat.AppointmentPromise || p.Place != "In the shop" || p.Minutes != 30 || p.Sequence != 0 || e.PublicSeq == 0 {
		t.Errorf("promise %+v", p)
	}
	if p.Late(p.DueAt.Add(20*time.Minute)) || !p.Late(p.DueAt.Add(31*time.Minute)) {
		t.Error("it is late while they meet, or never")
	}
	s.must(second(s.desk.MovePromise(s.ctx(), ben, p.ID, desk.Moving{ClientID: "client-move", DueAt: s.now().Add(30 * time.Hour), Why: "The painter comes."})))
	s.must(second(s.desk.DropPromise(s.ctx(), ben, p.ID, "The shop is closed.")))
	off, err := s.store.Promise(s.ctx(), p.ID)
	s.must(err)
	if off.Sequence != 2 || off.State != chat.PromiseDropped {
		t.Errorf("called off %+v", off)
	}
	s.must(s.desk.Close(s.ctx(), ben, talk))
	in = s.meets(s.called(maria))
	in.Promise.ClientID = "client-again"
	id, err := s.desk.EnterByHand(s.ctx(), ben, in)
	s.must(err)
	if r := s.row(id); id != in.Entry.ConversationID || r.Channel != chat.ChannelAppointment || r.State != chat.Snoozed || r.SnoozedUntil != in.Promise.DueAt {
		t.Errorf("row %+v", r)
	}
}
