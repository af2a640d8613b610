package mail

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// Several replies go out in one letter when the customer has been away for two
// minutes, once; what comes later goes out in another.
func TestRepliesGoOutTogether(t *testing.T) {
	w := newWorld(t)
	first := w.replies("Hello Ada, I am Ben.")
	w.round()
	w.later(time.Minute)
	w.replies("We send you a new one.\nTomorrow.")
	w.round()
	if got := w.box.take(); len(got) != 0 {
		t.Fatalf("%d letters before they were away for two minutes", len(got))
	}
	w.later(AwayFor)
	w.round()
	m := w.box.one(t)
	if m.From != "hello@shop.example" || m.To != "ada@example.org" || m.Get("To") != "<ada@example.org>" {
		t.Errorf("from %s to %s (%s)", m.From, m.To, m.Get("To"))
	}
	from, err := netmailAddress(m.Get("From"))
	if err != nil || from.Name != "Kiln & Wick" || from.Address != "hello@shop.example" {
		t.Errorf("from %v, %v", from, err)
	}
	if m.subject() != "Ben: Hello Ada, I am Ben." {
		t.Errorf("subject %q", m.subject())
	}
	for _, want := range []string{"Hello Ada,\n", "Hello Ada, I am Ben.", "  We send you a new one.\n  Tomorrow.", "Continue the chat: https://shop.example/\n"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
	if strings.Contains(m.Text+m.HTML, "evil") {
		t.Error("what a visitor typed stands in a letter")
	}
	if m.Get("Auto-Submitted") != "auto-generated" || m.Get("List-Unsubscribe") != "" || m.Get("Content-Language") != "en" {
		t.Errorf("header %v", m.Header)
	}
	w.stands(0, 2, 0)
	w.replies("It is on its way.")
	w.away()
	if m := w.box.one(t); strings.Contains(m.Text, first.Text) || !strings.Contains(m.Text, "It is on its way.") {
		t.Errorf("the next letter says\n%s", m.Text)
	}
	w.later(time.Hour)
	w.round()
	if got := w.box.take(); len(got) != 0 {
		t.Errorf("%d letters more", len(got))
	}
}

// Nothing is sent to a customer who is here, who has read it, or whose address is
// gone; who leaves is written to two minutes later.
func TestWhoIsHereIsNotWrittenTo(t *testing.T) {
	w := newWorld(t)
	w.online.Store(true)
	m := w.replies("Hello Ada.")
	for range 20 {
		w.round()
		w.later(lookAgain)
	}
	w.online.Store(false)
	w.round()
	w.later(AwayFor - time.Second)
	w.round()
	if got := w.box.take(); len(got) != 0 {
		t.Fatal("written to before they were away for two minutes")
	}
	_, _, err := w.desk.Mark(t.Context(), w.ada, w.talk, desk.Read, m.PublicSeq)
	w.must(err)
	w.later(time.Second)
	w.round()
	w.stands(0, 0, 0)
	w.replies("Still there?")
	w.round()
	w.known("Ada", "")
	w.later(AwayFor)
	w.round()
	w.stands(0, 0, 0)
	if got := w.box.take(); len(got) != 0 {
		t.Errorf("%d letters to somebody who needed none", len(got))
	}
}

// A tab that stays open for days is no reason to look for ever.
func TestWhoNeverLeavesIsLeftAlone(t *testing.T) {
	w := newWorld(t)
	w.online.Store(true)
	w.replies("Hello Ada.")
	w.round()
	w.later(giveUp + time.Minute)
	w.round()
	w.stands(0, 0, 0)
}

// As long as it is not known whether a customer is connected to another server they are
// not written to, and what waits is not lost: not what is due for days, as after a long
// outage, nor the time for which they are away already.
func TestWhoMayBeElsewhereWaits(t *testing.T) {
	w := newWorld(t)
	w.asking.Store(true)
	w.replies("Hello Ada.")
	w.round()
	w.later(giveUp + time.Minute)
	w.round()
	w.stands(1, 0, 0)
	w.asking.Store(false)
	w.later(askAgain)
	w.round()
	w.later(AwayFor - time.Second)
	w.asking.Store(true)
	w.round()
	w.later(time.Second)
	w.round()
	w.stands(1, 0, 0)
	w.asking.Store(false)
	w.later(askAgain)
	w.round()
	w.stands(0, 1, 0)
}

// News that nobody could send for a week are news no more.
func TestOldNewsAreDropped(t *testing.T) {
	w := newWorld(t)
	w.replies("Hello Ada.")
	w.later(tooOld + time.Minute)
	w.replies("Hello again.")
	w.away()
	if m := w.box.one(t); strings.Contains(m.Text, "Hello Ada.\n") || !strings.Contains(m.Text, "Hello again.") {
		t.Errorf("it says\n%s", m.Text)
	}
	w.stands(0, 1, 0)
}

// A server that says "later" is tried again with growing pauses, and then gets
// the letter once, under the id of the first try.
func TestGreylisting(t *testing.T) {
	w := newWorld(t)
	tries := 0
	w.box.refuses(func(step string) error {
		if step != "to" {
			return nil
		}
		if tries++; tries > 3 {
			return nil
		}
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, come back later"}
	})
	w.replies("Hello Ada.")
	w.away()
	w.stands(1, 0, 0)
	if tries != 1 {
		t.Fatalf("tried %d times at once", tries)
	}
	w.later(30 * time.Second)
	w.round()
	if tries != 1 {
		t.Error("tried again before the pause was over")
	}
	for range 3 {
		w.later(10 * time.Minute)
		w.round()
	}
	if w.stands(0, 1, 0); tries != 4 {
		t.Errorf("tried %d times", tries)
	}
	if id := w.box.one(t).Get("Message-ID"); !strings.HasSuffix(id, "@shop.example>") {
		t.Errorf("id %s", id)
	}
}

// A letter that is refused for good is given up at once, one that is only put off
// after two days, each with a line in the audit log.
func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		step string
		code int
		last bool
	}{{"to", 550, true}, {"data", 554, true}, {"from", 530, false}, {"to", 450, false}, {"data", 451, false}} {
		w := newWorld(t)
		w.box.refuses(func(step string) error {
			if step != test.step {
				return nil
			}
			return &smtp.SMTPError{Code: test.code, EnhancedCode: smtp.EnhancedCode{test.code / 100, 1, 1}, Message: "No\x07 thank you"}
		})
		w.replies("Hello Ada.")
		w.away()
		if test.last {
			w.stands(0, 0, 1)
		} else {
			w.stands(1, 0, 0)
			for range 20 {
				w.later(longest + longest/2)
				w.round()
			}
			w.stands(0, 0, 1)
		}
		if n := count(t, w.path, `SELECT count(*) FROM audit WHERE action = 'mail.failed' AND object = '`+w.talk+`'`); n != 1 {
			t.Errorf("%s %d: %d lines in the audit log", test.step, test.code, n)
		}
		if n := count(t, w.path, `SELECT count(*) FROM mail WHERE last_error LIKE '%thank you%' AND last_error NOT LIKE '%' || char(7) || '%'`); n != 1 {
			t.Errorf("%s %d: the reason is not kept", test.step, test.code)
		}
		if len(w.box.take()) != 0 {
			t.Error("a refused letter came all the same")
		}
	}
}

