package cycle

import (
	"cmp"
	"slices"

	"rapport/hub/chat"
)

// Rank orders templates for a step: those that fit it first, then by how often
// they were used, then those made for fewer steps, then by title. The list that
// it is given stays as it is.
func Rank(templates []chat.Template, step chat.Step) []chat.Template {
	out := slices.Clone(templates)
	slices.SortStableFunc(out, func(a, b chat.Template) int {
		return cmp.Or(
			cmp.Compare(fit(b, step), fit(a, step)),
			cmp.Compare(b.Uses, a.Uses),
			cmp.Compare(len(a.Steps), len(b.Steps)),
			cmp.Compare(a.Title, b.Title),
		)
	})
	return out
}

func fit(t chat.Template, step chat.Step) int {
	if slices.Contains(t.Steps, step) {
		return 1
	}
	return 0
}
