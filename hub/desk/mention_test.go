package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/storage"
)

// A note reaches whom it names, once however often; words to the customer name
// nobody, and who is gone is said instead of being written to in vain.
func TestNotesReachWhomTheyName(t *testing.T) {
	s := newShop(t)
	ben, noor, lee := s.agent("Ben Carter", chat.AgentRole), s.agent("Noor Haddad", chat.AgentRole), s.agent("Lee Park", chat.AgentRole)
	s.must(s.store.InsertTeam(s.ctx(), &chat.Team{ID: chat.NewID(), Name: "Returns", Members: []string{ben.ID, lee.ID}}))
	_, id := s.chatting()
	note := func(clientID, text string) (*desk.Posted, error) {
		return s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: clientID, Kind: chat.Note, Text: text})
	}
	posted, err := note("client-1", "@Noor have a look, @noor haddad! @Ben Carter")
	s.must(err)
	if !slices.Equal(posted.Mentioned, []string{noor.ID}) {
		t.Errorf("named %v", posted.Mentioned)
	}
	unread := func(who chat.Actor) int {
		list, err := s.store.UnreadMentions(s.ctx(), who.ID, s.site.ID)
		s.must(err)
		return len(list)
	}
	if unread(noor) != 1 || unread(ben) != 0 {
		t.Errorf("unread: %d and %d", unread(noor), unread(ben))
	}
	s.must(s.store.ReadMentions(s.ctx(), noor.ID, id))
	s.replies(ben, id, "client-2", "Hello! @Noor Haddad will help.")
	if unread(noor) != 0 {
		t.Error("words to the customer named somebody")
	}
	s.later(time.Minute)
	posted, err = note("client-3", "@returns please, and @Noor Haddad again")
	s.must(err)
	if !slices.Equal(posted.Mentioned, []string{lee.ID, noor.ID}) || unread(noor) != 1 || unread(lee) != 1 {
		t.Errorf("named %v, unread %d and %d", posted.Mentioned, unread(noor), unread(lee))
	}
	gone, err := s.store.Agent(s.ctx(), lee.ID)
	s.must(err)
	gone.DisabledAt = s.now()
	s.must(s.store.SaveAgent(s.ctx(), gone))
	_, err = note("client-4", "@Lee Park knows")
	s.refused(err, chat.Invalid)
	if !strings.Contains(err.Error(), "Lee Park") {
		t.Errorf("said %q", err)
	}
}

// The list of mentions pages from the latest on, on the asking agent's site alone.
func TestMentionsAreListed(t *testing.T) {
	s := newShop(t)
	ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	var want []string
	for range 5 {
		_, id := s.chatting()
		s.later(time.Minute)
		_, err := s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: "client-note", Kind: chat.Note, Text: "@Noor?"})
		s.must(err)
		want = append([]string{id}, want...)
	}
	var got []string
	for cursor := ""; ; {
		rows, next, err := s.store.Rows(s.ctx(), storage.Page{SiteID: s.site.ID, List: storage.Named, AgentID: noor.ID, Cursor: cursor, Limit: 2})
		s.must(err)
		for _, r := range rows {
			got = append(got, r.ID)
		}
		if cursor = next; next == "" {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("listed %v, want %v", got, want)
	}
}
