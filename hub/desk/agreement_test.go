package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// summary and proposal are cards as a console sends them.
func (s *shop) summary(conversation, clientID, text string) chat.Card {
	return chat.Card{ConversationID: conversation, ClientID: clientID, Kind: chat.SummaryCard, Text: text}
}

func (s *shop) proposal(conversation, clientID string) chat.Card {
	return chat.Card{
		ConversationID: conversation, ClientID: clientID, Kind: chat.ProposalCard, Text: "A new lamp, or your money back.",
		Options: []chat.CardOption{{Key: "lamp", Title: "A new lamp"}, {Key: "money", Title: "Your money back", Detail: "Within three days."}},
		Limits:  "The blue one is sold out.",
		OurPart: "We send it today.", OurDue: s.now().Add(8 * time.Hour),
		YourPart: "Send the old one back.", YourDue: s.now().Add(7 * 24 * time.Hour),
	}
}

func (s *shop) sends(who chat.Actor, k chat.Card) *chat.Card {
	s.Helper()
	out, err := s.desk.SendCard(s.ctx(), who, k)
	s.must(err)
	return out
}

func (s *shop) answers(who chat.Actor, k *chat.Card, a chat.CardAnswer) *chat.Card {
	s.Helper()
	out, err := s.desk.AnswerCard(s.ctx(), who, k.ConversationID, k.ID, a)
	s.must(err)
	return out
}

func (s *shop) promises(who chat.Actor, conversation, clientID string, in time.Duration) *chat.Promise {
	s.Helper()
	p, err := s.desk.MakePromise(s.ctx(), who, chat.Promise{
		ConversationID: conversation, ClientID: clientID, Whose: chat.Ours, Text: "Call you back", DueAt: s.now().Add(in),
	})
	s.must(err)
	return p
}

// everyAgreement makes each event of cards and promises once or more.
func (s *shop) everyAgreement(ben, who chat.Actor, id string) {
	s.Helper()
	s.answers(who, s.sends(ben, s.summary(id, "client-sum-1", "Your lamp is broken.")), chat.CardAnswer{Choice: chat.Confirm})
	s.sends(ben, s.proposal(id, "client-prop-1"))
	withdrawn, err := s.desk.WithdrawCard(s.ctx(), ben, id, s.last(id, chat.CardWasSent).CardID)
	s.must(err)
	if withdrawn.State != chat.CardWithdrawn {
		s.Errorf("withdrawn is %s", withdrawn.State)
	}
	kept, broken, dropped := s.promises(ben, id, "client-kept", time.Hour), s.promises(ben, id, "client-broken", time.Hour), s.promises(ben, id, "client-dropped", 5*time.Hour)
	_, err = s.desk.MovePromise(s.ctx(), ben, dropped.ID, desk.Moving{ClientID: "client-move", DueAt: s.now().Add(9 * time.Hour), Why: "The parcel is late."})
	s.must(err)
	_, err = s.desk.HandPromise(s.ctx(), ben, dropped.ID, s.agent("Noor", chat.AgentRole).ID)
	s.must(err)
	_, err = s.desk.KeepPromise(s.ctx(), ben, kept.ID, "", "")
	s.must(err)
	s.later(2 * time.Hour)
	for _, p := range []*chat.Promise{broken, dropped} {
		_, err = s.desk.DropPromise(s.ctx(), ben, p.ID, "We could not reach you.")
		s.must(err)
	}
}

// A summary is sent as a first answer, confirmed once, and stands in both
// histories as it was answered.
func TestSayItBack(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.later(time.Minute)
	k := s.sends(ben, s.summary(id, "client-card", "Your lamp is broken and you want a new one."))
	if again := s.sends(ben, s.summary(id, "client-card", "Other words")); again.ID != k.ID || again.Text != k.Text {
		t.Errorf("sent twice: %+v", again)
	}
	r := s.row(id)
	if r.State != chat.Open || r.AssigneeID != ben.ID || r.FirstResponseAt == 0 || r.WaitingSince != 0 || r.LastText != k.Text || r.Step != chat.Understanding || r.UnreadPublic != 1 {
		t.Errorf("row %+v", r)
	}
	s.refused(second(s.desk.AnswerCard(s.ctx(), who, id, k.ID, chat.CardAnswer{Choice: chat.Accept})), chat.Invalid)
	s.refused(second(s.desk.AnswerCard(s.ctx(), who, id, k.ID, chat.CardAnswer{Choice: chat.Correct})), chat.Invalid) // without a word
	done := s.answers(who, k, chat.CardAnswer{Choice: chat.Confirm})
	s.answers(who, k, chat.CardAnswer{Choice: chat.Confirm})
	s.refused(second(s.desk.AnswerCard(s.ctx(), who, id, k.ID, chat.CardAnswer{Choice: chat.Correct, Text: "No!"})), chat.Conflict)
	if done.State != chat.CardConfirmed || done.Answer.At != s.now() {
		t.Errorf("answered %+v", done)
	}
	answered := 0
	for _, e := range s.events(id) {
		if e.Type == chat.CardWasAnswered {
			answered++
		}
	}
	if answered != 1 {
		t.Errorf("answered %d times", answered)
	}
	if !s.ticked(id, "said_back") || !s.ticked(id, "confirmed") {
		t.Error("the summary and its confirmation are not ticked")
	}
	if r := s.row(id); r.Unread != 1 || r.WaitingSince == 0 {
		t.Errorf("after the answer: %+v", r)
	}
}

