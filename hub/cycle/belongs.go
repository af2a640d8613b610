package cycle

import (
	"slices"
	"strings"

	"rapport/hub/chat"
)

// Beside reports whether the matter's conversation holds other matters too. It is
// asked of every message, so that the evidence is not taken apart for it: no
// words of people can hold this text, since their quotes are escaped.
func Beside(m chat.Matter) bool { return strings.Contains(m.Evidence, `"beside":true`) }

// Belongs is the matter that a message of the customer's is about, of several in
// one conversation: another than the current one only where it names what one of
// them was opened for and nothing of the current one. In doubt it is the current
// one. What people came for is all that is compared: a word of it, in any form.
func Belongs(h *Heard, current chat.Matter, all []chat.Matter) chat.Matter {
	said := subjectWords(h.words.sentences)
	if shared(said, current.Need) > 0 {
		return current
	}
	best, most := current, 0
	for _, m := range all {
		switch n := shared(said, m.Need); {
		case m.ID == current.ID || Gone(m):
		case n > most:
			best, most = m, n
		case n == most && n > 0:
			best = current // two are named as well as each other
		}
	}
	return best
}

// shared is how many words of a need were said.
func shared(said []string, need string) int {
	n := 0
	known := subjectWords(read(unquoted(need)))
	for i, w := range said {
		if !slices.Contains(said[:i], w) && isKnown(w, known) {
			n++
		}
	}
	return n
}

// applyOpened notes that another matter was opened beside this one. It takes up
// what was found of a further subject: what kind of thing that is, and how it was
// said, tells nothing of this one.
func applyOpened(s State) (State, []Change, bool) {
	before := s
	s.Beside = true
	if s.Concern.Text != "" && !s.Concern.Waved {
		s.Concern.Waved = true
		if s.Fixed&(fixedType|fixedTrack) == 0 {
			s.Type = s.Was
		}
		if s.Fixed&fixedMood == 0 {
			s.Mood, s.Trend = s.WasMood, 0
		}
	}
	return s, nil, s.differs(before)
}

// applyTurned notes whether this is a matter of its own.
func applyTurned(s State, e Event) (State, []Change, bool) {
	before := s
	s.Gone, s.SplitOff = e.Gone, e.SplitOff
	return s, nil, s.differs(before)
}

// Gone reports whether a matter was none of its own after all.
func Gone(m chat.Matter) bool { return strings.Contains(m.Evidence, `"gone":true`) }

// WasSplitOff reports whether a matter is gone because it goes on in another conversation.
func WasSplitOff(m chat.Matter) bool { return strings.Contains(m.Evidence, `"split_off":true`) }
