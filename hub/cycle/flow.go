package cycle

import (
	"slices"
	"strings"

	"rapport/hub/chat"
)

// Why the step moves for what was said.
const (
	OnOffer   Cause = "offer"     // the agent made an offer
	OnSummary Cause = "summary"   // the customer confirmed what was said back
	OnYes     Cause = "agreed"    // the customer took the offer
	OnDone    Cause = "done"      // the agent said that it is done
	OnEnd     Cause = "said_done" // the customer says that it is solved, or goodbye
)

// told is an agent's message as the moves see it.
type told struct {
	talk
	words
}

// leaves is what the message leaves to the customer. What comes last counts; a
// message that says nothing of the kind leaves a summary or an offer standing,
// and answers what they asked.
func (t told) leaves(s State) Left {
	out := Left("")
	for i := range t.talk.sentences {
		if l := t.leavesAt(s, i); l != "" {
			out = l
		}
	}
	switch {
	case out != "":
		return out
	case s.Left == LeftSummary || s.Left == LeftOffer || s.Left == LeftMore || s.Left == LeftSolved:
		return s.Left
	case s.Question != "" || s.Type == chat.Question || s.Left == LeftBusy || s.Left == LeftAnswer || s.Left == LeftDone || s.Step == chat.Delivering:
		return LeftAnswer
	}
	return ""
}

func (t told) leavesAt(s State, i int) Left {
	question := t.talk.sentences[i].question
	switch {
	case t.rule("said_back", i), t.recaps(i):
		return LeftSummary
	case t.rule("solved_asked", i), t.at(i, "settled") && !t.rule("agreement_asked", i) && s.Step == chat.Delivering:
		return LeftSolved
	case t.rule("still_open", i):
		return LeftMore
	case t.offers(i) || (s.Offered || s.Step == chat.Agreeing) && t.at(i, "then") || question && (t.rule("agreement_asked", i) || t.rule("options_offered", i)):
		return LeftOffer
	case question:
		return LeftAsks
	case t.at(i, "done"):
		return LeftDone
	case t.at(i, "busy"):
		return LeftBusy
	}
	return ""
}

// recapWords is how long a “So …?” is at least that says the need back.
const recapWords = 8

// checkedWords is how long a message is at least whose “Right?” says the need back.
const checkedWords = 12

// recaps reports whether the need is said back: in one long “So …?”, or in what
// a short “Right?” comes after.
func (t told) recaps(i int) bool {
	return t.at(i, "recap") && len(t.talk.sentences[i].words) >= recapWords ||
		t.at(i, "check") && len(t.talk.sentences[i].words) <= recapWords && t.words.count() >= checkedWords
}

func (t told) rule(name Rule, i int) bool { return t.shows(english().rules[name], i) }

func (t told) offers(i int) bool {
	return t.at(i, "offer") || t.at(i, "either") || t.at(i, "terms") || t.at(i, "choice") && t.rule("options_offered", i)
}

// offer is the first sentence that offers something, or -1.
func (t told) offer() int {
	for i := range t.talk.sentences {
		if t.offers(i) {
			return i
		}
	}
	return -1
}

// moveByWords moves the step for what an agent's reply says.
func moveByWords(s *State, e Event, t told) (Change, bool) {
	done := t.where("done")
	if done >= 0 && s.Left != LeftOffer && s.Left != LeftSummary {
		return forward(s, chat.Delivering, OnDone, e, "It is done", t.talk.sentences[done].raw)
	}
	if i := t.offer(); i >= 0 {
		return forward(s, chat.Agreeing, OnOffer, e, "An offer was made", t.talk.sentences[i].raw)
	}
	return Change{}, false
}

// moveByPerson moves the step for what the customer says, and notes what is left
// of the agent's last word.
func moveByPerson(s *State, e Event, w words) (Change, bool) {
	left := s.Left
	text := e.Message.Text
	switch {
	case !s.Replied || len(w.sentences) == 0:
		return Change{}, false
	case left == LeftSummary && plainYes(w):
		s.Left = ""
		return forward(s, chat.Agreeing, OnSummary, e, "They confirmed what was said back", text)
	case s.accepted(w):
		s.Left, s.Declined = "", 0
		s.offerOver()
		return forward(s, chat.Delivering, OnYes, e, "They took the offer", text)
	case s.ended(w, text):
		s.Left = ""
		return forward(s, chat.Closing, OnEnd, e, "Nothing is open for them", text)
	}
	s.Left = leftAfter(left, w)
	if w.has("declines") {
		s.declined(left, e.At)
	}
	return Change{}, false
}

