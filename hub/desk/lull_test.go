package desk_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// The shop's clock begins on Saturday, 21 November 2026, 9:00 UTC.

// waits sets what the shop does by itself, and when it is open.
func (s *shop) waits(rules chat.WaitRules, h chat.Hours) {
	s.Helper()
	s.site.Waiting, s.site.Hours = rules, h
	s.must(s.site.Validate())
	s.must(s.store.SaveSite(s.ctx(), &s.site))
}

// weekdays are open from nine to five, Monday to Friday, in Berlin.
func weekdays() chat.Hours {
	h := chat.Hours{Kept: true, Zone: "Europe/Berlin"}
	for d := time.Monday; d <= time.Friday; d++ {
		h.Week[d] = chat.Periods{{Open: 540, Close: 1020}}
	}
	return h
}

// looks attends to all that is due, twice: the second time changes nothing.
func (s *shop) looks(scene desk.Scene) (told []desk.Reminder) {
	s.Helper()
	for again := range 2 {
		ids, err := s.store.FreshLulls(s.ctx(), s.site.ID)
		s.must(err)
		due, err := s.store.DueLulls(s.ctx(), s.now())
		s.must(err)
		silent, err := s.store.SilentLulls(s.ctx(), s.site.ID, s.now(), time.Duration(s.site.Waiting.AskAfter)*time.Minute)
		s.must(err)
		for _, id := range slices.Concat(ids, due, silent) {
			before := len(s.events(id))
			r, err := s.desk.Attend(s.ctx(), id, scene)
			s.must(err)
			if again > 0 && (r != nil || len(s.events(id)) != before) {
				s.Errorf("a second time: %+v, %v", r, s.types(id)[before:])
			}
			if r != nil {
				told = append(told, *r)
			}
		}
	}
	return told
}

func (s *shop) saidLast(id string) string {
	s.Helper()
	list := s.said(id)
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1].Text
}

var here = desk.Scene{Here: true}

// Who writes while we are closed hears once when we open, in their own zone, and
// is promised an answer. None of it is a response: the first human reply is, and
// keeps the promise.
func TestClosedIsSaidOnceAndIsNoAnswer(t *testing.T) {
	s := newShop(t)
	s.waits(chat.DefaultWaiting(), weekdays())
	ana := s.agent("Ana", chat.Owner)
	v, err := s.desk.Visit(s.ctx(), desk.Visit{SiteID: s.site.ID, Locale: "en-GB", Zone: "Asia/Kolkata"})
	s.must(err)
	who := chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: s.site.ID}
	id := s.says(who, chat.NewID(), "client-a1", "Is anybody there?").Message.ConversationID
	s.looks(desk.Scene{})
	if list := s.said(id); len(list) != 1 || !strings.Contains(list[0].Text, "on Monday at 13:30") {
		t.Fatalf("said %+v", list)
	}
	open := s.openPromises(id)
	s.later(time.Minute)
	s.says(who, id, "client-a2", "Hello?")
	s.looks(desk.Scene{})
	s.later(20 * time.Hour)
	s.looks(here)
	if n := len(s.said(id)); n != 1 || open != 1 {
		t.Errorf("said %d times, %d promises", n, open)
	}
	r := s.row(id)
	if r.LastText != "Hello?" || r.LastBy != chat.ByPerson {
		t.Errorf("lists show %q", r.LastText)
	}
	if r.FirstResponseAt != 0 || r.WaitingSince != r.StartedAt || r.State != chat.Waiting {
		t.Errorf("the automatic words count: %+v", r.Conversation)
	}
	p := s.owed(id)[0]
	if due := p.DueAt.Std(); !due.Equal(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)) || p.Text != "answer you here" || p.Owner.ID != "" {
		t.Errorf("promised %q by %s, owner %q", p.Text, due, p.Owner.ID)
	}
	began := r.StartedAt
	s.replies(ana, id, "client-r1", "Good morning, here we are.")
	if n := s.openPromises(id); n != 0 {
		t.Errorf("%d answers are still promised", n)
	}
	first := slices.ContainsFunc(s.facts(id), func(f string) bool {
		return strings.HasPrefix(f, "first.response "+strconv.FormatInt(int64(s.now()-began), 10)+" ")
	})
	if !first {
		t.Errorf("facts %q", s.facts(id))
	}
}

