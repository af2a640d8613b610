package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// A promise is made once, moved with a reason, handed on and kept with a word to
// the customer.
func TestAPromiseIsKept(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	_, id := s.chatting()
	s.replies(ben, id, "client-hello", "Hello, I'm looking.")
	p := s.promises(noor, id, "client-promise", 2*time.Hour)
	if p.Owner.ID != ben.ID || p.MadeBy != noor.ID || p.State != chat.PromiseIsOpen || p.RemindAt != p.DueAt.Add(-30*time.Minute) {
		t.Errorf("made %+v", p)
	}
	if again := s.promises(noor, id, "client-promise", 3*time.Hour); again.ID != p.ID || again.DueAt != p.DueAt {
		t.Errorf("made twice: %+v", again)
	}
	move := desk.Moving{ClientID: "client-move", DueAt: s.now().Add(26 * time.Hour), NextAt: s.now().Add(time.Hour), Why: "The carrier has not called back."}
	s.refused(second(s.desk.MovePromise(s.ctx(), ben, p.ID, desk.Moving{ClientID: "client-move", DueAt: move.DueAt})), chat.Invalid)
	for range 2 {
		s.must(second(s.desk.MovePromise(s.ctx(), ben, p.ID, move)))
	}
	moved := s.last(id, chat.PromiseWasMoved)
	if m := moved.Promise; !m.Moved || m.Why != move.Why || m.DueAt != move.DueAt || m.RemindAt != move.NextAt || moved.PublicSeq == 0 {
		t.Errorf("moved %+v", moved)
	}
	s.refused(second(s.desk.HandPromise(s.ctx(), ben, p.ID, chat.NewID())), chat.Invalid)
	s.must(second(s.desk.HandPromise(s.ctx(), ben, p.ID, noor.ID)))
	if e := s.last(id, chat.PromiseWasHanded); e.Promise.Owner.Name != "Noor" || e.PublicSeq != 0 {
		t.Errorf("handed %+v", e)
	}
	s.refused(second(s.desk.KeepPromise(s.ctx(), noor, p.ID, "client-done", "Dear {{customer.name}}")), chat.PlaceholderLeft)
	for range 2 {
		kept, err := s.desk.KeepPromise(s.ctx(), noor, p.ID, "client-done", "It is on its way!")
		s.must(err)
		if kept.State != chat.PromiseKept || kept.EndedAt != s.now() || kept.RemindAt != 0 {
			t.Errorf("kept %+v", kept)
		}
	}
	r := s.row(id)
	if r.LastText != "It is on its way!" || r.LastBy != chat.ByAgent || r.Seq != int64(len(s.events(id))) {
		t.Errorf("row %+v", r)
	}
	s.refused(second(s.desk.MovePromise(s.ctx(), ben, p.ID, move)), chat.Conflict)
	s.refused(second(s.desk.DropPromise(s.ctx(), ben, p.ID, "No time.")), chat.Conflict)
	if kinds := strings.Join(s.rows(`SELECT kind FROM fact WHERE kind LIKE 'promise%' AND day <> '' ORDER BY id`), " "); kinds != "promise.made promise.moved promise.kept" {
		t.Errorf("facts %s", kinds)
	}
}

// One that is given up after its time is broken, before it dropped.
func TestAPromiseIsGivenUp(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	early, late := s.promises(ben, id, "client-early", 3*time.Hour), s.promises(ben, id, "client-late", time.Hour)
	s.later(2 * time.Hour)
	for p, want := range map[*chat.Promise]chat.PromiseState{early: chat.PromiseDropped, late: chat.PromiseBroken} {
		s.refused(second(s.desk.DropPromise(s.ctx(), ben, p.ID, "")), chat.Invalid)
		for range 2 {
			given, err := s.desk.DropPromise(s.ctx(), ben, p.ID, "The part is not made any more.")
			s.must(err)
			if given.State != want || given.Why != "The part is not made any more." {
				t.Errorf("given up %+v, want %s", given, want)
			}
		}
	}
}

// A conversation with an open promise of ours closes when it was kept, handed on
// or dropped with a reason; the customer may leave at any time.
func TestClosingWithAPromise(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	_, id := s.chatting()
	s.replies(ben, id, "client-hello", "Hello!")
	theirs, err := s.desk.MakePromise(s.ctx(), ben, chat.Promise{ConversationID: id, ClientID: "client-theirs", Whose: chat.Theirs,
		Text: "Send a picture", DueAt: s.now().Add(time.Hour)})
	s.must(err)
	p := s.promises(ben, id, "client-ours", time.Hour)
	err = s.desk.Close(s.ctx(), ben, id)
	if s.refused(err, chat.PromiseOpen); !strings.Contains(err.Error(), p.Text) {
		t.Errorf("closing says %v", err)
	}
	s.refused(s.desk.CloseWith(s.ctx(), ben, id, desk.Parting{Why: " \n"}), chat.Invalid)
	s.must(second(s.desk.HandPromise(s.ctx(), ben, p.ID, noor.ID)))
	s.refused(s.desk.Close(s.ctx(), noor, id), chat.PromiseOpen) // it is hers now
	s.must(s.desk.Close(s.ctx(), ben, id))
	if open := s.openPromises(id); open != 2 {
		t.Errorf("%d promises are open: closing keeps what was handed on and what is theirs", open)
	}
	s.refused(second(s.desk.MakePromise(s.ctx(), ben, chat.Promise{ConversationID: id, ClientID: "client-after", Whose: chat.Ours,
		Text: "Call", DueAt: s.now().Add(time.Hour)})), chat.AlreadyClosed)
	s.must(s.desk.Reopen(s.ctx(), noor, id))
	s.must(s.desk.CloseWith(s.ctx(), noor, id, desk.Parting{Why: "We found no part for it."}))
	if e := s.last(id, chat.PromiseWasDropped); e.PromiseID != p.ID || e.Promise.Why != "We found no part for it." || e.PublicSeq == 0 {
		t.Errorf("event %+v", e)
	}
	if kept, err := s.store.Promise(s.ctx(), theirs.ID); err != nil || kept.State != chat.PromiseIsOpen {
		t.Errorf("theirs is %+v, %v", kept, err)
	}

	who, other := s.chatting()
	s.promises(ben, other, "client-ours", time.Hour)
	s.must(s.desk.Close(s.ctx(), who, other))
	if open := s.openPromises(other); open != 1 {
		t.Errorf("%d promises are open after the customer left", open)
	}
}

