package desk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/desk"
	"rapport/storage/storagetest/cluster"
)

// twoMatters is Ben's chat about a parcel, and about an invoice that is promised.
func (s *shop) twoMatters(ben chat.Actor) (who chat.Actor, id string, said *desk.Posted, p *chat.Promise) {
	s.Helper()
	who, id, said = s.aboutInvoice(ben)
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, "Invoice 2291", said.Message.ID))
	return who, id, said, s.promises(ben, id, "client-invoice", 48*time.Hour)
}

// splitInvoice splits what is current in Ben's chat off, for him to have.
func (s *shop) splitInvoice(ben chat.Actor, id string, quoted ...string) string {
	s.Helper()
	aside := chat.NewID()
	s.must(s.desk.Split(s.ctx(), ben, id, desk.Splitting{ID: aside, MatterID: s.matter(id).ID, From: ben.ID, Quoted: quoted, Note: "Please correct it."}, nil))
	return aside
}

// split is what both hear when a matter is split off, finished, taken up and brought back.
func (s *shop) split(ben chat.Actor) []chat.EventType {
	s.Helper()
	_, id, _, _ := s.twoMatters(ben)
	aside := s.splitInvoice(ben, id)
	s.must(s.desk.CloseWith(s.ctx(), ben, aside, desk.Parting{Why: "Not needed"}))
	s.must(s.desk.Reopen(s.ctx(), ben, aside))
	s.must(s.desk.Unite(s.ctx(), ben, aside, desk.Uniting{IntoID: id, From: ben.ID}))
	return append(s.types(id), s.types(aside)...)
}

// onBoth runs a test on either database.
func onBoth(t *testing.T, test func(s *shop)) {
	for name, where := range map[string]func() string{
		"sqlite":   func() string { return t.TempDir() + "/rapport.db" },
		"postgres": func() string { return cluster.Database(t) },
	} {
		t.Run(name, func(t *testing.T) { test(shopOn(t, where())) })
	}
}

// What is open in a matter goes with it; the chat keeps the rest and its customer sees no
// difference, until it comes back.
func TestAMatterIsWorkedOnBesideItsChat(t *testing.T) {
	onBoth(t, func(s *shop) {
		ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
		who, id, said, p := s.twoMatters(ben)
		before, public, step := s.row(id), s.public(id), s.matter(id).Step
		aside := s.splitInvoice(ben, id, said.Message.ID)
		again := s.row(aside).Seq
		s.must(s.desk.Split(s.ctx(), ben, id, desk.Splitting{ID: aside, Need: "Something else", From: ben.ID}, nil))
		r, m := s.row(aside), s.matter(aside)
		if r.Seq != again || r.Channel != chat.ChannelAside || r.State != chat.Open || r.AssigneeID != ben.ID || r.PreviousID != id || r.PublicSeq != 0 || r.PromisedAt != p.DueAt {
			s.Errorf("the aside is %+v", r)
		}
		if m.Need != "Invoice 2291" || m.Number != 1 || m.Step != step {
			s.Errorf("its matter is %+v", m)
		}
		if e := s.last(aside, chat.AsideBegan); e.Other.ID != id || len(e.Quotes) != 1 || e.Quotes[0].ID != said.Message.ID || e.Quotes[0].Text == "" {
			s.Errorf("quoted is %+v", e)
		}
		if e := s.last(id, chat.AsideOpened); e.Other.ID != aside || e.Matter.Need != "Invoice 2291" {
			s.Errorf("the chat says %+v", e)
		}
		now := s.row(id)
		if now.State != before.State || now.AssigneeID != ben.ID || now.WaitingSince != before.WaitingSince || now.PromisedAt != 0 || s.matter(id).Number != 1 {
			s.Errorf("the chat is %+v", now)
		}
		if moved, err := s.store.Promise(s.ctx(), p.ID); err != nil || moved.ConversationID != aside || moved.MatterID != m.ID {
			s.Errorf("the promise is %+v: %v", moved, err)
		}
		if again := s.promises(ben, id, "client-invoice", 48*time.Hour); again.ID != p.ID {
			s.Error("it was promised twice")
		}
		if shown, err := s.store.ChatPromises(s.ctx(), id); err != nil || len(shown) != 1 {
			s.Errorf("the customer is shown %+v: %v", shown, err)
		}
		if got := s.public(id); got != public {
			s.Errorf("the customer sees\n%s\nand saw\n%s", got, public)
		}

		_, err := s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: aside, ClientID: "client-public", Kind: chat.Reply, Text: "Hello?"})
		s.refused(err, chat.Conflict)
		_, err = s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: aside, ClientID: "client-theirs", Text: "Hello?"})
		if r := s.row(aside); err == nil && r.LastBy == chat.ByPerson {
			s.Error("a customer wrote into an aside")
		}
		card := s.summary(aside, "client-card", "The invoice names the wrong street.")
		_, err = s.desk.SendCard(s.ctx(), ben, card)
		s.refused(err, chat.Conflict)

		s.must(s.desk.Take(s.ctx(), anna, aside, ben.ID))
		s.refused(s.desk.Close(s.ctx(), anna, aside), chat.PromiseOpen)
		s.must(second(s.desk.KeepPromise(s.ctx(), anna, p.ID, "client-kept", "")))
		if e := s.last(id, chat.PromiseWasKept); e.PublicSeq == 0 || e.PromiseID != p.ID {
			s.Errorf("the customer hears of it as %+v", e)
		}
		public = s.public(id)
		words := "Invoice corrected, new one sent"
		s.must(s.desk.CloseWith(s.ctx(), anna, aside, desk.Parting{Words: words}))
		if e := s.last(id, chat.NotePosted); e.Message.Text != words || e.ByID != anna.ID {
			s.Errorf("left in the chat is %+v", e)
		}
		if s.row(aside).State != chat.Closed || s.last(id, chat.AsideClosed).Other.ID != aside {
			s.Error("it is not over")
		}
		s.refused(s.desk.Unite(s.ctx(), anna, aside, desk.Uniting{IntoID: id, From: anna.ID}), chat.AlreadyClosed)
		s.must(s.desk.Reopen(s.ctx(), anna, aside))
		for range 2 {
			s.must(s.desk.Unite(s.ctx(), anna, aside, desk.Uniting{IntoID: id, From: anna.ID}))
		}
		if r := s.row(aside); r.State != chat.Closed || r.MergedInto != id || s.row(id).AssigneeID != ben.ID {
			s.Errorf("brought back it is %+v", r)
		}
		if got := s.public(id); got != public {
			s.Errorf("the customer sees\n%s\nand saw\n%s", got, public)
		}
		s.refused(s.desk.Reopen(s.ctx(), anna, aside), chat.Conflict)
	})
}