// When what has been tried for two days is given up, what came since is not.
func TestTheFreshReplyIsTriedOn(t *testing.T) {
	w := newWorld(t)
	w.box.refuses(func(string) error { return &smtp.SMTPError{Code: 451, Message: "Come back later"} })
	w.replies("On Friday.")
	w.away()
	w.later(giveUp - time.Hour)
	w.replies("On Sunday.")
	w.round()
	w.stands(2, 0, 0)
	w.later(longest + longest/2)
	w.round()
	w.stands(1, 0, 1)
	w.box.refuses(nil)
	w.later(longest + longest/2)
	w.away()
	if m := w.box.one(t); strings.Contains(m.Text, "On Friday.") || !strings.Contains(m.Text, "On Sunday.") {
		t.Errorf("it says\n%s", m.Text)
	}
	w.stands(0, 1, 1)
}

// A server that is told to stop while it hands a letter in notes it as sent.
func TestStopInTheMiddle(t *testing.T) {
	w := newWorld(t)
	w.replies("Hello Ada.")
	w.round()
	w.later(AwayFor)
	ctx, stop := contextOf(t)
	w.box.refuses(func(step string) error {
		if step == "data" {
			stop()
		}
		return nil
	})
	w.worker.round(ctx)
	w.box.one(t)
	w.stands(0, 1, 0)
}

// While the mail server is dead everything waits, and the worker rests; what
// waits goes out when it is back.
func TestDeadServer(t *testing.T) {
	w := newWorld(t)
	alive := w.worker.Server
	dead := *alive
	dead.Port = closedPort(t)
	w.worker.post.server = &dead
	w.replies("Hello Ada.")
	w.away()
	w.stands(1, 0, 0)
	w.later(2 * time.Minute)
	if pause := w.round(); pause != restFor {
		t.Errorf("it rests for %v, want %v", pause, restFor)
	}
	w.worker.post.server = alive
	w.later(10 * time.Minute)
	w.round()
	w.box.one(t)
	w.stands(0, 1, 0)
}

