package mail

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// copies has a copy sent by somebody and returns the letter.
func (w *world) copies(who chat.Actor, to string) mailed {
	w.Helper()
	_, err := w.desk.SendTranscript(w.Context(), who, w.talk, desk.TranscriptWish{Email: to, Mail: true})
	w.must(err)
	w.round()
	return w.box.one(w.T)
}

func (w *world) holds(where, text string, wanted, unwanted []string) {
	w.Helper()
	for _, s := range wanted {
		if !strings.Contains(text, s) {
			w.Errorf("the %s does not hold %q:\n%s", where, s, text)
		}
	}
	for _, s := range unwanted {
		if strings.Contains(text, s) {
			w.Errorf("the %s holds %q:\n%s", where, s, text)
		}
	}
}

// A copy holds what its customer saw and nothing of the team's. It goes out while they
// are here, once, to the address that was named and nobody else; the news wait on.
func TestACopyHoldsWhatTheySaw(t *testing.T) {
	w := newWorld(t)
	w.online.Store(true)
	_, err := w.desk.Post(t.Context(), w.ben, desk.Posting{ConversationID: w.talk, ClientID: "client-note", Kind: chat.Note, Text: "A difficult one."})
	w.must(err)
	w.replies("Hello Ada, see https://shop.example/lamps.")
	w.later(24 * time.Hour)
	w.replies("It left us <today> & is on its way.")
	m := w.copies(w.ada, "friend@example.com")
	if m.To != "friend@example.com" || m.subject() != "Your conversation with Kiln & Wick" || m.Get("Bcc")+m.Get("Cc") != "" {
		t.Errorf("to %s about %q", m.To, m.subject())
	}
	wanted := []string{"Hello,", "You", "My lamp is broken. See http[://]evil[.]example", "https://shop.example/lamps", "Ben", "Saturday 21 November 2026", "Sunday 22 November 2026", "All times are those of UTC."}
	unwanted := []string{"A difficult one", "Ada Lovelace", "http://evil.example", "Hello Ada,\n"}
	w.holds("text", m.Text, append(wanted, "<today> & is"), unwanted)
	w.holds("page", m.HTML, append(wanted, "&lt;today&gt; &amp; is"), append(unwanted, `href="https://shop.example/lamps"`))
	stop := m.link(t, "Send no copies to this address any more")
	if m.Get("List-Unsubscribe") != "<"+stop+">" || strings.Count(m.HTML, "href=") != 1 {
		t.Errorf("the way out is %s, and %d links stand in the page", m.Get("List-Unsubscribe"), strings.Count(m.HTML, "href="))
	}
	w.stands(2, 1, 0) // the replies wait until they have left
	w.round()
	if got := w.box.take(); len(got) != 0 {
		t.Errorf("%d more letters", len(got))
	}
}

// Where the site vouches for the address, what its owner typed stands as it was, and
// they are greeted by name.
func TestACopyToAProvenAddressKeepsLinks(t *testing.T) {
	w := newWorld(t)
	v, err := w.desk.Visit(t.Context(), desk.Visit{SiteID: w.site.ID, Identity: &desk.Claims{Sub: "ada", Name: "Ada Lovelace", Email: "ada@account.example"}})
	w.must(err)
	w.ada = chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: w.site.ID}
	w.talk = w.says("It looks like https://pictures.example/lamp.jpg")
	m := w.copies(w.ada, "")
	if m.To != "ada@account.example" {
		t.Errorf("it went to %s", m.To)
	}
	w.holds("text", m.Text, []string{"Hello Ada,", "https://pictures.example/lamp.jpg"}, nil)
}