// public is all that a customer can read of a conversation.
func (s *shop) public(id string) string {
	s.Helper()
	var b strings.Builder
	for _, e := range s.events(id) {
		if e.PublicSeq > 0 {
			fmt.Fprintln(&b, e.PublicSeq, e.Type, e.MessageID, e.PromiseID)
		}
	}
	r := s.row(id)
	fmt.Fprintln(&b, r.PublicSeq, r.PublicState(), r.AssigneeID, r.LastText, r.UnreadPublic)
	return b.String()
}

// Whoever is asked takes it or not; in the queue it waits until somebody has it.
func TestWhoTakesWhatIsSplitOff(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	_, id, _ := s.aboutInvoice(ben)
	asked, queued := chat.NewID(), chat.NewID()
	one := desk.Splitting{ID: asked, Need: "The invoice", From: ben.ID, ToID: anna.ID}
	s.refused(s.desk.Split(s.ctx(), ben, id, one, nil), chat.Conflict)
	s.must(s.desk.Split(s.ctx(), ben, id, one, []string{anna.ID}))
	if r := s.row(asked); r.AssigneeID != ben.ID || r.OfferedTo != anna.ID {
		t.Errorf("asked it is %+v", r)
	}
	s.must(s.desk.Split(s.ctx(), ben, id, desk.Splitting{ID: queued, Need: "The parcel", From: ben.ID, Queue: true}, nil))
	if r := s.row(queued); r.State != chat.Waiting || r.AssigneeID != "" || r.WaitingSince == 0 {
		t.Errorf("queued it is %+v", r)
	}
	s.must(s.desk.Take(s.ctx(), anna, queued, ""))
	if r := s.row(queued); r.AssigneeID != anna.ID || r.WaitingSince != 0 {
		t.Errorf("taken it is %+v", r)
	}
	if n := s.rows(`SELECT count(*) FROM audit WHERE action = 'conversation.split' AND object = ?`, id); n[0] != "2" {
		t.Errorf("%s lines in the audit log", n[0])
	}
}

