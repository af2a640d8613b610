package widget

import (
	"context"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

func (w *world) known(token string) (out wire.Known) {
	w.t.Helper()
	code, body := w.call("GET", "/v1/widget/known", token, nil)
	if code != 200 {
		w.t.Fatalf("%d %s", code, body)
	}
	w.mustJSON(body, &out)
	return out
}

// A customer sees what is theirs and nothing else: an address that somebody types
// opens nothing, and what the team notes is only counted, but for what they agreed to.
func TestVisitorsSeeWhatIsKnownAboutThem(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.visit(m{}), w.visit(m{})
	c, _ := w.connect(ada.Token, nil, "")
	id := chat.NewID()
	c.say(id, "my lamp is broken")
	w.must(w.store.AddPersonNote(context.Background(), &chat.PersonNote{ID: chat.NewID(), PersonID: ada.Person.ID, AgentID: w.agent.ID, Text: "secret words of the team"}))
	agreed := &chat.PersonNote{ID: chat.NewID(), PersonID: ada.Person.ID, AgentID: w.agent.ID, Text: "Asthma", Consent: "Yes, please", ExpiresAt: chat.SystemClock().Add(time.Hour)}
	w.must(w.store.AddPersonNote(context.Background(), agreed))
	for _, v := range []string{ada.Token, eve.Token} {
		if code, body := w.call("POST", "/v1/widget/attributes", v, m{"attributes": m{"plan": "gift"}, "name": "Ada", "email": "ada@example.org"}); code != 200 {
			t.Fatalf("%d %s", code, body)
		}
	}
	mine, hers := w.known(ada.Token), w.known(eve.Token)
	if len(mine.Conversations) != 1 || mine.Conversations[0].ID != id || mine.Notes != 1 || mine.Browsers != 1 ||
		mine.Person.Email != "ada@example.org" || !mine.Person.EmailGiven || mine.Person.Verified || len(mine.Person.Attributes) != 1 {
		t.Errorf("%+v", mine)
	}
	if len(mine.Sensitive) != 1 || mine.Sensitive[0].Text != "Asthma" || mine.Sensitive[0].Until != agreed.ExpiresAt || len(hers.Sensitive) != 0 {
		t.Errorf("what she agreed to is %+v, and %+v", mine.Sensitive, hers.Sensitive)
	}
	if len(hers.Conversations) != 0 || hers.Notes != 0 || hers.Person.ID != eve.Person.ID {
		t.Errorf("with the same address somebody else sees %+v", hers)
	}
	if code, _ := w.call("GET", "/v1/widget/known", "", nil); code != 401 {
		t.Errorf("nobody is answered with %d", code)
	}
}

// An agent's word opens no sensitive note to another browser, and what one signs in as
// opens it; how much is noted stays known.
func TestSensitiveNotesStayWithTheirBrowser(t *testing.T) {
	w := newWorld(t)
	laptop, phone := w.visit(m{}), w.visit(m{})
	for who, text := range map[string]string{laptop.Person.ID: "Asthma", phone.Person.ID: "Diabetes"} {
		w.must(w.store.AddPersonNote(context.Background(), &chat.PersonNote{ID: chat.NewID(), PersonID: who, AgentID: w.agent.ID, Text: text, Consent: "Yes", ExpiresAt: chat.SystemClock().Add(time.Hour)}))
	}
	who := chat.Actor{Kind: chat.ByAgent, ID: w.agent.ID}
	if _, err := w.desk.MergePeople(context.Background(), who, laptop.Person.ID, phone.Person.ID); err != nil {
		t.Fatal(err)
	}
	for token, text := range map[string]string{laptop.Token: "Asthma", phone.Token: "Diabetes"} {
		if got := w.known(token); len(got.Sensitive) != 1 || got.Sensitive[0].Text != text || got.Notes != 1 || got.Browsers != 2 {
			t.Errorf("shown is %+v, want %s", got, text)
		}
	}
}

// Whoever has themselves removed is gone at once, and nobody else is.
func TestVisitorsRemoveThemselves(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.visit(m{}), w.visit(m{})
	c, _ := w.connect(ada.Token, nil, "")
	e, _ := w.connect(eve.Token, nil, "")
	id, hers := chat.NewID(), chat.NewID()
	c.say(id, "my lamp is broken")
	e.say(hers, "mine too")
	for i, want := range []int{200, 401} {
		if code, body := w.call("POST", "/v1/widget/known/erase", ada.Token, m{}); code != want {
			t.Fatalf("%d: %d %s", i, code, body)
		}
	}
	if _, err := w.store.RowByID(context.Background(), id); !chat.Is(err, chat.NotFound) {
		t.Errorf("the conversation is still there: %v", err)
	}
	if _, err := w.store.RowByID(context.Background(), hers); err != nil {
		t.Errorf("somebody else's is gone: %v", err)
	}
	for range 12 {
		if code, _ := w.call("GET", "/v1/widget/known", eve.Token, nil); code == 429 {
			return
		}
	}
	t.Error("asking is not limited")
}
