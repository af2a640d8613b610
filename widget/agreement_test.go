package widget

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// offers sends a proposal as the agent.
func (w *world) offers(conversation string) *chat.Card {
	w.t.Helper()
	due := chat.SystemClock().Add(time.Hour)
	k, err := w.desk.SendCard(context.Background(), w.agent, chat.Card{
		ConversationID: conversation, ClientID: chat.NewID(), Kind: chat.ProposalCard, Text: "A new lamp.",
		OurPart: "Send it", OurDue: due, YourPart: "Send the old one back", YourDue: due.Add(time.Hour),
	})
	w.must(err)
	return k
}

func TestVisitorAnswersACard(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "my lamp is broken")
	k := w.offers(id)
	answer := m{"type": "answer", "ref": "r-card", "conversation_id": id, "card_id": k.ID, "choice": "accept", "text": "Yes please!"}
	for range 2 {
		c.send(answer)
		if ack := c.next("ack"); ack["ref"] != "r-card" || ack["conversation_id"] != id || ack["message"] != nil {
			t.Errorf("ack %v", ack)
		}
	}
	answer["choice"] = "decline"
	c.send(answer)
	if e := c.next("error"); e["code"] != string(chat.Conflict) || e["ref"] != "r-card" {
		t.Errorf("another answer: %v", e)
	}
	page := w.page(v.Token, id, 0)
	if last := page.Messages[len(page.Messages)-1]; last.Text != "Yes please!" || len(page.Messages) != 2 {
		t.Errorf("messages %+v", page.Messages)
	}
	if len(page.Promises) != 2 || page.Promises[0].Whose != chat.Ours || page.Promises[0].MatterID != "" || page.Promises[0].Owner.Name != "Ana" {
		t.Errorf("promises %+v", page.Promises)
	}
	var sent *wire.Card
	for _, e := range page.Events {
		if e.Type == chat.CardWasSent {
			sent = e.Card
		}
	}
	if sent == nil || sent.State != chat.CardAccepted || sent.MatterID != "" || sent.Answer == nil || sent.Answer.Text != "Yes please!" {
		t.Errorf("card %+v", sent)
	}
	var all struct{ Promises []wire.Promise }
	_, body := w.call("GET", "/v1/widget/promises", v.Token, nil)
	w.mustJSON(body, &all)
	if len(all.Promises) != 2 || all.Promises[0].Text != "Send it" {
		t.Errorf("promises %s", body)
	}
	if strings.Contains(string(body), "ana@example.com") {
		t.Errorf("a visitor learns an address: %s", body)
	}
}

// What is not there and what is somebody else's get the same answer, and nothing
// of a hostile one is stored.
func TestHostileAnswers(t *testing.T) {
	w := newWorld(t)
	v, eve := w.visit(m{}), w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "my lamp is broken")
	k := w.offers(id)
	place := func(conversation, card string) string {
		return "/v1/widget/conversations/" + conversation + "/cards/" + card + "/answer"
	}
	accept := m{"choice": "accept"}
	for name, try := range map[string]struct {
		path, token string
		body        any
		status      int
		code        chat.Code
	}{
		"foreign":        {place(id, k.ID), eve.Token, accept, 404, chat.NotFound},
		"absent":         {place(id, chat.NewID()), v.Token, accept, 404, chat.NotFound},
		"no id":          {place(id, "1"), v.Token, accept, 404, chat.NotFound},
		"no session":     {place(id, k.ID), "", accept, 401, chat.Unauthorized},
		"another choice": {place(id, k.ID), v.Token, m{"choice": "confirm"}, 422, chat.Invalid},
		"no choice":      {place(id, k.ID), v.Token, m{}, 422, chat.Invalid},
		"no option":      {place(id, k.ID), v.Token, m{"choice": "accept", "option": "a"}, 422, chat.Invalid},
		"long":           {place(id, k.ID), v.Token, m{"choice": "ask", "text": strings.Repeat("x", chat.MaxCardAnswer+1)}, 422, chat.Invalid},
		"huge":           {place(id, k.ID), v.Token, m{"choice": "ask", "text": strings.Repeat("x", 64<<10)}, 413, chat.TooLarge},
		"more fields":    {place(id, k.ID), v.Token, m{"choice": "accept", "state": "sent"}, 422, chat.UnknownField},
	} {
		status, body := w.call("POST", try.path, try.token, try.body)
		if f := w.failure(body); status != try.status || f.Code != try.code {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if stored, err := w.store.Card(context.Background(), k.ID); err != nil || stored.State != chat.CardSent {
		t.Errorf("the card is %+v, %v", stored, err)
	}
	if _, body := w.call("GET", "/v1/widget/promises", eve.Token, nil); strings.TrimSpace(string(body)) != `{"promises":[]}` {
		t.Errorf("somebody else's promises: %s", body)
	}
}

// Answers count as messages do: nobody floods by them.
func TestAnswersAreBounded(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "my lamp is broken")
	k := w.offers(id)
	for i := range 2 * w.door.Rates.Message.Burst {
		status, _ := w.call("POST", "/v1/widget/conversations/"+id+"/cards/"+k.ID+"/answer", v.Token, m{"choice": "accept"})
		if status == 429 && i > 10 {
			return
		}
	}
	t.Error("answers are not bounded")
}
