package cycle

import "rapport/hub/chat"

// Rule names a piece of evidence that a prompt can be ticked by. The rules and
// their phrases stand in phrases/en.json.
type Rule string

// Guide is what a site's prompts ask for, made ready to apply: build it once
// per change of the prompts and share it freely.
type Guide struct {
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
		if p.Evidence != "" {
			g.byRule[Rule(p.Evidence)] = append(g.byRule[Rule(p.Evidence)], p.Key)
		}
	}
	return g
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
