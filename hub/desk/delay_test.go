package desk_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// signedIn is a customer whom the site has signed in, with a conversation that has
// begun.
func (s *shop) signedIn(sub string, attributes map[string]string) (chat.Actor, string) {
	s.Helper()
	who, _ := s.visit("", &desk.Claims{Sub: sub, Name: "Maria Lopez", Email: sub + "@example.com", Attributes: attributes})
	return who, s.says(who, chat.NewID(), "client-first", "Where is my lamp?").Message.ConversationID
}

// promisesWords is promises with other words.
func (s *shop) promisesWords(who chat.Actor, conversation, clientID, text string, in time.Duration) *chat.Promise {
	s.Helper()
	p, err := s.desk.MakePromise(s.ctx(), who, chat.Promise{ConversationID: conversation, ClientID: clientID, Whose: chat.Ours, Text: text, DueAt: s.now().Add(in)})
	s.must(err)
	return p
}

// reports is a site's word about an order.
func (s *shop) reports(once, customer string, d chat.Delay) (*desk.DelayAnswer, []chat.Promise) {
	s.Helper()
	out, heard, err := s.desk.ReportDelay(s.ctx(), desk.DelayReport{SiteID: s.site.ID, Once: once, Customer: customer, Delay: d})
	s.must(err)
	return out, heard
}

func (s *shop) waiting(who chat.Actor) []chat.Delay {
	s.Helper()
	list, err := s.store.WaitingDelays(s.ctx(), who.ID)
	s.must(err)
	return list
}

// lastWords is the last message of a conversation.
func (s *shop) lastWords(id string) *chat.Message {
	s.Helper()
	return s.last(id, chat.MessagePosted).Message
}

// What the site vouches for and the promise names is told at once, once, and is no
// response.
func TestACertainDelayIsTold(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.signedIn("maria", nil)
	p := s.promisesWords(ben, id, "client-promise", "Send order 4411.", 2*time.Hour)
	other := s.promisesWords(ben, id, "client-other", "Call about the invoice", 2*time.Hour)
	until := s.now().Add(48 * time.Hour)
	report := chat.Delay{Reference: "4411", What: "your order 4411", Reason: "The kiln is broken.", Until: until}
	for range 2 { // the second is answered from memory
		out, heard := s.reports("report-0001", "maria", report)
		if out.Outcome != desk.DelayWasTold || fmt.Sprint(out.Promises) != fmt.Sprintf("[{%s %s moved}]", p.ID, id) || !slices.Equal(out.Conversations, []string{id}) {
			t.Errorf("answered %+v", out)
		}
		if len(heard) > 1 {
			t.Errorf("heard %+v", heard)
		}
	}
	s.reports("report-0002", "maria", report) // nothing new in it
	moved, err := s.store.Promise(s.ctx(), p.ID)
	s.must(err)
	if moved.DueAt != until || !moved.Moved || moved.Delay != chat.DelayMoved || moved.Why != report.Reason {
		t.Errorf("moved %+v", moved)
	}
	if same, err := s.store.Promise(s.ctx(), other.ID); err != nil || same.DueAt != other.DueAt || same.Delay != chat.NotDelayed {
		t.Errorf("another promise became %+v, %v", same, err)
	}
	m := s.lastWords(id)
	if m.Kind != chat.Auto || m.By != chat.BySystem || !strings.Contains(m.Text, "sorry: your order 4411 is late. The kiln is broken. The new time is Monday 23 November, 09:00 UTC") {
		t.Errorf("told %+v", m)
	}
	r := s.row(id)
	if r.FirstResponseAt != 0 || r.WaitingSince == 0 {
		t.Errorf("an automatic message counts as a response: %+v", r.Conversation)
	}
	count := map[chat.EventType]int{}
	for _, kind := range s.types(id) {
		count[kind]++
	}
	if count[chat.DelayReported] != 1 || count[chat.PromiseWasMoved] != 1 || count[chat.MessagePosted] != 2 {
		t.Errorf("events %v", count)
	}
	if n := s.rows(`SELECT kind FROM mail WHERE conversation_id = ? AND kind IN ('reply', 'promise') ORDER BY seq`, id); len(n) < 2 {
		t.Errorf("letters %v", n)
	}
	again := desk.Moving{ClientID: "client-move", DueAt: until.Add(time.Hour), Why: "They called."}
	if after, err := s.desk.MovePromise(s.ctx(), ben, p.ID, again); err != nil || after.Delay != chat.NotDelayed {
		t.Errorf("moved by hand: %+v, %v", after, err)
	}
}

