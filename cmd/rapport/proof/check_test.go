package proof

import (
	"fmt"
	"slices"
	"testing"
)

// goodHistory is small: one conversation of person P, one message of
// theirs, one answer of agent A, one note of A's, and four readers.
func goodHistory() History {
	team := []Seen{
		{Seq: 1, Prev: 0, Type: "conversation.started"},
		{Seq: 2, Prev: 1, Type: "message.posted", MessageID: "m1", ClientID: "p-1", Author: "P", Kind: "reply"},
		{Seq: 3, Prev: 2, Type: "note.posted", MessageID: "m2", ClientID: "a-1", Author: "A", Kind: "note"},
		{Seq: 4, Prev: 3, Type: "message.posted", MessageID: "m3", ClientID: "a-2", Author: "A", Kind: "reply"},
	}
	person := []Seen{
		{Seq: 1, Prev: 0, Type: "conversation.started"},
		{Seq: 2, Prev: 1, Type: "message.posted", MessageID: "m1", ClientID: "p-1", Author: "P", Kind: "reply"},
		{Seq: 3, Prev: 2, Type: "message.posted", MessageID: "m3", ClientID: "a-2", Author: "A", Kind: "reply"},
	}
	rec := func(op Op, author, client string) Record {
		return Record{Op: op, Conversation: "C", Author: author, ClientID: client}
	}
	ack := func(author, client, message string, seq int64, wire Wire, private bool) Record {
		return Record{Op: Ack, Conversation: "C", Author: author, ClientID: client, MessageID: message, Seq: seq, Wire: wire, Private: private}
	}
	return History{
		Owners: map[string]string{"C": "P"},
		Records: []Record{
			rec(Invoke, "P", "p-1"), rec(Unknown, "P", "p-1"), rec(Invoke, "P", "p-1"), ack("P", "p-1", "m1", 2, ByPerson, false),
			rec(Invoke, "A", "a-1"), ack("A", "a-1", "m2", 3, ByTeam, true),
			rec(Invoke, "A", "a-2"), ack("A", "a-2", "m3", 4, ByTeam, false),
			rec(Invoke, "P", "p-2"), rec(Refused, "P", "p-2"),
		},
		Readings: []Reading{
			{Reader: "agent, at the end", Wire: ByTeam, Principal: "A", Conversation: "C", Complete: true, Events: slices.Clone(team)},
			{Reader: "agent, live", Wire: ByTeam, Principal: "A", Conversation: "C", Events: slices.Clone(team[:3])},
			{Reader: "visitor, at the end", Wire: ByPerson, Principal: "P", Conversation: "C", Complete: true, Events: slices.Clone(person)},
			{Reader: "visitor, pages", Wire: ByPerson, Principal: "P", Conversation: "C", Complete: true, MessagesOnly: true, Events: slices.Clone(person[1:])},
		},
	}
}

func TestGoodHistoryPasses(t *testing.T) {
	if faults := Check(goodHistory()); len(faults) != 0 {
		t.Fatalf("a good history has faults: %v", faults)
	}
}

