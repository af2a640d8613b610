package widget

import (
	"fmt"
	"testing"

	"rapport/hub/chat"
)

// page reads a page of a thread over HTTP.
func (w *world) page(token, id string, before int64) historyAnswer {
	w.t.Helper()
	status, body := w.call("GET", fmt.Sprintf("/v1/widget/conversations/%s/messages?before=%d", id, before), token, nil)
	if status != 200 {
		w.t.Fatalf("history: %d %s", status, body)
	}
	var a historyAnswer
	w.mustJSON(body, &a)
	return a
}

// The pages of a thread together hold every public number once, the lines that
// lie between two pages too.
func TestPagesLeaveNothingBetween(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "is anybody there?")
	w.reply(id, "Yes!")
	w.must(w.desk.Release(t.Context(), w.agent, id))
	w.note(id, "between us")
	w.must(w.desk.Take(t.Context(), w.agent, id, ""))
	for i := range pageSize {
		w.reply(id, fmt.Sprint("word ", i))
	}
	w.must(w.desk.Close(t.Context(), w.agent, id))

	seen := map[int64]int{}
	page := w.page(v.Token, id, 0)
	head := page.Seq
	for {
		for _, m := range page.Messages {
			seen[m.Seq]++
		}
		for _, e := range page.Events {
			seen[e.Seq]++
		}
		if !page.More {
			break
		}
		page = w.page(v.Token, id, page.Messages[0].Seq)
	}
	for n := int64(1); n <= head; n++ {
		if seen[n] != 1 {
			t.Errorf("number %d stands %d times in the pages", n, seen[n])
		}
	}
	if len(seen) != int(head) || head != pageSize+7 {
		t.Errorf("%d numbers up to %d", len(seen), head)
	}
}

// A customer whose agent leaves is told so, and not by whom it was decided.
func TestReleaseIsTold(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "hello there")
	c.next("events")
	w.reply(id, "Hello!")
	c.next("events")
	boss := w.agent
	boss.ID, boss.Role = w.colleague("Boss"), chat.Supervisor
	w.must(w.desk.Release(t.Context(), boss, id))
	events := c.next("events")["events"].([]any)
	e := events[0].(map[string]any)
	if len(events) != 1 || e["type"] != "conversation.released" || e["agent"].(map[string]any)["name"] != "Ana" || e["by"] != nil || e["seq"] != 5.0 {
		t.Errorf("the customer was told %v", events)
	}
}
