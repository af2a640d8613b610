package cycle

import "rapport/hub/chat"

// Rule names a piece of evidence that a prompt can be ticked by. The rules and
// their phrases stand in phrases/en.json.
type Rule string

// Guide is what a site's prompts ask for, made ready to apply: build it once
// per change of the prompts and share it freely.
type Guide struct {
	rules  []*watch // of those that some prompt names, in the order of the prompts
	byRule map[Rule]*watch
	known  map[string]bool
}

// watch is a rule with the prompts that it ticks.
type watch struct {
	name Rule
	rule *rule
	keys []string
}

// NewGuide prepares the prompts of one site. A prompt whose evidence rule is
// unknown is ticked by hand only.
func NewGuide(prompts []chat.Prompt) *Guide {
	g := &Guide{byRule: make(map[Rule]*watch), known: make(map[string]bool)}
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
	w := g.byRule[r]
	if w == nil {
		w = &watch{name: r, rule: english().rules[r]}
		g.byRule[r], g.rules = w, append(g.rules, w)
	}
	w.keys = append(w.keys, key)
}

// Has reports whether the site has a prompt of this key.
func (g *Guide) Has(key string) bool { return g != nil && g.known[key] }

// prompts are the keys that a rule ticks.
func (g *Guide) prompts(r Rule) []string {
	if g == nil || g.byRule[r] == nil {
		return nil
	}
	return g.byRule[r].keys
}

// watched are the rules worth looking for: those that could still tick a prompt,
// and those that ask for a yes which could.
func (g *Guide) watched(s State) []*watch {
	if g == nil {
		return nil
	}
	out := make([]*watch, 0, len(g.rules))
	for _, w := range g.rules {
		if s.anyOpen(w.keys) || w.rule.Asks != "" && s.anyOpen(g.prompts(w.rule.Asks)) {
			out = append(out, w)
		}
	}
	return out
}

// anyOpen reports whether one of the prompts is still untouched.
func (s *State) anyOpen(keys []string) bool {
	for _, key := range keys {
		if _, touched := s.Marks[key]; !touched {
			return true
		}
	}
	return false
}
