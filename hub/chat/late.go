package chat

import "slices"

// LateWords are what customers of one language are told when something is late, with
// variables as in a template and those of the delay (cycle.DelayVariables). "" stands
// for our own words.
type LateWords struct {
	Language string `json:"language"` // one of LateLanguages
	Known    string `json:"known"`    // the new time is known
	Open     string `json:"open"`     // nobody knows it yet
}

// Late are the owner's words about delays, at most one row for a language.
type Late []LateWords

// LateLanguages have words of our own, and the customers who read them may be told of
// a delay in the owner's.
var LateLanguages = []string{"en", "ar"}

// maxLate bounds the words about a delay, in code points.
const maxLate = 1000

// CleanLate makes the owner's words about delays fit to store: each language once, and
// none that has no words.
func CleanLate(list Late) (Late, error) {
	var out Late
	for _, w := range list {
		if !slices.Contains(LateLanguages, w.Language) || slices.ContainsFunc(out, func(o LateWords) bool { return o.Language == w.Language }) {
			return nil, FailField("late", "Write the words about delays once for each of %v.", LateLanguages)
		}
		var err error
		if w.Known, err = CleanMaybe("late.known", w.Known, maxLate); err != nil {
			return nil, err
		}
		if w.Open, err = CleanMaybe("late.open", w.Open, maxLate); err != nil {
			return nil, err
		}
		if w.Known != "" || w.Open != "" {
			out = append(out, w)
		}
	}
	return out, nil
}
