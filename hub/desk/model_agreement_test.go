package desk_test

import (
	"fmt"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

func (m *model) sendsCard() {
	id := m.own()
	if id == "" {
		return
	}
	clientID := fmt.Sprintf("card-%04d", m.draw(0, 6, "card"))
	k := m.summary(id, clientID, "Your lamp is broken.")
	if m.draw(0, 1, "kind") == 1 {
		k = m.proposal(id, clientID)
	}
	_, err := m.desk.SendCard(m.ctx(), pick(m, m.agents, "agent"), k)
	m.allowed(err, chat.Conflict)
}

// answersCard is any tab at any card: only its customer gets through.
func (m *model) answersCard() {
	id := m.own()
	if id == "" {
		return
	}
	list, err := m.store.Cards(m.ctx(), id)
	m.allowed(err)
	if len(list) == 0 {
		return
	}
	k, who := pick(m, list, "card"), pick(m, m.tabs, "tab").who
	if m.draw(0, 3, "stranger") > 0 {
		who = chat.Actor{Kind: chat.ByPerson, ID: m.root(m.owner[id]), Site: m.site.ID}
	}
	a := chat.CardAnswer{Choice: pick(m, []chat.CardChoice{chat.Confirm, chat.Correct, chat.Accept, chat.Ask, chat.Decline}, "choice"), Text: "Well."}
	if a.Choice == chat.Accept {
		a.Option = "lamp"
	}
	answered, err := m.desk.AnswerCard(m.ctx(), who, id, k.ID, a)
	if m.entitled(who, id) == chat.Is(err, chat.NotFound) {
		m.r.Fatalf("%s at a card of %s: %v", who.ID, m.owner[id], err)
	}
	m.allowed(err, chat.NotFound, chat.Invalid, chat.Conflict, chat.AlreadyClosed)
	if err == nil && (answered.Answer.Choice != a.Choice || k.State != chat.CardSent && answered.Answer != k.Answer) {
		m.r.Fatalf("%+v was answered with %+v and is now %+v", k, a, answered)
	}
}

func (m *model) withdrawsCard() {
	id := m.own()
	if id == "" {
		return
	}
	list, err := m.store.Cards(m.ctx(), id)
	m.allowed(err)
	if len(list) == 0 {
		return
	}
	k := pick(m, list, "card")
	_, err = m.desk.WithdrawCard(m.ctx(), pick(m, m.agents, "agent"), id, k.ID)
	if takes := k.State == chat.CardSent || k.State == chat.CardWithdrawn; takes != (err == nil) {
		m.r.Fatalf("taking back %+v: %v", k, err)
	}
	m.allowed(err, chat.Conflict)
}

func (m *model) promisesSomething() {
	id := m.own()
	if id == "" {
		return
	}
	_, err := m.desk.MakePromise(m.ctx(), pick(m, m.agents, "agent"), chat.Promise{
		ConversationID: id, ClientID: fmt.Sprintf("promise-%d", m.draw(0, 4, "promise")), Whose: pick(m, []chat.Whose{chat.Ours, chat.Theirs}, "whose"),
		Text: "Call", DueAt: m.now().Add(time.Duration(m.draw(1, 90, "hours")) * time.Hour),
	})
	m.allowed(err, chat.AlreadyClosed, chat.Conflict)
}

func (m *model) endsPromise() {
	id := m.own()
	if id == "" {
		return
	}
	list, err := m.store.Promises(m.ctx(), id)
	m.allowed(err)
	if len(list) == 0 {
		return
	}
	p, who := pick(m, list, "promise"), pick(m, m.agents, "agent")
	switch m.draw(0, 3, "end") {
	case 0:
		_, err = m.desk.KeepPromise(m.ctx(), who, p.ID, "kept-"+p.ID, pick(m, []string{"", "It is done."}, "word"))
	case 1:
		_, err = m.desk.MovePromise(m.ctx(), who, p.ID, desk.Moving{ClientID: "client-move", DueAt: m.now().Add(time.Hour), Why: "It takes longer."})
	case 2:
		_, err = m.desk.DropPromise(m.ctx(), who, p.ID, "It is not needed.")
	case 3:
		_, err = m.desk.HandPromise(m.ctx(), who, p.ID, pick(m, m.agents, "to").ID)
	}
	m.allowed(err, chat.Conflict)
}

func (m *model) closesAnyway() {
	if id := m.own(); id != "" {
		m.allowed(m.desk.CloseWith(m.ctx(), pick(m, m.agents, "agent"), id, desk.Parting{Why: "It cannot be done."}))
	}
}

// checkAgreement: of each kind at most one card of a matter waits for an answer,
// an answer and a state go together, each accepted proposal has made its two
// promises once, which go on where their conversation does, and only open promises are
// reminded of.
func (m *model) checkAgreement(id string) {
	list, err := m.store.Cards(m.ctx(), id)
	m.allowed(err)
	waiting := map[string]int{}
	for _, k := range list {
		one := string(k.Kind) + k.MatterID
		if k.State == chat.CardSent {
			waiting[one]++
		}
		made, want := len(m.rows(`SELECT id FROM promise WHERE card_id = ?`, k.ID)), 0
		if k.State == chat.CardAccepted && k.Kind == chat.ProposalCard {
			want = 2
		}
		if made != want {
			m.r.Fatalf("a card %s has made %d promises", k.State, made)
		}
		if state, given := chat.Answers[k.Kind][k.Answer.Choice]; given && state != k.State || !given && k.Answer != (chat.CardAnswer{}) || waiting[one] > 1 {
			m.r.Fatalf("cards %+v", list)
		}
	}
	promises, err := m.store.Promises(m.ctx(), id)
	m.allowed(err)
	for _, p := range promises {
		if open := p.State == chat.PromiseIsOpen; open == (p.EndedAt != 0) || !open && p.RemindAt != 0 {
			m.r.Fatalf("promise %+v", p)
		}
	}
}