// The rules for customers who wait, or fall silent, are about chats: nothing is said to
// anybody for an aside, whoever is there, and none is closed by itself.
func TestRulesOfWaitingLeaveAnAsideAlone(t *testing.T) {
	onBoth(t, func(s *shop) {
		rules := chat.DefaultWaiting()
		rules.AskAfter, rules.CloseAfter = 10, 5
		s.waits(rules, weekdays()) // closed on this Saturday
		ben := s.agent("Ben", chat.AgentRole)
		_, id, _, _ := s.twoMatters(ben)
		s.looks(desk.Scene{})
		held, queued := chat.NewID(), chat.NewID()
		s.must(s.desk.Split(s.ctx(), ben, id, desk.Splitting{ID: held, Need: "A first lamp", From: ben.ID}, nil))
		s.must(s.desk.Split(s.ctx(), ben, id, desk.Splitting{ID: queued, Need: "A second lamp", From: ben.ID, Queue: true}, nil))
		s.promises(ben, id, "client-keeps", 48*time.Hour) // the chat itself waits for us
		before := [3]int{len(s.events(id)), len(s.events(held)), len(s.events(queued))}
		for range 6 {
			s.looks(desk.Scene{})
			s.later(10 * time.Minute)
		}
		if after := [3]int{len(s.events(id)), len(s.events(held)), len(s.events(queued))}; after != before {
			s.Errorf("events went from %v to %v: %v", before, after, s.types(id)[before[0]:])
		}
		if h, q := s.row(held), s.row(queued); h.State != chat.Open || q.State != chat.Waiting || s.openPromises(queued) != 0 {
			s.Errorf("held is %s, queued %s with %d promises", h.State, q.State, s.openPromises(queued))
		}
	})
}

// What cannot be split off is refused, each with its reason.
func TestWhatIsNotSplitOff(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	who, id, _ := s.aboutInvoice(ben)
	try := func(who chat.Actor, id string, change desk.Splitting, want chat.Code) {
		t.Helper()
		change.ID, change.From = chat.NewID(), ben.ID
		s.refused(s.desk.Split(s.ctx(), who, id, change, nil), want)
	}
	invoice := desk.Splitting{Need: "The invoice"}
	try(ben, id, desk.Splitting{}, chat.Invalid)
	try(ben, id, desk.Splitting{MatterID: s.matter(id).ID}, chat.Conflict)
	try(ben, id, desk.Splitting{MatterID: chat.NewID()}, chat.NotFound)
	try(ben, id, desk.Splitting{Need: "The invoice", Quoted: []string{chat.NewID()}}, chat.NotFound)
	try(ben, id, desk.Splitting{Need: "The invoice", Quoted: make([]string, chat.MaxQuotes+1)}, chat.Invalid)
	try(ben, id, desk.Splitting{Need: "The invoice", Queue: true, TeamID: "x"}, chat.Invalid)
	try(who, id, invoice, chat.Forbidden)
	wrong := invoice
	wrong.ID = chat.NewID()
	s.refused(s.desk.Split(s.ctx(), anna, id, wrong, nil), chat.TakenByOther)
	wrong.ID, wrong.From = id, ben.ID
	s.refused(s.desk.Split(s.ctx(), ben, id, wrong, nil), chat.NotFound)

	s.must(s.desk.OpenMatter(s.ctx(), ben, id, "The invoice", ""))
	k := s.sends(ben, s.summary(id, "client-card", "The invoice names the wrong street."))
	try(ben, id, desk.Splitting{MatterID: k.MatterID}, chat.Conflict)
	var last string
	for range chat.MaxAsides {
		last = chat.NewID()
		s.must(s.desk.Split(s.ctx(), ben, id, desk.Splitting{ID: last, Need: "One more", From: ben.ID}, nil))
	}
	try(ben, id, invoice, chat.Conflict)
	try(ben, last, invoice, chat.Conflict)
	s.must(s.desk.Close(s.ctx(), ben, last))
	s.must(s.desk.MarkPublic(s.ctx(), ben, id, true))
	try(ben, id, invoice, chat.Conflict)
	s.must(s.desk.MarkPublic(s.ctx(), ben, id, false))
	s.must(s.desk.Split(s.ctx(), ben, id, desk.Splitting{ID: chat.NewID(), Need: "One more", From: ben.ID}, nil))
	s.refused(s.desk.Reopen(s.ctx(), ben, last), chat.Conflict)
	s.must(s.desk.Close(s.ctx(), ben, id))
	try(ben, id, invoice, chat.AlreadyClosed)
}