// What is worked on beside a chat is late in the customer's chat: they read it there,
// once, though something in the chat is late for the same reason.
func TestADelayBesideAChatIsToldInIt(t *testing.T) {
	onBoth(t, func(s *shop) {
		ben := s.agent("Ben", chat.AgentRole)
		who, id := s.signedIn("maria", nil)
		s.promisesWords(ben, id, "client-here", "Tell you where order 4411 is.", 2*time.Hour)
		aside := chat.NewID()
		s.must(s.desk.Split(s.ctx(), ben, id, desk.Splitting{ID: aside, Need: "Order 4411", From: ben.ID}, nil))
		p := s.promisesWords(ben, aside, "client-promise", "Send order 4411.", 2*time.Hour)
		until := s.now().Add(48 * time.Hour)
		out, heard := s.reports("report-0001", "maria", chat.Delay{Reference: "4411", What: "your order 4411", Reason: "The kiln is broken.", Until: until})
		if out.Outcome != desk.DelayWasTold || len(heard) != 2 {
			s.Errorf("answered %+v, heard %d", out, len(heard))
		}
		var said []string
		for _, e := range s.events(id) {
			if e.Type == chat.MessagePosted && e.By == chat.BySystem {
				said = append(said, e.Message.Text)
			}
		}
		if len(said) != 1 || !strings.Contains(said[0], "The kiln is broken.") {
			s.Errorf("%s was told %q", who.ID, said)
		}
		if slices.Contains(s.types(aside), chat.MessagePosted) {
			s.Errorf("it was said where nobody reads: %v", s.types(aside))
		}
		if moved, err := s.store.Promise(s.ctx(), p.ID); err != nil || moved.DueAt != until || moved.ConversationID != aside {
			s.Errorf("the promise is %+v, %v", moved, err)
		}
	})
}

// Without a new time the customer is told, and the owner is asked for the next word
// at once.
func TestADelayWithoutATime(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.signedIn("maria", map[string]string{"last_order": "4411"})
	p := s.promisesWords(ben, id, "client-promise", "Order #4411 leaves us", 2*time.Hour)
	out, heard := s.reports("report-0001", "", chat.Delay{Reference: "4411"})
	if out.Outcome != desk.DelayWasTold || len(heard) != 1 || heard[0].Delay != chat.DelayOpen || heard[0].DueAt != p.DueAt || heard[0].RemindAt != s.now() {
		t.Errorf("answered %+v, heard %+v", out, heard)
	}
	if m := s.lastWords(id); m.Kind != chat.Auto || !strings.Contains(m.Text, "there is a delay with 4411. We do not know the new time yet.") {
		t.Errorf("told %q", m.Text)
	}
	if e := s.last(id, chat.PromiseWasDelayed); e.PublicSeq != 0 || e.Promise.Delay != chat.DelayOpen {
		t.Errorf("event %+v", e)
	}
}

