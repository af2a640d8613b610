package chat

import (
	"net/url"
	"slices"
	"strings"
)

// Answer is a short fact, explanation or link that the owner keeps. Agents
// insert it; the words and pages it is tied to bring it up by itself.
type Answer struct {
	ID        string
	SiteID    string
	Title     string // as a customer would ask
	Shortcut  string
	Text      string
	Link      string   // where to read more, "" for none
	Words     []string // products and other words that call for it, lower case
	Pages     []string // starts of paths, such as /returns
	Quick     bool     // may stand on the widget's first page
	Position  int64    // its place among the site's, from 1; 0 before anyone put them in order
	Origin    string
	ByID      string
	UpdatedAt Time
}

// Bounds of an answer, in code points, and of a site's answers.
const (
	MaxAnswer      = 1_000
	MaxAnswers     = 500
	maxAnswerTies  = 20
	maxAnswerWords = 60
)

// Validate cleans the answer in place and reports the first field that is out of
// its bounds.
func (a *Answer) Validate() error {
	a.Title = CleanLine(a.Title, MaxName)
	if a.Title == "" {
		return FailField("title", "Write the question that this answers.")
	}
	var err error
	if a.Shortcut, err = cleanShortcut(a.Shortcut); err != nil {
		return err
	}
	if a.Text, err = CleanText("text", a.Text, MaxAnswer); err != nil {
		return err
	}
	if a.Link, err = cleanLink(a.Link); err != nil {
		return err
	}
	if a.Words, err = cleanTies("words", a.Words); err != nil {
		return err
	}
	for i, word := range a.Words {
		a.Words[i] = strings.ToLower(word)
	}
	if a.Pages, err = cleanTies("pages", a.Pages); err != nil {
		return err
	}
	for _, page := range a.Pages {
		if !strings.HasPrefix(page, "/") {
			return FailField("pages", "Write a page as the start of its path, for example /returns.")
		}
	}
	return nil
}

// cleanLink returns an https or http address, or "" for none.
func cleanLink(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(s) > MaxURL || s != CleanLine(s, MaxURL) {
		return "", FailField("link", "Write the whole address, beginning with https://.")
	}
	return s, nil
}

// cleanTies makes a list of short lines fit to store: none empty, none twice.
func cleanTies(field string, list []string) ([]string, error) {
	var out []string
	for _, s := range list {
		s = CleanLine(s, maxAnswerWords)
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) > maxAnswerTies {
		return nil, FailField(field, "At most %d of these.", maxAnswerTies)
	}
	return out, nil
}

// Standard is a minimum behaviour that everyone understands and holds at any
// time, with why it matters and what shows it.
type Standard struct {
	ID       string
	SiteID   string
	Key      string
	Text     string
	Why      string
	Shown    string // what shows that it was held
	Steps    []Step // where it applies, none for always
	Position int64
	Origin   string
}

// MaxStandards bounds a site's standards.
const MaxStandards = 100

// Validate cleans the standard in place and reports the first field that is out
// of its bounds.
func (s *Standard) Validate() error {
	s.Text, s.Why, s.Shown = CleanLine(s.Text, 120), CleanLine(s.Why, MaxHelp), CleanLine(s.Shown, MaxHelp)
	switch {
	case !keyForm.MatchString(s.Key):
		return FailField("key", "A key is small letters, digits and _, at most 64.")
	case s.Text == "":
		return FailField("text", "Say what everybody here does.")
	case s.Why == "":
		return FailField("why", "Say why it matters; people hold what they understand.")
	}
	for _, step := range s.Steps {
		if !step.Valid() {
			return FailField("steps", "%q is not a step.", string(step))
		}
	}
	return nil
}

// Guide is all that an owner writes for the team: in a file, or of one site.
type Guide struct {
	Prompts   []Prompt
	Templates []Template // of the whole site; personal ones stay with their authors
	Answers   []Answer
	Standards []Standard
}

// Landed counts what became of the rows of an import.
type Landed struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
}
