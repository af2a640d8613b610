package desk_test

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/search"
	"rapport/storage"
)

func person(reference, name string) chat.Item {
	return chat.Item{Line: 2, Reference: reference, Person: &chat.Person{Name: name, Email: name + "@example.org", Attributes: []chat.Attribute{{Key: "plan", Value: "Club"}}}}
}

func (s *shop) brings(kind chat.ImportKind, dry bool, items ...chat.Item) (string, string) {
	s.Helper()
	out, err := s.desk.Bring(s.ctx(), chat.Import{SiteID: s.site.ID, Kind: kind, Name: "file.csv"}, items, dry)
	s.must(err)
	fields := []string{}
	for _, p := range out.Problems {
		fields = append(fields, p.Field)
	}
	return out.ImportID, strings.Join(append([]string{itoa(out.Added), itoa(out.Same)}, fields...), " ")
}

func itoa(n int64) string { return string(rune('0' + n)) }

// What comes again stays as it is; a dry run says the same and stores nothing; what has
// a problem is left out.
func TestBroughtInOnce(t *testing.T) {
	s := newShop(t)
	people := []chat.Item{person("c-1", "maria"), person("c-2", "tom"), person("", "nobody"), {Reference: "c-3", Line: 5, Person: &chat.Person{Email: "not one"}}}
	for range 2 {
		if _, got := s.brings(chat.ImportPeople, true, people...); got != "2 0 reference email" {
			t.Errorf("dry: %s", got)
		}
	}
	if n := len(s.rows(`SELECT id FROM import`)) + len(s.rows(`SELECT sub FROM identity`)); n != 0 {
		t.Errorf("a dry run left %d rows", n)
	}
	for _, want := range []string{"2 0 reference email", "0 2 reference email"} {
		if _, got := s.brings(chat.ImportPeople, false, people...); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := s.rows(`SELECT name FROM person p JOIN identity i ON i.person_id = p.id WHERE i.sub = 'c-1' AND p.verified = 0`); len(got) != 1 || got[0] != "maria" {
		t.Errorf("c-1 is %v", got)
	}
	order := chat.Item{Reference: "4411", Customer: "c-1", Purchase: &chat.Purchase{At: s.now() - 1, Amount: 12900, Currency: "EUR", Text: "A lamp"}}
	lost := chat.Item{Reference: "4412", Customer: "c-9", Purchase: &chat.Purchase{At: s.now() - 1, Currency: "EUR"}}
	for _, want := range []string{"1 0 customer", "0 1 customer"} {
		if _, got := s.brings(chat.ImportOrders, false, order, lost); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	id := s.rows(`SELECT person_id FROM identity WHERE sub = 'c-1'`)[0]
	bought, err := s.store.Purchases(s.ctx(), id)
	s.must(err)
	if len(bought) != 1 || bought[0].Amount != 12900 || bought[0].Reference != "4411" {
		t.Errorf("bought %+v", bought)
	}
}

// A conversation from elsewhere is closed, keeps its times, is found and is in no figure; what
// was answered there is no answer of ours.
func TestTalksAreBroughtIn(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	s.brings(chat.ImportPeople, false, person("c-1", "maria"))
	facts := len(s.rows(`SELECT id FROM fact`))
	talk := chat.Item{Reference: "t-1", Customer: "c-1", Talk: []chat.TalkLine{
		{ByCustomer: true, At: 1_700_000_000_000, Text: "My lamp flickers."}, {Name: "Ben", At: 1_700_000_060_000, Text: "Turn the bulb."},
	}}
	if _, got := s.brings(chat.ImportTalks, false, talk); got != "1 0" {
		t.Fatal(got)
	}
	id := s.rows(`SELECT object_id FROM imported WHERE kind = 'conversations'`)[0]
	r := s.row(id)
	if r.State != chat.Closed || r.Channel != chat.ChannelImport || r.StartedAt != 1_700_000_000_000 || r.LastAt != 1_700_000_060_000 || r.Unread != 0 || r.FirstResponseAt != 0 {
		t.Errorf("row %+v", r)
	}
	var said []string
	for _, e := range s.events(id) {
		if e.Message != nil {
			said = append(said, string(e.Message.By)+" "+string(e.Message.Kind)+" "+e.Message.Text)
		}
	}
	if got := strings.Join(said, "; "); got != "person reply My lamp flickers.; system auto Ben: Turn the bulb." {
		t.Errorf("said %s", got)
	}
	if n := len(s.rows(`SELECT id FROM fact`)); n != facts {
		t.Errorf("%d facts of it", n-facts)
	}
	for more := true; more; {
		var err error
		more, err = s.store.IndexNext(s.ctx())
		s.must(err)
	}
	q, err := search.Parse("flickers", s.now().Std(), time.UTC)
	s.must(err)
	found, err := s.store.Search(s.ctx(), storage.Search{Query: q, AgentID: ben.ID, Limit: 5})
	s.must(err)
	if len(found.Hits) != 1 || found.Hits[0].Row.ID != id {
		t.Errorf("found %+v", found)
	}
	backwards := talk
	backwards.Reference, backwards.Talk = "t-2", []chat.TalkLine{talk.Talk[1], talk.Talk[0]}
	if _, got := s.brings(chat.ImportTalks, false, backwards); got != "0 0 at" {
		t.Errorf("backwards: %s", got)
	}
}

// Undoing takes all away that came, and leaves a person whom somebody has met since.
func TestAnImportIsUndone(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	people, _ := s.brings(chat.ImportPeople, false, person("c-1", "maria"), person("c-2", "tom"))
	talks, _ := s.brings(chat.ImportTalks, false, chat.Item{Reference: "t-1", Customer: "c-1", Talk: []chat.TalkLine{{ByCustomer: true, At: 1_700_000_000_000, Text: "Hello"}}})
	_, _, err := s.desk.UndoImport(s.ctx(), ben, chat.NewID(), people)
	s.refused(err, chat.NotFound)
	noted, _ := s.brings(chat.ImportTalks, false, chat.Item{Reference: "t-0", Customer: "c-1", Talk: []chat.TalkLine{{ByCustomer: true, At: 1_700_000_000_000, Text: "Earlier"}}})
	_, err = s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: s.rows(`SELECT object_id FROM imported WHERE reference = 't-0'`)[0], ClientID: "client-note", Kind: chat.Note, Text: "Remember this"})
	s.must(err)
	gone, stay, err := s.desk.UndoImport(s.ctx(), ben, s.site.ID, noted)
	s.must(err)
	if stay != 1 || len(gone) != 0 {
		t.Errorf("a colleague's note: %d stay, gone %+v", stay, gone)
	}
	gone, stay, err = s.desk.UndoImport(s.ctx(), ben, s.site.ID, people)
	s.must(err)
	if stay != 1 || len(gone) != 1 || len(s.rows(`SELECT sub FROM identity`)) != 1 {
		t.Errorf("%d stay, gone %+v", stay, gone)
	}
	for range 2 {
		gone, stay, err = s.desk.UndoImport(s.ctx(), ben, s.site.ID, talks)
		s.must(err)
	}
	if stay != 0 || len(s.rows(`SELECT id FROM conversation`)) != 1 {
		t.Errorf("%d stay, gone %+v", stay, gone)
	}
	if got := strings.Join(s.rows(`SELECT action FROM audit WHERE action LIKE 'import.%' ORDER BY number`), " "); got != "import.made import.made import.made import.undone import.undone import.undone" {
		t.Errorf("the log has %s", got)
	}
	if _, got := s.brings(chat.ImportTalks, false, chat.Item{Reference: "t-1", Customer: "c-1", Talk: []chat.TalkLine{{ByCustomer: true, At: 1_700_000_000_000, Text: "Hello"}}}); got != "1 0" {
		t.Errorf("brought in again: %s", got)
	}
}

// What is older than a site keeps is left out and said so, instead of erased an hour later.
func TestWhatIsTooOldIsNotBroughtIn(t *testing.T) {
	s := newShop(t)
	s.keeps(1)
	s.brings(chat.ImportPeople, false, person("c-1", "maria"))
	talk := func(reference string, ago time.Duration) chat.Item {
		return chat.Item{Reference: reference, Customer: "c-1", Talk: []chat.TalkLine{{ByCustomer: true, At: s.now().Add(-ago), Text: "Hello"}}}
	}
	for _, dry := range []bool{true, false} {
		if _, got := s.brings(chat.ImportTalks, dry, talk("t-1", 40*24*time.Hour), talk("t-2", 20*24*time.Hour)); got != "1 0 at" {
			t.Errorf("dry %t: %s", dry, got)
		}
	}
}
