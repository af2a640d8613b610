package storage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// Whatever servers do in turn, each of them reads what the others have written last:
// what it holds in memory is never of before.
func TestWhatServersHoldIsRight(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	dsn := cluster.Database(t)
	all := several(t, dsn, 3)
	id, person := storedTalk(t, all[0], "hello")
	talk, err := all[0].RowByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	agent := &chat.Agent{ID: chat.NewID(), Email: "ana@example.com", Name: "Ana", Role: chat.AgentRole, PasswordHash: "h"}
	prompt := &chat.Prompt{ID: chat.NewID(), SiteID: talk.SiteID, Key: "ask", Step: chat.Greeting, Text: "Ask"}
	if err := all[1].InsertAgent(t.Context(), agent); err != nil {
		t.Fatal(err)
	}
	if err := all[1].SavePrompt(t.Context(), prompt); err != nil {
		t.Fatal(err)
	}
	name, need, words, text, seq := "Ziegenhagen", "", agent.Name, prompt.Text, talk.Seq
	matter := ""
	look := func(s *Store) {
		t.Helper()
		err := s.Write(t.Context(), func(tx chat.Tx) error {
			c, err := tx.Conversation(id)
			if err != nil {
				return err
			}
			matter = c.MatterID
			m, err := tx.Matter(matter)
			if err != nil {
				return err
			}
			p, err := tx.Person(person)
			if err != nil {
				return err
			}
			a, err := tx.Agent(agent.ID)
			if err != nil {
				return err
			}
			g, err := tx.Guide(talk.SiteID)
			if err != nil {
				return err
			}
			if c.Seq != seq || m.Need != need || p.Name != name || a.Name != words || len(g) != 1 || g[0].Text != text {
				t.Errorf("it has %d, %q, %q, %q and %q, want %d, %q, %q, %q and %q", c.Seq, m.Need, p.Name, a.Name, g[0].Text, seq, need, name, words, text)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for n := range 150 {
		s := all[rng.IntN(len(all))]
		look(s)
		var err error
		switch new := fmt.Sprint("now ", n); rng.IntN(5) {
		case 0:
			err = s.Write(t.Context(), func(tx chat.Tx) error {
				c, err := tx.Conversation(id)
				if err != nil {
					return err
				}
				if err := tx.Append(c, &chat.Event{Type: chat.NotePosted, At: tx.Now(), By: chat.ByAgent, ByID: agent.ID}); err != nil {
					return err
				}
				return tx.SaveConversation(c)
			})
			seq++
		case 1:
			err = s.Write(t.Context(), func(tx chat.Tx) error {
				m, err := tx.Matter(matter)
				if err != nil {
					return err
				}
				m.Need = new
				return tx.SaveMatter(m)
			})
			need = new
		case 2:
			err = s.Write(t.Context(), func(tx chat.Tx) error {
				p, err := tx.Person(person)
				if err != nil {
					return err
				}
				p.Name = new
				return tx.SavePerson(p)
			})
			name = new
		case 3:
			agent.Name, words = new, new
			err = s.SaveAgent(t.Context(), agent)
		case 4:
			prompt.Text, text = new, new
			err = s.SavePrompt(t.Context(), prompt)
		}
		if err != nil {
			t.Fatal(err)
		}
		look(all[rng.IntN(len(all))])
	}
	// One that has slept for longer than turns are kept.
	db := raw(t, dsn)
	if _, err := db.Exec(`DELETE FROM turn WHERE id < (SELECT max(id) FROM turn)`); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		look(s)
	}
}

// A turn that cannot be had leaves nothing behind, and one that is never given back
// ends by itself.
func TestATurnThatIsNotHad(t *testing.T) {
	dsn := cluster.Database(t)
	all := several(t, dsn, 2)
	for _, s := range all {
		if err := write(t, s); err != nil {
			t.Fatal(err)
		}
	}
	other, looks := raw(t, dsn), raw(t, dsn)
	if _, err := other.Exec(`BEGIN; SELECT pg_advisory_xact_lock(` + turnKey + `)`); err != nil {
		t.Fatal(err)
	}
	failed := make(chan error)
	go func() { failed <- write(t, all[0]) }()
	if !within(10*time.Second, func() bool {
		var n int
		err := looks.QueryRow(`SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`).Scan(&n)
		return err == nil && n == 1
	}) {
		t.Fatal("nobody waits for the turn")
	}
	if err := <-failed; err == nil {
		t.Error("stored without its turn")
	}
	if _, err := other.Exec(`COMMIT`); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if err := write(t, s); err != nil {
			t.Errorf("after it: %v", err)
		}
	}
}

// A message is stored on one server while another, to which its customer has come back
// and sent it again, waits for its turn: the second one finds it.
func TestAMessageThatIsStoredWhileWaitingForTheTurnIsFound(t *testing.T) {
	dsn := cluster.Database(t)
	all := several(t, dsn, 2)
	id, person := storedTalk(t, all[0], "hello")
	if err := write(t, all[1]); err != nil {
		t.Fatal(err)
	}
	say := func(tx chat.Tx) error {
		if _, err := tx.MessageByPerson(person, "client-again"); !chat.Is(err, chat.NotFound) {
			return err
		}
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		m := &chat.Message{ID: chat.NewID(), ConversationID: id, ClientID: "client-again", Kind: chat.Reply, By: chat.ByPerson, ByID: person, Text: "once", At: tx.Now()}
		if err := tx.Append(c, &chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: chat.ByPerson, ByID: person, MessageID: m.ID, Message: m}); err != nil {
			return err
		}
		if err := tx.SaveConversation(c); err != nil {
			return err
		}
		_, err = tx.Site(c.SiteID) // as a desk reads on
		return err
	}
	began, second := make(chan bool), make(chan error, 1)
	go func() {
		<-began
		second <- all[1].WriteOnce(context.Background(), "client-again", say)
	}()
	if err := all[0].WriteOnce(t.Context(), "client-again", func(tx chat.Tx) error {
		close(began)
		time.Sleep(300 * time.Millisecond)
		return say(tx)
	}); err != nil {
		t.Fatal(err)
	}
	if err := <-second; err != nil {
		t.Errorf("the second time: %v", err)
	}
}
