package desk_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// A first message starts the conversation, and everything that belongs to it is
// there when it is acknowledged.
func TestFirstMessageStartsTheConversation(t *testing.T) {
	s := newShop(t)
	who, id := s.visitor(), chat.NewID()
	p := s.says(who, id, "client-1", " My lamp\r\nis broken. ")
	if p.Message.Text != "My lamp\nis broken." || p.Message.ConversationID != id || p.Message.Seq != 3 || p.Message.PublicSeq != 2 || p.Author.ID != who.ID {
		t.Errorf("posted %+v", p)
	}
	if got, want := s.types(id), []chat.EventType{chat.ConversationStarted, chat.MatterOpened, chat.MessagePosted, chat.MatterRead}; !slices.Equal(got, want) {
		t.Errorf("events %v, want %v", got, want)
	}
	r := s.row(id)
	if r.State != chat.Waiting || r.WaitingSince != s.now() || r.Unread != 1 || r.LastText != "My lamp is broken." || r.LastBy != chat.ByPerson || r.Step != chat.Greeting {
		t.Errorf("row %+v", r)
	}
}

// However many send the same thing at once, it is stored once and all are told
// the same.
func TestFiftySendersOfOneMessage(t *testing.T) {
	s := newShop(t)
	who, id := s.visitor(), chat.NewID()
	var got [50]*desk.Posted
	var wait sync.WaitGroup
	for i := range got {
		wait.Go(func() {
			var err error
			got[i], err = s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: "client-1", Text: "text " + strings.Repeat("x", i)})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, p := range got {
		if !reflect.DeepEqual(p.Message, got[0].Message) {
			t.Fatalf("one was told %+v, another %+v", p.Message, got[0].Message)
		}
	}
	if n := s.stored(who, "client-1"); n != 1 || s.row(id).Unread != 1 {
		t.Errorf("stored %d times, %d unread", n, s.row(id).Unread)
	}
}

// Sending again never doubles, whatever has happened in between, and the first
// content wins.
func TestSendingAgainNeverDoubles(t *testing.T) {
	ben := func(s *shop) chat.Actor { return s.agent("Ben", chat.AgentRole) }
	for name, between := range map[string]func(s *shop, who *chat.Actor, secret string, id string){
		"at once":     func(*shop, *chat.Actor, string, string) {},
		"a restart":   func(s *shop, _ *chat.Actor, _, _ string) { s.restart() },
		"thirty days": func(s *shop, _ *chat.Actor, _, _ string) { s.later(30 * 24 * time.Hour) },
		"closed":      func(s *shop, _ *chat.Actor, _, id string) { s.must(s.desk.Close(s.ctx(), ben(s), id)) },
		"closed long ago": func(s *shop, _ *chat.Actor, _, id string) {
			s.must(s.desk.Close(s.ctx(), ben(s), id))
			s.later(30 * 24 * time.Hour)
		},
		"closed and opened again": func(s *shop, _ *chat.Actor, _, id string) {
			s.must(s.desk.Close(s.ctx(), ben(s), id))
			s.must(s.desk.Reopen(s.ctx(), ben(s), id))
		},
		"closed, and talking in a new one": func(s *shop, who *chat.Actor, _, id string) {
			s.must(s.desk.Close(s.ctx(), ben(s), id))
			s.later(30 * 24 * time.Hour)
			s.says(*who, id, "client-new", "Something else.")
		},
		"identified": func(s *shop, who *chat.Actor, secret, _ string) {
			*who, _ = s.visit(secret, &desk.Claims{Sub: "grace", Name: "Grace"})
		},
		"merged, closed": func(s *shop, who *chat.Actor, secret, id string) {
			s.visit("", &desk.Claims{Sub: "grace", Name: "Grace"})
			*who, _ = s.visit(secret, &desk.Claims{Sub: "grace", Name: "Grace"})
			s.must(s.desk.Close(s.ctx(), ben(s), id))
			s.later(30 * 24 * time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			who, v := s.visit("", nil)
			id := chat.NewID()
			first := s.says(who, id, "client-1", "My lamp is broken.")
			between(s, &who, v.Secret, id)
			again := s.says(who, id, "client-1", "Something else entirely.")
			if !reflect.DeepEqual(again.Message, first.Message) {
				t.Errorf("again is %+v, first was %+v", again.Message, first.Message)
			}
			if n := s.stored(who, "client-1"); n != 1 {
				t.Errorf("stored %d times", n)
			}
		})
	}
}

// A message that went to another conversation than it named is found there, even
// when the named one is open again.
func TestSendingAgainAfterItWentElsewhere(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, old := s.chatting()
	s.must(s.desk.Close(s.ctx(), ben, old))
	s.later(8 * 24 * time.Hour)
	moved := s.says(who, old, "client-moved", "Hello again.").Message // starts a new one
	if moved.ConversationID == old {
		t.Fatal("it did not start a new conversation")
	}
	s.must(s.desk.Close(s.ctx(), ben, moved.ConversationID))
	s.must(s.desk.Reopen(s.ctx(), ben, old))
	if again := s.says(who, old, "client-moved", "Hello again."); !reflect.DeepEqual(again.Message, moved) || s.stored(who, "client-moved") != 1 {
		t.Errorf("sent again it is %+v, it was %+v", again.Message, moved)
	}
}

// Two people's messages, and two authors' in one conversation, may carry the
// same client id.
func TestClientIDsAreTheAuthorsOwn(t *testing.T) {
	s := newShop(t)
	_, a := s.chatting()
	_, b := s.chatting()
	ben := s.agent("Ben", chat.AgentRole)
	first := s.replies(ben, a, "client-first", "Hello!")
	if other := s.replies(ben, b, "client-first", "Hi!"); other.Message.ID == first.Message.ID || other.Message.Text != "Hi!" {
		t.Errorf("an agent's id in another conversation gave %+v", other)
	}
	if again := s.replies(ben, a, "client-first", "Hi!"); !reflect.DeepEqual(again.Message, first.Message) || again.Author.Name != "Ben" {
		t.Errorf("again gave %+v", again)
	}
	if anna := s.replies(s.agent("Anna", chat.AgentRole), a, "client-first", "Me too"); anna.Message.Text != "Me too" {
		t.Errorf("a colleague's id gave %+v", anna)
	}
}

// Two tabs that start at once, each with an id of its own, are in one
// conversation; both ids lead there from then on.
func TestTwoTabsStartOneConversation(t *testing.T) {
	s := newShop(t)
	who := s.visitor()
	ids := []string{chat.NewID(), chat.NewID(), chat.NewID()}
	var wait sync.WaitGroup
	for i, id := range ids {
		wait.Go(func() {
			_, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: "client-" + ids[i], Text: "Hello"})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	rows, err := s.store.PersonRows(s.ctx(), who.ID, 10)
	s.must(err)
	if len(rows) != 1 || rows[0].Unread != 3 {
		t.Fatalf("%d conversations: %+v", len(rows), rows)
	}
	for i, id := range ids {
		p := s.says(who, id, "client-again-"+ids[i], "And one thing more")
		if p.Message.ConversationID != rows[0].ID || s.says(who, id, "client-"+id, "Hello").Message.ConversationID != rows[0].ID {
			t.Errorf("%s leads to %s", id, p.Message.ConversationID)
		}
	}
}

// What is another's looks absent, and a try leaves nothing behind.
func TestForeignConversations(t *testing.T) {
	s := newShop(t)
	_, id := s.chatting()
	thief, own := s.chatting()
	before := s.row(id)
	_, err := s.desk.Post(s.ctx(), thief, desk.Posting{ConversationID: id, ClientID: "client-1", Text: "Hello"})
	s.refused(err, chat.NotFound)
	s.refused(s.desk.Close(s.ctx(), thief, id), chat.NotFound)
	_, _, err = s.desk.Mark(s.ctx(), thief, id, desk.Read, 1)
	s.refused(err, chat.NotFound)
	name := "Thief"
	_, err = s.desk.UpdatePerson(s.ctx(), thief, before.PersonID, desk.PersonChange{Name: &name})
	s.refused(err, chat.NotFound)
	for _, err := range []error{
		s.desk.Take(s.ctx(), thief, own, ""), s.desk.Release(s.ctx(), thief, own), s.desk.Reopen(s.ctx(), thief, own),
		s.desk.MoveStep(s.ctx(), thief, own, "", chat.Closing), s.desk.TickPrompt(s.ctx(), thief, own, "greeted", chat.PromptDone),
		s.desk.Undo(s.ctx(), thief, own, chat.NewID()), s.desk.SaveDraft(s.ctx(), thief, own, chat.Note, "x"),
	} {
		s.refused(err, chat.Forbidden)
	}
	if after := s.row(id); !reflect.DeepEqual(after, before) {
		t.Errorf("it was %+v and is %+v", before, after)
	}
	if got := s.says(thief, own, "client-2", "Hello"); got.Message.Kind != chat.Reply {
		t.Errorf("a visitor's message is %+v", got)
	}
}

// A visitor cannot make a note or an automatic message, whatever they ask for.
func TestVisitorsOnlyReply(t *testing.T) {
	s := newShop(t)
	who, id := s.chatting()
	for _, kind := range []chat.MessageKind{chat.Note, chat.Auto, "x"} {
		p, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: "client-" + string(kind) + "-------", Kind: kind, Text: "Hello"})
		s.must(err)
		if p.Message.Kind != chat.Reply || p.Message.PublicSeq == 0 {
			t.Errorf("%s became %+v", kind, p.Message)
		}
	}
}

