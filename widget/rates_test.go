package widget

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// twice allows two and, within any test, no more.
var twice = door.Rate{Burst: 2, Every: time.Hour, Keys: 100}

// tooQuick fails unless an answer asks to wait.
func (w *world) tooQuick(what string, status int, body []byte) {
	w.t.Helper()
	if f := w.failure(body); status != 429 || f.Code != chat.RateLimited {
		w.t.Errorf("%s: %d %s", what, status, body)
	}
}

func (w *world) session(secret string) (int, []byte) {
	w.t.Helper()
	return w.call("POST", "/v1/widget/session", "", m{"site": w.site.Key, "secret": secret})
}

func TestNewSessionsOfANetworkAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Session = twice })
	v := w.visit(m{})
	if status, body := w.session(chat.NewSecret()); status != 401 {
		t.Errorf("a secret that nobody handed out: %d %s", status, body)
	}
	for _, secret := range []string{"", chat.NewSecret()} {
		status, body := w.session(secret)
		w.tooQuick("a third stranger", status, body)
	}
	w.visit(m{"secret": v.Secret})
	w.from = "203.0.113.7"
	w.visit(m{})
}

func TestSessionsOfADeviceAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Device = twice })
	v, other := w.visit(m{}), w.visit(m{})
	for range 2 {
		v = w.visit(m{"secret": v.Secret})
	}
	status, body := w.session(v.Secret)
	w.tooQuick("a third secret of one device", status, body)
	w.from = "203.0.113.7"
	status, body = w.session(v.Secret)
	w.tooQuick("the same from elsewhere", status, body)
	w.visit(m{"secret": other.Secret})
}

func TestChangesOfAProfileAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Profile = twice })
	v := w.visit(m{})
	change := func() (int, []byte) {
		return w.call("POST", "/v1/widget/attributes", v.Token, m{"attributes": m{"plan": "gold"}})
	}
	for range 2 {
		if status, body := change(); status != 200 {
			t.Fatalf("%d %s", status, body)
		}
	}
	status, body := change()
	w.tooQuick("a third change", status, body)
}

func TestMessagesOfANetworkAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Network = twice })
	post := func() (int, []byte) {
		v := w.visit(m{})
		return w.call("POST", "/v1/widget/conversations/"+chat.NewID()+"/messages", v.Token, m{"client_id": chat.NewID(), "text": "hello"})
	}
	for range 2 {
		if status, body := post(); status != 200 {
			t.Fatalf("%d %s", status, body)
		}
	}
	status, body := post()
	w.tooQuick("a third message, each by another person", status, body)
	w.from = "203.0.113.7"
	if status, body := post(); status != 200 {
		t.Errorf("from another network: %d %s", status, body)
	}
}

func TestRequestsOfANetworkAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Visit = door.Rate{Burst: 3, Every: time.Hour, Keys: 100} })
	v := w.visit(m{})
	for range 2 {
		if status, body := w.call("GET", "/v1/widget/conversations", v.Token, nil); status != 200 {
			t.Fatalf("%d %s", status, body)
		}
	}
	status, body := w.call("GET", "/v1/widget/conversations", v.Token, nil)
	w.tooQuick("a fourth request", status, body)
	w.from = "203.0.113.7"
	w.visit(m{})
}

// Marks are dropped where they are too many, and count only where they say
// something new; what asks for an answer is told to wait.
func TestMarksAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Mark = twice })
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "hello there")
	c.next("events")
	reached := func(want int64) {
		t.Helper()
		var got int64
		for deadline := time.Now().Add(5 * time.Second); got != want && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			row, err := w.store.RowByID(t.Context(), id)
			w.must(err)
			got = row.Marks.PersonReadPublic
		}
		if got != want {
			t.Fatalf("read up to %d, want %d", got, want)
		}
	}
	c.send(m{"type": "read", "conversation_id": id, "seq": 2})
	reached(2)
	for seq := range 10 {
		c.send(m{"type": "read", "conversation_id": id, "seq": seq / 5})
		c.send(m{"type": "delivered", "conversation_id": id, "seq": 90 + seq})
	}
	c.send(m{"type": "shout"}) // frames are handled one after the other: those above are done
	c.next("error")
	w.reply(id, "Hello!") // taken, posted: 3 and 4
	c.next("events")
	c.send(m{"type": "read", "conversation_id": id, "seq": 4})
	reached(4)
	w.reply(id, "Are you there?")
	c.next("events")
	c.send(m{"type": "read", "conversation_id": id, "seq": 5})
	for _, frame := range []m{{"type": "resume", "conversation_id": id, "after": 1}, {"type": "end", "ref": "e", "conversation_id": id}} {
		c.send(frame)
		if f := c.next("error"); f["code"] != "rate_limited" {
			t.Errorf("%v: %v", frame["type"], f)
		}
	}
	status, body := w.call("POST", "/v1/widget/conversations/"+id+"/end", v.Token, m{})
	w.tooQuick("the end", status, body)
	reached(4)
}