// What is not certain is shown to agents and told to nobody.
func TestAnUncertainDelayWaits(t *testing.T) {
	soon := func(s *shop) chat.Delay { return chat.Delay{Reference: "4411", Until: s.now().Add(48 * time.Hour)} }
	for name, c := range map[string]struct {
		sub     string // whom the site names
		signed  string // what it has signed of the order
		promise string
		until   time.Duration
		waits   bool
	}{
		"nobody is named":            {"", "", "Send order 4411", 48 * time.Hour, true},
		"the promise names no order": {"maria", "", "Send it today", 48 * time.Hour, true},
		"another order":              {"maria", "", "Send order 44110", 48 * time.Hour, true},
		"part of another":            {"maria", "", "Send order 4411-2", 48 * time.Hour, true},
		"signed, but not promised":   {"", "4411", "Send it today", 48 * time.Hour, true},
		"in time all the same":       {"maria", "", "Send order 4411", time.Hour, true},
		"in time, nobody named":      {"", "4411", "Send order 4411", time.Hour, false},
		"nothing to do with it":      {"", "", "Send it today", 48 * time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			ben := s.agent("Ben", chat.AgentRole)
			attributes := map[string]string{}
			if c.signed != "" {
				attributes["last_order"] = c.signed
			}
			who, id := s.signedIn("maria", attributes)
			p := s.promisesWords(ben, id, "client-promise", c.promise, 2*time.Hour)
			report := soon(s)
			report.Until = s.now().Add(c.until)
			out, _ := s.reports("report-0001", c.sub, report)
			want := desk.DelayUnknown
			if c.waits {
				want = desk.DelayIsShown
			}
			if list := s.waiting(who); out.Outcome != want || c.waits != (len(list) == 1) {
				t.Errorf("answered %+v, waiting %+v", out, list)
			}
			if slices.Contains(s.types(id), chat.DelayReported) != c.waits {
				t.Errorf("events %v", s.types(id))
			}
			after, err := s.store.Promise(s.ctx(), p.ID)
			s.must(err)
			if after.DueAt != p.DueAt || after.Delay != chat.NotDelayed || s.lastWords(id).By != chat.ByPerson {
				t.Errorf("it was told all the same: %+v", after)
			}
		})
	}
}

// Where not everybody is found whom a report is about, its answer says so.
func TestADelayOfMoreThanCanBeFound(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	s.quiet = true
	report := chat.Delay{Reference: "4411", Until: s.now().Add(48 * time.Hour)}
	if out, _ := s.reports("report-0001", "", report); out.Outcome != desk.DelayUnknown || !slices.Equal(out.Unknown, []string{"4411"}) {
		t.Errorf("about nobody: %+v", out)
	}
	for i := range 101 {
		if i > 0 && i%20 > 0 {
			continue
		}
		_, id := s.chatting()
		for j := range min(20, 101-i) {
			s.promisesWords(ben, id, fmt.Sprintf("client-promise-%d", j), "Send order 4411", 2*time.Hour)
		}
		if out, _ := s.reports(fmt.Sprintf("report-1%03d", i), "", report); (len(out.Unknown) > 0) != (i == 100) {
			t.Errorf("about %d: %v, unknown %v", i+20, out.Outcome, out.Unknown)
		}
	}
	again, _ := s.reports("report-1100", "", report)
	if !slices.Equal(again.Unknown, []string{"4411"}) {
		t.Errorf("answered again: %+v", again)
	}
}

