package desk_test

import (
	"fmt"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/desk"
	"rapport/storage"
)

// own picks a conversation that exists, "" for none.
func (m *model) own() string {
	var list []string
	for _, id := range m.ids {
		if _, ok := m.owner[id]; ok {
			list = append(list, id)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return pick(m, list, "own")
}

// says by hand: what the stored events alone do not tell, because a hand that
// confirms what is changes no more than the memory of it.
func (m *model) byHand(id string, e cycle.Event) {
	matter := m.row(id).MatterID
	m.lived[matter] = append(m.lived[matter], e)
}

func (m *model) moves() {
	id, who := m.own(), pick(m, m.agents, "agent")
	if id == "" {
		return
	}
	to := pick(m, chat.Steps, "step")
	m.allowed(m.desk.MoveStep(m.ctx(), who, id, "", to))
	m.byHand(id, cycle.Moved(to, m.hand(who)))
}

func (m *model) ticks() {
	id, who := m.own(), pick(m, m.agents, "agent")
	if id == "" {
		return
	}
	key := pick(m, []string{"greeted", "first_reply", "said_back", "thanked"}, "prompt")
	state := pick(m, []chat.PromptState{chat.PromptOpen, chat.PromptDone, chat.PromptNotNeeded}, "state")
	m.allowed(m.desk.TickPrompt(m.ctx(), who, id, key, state))
	m.byHand(id, cycle.Ticked(key, state, m.hand(who)))
}

func (m *model) undoes() {
	id := m.own()
	if id == "" {
		return
	}
	list, err := m.store.StandingProgress(m.ctx(), m.row(id).MatterID)
	m.allowed(err)
	if len(list) == 0 {
		return
	}
	m.allowed(m.desk.Undo(m.ctx(), pick(m, m.agents, "agent"), id, pick(m, list, "progress").ID))
}

// opensMatter is an agent who finds a second concern.
func (m *model) opensMatter() {
	id := m.own()
	if id == "" {
		return
	}
	before, err := cycle.Load(m.matter(id))
	m.allowed(err)
	need := pick(m, []string{"", "The invoice"}, "need")
	err = m.desk.OpenMatter(m.ctx(), pick(m, m.agents, "agent"), id, need, "")
	m.allowed(err, chat.AlreadyClosed, chat.Conflict)
	if err == nil {
		m.begun[m.row(id).MatterID] = cycle.Second(before, need)
	}
}

// turnsMatter is an agent who goes to another matter, or says that it is none.
func (m *model) turnsMatter() {
	id := m.own()
	if id == "" || len(m.matters[id]) < 2 {
		return
	}
	to, current := pick(m, m.matters[id], "matter"), m.row(id).MatterID
	if m.draw(0, 1, "drops") == 1 {
		gone := cycle.Gone(*m.matterByID(to))
		err := m.desk.DropMatter(m.ctx(), pick(m, m.agents, "agent"), id, to)
		m.allowed(err, chat.Conflict)
		if err == nil && !gone {
			m.lived[to] = append(m.lived[to], cycle.Turned(true, cycle.Hand{}))
		}
		return
	}
	m.allowed(m.desk.TurnMatter(m.ctx(), pick(m, m.agents, "agent"), id, to))
	if to != current {
		m.lived[to] = append(m.lived[to], cycle.Turned(false, cycle.Hand{}))
	}
}

// filesMessage is an agent who says what the customer's words are about.
func (m *model) filesMessage() {
	id := m.own()
	if id == "" {
		return
	}
	list, _, err := m.store.Messages(m.ctx(), id, 0, 1000)
	m.allowed(err)
	v, to := pick(m, list, "message").Message, pick(m, m.matters[id], "matter")
	err = m.desk.FileMessage(m.ctx(), pick(m, m.agents, "agent"), id, v.ID, to)
	m.allowed(err, chat.NotFound)
	if err == nil && v.MatterID != to {
		m.lived[to] = append(m.lived[to], cycle.Turned(false, cycle.Hand{}), cycle.Posted(v, m.customerThen(id), "", nil))
		if first, ok := m.acked[v.ClientID]; ok {
			first.MatterID = to
			m.acked[v.ClientID] = first
		}
	}
}

// returns is a customer who leaves and comes back when it is too late for the
// conversation to open again.
func (m *model) returns() {
	id, t := m.own(), pick(m, m.tabs, "tab")
	if id == "" || !m.entitled(t.who, id) {
		return
	}
	m.allowed(m.desk.Close(m.ctx(), t.who, id))
	m.live()
	m.later(desk.ReopenWindow + time.Hour)
	p := desk.Posting{ConversationID: id, ClientID: fmt.Sprintf("visitor-%d", len(m.sent)), Text: pick(m, phrases, "text")}
	m.sent = append(m.sent, sent{t.who, p})
	m.posts(m.sent[len(m.sent)-1])
}

// unites is an agent who brings a conversation into another: of the same customer, or not.
func (m *model) unites() {
	goes, stays := m.own(), ""
	var theirs []string
	for _, id := range m.ids {
		if _, begun := m.owner[id]; begun && id != goes && m.root(m.owner[id]) == m.root(m.owner[goes]) {
			theirs = append(theirs, id)
		}
	}
	if len(theirs) > 0 && m.draw(0, 9, "whose") > 0 {
		stays = pick(m, theirs, "stays")
	} else if stays = m.own(); goes == "" {
		return
	}
	who := pick(m, m.agents, "agent")
	had := len(m.matters[stays])
	err := m.desk.Unite(m.ctx(), who, goes, desk.Uniting{IntoID: stays, From: m.row(goes).AssigneeID, IntoHas: m.row(stays).AssigneeID})
	m.allowed(err, chat.Invalid, chat.Conflict, chat.AlreadyClosed, chat.TakenByOther)
	if err != nil {
		return
	}
	if a, b := m.root(m.owner[goes]), m.root(m.owner[stays]); a != b {
		m.r.Fatalf("the conversations of %s and %s are one", a, b)
	}
	if r := m.row(goes); r.State != chat.Closed || r.MergedInto != stays {
		m.r.Fatalf("what went on is %+v", r)
	}
	all, err := m.store.Matters(m.ctx(), stays)
	m.allowed(err)
	for _, c := range all[had:] {
		state, err := cycle.Load(c)
		m.allowed(err)
		m.begun[c.ID] = state
	}
}

func (m *model) corrects() {
	id, who := m.own(), pick(m, m.agents, "agent")
	if id == "" {
		return
	}
	c := cycle.Correction{}
	switch m.draw(0, 2, "what") {
	case 0:
		c.Type = say(pick(m, []chat.InteractionType{"", chat.Complaint, chat.Request}, "type"))
	case 1:
		c.Mood = say(pick(m, []chat.Mood{"", chat.Upset}, "mood"))
	case 2:
		c.Need = say("A new lamp")
	}
	m.allowed(m.desk.Correct(m.ctx(), who, id, c))
	m.byHand(id, cycle.Corrected(c, m.hand(who)))
}

// givesFeedback is any tab on any conversation: only its customer gets through.
func (m *model) givesFeedback() {
	id, who := m.own(), pick(m, m.tabs, "tab").who
	if id == "" {
		return
	}
	change := chat.FeedbackChange{Solved: say(pick(m, []chat.Solved{chat.SolvedYes, chat.SolvedNotYet}, "solved"))}
	f, err := m.desk.GiveFeedback(m.ctx(), who, id, change)
	if m.row(id).MergedInto != "" && m.entitled(who, id) { // it is said where that goes on
		m.refused(err, chat.Conflict)
		return
	}
	if m.entitled(who, id) != (err == nil) {
		m.r.Fatalf("%s on the conversation of %s: %v", who.ID, m.owner[id], err)
	}
	m.allowed(err, chat.NotFound)
	if err == nil && f.Solved != *change.Solved {
		m.r.Fatalf("said %s, kept %+v", *change.Solved, f)
	}
}

func (m *model) hand(who chat.Actor) cycle.Hand {
	name := "Ben"
	if who.ID == m.agents[1].ID {
		name = "Anna"
	}
	return cycle.Hand{ID: who.ID, Name: name, At: m.now()}
}

// marks also proves who may see what: every tab knocks at every conversation.
func (m *model) marks() {
	for id := range m.owner {
		for _, t := range m.tabs {
			_, _, err := m.desk.Mark(m.ctx(), t.who, id, desk.Read, int64(m.draw(0, 9, "seq")))
			if m.entitled(t.who, id) != (err == nil) {
				m.r.Fatalf("%s at the conversation of %s: %v", t.who.ID, m.owner[id], err)
			}
			m.allowed(err, chat.NotFound)
		}
		_, _, err := m.desk.Mark(m.ctx(), m.agents[0], id, desk.Read, int64(m.draw(0, 9, "seq")))
		m.allowed(err)
	}
}

// live reads what has newly happened and keeps what the cycle was told of it. Who
// waits is looked at each time: the next deed may hide it.
func (m *model) live() {
	for id := range m.owner {
		m.checkWaiting(id)
		events, err := m.store.EventsAfter(m.ctx(), id, m.seen[id])
		m.allowed(err)
		for _, e := range events {
			m.seen[id] = e.Seq
			was := m.current[id]
			matter := m.concerns(id, &e)
			by := chat.Actor{Kind: e.By, ID: e.ByID}
			switch e.Type {
			case chat.MessagePosted, chat.NotePosted:
				author := ""
				if e.By == chat.ByAgent {
					author = e.Names.By.Name
				}
				m.lived[matter] = append(m.lived[matter], cycle.Posted(*e.Message, m.customerThen(id), author, nil))
			case chat.MatterOpened:
				if was != "" {
					m.lived[was] = append(m.lived[was], cycle.Opened(m.hand(by)))
				}
			case chat.ConversationClosed:
				m.lived[matter] = append(m.lived[matter], cycle.Closed(by, e.At))
			case chat.ConversationReopened:
				m.lived[matter] = append(m.lived[matter], cycle.Reopened(by, "", e.At))
			case chat.CardWasSent:
				m.lived[matter] = append(m.lived[matter], cycle.CardSent(*e.Card))
			case chat.CardWasAnswered:
				m.lived[matter] = append(m.lived[matter], cycle.CardAnswered(*e.Card, m.customerThen(id)))
			case chat.PromiseWasMade:
				if e.Promise.CardID == "" { // what a card makes, its answer has told
					m.lived[matter] = append(m.lived[matter], cycle.PromiseMade(*e.Promise))
				}
			case chat.ProgressUndone:
				p := *e.Progress
				p.UndoneBy, p.UndoneAt = "", 0
				m.lived[matter] = append(m.lived[matter], cycle.Undone(p, m.hand(by)))
			}
		}
	}
}

// concerns is the matter that an event of a conversation is about.
func (m *model) concerns(id string, e *chat.Event) string {
	switch {
	case e.Type == chat.MatterOpened:
		m.matters[id], m.current[id] = append(m.matters[id], e.MatterID), e.MatterID
		return e.MatterID
	case e.Type == chat.MatterTurned:
		m.current[id] = e.MatterID
		return e.MatterID
	case e.Message != nil:
		return e.Message.MatterID
	case e.Card != nil:
		return e.Card.MatterID
	case e.Progress != nil:
		return e.MatterID
	}
	return m.current[id] // none yet at the conversation's first event
}

// customerThen is the customer's name while the last deed was done.
func (m *model) customerThen(id string) string { return m.row(id).PersonName }

func (m *model) checkAll() {
	for id := range m.owner {
		m.checkNumbers(id)
		m.checkCycle(id)
		m.checkAgreement(id)
		m.publishedAsStored(id)
	}
	m.checkMessages()
	m.checkLists()
}

// checkNumbers: both numberings without gaps, the row at their end, the unread
// counts those of a recount, and nothing public that is the team's.
func (m *model) checkNumbers(id string) {
	events, r := m.events(id), m.row(id)
	var public, unread, unreadPublic int64
	for i, e := range events {
		if e.Seq != int64(i)+1 {
			m.r.Fatalf("event %d has number %d", i+1, e.Seq)
		}
		want := int64(0)
		if mayKnow[e.Type] == chat.Everyone {
			public++
			want = public
		}
		if e.PublicSeq != want {
			m.r.Fatalf("event %d (%s) has public number %d, want %d", e.Seq, e.Type, e.PublicSeq, want)
		}
		said := e.Type == chat.MessagePosted || e.Type == chat.CardWasSent || e.Type == chat.CardWasAnswered
		if said && e.By == chat.ByPerson && e.Seq > r.Marks.AgentRead {
			unread++
		}
		if said && e.By == chat.ByAgent && e.Seq > r.Marks.PersonRead {
			unreadPublic++
		}
	}
	if r.Seq != int64(len(events)) || r.PublicSeq != public || r.Unread != unread || r.UnreadPublic != unreadPublic {
		m.r.Fatalf("row %+v; a recount gives seq %d, public %d, unread %d and %d", r, len(events), public, unread, unreadPublic)
	}
	if r.Marks.PersonReadPublic > r.PublicSeq || r.Marks.PersonRead > r.Seq || r.Marks.PersonRead > r.Marks.PersonDelivered || r.Marks.AgentRead > r.Seq {
		m.r.Fatalf("marks %+v", r.Marks)
	}
}

// checkCycle: a replay of each whole matter gives the state that is stored.
func (m *model) checkCycle(id string) {
	prompts, err := m.store.Prompts(m.ctx(), m.site.ID)
	m.allowed(err)
	g := cycle.NewGuide(prompts)
	for i, matter := range m.matters[id] {
		stored, err := m.store.Matter(m.ctx(), matter)
		m.allowed(err)
		state := m.begun[matter]
		if i == 0 {
			state = cycle.Start()
		}
		for _, e := range m.lived[matter] {
			state, _, _ = cycle.Apply(g, state, e)
		}
		again := *stored
		state.Save(&again)
		if again != *stored {
			m.r.Fatalf("a replay gives\n%+v\nstored is\n%+v", again, stored)
		}
	}
	if current := m.row(id).MatterID; current != m.current[id] {
		m.r.Fatalf("the current matter is %s, not %s", current, m.current[id])
	}
}

// checkWaiting: who stands in the queue waits since some time and is nobody's;
// who is open is somebody's; who is closed waits for nothing.
func (m *model) checkWaiting(id string) {
	r := m.row(id)
	good := map[chat.State]bool{
		chat.Waiting: r.WaitingSince != 0 && r.AssigneeID == "", chat.Open: r.AssigneeID != "", chat.Closed: r.WaitingSince == 0,
	}
	if !good[r.State] {
		m.r.Fatalf("row %+v", r)
	}
}

// checkMessages: what was acknowledged is there once, and each profile has at
// most one conversation that is not closed.
func (m *model) checkMessages() {
	for _, first := range m.acked {
		n := 0
		for id := range m.owner {
			list, _, err := m.store.Messages(m.ctx(), id, 0, 1000)
			m.allowed(err)
			for _, v := range list {
				if v.ClientID == first.ClientID && v.ByID == first.ByID {
					n++
				}
			}
		}
		if n != 1 {
			m.r.Fatalf("%+v is stored %d times", first, n)
		}
	}
	live := map[string]int{}
	for id, owner := range m.owner {
		if m.row(id).State != chat.Closed {
			live[owner]++
		}
		if live[owner] > 1 {
			m.r.Fatalf("%s has two conversations that are not closed", owner)
		}
	}
}

// checkLists: each list is in the order of its rank, and the counters are those
// of a recount.
func (m *model) checkLists() {
	for _, list := range []storage.List{storage.Queue, storage.Live, storage.Closed, storage.Mine} {
		p := storage.Page{SiteID: m.site.ID, List: list, AgentID: m.agents[0].ID, Limit: 7}
		last, n := chat.Row{}, int64(0)
		for {
			rows, next, err := m.store.Rows(m.ctx(), p)
			m.allowed(err)
			for _, r := range rows {
				n++
				if last.ID != "" && (r.Rank() < last.Rank() || r.Rank() == last.Rank() && r.ID <= last.ID) {
					m.r.Fatalf("%s: %d comes after %d", list, r.Rank(), last.Rank())
				}
				last = r
			}
			if p.Cursor = next; next == "" {
				break
			}
		}
		counts, _, err := m.store.Counts(m.ctx(), m.site.ID, m.agents[0].ID)
		m.allowed(err)
		if want, ok := map[storage.List]int64{storage.Queue: counts.Queue, storage.Live: counts.Open, storage.Mine: counts.Mine}[list]; ok && want != n {
			m.r.Fatalf("%s has %d rows, the counter says %d", list, n, want)
		}
	}
}
