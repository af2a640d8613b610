package desk_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// Where only signed customers begin, neither a card's answer nor "not yet" opens a
// closed conversation for anybody else; what they say of it is kept.
func TestOnlySignedCustomersOpenAgain(t *testing.T) {
	for _, signed := range []bool{false, true} {
		s := newShop(t)
		ben := s.agent("Ben", chat.AgentRole)
		var claims *desk.Claims
		if signed {
			claims = &desk.Claims{Sub: "maria"}
		}
		maria, _ := s.visit("", claims)
		id := s.says(maria, chat.NewID(), "client-first", "My lamp is broken.").Message.ConversationID
		card := s.sends(ben, s.summary(id, "client-card", "Your lamp is broken."))
		s.must(s.desk.Close(s.ctx(), ben, id))
		s.later(time.Minute)
		want := func(what string) {
			t.Helper()
			if got := s.row(id).State != chat.Closed; got != signed {
				t.Errorf("signed %t, %s: open %t", signed, what, got)
			}
		}
		s.site.Identity.Required = true
		s.must(s.store.SaveSite(s.ctx(), &s.site))
		_, err := s.desk.AnswerCard(s.ctx(), maria, id, card.ID, chat.CardAnswer{Choice: chat.Confirm})
		if got := chat.Is(err, chat.IdentityNeeded); got == signed {
			t.Errorf("signed %t: the card's answer says %v", signed, err)
		}
		want("by a card")
		if signed {
			s.must(s.desk.Close(s.ctx(), ben, id))
		}
		f, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Solved: say(chat.SolvedNotYet)})
		s.must(err)
		if f.Solved != chat.SolvedNotYet || len(s.given(id)) != 1 {
			t.Errorf("signed %t: kept %+v", signed, f)
		}
		want("by not yet")
	}
}