// A site's key speaks for its own customers alone.
func TestADelayOfAnotherSite(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.signedIn("maria", map[string]string{"last_order": "4411"})
	s.promisesWords(ben, id, "client-promise", "Send order 4411", 2*time.Hour)
	other := chat.Site{ID: chat.NewID(), Key: "other", SiteSettings: chat.DefaultSettings("Other")}
	s.must(s.store.InsertSite(s.ctx(), &other, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	for i, sub := range []string{"", "maria"} {
		_, heard, err := s.desk.ReportDelay(s.ctx(), desk.DelayReport{SiteID: other.ID, Once: fmt.Sprintf("report-%04d", i), Customer: sub, Delay: chat.Delay{Reference: "4411"}})
		if err != nil || len(heard) > 0 || len(s.waiting(who)) > 0 || s.lastWords(id).By != chat.ByPerson {
			t.Errorf("another site's word was taken: %v %+v", err, heard)
		}
	}
}

// For somebody who has not been here it is kept, and waits for their first word.
func TestADelayBeforeTheFirstWord(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	out, _ := s.reports("report-0001", "tom", chat.Delay{Reference: "4412", What: "your order 4412"})
	if out.Outcome != desk.DelayIsShown || len(out.Conversations) != 0 {
		t.Errorf("answered %+v", out)
	}
	anonymous, v := s.visit("", nil)
	first := s.says(anonymous, chat.NewID(), "client-first", "Hello").Message.ConversationID
	_, err := s.desk.UpdatePerson(s.ctx(), anonymous, anonymous.ID, desk.PersonChange{Attributes: map[string]string{"delay": "reference: 77"}})
	s.must(err)
	tom, _ := s.visit(v.Secret, &desk.Claims{Sub: "tom", Name: "Tom Becker"})
	if list := s.waiting(tom); len(list) != 2 || list[0].Reference != "4412" || list[1].Source != chat.ByPage {
		t.Fatalf("waiting %+v", list)
	}
	told, err := s.desk.TellDelay(s.ctx(), ben, first, s.waiting(tom)[0].ID, "")
	s.must(err)
	if told.State != chat.DelayTold || told.EndedBy != ben.ID || len(s.waiting(tom)) != 1 {
		t.Errorf("told %+v", told)
	}
	if m := s.lastWords(first); m.ByID != ben.ID || m.Kind != chat.Auto || !strings.Contains(m.Text, "your order 4412 is late") {
		t.Errorf("said %+v", m)
	}
}

// An agent tells what a page has reported, or sets it aside, once; nobody else's
// conversation, promise or report is reached by it.
func TestAnAgentSettlesADelay(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	_, foreign := s.chatting()
	elsewhere := s.promisesWords(ben, foreign, "client-there", "Send order 4411", 2*time.Hour)
	p := s.promisesWords(ben, id, "client-promise", "Send it today", 2*time.Hour)
	until := s.now().Add(48 * time.Hour)
	for _, said := range []string{
		"reference: 4411, until: " + until.Std().Format(time.RFC3339) + ", reason: The kiln, they say, is broken.",
		"reference: 4411, until: " + until.Std().Format(time.RFC3339) + ", reason: The kiln, they say, is broken.", // again
		"reference: 4412", "", "until: 7", "reference: !!", "reference: " + strings.Repeat("4", 65),
	} {
		_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: map[string]string{"delay": said}})
		s.must(err)
	}
	list := s.waiting(who)
	if len(list) != 2 || list[0].Until != until || list[0].Reason != "The kiln, they say, is broken." || s.lastWords(id).By != chat.ByPerson {
		t.Fatalf("waiting %+v", list)
	}
	s.refused(second(s.desk.TellDelay(s.ctx(), ben, foreign, list[0].ID, "")), chat.NotFound)
	s.refused(second(s.desk.TellDelay(s.ctx(), ben, id, list[0].ID, elsewhere.ID)), chat.NotFound)
	s.refused(second(s.desk.TellDelay(s.ctx(), ben, id, chat.NewID(), "")), chat.NotFound)
	s.refused(second(s.desk.TellDelay(s.ctx(), who, id, list[0].ID, "")), chat.Forbidden)
	for range 2 {
		s.must(second(s.desk.TellDelay(s.ctx(), ben, id, list[0].ID, p.ID)))
		s.must(second(s.desk.DropDelay(s.ctx(), ben, id, list[1].ID)))
	}
	s.refused(second(s.desk.DropDelay(s.ctx(), ben, id, list[0].ID)), chat.Conflict)
	s.refused(second(s.desk.TellDelay(s.ctx(), ben, id, list[1].ID, "")), chat.Conflict)
	moved, err := s.store.Promise(s.ctx(), p.ID)
	s.must(err)
	if moved.DueAt != until || moved.Delay != chat.DelayMoved || s.stored(who, chat.OwnID("delay", list[0].ID)) != 1 || len(s.waiting(who)) != 0 {
		t.Errorf("settled %+v", moved)
	}
}