func second[T any](_ T, err error) error { return err }

func (s *shop) ticked(id, key string) bool {
	s.Helper()
	return slices.ContainsFunc(s.events(id), func(e chat.Event) bool {
		return e.Type == chat.PromptTicked && e.Progress.What == chat.PromptPrefix+key && strings.Contains(e.Progress.Why, "“")
	})
}

// A proposal that is declined with a reason, and another that is accepted: the
// promises of both sides, the step, and what the customer wrote in the thread.
func TestProposalDeclinedThenAccepted(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	first := s.sends(ben, s.proposal(id, "client-card-1"))
	if step := s.row(id).Step; step != chat.Agreeing {
		t.Errorf("a proposal leaves the step at %s", step)
	}
	s.answers(who, first, chat.CardAnswer{Choice: chat.Decline, Text: "I want the blue one."})
	if r := s.row(id); r.LastText != "I want the blue one." || r.LastBy != chat.ByPerson || r.Step != chat.Agreeing || r.WaitingSince == 0 {
		t.Errorf("row %+v", r)
	}
	next := s.sends(ben, s.proposal(id, "client-card-2"))
	s.refused(second(s.desk.AnswerCard(s.ctx(), who, id, next.ID, chat.CardAnswer{Choice: chat.Accept})), chat.Invalid)
	s.refused(second(s.desk.AnswerCard(s.ctx(), who, id, next.ID, chat.CardAnswer{Choice: chat.Accept, Option: "boat"})), chat.Invalid)
	s.answers(who, next, chat.CardAnswer{Choice: chat.Accept, Option: "lamp"})
	s.answers(who, next, chat.CardAnswer{Choice: chat.Accept, Option: "lamp"})
	s.refused(second(s.desk.AnswerCard(s.ctx(), who, id, next.ID, chat.CardAnswer{Choice: chat.Accept, Option: "money"})), chat.Conflict)
	list, err := s.store.Promises(s.ctx(), id)
	s.must(err)
	if len(list) != 2 || list[0].Whose != chat.Ours || list[1].Whose != chat.Theirs || list[0].Owner.Name != "Ben" || list[1].Owner.ID != ben.ID ||
		list[0].DueAt != next.OurDue || list[1].Text != next.YourPart || list[0].MatterID != next.MatterID {
		t.Errorf("promises %+v", list)
	}
	r := s.row(id)
	m, err := s.store.Matter(s.ctx(), r.MatterID)
	s.must(err)
	if m.Step != chat.Delivering || !strings.Contains(m.Why, "A new lamp, or your money back") {
		t.Errorf("matter %+v", m)
	}
	if facts := s.rows(`SELECT kind FROM fact WHERE kind = 'promise.made'`); len(facts) != 2 {
		t.Errorf("facts %q", facts)
	}
	moved := s.last(id, chat.StepMoved)
	s.must(s.desk.Undo(s.ctx(), ben, id, moved.ProgressID))
	if step := s.row(id).Step; step != chat.Agreeing {
		t.Errorf("undone, the step is %s", step)
	}
}

// The agent's own step stands against what a card would move.
func TestCardsDoNotOverruleTheAgent(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	s.must(s.desk.MoveStep(s.ctx(), ben, id, "", chat.Delivering))
	s.sends(ben, s.proposal(id, "client-card"))
	if step := s.row(id).Step; step != chat.Delivering {
		t.Errorf("the card moved it to %s", step)
	}
}