// A complaint goes with its matter, and with it what its closing asks for.
func TestAComplaintIsSplitOff(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id, _, p := s.twoMatters(ben)
	s.must(second(s.desk.KeepPromise(s.ctx(), ben, p.ID, "client-kept", "")))
	k, err := s.desk.OpenTrack(s.ctx(), ben, id)
	s.must(err)
	aside := s.splitInvoice(ben, id)
	moved, err := s.store.Track(s.ctx(), k.ID)
	s.must(err)
	if moved.ConversationID != aside || s.row(aside).Complaint != chat.TrackedComplaint || s.row(id).Complaint == chat.TrackedComplaint {
		t.Errorf("the track is %+v", moved)
	}
	s.refused(s.desk.Close(s.ctx(), ben, aside), chat.CauseMissing)
	s.must(s.desk.Close(s.ctx(), ben, id))
}

// What is for customers is refused in what they do not read.
func TestWhatAnAsideRefuses(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id, _, _ := s.twoMatters(ben)
	aside := s.splitInvoice(ben, id)
	before := [2]int{len(s.events(id)), len(s.events(aside))}
	s.refused(s.desk.PromiseAnswer(s.ctx(), ben, aside, ben.ID, false), chat.Conflict)
	s.refused(second(s.desk.PlanFollowUp(s.ctx(), ben, aside, chat.FollowUp{Text: "Is all well?", DueAt: s.now().Add(72 * time.Hour)})), chat.Conflict)
	s.refused(s.desk.MarkPublic(s.ctx(), ben, aside, true), chat.Conflict)
	if after := [2]int{len(s.events(id)), len(s.events(aside))}; after != before {
		s.Errorf("events went from %v to %v", before, after)
	}
}

// An aside goes back into the chat that is open by then, once, whatever was asked for the
// second time; and all of it, though it is nearly done.
func TestAnAsideGoesBackOnce(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id, _, p := s.twoMatters(ben)
	aside := s.splitInvoice(ben, id)
	s.must(second(s.desk.KeepPromise(s.ctx(), ben, p.ID, "client-kept", "")))
	s.must(s.desk.MoveStep(s.ctx(), ben, aside, "", chat.Closing))
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.later(desk.ReopenWindow + time.Hour)
	now := s.says(who, id, "client-new", "Hello again").Message.ConversationID
	for range 2 {
		s.must(s.desk.Unite(s.ctx(), ben, aside, desk.Uniting{IntoID: id, From: ben.ID}))
	}
	matters, err := s.store.Matters(s.ctx(), now)
	s.must(err)
	if s.row(aside).MergedInto != now || len(matters) != 2 || matters[1].Need != "Invoice 2291" {
		s.Errorf("it went into %s of %s: %+v", s.row(aside).MergedInto, now, matters)
	}
}

// Where profiles that were brought together by mistake are taken apart, what is promised
// to one of them is told to that one alone.
func TestTakenApartNobodyHearsOfTheOthersAside(t *testing.T) {
	s := newShop(t)
	sue := s.agent("Sue", chat.Supervisor)
	stranger := s.visitor()
	theirs := s.says(stranger, chat.NewID(), "client-theirs", "On my phone").Message.ConversationID
	who, id, _, p := s.twoMatters(sue)
	aside := s.splitInvoice(sue, id)
	done, err := s.desk.MergePeople(s.ctx(), sue, stranger.ID, who.ID)
	s.must(err)
	s.must(s.desk.Unite(s.ctx(), sue, id, desk.Uniting{IntoID: theirs, From: sue.ID}))
	s.must(second(s.desk.UnmergePeople(s.ctx(), sue, stranger.ID, done.Merge.ID)))
	before := len(s.events(theirs))
	s.must(second(s.desk.MovePromise(s.ctx(), sue, p.ID, desk.Moving{ClientID: "client-move", DueAt: p.DueAt.Add(time.Hour), Why: "One signature is missing."})))
	s.must(second(s.desk.KeepPromise(s.ctx(), sue, p.ID, "client-kept", "")))
	s.must(s.desk.CloseWith(s.ctx(), sue, aside, desk.Parting{Words: "It is in order."}))
	if after := s.events(theirs); len(after) != before {
		s.Errorf("the stranger's chat heard %v", s.types(theirs)[before:])
	}
	if types := s.types(id); !slices.Contains(types, chat.PromiseWasKept) {
		s.Errorf("their own heard %v", types)
	}
}

