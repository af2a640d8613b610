package desk_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/desk"

	"pgregory.net/rapid"
)

// tab is a browser tab: it may hold an older word on who its visitor is than
// another tab of the same browser.
type tab struct {
	who    chat.Actor
	secret string
}

// model plays people against a shop and remembers what must be true.
type model struct {
	*shop
	r      *rapid.T
	tabs   []*tab
	agents []chat.Actor
	// ids that clients have made for conversations, whatever became of them.
	ids []string
	// owner is the profile that each conversation began with.
	owner map[string]string
	// leads is where each merged profile leads.
	leads map[string]string
	// sent are the postings so far, and acked what was answered first.
	sent  []sent
	acked map[string]chat.Message
	// matters are those of each conversation and current the one that is on; begun
	// is the state that each began with.
	matters map[string][]string
	current map[string]string
	begun   map[string]cycle.State
	// lived are the cycle's events of each matter, and seen how far its
	// conversation's events are among them.
	lived map[string][]cycle.Event
	seen  map[string]int64
}

type sent struct {
	by chat.Actor
	p  desk.Posting
}

func (m *model) draw(from, to int, what string) int { return rapid.IntRange(from, to).Draw(m.r, what) }

func pick[T any](m *model, list []T, what string) T { return list[m.draw(0, len(list)-1, what)] }

// allowed fails on every error that is not one of the codes.
func (m *model) allowed(err error, codes ...chat.Code) {
	m.Helper()
	for _, code := range codes {
		if chat.Is(err, code) {
			return
		}
	}
	if err != nil {
		m.r.Fatalf("%v", err)
	}
}

// Random people: whatever they do, in whatever order, what the promises say
// holds.
func TestRandomPeople(t *testing.T) {
	s := newShop(t)
	agents := []chat.Actor{s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.Supervisor)}
	rapid.Check(t, func(r *rapid.T) {
		m := &model{
			shop: s, r: r, owner: map[string]string{}, leads: map[string]string{}, acked: map[string]chat.Message{},
			matters: map[string][]string{}, current: map[string]string{}, begun: map[string]cycle.State{}, lived: map[string][]cycle.Event{}, seen: map[string]int64{},
			agents: agents,
		}
		for range 3 {
			m.arrive("", nil)
		}
		deeds := []func(){
			m.visitorSays, m.sendsCard, m.answersCard, m.visitorSays, m.promisesSomething, m.endsPromise, m.closesAnyway,
			m.visitorSays, m.agentSays, m.agentSays, m.sendsAgain, m.sendsAgain, m.identifies,
			m.takes, m.releases, m.closes, m.reopens, m.moves, m.ticks, m.undoes, m.marks, m.passes,
			m.withdrawsCard, m.opensMatter, m.turnsMatter, m.filesMessage, m.corrects, m.givesFeedback, m.returns, m.returns, m.unites, m.unites, m.unites,
		}
		for range m.draw(5, 40, "deeds") {
			s.later(time.Second)
			pick(m, deeds, "deed")()
			m.live()
		}
		m.checkAll()
	})
}

func (m *model) arrive(secret string, claims *desk.Claims) *tab {
	who, v := m.visit(secret, claims)
	t := &tab{who, v.Secret}
	m.tabs = append(m.tabs, t)
	return t
}

// conversation picks an id that some client has made, or a fresh one.
func (m *model) conversation() string {
	if len(m.ids) == 0 || m.draw(0, 5, "fresh") == 0 {
		m.ids = append(m.ids, chat.NewID())
		return m.ids[len(m.ids)-1]
	}
	return pick(m, m.ids, "conversation")
}

func (m *model) posts(s sent) {
	p, err := m.desk.Post(m.ctx(), s.by, s.p)
	m.allowed(err, chat.NotFound, chat.Conflict)
	if err != nil {
		return
	}
	key := s.by.ID + s.p.ClientID
	if s.by.Kind == chat.ByPerson {
		key = s.p.ClientID // a visitor's ids are theirs, whoever they turn out to be
	}
	if first, ok := m.acked[key]; ok && !reflect.DeepEqual(first, p.Message) {
		m.r.Fatalf("sent again it is %+v, it was %+v", p.Message, first)
	}
	m.acked[key] = p.Message
	id := p.Message.ConversationID
	if _, ok := m.owner[id]; !ok {
		m.owner[id] = m.row(id).Conversation.PersonID
		if got := m.rows(`SELECT person_id FROM conversation WHERE id = ?`, id); len(got) == 1 {
			m.owner[id] = got[0]
		}
		m.ids = append(m.ids, id)
	}
	if s.by.Kind == chat.ByPerson && !m.entitled(s.by, id) {
		m.r.Fatalf("%s wrote into the conversation of %s", s.by.ID, m.owner[id])
	}
}

