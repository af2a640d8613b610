package cycle

import (
	"fmt"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// BenchmarkApply is one event on a state as it is in the middle of a talk.
func BenchmarkApply(b *testing.B) {
	g := guide()
	s := after(says(chat.ByAgent, "Hello Maria, I'm Ana. What happened?", 1))
	asked := after(says(chat.ByAgent, "So you ordered two, is that right?", 1))
	long := strings.Repeat("I looked at the order from last week and it seems that the second cup left our house on time. ", 100)
	for name, c := range map[string]struct {
		s State
		e Event
	}{
		"customer":      {s, says(chat.ByPerson, "It came without the lid, and I need it by Friday. Can you help?", 2)},
		"customer_asks": {asked, says(chat.ByPerson, "Yes, exactly. It came without the lid.", 2)},
		"agent":         {s, says(chat.ByAgent, "Thank you, that helps. I'll check with the workshop and write to you again within the hour. Is there anything else I should know?", 2)},
		"agent_long":    {s, says(chat.ByAgent, long, 2)},
		"closed":        {s, Closed(chat.System, 2)},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Apply(g, c.s, c.e)
			}
		})
	}
}

// BenchmarkAdvance adds reading and writing the evidence of the matter.
func BenchmarkAdvance(b *testing.B) {
	g := guide()
	var m chat.Matter
	after(says(chat.ByAgent, "Hello Maria, I'm Ana. What happened?", 1)).Save(&m)
	for name, e := range map[string]Event{
		"customer": says(chat.ByPerson, "It came without the lid, and I need it by Friday. Can you help?", 2),
		"agent":    says(chat.ByAgent, "I'll check with the workshop and write to you again within the hour.", 2),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, _, err := Advance(g, m, e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReplay is a whole matter of 500 messages.
func BenchmarkReplay(b *testing.B) {
	g := guide()
	events := make([]Event, 500)
	for i := range events {
		by := chat.ByPerson
		if i%2 == 1 {
			by = chat.ByAgent
		}
		events[i] = says(by, fmt.Sprintf("Number %d of what we say about the cup, the lid and the parcel that was late.", i), chat.Time(i))
	}
	b.ReportAllocs()
	for b.Loop() {
		Replay(g, events)
	}
}

func BenchmarkRender(b *testing.B) {
	vars := map[string]string{"customer.first_name": "Maria", "agent.first_name": "Ana"}
	b.ReportAllocs()
	for b.Loop() {
		Render("Hello {{customer.first_name|there}}, and welcome! I'm {{agent.first_name}}, thank you for writing to us.", vars)
	}
}

func BenchmarkPlaceholders(b *testing.B) {
	text := strings.Repeat("Nothing to see here, and no brace at all. ", 20)
	for b.Loop() {
		Placeholders(text)
	}
}