// What was told while two profiles were one outlives the erasing of the other: the line is
// there, and nothing of the promise.
func TestAChatIsReadableWhenTheOtherIsErased(t *testing.T) {
	onBoth(t, func(s *shop) {
		sue, ada := s.agent("Sue", chat.Supervisor), s.agent("Ada", chat.Admin)
		laptop := s.visitor()
		stays := s.says(laptop, chat.NewID(), "client-laptop", "On my laptop").Message.ConversationID
		phone, id, _, p := s.twoMatters(sue)
		s.splitInvoice(sue, id)
		done, err := s.desk.MergePeople(s.ctx(), sue, laptop.ID, phone.ID)
		s.must(err)
		s.must(s.desk.Unite(s.ctx(), sue, id, desk.Uniting{IntoID: stays, From: sue.ID}))
		s.must(second(s.desk.MovePromise(s.ctx(), sue, p.ID, desk.Moving{ClientID: "client-move", DueAt: p.DueAt.Add(time.Hour), Why: "One signature is missing."})))
		if e := s.last(stays, chat.PromiseWasMoved); e.Promise == nil || e.Promise.ID != p.ID {
			s.Fatalf("as one they hear %+v", e)
		}
		s.must(second(s.desk.UnmergePeople(s.ctx(), sue, laptop.ID, done.Merge.ID)))
		s.must(second(s.desk.ErasePerson(s.ctx(), ada, phone.ID, chat.EraseAsked)))
		lines, err := s.store.PublicLines(s.ctx(), stays, 1, 100)
		s.must(err)
		if !slices.ContainsFunc(lines, func(e chat.Event) bool { return e.PromiseID == p.ID && e.Promise == nil }) {
			s.Errorf("the page of who stays holds %+v", lines)
		}
		if e := s.last(stays, chat.PromiseWasMoved); e.Promise != nil {
			s.Errorf("the team reads %+v", e.Promise)
		}
	})
}

// A matter that was split off is not taken up in the chat as well, neither by turning to it
// nor by filing a message under it; one that was dropped still is.
func TestWhatWasSplitOffIsNotTakenUpTwice(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id, said, _ := s.twoMatters(ben)
	gone := s.matter(id).ID
	aside := s.splitInvoice(ben, id)
	refusing := func() {
		t.Helper()
		before := s.matter(id).ID
		s.refused(s.desk.TurnMatter(s.ctx(), ben, id, gone), chat.Conflict)
		s.refused(s.desk.FileMessage(s.ctx(), ben, id, said.Message.ID, gone), chat.Conflict)
		if s.matter(id).ID != before {
			t.Error("it was taken up")
		}
	}
	refusing()
	s.must(s.desk.Unite(s.ctx(), ben, aside, desk.Uniting{IntoID: id, From: ben.ID}))
	refusing()
	word := s.says(who, id, "client-lamp", "And my lamp is broken.").Message.ID
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, "The lamp", word))
	dropped := s.matter(id).ID
	s.must(s.desk.DropMatter(s.ctx(), ben, id, dropped))
	s.must(s.desk.TurnMatter(s.ctx(), ben, id, dropped))
	if s.matter(id).ID != dropped {
		t.Error("what was dropped stays so")
	}
}

// A closed chat is not too old while something of it is worked on beside it.
func TestAChatStaysWhileItsAsideIsWorkedOn(t *testing.T) {
	onBoth(t, func(s *shop) {
		ben := s.agent("Ben", chat.AgentRole)
		_, id, _, p := s.twoMatters(ben)
		aside := s.splitInvoice(ben, id)
		s.must(s.desk.Close(s.ctx(), ben, id))
		s.keeps(3)
		s.later(100 * 24 * time.Hour)
		goes := func(want int) {
			gone, err := s.desk.EraseAged(s.ctx(), s.site.ID)
			s.must(err)
			if gone.Conversations != want {
				s.Errorf("%d conversations went, want %d", gone.Conversations, want)
			}
		}
		goes(0)
		s.must(second(s.desk.KeepPromise(s.ctx(), ben, p.ID, "client-kept", "")))
		s.must(s.desk.Close(s.ctx(), ben, aside))
		goes(1)
	})
}

