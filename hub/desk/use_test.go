package desk_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// template is the site's template of this shortcut, with what came after it.
func (s *shop) template(shortcut string) chat.Template {
	s.Helper()
	list, err := s.store.Templates(s.ctx(), s.site.ID, "")
	s.must(err)
	for _, t := range list {
		if t.Shortcut == shortcut {
			return t
		}
	}
	s.Fatalf("no template /%s", shortcut)
	return chat.Template{}
}

// repliesFrom posts a reply that started from a template.
func (s *shop) repliesFrom(who chat.Actor, conversation, clientID, text, template string) {
	s.Helper()
	_, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: conversation, ClientID: clientID, Kind: chat.Reply, Text: text, TemplateID: template})
	s.must(err)
}

// wrote adds a template of the whole site.
func (s *shop) wrote(shortcut, body string) chat.Template {
	s.Helper()
	t := chat.Template{ID: chat.NewID(), SiteID: s.site.ID, Title: shortcut, Shortcut: shortcut, Body: body, Steps: []chat.Step{chat.Delivering}}
	s.must(s.store.SaveTemplate(s.ctx(), &t))
	return t
}

func TestWhatCameAfterATemplateIsCounted(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	words := s.wrote("way", "Hello {{customer.first_name|there}}, it is on its way.")
	maria, id := s.chatting()
	s.repliesFrom(ben, id, "client-as-is", "Hello there, it is on its way. Anything else?", words.ID)
	s.says(maria, id, "client-second", "When will it come?")
	s.repliesFrom(ben, id, "client-reworded", "It left us this morning.", words.ID)
	s.repliesFrom(ben, id, "client-reworded", "It left us this morning.", words.ID) // sent again
	s.must(s.desk.Close(s.ctx(), ben, id))
	want := func(asIs, reworded chat.Outcome) {
		t.Helper()
		if got := s.template("way"); got.AsIs != asIs || got.Reworded != reworded || got.Uses != asIs.Uses+reworded.Uses {
			t.Errorf("got %+v and %+v of %d\nwant %+v and %+v", got.AsIs, got.Reworded, got.Uses, asIs, reworded)
		}
	}
	want(chat.Outcome{Uses: 1, Ended: 1, Answered: 1}, chat.Outcome{Uses: 1, Ended: 1})

	_, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Solved: say(chat.SolvedYes)})
	s.must(err)
	// One customer's word counts once, however often the template was used.
	want(chat.Outcome{Uses: 1, Ended: 1, Answered: 1}, chat.Outcome{Uses: 1, Ended: 1, Solved: 1})

	s.later(time.Hour)
	_, err = s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Solved: say(chat.SolvedNotYet)})
	s.must(err)
	past := chat.Outcome{Uses: 1, Ended: 1, Answered: 1, Reopened: 1}
	want(past, chat.Outcome{Uses: 1, Ended: 1, Reopened: 1, Unsolved: 1})

	// What is said of the next stretch is not about the words of the last one.
	s.repliesFrom(ben, id, "client-third", "Hello there, it is on its way.", words.ID)
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.says(maria, id, "client-thanks", "Thank you so much, Ben!")
	want(past.Add(chat.Outcome{Uses: 1, Ended: 1, Solved: 1}, 1), chat.Outcome{Uses: 1, Ended: 1, Reopened: 1, Unsolved: 1})
}

func TestAProposalAcceptedAfterATemplateIsCounted(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	words := s.wrote("offer", "Here is what we can do.")
	maria, id := s.chatting()
	s.repliesFrom(ben, id, "client-offer", "Here is what we can do.", words.ID)
	card := s.sends(ben, s.proposal(id, "client-proposal"))
	if got := s.template("offer").AsIs; got.Accepted != 0 {
		t.Errorf("accepted before the answer: %+v", got)
	}
	s.answers(maria, card, chat.CardAnswer{Choice: chat.Accept, Option: "lamp"})
	if got, want := s.template("offer").AsIs, (chat.Outcome{Uses: 1, Accepted: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if n := len(s.rows(`SELECT name FROM pragma_table_info('template_use') WHERE name LIKE '%agent%'`)); n != 0 {
		t.Error("a use names an agent")
	}
}

// A reply may start from several templates: each is counted once, and the last
// stands with the message.
func TestSeveralTemplatesOfOneReplyAreCounted(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	hello, way := s.wrote("hail", "Hello!"), s.wrote("way", "It is on its way.")
	_, id := s.chatting()
	post := func(others ...string) (*desk.Posted, error) {
		return s.desk.Post(s.ctx(), ben, desk.Posting{
			ConversationID: id, ClientID: "client-both", Kind: chat.Reply, Text: "Hello! It will come soon.", TemplateID: way.ID, OtherTemplates: others,
		})
	}
	_, err := post(hello.ID, hello.ID, hello.ID, hello.ID, hello.ID)
	s.refused(err, chat.Invalid)
	p, err := post(hello.ID, way.ID, chat.NewID(), "none")
	s.must(err)
	if p.Message.TemplateID != way.ID {
		t.Errorf("the message is said to come from %s", p.Message.TemplateID)
	}
	if a, b := s.template("hail"), s.template("way"); a.AsIs.Uses != 1 || b.Reworded.Uses != 1 || a.Uses != 1 || b.Uses != 1 {
		t.Errorf("counted %+v and %+v", a, b)
	}
}
