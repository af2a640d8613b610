package chat

import "strings"

// Jargon is a word of the house that customers do not use, and how it reads
// plainly; Plain is "" where there is no one word for it.
type Jargon struct {
	Word  string `json:"word"`
	Plain string `json:"plain"`
}

// Bounds of a site's list of jargon, in entries and code points.
const (
	MaxJargon     = 200
	maxJargonText = 80
)

// CleanJargon makes a list fit to store: without empty words, each once in
// whatever case, the first counts.
func CleanJargon(list []Jargon) ([]Jargon, error) {
	if len(list) > MaxJargon {
		return nil, FailField("jargon", "At most %d words.", MaxJargon)
	}
	var clean []Jargon
	seen := make(map[string]bool, len(list))
	for _, j := range list {
		j.Word, j.Plain = CleanLine(j.Word, maxJargonText), CleanLine(j.Plain, maxJargonText)
		if key := strings.ToLower(j.Word); key != "" && !seen[key] {
			seen[key] = true
			clean = append(clean, j)
		}
	}
	return clean, nil
}