// Erasing the customer takes what was split off along.
func TestWhatWasSplitOffIsErased(t *testing.T) {
	onBoth(t, func(s *shop) {
		ben := s.agent("Ben", chat.AgentRole)
		who, id, said, _ := s.twoMatters(ben)
		aside := s.splitInvoice(ben, id, said.Message.ID)
		s.must(second(s.desk.ErasePerson(s.ctx(), s.agent("Sue", chat.Admin), who.ID, chat.EraseAsked)))
		if _, err := s.store.RowByID(s.ctx(), aside); !chat.Is(err, chat.NotFound) {
			s.Errorf("it is still there: %v", err)
		}
		matters, err := s.store.Matters(s.ctx(), aside)
		s.must(err)
		promises, err := s.store.Promises(s.ctx(), aside)
		s.must(err)
		if len(matters)+len(promises) > 0 {
			s.Errorf("left are %+v and %+v", matters, promises)
		}
	})
}

// Whatever is split off, finished, taken up, brought back, promised and kept: no matter
// and no promise is lost or in two places, and only promises change what customers see.
func TestNothingIsLostBySplitting(t *testing.T) {
	onBoth(t, func(s *shop) {
		for seed := range uint64(12) {
			s.splitsAtRandom(rand.New(rand.NewPCG(seed, 43)))
		}
	})
}

func (s *shop) splitsAtRandom(r *rand.Rand) {
	ben := s.agent("Ben", chat.AgentRole)
	_, id, _ := s.aboutInvoice(ben)
	all, needs, promised := []string{id}, map[string]bool{}, map[string]bool{}
	any := func() string { return all[r.IntN(len(all))] }
	for i := range 40 {
		in, seen := any(), s.public(id)
		switch r.IntN(7) {
		case 0:
			need := fmt.Sprintf("Matter %d", i)
			if s.fits(s.desk.OpenMatter(s.ctx(), ben, in, need, "")) {
				needs[need] = true
			}
		case 1:
			p, err := s.desk.MakePromise(s.ctx(), ben, chat.Promise{ConversationID: in, ClientID: fmt.Sprintf("client-%04d", i), Whose: chat.Ours, Text: "A word", DueAt: s.now().Add(time.Hour)})
			if s.fits(err) {
				promised[p.ID] = true
			}
			seen = s.public(id)
		case 2:
			for p := range promised {
				s.fits(second(s.desk.KeepPromise(s.ctx(), ben, p, "client-kept", "")))
				break
			}
			seen = s.public(id)
		case 3, 4:
			matters, err := s.store.Matters(s.ctx(), id)
			s.must(err)
			one := desk.Splitting{ID: chat.NewID(), MatterID: matters[r.IntN(len(matters))].ID, From: s.row(id).AssigneeID}
			if s.fits(s.desk.Split(s.ctx(), ben, id, one, nil)) {
				all = append(all, one.ID)
			}
		case 5:
			if in != id {
				s.fits(s.desk.Close(s.ctx(), ben, in))
				s.fits(s.desk.Reopen(s.ctx(), ben, in))
			}
		case 6:
			if in != id {
				s.fits(s.desk.Unite(s.ctx(), ben, in, desk.Uniting{IntoID: id, From: s.row(in).AssigneeID}))
			}
		}
		if got := s.public(id); got != seen {
			s.Fatalf("the customer sees\n%s\nand saw\n%s", got, seen)
		}
		s.whole(all, needs, promised)
	}
}

// fits reports whether it was done; whatever it was refused for must be a reason.
func (s *shop) fits(err error) bool {
	s.Helper()
	if err != nil && !slices.ContainsFunc([]chat.Code{chat.Conflict, chat.AlreadyClosed, chat.NotFound, chat.PromiseOpen, chat.Invalid}, func(c chat.Code) bool { return chat.Is(err, c) }) {
		s.Fatal(err)
	}
	return err == nil
}

// whole checks that each matter and each promise stands in one place.
func (s *shop) whole(all []string, needs, promised map[string]bool) {
	s.Helper()
	places, kept := map[string]int{}, map[string]int{}
	for _, id := range all {
		matters, err := s.store.Matters(s.ctx(), id)
		s.must(err)
		own := map[string]bool{}
		for _, m := range matters {
			own[m.ID] = true
			if !cycle.Gone(m) && s.row(id).MergedInto == "" && needs[m.Need] {
				places[m.Need]++
			}
		}
		list, err := s.store.Promises(s.ctx(), id)
		s.must(err)
		for _, p := range list {
			kept[p.ID]++
			if !own[p.MatterID] {
				s.Fatalf("a promise of %s belongs to another's matter: %+v", id, p)
			}
		}
	}
	for need := range needs {
		if places[need] != 1 {
			s.Fatalf("%s is in %d places", need, places[need])
		}
	}
	for p := range promised {
		if kept[p] != 1 {
			s.Fatalf("promise %s is in %d places", p, kept[p])
		}
	}
}
