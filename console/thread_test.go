package console

import (
	"fmt"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

func TestHistoryPagesLeaveNothingOut(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("message 0")
	c := "/conversations/" + v.id
	b.do(post, c+"/take", nil, nil)
	for i := range 2*messagePage + 7 {
		v.says(fmt.Sprintf("message %d", i+1))
		if i%20 == 0 {
			b.do(post, c+"/step", object{"step": []string{"agreeing", "delivering"}[i/20%2]}, nil)
		}
	}
	var view struct {
		Seq      int64
		Messages []wire.Message
		Events   []wire.Event
		More     bool
	}
	b.do(get, c, nil, &view)
	seen := map[int64]bool{}
	for page := view; ; {
		last := int64(0)
		for _, m := range page.Messages {
			if m.Seq <= last || seen[m.Seq] {
				t.Fatalf("message %d after %d", m.Seq, last)
			}
			last = m.Seq
			seen[m.Seq] = true
		}
		for _, e := range page.Events {
			if seen[e.Seq] || e.Message != nil {
				t.Fatalf("line %d twice, or a message: %+v", e.Seq, e)
			}
			seen[e.Seq] = true
		}
		if !page.More {
			break
		}
		before := page.Messages[0].Seq
		page.Messages, page.Events = nil, nil
		b.do(get, fmt.Sprintf("%s/messages?before=%d", c, before), nil, &page)
	}
	events, err := w.store.EventsAfter(t.Context(), v.id, 0)
	w.must(err)
	for _, e := range events {
		if !seen[e.Seq] && e.Type != chat.PromptTicked && e.Type != chat.MatterRead {
			t.Errorf("%s, number %d, stands on no page", e.Type, e.Seq)
		}
	}
	if view.Seq != int64(len(events)) {
		t.Errorf("head %d of %d", view.Seq, len(events))
	}
	b.fails(get, c+"/messages?before=x", nil, 422, chat.Invalid)
	b.fails(get, "/conversations/"+chat.NewID()+"/messages", nil, 404, chat.NotFound)
}

func TestListsPageByCursor(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	for i := range 7 {
		w.arrives(fmt.Sprint("Hello ", i))
	}
	var ids []string
	next := ""
	for {
		var p struct {
			Rows   []wire.Row
			Next   string
			Counts chat.Counts
		}
		b.do(get, "/conversations?list=queue&limit=3&site="+w.site.ID+"&after="+next, nil, &p)
		for _, r := range p.Rows {
			ids = append(ids, r.ID)
		}
		if p.Counts.Queue != 7 || p.Counts.Open != 7 || p.Counts.Mine != 0 {
			t.Fatalf("counts %+v", p.Counts)
		}
		if next = p.Next; next == "" {
			break
		}
	}
	unique := map[string]bool{}
	for _, id := range ids {
		unique[id] = true
	}
	if len(ids) != 7 || len(unique) != 7 {
		t.Fatalf("got %v", ids)
	}
	site := "/conversations?site=" + w.site.ID
	for _, query := range []string{site + "&limit=0", site + "&limit=101", site + "&limit=-1", site + "&list=all", site + "&after=x"} {
		b.fails(get, query, nil, 422, chat.Invalid)
	}
	b.fails(get, "/conversations?site="+chat.NewID(), nil, 404, chat.NotFound)
	b.fails(get, "/conversations", nil, 404, chat.NotFound)
}

func TestDraftsAreTheirAuthorsAndGoWhenEmptied(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.seat(w.hire("Ana", chat.AgentRole)), w.seat(w.hire("Ben", chat.AgentRole))
	c := "/conversations/" + w.arrives("Hello").id
	var view struct{ Draft *draftShape }
	ana.do(put, c+"/draft", object{"kind": "reply", "text": "Dear {{customer.first_name}}"}, nil)
	ana.do(get, c, nil, &view)
	if view.Draft == nil || view.Draft.Text != "Dear {{customer.first_name}}" {
		t.Fatalf("got %+v", view.Draft)
	}
	ben.do(get, c, nil, &view)
	if view.Draft != nil {
		t.Fatalf("a colleague reads the draft: %+v", view.Draft)
	}
	ana.do(put, c+"/draft", object{"kind": "reply", "text": ""}, nil)
	ana.do(get, c, nil, &view)
	if view.Draft != nil {
		t.Fatalf("got %+v", view.Draft)
	}
	ana.fails(put, c+"/draft", object{"kind": "auto", "text": "x"}, 422, chat.Invalid)
}

func TestCoachByHand(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	c := "/conversations/" + w.arrives("Hello").id
	prompts, err := w.store.Prompts(t.Context(), w.site.ID)
	w.must(err)
	var m wire.Matter
	b.do(post, c+"/prompts/"+prompts[0].Key, object{"state": "done"}, &m)
	if len(m.Progress) != 1 || m.Progress[0].What != "prompt:"+prompts[0].Key || m.Progress[0].ByName != "Ana" {
		t.Fatalf("got %+v", m)
	}
	b.do(post, c+"/undo", object{"progress_id": m.Progress[0].ID}, &m)
	if len(m.Progress) != 0 {
		t.Fatalf("got %+v", m)
	}
	b.do(post, c+"/step", object{"step": "closing"}, &m)
	if m.Step != chat.Closing {
		t.Fatalf("got %+v", m)
	}
	b.fails(post, c+"/prompts/no-such-prompt", object{"state": "done"}, 404, chat.NotFound)
	b.fails(post, c+"/step", object{"step": "dancing"}, 422, chat.Invalid)
	b.fails(post, c+"/messages", object{"client_id": "client-1", "kind": "reply", "text": "Dear {{customer.name}}"}, 422, chat.PlaceholderLeft)
}
