package widget

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/wire"
)

// An appointment is a file for its customer alone, wherever it stands; what was entered
// by hand is none of their chats, and nothing can be said there.
func TestACalendarIsItsCustomersAlone(t *testing.T) {
	w := newWorld(t)
	v, eve := w.visit(m{}), w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "could I see the lamp?")
	enter := func(channel string, p *chat.Promise) string {
		in := desk.Entering{PersonID: v.Person.ID, Note: "She rang.", Promise: p, Entry: chat.Entry{ConversationID: chat.NewID(), Channel: channel, BeganAt: chat.SystemClock() - 1}}
		if channel == chat.ChannelAppointment {
			in.Note = ""
		}
		at, err := w.desk.EnterByHand(t.Context(), w.agent, in)
		w.must(err)
		return at
	}
	due := chat.SystemClock().Add(24 * time.Hour)
	call := enter(chat.ChannelCall, &chat.Promise{ClientID: "c-calendar-1", Whose: chat.Ours, Text: "Ring back", DueAt: due})
	enter(chat.ChannelAppointment, &chat.Promise{ClientID: "c-calendar-2", Kind: chat.AppointmentPromise, Whose: chat.Ours, Text: "See the lamp", DueAt: due, Minutes: 30, Place: "Quay 4"})

	var all struct{ Promises []wire.Promise }
	_, body := w.call("GET", "/v1/widget/promises", v.Token, nil)
	w.mustJSON(body, &all)
	if len(all.Promises) != 2 || strings.Contains(string(body), "She rang") {
		t.Fatalf("promises %s", body)
	}
	for _, p := range all.Promises {
		path := "/v1/widget/promises/" + p.ID + "/calendar"
		meets := p.Kind == chat.AppointmentPromise
		if status, body := w.call("GET", path, v.Token, nil); (status == 200) != meets || meets && !strings.Contains(string(body), `UID:`+p.ID+`\r\n`) {
			t.Errorf("%s: %d %s", p.Text, status, body)
		}
		for who, token := range map[string]string{"Eve": eve.Token, "nobody": ""} {
			if status, body := w.call("GET", path, token, nil); status != 404 && status != 401 || strings.Contains(string(body), "lamp") {
				t.Errorf("%s has %d %s", who, status, body)
			}
		}
	}
	for _, id := range []string{chat.NewID(), "x"} {
		if status, _ := w.call("GET", "/v1/widget/promises/"+id+"/calendar", v.Token, nil); status != 404 {
			t.Errorf("%s: %d", id, status)
		}
	}

	var list struct{ Conversations []wire.VisitorConversation }
	_, body = w.call("GET", "/v1/widget/conversations", v.Token, nil)
	w.mustJSON(body, &list)
	if len(list.Conversations) != 1 || list.Conversations[0].ID != id {
		t.Errorf("conversations %s", body)
	}
	if status, body := w.call("POST", "/v1/widget/conversations/"+call+"/messages", v.Token, m{"client_id": "c-into-call", "text": "Hello?"}); status != 404 {
		t.Errorf("said in a call: %d %s", status, body)
	}
	if status, body := w.call("GET", "/v1/widget/conversations/"+call+"/messages", v.Token, nil); status != 200 || strings.Contains(string(body), "She rang") {
		t.Errorf("a call reads %d %s", status, body)
	}
}
