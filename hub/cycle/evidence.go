package cycle

import "rapport/hub/chat"

// talk is a message as the rules see it: its sentences and what each holds.
type talk struct {
	sentences []sentence
	hits      []hits
	step      chat.Step // the step in which it was said
}

func listen(text string, n names, step chat.Step) talk { return listenTo(read(text), n, step) }

func listenTo(sentences []sentence, n names, step chat.Step) talk {
	t := talk{sentences: sentences, step: step}
	t.hits = make([]hits, len(t.sentences))
	for i, s := range t.sentences {
		english().match(s, n, &t.hits[i])
	}
	return t
}

// shows reports whether sentence i satisfies the rule.
func (t talk) shows(r *rule, i int) bool {
	for _, id := range r.variants {
		if english().holds(id, &t.hits[i], t.sentences[i].question, t.step) {
			return true
		}
	}
	return false
}

// first and last are the first and the last sentence that satisfy the rule, or -1.
func (t talk) first(r *rule) int {
	for i := range t.sentences {
		if t.shows(r, i) {
			return i
		}
	}
	return -1
}

func (t talk) last(r *rule) int {
	for i := len(t.sentences) - 1; i >= 0; i-- {
		if t.shows(r, i) {
			return i
		}
	}
	return -1
}

// lastQuestion is the last sentence that asks something, or -1.
func (t talk) lastQuestion() int {
	for i := len(t.sentences) - 1; i >= 0; i-- {
		if t.sentences[i].question {
			return i
		}
	}
	return -1
}

// readReply ticks what an agent's reply shows, and notes what a plain yes of the
// customer would mean next.
func readReply(g *Guide, s *State, e Event, t talk, first bool) []Change {
	open := g.watched(*s)
	if len(open) == 0 {
		s.Asked = ""
		return nil
	}
	var changes []Change
	for _, w := range open {
		r := w.rule
		if r.First {
			if first {
				changes = append(changes, tickRule(g, s, w.name, e, r.Why+".")...)
			}
			continue
		}
		if i := t.first(r); i >= 0 {
			changes = append(changes, tickRule(g, s, w.name, e, cite(r.Why, t.sentences[i].raw))...)
		}
	}
	s.Asked = t.asked(open, s.Asked)
	return changes
}

// asked is what a yes after this message agrees to. A question that comes after
// asking, in the same message or a later one, makes a yes unclear.
func (t talk) asked(open []*watch, before Rule) Rule {
	question := t.lastQuestion()
	out, at := before, question
	if question >= 0 {
		out = ""
	}
	for _, w := range open {
		r := w.rule
		if r.Asks == "" {
			continue
		}
		if i := t.last(r); i >= 0 && i >= at {
			out, at = r.Asks, i
		}
	}
	return out
}

// readAnswer ticks what the customer's plain yes agrees to, if something was
// asked. Whatever they say, the question is then no longer the last word.
func readAnswer(g *Guide, s *State, e Event, w words) []Change {
	rule := s.Asked
	s.Asked = ""
	r := english().rules[rule]
	if r == nil || !r.Person || !saysYes(w) {
		return nil
	}
	return tickRule(g, s, rule, e, cite(r.Why, e.Message.Text))
}

// saysYes reports whether a message begins with a yes and takes nothing of it
// back.
func saysYes(w words) bool {
	for i, s := range w.sentences {
		if s.question || w.of.never(&w.hits[i], "yes") {
			return false
		}
	}
	return len(w.sentences) > 0 && w.at(0, "yes")
}

// tickRule ticks the prompts of a rule that nobody has touched yet.
func tickRule(g *Guide, s *State, r Rule, e Event, why string) []Change {
	var changes []Change
	for _, key := range g.prompts(r) {
		if _, touched := s.Marks[key]; touched {
			continue
		}
		s.mark(key, Mark{State: chat.PromptDone, At: e.At})
		changes = append(changes, Change{
			What: chat.PromptPrefix + key, From: string(chat.PromptOpen), To: string(chat.PromptDone),
			By: chat.BySystem, Cause: e.Message.ID, Why: why, At: e.At,
		})
	}
	return changes
}
