package hub_test

import (
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
	"rapport/hub/wire"
)

// texts takes what has come so far, without beats, as JSON text.
func texts(frames <-chan hubtest.Frame) (out []string) {
	synctest.Wait()
	for len(frames) > 0 {
		f := <-frames
		var b beat
		if f.Op == 1 && json.Unmarshal(f.Payload, &b) == nil && b.Type != "beat" {
			out = append(out, string(f.Payload))
		}
	}
	return out
}

func want(t *testing.T, got []string, wanted ...string) {
	t.Helper()
	if len(got) != len(wanted) {
		t.Fatalf("got %d frames %q, want %q", len(got), got, wanted)
	}
	for i := range got {
		if got[i] != wanted[i] {
			t.Errorf("frame %d: got %s, want %s", i, got[i], wanted[i])
		}
	}
}

func TestPresenceOfTheTeam(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		visitor := listen(greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) {
			c.Identify(person("P"))
			h.Subscribe(c, hub.PresenceTopic("S"), false)
		}), true)
		ann := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
			c.Identify(agent("A", "Ann"))
			h.Subscribe(c, hub.TeamWide, false)
		})
		seen := listen(ann, true)
		time.Sleep(2 * time.Second)
		want(t, texts(visitor), `{"type":"presence","presence":{"status":"online","agents":[{"id":"A","name":"Ann","picture":""}]}}`)
		want(t, texts(seen), `{"type":"team","team":[{"id":"A","name":"Ann","picture":"","status":"online"}]}`)

		h.SetStatus("A", wire.Standing{Status: hub.Away})
		time.Sleep(2 * time.Second)
		want(t, texts(visitor), `{"type":"presence","presence":{"status":"away","agents":[]}}`)
		h.SetStatus("A", wire.Standing{Status: hub.Online})
		time.Sleep(2 * time.Second)
		texts(visitor)

		_ = ann.Close() // a reload: back within the grace, nobody notices
		time.Sleep(10 * time.Second)
		back := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("A", "Ann")) })
		listen(back, true)
		time.Sleep(30 * time.Second)
		want(t, texts(visitor))

		_ = back.Close()
		time.Sleep(14 * time.Second)
		want(t, texts(visitor))
		if len(h.Team()) != 1 {
			t.Fatalf("gone within the grace: %v", h.Team())
		}
		time.Sleep(4 * time.Second)
		want(t, texts(visitor), `{"type":"presence","presence":{"status":"away","agents":[]}}`)
		if p := h.Presence(); p.Status != hub.Away || len(h.Team()) != 0 {
			t.Fatalf("got %+v, %v", p, h.Team())
		}
	})
}

func TestTypingBothWays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		conns := make(chan *hub.Conn, 3)
		v := listen(greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) {
			c.Identify(person("P"))
			h.Subscribe(c, hub.PublicTopic("C"), false)
			conns <- c
		}), true)
		visitor := <-conns
		join := func(id, name string) (<-chan hubtest.Frame, *hub.Conn) {
			f := listen(greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
				c.Identify(agent(id, name))
				h.Subscribe(c, hub.TeamTopic("C"), false)
				conns <- c
			}), true)
			return f, <-conns
		}
		annSees, ann := join("A", "Ann")
		benSees, ben := join("B", "Ben")
		time.Sleep(time.Second)
		texts(v)
		texts(annSees)
		texts(benSees)

		h.PersonTyping(visitor, "C", wire.Author{Kind: chat.ByPerson, ID: "P", Name: "Maria"}, true)
		on := `{"type":"typing","conversation_id":"C","who":{"kind":"person","id":"P","name":"Maria"},"kind":"reply","on":true}`
		want(t, texts(annSees), on)
		want(t, texts(benSees), on)
		want(t, texts(v))
		time.Sleep(11 * time.Second) // it ends by itself
		want(t, texts(annSees), on[:len(on)-5]+"false}")
		texts(benSees)

		h.AgentTyping(ann, "C", chat.Note, true) // a note is the team's own
		want(t, texts(v))
		if h.ClaimedBy("C") != nil {
			t.Fatal("a note claims nothing")
		}
		h.AgentTyping(ann, "C", chat.Reply, true)
		want(t, texts(v), `{"type":"typing","conversation_id":"C","agent":{"id":"A","name":"Ann","picture":""},"on":true}`)
		if n := len(texts(benSees)); n != 2 {
			t.Fatalf("colleague got %d frames", n)
		}
		h.AgentTyping(ben, "C", chat.Reply, true)
		if a := h.ClaimedBy("C"); a == nil || a.ID != "A" {
			t.Fatalf("claimed by %v", a)
		}
		h.AgentTyping(ann, "C", chat.Reply, false)
		h.AgentTyping(ann, "C", chat.Reply, false) // said once already
		if n := len(texts(v)); n != 2 {
			t.Fatalf("visitor got %d frames", n)
		}
		time.Sleep(31 * time.Second)
		if h.ClaimedBy("C") != nil {
			t.Fatal("the claim has run out")
		}
	})
}

