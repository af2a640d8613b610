package cycle

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"rapport/hub/chat"
)

//go:embed phrases/en.json
var englishJSON []byte

// english is the phrase data that the rules read by, made with the first words.
var english = sync.OnceValue(func() *lexicon { return mustLexicon(englishJSON) })

// phraseFile is the form of phrases/*.json. A phrase is a line of words that
// stand side by side; a|b is either word, a trailing ? makes a word optional,
// .. is up to three words of any kind, {customer}, {called}, {surname} and
// {agent} are names (see names in names.go).
type phraseFile struct {
	Language    string            `json:"language"`
	Version     int               `json:"version"`
	About       string            `json:"about"`
	Leads       []string          `json:"leads"`
	CommonNames []string          `json:"common_names"`
	Rules       map[Rule]ruleFile `json:"rules"`
	// Heard and Told are what sentences of the customer and of agents mean for
	// step, type and mood.
	Heard map[string]phrases `json:"heard"`
	Told  map[string]phrases `json:"told"`

	Yes      phrases      `json:"yes"`
	Thanks   thanksFile   `json:"thanks"`
	Choosing choosingFile `json:"choosing"`
	Subjects subjectsFile `json:"subjects"`
}

// ruleFile is one piece of evidence: it is found when any of its variants is.
type ruleFile struct {
	// Why says what was found; the sentence is quoted after it.
	Why string `json:"why"`
	// First: found in every first reply, whatever it says.
	First bool `json:"first,omitempty"`
	// Person: found in the customer's yes to what another rule asks.
	Person bool `json:"person,omitempty"`
	// Asks is the rule that the customer's plain yes satisfies after this one.
	Asks Rule      `json:"asks,omitempty"`
	When []phrases `json:"when,omitempty"`
}

// phrases is a condition on one sentence.
type phrases struct {
	// Question: the sentence ends with a question mark.
	Question bool `json:"question,omitempty"`
	// Statement: it does not.
	Statement bool `json:"statement,omitempty"`
	// Steps in which this counts; none means all.
	Steps []chat.Step `json:"steps,omitempty"`
	// Starts must stand where a clause begins, after leads; Any anywhere. One of
	// either is needed.
	Starts []string `json:"starts,omitempty"`
	Any    []string `json:"any,omitempty"`
	// With: one of these is needed in the same sentence too.
	With []string `json:"with,omitempty"`
	// Never: none of these stands in the same sentence.
	Never []string `json:"never,omitempty"`
}

// lexicon is a phrase file made ready to match.
type lexicon struct {
	vocabulary
	index
	rules    map[Rule]*rule
	variants []variant
	leads    wordID // words before this one lead a clause in: they are learned first
	common   map[string]bool
	heard    signals
	told     signals
	thanks   thanks
	choosing choosing
	subjects subjects
}

type rule struct {
	ruleFile
	variants []int
}

// variant is one condition, by its number in the lexicon.
type variant struct {
	question  bool
	statement bool
	with      bool
	steps     []chat.Step
}

func mustLexicon(data []byte) *lexicon {
	l, err := newLexicon(data)
	if err != nil {
		panic("cycle: phrases: " + err.Error())
	}
	return l
}

func newLexicon(data []byte) (*lexicon, error) {
	var f phraseFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("read phrase file: %w", err)
	}
	l := newConditions(make(vocabulary, 4096))
	l.rules, l.common = make(map[Rule]*rule), set(f.CommonNames)
	for _, w := range f.Leads {
		l.leads = l.learn(w) + 1
	}
	for name, rf := range f.Rules {
		r := &rule{ruleFile: rf}
		if _, ok := f.Rules[rf.Asks]; rf.Asks != "" && !ok {
			return nil, fmt.Errorf("rule %s asks for %s, which is no rule", name, rf.Asks)
		}
		for _, p := range rf.When {
			id, err := l.add(p)
			if err != nil {
				return nil, fmt.Errorf("rule %s: %w", name, err)
			}
			r.variants = append(r.variants, id)
		}
		l.rules[name] = r
	}
	var err error
	if f.Heard == nil {
		f.Heard = make(map[string]phrases, 1)
	}
	f.Heard["yes"] = f.Yes
	if l.heard, err = newSignals(f.Heard, l.vocabulary); err != nil {
		return nil, err
	}
	if l.told, err = newSignals(f.Told, l.vocabulary); err != nil {
		return nil, err
	}
	l.choosing = newChoosing(f.Choosing, l.vocabulary)
	l.subjects = newSubjects(f.Subjects, f.Choosing)
	l.thanks, err = newThanks(f.Thanks, l.vocabulary)
	return l, err
}

// newConditions is a lexicon without conditions over a vocabulary that others
// share.
func newConditions(v vocabulary) *lexicon {
	return &lexicon{vocabulary: v, index: index{byPair: make(map[[2]wordID][]pattern)}}
}

// add compiles one condition and returns its number.
func (l *lexicon) add(p phrases) (int, error) {
	id := len(l.variants)
	if id >= maxVariants {
		return 0, fmt.Errorf("more than %d conditions", maxVariants)
	}
	l.variants = append(l.variants, variant{p.Question, p.Statement, len(p.With) > 0, p.Steps})
	for _, part := range []struct {
		role  role
		lines []string
	}{{hitAny, p.Any}, {hitStart, p.Starts}, {hitWith, p.With}, {hitNever, p.Never}} {
		for _, line := range part.lines {
			if err := l.compile(line, id, part.role); err != nil {
				return 0, err
			}
		}
	}
	return id, nil
}

// KnownRule reports whether a prompt's evidence names a rule that exists: each is
// explained, and asking so does not make the phrase data.
func KnownRule(name string) bool {
	_, ok := explained()[Rule(name)]
	return ok
}

// Rules are the names of all evidence rules, sorted.
func Rules() []Rule {
	out := make([]Rule, 0, len(english().rules))
	for name := range english().rules {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