// The owner's words are told in the customer's language, and ours where a value lacks
// or they have none; no value acts as a variable.
func TestTheOwnersWordsAboutADelay(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	s.site.Late = []chat.LateWords{{
		Language: "en",
		Known:    "Dear {{customer.first_name|customer}}, {{delay.what}} comes {{delay.until}}. {{delay.reason|}} Yours, {{site.name}}",
		Open:     "{{delay.reference}} is late: {{delay.reason}}",
	}}
	s.must(s.site.Validate())
	s.must(s.store.SaveSite(s.ctx(), &s.site))
	_, id := s.signedIn("maria", nil)
	until := chat.At(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
	for i, c := range []struct {
		delay chat.Delay
		want  string
	}{
		{chat.Delay{Reference: "4411", Until: until}, "Dear Maria, 4411 comes Tuesday 24 November, 09:00 UTC. Yours, Shop"},
		{chat.Delay{Reference: "4412", What: "your lamp", Reason: "It {{agent.name}} broke.", Until: until}, "Dear Maria, your lamp comes Tuesday 24 November, 09:00 UTC. It ((agent.name)) broke. Yours, Shop"},
		{chat.Delay{Reference: "4413", Reason: "The van broke down."}, "4413 is late: The van broke down."},
		{chat.Delay{Reference: "4414"}, "We are sorry: there is a delay with 4414. We do not know the new time yet. We write to you here as soon as we do."},
	} {
		s.promisesWords(ben, id, fmt.Sprintf("client-promise-%d", i), "Send order "+c.delay.Reference, 2*time.Hour)
		if out, _ := s.reports(fmt.Sprintf("report-%04d", i), "maria", c.delay); out.Outcome != desk.DelayWasTold {
			t.Fatalf("%s: %+v", c.delay.Reference, out)
		}
		if m := s.lastWords(id); m.Text != c.want {
			t.Errorf("said %q, want %q", m.Text, c.want)
		}
	}
}

// The console shows our own words as the owner would write them: they say the same.
func TestOurWordsAboutADelayAreThoseOfTheConsole(t *testing.T) {
	raw, err := os.ReadFile("../../static/src/console/state/late.json")
	if err != nil {
		t.Fatal(err)
	}
	var shown map[string]struct{ Known, Open, What, Reason string }
	if err := json.Unmarshal(raw, &shown); err != nil || len(shown) != len(chat.LateLanguages) {
		t.Fatalf("%d languages, %v", len(shown), err)
	}
	for tag, words := range shown {
		s := newShop(t)
		ben := s.agent("Ben", chat.AgentRole)
		who, id := s.signedIn("maria", nil)
		p, err := s.store.Person(s.ctx(), who.ID)
		s.must(err)
		p.Locale = tag
		s.must(s.store.Write(s.ctx(), func(tx chat.Tx) error { return tx.SavePerson(p) }))
		said := func(n int, until chat.Time) string {
			reference := fmt.Sprintf("44%d", n)
			s.promisesWords(ben, id, "client-promise-"+reference, "Send order "+reference, time.Hour)
			s.reports("report-0"+reference, "maria", chat.Delay{Reference: reference, What: words.What, Reason: words.Reason, Until: until})
			return s.lastWords(id).Text
		}
		ours := []string{said(11, s.now().Add(48*time.Hour)), said(12, 0)}
		s.site.Late = []chat.LateWords{{Language: tag, Known: words.Known, Open: words.Open}}
		s.must(s.site.Validate())
		s.must(s.store.SaveSite(s.ctx(), &s.site))
		if got := []string{said(13, s.now().Add(48*time.Hour)), said(14, 0)}; !slices.Equal(got, ours) {
			t.Errorf("%s: as the owner's %q, ours %q", tag, got, ours)
		}
	}
}

// A page cannot fill the team's screen.
func TestAPageIsBounded(t *testing.T) {
	s := newShop(t)
	who, id := s.chatting()
	for i := range 3 * chat.MaxPageDelays {
		_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: map[string]string{"delay": fmt.Sprintf("reference: %d", i)}})
		s.must(err)
	}
	if n := len(s.waiting(who)); n != chat.MaxPageDelays {
		t.Errorf("%d wait, want %d", n, chat.MaxPageDelays)
	}
	ben := s.agent("Ben", chat.AgentRole)
	change := desk.PersonChange{Attributes: map[string]string{"delay": "reference: by hand"}}
	s.must(second(s.desk.DropDelay(s.ctx(), ben, id, s.waiting(who)[0].ID)))
	_, err := s.desk.UpdatePerson(s.ctx(), ben, who.ID, change)
	s.must(err)
	if n := len(s.waiting(who)); n != chat.MaxPageDelays-1 {
		t.Errorf("%d wait: what an agent types is no report", n)
	}
}

// A customer reads it in their own language, with times whose parts stay in order.
func TestADelayInArabic(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	v, err := s.desk.Visit(s.ctx(), desk.Visit{SiteID: s.site.ID, Identity: &desk.Claims{Sub: "layla"}, Locale: "ar-EG"})
	s.must(err)
	layla := chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: s.site.ID}
	id := s.says(layla, chat.NewID(), "client-first", "مرحبا").Message.ConversationID
	_, err = s.desk.MakePromise(s.ctx(), ben, chat.Promise{ConversationID: id, ClientID: "client-promise", Whose: chat.Ours, Text: "Send 4411", DueAt: s.now().Add(time.Hour), Zone: "Africa/Cairo"})
	s.must(err)
	s.reports("report-0001", "layla", chat.Delay{Reference: "4411", Until: s.now().Add(24 * time.Hour)})
	if m := s.lastWords(id); m.Text != "نعتذر: هناك تأخير في 4411. الموعد الجديد \u20662026/11/22 11:00 EET\u2069." {
		t.Errorf("told %q", m.Text)
	}
}