// The same absence is said once; the next one again.
func TestTheNextClosingIsSaidAgain(t *testing.T) {
	s := newShop(t)
	s.waits(chat.WaitRules{ClosedText: "Closed, {{customer.first_name|dear guest}}. Open {{hours.opens}}."}, weekdays())
	_, id := s.chatting()
	s.looks(desk.Scene{})
	if got := s.saidLast(id); got != "Closed, dear guest. Open on Monday at 09:00 CET." {
		t.Errorf("said %q", got)
	}
	s.later(48*time.Hour + 30*time.Minute) // Monday, half past ten
	s.looks(here)
	if n := len(s.said(id)); n != 1 {
		t.Errorf("said %d times while open and there", n)
	}
	s.later(7 * time.Hour)
	s.looks(here)
	if list := s.said(id); len(list) != 2 || list[1].Text != "Closed, dear guest. Open tomorrow at 09:00 CET." {
		t.Errorf("after the next closing: %+v", list)
	}
}

func TestNobodyThereIsSaidAfterAGrace(t *testing.T) {
	s := newShop(t)
	s.waits(chat.DefaultWaiting(), chat.Hours{})
	s.agent("Ana", chat.Owner)
	_, id := s.chatting()
	s.looks(desk.Scene{Mail: true})
	if n := len(s.said(id)); n != 0 {
		t.Fatal("said at once: a console that reloads was never away")
	}
	s.later(31 * time.Second)
	s.looks(desk.Scene{Mail: true})
	if got := s.saidLast(id); !strings.Contains(got, "Nobody is at the desk") || !strings.Contains(got, "e-mail address") {
		t.Errorf("said %q", got)
	}
	for range 6 {
		s.later(2 * time.Minute)
		s.looks(here)
	}
	if n := len(s.said(id)); n != 1 {
		t.Errorf("said %d times in one absence", n)
	}
}

// Who waits hears where they stand, at the site's moments; how long only where
// enough is known.
func TestStagesTellThePlaceAndAnEstimate(t *testing.T) {
	s := newShop(t)
	s.waits(chat.DefaultWaiting(), chat.Hours{})
	ben := s.agent("Ben", chat.AgentRole)
	for range 9 {
		_, id := s.chatting()
		s.later(10 * time.Minute)
		s.replies(ben, id, "client-r", "Hello!")
		s.must(s.desk.Close(s.ctx(), ben, id))
	}
	_, before := s.chatting()
	s.later(time.Second)
	_, id := s.chatting()
	s.later(time.Minute)
	s.looks(here)
	if got := s.saidLast(id); !strings.Contains(got, "number 2 in the queue") || !strings.Contains(got, "about 9 minutes") {
		t.Errorf("said %q", got)
	}
	if got := s.saidLast(before); !strings.Contains(got, "You are next") {
		t.Errorf("said %q", got)
	}
	s.later(time.Hour) // two were missed: only the last is said
	s.looks(here)
	if list := s.said(id); len(list) != 2 || strings.Contains(list[1].Text, "minutes") {
		t.Errorf("said %+v", list)
	}
	s.later(24 * time.Hour)
	s.looks(here)
	if n := len(s.said(id)); n != 2 {
		t.Errorf("said %d times", n)
	}
}

func TestTooLittleIsKnownToEstimate(t *testing.T) {
	s := newShop(t)
	s.waits(chat.WaitRules{Stages: []chat.WaitStage{{After: 1, Text: "It takes {{queue.estimate}}."}}}, chat.Hours{})
	_, id := s.chatting()
	s.later(time.Minute)
	s.looks(here)
	if got := s.saidLast(id); !strings.HasPrefix(got, "Thank you for waiting. You are next. You need not stay") {
		t.Errorf("words that cannot be filled in are said: %q", got)
	}
}

// Who does not answer is asked, thanked and let go; a promise of ours keeps the
// conversation open.
func TestWhoFellSilentIsLetGo(t *testing.T) {
	s := newShop(t)
	s.waits(chat.WaitRules{AskAfter: 10, CloseAfter: 5}, chat.Hours{})
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.replies(ben, id, "client-r1", "Does it blink?")
	s.later(9 * time.Minute)
	s.looks(here)
	if n := len(s.said(id)); n != 0 {
		t.Fatal("asked too early")
	}
	s.later(time.Minute)
	s.looks(here)
	s.later(2 * time.Minute)
	s.says(who, id, "client-a2", "Yes, it does.")
	s.later(time.Hour)
	s.looks(here)
	if list := s.said(id); len(list) != 1 || s.row(id).State != chat.Open {
		t.Fatalf("said %+v", list)
	}
	s.replies(ben, id, "client-r2", "Then it is the fuse. Did that help?")
	s.later(10 * time.Minute)
	s.looks(here)
	s.later(5 * time.Minute)
	s.looks(here)
	r := s.row(id)
	if list := s.said(id); len(list) != 3 || r.State != chat.Closed || !strings.Contains(list[2].Text, "Thank you") {
		t.Fatalf("said %+v, %s", list, r.State)
	}
	if !slices.ContainsFunc(s.facts(id), func(f string) bool { return strings.HasPrefix(f, "conversation.no_answer 300000 ") }) {
		t.Errorf("facts %q", s.facts(id))
	}

	_, kept := s.chatting()
	s.replies(ben, kept, "client-r1", "I look it up.")
	s.promises(ben, kept, "client-p1", 2*time.Hour)
	for range 4 {
		s.later(20 * time.Minute)
		s.looks(here)
	}
	if list := s.said(kept); len(list) != 0 || s.row(kept).State != chat.Open {
		t.Errorf("with a promise: %+v", list)
	}
}

