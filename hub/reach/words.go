package reach

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// waitingTag is every call's: a phone shows the latest, or that it is done.
const waitingTag = "waiting"

// waitingNote says that somebody waits: where and for how long, not who and what.
func waitingNote(s *summons) Note {
	first := slices.MinFunc(s.all, func(a, b *call) int { return cmp.Compare(a.since, b.since) })
	lasts := lasting(s.now.Sub(first.since))
	if len(s.all) > 1 {
		where := first.site
		if slices.ContainsFunc(s.all, func(w *call) bool { return w.site != first.site }) {
			where += " and others"
		}
		return Note{Tag: waitingTag, Title: fmt.Sprintf("%d customers are waiting", len(s.all)), Body: fmt.Sprintf("%s · the first for %s", where, lasts), Open: "/console/queue"}
	}
	title := "Somebody is waiting"
	if first.holder != "" {
		title = "Your customer is waiting"
	}
	return Note{Tag: waitingTag, Title: title, Body: fmt.Sprintf("%s · for %s", first.site, lasts), Open: pathOf(first.id)}
}

// doneNote takes the place of a call.
func doneNote(site, by string) Note {
	n := Note{Tag: waitingTag, Title: "Answered", Body: site + " · nothing left to do here", Open: "/console/mine", Quiet: true}
	if by != "" {
		n.Title = by + " has them now"
	}
	return n
}

// welcomeNote shows that a browser can be told.
func welcomeNote() Note {
	return Note{Tag: "welcome", Title: "This device will be told", Body: "When somebody waits and no console is open, it shows here.", Open: "/console/account"}
}

func pathOf(id string) string { return "/console/queue/" + id }

// Letter is an e-mail to an agent, in plain text.
type Letter struct {
	ID      string // of this letter, the same at every try
	Thread  string // of what it is about
	To      string
	Subject string
	Text    string
}

func letter(n Note, origin string, s *summons) Letter {
	return Letter{
		ID: fmt.Sprintf("call-%d-%s", s.now, s.agent.ID), Thread: s.due[0].id, To: s.agent.Email, Subject: n.Title + ": " + n.Body,
		Text: n.Title + ".\n" + n.Body + ".\n\nAnswer: " + origin + n.Open +
			"\n\nYou get this letter because no console is open. Where and when you are called: " + origin + "/console/account\n",
	}
}

// lasting words how long somebody has waited.
func lasting(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d seconds", int(d.Seconds()))
	case d < 2*time.Minute:
		return "a minute"
	case d < time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	case d < 2*time.Hour:
		return "an hour"
	}
	return fmt.Sprintf("%d hours", int(d.Hours()))
}
