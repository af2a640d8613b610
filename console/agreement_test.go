package console

import (
	"encoding/json"
	"testing"
	"time"

	"rapport/hub/chat"
)

func TestAgreementsHaveTheProtocolsShape(t *testing.T) {
	s := readShapes(t)
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Where is my parcel?")
	c := "/conversations/" + v.id
	due := chat.SystemClock().Add(time.Hour)
	offer := object{
		"client_id": "client-card", "kind": "proposal", "text": "We send it again.", "our_part": "Send it", "our_due": due,
		"options": []object{{"key": "a", "title": "By post", "detail": ""}, {"key": "b", "title": "By courier", "detail": "Thursday"}},
	}
	card := b.raw(post, c+"/cards", offer)
	s.fits(t, "Card", card, "answer")
	if again := b.raw(post, c+"/cards", offer); again["id"] != card["id"] {
		t.Errorf("sent twice: %v", again)
	}
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	who := chat.Actor{Kind: chat.ByPerson, ID: row.PersonID, Site: w.site.ID}
	_, err = w.desk.AnswerCard(t.Context(), who, v.id, card["id"].(string), chat.CardAnswer{Choice: chat.Accept, Option: "b"})
	w.must(err)
	b.fails(post, c+"/cards/"+card["id"].(string)+"/withdraw", nil, 409, chat.Conflict)
	promise := b.raw(post, c+"/promises", object{"client_id": "client-promise", "text": "Call the carrier", "due_at": due})
	s.fits(t, "CustomerPromise", promise)
	if promise["whose"] != "ours" {
		t.Errorf("promise %v", promise)
	}
	view := b.raw(get, c, nil)
	s.fits(t, "ConversationView", view, "draft", "complaint")
	s.each(t, "Card", view["cards"])
	s.each(t, "CustomerPromise", view["promises"])
	ledger := b.raw(get, "/promises?site="+w.site.ID, nil)
	s.each(t, "LedgerRow", ledger["promises"])
	if counts, _ := json.Marshal(ledger["counts"]); string(counts) != `{"late":0,"soon":2}` || ledger["next"] != "" {
		t.Errorf("counts %s, next %v", counts, ledger["next"])
	}
}

func TestPromisesFromMakingToClosing(t *testing.T) {
	w := newWorld(t)
	noor := w.hire("Noor", chat.AgentRole)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Where is my parcel?")
	c, due := "/conversations/"+v.id, chat.SystemClock().Add(time.Hour)
	b.do(post, c+"/take", nil, nil)
	promise := func(clientID string) string {
		return b.raw(post, c+"/promises", object{"client_id": clientID, "text": "Call", "due_at": due})["id"].(string)
	}
	kept, moved := promise("client-one"), promise("client-two")
	b.fails(post, c+"/close", nil, 409, chat.PromiseOpen)
	b.do(post, "/promises/"+kept+"/keep", object{"client_id": "client-kept", "text": "It comes on Thursday."}, nil)
	b.fails(post, "/promises/"+moved+"/move", object{"client_id": "client-move", "due_at": due}, 422, chat.Invalid)
	b.do(post, "/promises/"+moved+"/move", object{"client_id": "client-move", "due_at": due.Add(time.Hour), "why": "They call back."}, nil)
	b.fails(post, "/promises/"+moved+"/hand", object{"agent_id": chat.NewID()}, 422, chat.Invalid)
	b.fails(post, "/promises/"+chat.NewID()+"/drop", object{"why": "No."}, 404, chat.NotFound)
	b.fails(get, "/promises?site="+chat.NewID(), nil, 404, chat.NotFound)
	b.fails(get, "/promises?list=all&site="+w.site.ID, nil, 422, chat.Invalid)

	w.later(3 * time.Hour)
	var page struct {
		Promises []struct{ ID string }
		Counts   struct{ Soon, Late int }
	}
	b.do(get, "/promises?list=late&site="+w.site.ID, nil, &page)
	if len(page.Promises) != 1 || page.Promises[0].ID != moved || page.Counts.Late != 1 {
		t.Errorf("late %+v", page)
	}
	if handed := b.raw(post, "/promises/"+moved+"/hand", object{"agent_id": noor.ID}); handed["owner"].(map[string]any)["name"] != "Noor" {
		t.Errorf("handed %v", handed)
	}
	b.do(post, c+"/close", nil, nil)
	b.do(post, c+"/reopen", nil, nil)
	due = due.Add(4 * time.Hour)
	third := promise("client-three")
	if row := b.raw(post, c+"/close", object{"why": "You have it already."}); row["state"] != "closed" {
		t.Errorf("row %v", row)
	}
	if p, err := w.store.Promise(t.Context(), third); err != nil || p.State != chat.PromiseDropped || p.Why != "You have it already." {
		t.Errorf("third %+v, %v", p, err)
	}
	if p, err := w.store.Promise(t.Context(), moved); err != nil || p.State != chat.PromiseIsOpen || p.Owner.ID != noor.ID {
		t.Errorf("what was handed on is %+v, %v", p, err)
	}
}
