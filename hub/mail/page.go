package mail

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"rapport/hub/chat"
)

// PageLines is how many messages a page shows: the last of the conversation.
const PageLines = 10

// Line is one message on a page.
type Line struct {
	Agent string // who wrote it; "" for the customer
	Text  string
	At    chat.Time
	Files []Attachment
}

// Attachment is a file that was sent along, and where its reader fetches it for a
// while.
type Attachment struct{ Name, URL string }

// Talk is what a link opens: the end of the conversation, and the card that it
// may answer.
type Talk struct {
	Site    *chat.Site
	Locale  string
	Lines   []Line     // oldest first
	Card    *chat.Card // nil where none waits for an answer
	GoOn    string     // where the chat goes on, or ""
	Zone    *time.Location
	Trouble string          // why an answer was not taken, or ""
	Given   chat.CardAnswer // that answer, so that nothing has to be typed twice
}

// pageOf is what stands on a page.
type pageOf struct {
	*words
	Title   string
	Text    string
	Back    string
	Trouble string
	Card    *card
	Lines   []pageLine
	GoOn    string
	asks    bool            // a question stands on it
	given   chat.CardAnswer // which was not taken
}

type pageLine struct {
	Who, When, Text string
	Files           []Attachment
}

// HTML is the page.
func (t Talk) HTML() (string, error) {
	w := languages().in(t.Locale)
	p := pageOf{words: w, Title: w.Say("page_title", "site", t.Site.Name), Trouble: t.Trouble, GoOn: t.GoOn, given: t.Given}
	if t.Card != nil {
		shown := w.card(t.Card, t.Zone)
		p.Card = &shown
	}
	for _, l := range t.Lines {
		who := l.Agent
		if who == "" {
			who = w.Say("page_you")
		}
		p.Lines = append(p.Lines, pageLine{who, w.When(l.At, t.Zone), l.Text, l.Files})
	}
	return p.talk()
}

// Thanks is the page after an answer.
func Thanks(locale string, choice chat.CardChoice, goOn string) (string, error) {
	w := languages().in(locale)
	return (&pageOf{words: w, Title: w.Say("thanks_title"), Text: w.Say("thanks_" + string(choice)), GoOn: goOn}).note()
}

// Gone is the page of every link that opens nothing, whatever the reason.
func Gone(locale string) (string, error) {
	w := languages().in(locale)
	return (&pageOf{words: w, Title: w.Say("gone_title"), Text: w.Say("gone_text", "days", linkDays)}).note()
}

// TryLater is the page when a good link could not be served just now; back is
// where to try again.
func TryLater(locale, back string) (string, error) {
	w := languages().in(locale)
	return (&pageOf{words: w, Title: w.Say("try_title"), Text: w.Say("try_later"), Back: back}).note()
}

// Locale is the first language of an Accept-Language header that there are words
// in; English where there is none.
func Locale(accepted string) string {
	for part := range strings.SplitSeq(accepted, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if _, ok := languages()[primary]; ok {
			return primary
		}
	}
	return english
}

// Policy is the Content-Security-Policy of these pages: no script, no picture,
// their one style by its hash, and forms that come back here.
func Policy() string { return policyFor(pageStyle) }

func policyFor(style string) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
