package hub_test

import (
	"encoding/json"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

type beat struct {
	Type   string
	Sites  map[string]int64
	Heads  map[string]int64
	Answer bool
}

// listen collects a client's frames in the background, answering beats if told.
func listen(c *hubtest.Client, answer bool) <-chan hubtest.Frame {
	out := make(chan hubtest.Frame, 1000)
	_ = c.SetReadDeadline(time.Time{})
	go func() {
		defer close(out)
		for {
			f, err := c.Next()
			if err != nil {
				return
			}
			var b beat
			if f.Op == 1 && json.Unmarshal(f.Payload, &b) == nil && b.Answer && answer {
				if _, err := c.Write(hubtest.Mask(0x81, []byte(`{"type":"beat"}`))); err != nil {
					return
				}
			}
			out <- f
		}
	}()
	return out
}

func TestBeatsCarryHeadsAndFindTheDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		alive := greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) {
			c.Identify(person("P"))
			h.Subscribe(c, hub.PublicTopic("C"), true)
			h.SetHead(hub.PublicTopic("C"), 7)
			h.Release(c, hub.PublicTopic("C"), 7)
		})
		dead := greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) { c.Identify(person("Q")) })
		start := time.Now()
		a, b := listen(alive, true), listen(dead, false)

		time.Sleep(5 * time.Minute)
		synctest.Wait()
		asked, all := 0, 0
		for len(a) > 0 {
			var f beat
			if err := json.Unmarshal((<-a).Payload, &f); err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(f.Heads, map[string]int64{"C": 7}) {
				t.Fatalf("heads %v", f.Heads)
			}
			if all++; f.Answer {
				asked++
			}
		}
		if all != 15 || asked != 3 {
			t.Fatalf("%d beats in 5 minutes, %d to be answered", all, asked)
		}
		var last hubtest.Frame
		for f := range b {
			last = f
		}
		if last.Code() != hub.NoBeat || h.Stats().Closes["no_beat"] != 1 {
			t.Fatalf("the silent one got %v, %+v", last, h.Stats())
		}
		t.Logf("checked %s of beats", time.Since(start))
	})
}

func TestAgentsAnswerEveryBeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		c := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) {
			c.Identify(agent("A", "Ann"))
			for topic, head := range map[string]int64{hub.SiteTopic("S"): 40, hub.TeamTopic("C"): 9, hub.TeamTopic("D\"\n"): 2} {
				h.Subscribe(c, topic, false)
				h.SetHead(topic, head)
			}
			h.Subscribe(c, hub.TeamTopic("held"), true)
			h.SetHead(hub.TeamTopic("held"), 3)
		})
		frames := listen(c, false)
		start := time.Now()
		var beats int
		for f := range frames {
			if f.Op == 8 {
				if took := time.Since(start); f.Code() != hub.NoBeat || took > 45*time.Second+hub.BeatEvery {
					t.Fatalf("closed with %d after %s", f.Code(), took)
				}
				break
			}
			var b beat
			if err := json.Unmarshal(f.Payload, &b); err != nil || b.Type != "beat" {
				continue
			}
			beats++
			if !b.Answer || b.Sites["S"] != 40 || b.Heads["C"] != 9 || b.Heads["D\"\n"] != 2 || len(b.Heads) != 2 {
				t.Fatalf("beat %+v", b)
			}
		}
		if beats < 2 {
			t.Fatalf("%d beats", beats)
		}
	})
}

// A beat is never ahead of the events that were queued before it.
func TestBeatFollowsItsEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		c := greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) {
			c.Identify(person("P"))
			h.Subscribe(c, hub.PublicTopic("C"), false)
		})
		frames := listen(c, true)
		for seq := range int64(300) {
			h.Publish([]chat.Event{message("C", seq+1, seq+1)})
			time.Sleep(333 * time.Millisecond)
		}
		synctest.Wait()
		var last int64
		beats := 0
		for len(frames) > 0 {
			f := (<-frames).Payload
			var e events
			var b beat
			if err := json.Unmarshal(f, &b); err != nil {
				t.Fatal(err)
			}
			if b.Type == "beat" {
				if beats++; b.Heads["C"] != last {
					t.Fatalf("beat says %d, last event was %d", b.Heads["C"], last)
				}
				continue
			}
			if err := json.Unmarshal(f, &e); err != nil {
				t.Fatal(err)
			}
			last = e.Events[len(e.Events)-1].Seq
		}
		if last != 300 || beats < 4 {
			t.Fatalf("%d events, %d beats", last, beats)
		}
	})
}

// decode reads a frame's JSON; what is none leaves dst alone.
func decode(f hubtest.Frame, dst any) { _ = json.Unmarshal(f.Payload, dst) }