// An agent who lets a customer wait is reminded once; then it is for whoever is
// there. Minutes count while we are open.
func TestAnAgentIsRemindedAndThenTheQueue(t *testing.T) {
	s := newShop(t)
	s.waits(chat.WaitRules{Silent: true, RemindAfter: 5, ReturnAfter: 10}, weekdays())
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.replies(ben, id, "client-r1", "Hello!")
	s.says(who, id, "client-a2", "It is broken.")
	s.later(20 * time.Hour)
	if told := s.looks(here); len(told) != 0 {
		t.Errorf("reminded while closed: %+v", told)
	}
	s.later(27*time.Hour + 6*time.Minute) // Monday, six past nine
	if told := s.looks(here); len(told) != 1 || told[0].AgentID != ben.ID || told[0].Returned {
		t.Errorf("reminded %+v", told)
	}
	s.later(9 * time.Minute)
	if told := s.looks(here); len(told) != 1 || !told[0].Returned {
		t.Errorf("reminded %+v", told)
	}
	if r := s.row(id); r.State != chat.Waiting || r.AssigneeID != "" || r.WaitingSince == 0 {
		t.Errorf("it is %s of %q", r.State, r.AssigneeID)
	}
}

// An address is a label: it verifies nobody, and what is promised says where.
func TestAnAddressIsLeft(t *testing.T) {
	s := newShop(t)
	s.waits(chat.DefaultWaiting(), weekdays())
	s.agent("Ana", chat.Owner)
	who, id := s.chatting()
	due, err := s.desk.LeaveAddress(s.ctx(), who, id, " Maria@Example.org ", desk.Scene{Mail: true})
	s.must(err)
	p := s.owed(id)[0]
	if due != p.DueAt || !strings.Contains(strings.ToLower(p.Text), "write to maria@example.org") {
		t.Errorf("promised %q by %d, told %d", p.Text, p.DueAt, due)
	}
	if person, err := s.store.Person(s.ctx(), who.ID); err != nil || person.Verified || person.EmailSigned() || person.Email == "" {
		t.Errorf("%+v, %v", person, err)
	}
	again, err := s.desk.LeaveAddress(s.ctx(), who, id, "maria@example.org", desk.Scene{Mail: true})
	if s.must(err); again != due || s.openPromises(id) != 1 {
		t.Errorf("promised again by %d", again)
	}
	_, err = s.desk.LeaveAddress(s.ctx(), s.visitor(), id, "eve@example.org", desk.Scene{})
	s.refused(err, chat.NotFound)
	_, err = s.desk.LeaveAddress(s.ctx(), who, id, "nonsense", desk.Scene{})
	s.refused(err, chat.Invalid)
}

func TestWordsOfTheArabicReader(t *testing.T) {
	s := newShop(t)
	s.waits(chat.DefaultWaiting(), weekdays())
	v, err := s.desk.Visit(s.ctx(), desk.Visit{SiteID: s.site.ID, Locale: "ar-EG", Zone: "Africa/Cairo"})
	s.must(err)
	who := chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: s.site.ID}
	id := s.says(who, chat.NewID(), "client-a1", "مرحبا").Message.ConversationID
	s.looks(desk.Scene{})
	if got := s.saidLast(id); !strings.Contains(got, "يوم الاثنين الساعة 10:00") {
		t.Errorf("said %q", got)
	}
}

// A follow-up by rule falls on a day and an hour on which the shop is open.
func TestFollowUpsKeepTheHours(t *testing.T) {
	s := newShop(t)
	h := weekdays()
	h.Week[time.Monday] = nil
	h.Week[time.Tuesday] = chat.Periods{{Open: 14 * 60, Close: 18 * 60}}
	s.waits(chat.WaitRules{}, h)
	s.rule(1, "Is it still all right?")
	_, _, id := s.closed()
	f, err := s.store.StandingFollowUp(s.ctx(), id)
	if s.must(err); !f.DueAt.Std().Equal(time.Date(2026, 11, 24, 13, 0, 0, 0, time.UTC)) {
		t.Errorf("due %s", f.DueAt.Std())
	}
}
