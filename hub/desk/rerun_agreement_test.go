package desk_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// Cards and promises may run twice before they are stored, too: each is there
// once and as it was answered.
func TestAgreementsMayRunAgain(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	open := s.sends(ben, s.proposal(id, "client-open"))
	moved, kept := s.promises(ben, id, "client-moved", time.Hour), s.promises(ben, id, "client-kept", time.Hour)
	var sent, answered *chat.Card
	var made, now, done *chat.Promise
	s.alongside(
		func() (err error) {
			answered, err = s.desk.AnswerCard(s.ctx(), who, id, open.ID, chat.CardAnswer{Choice: chat.Accept, Option: "lamp", Text: "Please!"})
			return err
		},
		func() (err error) {
			sent, err = s.desk.SendCard(s.ctx(), ben, s.proposal(id, "client-next"))
			return err
		},
		func() (err error) {
			made, err = s.desk.MakePromise(s.ctx(), ben, chat.Promise{ConversationID: id, ClientID: "client-made", Whose: chat.Ours, Text: "Call", DueAt: s.now().Add(time.Hour)})
			return err
		},
		func() (err error) {
			now, err = s.desk.MovePromise(s.ctx(), ben, moved.ID, desk.Moving{ClientID: "client-move", DueAt: s.now().Add(2 * time.Hour), Why: "Later."})
			return err
		},
		func() (err error) {
			done, err = s.desk.KeepPromise(s.ctx(), ben, kept.ID, "client-done", "It is done.")
			return err
		},
	)
	cards, err := s.store.Cards(s.ctx(), id)
	s.must(err)
	if len(cards) != 2 || cards[0].Answer != answered.Answer || cards[0].State != chat.CardAccepted || cards[1].ID != sent.ID || cards[1].State != chat.CardSent {
		t.Errorf("cards %+v; told %+v and %+v", cards, answered, sent)
	}
	for _, told := range []*chat.Promise{made, now, done} {
		if stored, err := s.store.Promise(s.ctx(), told.ID); err != nil || *stored != *told {
			t.Errorf("stored %+v, told %+v, %v", stored, told, err)
		}
	}
	list, err := s.store.Promises(s.ctx(), id)
	s.must(err)
	if len(list) != 5 || s.stored(who, "client-done") != 1 || s.stored(who, chat.OwnID("answer", open.ID)) != 1 {
		t.Errorf("promises %+v", list)
	}
	if r := s.row(id); r.Seq != int64(len(s.events(id))) {
		t.Errorf("row %+v", r)
	}
}
