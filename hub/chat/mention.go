package chat

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/hub/sorted"
)

// Named is somebody, or a team, that a note can name with an @.
type Named struct {
	ID      string
	Name    string
	Members []string // of a team, by id; nil for a person
	Gone    bool     // a person who may not sign in any more
}

// Mention says that somebody was named in a note. Of a conversation the latest of
// each counts.
type Mention struct {
	AgentID        string
	SiteID         string
	ConversationID string
	MessageID      string
	ByID           string
	At             Time
}

// maxMentions bounds how many @ of a note are looked at.
const maxMentions = 50

// Mentioned returns those whom a text names: by their whole name after an @, or by
// the first word of it where nobody else's begins so. Case does not matter.
func Mentioned(text string, all []Named) []Named {
	if !strings.Contains(text, "@") {
		return nil
	}
	whole, first := calledBy(all)
	text = strings.ToLower(text)
	var out []Named
	for range maxMentions {
		at := strings.IndexByte(text, '@')
		if at < 0 {
			break
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		text = text[at+1:]
		if wordy(before) {
			continue // an address
		}
		if n, ok := namedAt(text, whole); ok {
			out = append(out, n)
		} else if n, ok := namedAt(text, first); ok && !n.Gone {
			out = append(out, n)
		}
	}
	return out
}

// calledBy are the names to look for, the longest first; and the first words of
// those that have a first word of their own.
func calledBy(all []Named) (whole, first []Named) {
	begins := map[string]int{}
	for _, n := range all {
		n.Name = strings.ToLower(n.Name)
		whole = append(whole, n)
		begins[firstWord(n.Name)]++
	}
	for _, n := range whole {
		if n.Name = firstWord(n.Name); begins[n.Name] == 1 {
			first = append(first, n)
		}
	}
	sorted.Stably(whole, func(a, b Named) int { return cmp.Compare(len(b.Name), len(a.Name)) })
	return whole, first
}

func firstWord(name string) string {
	word, _, _ := strings.Cut(name, " ")
	return word
}

// namedAt returns who is named at the beginning of a text.
func namedAt(text string, all []Named) (Named, bool) {
	for _, n := range all {
		if rest, ok := strings.CutPrefix(text, n.Name); ok && n.Name != "" {
			if next, _ := utf8.DecodeRuneInString(rest); rest == "" || !wordy(next) {
				return n, true
			}
		}
	}
	return Named{}, false
}

func wordy(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// MentionTx reads and writes who is named in notes.
type MentionTx interface {
	// Named returns everybody, and every team, that a note can name.
	Named() ([]Named, error)
	// SaveMention stores that somebody was named, unread, in the place of an earlier
	// time in the same conversation.
	SaveMention(m *Mention) error
}