func TestBadHistoriesFail(t *testing.T) {
	const agentEnd, agentLive, personEnd, personPages = 0, 1, 2, 3
	extra := Seen{Seq: 4, Prev: 3, Type: "message.posted", MessageID: "m9", ClientID: "p-1", Author: "P", Kind: "reply"}
	cases := []struct {
		name  string
		rule  string
		spoil func(h *History)
	}{
		{"acknowledged, then gone", AckedMissing, func(h *History) {
			h.Readings[personEnd].Events = h.Readings[personEnd].Events[:2]
		}},
		{"acknowledged, then gone from the pages only", AckedMissing, func(h *History) {
			h.Readings[personPages].Events = h.Readings[personPages].Events[:1]
		}},
		{"note missing for the team", AckedMissing, func(h *History) {
			h.Readings[agentEnd].Events = h.Readings[agentEnd].Events[:2]
		}},
		{"two acknowledgements name two messages", AckedMoved, func(h *History) {
			again := h.Records[3]
			again.MessageID = "m7"
			h.Records = append(h.Records, again)
		}},
		{"acknowledged with another number", AckedMoved, func(h *History) { h.Records[3].Seq = 9 }},
		{"refused, yet there", RefusedPresent, func(h *History) {
			e := extra
			e.ClientID = "p-2"
			h.Readings[personEnd].Events = append(h.Readings[personEnd].Events, e)
		}},
		{"same client id twice", Doubled, func(h *History) {
			h.Readings[personEnd].Events = append(h.Readings[personEnd].Events, extra)
		}},
		{"same message under two numbers", Doubled, func(h *History) {
			e := h.Readings[personEnd].Events[2]
			e.Seq, e.Prev = 4, 3
			h.Readings[personEnd].Events = append(h.Readings[personEnd].Events, e)
		}},
		{"a number left out", Gap, func(h *History) {
			h.Readings[agentLive].Events = slices.Delete(h.Readings[agentLive].Events, 1, 2)
		}},
		{"does not begin at one", Gap, func(h *History) {
			h.Readings[agentLive].Events = h.Readings[agentLive].Events[1:]
		}},
		{"delivered again after a resume", Repeat, func(h *History) {
			h.Readings[agentLive].Events = append(h.Readings[agentLive].Events, h.Readings[agentLive].Events[2])
		}},
		{"pages go backwards", Repeat, func(h *History) { slices.Reverse(h.Readings[personPages].Events) }},
		{"previous number lies", WrongPrev, func(h *History) { h.Readings[agentLive].Events[2].Prev = 1 }},
		{"two agents, two orders", OtherOrder, func(h *History) {
			e := h.Readings[agentLive].Events
			e[1], e[2] = e[2], e[1]
			e[1].Seq, e[1].Prev, e[2].Seq, e[2].Prev = 2, 1, 3, 2
		}},
		{"visitor and agent, two orders", OtherOrder, func(h *History) {
			for _, r := range []int{personEnd, personPages} {
				e := h.Readings[r].Events
				n := len(e)
				e[n-2], e[n-1] = e[n-1], e[n-2]
				e[n-2].Seq, e[n-2].Prev, e[n-1].Seq, e[n-1].Prev = 2, 1, 3, 2
			}
		}},
		{"visitor sees a note", NotEntitled, func(h *History) {
			h.Readings[personEnd].Events[2].Type = "note.posted"
		}},
		{"visitor sees a note dressed as a message", NotEntitled, func(h *History) {
			h.Readings[personEnd].Events[2].Kind = "note"
		}},
		{"visitor sees a step", NotEntitled, func(h *History) {
			h.Readings[personEnd].Events[0].Type = "step.moved"
		}},
		{"somebody else reads", NotEntitled, func(h *History) { h.Readings[personEnd].Principal = "Q" }},
		{"conversation without an owner", NotEntitled, func(h *History) { h.Owners = nil }},
		{"nobody sent it", Invented, func(h *History) {
			e := extra
			e.ClientID = "p-77"
			h.Readings[personEnd].Events = append(h.Readings[personEnd].Events, e)
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h := goodHistory()
			c.spoil(&h)
			faults := Check(h)
			if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Rule == c.rule }) {
				t.Fatalf("want %q, got %v", c.rule, faults)
			}
		})
	}
}

// An unanswered message may be there or not; a retried one that was refused in
// the end may be there too, because an earlier attempt had no answer.
func TestUnknownMayGoEitherWay(t *testing.T) {
	for _, present := range []bool{true, false} {
		for _, last := range []Op{Unknown, Refused, ""} {
			t.Run(fmt.Sprintf("present=%v last=%q", present, last), func(t *testing.T) {
				h := goodHistory()
				r := Record{Conversation: "C", Author: "P", ClientID: "p-3", Op: Invoke}
				h.Records = append(h.Records, r)
				r.Op = Unknown
				h.Records = append(h.Records, r)
				if last != "" {
					r.Op = last
					h.Records = append(h.Records, r)
				}
				if present {
					h.Readings[2].Events = append(h.Readings[2].Events, Seen{
						Seq: 4, Prev: 3, Type: "message.posted", MessageID: "m4", ClientID: "p-3", Author: "P", Kind: "reply"})
				}
				if faults := Check(h); len(faults) != 0 {
					t.Fatal(faults)
				}
			})
		}
	}
}
