package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

func copyTo(email string) desk.TranscriptWish { return desk.TranscriptWish{Email: email, Mail: true} }

// answered is a visitor's conversation in which Ben has answered.
func (s *shop) answered() (maria, ben chat.Actor, id string) {
	s.Helper()
	ben = s.agent("Ben "+chat.NewID()[30:], chat.AgentRole)
	maria, id = s.chatting()
	s.replies(ben, id, "client-"+id[24:], "A new one is on its way to you.")
	return maria, ben, id
}

// A copy is queued once for ten minutes, whoever asks, with a line for both sides that
// does not tell the address.
func TestACopyIsSentOnce(t *testing.T) {
	s := newShop(t)
	maria, ben, id := s.answered()
	first, err := s.desk.SendTranscript(s.ctx(), maria, id, copyTo(" Maria@Example.org "))
	s.must(err)
	s.later(9 * time.Minute)
	again, err := s.desk.SendTranscript(s.ctx(), ben, id, copyTo("maria@example.org"))
	s.must(err)
	if first.ID != again.ID || first.At != again.At || first.Masked != again.Masked || first.Masked != "m…@example.org" {
		t.Errorf("first %+v, then %+v", first, again)
	}
	if n := s.rows(`SELECT id FROM mail WHERE kind = 'transcript' AND conversation_id = $1`, id); len(n) != 1 {
		t.Errorf("%d letters are queued, want 1", len(n))
	}
	e := s.last(id, chat.TranscriptSent)
	if e.PublicSeq == 0 || e.By != chat.ByPerson || e.To != "m…@example.org" {
		t.Errorf("told as %+v", e)
	}
	s.later(2 * time.Minute)
	_, err = s.desk.SendTranscript(s.ctx(), ben, id, copyTo("maria@example.org"))
	s.must(err)
	if e := s.last(id, chat.TranscriptSent); e.By != chat.ByAgent || e.Names.By.Name == "" {
		t.Errorf("the agent's is told as %+v", e)
	}
	if n := s.rows(`SELECT detail FROM audit WHERE action = 'transcript.sent' AND object = $1`, id); len(n) != 1 {
		t.Errorf("%d lines in the audit log, want the agent's", len(n))
	}
	if found := s.rows(`SELECT ref FROM event WHERE ref LIKE '%maria@%' AND conversation_id = $1`, id); len(found) > 0 {
		t.Errorf("the address stands in %q", found)
	}
}

// Nobody writes to strangers through us: no copies before somebody has answered, few to
// one address, few by one customer, and none where its owner wants none.
func TestCopiesToStrangersAreFew(t *testing.T) {
	s := newShop(t)
	maria, id := s.chatting()
	_, err := s.desk.SendTranscript(s.ctx(), maria, id, copyTo("stranger@example.org"))
	s.refused(err, chat.Forbidden)
	for i := range chat.MaxTranscriptsTo {
		who, _, talk := s.answered()
		_, err := s.desk.SendTranscript(s.ctx(), who, talk, copyTo("stranger@example.org"))
		if err != nil {
			t.Fatalf("copy %d: %v", i, err)
		}
	}
	who, _, talk := s.answered()
	_, err = s.desk.SendTranscript(s.ctx(), who, talk, copyTo("stranger@example.org"))
	s.refused(err, chat.RateLimited)
	for i := range chat.MaxTranscriptsBy {
		_, err := s.desk.SendTranscript(s.ctx(), who, talk, copyTo(fmt.Sprintf("other%d@example.org", i)))
		s.must(err)
	}
	_, err = s.desk.SendTranscript(s.ctx(), who, talk, copyTo("last@example.org"))
	s.refused(err, chat.RateLimited)
	s.later(chat.TranscriptDay)
	_, err = s.desk.SendTranscript(s.ctx(), who, talk, copyTo("last@example.org"))
	s.must(err)
	link := chat.TranscriptLink{TokenHash: "token", SiteID: s.row(talk).SiteID, Email: "stranger@example.org"}
	s.must(s.store.InsertTranscriptLink(s.ctx(), &link))
	s.must(s.store.StopTranscripts(s.ctx(), link.TokenHash))
	for _, same := range []string{"Stranger@example.org", "stranger+1@example.org"} {
		_, err = s.desk.SendTranscript(s.ctx(), who, talk, copyTo(same))
		s.refused(err, chat.Forbidden)
	}
}

