package cycle

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/hub/chat"
)

// hearDetail notes something personal that the customer mentions and that a note
// could keep, so that somebody asks after it next time. One is offered at a time,
// and what an agent has waved away does not come back in other words.
//
// Never offered is what is sensitive (health, beliefs, sexuality, family trouble,
// the law, money and work trouble: the signal sensitive, which silences the whole
// message),
// what holds a long number, and a sentence about a child that holds a word which
// could be its name: one that no phrase knows, or that is a name too. Whoever wants such a note types it.
func hearDetail(s *State, e Event, w words) {
	if s.Detail.Text != "" && !s.Detail.Waved || w.has("sensitive") {
		return
	}
	for i := range w.sentences {
		if w.at(i, "personal") && w.mayKeep(i) {
			said := w.sentences[i]
			if s.Detail.Text != "" && sharesSubject(said, s.Detail.Text) {
				continue
			}
			s.Detail = chat.Found{Text: "“" + shorten(oneLine(said.raw), MaxRead-2) + "”", Cause: e.Message.ID}
			return
		}
	}
}

// maxDetail is how long a sentence is at most that is offered as a note, in code
// points: a longer one tells of something else too.
const maxDetail = 160

// mayKeep reports whether a note may hold sentence i as it was written.
func (w words) mayKeep(i int) bool {
	s := w.sentences[i]
	if utf8.RuneCountInString(s.raw) > maxDetail || longNumber(s.raw) {
		return false
	}
	if s.question || w.at(i, "request") || w.at(i, "complaint") || w.at(i, "problem") {
		return false // it is what they came for
	}
	if !w.at(i, "child") {
		return true
	}
	for _, x := range s.words {
		if x.id == unknownWord && x.text != gap {
			return false
		}
	}
	return !capitalName(s.raw)
}

// capitalName reports whether a text holds, past its first word, a word with a
// capital that is a name as well: “Amber”, “May”.
func capitalName(text string) bool {
	for i, w := range strings.Fields(text) {
		c, _ := utf8.DecodeRuneInString(w)
		if i > 0 && unicode.IsUpper(c) && english().common[fold(w[:wordEnd(w)])] {
			return true
		}
	}
	return false
}

// longNumber reports whether four digits or more stand side by side: a year of
// birth, a telephone or a card.
func longNumber(text string) bool {
	run := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			run = 0
		} else if run++; run >= 4 {
			return true
		}
	}
	return false
}

// sharesSubject reports whether a sentence speaks of what a text does.
func sharesSubject(s sentence, text string) bool {
	known := subjectWords(read(unquoted(text)))
	for _, w := range s.words {
		if isSubject(w) && isKnown(w.text, known) {
			return true
		}
	}
	return false
}