// A claim ends with what it announced: a reply or a card, not a note.
func TestAnAnswerEndsTheClaim(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		conns := make(chan *hub.Conn, 1)
		listen(greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("A", "Ann")); conns <- c }), true)
		ann := <-conns
		for _, said := range []chat.EventType{chat.MessagePosted, chat.CardWasSent} {
			h.AgentTyping(ann, "C", chat.Reply, true)
			h.Publish([]chat.Event{{ConversationID: "C", Type: chat.NotePosted, By: chat.ByAgent, ByID: "A"}})
			synctest.Wait()
			if h.ClaimedBy("C") == nil {
				t.Fatal("a note has ended a claim")
			}
			h.Publish([]chat.Event{{ConversationID: "C", Type: said, By: chat.ByAgent, ByID: "A"}})
			synctest.Wait()
			if h.ClaimedBy("C") != nil {
				t.Fatalf("%s has not ended the claim", said)
			}
		}
	})
}

// Who opens a conversation reads at once who is there; the others at the next turn.
func TestOpeningTellsWhoIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		conns := make(chan *hub.Conn, 1)
		ann := listen(greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
			c.Identify(agent("A", "Ann"))
			h.Subscribe(c, hub.TeamTopic("C"), false)
			conns <- c
		}), true)
		began := time.Now()
		if err := h.TellWatching(<-conns, "C"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		want(t, texts(ann), `{"type":"watching","conversation_id":"C","agents":[{"id":"A","name":"Ann","picture":""}],"person_online":false,"answering":null}`)
		if waited := time.Since(began); waited != 0 {
			t.Fatalf("it took %v", waited)
		}
	})
}

func TestWatching(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		conns := make(chan *hub.Conn, 1)
		ann := listen(greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
			c.Identify(agent("A", "Ann"))
			h.Subscribe(c, hub.TeamTopic("C"), false)
		}), true)
		time.Sleep(time.Second)
		const annCard, benCard = `{"id":"A","name":"Ann","picture":""}`, `{"id":"B","name":"Ben","picture":""}`
		want(t, texts(ann), `{"type":"watching","conversation_id":"C","agents":[`+annCard+`],"person_online":false,"answering":null}`)

		page := func() *hubtest.Client {
			return greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) {
				c.Identify(person("P"))
				h.Subscribe(c, hub.PublicTopic("C"), false)
			})
		}
		first := page()
		time.Sleep(time.Second)
		want(t, texts(ann), `{"type":"watching","conversation_id":"C","agents":[`+annCard+`],"person_online":true,"answering":null}`)
		_ = first.Close()
		second := page()
		time.Sleep(5 * time.Second)
		for _, f := range texts(ann) {
			if f != `{"type":"watching","conversation_id":"C","agents":[`+annCard+`],"person_online":true,"answering":null}` {
				t.Fatalf("the customer only went to the next page: %s", f)
			}
		}
		_ = second.Close()
		greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
			c.Identify(agent("B", "Ben"))
			h.Subscribe(c, hub.TeamTopic("C"), false)
			conns <- c
		})
		time.Sleep(3 * time.Second)
		got := texts(ann)
		want(t, got[len(got)-1:], `{"type":"watching","conversation_id":"C","agents":[`+annCard+`,`+benCard+`],"person_online":false,"answering":null}`)
		online := func(id string) bool {
			online, known := h.PersonOnline(id)
			return online || !known
		}
		if online("P") || !online("B") || len(h.ConnsOf("B")) != 1 {
			t.Fatal("the directory is wrong")
		}
	})
}