var phrases = []string{
	"Hello!", "Thank you!", "Hello Ada, I'm Ben. What happened, and is there anything else?", "Yes, that's right.",
	"I am so sorry to hear that. So you need a new lamp by Friday, is that right?", "I will send it tomorrow. Does that suit you?",
}

func (m *model) visitorSays() {
	p := desk.Posting{ConversationID: m.conversation(), ClientID: fmt.Sprintf("visitor-%d", len(m.sent)), Text: pick(m, phrases, "text")}
	m.sent = append(m.sent, sent{pick(m, m.tabs, "tab").who, p})
	m.posts(m.sent[len(m.sent)-1])
}

func (m *model) agentSays() {
	kind := pick(m, []chat.MessageKind{chat.Reply, chat.Reply, chat.Note}, "kind")
	p := desk.Posting{ConversationID: m.conversation(), ClientID: fmt.Sprintf("agent-%d---", len(m.sent)), Kind: kind, Text: pick(m, phrases, "text")}
	m.sent = append(m.sent, sent{pick(m, m.agents, "agent"), p})
	m.posts(m.sent[len(m.sent)-1])
}

// sendsAgain is a client that has not heard, or has forgotten: perhaps from
// another tab of the same customer.
func (m *model) sendsAgain() {
	if len(m.sent) == 0 {
		return
	}
	s := pick(m, m.sent, "again")
	s.p.Text = "Something else."
	if root := m.root(s.by.ID); root != s.by.ID && m.draw(0, 1, "as") == 0 {
		s.by.ID = root
	}
	m.posts(s)
}

// identifies is a tab that signs in; others of its browser keep what they had.
func (m *model) identifies() {
	t := pick(m, m.tabs, "tab")
	before := t.who.ID
	sub := fmt.Sprint(m.tabs[0].who.ID, m.draw(0, 2, "sub")) // three customers of this world
	who, v, err := m.tryVisit(t.secret, &desk.Claims{Sub: sub, Name: "Ada"})
	m.allowed(err, chat.SecretStale, chat.Unauthorized)
	if err != nil {
		return
	}
	if got := m.rows(`SELECT merged_into FROM person WHERE id = ?`, before); got[0] != "" {
		m.leads[before] = got[0]
	}
	m.tabs = append(m.tabs, &tab{who, v.Secret})
}

func (m *model) tryVisit(secret string, claims *desk.Claims) (chat.Actor, *desk.Visitor, error) {
	v, err := m.desk.Visit(m.ctx(), desk.Visit{SiteID: m.site.ID, Secret: secret, Identity: claims})
	if err != nil {
		return chat.Actor{}, nil, err
	}
	return chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: m.site.ID}, v, nil
}

// root is the customer that a profile leads to.
func (m *model) root(id string) string {
	if to, ok := m.leads[id]; ok {
		return to
	}
	return id
}

// entitled reports whether a visitor may see a conversation: their own, or that
// of a profile that leads to the same customer.
func (m *model) entitled(who chat.Actor, id string) bool {
	return m.root(m.owner[id]) == m.root(who.ID)
}

func (m *model) takes() {
	id, who := m.conversation(), pick(m, m.agents, "agent")
	from := pick(m, []string{"", m.agents[0].ID, m.agents[1].ID}, "from")
	m.allowed(m.desk.Take(m.ctx(), who, id, from), chat.NotFound, chat.TakenByOther, chat.AlreadyClosed)
}

func (m *model) releases() {
	m.allowed(m.desk.Release(m.ctx(), pick(m, m.agents, "agent"), m.conversation()), chat.NotFound, chat.TakenByOther, chat.AlreadyClosed)
}

func (m *model) closes() {
	who := pick(m, append([]chat.Actor{m.tabs[0].who, m.tabs[1].who}, m.agents...), "who")
	m.allowed(m.desk.Close(m.ctx(), who, m.conversation()), chat.NotFound, chat.PromiseOpen)
}

func (m *model) reopens() {
	m.allowed(m.desk.Reopen(m.ctx(), pick(m, m.agents, "agent"), m.conversation()), chat.NotFound, chat.Conflict)
}

// passes lets time go by, or the server be started again.
func (m *model) passes() {
	if m.draw(0, 3, "restart") == 0 {
		m.restart()
		return
	}
	m.later(time.Duration(m.draw(1, 5, "days")) * 2 * 24 * time.Hour)
}
