package storage

import (
	"testing"

	"rapport/hub/chat"
)

// BenchmarkRelays makes the figures of 28 days in which one site passed on 100,000
// conversations, between twenty agents, besides as many before.
func BenchmarkRelays(b *testing.B) {
	s := openSQLite(b, newFile(b))
	site := chat.Site{ID: chat.NewID(), Key: "relays", SiteSettings: chat.DefaultSettings("Relays")}
	if err := s.InsertSite(b.Context(), &site, &chat.IdentitySecret{KID: "k"}, chat.Guide{}); err != nil {
		b.Fatal(err)
	}
	err := s.exclusive(b.Context(), func(q querier, _ chat.Time) error {
		_, err := q.Exec(`WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < 200000)
			INSERT INTO relay (`+relayColumns+`) SELECT printf('%08x-0000-7000-8000-%012x', n, n), $1, printf('%08x-0000-7000-8000-%012x', n / 2, n / 2),
			CASE n % 5 WHEN 0 THEN 'assignment' WHEN 1 THEN 'question' ELSE 'handover' END, printf('%08x-0000-7000-8000-000000000001', n % 20), printf('%08x-0000-7000-8000-000000000001', n % 19),
			'', CASE n % 7 WHEN 0 THEN 'returned' WHEN 1 THEN 'lapsed' ELSE 'accepted' END, CASE n % 7 WHEN 0 THEN 'declined' ELSE '' END,
			n * 7919 % 900000, CASE n % 51 WHEN 0 THEN 2 ELSE 0 END, printf('2026-%02d-%02d', 9 + n % 2, 1 + n / 2 % 28), n, n FROM one`, site.ID)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	const day = "2026-10-01"
	b.Run("counts", func(b *testing.B) {
		for range b.N {
			if list, err := s.RelayCounts(b.Context(), site.ID, day); err != nil || len(list) == 0 {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("waits", func(b *testing.B) {
		for range b.N {
			if list, err := s.RelayWaits(b.Context(), site.ID, day); err != nil || len(list) == 0 {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("far", func(b *testing.B) {
		for range b.N {
			if n, _, err := s.FarRelayed(b.Context(), site.ID, day, 20); err != nil || n == 0 {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		for range b.N {
			_, _ = s.RelayCounts(b.Context(), site.ID, day)
			_, _ = s.RelayWaits(b.Context(), site.ID, day)
			_, _, _ = s.FarRelayed(b.Context(), site.ID, day, 20)
		}
	})
}