// What can be agreed stands with what became of it; an agent's copy names them.
func TestACopyTellsWhatWasAgreed(t *testing.T) {
	w := newWorld(t)
	due := w.now().Add(26 * time.Hour)
	card, err := w.desk.SendCard(t.Context(), w.ben, chat.Card{
		ConversationID: w.talk, ClientID: "client-card", Kind: chat.ProposalCard, Text: "A new lamp, or the money back.",
		Options: []chat.CardOption{{Key: "a", Title: "A new lamp"}, {Key: "b", Title: "The money back"}},
	})
	w.must(err)
	_, err = w.desk.AnswerCard(t.Context(), w.ada, w.talk, card.ID, chat.CardAnswer{Choice: chat.Accept, Option: "a"})
	w.must(err)
	_, err = w.desk.MakePromise(t.Context(), w.ben, chat.Promise{ConversationID: w.talk, Whose: chat.Ours, ClientID: "client-promise", Text: "Send the new lamp", DueAt: due})
	w.must(err)
	m := w.copies(w.ben, "ada@example.org")
	wanted := []string{"Ben sends you this copy of our conversation.", "A new lamp, or the money back.", "You accepted.", "You chose: A new lamp", "What was promised", "Send the new lamp", "Ben has joined"}
	w.holds("text", m.Text, append(wanted, "Hello Ada,"), nil)
	w.holds("page", m.HTML, wanted, nil)
}

// A long conversation ends with its last messages and says so.
func TestALongCopyIsCut(t *testing.T) {
	w := newWorld(t)
	w.replies("The first answer")
	for i := range chat.MaxTranscriptMessages {
		w.replies(fmt.Sprintf("Line %d.", i))
	}
	m := w.copies(w.ben, "ada@example.org")
	w.holds("text", m.Text, []string{"these are the last 500 messages", "Line 0.", "Line 499."}, []string{"The first answer", "My lamp is broken"})
}

// Who reads Arabic gets it from right to left, and no address or name breaks out of a
// header.
func TestACopyInArabic(t *testing.T) {
	w := newWorld(t)
	v, err := w.desk.Visit(t.Context(), desk.Visit{SiteID: w.site.ID, Locale: "ar", Zone: "Asia/Riyadh"})
	w.must(err)
	w.ada = chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: w.site.ID}
	name := "Eve\r\nBcc: all@example.org"
	_, err = w.desk.UpdatePerson(t.Context(), w.ada, w.ada.ID, desk.PersonChange{Name: &name})
	w.must(err)
	w.talk = w.says("مرحبا")
	w.replies("أهلًا بك")
	m := w.copies(w.ada, "eve@example.com")
	w.holds("page", m.HTML, []string{`lang="ar"`, `dir="rtl"`, "أهلًا بك", "Asia/Riyadh", "12:00"}, []string{"Bcc"})
	if m.Get("Bcc") != "" || m.subject() != "محادثتك مع Kiln & Wick" {
		t.Errorf("headers %v", m.Header)
	}
}

// A server that does not take a copy is asked again; one that refuses its address loses
// that letter alone.
func TestACopyThatFailsIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.replies("Hello!")
	w.box.refuses(func(step string) error {
		if step == "data" {
			return &smtp.SMTPError{Code: 451, Message: "Come back later"}
		}
		return nil
	})
	_, err := w.desk.SendTranscript(t.Context(), w.ben, w.talk, desk.TranscriptWish{Email: "friend@example.com", Mail: true})
	w.must(err)
	w.round()
	w.stands(2, 0, 0)
	w.box.refuses(nil)
	w.later(time.Hour)
	w.round()
	if m := w.box.take(); len(m) == 0 || m[0].To != "friend@example.com" && m[len(m)-1].To != "friend@example.com" {
		t.Errorf("came %d letters", len(m))
	}
}

func TestHarmlessTextMakesNoLinks(t *testing.T) {
	for text, want := range map[string]string{
		"See http://evil.example/a?b=c now": "See http[://]evil[.]example/a?b=c now",
		"www.evil.example":                  "www[.]evil[.]example",
		"it is 12.50, at 10.30":             "it is 12.50, at 10.30",
		"Thanks. Bye.":                      "Thanks. Bye.",
		"mail me@evil.example":              "mail me@evil[.]example",
		"evil。example":                      "evil[.]example",
		"192.168.0.1/x":                     "192[.]168[.]0[.]1/x",
		"on 22.11.2026":                     "on 22.11.2026",
		"हिन्दी.com/x":                      "हिन्दी[.]com/x",
		"cafe\u0301.com/x":                  "cafe\u0301[.]com/x",
		"evil\u00ad.com www.दुकानी.com":     "evil\u00ad[.]com www[.]दुकानी[.]com",
		"javascript://x":                    "javascript[://]x",
	} {
		if got := harmless(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
