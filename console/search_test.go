package console

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/door"
)

func (b *browser) finds(query string) searchAnswer {
	b.w.t.Helper()
	var got searchAnswer
	b.do(get, "/search?zone=Europe/Berlin&q="+url.QueryEscape(query), nil, &got)
	return got
}

func (a searchAnswer) text() string {
	var all []string
	for _, h := range a.Hits {
		line := ""
		for _, p := range h.Parts {
			if p.Hit {
				line += "[" + p.Text + "]"
			} else {
				line += p.Text
			}
		}
		all = append(all, line)
	}
	return strings.Join(all, " | ")
}

// What was just said is found at once, with the hit marked, and leads to its place.
func TestWhatWasJustSaidIsFound(t *testing.T) {
	w := newWorld(t)
	s := readShapes(t)
	ana := w.seat(w.hire("Ana", chat.AgentRole))
	talk := w.arrives("The Zebrafinch is late, wo bleibt das Päckchen?")
	ana.do(post, "/conversations/"+talk.id+"/messages", object{"client_id": "client-9", "kind": "note", "text": "zebrafinch: see the depot"}, nil)
	if got := ana.finds("zebrafinch"); got.text() != "[zebrafinch]: see the depot | The [Zebrafinch] is late, wo bleibt das Päckchen?" || got.Hits[0].Kind != chat.Note || got.Hits[1].Row.ID != talk.id {
		t.Errorf("got %q %+v", got.text(), got.Hits)
	}
	if got := ana.finds("packchen from:customer"); got.text() != "The Zebrafinch is late, wo bleibt das [Päckchen]?" || got.Grouped || got.Unread != 0 || got.Reading != 100 {
		t.Errorf("got %q %+v", got.text(), got)
	}
	if got := ana.finds("state:open,waiting from:customer"); !got.Grouped || len(got.Hits) != 1 {
		t.Errorf("got %+v", got)
	}
	page := ana.raw(get, "/search?q=zebrafinch", nil)
	s.fits(t, "SearchPage", page)
	s.fits(t, "SearchHit", page["hits"].([]any)[0])
	for query, says := range map[string]string{"form:ana": "There is no filter form:", "from:nobody": "Nobody is called", "tag:vip": "Nothing is tagged", "": "Write something"} {
		if got := ana.fails(get, "/search?q="+url.QueryEscape(query), nil, 422, chat.Invalid); !strings.Contains(got.body, says) {
			t.Errorf("%s: %s", query, got.body)
		}
	}
	ana.fails(get, "/search?q=x&zone=Mars/Base", nil, 422, chat.Invalid)
	ana.fails(get, "/search?q=x&after=yesterday", nil, 422, chat.Invalid)
}

func TestPagesOfASearchMeet(t *testing.T) {
	w := newWorld(t)
	ana := w.seat(w.hire("Ana", chat.AgentRole))
	talk := w.arrives("Hello")
	for i := range searchPage + 3 {
		ana.do(post, "/conversations/"+talk.id+"/messages", object{"client_id": fmt.Sprintf("client-%02d", i), "kind": "note", "text": fmt.Sprintf("ostrich%d ostrich", i)}, nil)
	}
	first := ana.finds("ostrich")
	var second searchAnswer
	ana.do(get, "/search?q=ostrich&after="+first.Next, nil, &second)
	if len(first.Hits) != searchPage || len(second.Hits) != 3 || second.Next != "" || first.Hits[searchPage-1].Seq <= second.Hits[0].Seq {
		t.Errorf("%d, then %d, next %q", len(first.Hits), len(second.Hits), second.Next)
	}
	// The thread reaches back to a message without a gap.
	var page historyPage
	last := second.Hits[2].Seq
	ana.do(get, fmt.Sprintf("/conversations/%s/messages?before=%d&from=%d", talk.id, first.Hits[0].Seq, last), nil, &page)
	if len(page.Messages) < searchPage+2 || page.Messages[0].Seq > last {
		t.Errorf("%d messages", len(page.Messages))
	}
}

