package hub

import (
	"cmp"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// The frames that the hub makes by itself are held to the golden files that
// clients are written against; the others are in package wire.
func TestOwnFramesAreGolden(t *testing.T) {
	const (
		site   = "01977a10-0000-7000-8000-000000000051"
		talk   = "01977a10-0000-7000-8000-0000000000c1"
		person = "01977a10-0000-7000-8000-0000000000d1"
	)
	ben := chat.AgentCard{ID: "01977a10-0000-7000-8000-0000000000a1", Name: "Ben Carter", Picture: "/assets/ben-1A2B3C4D.png"}
	noor := chat.AgentCard{ID: "01977a10-0000-7000-8000-0000000000a2", Name: "Noor Haddad"}
	maria := wire.Author{Kind: chat.ByPerson, ID: person, Name: "Maria Lopez"}
	visitor := listening(map[string]int64{PublicTopic(talk): 4, PresenceTopic(site): 0})
	agent := listening(map[string]int64{SiteTopic(site): 512, TeamTopic(talk): 8, TeamWide: 0})
	agent.agent = true
	team := []wire.TeamMember{{AgentCard: ben, Standing: wire.Standing{Status: Online}}, {AgentCard: noor, Standing: wire.Standing{Status: Away, Reason: "Lunch"}}}

	for name, frame := range map[string][]byte{
		"to_visitor.typing":    wire.Encode(visitorTyping{"typing", talk, ben, true}),
		"to_visitor.site":      wire.SiteChanged(),
		"to_visitor.presence":  wire.Encode(presenceFrame{"presence", wire.Presence{Status: Online, Agents: []chat.AgentCard{ben}}}),
		"to_visitor.beat":      payloadOf(visitor.beatItem(true)),
		"to_visitor.beat.idle": payloadOf(listening(nil).beatItem(false)),
		"to_agent.typing":      wire.Encode(teamTyping{"typing", talk, maria, chat.Reply, true}),
		"to_agent.watching":    wire.Encode(watchingFrame{"watching", talk, []chat.AgentCard{ben, noor}, true, &noor}),
		"to_agent.team":        wire.Encode(teamFrame{"team", team}),
		"to_agent.beat":        payloadOf(agent.beatItem(true)),
	} {
		want, err := os.ReadFile("../static/docs/golden/frames/" + name + ".json")
		if err != nil {
			t.Errorf("%v; the frame is\n%s", err, frame)
			continue
		}
		var a, b any
		if json.Unmarshal(frame, &a) != nil || json.Unmarshal(want, &b) != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("%s is encoded as\n%s", name, frame)
		}
	}
}

// listening is a connection that listens to topics with these heads.
func listening(heads map[string]int64) *Conn {
	c := &Conn{}
	for name, head := range heads {
		t := &topic{name: name}
		t.raise(head)
		c.subs = append(c.subs, &sub{conn: c, topic: t, numbers: numberingOf(name)})
	}
	slices.SortFunc(c.subs, func(a, b *sub) int { return cmp.Compare(b.numbers, a.numbers) })
	c.numbered = uint16(len(c.subs))
	return c
}

// payloadOf takes the header off a frame of less than 64 KiB.
func payloadOf(it item) []byte {
	if it.frame[1] < 126 {
		return it.frame[2:]
	}
	return it.frame[4:]
}
