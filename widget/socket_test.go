package widget

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
)

func TestVisitorTalksWithAgent(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, hello := w.connect(v.Token, nil, "")
	if hello["epoch"] != w.store.Epoch() {
		t.Fatalf("hello has epoch %v", hello["epoch"])
	}
	id := chat.NewID()
	ack := c.say(id, "is the lamp in stock?")
	if ack["conversation_id"] != id || ack["message"].(map[string]any)["seq"] != 2.0 {
		t.Fatalf("ack %v", ack)
	}
	first := c.next("events")
	if n := len(first["events"].([]any)); n != 2 {
		t.Fatalf("%d events first, want started and posted", n)
	}
	w.reply(id, "It is!")
	events := c.next("events")["events"].([]any)
	taken, posted := events[0].(map[string]any), events[1].(map[string]any)
	if taken["type"] != "conversation.taken" || taken["agent"].(map[string]any)["name"] != "Ana" {
		t.Errorf("first %v", taken)
	}
	if posted["message"].(map[string]any)["text"] != "It is!" || posted["prev"] != taken["seq"] {
		t.Errorf("then %v", posted)
	}
}

func TestNoteIsNotEvenAHole(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "hello there")
	c.next("events")
	w.reply(id, "Hello!")
	c.next("events")
	w.note(id, "secret-canary-note")
	w.reply(id, "One moment.")
	events := c.next("events")["events"].([]any)
	e := events[0].(map[string]any)
	if len(events) != 1 || e["seq"] != 5.0 || e["prev"] != 4.0 {
		t.Fatalf("after a note came %v", events)
	}
	_, body := w.call("GET", "/v1/widget/conversations/"+id+"/messages", v.Token, nil)
	_, list := w.call("GET", "/v1/widget/conversations", v.Token, nil)
	for _, b := range [][]byte{body, list} {
		for _, secret := range []string{"secret-canary-note", "ana@example.com"} {
			if strings.Contains(string(b), secret) {
				t.Errorf("a visitor can read %q in %s", secret, b)
			}
		}
	}
}

// Of what the team works on beside a chat its customer can read nothing: not that it is
// there, nor by its id, and their chat has not even a hole.
func TestAnAsideIsNotEvenAHole(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id, aside := chat.NewID(), chat.NewID()
	c.say(id, "hello there")
	c.next("events")
	w.reply(id, "Hello!")
	c.next("events")
	w.must(w.desk.Split(context.Background(), w.agent, id, desk.Splitting{ID: aside, Need: "secret-canary-need", Note: "secret-canary-note", From: w.agent.ID}, nil))
	w.note(aside, "secret-canary-note")
	promised := w.promisedIn(aside, c)
	w.must(w.desk.CloseWith(context.Background(), w.agent, aside, desk.Parting{Words: "secret-canary-words"}))
	w.reply(id, "One moment.")
	events := c.next("events")["events"].([]any)
	e := events[0].(map[string]any)
	if len(events) != 1 || e["seq"] != 7.0 || e["prev"] != 6.0 {
		t.Fatalf("after an aside came %v", events)
	}
	for _, path := range []string{"conversations", "conversations/" + id + "/messages", "known", "promises"} {
		_, body := w.call("GET", "/v1/widget/"+path, v.Token, nil)
		for _, secret := range []string{"secret-canary", aside} {
			if strings.Contains(string(body), secret) {
				t.Errorf("a visitor can read %q of %s: %s", secret, path, body)
			}
		}
	}
	for _, path := range []string{"conversations/" + id + "/messages", "promises"} {
		if _, body := w.call("GET", "/v1/widget/"+path, v.Token, nil); strings.Count(string(body), `"id":"`+promised+`","conversation_id":"`+id+`"`) == 0 {
			t.Errorf("the promise is not the chat's in %s: %s", path, body)
		}
	}
	_, none := w.call("GET", "/v1/widget/conversations/"+chat.NewID()+"/messages", v.Token, nil)
	if _, body := w.call("GET", "/v1/widget/conversations/"+aside+"/messages", v.Token, nil); string(body) != string(none) {
		t.Errorf("by its id it is told from one that is not there: %s", body)
	}
}

// promisedIn is a promise that is made and kept in an aside, as its customer hears of it:
// in their chat.
func (w *world) promisedIn(aside string, c *wireConn) string {
	w.t.Helper()
	p, err := w.desk.MakePromise(context.Background(), w.agent, chat.Promise{ConversationID: aside, ClientID: "client-promise", Whose: chat.Ours, Text: "A word", DueAt: chat.SystemClock().Add(time.Hour)})
	w.must(err)
	_, err = w.desk.KeepPromise(context.Background(), w.agent, p.ID, "client-kept", "")
	w.must(err)
	for range 2 {
		said := c.next("events")
		if text := fmt.Sprint(said); strings.Contains(text, aside) {
			w.t.Errorf("a frame names the aside: %s", text)
		}
	}
	return p.ID
}

func TestResumeBringsWhatWasMissed(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, hello := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "hello there")
	c.next("events")
	_ = c.conn.Close()
	w.reply(id, "one")
	w.reply(id, "two")
	epoch := hello["epoch"].(string)

	again, _ := w.connect(v.Token, m{id: 2}, epoch)
	events := again.next("events")["events"].([]any)
	if len(events) != 3 || events[0].(map[string]any)["prev"] != 2.0 {
		t.Fatalf("resumed with %v", events)
	}
	for name, c := range map[string]struct {
		resume m
		epoch  string
		reason string
	}{
		"ahead":   {m{id: 99}, epoch, "ahead"},
		"another": {m{id: 2}, "another", "epoch"},
	} {
		conn, _ := w.connect(v.Token, c.resume, c.epoch)
		if r := conn.next("reload"); r["reason"] != c.reason || r["conversation_id"] != id {
			t.Errorf("%s: %v", name, r)
		}
	}
}