// openPromises counts the open promises of a conversation.
func (s *shop) openPromises(id string) (n int) {
	s.Helper()
	list, err := s.store.Promises(s.ctx(), id)
	s.must(err)
	for _, p := range list {
		if p.State == chat.PromiseIsOpen {
			n++
		}
	}
	return n
}

// A promise outlives a takeover and a restart with its owner, and is reminded of
// in three steps, each once.
func TestRemindersSurvive(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	_, id := s.chatting()
	s.replies(ben, id, "client-hello", "Hello!")
	p := s.promises(ben, id, "client-promise", 2*time.Hour)
	s.must(s.desk.Take(s.ctx(), noor, id, ben.ID))
	s.restart()
	remind := func() (out []chat.Reminder) {
		list, err := s.store.ClaimReminders(s.ctx())
		s.must(err)
		for i := range list {
			was := list[i].RemindAt
			if list[i].ID != p.ID || list[i].Owner.ID != ben.ID {
				t.Errorf("reminded of %+v", list[i])
			}
			out = append(out, list[i].Remind(s.now()))
			s.must(s.store.Reminded(s.ctx(), p.ID, was, list[i].Told, list[i].RemindAt))
		}
		return out
	}
	for _, step := range []struct {
		after time.Duration
		want  string
	}{{89 * time.Minute, "[]"}, {time.Minute, "[1]"}, {0, "[]"}, {30 * time.Minute, "[2]"}, {14 * time.Minute, "[]"}, {time.Minute, "[3]"}, {48 * time.Hour, "[]"}} {
		s.later(step.after)
		if got := fmt.Sprint(remind()); got != step.want {
			t.Errorf("after %s more: %s, want %s", step.after, got, step.want)
		}
	}
	s.must(second(s.desk.MovePromise(s.ctx(), noor, p.ID, desk.Moving{ClientID: "client-move", DueAt: s.now().Add(time.Hour), Why: "Tomorrow is better."})))
	s.later(72 * time.Hour) // the server was off for days
	if got := fmt.Sprint(remind()); got != "[3]" {
		t.Errorf("what was missed is told as %s", got)
	}
}

func TestPromiseBounds(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	for name, change := range map[string]func(*chat.Promise){
		"no text":       func(p *chat.Promise) { p.Text = "" },
		"long text":     func(p *chat.Promise) { p.Text = strings.Repeat("x", chat.MaxPart+1) },
		"whose":         func(p *chat.Promise) { p.Whose = "nobody's" },
		"now":           func(p *chat.Promise) { p.DueAt = s.now() },
		"never":         func(p *chat.Promise) { p.DueAt = 1 << 62 },
		"zone":          func(p *chat.Promise) { p.Zone = "../../etc/passwd" },
		"this machine":  func(p *chat.Promise) { p.Zone = "Local" },
		"next after":    func(p *chat.Promise) { p.NextAt = p.DueAt + 1 },
		"next before":   func(p *chat.Promise) { p.NextAt = 1 },
		"message's id":  func(p *chat.Promise) { p.MessageID = "x" },
		"a client's id": func(p *chat.Promise) { p.ClientID = "?" },
	} {
		p := chat.Promise{ConversationID: id, ClientID: "client-promise", Whose: chat.Ours, Text: "Call", DueAt: s.now().Add(time.Hour), Zone: "Europe/Berlin"}
		change(&p)
		if err := second(s.desk.MakePromise(s.ctx(), ben, p)); !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range chat.MaxOpenPromises {
		s.promises(ben, id, fmt.Sprintf("client-%04d", i), time.Hour)
	}
	p := chat.Promise{ConversationID: id, ClientID: "client-many", Whose: chat.Ours, Text: "Call", DueAt: s.now().Add(time.Hour)}
	s.refused(second(s.desk.MakePromise(s.ctx(), ben, p)), chat.Conflict)
	s.refused(second(s.desk.MakePromise(s.ctx(), who, p)), chat.Forbidden)
	s.refused(second(s.desk.KeepPromise(s.ctx(), who, s.last(id, chat.PromiseWasMade).PromiseID, "", "")), chat.Forbidden)
}