// What is out of bounds is refused by field, before anything is stored.
func TestPostingBounds(t *testing.T) {
	s := newShop(t)
	who, id := s.chatting()
	ben := s.agent("Ben", chat.AgentRole)
	good := desk.Posting{ConversationID: id, ClientID: "client-1", Kind: chat.Reply, Text: "Hello"}
	with := func(change func(*desk.Posting)) desk.Posting { p := good; change(&p); return p }
	for name, v := range map[string]struct {
		who   chat.Actor
		p     desk.Posting
		code  chat.Code
		field string
	}{
		"conversation id": {who, with(func(p *desk.Posting) { p.ConversationID = "x" }), chat.Invalid, "conversation_id"},
		"client id":       {who, with(func(p *desk.Posting) { p.ClientID = "short" }), chat.Invalid, "client_id"},
		"no text":         {who, with(func(p *desk.Posting) { p.Text = " \n\u0000 " }), chat.Invalid, "text"},
		"too much text":   {who, with(func(p *desk.Posting) { p.Text = strings.Repeat("ä", chat.MaxText+1) }), chat.Invalid, "text"},
		"broken text":     {who, with(func(p *desk.Posting) { p.Text = "a\xff" }), chat.Invalid, "text"},
		"kind":            {ben, with(func(p *desk.Posting) { p.Kind = chat.Auto }), chat.Invalid, "kind"},
		"placeholder":     {ben, with(func(p *desk.Posting) { p.Text = "Dear {{customer.first_name}}" }), chat.PlaceholderLeft, "text"},
		"unknown":         {ben, with(func(p *desk.Posting) { p.ConversationID = chat.NewID() }), chat.NotFound, ""},
	} {
		_, err := s.desk.Post(s.ctx(), v.who, v.p)
		f, ok := err.(*chat.Failure)
		if !ok || f.Code != v.code || f.Field != v.field {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if n := len(s.events(id)); n != 4 {
		t.Errorf("%d events", n)
	}
	if p, err := s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: "client-note", Kind: chat.Note, Text: "Ask {{customer.first_name}}"}); err != nil {
		t.Errorf("a note may hold one: %v %v", p, err)
	}
}