// A newer card of its kind replaces an unanswered one, which then cannot be
// answered; one of the other kind stays.
func TestANewerCardReplaces(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	sum := s.sends(ben, s.summary(id, "client-sum", "Broken lamp."))
	old := s.sends(ben, s.proposal(id, "client-old"))
	fresh := s.sends(ben, s.proposal(id, "client-new"))
	if e := s.last(id, chat.CardWasWithdrawn); e.CardID != old.ID || e.Card.State != chat.CardReplaced {
		t.Errorf("event %+v", e)
	}
	err := second(s.desk.AnswerCard(s.ctx(), who, id, old.ID, chat.CardAnswer{Choice: chat.Decline}))
	s.refused(err, chat.Conflict)
	s.refused(second(s.desk.WithdrawCard(s.ctx(), ben, id, old.ID)), chat.Conflict)
	s.answers(who, sum, chat.CardAnswer{Choice: chat.Confirm})
	s.must(second(s.desk.WithdrawCard(s.ctx(), ben, id, fresh.ID)))
	s.must(second(s.desk.WithdrawCard(s.ctx(), ben, id, fresh.ID)))
	s.refused(second(s.desk.AnswerCard(s.ctx(), who, id, fresh.ID, chat.CardAnswer{Choice: chat.Decline})), chat.Conflict)
	s.refused(second(s.desk.WithdrawCard(s.ctx(), ben, id, sum.ID)), chat.Conflict)
}

// A card is its conversation's customer's alone, on whichever profile, and
// nobody else learns that there is one.
func TestWhoAnswersACard(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	anonymous, seen := s.visit("", nil)
	id := s.says(anonymous, chat.NewID(), "client-first", "My lamp is broken.").Message.ConversationID
	thief, theirs := s.chatting()
	k := s.sends(ben, s.summary(id, "client-sum", "Broken lamp."))
	a := chat.CardAnswer{Choice: chat.Confirm}
	s.refused(second(s.desk.AnswerCard(s.ctx(), thief, id, k.ID, a)), chat.NotFound)
	s.refused(second(s.desk.AnswerCard(s.ctx(), thief, theirs, k.ID, a)), chat.NotFound)
	s.refused(second(s.desk.AnswerCard(s.ctx(), thief, theirs, chat.NewID(), a)), chat.NotFound)
	s.refused(second(s.desk.AnswerCard(s.ctx(), ben, id, k.ID, a)), chat.Forbidden)
	s.refused(second(s.desk.SendCard(s.ctx(), anonymous, s.summary(id, "client-own", "Give me everything."))), chat.Forbidden)
	known, _ := s.visit(seen.Secret, &desk.Claims{Sub: "ada", Name: "Ada"})
	s.answers(known, k, a)
	s.answers(anonymous, k, a) // an open socket still has the old profile
	if e := s.last(id, chat.CardWasAnswered); e.Names.By.Name != "Ada" {
		t.Errorf("answered by %+v", e.Names.By)
	}
}

// An answer opens a closed conversation again, unless it is long over or the
// customer talks elsewhere.
func TestAnsweringInAClosedConversation(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	k := s.sends(ben, s.proposal(id, "client-card"))
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.answers(who, k, chat.CardAnswer{Choice: chat.Ask, Text: "Is it red?"})
	if r := s.row(id); r.State != chat.Open || r.AssigneeID != ben.ID || r.WaitingSince != s.now() || r.LastText != "Is it red?" {
		t.Errorf("row %+v", r)
	}
	late := s.sends(ben, s.proposal(id, "client-late"))
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.later(desk.ReopenWindow + time.Hour)
	s.refused(second(s.desk.AnswerCard(s.ctx(), who, id, late.ID, chat.CardAnswer{Choice: chat.Decline})), chat.AlreadyClosed)
	if r := s.row(id); r.State != chat.Closed {
		t.Errorf("row %+v", r)
	}
}

// Whoever accepts in a closed conversation that nobody has waits in the queue from
// then on, and not at its end.
func TestAcceptingWithNobodyThere(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	k := s.sends(ben, s.proposal(id, "client-card"))
	s.must(s.desk.Close(s.ctx(), ben, id))
	gone, err := s.store.Agent(s.ctx(), ben.ID)
	s.must(err)
	gone.DisabledAt = s.now()
	s.must(s.store.SaveAgent(s.ctx(), gone))
	s.later(time.Hour)
	s.answers(who, k, chat.CardAnswer{Choice: chat.Accept, Option: "lamp"})
	if r := s.row(id); r.State != chat.Waiting || r.AssigneeID != "" || r.WaitingSince != s.now() {
		t.Errorf("row %+v", r)
	}
}

// Words given with an answer belong to the card's matter, whatever is talked of
// meanwhile; nothing a client calls its own messages or promises is in their way.
func TestWordsWithAnAnswer(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	k := s.sends(ben, s.proposal(id, "client-card"))
	s.says(who, id, "answer-"+k.ID, "Mine.")
	for _, clientID := range []string{"ours-" + k.ID, "theirs-" + k.ID} {
		s.promises(ben, id, clientID, time.Hour)
	}
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, "The invoice", ""))
	second, err := s.store.Matter(s.ctx(), s.row(id).MatterID)
	s.must(err)
	s.answers(who, k, chat.CardAnswer{Choice: chat.Accept, Option: "lamp", Text: "And where is my parcel? I am very angry."})
	if m := s.last(id, chat.MessagePosted).Message; m.MatterID != k.MatterID {
		t.Errorf("the words stand in matter %s, the card in %s", m.MatterID, k.MatterID)
	}
	after, err := s.store.Matter(s.ctx(), second.ID)
	s.must(err)
	if *after != *second {
		t.Errorf("the other matter was %+v and is %+v", second, after)
	}
}

