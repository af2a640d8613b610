package desk_test

import (
	"database/sql"
	"testing"

	"rapport/hub/chat"
)

// Nobody is kept from writing by a coach whose memory cannot be read: the matter
// goes on from its step, and remembers again.
func TestUnreadableEvidenceKeepsNobodyFromWriting(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.replies(ben, id, "client-hello", "Hello, I'm Ben.")
	before := s.matter(id)
	s.must(s.store.Close())
	db, err := sql.Open("sqlite3", "file:"+s.path)
	s.must(err)
	_, err = db.Exec(`UPDATE matter SET evidence = '{broken'`)
	s.must(err)
	s.must(db.Close())
	s.open()

	s.must(s.desk.TickPrompt(s.ctx(), ben, id, "greeted", chat.PromptDone))
	if m := s.matter(id); m.Step != before.Step || m.Evidence == "{broken" {
		t.Errorf("it was %+v and is %+v", before, m)
	}
	s.says(who, id, "client-more", "It is broken. Can you help me?")
	s.replies(ben, id, "client-back", "Of course.")
}