// Whoever erases themselves and comes again, or writes an address in another way, has no
// more copies sent to it for that. The letter goes to the address as it was written.
func TestErasingStartsNoLimitAnew(t *testing.T) {
	s := newShop(t)
	for i := range chat.MaxTranscriptsTo {
		who, _, talk := s.answered()
		to := fmt.Sprintf("stranger+%d@example.org", i)
		_, err := s.desk.SendTranscript(s.ctx(), who, talk, copyTo(to))
		s.must(err)
		if n := s.rows(`SELECT payload FROM mail WHERE conversation_id = $1`, talk); len(n) != 1 || !strings.Contains(n[0], to) {
			t.Errorf("queued is %q, want one to %s", n, to)
		}
		_, err = s.desk.ErasePerson(s.ctx(), who, who.ID, "")
		s.must(err)
	}
	who, _, talk := s.answered()
	for _, to := range []string{"stranger@example.org", "Stranger+9@example.org"} {
		_, err := s.desk.SendTranscript(s.ctx(), who, talk, copyTo(to))
		s.refused(err, chat.RateLimited)
	}
	_, err := s.desk.SendTranscript(s.ctx(), who, talk, copyTo("str.anger@example.org"))
	s.must(err)
}

// Whose conversation it is not, who is blocked, and what is no address get nothing; nor
// does anybody where no e-mail goes out.
func TestWhoGetsNoCopy(t *testing.T) {
	s := newShop(t)
	maria, ben, id := s.answered()
	other, _ := s.chatting()
	_, err := s.desk.SendTranscript(s.ctx(), other, id, copyTo("other@example.org"))
	s.refused(err, chat.NotFound)
	_, err = s.desk.SendTranscript(s.ctx(), maria, "nothing", copyTo("maria@example.org"))
	s.refused(err, chat.NotFound)
	_, err = s.desk.SendTranscript(s.ctx(), chat.System, id, copyTo("maria@example.org"))
	s.refused(err, chat.Forbidden)
	for _, bad := range []string{
		"", "maria", "maria@example.org\r\nBcc: all@example.org", "maria@example.org, all@example.org", "Maria <maria@example.org>",
		"maria@example.org\x00", "<script>@example.org", strings.Repeat("a", 300) + "@example.org",
	} {
		_, err := s.desk.SendTranscript(s.ctx(), maria, id, copyTo(bad))
		s.refused(err, chat.Invalid)
	}
	_, err = s.desk.SendTranscript(s.ctx(), ben, id, desk.TranscriptWish{Email: "maria@example.org"})
	s.refused(err, chat.Conflict)
	site := s.site
	site.NoTranscripts = true
	s.must(s.store.SaveSite(s.ctx(), &site))
	_, err = s.desk.SendTranscript(s.ctx(), maria, id, copyTo("maria@example.org"))
	s.refused(err, chat.Forbidden)
	_, err = s.desk.SendTranscript(s.ctx(), ben, id, copyTo("maria@example.org")) // the button is the customers'
	s.must(err)
	if n := s.rows(`SELECT id FROM mail WHERE kind = 'transcript'`); len(n) != 1 {
		t.Errorf("%d letters are queued, want 1", len(n))
	}
	blocked := true
	_, err = s.desk.UpdatePerson(s.ctx(), ben, s.row(id).PersonID, desk.PersonChange{Blocked: &blocked})
	s.must(err)
	_, err = s.desk.SendTranscript(s.ctx(), maria, id, copyTo("maria2@example.org"))
	s.refused(err, chat.Forbidden)
}
