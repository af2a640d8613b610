package chat

import (
	"strings"
	"testing"
)

// Whatever somebody may have written weighs what it takes.
func TestEveryWordHasItsWeight(t *testing.T) {
	long := strings.Repeat("ö", 1_000)
	for name, e := range map[string]Event{
		"message":         {Message: &Message{Text: long}},
		"page of a link":  {Message: &Message{Link: &LinkPreview{Text: long}}},
		"card":            {Card: &Card{Text: long}},
		"card's option":   {Card: &Card{Options: []CardOption{{Title: "Red"}, {Detail: long}}}},
		"card's answer":   {Card: &Card{Answer: CardAnswer{Text: long}}},
		"promise":         {Promise: &Promise{Text: long}},
		"why of it":       {Promise: &Promise{Why: long}},
		"comment":         {Feedback: &Feedback{Comment: long}},
		"expectation":     {Track: &Track{Expectation: long}},
		"stage":           {Track: &Track{Marks: []StageMark{{Why: long}}}},
		"note of a grant": {Grant: &Grant{Note: long}},
		"delay":           {Delay: &Delay{Reason: long}},
		"invitation":      {Showing: &Showing{Text: long}},
		"title read":      {ReadUp: &ReadUp{Answers: []ReadAnswer{{Title: "How?"}, {Title: long}}}},
		"need":            {Matter: &Matter{Need: long}},
		"why of a step":   {Progress: &Progress{Why: long}},
		"attribute":       {Person: &Person{Attributes: []Attribute{{Key: "plan"}, {Key: "cart", Value: long}}}},
	} {
		if w := e.Weight(); w < len(long)+eventWeight || w > len(long)+2*eventWeight {
			t.Errorf("%s: %d bytes weigh %d", name, len(long), w)
		}
	}
}
