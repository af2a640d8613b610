package cycle

import (
	"fmt"

	"rapport/hub/chat"
)

// signals are named conditions that tick no prompt: what a sentence of one side
// means for step, type, mood and what is open.
type signals struct {
	*lexicon
	ids map[string]int
}

func newSignals(file map[string]phrases, v vocabulary) (signals, error) {
	s := signals{newConditions(v), make(map[string]int, len(file))}
	for name, p := range file {
		id, err := s.add(p)
		if err != nil {
			return s, fmt.Errorf("signal %s: %w", name, err)
		}
		s.ids[name] = id
	}
	return s, nil
}

// words is a message as signals see it.
type words struct {
	of        signals
	sentences []sentence
	hits      []hits
	question  string // of the customer's: the last one that wants an answer, or ""
}

// Heard is a message taken apart. It depends on the words alone, so that it can
// be made before the transaction in which they are laid over a matter.
type Heard struct {
	by    chat.Kind
	words words
}

// Hear takes apart what somebody says.
func Hear(by chat.Kind, text string) *Heard {
	h := &Heard{by: by}
	switch sentences := read(text); by {
	case chat.ByPerson:
		h.words = english().heard.listen(sentences)
		h.words.question = readQuestion(h.words)
	case chat.ByAgent:
		h.words = english().told.listen(sentences)
	}
	return h
}

// words are those of the event's message.
func (e Event) words() words {
	if e.Heard == nil || e.Heard.by != e.By {
		return Hear(e.By, e.Message.Text).words
	}
	return e.Heard.words
}

func (s signals) listen(sentences []sentence) words {
	w := words{of: s, sentences: sentences, hits: make([]hits, len(sentences))}
	for i, x := range sentences {
		s.match(x, names{}, &w.hits[i])
	}
	return w
}

// at reports whether sentence i gives the signal.
func (w words) at(i int, name string) bool {
	id, ok := w.of.ids[name]
	return ok && w.holdsAt(i, id)
}

func (w words) holdsAt(i, id int) bool {
	return w.of.holds(id, &w.hits[i], w.sentences[i].question, "")
}

// where is the first sentence that gives the signal, or -1.
func (w words) where(name string) int {
	id, ok := w.of.ids[name]
	for i := 0; ok && i < len(w.sentences); i++ {
		if w.holdsAt(i, id) {
			return i
		}
	}
	return -1
}

func (w words) has(name string) bool { return w.where(name) >= 0 }

// count is how many words the message has.
func (w words) count() int {
	n := 0
	for _, s := range w.sentences {
		n += len(s.words)
	}
	return n
}

// never reports whether the sentence holds what takes the signal back.
func (s signals) never(h *hits, name string) bool { return h[s.ids[name]]&hitNever != 0 }
