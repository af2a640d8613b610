package widget

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/gobwas/ws/wsutil"
	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// hears reads events until the public number and fails unless they come in
// order, each once.
func (c *wireConn) hears(id string, from, to int) {
	c.w.t.Helper()
	for n := from; n <= to; {
		f := c.next("events")
		if f["conversation_id"] != id {
			c.w.t.Fatalf("heard of %v", f["conversation_id"])
		}
		for _, e := range f["events"].([]any) {
			if got := e.(map[string]any)["seq"]; got != float64(n) {
				c.w.t.Fatalf("heard %v, want %d", got, n)
			}
			n++
		}
	}
}

// What a customer begins on one device is heard on the others at once, from its
// beginning, and can be gone on with there.
func TestOtherDevicesHearWhatBegins(t *testing.T) {
	w := newWorld(t)
	phone, desktop := w.visit(m{"identity": w.signed(nil)}), w.visit(m{"identity": w.signed(nil)})
	if phone.Person.ID != desktop.Person.ID {
		t.Fatal("two devices of one customer are two")
	}
	one, _ := w.connect(phone.Token, nil, "")
	two, _ := w.connect(desktop.Token, nil, "")
	id := chat.NewID()
	if status, body := w.call("POST", "/v1/widget/conversations/"+id+"/messages", phone.Token, m{"client_id": chat.NewID(), "text": "from the phone"}); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	w.reply(id, "Hello!")
	for _, c := range []*wireConn{one, two} {
		c.hears(id, 1, 4)
	}
	two.send(m{"type": "read", "conversation_id": id, "seq": 4})
	two.send(m{"type": "post", "ref": "r", "conversation_id": id, "client_id": chat.NewID(), "text": "from the desk"})
	one.hears(id, 5, 5)
	two.hears(id, 5, 5)
	row, err := w.store.RowByID(t.Context(), id)
	if err != nil || row.Marks.PersonReadPublic != 4 {
		t.Errorf("the other device's mark: %+v, %v", row.Marks, err)
	}
}

// Devices that connect while others begin conversations miss nothing and hear
// nothing twice.
func TestConnectingWhileSomethingBegins(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{"identity": w.signed(nil)})
	who := chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: w.site.ID}
	other := w.visit(m{"identity": w.signed(nil)})
	for i := range 30 {
		id, said := chat.NewID(), make(chan struct{})
		go func() {
			defer close(said)
			w.write(who, id, fmt.Sprint("number ", i))
		}()
		c, hello := w.connect(other.Token, nil, "")
		<-said
		w.reply(id, "Hello!")
		from := 1
		for _, known := range hello["conversations"].([]any) {
			if k := known.(map[string]any); k["id"] == id {
				from = int(k["seq"].(float64)) + 1
			}
		}
		if first := c.first(id); first != 1 && first != from {
			t.Fatalf("round %d: the first number is %d, want 1 or %d", i, first, from)
		}
		w.must(w.desk.Close(t.Context(), w.agent, id))
		_ = c.conn.Close()
	}
}

// first reads to the fourth number, in order, and returns where it began.
func (c *wireConn) first(id string) int {
	c.w.t.Helper()
	begin, last := 0, 0
	for last < 4 {
		f := c.next("events")
		if f["conversation_id"] != id {
			continue // one of the rounds before is closed meanwhile
		}
		for _, e := range f["events"].([]any) {
			n := int(e.(map[string]any)["seq"].(float64))
			if begin == 0 {
				begin, last = n, n-1
			}
			if n != last+1 {
				c.w.t.Fatalf("heard %d after %d", n, last)
			}
			last = n
		}
	}
	return begin
}

// Where a block goes over by a sign-in, what the customer has open elsewhere learns it.
func TestABlockThatGoesOverReachesOpenSockets(t *testing.T) {
	w := newWorld(t)
	as := func(sub string) string { return w.signed(func(c jwt.MapClaims) { c["sub"] = sub }) }
	tom := w.visit(m{"identity": as("tom")})
	home, _ := w.connect(w.visit(m{"identity": as("maria")}).Token, nil, "")
	block := true
	_, err := w.desk.UpdatePerson(t.Context(), w.agent, tom.Person.ID, desk.PersonChange{Blocked: &block})
	w.must(err)
	w.visit(m{"secret": tom.Secret, "identity": as("maria")})
	var closed wsutil.ClosedError
	for err = nil; err == nil; {
		_, err = home.read()
	}
	if !errors.As(err, &closed) || closed.Code != 4010 {
		t.Errorf("at home: %v", err)
	}
}

// Signing in mid-chat brings both devices' sockets back, and each hears the
// other's conversation.
func TestMergeBringsBothTogether(t *testing.T) {
	w := newWorld(t)
	home := w.visit(m{"identity": w.signed(nil)})
	at, _ := w.connect(home.Token, nil, "")
	stranger := w.visit(m{})
	work, _ := w.connect(stranger.Token, nil, "")
	id := chat.NewID()
	work.say(id, "who am I?")
	signed := w.visit(m{"secret": stranger.Secret, "identity": w.signed(nil)})
	for name, c := range map[string]*wireConn{"home": at, "work": work} {
		var closed wsutil.ClosedError
		for {
			if _, err := c.read(); errors.As(err, &closed) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if closed.Code != 4010 || closed.Reason != "merged" {
			t.Errorf("%s was closed with %v", name, closed)
		}
	}
	back, hello := w.connect(home.Token, nil, "")
	if n := len(hello["conversations"].([]any)); n != 1 || signed.Person.ID != home.Person.ID {
		t.Fatalf("%d conversations at home", n)
	}
	w.reply(id, "You are Maria.")
	if e := back.next("events")["events"].([]any)[1].(map[string]any); e["message"].(map[string]any)["text"] != "You are Maria." {
		t.Errorf("at home %v", e)
	}
	if seen := at.quiet(50 * time.Millisecond); len(seen) != 0 {
		t.Errorf("the closed socket heard %v", seen)
	}
}