func TestTwoTabsHaveOneConversation(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	one, _ := w.connect(v.Token, nil, "")
	two, _ := w.connect(v.Token, nil, "")
	a, b := chat.NewID(), chat.NewID()
	one.say(a, "from one")
	two.hears(a, 1, 2)
	ack := two.say(b, "from two")
	if ack["conversation_id"] != a {
		t.Fatalf("the second tab's message went to %v, not to %s", ack["conversation_id"], a)
	}
	if page := w.page(v.Token, a, 0); len(page.Messages) != 2 || page.Seq != 3 {
		t.Errorf("the one conversation holds %+v", page)
	}
}

func TestForeignConversationsAreAbsent(t *testing.T) {
	w := newWorld(t)
	alice, eve := w.visit(m{}), w.visit(m{})
	ac, _ := w.connect(alice.Token, nil, "")
	id := chat.NewID()
	ac.say(id, "a private matter")
	ac.next("events")
	ec, _ := w.connect(eve.Token, m{id: 0}, "")

	absent := chat.NewID()
	for _, path := range []string{"/messages", "/end"} {
		method, body := "GET", any(nil)
		if path == "/end" {
			method, body = "POST", m{}
		}
		s1, b1 := w.call(method, "/v1/widget/conversations/"+id+path, eve.Token, body)
		s2, b2 := w.call(method, "/v1/widget/conversations/"+absent+path, eve.Token, body)
		if s1 != 404 || s2 != 404 || string(b1) != string(b2) {
			t.Errorf("%s: foreign %d %s, absent %d %s", path, s1, b1, s2, b2)
		}
	}
	ec.send(m{"type": "post", "ref": "x", "conversation_id": id, "client_id": chat.NewID(), "text": "let me in"})
	if f := ec.next("error"); f["code"] != "not_found" {
		t.Errorf("posting into a foreign conversation: %v", f)
	}
	for _, kind := range []string{"read", "delivered", "typing", "resume"} {
		ec.send(m{"type": kind, "conversation_id": id})
	}
	ec.send(m{"type": "end", "ref": "y", "conversation_id": id})
	w.reply(id, "for alice only")
	for _, frame := range ec.quiet(400 * time.Millisecond) {
		if strings.Contains(frame, "alice") || strings.Contains(frame, "private") || strings.Contains(frame, `"events"`) {
			t.Errorf("eve was sent %s", frame)
		}
	}
	row, err := w.store.RowByID(t.Context(), id)
	if err != nil || row.State == chat.Closed || row.Marks.PersonRead != 0 {
		t.Errorf("eve changed alice's conversation: %+v, %v", row, err)
	}
}

func TestMarksTypingAndPagesReachTheTeam(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "hello there")
	c.next("events")
	w.reply(id, "Hello!")
	c.next("events")
	c.send(m{"type": "read", "conversation_id": id, "seq": 99})
	c.send(m{"type": "page", "url": "https://user:pw@shop.example/lamps?x=1#frag", "title": "Lamps"})
	deadline := time.Now().Add(5 * time.Second)
	for {
		row, err := w.store.RowByID(t.Context(), id)
		w.must(err)
		pages, err := w.store.PageViews(t.Context(), v.Person.ID)
		w.must(err)
		if row.Marks.PersonReadPublic == 4 && row.UnreadPublic == 0 && len(pages) == 1 {
			if pages[0].URL != "https://shop.example/lamps?x=1" {
				t.Errorf("the page is kept as %s", pages[0].URL)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("read %+v, unread %d, pages %v", row.Marks, row.UnreadPublic, pages)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestBadFramesGetNamedErrors(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	for name, frame := range map[string]m{
		"type":            {"type": "shout"},
		"text":            {"type": "post", "ref": "text", "conversation_id": id, "client_id": chat.NewID(), "text": "  \n "},
		"client_id":       {"type": "post", "ref": "client_id", "conversation_id": id, "client_id": "x", "text": "hello"},
		"conversation_id": {"type": "post", "ref": "conversation_id", "conversation_id": "1", "client_id": chat.NewID(), "text": "hello"},
		"colour":          {"type": "post", "ref": "colour", "colour": "red"},
		"ref":             {"type": "beat", "ref": strings.Repeat("r", door.MaxRef+1)},
		"shape":           {"type": "post", "ref": strings.Repeat("r", door.MaxRef+1), "shape": "round"},
		"url":             {"type": "page", "url": "javascript:alert(1)"},
	} {
		c.send(frame)
		f := c.next("error")
		if ref, _ := f["ref"].(string); f["field"] != name || f["message"] == "" || len(ref) > door.MaxRef {
			t.Errorf("%s: %v", name, f)
		}
	}
	if ack := c.say(id, "still here"); ack["conversation_id"] != id {
		t.Errorf("after bad frames: %v", ack)
	}
}

func TestMissedWordsComeInSmallFrames(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, hello := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "hello there")
	c.next("events")
	_ = c.conn.Close()
	for range 12 {
		w.reply(id, strings.Repeat("<", chat.MaxText))
	}
	again, _ := w.connect(v.Token, m{id: 2}, hello["epoch"].(string))
	next := 3.0
	for next < 16 {
		frame := again.next("events")
		if n := len(frame["events"].([]any)); n > 4 {
			t.Fatalf("a frame of %d messages of 10,000 characters", n)
		}
		for _, e := range frame["events"].([]any) {
			if got := e.(map[string]any)["seq"].(float64); got != next {
				t.Fatalf("event %v, want %v", got, next)
			}
			next++
		}
	}
}
