package reach

import (
	"fmt"
	"time"

	"rapport/hub/chat"
)

// waitingNote says that somebody waits: where and for how long, not who and what.
func waitingNote(site *chat.Site, row *chat.Row, now chat.Time) Note {
	title := "Somebody is waiting"
	if row.Assignee.ID != "" {
		title = "Your customer is waiting"
	}
	return Note{Tag: row.ID, Title: title, Body: fmt.Sprintf("%s · for %s", site.Name, lasting(now.Sub(row.WaitingSince))), Open: pathOf(row.ID)}
}

// doneNote takes the place of a call.
func doneNote(id, site, by string) Note {
	n := Note{Tag: id, Title: "Answered", Body: site + " · nothing left to do here", Open: "/console/mine", Quiet: true}
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

func letter(n Note, origin string, call int, to *chat.Agent) Letter {
	return Letter{
		ID: fmt.Sprintf("call-%s-%d-%s", n.Tag, call, to.ID), Thread: n.Tag, To: to.Email, Subject: n.Title + ": " + n.Body,
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
