package mail

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"rapport/hub/chat"
)

// sayNotYet follows the address of a question in a letter for its second answer:
// the page begins with that one. It answers nothing by itself.
const sayNotYet = "?say=not_yet"

// Survey is the page that asks whether a conversation is solved and, once that is
// said, one thing more.
type Survey struct {
	Site    *chat.Site
	Locale  string
	NotYet  bool // they came to say so
	Solved  bool // they said that it is: what is left is the rating
	GoOn    string
	Trouble string // why an answer was not taken, or ""
	Comment string // what was typed with it
}

// HTML is the page.
func (s Survey) HTML() (string, error) {
	w := languages().in(s.Locale)
	p := pageOf{words: w, Title: w.Say("solved_title"), Trouble: s.Trouble, GoOn: s.GoOn, asks: true}
	if s.Solved {
		p.Title = w.Say("thanks_title")
		return p.document(p.trouble(), p.stars())
	}
	yes := h.Form(h.Method("post"), h.P(p.say(chat.SolvedYes, "solved_yes", !s.NotYet)))
	no := p.notYet(s)
	if s.NotYet {
		return p.document(p.trouble(), h.P(g.Text(w.Say("solved_lead", "site", s.Site.Name))), no, yes)
	}
	return p.document(p.trouble(), h.P(g.Text(w.Say("solved_lead", "site", s.Site.Name))), yes, no)
}

// notYet is the form that opens a conversation again, with room for what is
// missing where they came to say so.
func (p *pageOf) notYet(s Survey) g.Node {
	if !s.NotYet {
		return h.Form(h.Method("post"), h.P(p.say(chat.SolvedNotYet, "solved_not_yet", false)))
	}
	return h.Form(h.Method("post"),
		h.P(h.Label(g.Text(p.Say("not_yet_label")), h.Textarea(h.Name("comment"), h.MaxLength(strconv.Itoa(chat.MaxComment)), auto(), g.Text(s.Comment)))),
		h.P(p.say(chat.SolvedNotYet, "not_yet_send", true)),
	)
}

// say is the button of one answer.
func (p *pageOf) say(solved chat.Solved, words string, first bool) g.Node {
	var look g.Node
	if first {
		look = h.Class("first")
	}
	return h.Button(look, h.Name("solved"), h.Value(string(solved)), g.Text(p.Say(words)))
}

// stars is the one other question, a button for each answer.
func (p *pageOf) stars() g.Node {
	var list g.Group
	for n := chat.MinRating; n <= chat.MaxRating; n++ {
		list = append(list, h.Button(h.Name("rating"), h.Value(strconv.Itoa(n)), g.Text(strconv.Itoa(n))), g.Text(" "))
	}
	return h.Form(h.Method("post"), h.FieldSet(h.Legend(g.Text(p.Say("rate"))), list))
}

// Notes that end a survey, by the key of their words.
const (
	Rated    = "rated"
	Reopened = "reopened"
	TooLate  = "too_late" // they said "not yet" when it could not be opened again
	MovedOn  = "moved_on" // another answer to a question that is not asked any more
	Stopped  = "stopped_text"
	NoCopies = "copies_stopped"
)

// Said is the page after an answer to a survey.
func Said(locale, note, goOn string) (string, error) {
	w := languages().in(locale)
	return (&pageOf{words: w, Title: w.Say("thanks_title"), Text: w.Say(note), GoOn: goOn}).note()
}

// StopCopies is the page that asks whether an address is really to get no more copies.
func StopCopies(locale string) (string, error) {
	w := languages().in(locale)
	p := pageOf{words: w, Title: w.Say("copies_title")}
	return p.document(h.P(g.Text(w.Say("copies_text"))),
		h.Form(h.Method("post"), h.P(h.Button(h.Class("first"), g.Text(w.Say("copies_send"))))))
}

// Stop is the page that asks whether an address is really not to be asked again.
func Stop(locale string) (string, error) {
	w := languages().in(locale)
	p := pageOf{words: w, Title: w.Say("stop_title")}
	return p.document(h.P(g.Text(w.Say("stop_text"))),
		h.Form(h.Method("post"), h.P(h.Button(h.Class("first"), g.Text(w.Say("stop_send"))))))
}