// A crash between handing a letter in and noting it repeats the letter under the
// same id, when the claim has run out.
func TestRestartInTheMiddle(t *testing.T) {
	w := newWorld(t)
	w.replies("Hello Ada.")
	w.round()
	w.later(AwayFor)
	c, err := w.store.ClaimMail(t.Context(), chat.MailDue{ConversationID: w.talk}, holdFor)
	w.must(err)
	told, err := w.worker.read(t.Context(), c)
	w.must(err)
	m, err := w.worker.compose(t.Context(), c, told)
	w.must(err)
	w.must(w.worker.post.send(t.Context(), m))
	first := w.box.one(t)
	w.must(w.store.Close())
	w.open()
	w.round()
	w.stands(1, 0, 0)
	w.later(holdFor + time.Second)
	w.round()
	again := w.box.one(t)
	if again.Get("Message-ID") != first.Get("Message-ID") || first.Get("Message-ID") == "" {
		t.Errorf("ids %s and %s", first.Get("Message-ID"), again.Get("Message-ID"))
	}
	w.stands(0, 1, 0)
	w.later(holdFor)
	w.round()
	if len(w.box.take()) != 0 {
		t.Error("it went out once more")
	}
}

// A running worker stops when it is told to.
func TestRunEnds(t *testing.T) {
	w := newWorld(t)
	w.replies("Hello Ada.")
	w.round()
	w.later(AwayFor)
	ctx, cancel := contextOf(t)
	ended := make(chan struct{})
	go func() { defer close(ended); w.worker.Run(ctx) }()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, sent, _ := w.state(); sent == 1 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nothing was sent")
		}
	}
	cancel()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("it did not stop")
	}
	w.box.one(t)
}

// The customer's own part has a reminder of its own before it is due, once and only
// while it is open; after a move it comes at the new time.
func TestTheirPartHasItsReminder(t *testing.T) {
	w := newWorld(t)
	part := func(clientID, text string) *chat.Promise {
		t.Helper()
		p, err := w.desk.MakePromise(t.Context(), w.ben, chat.Promise{
			ConversationID: w.talk, ClientID: clientID, Whose: chat.Theirs, Text: text, DueAt: w.now().Add(24 * time.Hour),
		})
		w.must(err)
		return p
	}
	p, done := part("client-part", "Send a picture"), part("client-done", "Tell us the size")
	w.away()
	if m := w.box.one(t); strings.Count(m.Text, "Send a picture") != 1 {
		t.Errorf("made:\n%s", m.Text)
	}
	_, err := w.desk.KeepPromise(t.Context(), w.ben, done.ID, "client-keep", "")
	w.must(err)
	_, err = w.desk.MovePromise(t.Context(), w.ben, p.ID, desk.Moving{ClientID: "client-move", DueAt: w.now().Add(48 * time.Hour), Why: "There is time."})
	w.must(err)
	w.away()
	w.box.one(t) // moved, and the other one done
	nothing := func(after time.Duration) {
		t.Helper()
		w.later(after)
		if w.away(); len(w.box.take()) > 0 {
			t.Errorf("a letter too many")
		}
	}
	nothing(24 * time.Hour)
	w.later(24*time.Hour - chat.RemindBefore)
	w.away()
	m := w.box.one(t)
	if m.subject() != "Your part: Send a picture" || strings.Contains(m.Text, "Tell us the size") {
		t.Errorf("reminded: %q\n%s", m.subject(), m.Text)
	}
	nothing(time.Hour)
}

// The reminder of a part that was agreed on long ago takes along what was said just
// now, however much has happened in between.
func TestAnOldPartAndAFreshReply(t *testing.T) {
	w := newWorld(t)
	_, err := w.desk.MakePromise(t.Context(), w.ben, chat.Promise{
		ConversationID: w.talk, ClientID: "client-part", Whose: chat.Theirs, Text: "Send a picture", DueAt: w.now().Add(48 * time.Hour),
	})
	w.must(err)
	w.away()
	w.box.take()
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error {
		c, err := tx.Conversation(w.talk)
		if err != nil {
			return err
		}
		for range 1000 { // as many events as are read at once
			if err := tx.Append(c, &chat.Event{Type: chat.MatterTurned, By: chat.BySystem, MatterID: c.MatterID}); err != nil {
				return err
			}
		}
		return tx.SaveConversation(c)
	}))
	w.later(48*time.Hour - chat.RemindBefore)
	w.replies("Any colour will do.")
	w.away()
	if m := w.box.one(t); !strings.Contains(m.Text, "Send a picture") || !strings.Contains(m.Text, "Any colour will do.") {
		t.Errorf("reminded:\n%s", m.Text)
	}
}