// A note is the team's: no public number, not the last word, not unread.
func TestNotesStayInside(t *testing.T) {
	s := newShop(t)
	_, id := s.chatting()
	ben := s.agent("Ben", chat.AgentRole)
	before := s.row(id)
	p, err := s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: "client-note", Kind: chat.Note, Text: "Sounds upset"})
	s.must(err)
	r := s.row(id)
	if p.Message.PublicSeq != 0 || r.PublicSeq != before.PublicSeq || r.LastText != before.LastText || r.LastAt != before.LastAt ||
		r.UnreadPublic != 0 || r.State != chat.Waiting || r.WaitingSince != before.WaitingSince || r.FirstResponseAt != 0 {
		t.Errorf("note %+v, row %+v", p.Message, r)
	}
	shown, _, err := s.store.PublicMessages(s.ctx(), id, 0, 100)
	s.must(err)
	public, err := s.store.NextPublicEvents(s.ctx(), id, 0)
	s.must(err)
	for _, m := range shown {
		if strings.Contains(m.Text, "upset") {
			t.Error("the note is among the public messages")
		}
	}
	for _, e := range public {
		if e.Type == chat.NotePosted || e.Message != nil && strings.Contains(e.Message.Text, "upset") {
			t.Error("the note is among the public events")
		}
	}
}