// answering takes what has come so far and returns whom each watching frame
// says is answering, "" for nobody.
func answering(t *testing.T, frames <-chan hubtest.Frame) []string {
	t.Helper()
	names := []string{}
	for _, text := range texts(frames) {
		var f struct {
			Type      string
			Answering *chat.AgentCard
		}
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			t.Fatal(err)
		}
		if f.Type != "watching" {
			continue
		}
		if f.Answering == nil {
			f.Answering = &chat.AgentCard{}
		}
		names = append(names, f.Answering.Name)
	}
	return names
}

func TestColleaguesHearWhoIsAnswering(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		conns := make(chan *hub.Conn, 3)
		join := func(id, name string) (<-chan hubtest.Frame, *hub.Conn) {
			f := listen(greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
				c.Identify(agent(id, name))
				h.Subscribe(c, hub.TeamTopic("C"), false)
				conns <- c
			}), true)
			return f, <-conns
		}
		_, ann := join("A", "Ann")
		sees, ben := join("B", "Ben")
		said := func(wanted ...string) {
			t.Helper()
			time.Sleep(time.Second)
			if got := answering(t, sees); !slices.Equal(got, wanted) {
				t.Fatalf("got %q, want %q", got, wanted)
			}
		}
		said("")
		h.AgentTyping(ann, "C", chat.Reply, true)
		said("Ann")
		h.AgentTyping(ann, "C", chat.Reply, true)
		h.AgentTyping(ben, "C", chat.Reply, true) // too late
		said()
		late, _ := join("D", "Dan")
		time.Sleep(time.Second)
		if got := answering(t, late); !slices.Equal(got, []string{"Ann"}) {
			t.Fatalf("who opens it later hears %q", got)
		}
		answering(t, sees)

		h.Publish([]chat.Event{message("C", 1, 1)}) // the customer's words end nothing
		said()
		sent := message("C", 2, 2)
		sent.By, sent.ByID = chat.ByAgent, "A"
		h.Publish([]chat.Event{sent})
		said("")

		h.AgentTyping(ben, "C", chat.Reply, true)
		said("Ben")
		h.AgentTyping(ben, "C", chat.Reply, false) // a pause is not the end
		time.Sleep(27 * time.Second)
		said()
		time.Sleep(2 * time.Second)
		said("")
	})
}

func TestRenamedAgentIsRenamedLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		ann := listen(greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
			c.Identify(agent("A", "Ann"))
			h.Subscribe(c, hub.TeamWide, false)
			h.Subscribe(c, hub.TeamTopic("C"), false)
			h.AgentTyping(c, "C", chat.Reply, true)
		}), true)
		time.Sleep(time.Second)
		texts(ann)
		h.SetCard(chat.AgentCard{ID: "A", Name: "Anna"})
		h.SetCard(chat.AgentCard{ID: "nobody", Name: "Nobody"})
		time.Sleep(time.Second)
		const card = `{"id":"A","name":"Anna","picture":""`
		want(t, texts(ann), `{"type":"team","team":[`+card+`,"status":"online"}]}`,
			`{"type":"watching","conversation_id":"C","agents":[`+card+`}],"person_online":false,"answering":`+card+`}}`)
	})
}
