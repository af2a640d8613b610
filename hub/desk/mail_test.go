package desk_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// queued is what waits to be told by e-mail, oldest first.
func (s *shop) queued() []string {
	s.Helper()
	return s.rows(`SELECT kind || ' ' || seq || ' ' || person_id FROM mail ORDER BY seq`)
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// An agent's words, a card and each public turn of a promise are queued with
// their events for a customer who left an address; nothing else is, and nothing
// for one who left none.
func TestWhatIsToldByMail(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.replies(ben, id, "client-no-address", "Hello!")
	if got := s.queued(); len(got) != 0 {
		t.Fatalf("queued without an address: %q", got)
	}
	email := "ada@example.org"
	_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Email: &email})
	s.must(err)
	s.says(who, id, "client-words", "Are you there?")
	_, err = s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: "client-note", Kind: chat.Note, Text: "Careful."})
	s.must(err)
	reply := s.replies(ben, id, "client-reply", "I am.")
	s.replies(ben, id, "client-reply", "I am.") // a retry
	card, err := s.desk.SendCard(s.ctx(), ben, chat.Card{ConversationID: id, ClientID: "client-card", Kind: chat.SummaryCard, Text: "Your lamp is broken."})
	s.must(err)
	sent := s.last(id, chat.CardWasSent)
	promise, err := s.desk.MakePromise(s.ctx(), ben, chat.Promise{
		ConversationID: id, ClientID: "client-promise", Whose: chat.Ours, Text: "A new lamp", DueAt: s.now().Add(time.Hour),
	})
	s.must(err)
	made := s.last(id, chat.PromiseWasMade)
	_, err = s.desk.HandPromise(s.ctx(), ben, promise.ID, s.agent("Ana", chat.AgentRole).ID)
	s.must(err)
	_, err = s.desk.AnswerCard(s.ctx(), who, id, card.ID, chat.CardAnswer{Choice: chat.Confirm})
	s.must(err)
	want := []string{
		"reply " + number(reply.Message.Seq) + " " + who.ID, "card " + number(sent.Seq) + " " + who.ID, "promise " + number(made.Seq) + " " + who.ID,
	}
	if got := s.queued(); !slices.Equal(got, want) {
		t.Errorf("queued %q, want %q", got, want)
	}
	payloads := s.rows(`SELECT payload FROM mail ORDER BY seq`)
	if want := []string{`{}`, `{"card_id":"` + card.ID + `"}`, `{"promise_id":"` + promise.ID + `"}`}; !slices.Equal(payloads, want) {
		t.Errorf("payloads %q, want %q", payloads, want)
	}
}
