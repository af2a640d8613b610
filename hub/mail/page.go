package mail

import (
	"crypto/sha256"
	"encoding/base64"
	html "html/template"
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
}

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

// pageOf is a page as the forms see it.
type pageOf struct {
	*words
	Title   string
	Text    string
	Back    string
	Trouble string
	Card    *card
	Lines   []pageLine
	GoOn    string
	given   chat.CardAnswer
}

type pageLine struct{ Who, When, Text string }

// Open reports whether the part for this choice is shown: it was used in vain.
func (p pageOf) Open(choice string) bool { return string(p.given.Choice) == choice }

// Typed is what was written with this choice in vain.
func (p pageOf) Typed(choice string) string {
	if !p.Open(choice) {
		return ""
	}
	return p.given.Text
}

// HTML is the page.
func (t Talk) HTML() (string, error) {
	w := shapes().words.in(t.Locale)
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
		p.Lines = append(p.Lines, pageLine{who, w.When(l.At, t.Zone), l.Text})
	}
	return fill(shapes().html, "talk", p)
}

// Thanks is the page after an answer.
func Thanks(locale string, choice chat.CardChoice, goOn string) (string, error) {
	w := shapes().words.in(locale)
	return fill(shapes().html, "note", pageOf{words: w, Title: w.Say("thanks_title"), Text: w.Say("thanks_" + string(choice)), GoOn: goOn})
}

// Gone is the page of every link that opens nothing, whatever the reason.
func Gone(locale string) (string, error) {
	w := shapes().words.in(locale)
	return fill(shapes().html, "note", pageOf{words: w, Title: w.Say("gone_title"), Text: w.Say("gone_text", "days", linkDays)})
}

// TryLater is the page when a good link could not be served just now; back is
// where to try again.
func TryLater(locale, back string) (string, error) {
	w := shapes().words.in(locale)
	return fill(shapes().html, "note", pageOf{words: w, Title: w.Say("try_title"), Text: w.Say("try_later"), Back: back})
}

// Locale is the first language of an Accept-Language header that there are words
// in; English where there is none.
func Locale(accepted string) string {
	for part := range strings.SplitSeq(accepted, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if _, ok := shapes().words[primary]; ok {
			return primary
		}
	}
	return english
}

// Policy is the Content-Security-Policy of these pages: no script, no picture,
// their one style by its hash, and forms that come back here.
func Policy() string { return shapes().policy }

func policyFor(style html.CSS) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
