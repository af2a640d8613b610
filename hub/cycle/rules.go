package cycle

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"rapport/hub/chat"
)

//go:embed phrases/en-rules.json
var explainedJSON []byte

// explained says of each rule what it looks for, in words for an owner.
var explained = sync.OnceValue(func() (out map[Rule]explanation) {
	if err := json.Unmarshal(explainedJSON, &out); err != nil {
		panic("cycle: explanations of rules: " + err.Error())
	}
	return out
})

type explanation struct {
	Means string `json:"means"`
	// Example is a line that shows it, by an agent called {agent} to Maria Lopez; ""
	// where no line of an agent does.
	Example string `json:"example"`
}

// KnownEvidence is a rule as an owner reads it: its name, what it finds, what that
// means, and a line that shows it ("" where the customer or the first reply does).
type KnownEvidence struct {
	Name    Rule   `json:"name"`
	Why     string `json:"why"`
	Means   string `json:"means"`
	Example string `json:"example"`
}

// Evidence lists all rules that a prompt may name, by name; agent is who says the
// examples.
func Evidence(agent string) []KnownEvidence {
	names := Rules()
	out := make([]KnownEvidence, len(names))
	for i, name := range names {
		e := explained()[name]
		out[i] = KnownEvidence{name, english().rules[name].Why, e.Means, strings.ReplaceAll(e.Example, "{agent}", FirstName(agent))}
	}
	return out
}

// Example is the customer to whom a line is tried.
const Example = "Maria Lopez"

// Shown is a rule that a line satisfies, and the sentence that does.
type Shown struct {
	Name  Rule   `json:"name"`
	Words string `json:"words"`
}

// Try reads a line as if this agent had said it to Example in a step, and returns
// the rules that it satisfies, by name.
func Try(text, agent string, step chat.Step) []Shown {
	t, out := listen(text, english().names(Example, agent), step), []Shown{}
	for _, name := range Rules() {
		if i := t.first(english().rules[name]); i >= 0 {
			out = append(out, Shown{name, shorten(t.sentences[i].raw, citeLimit)})
		}
	}
	return out
}
