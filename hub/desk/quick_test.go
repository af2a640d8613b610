package desk_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// quick are a site's quick answers.
func (s *shop) quick() []chat.Answer {
	s.Helper()
	list, err := s.store.QuickAnswers(s.ctx(), s.site.ID)
	s.must(err)
	return list
}

// asks posts the first message of a new visitor who has opened these answers.
func (s *shop) asks(read ...string) (id string, err error) {
	s.Helper()
	id = chat.NewID()
	_, err = s.desk.Post(s.ctx(), s.visitor(), desk.Posting{ConversationID: id, ClientID: "client-asks", Text: "And for a gift?", Read: read})
	return id, err
}

// What somebody read before they wrote stands in front of their words for the
// team; it is no response, no matter and no message.
func TestWhatWasReadComesWithTheFirstWords(t *testing.T) {
	s := newShop(t)
	list := s.quick()
	id, err := s.asks(list[1].ID, list[0].ID, list[1].ID, chat.NewID())
	s.must(err)
	e := s.last(id, chat.AnswersRead)
	want := []chat.ReadAnswer{{ID: list[1].ID, Title: list[1].Title}, {ID: list[0].ID, Title: list[0].Title}}
	if !slices.Equal(e.ReadUp.Answers, want) || e.PublicSeq != 0 || e.Seq+1 != s.last(id, chat.MessagePosted).Seq {
		t.Errorf("event %d %+v", e.Seq, e.ReadUp)
	}
	row, err := s.store.RowByID(s.ctx(), id)
	s.must(err)
	if row.LastText != "And for a gift?" || row.Unread != 1 || row.Step != chat.Greeting {
		t.Errorf("row %+v", row)
	}
	if facts := s.rows(`SELECT kind FROM fact WHERE conversation_id = $1`, id); !slices.Equal(facts, []string{string(chat.FactStarted)}) {
		t.Errorf("facts %v", facts)
	}
	if n := s.rows(`SELECT count(*) FROM matter WHERE conversation_id = $1`, id); n[0] != "1" {
		t.Errorf("%s matters", n[0])
	}
}

// A resent message tells and counts nothing again.
func TestWhatWasReadIsToldOnce(t *testing.T) {
	s := newShop(t)
	who, p := s.visitor(), desk.Posting{ConversationID: chat.NewID(), ClientID: "client-once", Text: "Hello?", Read: []string{s.quick()[0].ID}}
	for range 2 {
		_, err := s.desk.Post(s.ctx(), who, p)
		s.must(err)
	}
	if n := s.rows(`SELECT count(*) FROM read_up`); n[0] != "1" {
		t.Errorf("told %s times", n[0])
	}
	uses, err := s.store.AnswerUses(s.ctx(), s.site.ID, "2026-11-21")
	s.must(err)
	if len(uses) != 1 || uses[0].Followed != 1 || uses[0].Opened != 0 {
		t.Errorf("uses %+v", uses)
	}
}

// Only a site's own quick answers can have been read, and only so many.
func TestWhatCannotHaveBeenReadIsNotTold(t *testing.T) {
	s := newShop(t)
	secret := s.quick()[0]
	secret.Quick = false
	s.must(s.store.SaveAnswer(s.ctx(), &secret))
	other := chat.Site{ID: chat.NewID(), Key: "other", SiteSettings: chat.DefaultSettings("Other")}
	s.must(s.store.InsertSite(s.ctx(), &other, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	foreign := chat.Answer{ID: chat.NewID(), SiteID: other.ID, Title: "Theirs", Text: "So.", Quick: true}
	s.must(s.store.SaveAnswer(s.ctx(), &foreign))
	id, err := s.asks(secret.ID, foreign.ID)
	s.must(err)
	if slices.Contains(s.types(id), chat.AnswersRead) {
		t.Error("what is not for visitors was told as read")
	}
	for _, bad := range []string{secret.ID, foreign.ID, "x", chat.NewID()} {
		s.refused(s.desk.OpenAnswer(s.ctx(), s.site.ID, bad, false), chat.NotFound)
	}
	_, err = s.asks("not an id")
	s.refused(err, chat.Invalid)
	_, err = s.asks(make([]string, chat.MaxReadUp+1)...)
	s.refused(err, chat.Invalid)
}

// Openings are counted by the local day that they fall on.
func TestOpeningsAreCountedByDay(t *testing.T) {
	s := newShop(t)
	id := s.quick()[0].ID
	s.must(s.desk.OpenAnswer(s.ctx(), s.site.ID, id, false))
	s.later(24 * time.Hour)
	s.must(s.desk.OpenAnswer(s.ctx(), s.site.ID, id, false))
	s.must(s.desk.OpenAnswer(s.ctx(), s.site.ID, id, true))
	got := s.rows(`SELECT day || ' ' || opened || ' ' || helped FROM answer_day ORDER BY day`)
	if !slices.Equal(got, []string{"2026-11-21 1 0", "2026-11-22 1 1"}) {
		t.Errorf("days %q", got)
	}
	if since := s.desk.DayBefore(&s.site, s.now(), 29); since != "2026-10-24" {
		t.Errorf("thirty days begin on %s", since)
	}
}

// A visitor reads the site's facts, and nothing that is the team's or unfinished.
func TestQuickAnswersAreFilledIn(t *testing.T) {
	site := &chat.Site{SiteSettings: chat.DefaultSettings("Lumen")}
	site.Facts.Returns = "Within {30} days."
	var got []string
	for _, a := range desk.QuickAnswers(site, []chat.Answer{
		{Title: "Returns?", Text: "{{site.returns|Ask us.}}", Quick: true},
		{Title: "Phone?", Text: "Call {{site.phone}}.", Quick: true},
		{Title: "Phone, or?", Text: "Call {{site.phone|us}}.", Quick: true},
		{Title: "Mine?", Text: "{{agent.first_name}} knows, {{customer.first_name}}.", Quick: true},
		{Title: "{{site.name}}?", Text: "Yes.", Quick: true},
		{Title: "Team?", Text: "Ask the warehouse."},
	}) {
		got = append(got, fmt.Sprintf("%s %s", a.Title, a.Text))
	}
	if want := []string{"Returns? Within (30) days.", "Phone, or? Call us."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
