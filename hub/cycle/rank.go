package cycle

import (
	"cmp"
	"slices"

	"rapport/hub/chat"
)

// Known is what is known of a matter and its customer, "" for unknown. The
// browser ranks by the same rules; testdata/rank.json holds both to the same
// order.
type Known struct {
	Step     chat.Step `json:"step"`
	Type     string    `json:"type"`
	Mood     string    `json:"mood"`
	Segment  string    `json:"segment"`
	Loyalty  string    `json:"loyalty"`
	Journey  string    `json:"journey"`
	Stage    string    `json:"stage"`
	Channel  string    `json:"channel"`
	Language string    `json:"language"`
}

// Rank orders templates: those of the step first, then by how well they fit what
// is known, then by how often they were used, then those made for fewer steps,
// then by title. The list that it is given stays as it is.
func Rank(templates []chat.Template, k Known) []chat.Template {
	out := slices.Clone(templates)
	slices.SortStableFunc(out, func(a, b chat.Template) int {
		return cmp.Or(
			cmp.Compare(ofStep(b, k.Step), ofStep(a, k.Step)),
			cmp.Compare(Fitness(b.Fit, k), Fitness(a.Fit, k)),
			cmp.Compare(b.Uses, a.Uses),
			cmp.Compare(len(a.Steps), len(b.Steps)),
			cmp.Compare(a.Title, b.Title),
		)
	})
	return out
}

func ofStep(t chat.Template, step chat.Step) int {
	if slices.Contains(t.Steps, step) {
		return 1
	}
	return 0
}

// Fitness weighs what something was made for against what is known: 2 for each
// list that has it, -1 where it is not known, -4 where it is something else. What
// fits anything weighs 0.
func Fitness(f chat.Fit, k Known) int {
	sum := 0
	for _, part := range []struct {
		list []string
		word string
	}{
		{f.Types, k.Type}, {f.Moods, k.Mood}, {f.Segments, k.Segment}, {f.Loyalty, k.Loyalty},
		{f.Journey, k.Journey}, {f.Stages, k.Stage}, {f.Channels, k.Channel}, {f.Languages, k.Language},
	} {
		switch {
		case len(part.list) == 0:
		case part.word == "":
			sum--
		case slices.Contains(part.list, part.word):
			sum += 2
		default:
			sum -= 4
		}
	}
	return sum
}
