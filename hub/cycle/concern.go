package cycle

import (
	"slices"
	"strings"

	"rapport/hub/chat"
)

// subjectsFile is the vocabulary of what a message is about.
type subjectsFile struct {
	// Owners begin the name of a thing of theirs: “my invoice”.
	Owners []string `json:"owners"`
	// Others make it another one of its kind: “my other order”.
	Others []string `json:"others"`
	// Plain words name no subject, in whatever sentence they stand.
	Plain []string `json:"plain"`
	// People are nobody's subject: what they want may be.
	People []string `json:"people"`
	// Contact words belong to whatever is under way: “my number is …”.
	Contact []string `json:"contact"`
}

// subjects says which words name what a message is about.
type subjects struct{ owners, others, plain, people, contact map[string]bool }

func newSubjects(f subjectsFile, c choosingFile) subjects {
	plain := set(f.Plain)
	for _, list := range [][]string{c.Around, c.Everyday, f.Owners, f.Others, f.People} {
		for _, w := range list {
			plain[fold(w)] = true
		}
	}
	return subjects{set(f.Owners), set(f.Others), plain, set(f.People), set(f.Contact)}
}

// hearConcern notes another subject that the customer brings up while this one is
// under way. It is offered and never opened by itself: a matter more is the
// agent's to see.
func hearConcern(s *State, e Event, w words) {
	if !s.Replied || s.Need == "" || s.Closed {
		return
	}
	known := subjectWords(read(unquoted(s.Need) + ". " + s.Offer))
	for i := range w.sentences {
		if text := w.concernAt(i, known); text != "" {
			s.Concern = chat.Found{Text: text, Cause: e.Message.ID}
			return
		}
	}
}

// concernAt is the other subject that sentence i brings up, in one line, or "". It
// has to be announced, to want something, and to name what is not known yet. A
// sentence that only announces it is followed by the one that says it.
func (w words) concernAt(i int, known []string) string {
	apart, besides := w.at(i, "apart"), w.at(i, "besides")
	if !apart && !besides {
		return ""
	}
	end := i + 1
	if len(subjectWords(w.sentences[i:end])) == 0 && end < len(w.sentences) {
		end++
	}
	about := w.sentences[i:end]
	if !w.wants(i, min(end+1, len(w.sentences))) || !namesNew(about, known, apart) {
		return ""
	}
	raw := oneLine(about[0].raw)
	if end > i+1 {
		raw += " " + oneLine(about[1].raw)
	}
	return "“" + shorten(raw, MaxRead-2) + "”"
}

// unquoted is a text that was cited, without its marks: what stands between them
// would not be read.
func unquoted(text string) string { return strings.Trim(text, "“”") }

// wants reports whether one of the sentences asks for something or says that
// something is wrong.
func (w words) wants(from, to int) bool {
	for i := from; i < to; i++ {
		if w.sentences[i].question || w.at(i, "request") || w.at(i, "asks") || w.at(i, "complaint") || w.at(i, "grievance") || w.at(i, "problem") || w.at(i, "announces") {
			return true
		}
	}
	return false
}

// namesNew reports whether the sentences name a subject that is not known: another
// one of its kind, a thing of theirs that was not spoken of, or, where it is said
// to be apart, anything else.
func namesNew(about []sentence, known []string, apart bool) bool {
	if apart {
		named := subjectWords(about)
		return len(named) > 0 && !slices.ContainsFunc(named, func(x string) bool { return isKnown(x, known) }) || namesAnother(about)
	}
	return namesAnother(about) || namesTheirs(about, known)
}

// ownedWords is how many words may stand between “my” and the thing.
const ownedWords = 3

// namesTheirs reports whether “my …” names something that is not known.
func namesTheirs(about []sentence, known []string) bool {
	found := false
	for _, s := range about {
		for i, w := range s.words {
			if !english().subjects.owners[w.text] {
				continue
			}
			for _, x := range s.words[i+1 : min(len(s.words), i+1+ownedWords)] {
				if english().subjects.people[x.text] {
					break
				}
				switch {
				case isKnown(x.text, known):
					return false
				case isSubject(x) && !english().subjects.contact[x.text]:
					found = true
				}
			}
		}
	}
	return found
}

// namesAnother reports whether “another …” or “my other …” names a thing.
func namesAnother(about []sentence) bool {
	for _, s := range about {
		for i, w := range s.words {
			if english().subjects.others[w.text] && i+1 < len(s.words) && isSubject(s.words[i+1]) {
				return true
			}
		}
	}
	return false
}

// subjectWords are the words of the sentences that name what they are about.
func subjectWords(sentences []sentence) []string {
	var out []string
	for _, s := range sentences {
		for _, w := range s.words {
			if isSubject(w) {
				out = append(out, w.text)
			}
		}
	}
	return out
}

// isSubject reports whether a word can name what somebody speaks of.
func isSubject(w word) bool {
	return len(w.text) > 2 && w.text != gap && !english().subjects.plain[w.text] && !strings.ContainsAny(w.text, "'0123456789")
}

// stemLength is how many first letters two words share at least that are forms of
// one: delivery, delivered.
const stemLength = 5

func isKnown(w string, known []string) bool {
	return slices.ContainsFunc(known, func(k string) bool { return sameStem(w, k) })
}

// sameStem reports whether two folded words are forms of one.
func sameStem(a, b string) bool {
	if len(a) >= stemLength && len(b) >= stemLength {
		return a[:stemLength] == b[:stemLength]
	}
	return strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s")
}
