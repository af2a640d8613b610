package chat

import (
	"regexp"
	"slices"
)

// Fit says what a prompt or template was made for. An empty list fits anything;
// the lists together are "and", the words of one list "or".
type Fit struct {
	Types     []string `json:"types,omitempty"`
	Moods     []string `json:"moods,omitempty"`
	Segments  []string `json:"segments,omitempty"`
	Loyalty   []string `json:"loyalty,omitempty"`
	Journey   []string `json:"journey,omitempty"`
	Stages    []string `json:"stages,omitempty"` // of the complaint track
	Channels  []string `json:"channels,omitempty"`
	Languages []string `json:"languages,omitempty"` // tags such as en or pt-BR
}

// The closed lists of words that a Fit may hold, in the order of their menus.
var (
	InteractionTypes = []string{"request", "question", "complaint", "compliment"}
	Moods            = []string{"fine", "unsure", "upset"}
	Segments         = []string{"prospective", "new", "existing", "past"}
	LoyaltyGroups    = []string{"prospect", "first_time", "exclusive", "switcher"}
	JourneyStages    = []string{"awareness", "consideration", "decision", "purchase", "retention", "advocacy"}
	ComplaintStages  = []string{"listen", "feel", "record", "expect", "solve", "confirm", "follow_up"}
	Channels         = []string{"chat", "email", "social", "review", "forum", "messaging", "call", "visit"}
)

var languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$`)

// maxLanguages bounds the tags of one list.
const maxLanguages = 20

// Validate brings each list into the order of its menu, each word once, and
// reports the first word that is none of ours.
func (f *Fit) Validate() error {
	for _, part := range []struct {
		name  string
		list  *[]string
		known []string
	}{
		{"types", &f.Types, InteractionTypes}, {"moods", &f.Moods, Moods}, {"segments", &f.Segments, Segments},
		{"loyalty", &f.Loyalty, LoyaltyGroups}, {"journey", &f.Journey, JourneyStages},
		{"stages", &f.Stages, ComplaintStages}, {"channels", &f.Channels, Channels},
	} {
		for _, word := range *part.list {
			if !slices.Contains(part.known, word) {
				return FailField("fit."+part.name, "%q is not among %v.", word, part.known)
			}
		}
		*part.list = ordered(*part.list, part.known)
	}
	var err error
	f.Languages, err = cleanLanguages("fit.languages", f.Languages)
	return err
}

// ordered returns the words of known that list holds, nil for none.
func ordered(list, known []string) []string {
	var out []string
	for _, word := range known {
		if slices.Contains(list, word) {
			out = append(out, word)
		}
	}
	return out
}