func TestDelayBounds(t *testing.T) {
	s := newShop(t)
	for name, r := range map[string]desk.DelayReport{
		"no key":         {Delay: chat.Delay{Reference: "4411"}},
		"no reference":   {Once: "report-0001"},
		"only marks":     {Once: "report-0001", Delay: chat.Delay{Reference: "#--"}},
		"long reference": {Once: "report-0001", Delay: chat.Delay{Reference: strings.Repeat("4", chat.MaxReference+1)}},
		"past":           {Once: "report-0001", Delay: chat.Delay{Reference: "4411", Until: 1}},
		"never":          {Once: "report-0001", Delay: chat.Delay{Reference: "4411", Until: 1 << 62}},
		"long reason":    {Once: "report-0001", Delay: chat.Delay{Reference: "4411", Reason: strings.Repeat("x", chat.MaxPart+1)}},
		"a customer":     {Once: "report-0001", Customer: "a\u200bb", Delay: chat.Delay{Reference: "4411"}},
	} {
		r.SiteID = s.site.ID
		_, _, err := s.desk.ReportDelay(s.ctx(), r)
		if !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range chat.MaxWaitingDelays + 1 {
		_, _, err := s.desk.ReportDelay(s.ctx(), desk.DelayReport{SiteID: s.site.ID, Once: fmt.Sprintf("report-%04d", i), Customer: "tom", Delay: chat.Delay{Reference: fmt.Sprint("no", i)}})
		if i < chat.MaxWaitingDelays {
			s.must(err)
		} else {
			s.refused(err, chat.Conflict)
		}
	}
}

// Whose list is full does not keep a report from the others, and what pages say
// fills no site's list.
func TestAFullListIsPassedOver(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	maria, hers := s.signedIn("maria", nil)
	tom, his := s.signedIn("tom", nil)
	s.promisesWords(ben, hers, "client-hers", "Send order 4411", 2*time.Hour)
	_, err := s.desk.UpdatePerson(s.ctx(), maria, maria.ID, desk.PersonChange{Attributes: map[string]string{"delay": "reference: 77"}})
	s.must(err)
	for i := range chat.MaxWaitingDelays {
		s.reports(fmt.Sprintf("report-%04d", i), "maria", chat.Delay{Reference: fmt.Sprint("no", i)})
	}
	report := desk.DelayReport{SiteID: s.site.ID, Once: "report-full", Delay: chat.Delay{Reference: "4411"}}
	_, _, err = s.desk.ReportDelay(s.ctx(), report)
	s.refused(err, chat.Conflict)
	p := s.promisesWords(ben, his, "client-his", "Send order 4411 too", 3*time.Hour)
	out, heard := s.reports(report.Once, "", report.Delay)
	if out.Outcome != desk.DelayIsShown || len(heard) != 1 || heard[0].ID != p.ID || !slices.Equal(out.Conversations, []string{his}) {
		t.Errorf("answered %+v, heard %+v", out, heard)
	}
	if a, b := len(s.waiting(maria)), len(s.waiting(tom)); a != chat.MaxWaitingDelays+1 || b != 1 {
		t.Errorf("%d and %d wait", a, b)
	}
}

// everyDelay makes each event about a delay, in the conversation of a visitor.
func (s *shop) everyDelay(ben, who chat.Actor, id string) {
	s.Helper()
	p := s.promisesWords(ben, id, "client-late", "Order 4411 leaves us", time.Hour)
	_, err := s.desk.UpdatePerson(s.ctx(), who, who.ID, desk.PersonChange{Attributes: map[string]string{"delay": "reference: 4411"}})
	s.must(err)
	s.must(second(s.desk.TellDelay(s.ctx(), ben, id, s.waiting(who)[0].ID, p.ID)))
	s.must(second(s.desk.DropPromise(s.ctx(), ben, p.ID, "It is sold out.")))
}
