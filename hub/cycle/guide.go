package cycle

import "rapport/hub/chat"

// Rule names a piece of evidence that a prompt can be ticked by. The rules and
// their phrases stand in phrases/en.json.
type Rule string

// Guide is what a site's prompts ask for, made ready to apply: build it once
// per change of the prompts and share it freely.
type Guide struct {
	rules  []Rule // those that some prompt names, in the order of the prompts
	byRule map[Rule][]string
	known  map[string]bool
}

// NewGuide prepares the prompts of one site. A prompt whose evidence rule is
// unknown is ticked by hand only.
func NewGuide(prompts []chat.Prompt) *Guide {
	g := &Guide{byRule: make(map[Rule][]string), known: make(map[string]bool)}
	for _, p := range prompts {
		if g.known[p.Key] {
			continue
		}
		g.known[p.Key] = true
		if KnownRule(p.Evidence) {
			g.add(Rule(p.Evidence), p.Key)
		}
	}
	return g
}

func (g *Guide) add(r Rule, key string) {
	if len(g.byRule[r]) == 0 {
		g.rules = append(g.rules, r)
	}
	g.byRule[r] = append(g.byRule[r], key)
}

// Has reports whether the site has a prompt of this key.
func (g *Guide) Has(key string) bool { return g != nil && g.known[key] }

// prompts are the keys that a rule ticks.
func (g *Guide) prompts(r Rule) []string {
	if g == nil {
		return nil
	}
	return g.byRule[r]
}

// watched are the rules worth looking for: those that could still tick a prompt,
// and those that ask for a yes which could.
func (g *Guide) watched(s State) []Rule {
	if g == nil {
		return nil
	}
	out := make([]Rule, 0, len(g.rules))
	for _, r := range g.rules {
		if g.open(s, r) || g.open(s, english.rules[r].Asks) {
			out = append(out, r)
		}
	}
	return out
}

// open reports whether the rule could still tick a prompt.
func (g *Guide) open(s State, r Rule) bool {
	for _, key := range g.prompts(r) {
		if _, touched := s.Marks[key]; !touched {
			return true
		}
	}
	return false
}