// Searches have a rate of their own: they are the dearest thing to ask.
func TestSearchesHaveARate(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Search = door.Rate{Burst: 2, Every: time.Hour, Keys: 100} })
	ana, ben := w.seat(w.hire("Ana", chat.AgentRole)), w.seat(w.hire("Ben", chat.AgentRole))
	ana.finds("pelican")
	ana.do(get, "/people?q=ada", nil, nil)
	ana.fails(get, "/search?q=pelican", nil, 429, chat.RateLimited)
	ana.do(get, "/agents", nil, nil)
	ben.finds("pelican")
}

func TestViewsAreKept(t *testing.T) {
	w := newWorld(t)
	s := readShapes(t)
	boss, ana, ben := w.seat(w.hire("Boss", chat.Supervisor)), w.seat(w.hire("Ana", chat.AgentRole)), w.seat(w.hire("Ben", chat.AgentRole))
	w.arrives("A pelican")
	w.arrives("Another pelican")
	var mine, shared, other viewShape
	ana.do(post, "/views", object{"name": " My  pelicans ", "query": "pelican", "shared": false}, &mine)
	ana.fails(post, "/views", object{"name": "Ours", "query": "pelican", "shared": true}, 403, chat.Forbidden)
	boss.do(post, "/views", object{"name": "Ours", "query": "state:waiting", "shared": true}, &shared)
	boss.do(post, "/views", object{"name": "Later", "query": "from:me", "shared": true}, &other)
	if mine.Name != "My pelicans" || mine.Count != 2 || mine.More || mine.Shared || !shared.Shared || shared.Count != 2 || other.Count != 0 {
		t.Errorf("got %+v, %+v, %+v", mine, shared, other)
	}
	names := func(b *browser) string {
		var got struct{ Views []viewShape }
		b.do(get, "/views", nil, &got)
		var all []string
		for _, v := range got.Views {
			all = append(all, v.Name)
		}
		return strings.Join(all, ", ")
	}
	boss.do(post, "/views/order", object{"shared": true, "ids": []string{other.ID, shared.ID}}, nil)
	if got := names(ana) + "; " + names(ben); got != "Later, Ours, My pelicans; Later, Ours" {
		t.Errorf("got %s", got)
	}
	ana.fails(post, "/views/order", object{"shared": true, "ids": []string{shared.ID, other.ID}}, 403, chat.Forbidden)
	ana.fails(post, "/views/order", object{"shared": false, "ids": []string{shared.ID}}, 409, chat.Conflict)
	ana.fails(del, "/views/"+shared.ID, object{}, 403, chat.Forbidden)
	ana.fails(put, "/views/"+shared.ID, object{"name": "Mine now", "query": "x", "shared": false}, 403, chat.Forbidden)
	foreign := ben.fails(del, "/views/"+mine.ID, object{}, 404, chat.NotFound)
	if absent := ben.fails(del, "/views/"+chat.NewID(), object{}, 404, chat.NotFound); absent.body != foreign.body {
		t.Errorf("%s against %s", foreign.body, absent.body)
	}
	ana.fails(post, "/views", object{"name": "Broken", "query": "mood:happy", "shared": false}, 422, chat.Invalid)
	ana.fails(post, "/views", object{"name": "  ", "query": "x", "shared": false}, 422, chat.Invalid)
	// A view keeps its name when what it asks for is gone, and says so.
	ana.do(put, "/views/"+mine.ID, object{"name": "Zoe's", "query": "from:zoe", "shared": false}, &mine)
	if !strings.Contains(mine.Problem, "Nobody is called") {
		t.Errorf("got %+v", mine)
	}
	s.fits(t, "SavedView", ana.raw(get, "/views", nil)["views"].([]any)[0])
	w.arrives("A third")
	w.later(countFor + time.Second)
	var got struct{ Views []viewShape }
	ben.do(get, "/views", nil, &got)
	if got.Views[1].Count != 3 {
		t.Errorf("%d conversations wait", got.Views[1].Count)
	}
	boss.do(del, "/views/"+other.ID, object{}, nil)
	if got := names(ben); got != "Ours" {
		t.Errorf("got %s", got)
	}
}
