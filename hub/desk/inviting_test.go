package desk_test

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

var pricesRule = chat.InviteRule{ID: "01977a10-0000-7000-8000-0000000000f3", Name: "Prices", On: true, OnPage: 20, Text: "Can we help?", Goal: "order"}

// invites gives the site a rule.
func (s *shop) invites() {
	s.Helper()
	site, err := s.store.Site(s.ctx(), s.site.ID)
	s.must(err)
	site.Inviting = chat.Inviting{Rules: []chat.InviteRule{pricesRule}, Times: 1, Days: 7}
	s.must(s.store.SaveSite(s.ctx(), site))
}

// shown puts an invitation of the rule on a page and returns its token.
func (s *shop) shown() string {
	s.Helper()
	token := chat.NewSecret()
	s.must(s.desk.ShowInvitation(s.ctx(), chat.Showing{TokenHash: chat.HashSecret(token), SiteID: s.site.ID, RuleID: pricesRule.ID, Rule: pricesRule.Name, Text: pricesRule.Text}))
	return token
}

// tells is what the page says of a customer.
func (s *shop) tells(who chat.Actor, attributes map[string]string) {
	s.Helper()
	_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: attributes})
	s.must(err)
}

// counted fails unless this came of the rule so far.
func (s *shop) counted(want chat.InviteUse) {
	s.Helper()
	list, err := s.store.InviteUses(s.ctx(), s.site.ID, "")
	s.must(err)
	want.RuleID, want.Day = pricesRule.ID, s.desk.DayBefore(&s.site, s.now(), 0)
	if len(list) != 1 || list[0] != want {
		s.Errorf("counted %+v, want %+v", list, want)
	}
}

// comesInvited lets a customer who is writing have come by an invitation.
func (s *shop) comesInvited(who chat.Actor) {
	s.Helper()
	s.tells(who, map[string]string{chat.InvitedKey: s.shown()})
}

// Whether the page's word or the customer's comes first, the team reads once, in front
// of what follows, which rule invited them.
func TestWordsThatAnswerARule(t *testing.T) {
	for name, early := range map[string]bool{"the page was faster": true, "the words were faster": false} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.invites()
			who, id, token := s.visitor(), chat.NewID(), s.shown()
			say := func() {
				_, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: "client-first", Text: "How much is it?"})
				s.must(err)
			}
			told := func() { s.tells(who, map[string]string{chat.InvitedKey: token, "invitation": "Lumen: Can we help?"}) }
			s.counted(chat.InviteUse{Shown: 1})
			if early {
				told()
				say()
			} else {
				say()
				told()
			}
			told()
			say()
			e := s.last(id, chat.InvitationAnswered)
			if e.Showing == nil || e.Showing.Rule != "Prices" || e.Showing.Text != "Can we help?" || e.PublicSeq != 0 || e.ByID != who.ID {
				t.Errorf("the event is %+v, of %+v", e, e.Showing)
			}
			if n := s.rows(`SELECT count(*) FROM event WHERE type = 'invitation.answered'`); n[0] != "1" {
				t.Errorf("%s events", n[0])
			}
			p, err := s.store.Person(s.ctx(), who.ID)
			s.must(err)
			if len(p.Attributes) != 0 {
				t.Errorf("the profile keeps %+v", p.Attributes)
			}
			s.counted(chat.InviteUse{Shown: 1, Answered: 1})
		})
	}
}

// Nothing counts as an answer that is none: a token of nobody's or used by another, of
// long ago, and words in what was under way before.
func TestWhatAnswersNoRule(t *testing.T) {
	s := newShop(t)
	s.invites()
	who, id := s.visitor(), chat.NewID()
	say := func(text string) {
		_, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: id, ClientID: "client-" + chat.NewID(), Text: text})
		s.must(err)
	}
	say("I wrote before.")
	s.later(time.Second)
	token := s.shown()
	s.tells(who, map[string]string{chat.InvitedKey: token})
	s.tells(who, map[string]string{chat.InvitedKey: strings.Repeat("a", 40)})
	say("And again.")
	other := s.visitor()
	s.tells(other, map[string]string{chat.InvitedKey: token})
	_, err := s.desk.Post(s.ctx(), other, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-other", Text: "Hello"})
	s.must(err)
	late, third := s.shown(), s.visitor()
	s.later(chat.AnswerWindow + time.Second)
	s.tells(third, map[string]string{chat.InvitedKey: late})
	_, err = s.desk.Post(s.ctx(), third, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-third", Text: "Hello"})
	s.must(err)
	if n := s.rows(`SELECT count(*) FROM event WHERE type = 'invitation.answered'`); n[0] != "0" {
		t.Errorf("%s answers", n[0])
	}
}

// A closed conversation that goes on because of an invitation answers it.
func TestAnInvitationReopens(t *testing.T) {
	s := newShop(t)
	s.invites()
	maria, _, id := s.closed()
	s.later(time.Minute)
	s.tells(maria, map[string]string{chat.InvitedKey: s.shown()})
	_, err := s.desk.Post(s.ctx(), maria, desk.Posting{ConversationID: id, ClientID: "client-again", Text: "One more question about the lamp."})
	s.must(err)
	if e := s.last(id, chat.InvitationAnswered); e.Seq <= s.last(id, chat.ConversationReopened).Seq {
		t.Errorf("told at %d", e.Seq)
	}
	s.counted(chat.InviteUse{Shown: 1, Answered: 1})
}

func TestANoCountsOnce(t *testing.T) {
	s := newShop(t)
	token := s.shown()
	for range 2 {
		s.must(s.desk.DeclineInvitation(s.ctx(), token))
	}
	s.must(s.desk.DeclineInvitation(s.ctx(), "of nobody"))
	s.counted(chat.InviteUse{Shown: 1, Declined: 1})
}

// A goal counts once for an invitation that was answered, within its window, and not
// when it was reported before.
func TestARuleLeadsToItsGoal(t *testing.T) {
	s := newShop(t)
	s.invites()
	who := s.visitor()
	s.tells(who, map[string]string{chat.InvitedKey: s.shown(), "order": "before"})
	s.tells(who, map[string]string{"order": "not answered yet"})
	_, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-first", Text: "How much is it?"})
	s.must(err)
	s.tells(who, map[string]string{"another": "event"})
	s.tells(who, map[string]string{"order": "not answered yet", "plan": "gift"})
	s.counted(chat.InviteUse{Shown: 1, Answered: 1})
	for range 2 {
		s.tells(who, map[string]string{"order": "4411"})
	}
	s.counted(chat.InviteUse{Shown: 1, Answered: 1, Led: 1})

	late := s.visitor()
	s.tells(late, map[string]string{chat.InvitedKey: s.shown()})
	_, err = s.desk.Post(s.ctx(), late, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-late", Text: "How much is it?"})
	s.must(err)
	s.later(chat.GoalWindow + time.Minute)
	s.tells(late, map[string]string{"order": "4412"})
	if n := s.rows(`SELECT count(*) FROM showing WHERE goal_at > 0`); n[0] != "1" {
		t.Errorf("%s goals", n[0])
	}
}
