package storage

import (
	"database/sql"
	"testing"

	"rapport/hub/chat"
)

// counted counts what a unit of work asks the database.
type counted struct {
	querier
	n int
}

func (c *counted) Query(query string, args ...any) (*sql.Rows, error) {
	c.n++
	return c.querier.Query(query, args...)
}

func (c *counted) QueryRow(query string, args ...any) scanner {
	c.n++
	return c.querier.QueryRow(query, args...)
}

// Every message asks for its customer's earlier ones and for their live
// conversation, inside the only writer: what that costs must not grow with the
// profiles that were merged.
func TestManyProfilesAskNoMore(t *testing.T) {
	s := openSQLite(t, newFile(t))
	site := &chat.Site{ID: chat.NewID(), Key: "k", SiteSettings: chat.DefaultSettings("Lumen")}
	if err := s.InsertSite(t.Context(), site, &chat.IdentitySecret{KID: "k", Secret: "s"}, chat.Guide{}); err != nil {
		t.Fatal(err)
	}
	asked := map[int]int{}
	for _, profiles := range []int{1, 50} {
		err := s.Write(t.Context(), func(u chat.Tx) error {
			customer := chat.NewID()
			for i := range profiles + 1 {
				p := &chat.Person{ID: customer, SiteID: site.ID}
				if i > 0 {
					p.ID = chat.NewID()
				}
				if err := u.InsertPerson(p); err != nil {
					return err
				}
				if i > 0 {
					if err := u.MergePerson(&chat.Merge{FromID: p.ID, IntoID: customer}); err != nil {
						return err
					}
				}
			}
			unit := u.(*tx)
			c := &counted{querier: unit.q}
			unit.q = c
			defer func() { unit.q = c.querier }()
			if _, err := unit.MessageByPerson(customer, "client-1"); !chat.Is(err, chat.NotFound) {
				t.Errorf("found a message: %v", err)
			}
			if _, err := unit.LiveConversation(site.ID, customer, chat.ChannelChat); !chat.Is(err, chat.NotFound) {
				t.Errorf("found a conversation: %v", err)
			}
			asked[profiles] = c.n
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if asked[1] != asked[50] {
		t.Errorf("one profile asks %d times, fifty %d", asked[1], asked[50])
	}
}
