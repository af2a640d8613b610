package storage

import (
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// What was noted of addresses before their hashes had a key holds on, in hashes that
// have one: who wants no copies, and the links of letters that are out.
func TestAddressesGetKeyedHashes(t *testing.T) {
	eachDatabase(t, func(t *testing.T, dsn string) {
		w := newChaos(t, openSQLite(t, dsn), openSQLite(t, newFile(t)), 7)
		w.fill(1)
		site, talk := w.rows["site"+nobody][0], w.rows["conversation"+mark(0)][0]
		w.must(w.exec(`UPDATE conversation SET site_id = $1 WHERE id = $2`, site, talk))
		for _, address := range []string{"ada@example.org", "ben+lamps@example.org"} {
			w.must(w.exec(`INSERT INTO transcript_stop (site_id, address_hash, at) VALUES ($1,$2,1)`, site, chat.HashSecret(address)))
		}
		l := chat.MailLink{TokenHash: "token", ConversationID: talk, Purpose: "copies", Email: "eve@example.org", ExpiresAt: chat.SystemClock().Add(1e12)}
		w.must(w.s.InsertMailLink(t.Context(), &l))
		w.must(w.exec(`DELETE FROM identity_secret`)) // what is made up there was sealed by nobody
		w.must(w.s.Close())
		for range 2 {
			w.s = openSQLite(t, dsn)
			w.must(w.s.Write(t.Context(), func(tx chat.Tx) error { _, err := tx.EraseConversation(talk); return ignoreAbsent(err) }))
			w.must(w.s.StopTranscripts(t.Context(), "token"))
			for address, want := range map[string]bool{
				"ada@example.org": true, "ada+1@example.org": true, "ben+lamps@example.org": true, "eve@example.org": true, "ben@example.org": false, "mia@example.org": false,
			} {
				w.must(w.s.Write(t.Context(), func(tx chat.Tx) error {
					if got, err := tx.NoTranscripts(site, address); err != nil || got != want {
						t.Errorf("%s is stopped: %v (%v)", address, got, err)
					}
					return nil
				}))
			}
			w.must(w.s.Close())
		}
		w.s = openSQLite(t, dsn)
		for _, row := range slices.Concat(w.dump()["transcript_stop"], w.dump()["transcript_link"]) {
			for _, address := range []string{"ada@example.org", "ben+lamps@example.org", "ben@example.org", "eve@example.org"} {
				if strings.Contains(row, address) || strings.Contains(row, chat.HashSecret(address)) {
					t.Errorf("%s can be found in %s", address, row)
				}
			}
		}
	})
}

func ignoreAbsent(err error) error {
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	return err
}