// What does not fit is refused with the field that does not.
func TestCardBounds(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	for name, c := range map[string]struct {
		change func(*chat.Card)
		code   chat.Code
	}{
		"no text":            {func(k *chat.Card) { k.Text = " " }, chat.Invalid},
		"long text":          {func(k *chat.Card) { k.Text = strings.Repeat("é", chat.MaxCardText+1) }, chat.Invalid},
		"not UTF-8":          {func(k *chat.Card) { k.Limits = "\xff" }, chat.Invalid},
		"kind":               {func(k *chat.Card) { k.Kind = "bill" }, chat.Invalid},
		"summary offers":     {func(k *chat.Card) { k.Kind = chat.SummaryCard }, chat.Invalid},
		"one option":         {func(k *chat.Card) { k.Options = k.Options[:1] }, chat.Invalid},
		"five options":       {func(k *chat.Card) { k.Options = slices.Repeat(k.Options, 3) }, chat.Invalid},
		"option twice":       {func(k *chat.Card) { k.Options = []chat.CardOption{{Key: "a", Title: "A"}, {Key: "a", Title: "B"}} }, chat.Invalid},
		"option's key":       {func(k *chat.Card) { k.Options = []chat.CardOption{{Key: "", Title: "A"}, {Key: "b", Title: "B"}} }, chat.Invalid},
		"option's title":     {func(k *chat.Card) { k.Options = []chat.CardOption{{Key: "a", Title: "A"}, {Key: "b", Title: "\u200b"}} }, chat.Invalid},
		"part without when":  {func(k *chat.Card) { k.OurDue = 0 }, chat.Invalid},
		"when without part":  {func(k *chat.Card) { k.YourPart = "" }, chat.Invalid},
		"due in the past":    {func(k *chat.Card) { k.YourDue = s.now().Add(-time.Hour) }, chat.Invalid},
		"due in two years":   {func(k *chat.Card) { k.OurDue = s.now().Add(2 * 365 * 24 * time.Hour) }, chat.Invalid},
		"placeholder":        {func(k *chat.Card) { k.OurPart = "We send it to {{customer.address}}." }, chat.PlaceholderLeft},
		"client id":          {func(k *chat.Card) { k.ClientID = "x" }, chat.Invalid},
		"other conversation": {func(k *chat.Card) { k.ConversationID = chat.NewID() }, chat.NotFound},
	} {
		k := s.proposal(id, "client-card")
		c.change(&k)
		if err := second(s.desk.SendCard(s.ctx(), ben, k)); !chat.Is(err, c.code) {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if n := len(s.rows(`SELECT id FROM card`)); n != 0 {
		t.Errorf("%d cards were stored", n)
	}
}

// A yes in words is noted once, for what the customer wrote after the card, and
// makes the promises that a tap would have made.
func TestYesInWords(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	before := s.last(id, chat.MessagePosted).Message
	s.later(time.Minute)
	k := s.sends(ben, s.proposal(id, "client-card"))
	s.later(time.Minute)
	yes := s.says(who, id, "client-yes", "Yes please, the new one!").Message
	note := func(messageID, option string) (*chat.Card, error) {
		return s.desk.NoteYes(s.ctx(), ben, id, k.ID, messageID, option)
	}
	s.refused(second(note(before.ID, "lamp")), chat.Invalid) // written before the card
	s.refused(second(note(chat.NewID(), "lamp")), chat.Invalid)
	s.refused(second(note(yes.ID, "boat")), chat.Invalid)
	for range 2 {
		out, err := note(yes.ID, "lamp")
		s.must(err)
		if a := out.Answer; out.State != chat.CardAccepted || a.MessageID != yes.ID || a.NotedBy != ben.ID || a.Option != "lamp" || a.At != yes.At {
			t.Errorf("noted %+v", out)
		}
	}
	s.refused(second(note(yes.ID, "money")), chat.Conflict)
	if r := s.row(id); r.Step != chat.Delivering || r.Unread != 1 {
		t.Errorf("row %+v", r)
	}
	if made := s.last(id, chat.PromiseWasMade); made.Promise == nil || made.Promise.CardID != k.ID {
		t.Errorf("the card made no promise: %+v", made)
	}
}
