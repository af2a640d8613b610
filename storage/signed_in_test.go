package storage

import (
	"errors"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// Of the browsers from before it was kept, those count as signed in whose customer did,
// where no agent brought anybody there.
func TestWhoHadSignedInBefore(t *testing.T) {
	eachDatabase(t, func(t *testing.T, dsn string) {
		s := openSQLite(t, dsn)
		_, first := storedTalk(t, s, "hello")
		stranger, err := s.Person(t.Context(), first)
		if err != nil {
			t.Fatal(err)
		}
		devices := map[string]*chat.Device{}
		write := func(fn func(chat.Tx) error) {
			t.Helper()
			if err := s.Write(t.Context(), fn); err != nil {
				t.Fatal(err)
			}
		}
		person := func(name string, verified bool) chat.Person {
			p := chat.Person{ID: chat.NewID(), SiteID: stranger.SiteID, Name: name, Verified: verified}
			d := &chat.Device{ID: chat.NewID(), SiteID: p.SiteID, PersonID: p.ID}
			devices[name] = d
			write(func(tx chat.Tx) error {
				return errors.Join(tx.InsertPerson(&p), tx.InsertDevice(d))
			})
			if name != "stranger" && name != "led" {
				write(func(tx chat.Tx) error {
					return tx.InsertIdentity(&chat.Identity{SiteID: p.SiteID, Sub: name, PersonID: p.ID})
				})
			}
			return p
		}
		signed := person("signed", true)
		joined, led := person("joined", true), person("led", false)
		person("brought in", false)
		person("stranger", false)
		write(func(tx chat.Tx) error {
			return tx.MergePerson(&chat.Merge{FromID: led.ID, IntoID: joined.ID, ByID: chat.NewID()})
		})
		sql, err := migrations.ReadFile("migrations/0039_signed_in.sql")
		if err != nil {
			t.Fatal(err)
		}
		_, update, _ := strings.Cut(string(sql), "DEFAULT '';")
		write(func(u chat.Tx) error { return u.(*tx).exec(update) })
		for name, d := range devices {
			got, err := s.Device(t.Context(), d.ID)
			if err != nil {
				t.Fatal(err)
			}
			if want := map[string]string{"signed": signed.ID}[name]; got.AccountID != want {
				t.Errorf("%s: signed in as %q, want %q", name, got.AccountID, want)
			}
		}
	})
}