// declined takes the offer off the table for words that say no. What they said no
// to is the offer, unless something else was asked meanwhile.
func (s *State) declined(left Left, at chat.Time) {
	if s.Offered && (left == LeftOffer || left == LeftAnswer || left == "") {
		s.Declined = at
	}
	s.offerOver()
}

// leftAfter is what an agent's word still leaves once the customer has written:
// a question about an offer keeps it, anything said settles the rest.
func leftAfter(left Left, w words) Left {
	switch {
	case left == LeftOffer && w.question != "" && !w.has("declines"):
		return LeftOffer
	case w.question == "" && left == LeftBusy:
		return LeftBusy
	case w.question == "" && w.count() <= briefWord && (left == LeftAnswer || left == LeftDone):
		return left
	}
	return ""
}

// briefWord is how many words say no more than “great, that helps”.
const briefWord = 6

// briefChoice is how many words are no more than a choice: “the new ones please”.
const briefChoice = 7

// accepted reports whether the message takes the offer that stands.
func (s *State) accepted(w words) bool {
	if !s.Offered || w.has("declines") || s.Step.Index() >= chat.Delivering.Index() || w.count() > 60 {
		return false
	}
	if w.question == "" && english().choosing.picks(w.sentences, s.Offer) {
		return true
	}
	switch s.Left {
	case LeftOffer:
		return plainYes(w) || w.beforeAsking("accepts") || w.count() <= briefChoice && w.has("please")
	case LeftAnswer, LeftDone, "":
		return w.beforeAsking("accepts") || plainYes(w) && w.has("firmly") || w.count() <= briefChoice && w.has("please") && w.question == ""
	case LeftAsks, LeftBusy:
		return w.beforeAsking("takes")
	}
	return false
}

// offerOver takes the offer off the table: it was taken, declined, or closed over.
func (s *State) offerOver() { s.Offered, s.Offer = false, "" }

// beforeAsking reports whether the signal is given before anything is asked:
// who asks first has not decided.
func (w words) beforeAsking(name string) bool {
	i := w.where(name)
	return i >= 0 && !slices.ContainsFunc(w.sentences[:i], func(s sentence) bool { return s.question })
}

// ended reports whether the customer is done: it is solved, there is nothing
// more, or they thank as one does at the end, and nothing of theirs is open.
func (s *State) ended(w words, text string) bool {
	if w.question != "" || w.has("request") || w.has("unfinished") {
		return false
	}
	thanks := w.has("ends") || w.thanks(text, s.Agent)
	bye := w.has("farewell") || thanks && w.has("see_you")
	if !(bye && thanks) && !w.has("relief") && (w.has("complaint") || w.has("upset") || w.has("unsure")) {
		return false
	}
	solved := w.has("solved")
	switch s.Left {
	case LeftSummary, LeftOffer:
		return bye && thanks
	case LeftSolved:
		return plainYes(w) || thanks || solved || bye
	case LeftMore:
		return w.has("nothing_more") || thanks || solved || bye
	case LeftAnswer, LeftDone:
		return thanks || solved || bye
	case LeftAsks:
		return solved && thanks || s.Step == chat.Delivering && plainYes(w) && thanks
	}
	return solved || bye || thanks && s.Left == "" && s.Step.Index() >= chat.Agreeing.Index()
}

// thanks reports whether the message is thanks and nothing else.
func (w words) thanks(text, agent string) bool {
	if strings.Contains(text, "<3") {
		return PureThanks(text, agent)
	}
	return pureThanks(text, w.sentences, []string{agent})
}

// plainYes reports whether the message begins with a yes and takes nothing of it
// back; a question may follow.
func plainYes(w words) bool {
	for i, s := range w.sentences {
		if i == 0 && (s.question || !w.at(i, "yes")) || !s.question && w.of.never(&w.hits[i], "yes") {
			return false
		}
	}
	return len(w.sentences) > 0
}

// forward is an automatic move to a later step, unless an agent has undone it
// before. what says why, and cited where.
func forward(s *State, to chat.Step, cause Cause, e Event, what, cited string) (Change, bool) {
	if to.Index() <= s.Step.Index() || s.refused(to, cause) {
		return Change{}, false
	}
	return auto(s, to, cause, e, cite(what, cited))
}
