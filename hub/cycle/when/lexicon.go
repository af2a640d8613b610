package when

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"rapport/hub/sorted"
)

//go:embed phrases/en.json
var englishJSON []byte

// english is the data that everything here reads by, made with the first words.
var english = sync.OnceValue(func() *lexicon { return mustLexicon(englishJSON) })

// lexicon is phrases/*.json.
type lexicon struct {
	Language string `json:"language"`
	Version  int    `json:"version"`
	About    string `json:"about"`

	Weekdays      map[string]int    `json:"weekdays"`
	WeekdaysShort map[string]int    `json:"weekdays_short"`
	Months        map[string]int    `json:"months"`
	Numbers       map[string]int    `json:"numbers"`
	Ordinals      map[string]int    `json:"ordinals"`
	Units         map[string]string `json:"units"`
	Parts         map[string]part   `json:"parts"`
	Edges         map[string]edge   `json:"edges"`

	// Contractions are endings and the word they stand for.
	Contractions map[string]string `json:"contractions"`

	Working     words `json:"working"`
	Fillers     words `json:"fillers"`
	ClockLeads  words `json:"clock_leads"`
	SpanLeads   words `json:"span_leads"`
	SpanFillers words `json:"span_fillers"`
	Guards      words `json:"guards"`
	Owners      words `json:"owners"`
	AfterNumber words `json:"after_number"`
	LooseEnds   words `json:"loose_ends"`
	OtherZones  words `json:"other_zones"`
	Titles      words `json:"titles"`
	Shortened   words `json:"shortened"`
	BoundLeads  words `json:"bound_leads"`
	People      words `json:"people"`
	NotNames    words `json:"not_names"`
	Adverbs     words `json:"adverbs"`
	Hedges      words `json:"hedges"`
	Doubts      words `json:"doubts"`
	Whether     words `json:"whether"`
	Owning      words `json:"owning"`
	Markers     words `json:"markers"`
	Sure        words `json:"sure"`
	Pronouns    words `json:"pronouns"`
	Past        words `json:"past"`
	Made        words `json:"made"`
	Events      words `json:"events"`
	Goods       words `json:"goods"`

	Ours         phrases `json:"ours"`
	Continued    phrases `json:"continued"`
	Progressive  phrases `json:"progressive"`
	LetMe        phrases `json:"let_me"`
	Yours        phrases `json:"yours"`
	Theirs       phrases `json:"theirs"`
	Openers      phrases `json:"openers"`
	Conditions   phrases `json:"conditions"`
	IdleVerbs    phrases `json:"idle_verbs"`
	Being        phrases `json:"being"`
	QuickVerbs   phrases `json:"quick_verbs"`
	AtOnce       phrases `json:"at_once"`
	DatedVerbs   phrases `json:"dated_verbs"`
	Returns      phrases `json:"returns"`
	Deeds        phrases `json:"deeds"`
	Doing        phrases `json:"doing"`
	Arrivals     phrases `json:"arrivals"`
	Goes         phrases `json:"goes"`
	Hearing      phrases `json:"hearing"`
	Receiving    phrases `json:"receiving"`
	NotReceiving phrases `json:"not_receiving"`

	edges []edgePhrase // longest first
}

// edgePhrase is a way to name an end of the day.
type edgePhrase struct {
	phrase
	edge edge
}

func mustLexicon(data []byte) *lexicon {
	var l lexicon
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields() // a list that nothing reads is a mistake
	if err := strict.Decode(&l); err != nil {
		panic("when: phrases: " + err.Error())
	}
	for line, e := range l.Edges {
		l.edges = append(l.edges, edgePhrase{parse(line), e})
	}
	sorted.By(l.edges, func(a, b edgePhrase) int { return len(b.phrase) - len(a.phrase) })
	return &l
}

// words is a set of words.
type words map[string]bool

func (s words) has(w string) bool { return s[w] }

// UnmarshalJSON reads a list of words.
func (s *words) UnmarshalJSON(data []byte) error {
	var list []string
	if err := json.Unmarshal(data, &list); err != nil {
		return fmt.Errorf("list of words: %w", err)
	}
	*s = make(words, len(list))
	for _, w := range list {
		(*s)[w] = true
	}
	return nil
}

// phrase is words side by side; each place is one of several, perhaps left out.
type phrase []place

type place struct {
	words    []string
	optional bool
}

func parse(line string) phrase {
	var p phrase
	for part := range strings.FieldsSeq(line) {
		bare := strings.TrimSuffix(part, "?")
		p = append(p, place{strings.Split(bare, "|"), bare != part})
	}
	return p
}

// at returns how many words the phrase takes at the beginning of ws, 0 for none.
func (p phrase) at(ws []word) int {
	n := 0
	for _, pl := range p {
		switch {
		case n < len(ws) && slices.Contains(pl.words, ws[n].text):
			n++
		case !pl.optional:
			return 0
		}
	}
	return n
}

// phrases is several of them, by first word.
type phrases map[string][]phrase

// UnmarshalJSON reads a list of phrases.
func (s *phrases) UnmarshalJSON(data []byte) error {
	var list []string
	if err := json.Unmarshal(data, &list); err != nil {
		return fmt.Errorf("list of phrases: %w", err)
	}
	*s = make(phrases, len(list))
	for _, line := range list {
		p := parse(line)
		for i, pl := range p {
			for _, w := range pl.words {
				(*s)[w] = append((*s)[w], p[i:])
			}
			if !pl.optional {
				break
			}
		}
	}
	return nil
}

// at returns how many words the longest of the phrases takes, 0 for none.
func (s phrases) at(ws []word) int {
	longest := 0
	if len(ws) > 0 {
		for _, p := range s[ws[0].text] {
			longest = max(longest, p.at(ws))
		}
	}
	return longest
}

// in reports whether one of the phrases stands anywhere in ws.
func (s phrases) in(ws []word) bool {
	for i := range ws {
		if s.at(ws[i:]) > 0 {
			return true
		}
	}
	return false
}
