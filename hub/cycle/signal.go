package cycle

import "fmt"

// signals are named conditions that tick no prompt: what a sentence of one side
// means for step, type, mood and what is open.
type signals struct {
	*lexicon
	ids map[string]int
}

func newSignals(file map[string]phrases, leads map[string]bool) (signals, error) {
	s := signals{&lexicon{index: make(map[string][]pattern), leads: leads}, make(map[string]int, len(file))}
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
}

func (s signals) listen(sentences []sentence) words {
	w := words{s, sentences, make([]hits, len(sentences))}
	for i, x := range sentences {
		s.match(x, names{}, &w.hits[i])
	}
	return w
}

// at reports whether sentence i gives the signal.
func (w words) at(i int, name string) bool {
	id, ok := w.of.ids[name]
	return ok && w.of.holds(id, &w.hits[i], w.sentences[i].question, "")
}

// where is the first sentence that gives the signal, or -1.
func (w words) where(name string) int {
	for i := range w.sentences {
		if w.at(i, name) {
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