// Times stand in the zone of the customer's browser, where it is known: that of a
// promise was its agent's.
func TestTimesAreTheReaders(t *testing.T) {
	w := newWorld(t)
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error {
		p, err := tx.Person(w.ada.ID)
		if err != nil {
			return err
		}
		p.Zone = "Asia/Tokyo"
		return tx.SavePerson(p)
	}))
	_, err := w.desk.SendCard(t.Context(), w.ben, chat.Card{
		ConversationID: w.talk, ClientID: "client-card", Kind: chat.ProposalCard, Text: "We send a new lamp.", OurPart: "Send it", OurDue: w.now().Add(24 * time.Hour),
	})
	w.must(err)
	_, err = w.desk.MakePromise(t.Context(), w.ben, chat.Promise{
		ConversationID: w.talk, ClientID: "client-promise", Whose: chat.Ours, Text: "Ask the workshop", DueAt: w.now().Add(time.Hour), Zone: "Europe/Vienna",
	})
	w.must(err)
	w.away()
	m := w.box.one(t)
	for _, want := range []string{"by Sunday 22 November, 18:00 JST", "Saturday 21 November, 19:00 JST"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
}

// A card is told while it waits for an answer, whether it was seen or not; a
// promise is told once, as it stands then.
func TestCardsAndPromises(t *testing.T) {
	w := newWorld(t)
	card, err := w.desk.SendCard(t.Context(), w.ben, chat.Card{
		ConversationID: w.talk, ClientID: "client-card", Kind: chat.ProposalCard, Text: "We send a new lamp.", Limits: "Not on Sundays.",
		Options: []chat.CardOption{{Key: "a", Title: "Red", Detail: "as before"}, {Key: "b", Title: "Blue"}}, OurPart: "Send it", OurDue: w.now().Add(24 * time.Hour),
	})
	w.must(err)
	promise, err := w.desk.MakePromise(t.Context(), w.ben, chat.Promise{
		ConversationID: w.talk, ClientID: "client-promise", Whose: chat.Ours, Text: "Ask the workshop", DueAt: w.now().Add(time.Hour), Zone: "Europe/Vienna",
	})
	w.must(err)
	_, err = w.desk.MovePromise(t.Context(), w.ben, promise.ID, desk.Moving{ClientID: "client-move", DueAt: w.now().Add(3 * time.Hour), Why: "They are at lunch."})
	w.must(err)
	w.away()
	m := w.box.one(t)
	if m.subject() != "What we suggest: We send a new lamp." {
		t.Errorf("subject %q", m.subject())
	}
	for _, want := range []string{
		"- Red: as before", "- Blue", "Good to know: Not on Sundays.", "What we do: Send it, by Sunday 22 November, 09:00 UTC.",
		"It takes longer than we said", "Saturday 21 November, 13:00 CET", "Why: They are at lunch.",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
	if strings.Count(m.Text, "Ask the workshop") != 1 {
		t.Errorf("the promise is told more than once in\n%s", m.Text)
	}
	if link := m.link(t, "See it and answer"); !strings.Contains(m.HTML, `href="`+link+`"`) || link == m.link(t, "Read the conversation") {
		t.Errorf("link %s", link)
	}
	w.stands(0, 3, 0)
	_, err = w.desk.KeepPromise(t.Context(), w.ben, promise.ID, "client-keep", "They can mend it.")
	w.must(err)
	_, err = w.desk.SendCard(t.Context(), w.ben, chat.Card{ConversationID: w.talk, ClientID: "client-again", Kind: chat.SummaryCard, Text: "The lamp broke."})
	w.must(err)
	w.round()
	_, err = w.desk.WithdrawCard(t.Context(), w.ben, w.talk, lastCard(t, w))
	w.must(err)
	w.later(AwayFor)
	w.round()
	m = w.box.one(t)
	if !strings.Contains(m.Text, "We kept our promise") || !strings.Contains(m.Text, "They can mend it.") || strings.Contains(m.Text, "The lamp broke.") {
		t.Errorf("it says\n%s", m.Text)
	}
	_ = card
}