// Words after the end: thanks leave it closed, others open it again within the
// window, and later they start a new conversation that knows the old one.
func TestWordsAfterTheEnd(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.must(s.desk.Close(s.ctx(), ben, id))
	if p := s.says(who, id, "client-thanks", "Thank you!"); p.Message.ConversationID != id || s.row(id).State != chat.Closed || s.row(id).WaitingSince != 0 {
		t.Errorf("thanks gave %+v, %+v", p, s.row(id))
	}
	s.later(desk.ReopenWindow)
	s.says(who, id, "client-again", "It is broken again.")
	r := s.row(id)
	if r.State != chat.Waiting || r.AssigneeID != "" || r.WaitingSince != s.now() || r.ClosedAt != 0 || r.Step != chat.Understanding {
		t.Errorf("within the window: %+v", r)
	}
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.later(desk.ReopenWindow + time.Millisecond)
	p := s.says(who, id, "client-later", "Another lamp.")
	next := s.row(p.Message.ConversationID)
	if next.ID == id || next.PreviousID != id || next.State != chat.Waiting || s.row(id).State != chat.Closed {
		t.Errorf("after the window: %+v", next)
	}
	// Whoever still has the old one on the screen writes to the new one.
	if p := s.says(who, id, "client-old-tab", "Are you there?"); p.Message.ConversationID != next.ID {
		t.Errorf("an old tab wrote to %s", p.Message.ConversationID)
	}
	// And nobody opens a second one beside it.
	s.refused(s.desk.Reopen(s.ctx(), ben, id), chat.Conflict)
	_, err := s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: "client-ben", Kind: chat.Reply, Text: "Hello!"})
	s.refused(err, chat.Conflict)
}

// A disabled site takes no new conversations, not even of somebody it knows; what is
// under way goes on.
func TestADisabledSiteTakesNobodyNew(t *testing.T) {
	s := newShop(t)
	ada, id := s.chatting()
	eve := s.visitor()
	s.site.Disabled = true
	s.must(s.store.SaveSite(s.ctx(), &s.site))
	_, err := s.desk.Post(s.ctx(), ada, desk.Posting{ConversationID: id, ClientID: "going-on", Text: "Are you there?"})
	s.must(err)
	if _, err := s.desk.Post(s.ctx(), eve, desk.Posting{ConversationID: chat.NewID(), ClientID: "a-new-one", Text: "Hello?"}); !chat.Is(err, chat.Forbidden) {
		t.Errorf("a new conversation: %v", err)
	}
}
