package storage

import (
	"context"
	"fmt"
	"testing"

	"rapport/hub/chat"
)

// crowd fills a site with conversations of ten messages each: one in a hundred
// waits, two in a hundred are one agent's, the rest are closed.
func crowd(b *testing.B, s *Store, conversations int) (siteID, agentID, middle string) {
	b.Helper()
	ctx := context.Background()
	site := chat.Site{ID: chat.NewID(), Key: "bench", SiteSettings: chat.DefaultSettings("Bench")}
	agent := chat.Agent{ID: chat.NewID(), Email: "ben@example.org", Name: "Ben", Role: chat.AgentRole}
	if err := s.InsertSite(ctx, &site, &chat.IdentitySecret{KID: "k"}, chat.Guide{}); err != nil {
		b.Fatal(err)
	}
	if err := s.InsertAgent(ctx, &agent); err != nil {
		b.Fatal(err)
	}
	const id = `printf('%08x-0000-7000-8000-%012x', n, n)`
	numbers := fmt.Sprintf(`WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < %d) `, conversations)
	fill := func(query string, args ...any) {
		err := s.exclusive(ctx, func(q querier, _ chat.Time) error { _, err := q.Exec(query, args...); return err })
		if err != nil {
			b.Fatal(err)
		}
	}
	fill(`INSERT INTO person (id, site_id, name, email, verified, attributes, locale, segment, created_at, merged_into) `+numbers+
		`SELECT `+id+`, $1, 'Customer ' || n, '', 0, '[]', 'en', '', n, '' FROM one`, site.ID)
	fill(`INSERT INTO conversation (id, site_id, person_id, channel, state, live, assignee_id, matter_id, previous_id, rank, seq, public_seq, started_at,
			last_at, last_by, last_kind, last_text, waiting_since, first_response_at, closed_at, unread, unread_public, person_delivered,
			person_delivered_public, person_read, person_read_public, agent_read, agent_read_public) `+numbers+
		`SELECT `+id+`, $1, `+id+`, 'chat', CASE WHEN n % 100 = 0 THEN 'waiting' WHEN n % 100 < 3 THEN 'open' ELSE 'closed' END, n % 100 < 3,
			CASE WHEN n % 100 IN (1, 2) THEN $2 ELSE '' END, `+id+`, '', n, 12, 11, n, n, 'person', 'reply', 'The last thing that was said', 0, n, n, 0, 0, 0, 0, 0, 0, 0, 0 FROM one`, site.ID, agent.ID)
	fill(`INSERT INTO matter (id, conversation_id, number, step, why, type, mood, need, evidence, opened_at) ` + numbers +
		`SELECT ` + id + `, ` + id + `, 1, 'understanding', '', '', '', '', '{}', n FROM one`)
	fill(`INSERT INTO event (conversation_id, seq, public_seq, site_id, site_seq, type, at, by_kind, by_id, ref, message_id, matter_id, client_id, kind, text, template_id) `+numbers+
		`, ten(k) AS (SELECT 3 UNION ALL SELECT k + 1 FROM ten WHERE k < 12)
		SELECT `+id+`, k, k - 1, $1, row_number() OVER (), 'message.posted', n, CASE k % 2 WHEN 0 THEN 'agent' ELSE 'person' END,
			CASE k % 2 WHEN 0 THEN $2 ELSE `+id+` END, '', 'm', `+id+`, 'client-' || k, 'reply', 'One of the things that were said in this conversation', '' FROM one, ten`, site.ID, agent.ID)
	fill(`UPDATE site_head SET queue = (SELECT count(*) FROM conversation WHERE state = 'waiting'), live = (SELECT count(*) FROM conversation WHERE live = 1)`)
	n := conversations / 200 * 100 // one that waits
	return site.ID, agent.ID, fmt.Sprintf("%08x-0000-7000-8000-%012x", n, n)
}

// BenchmarkReads reads what a console shows first, among 100,000 conversations.
func BenchmarkReads(b *testing.B) {
	s := openSQLite(b, newFile(b))
	siteID, agentID, middle := crowd(b, s, 100_000)
	ctx := context.Background()
	for _, list := range []List{Queue, Mine, Live, Closed} {
		b.Run("list="+string(list), func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				rows, next, err := s.Rows(ctx, Page{SiteID: siteID, List: list, AgentID: agentID, Limit: 50})
				if err != nil || len(rows) != 50 || next == "" {
					b.Fatal(len(rows), next, err)
				}
				if _, _, err := s.Counts(ctx, siteID, agentID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("conversation", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			row, err := s.RowByID(ctx, middle)
			if err != nil {
				b.Fatal(err)
			}
			if list, _, err := s.Messages(ctx, middle, 0, 50); err != nil || len(list) != 10 {
				b.Fatal(len(list), err)
			}
			for _, read := range []func() error{
				func() error { _, err := s.LinesBetween(ctx, middle, 1, row.Seq); return err },
				func() error { _, err := s.Person(ctx, row.PersonID); return err },
				func() error { _, err := s.PersonRows(ctx, row.PersonID, 20); return err },
				func() error { _, err := s.PersonNotes(ctx, row.PersonID); return err },
				func() error { _, err := s.PageViews(ctx, row.PersonID); return err },
				func() error { _, err := s.Matter(ctx, row.MatterID); return err },
				func() error { _, err := s.StandingProgress(ctx, row.MatterID); return err },
				func() error { _, err := s.Draft(ctx, agentID, middle); return err },
			} {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkReturning reads what the hello of a visitor who comes back asks for,
// one message having come meanwhile.
func BenchmarkReturning(b *testing.B) {
	s := openSQLite(b, newFile(b))
	siteID, _, id := crowd(b, s, 20_000)
	ctx := context.Background()
	device := chat.Device{ID: chat.NewID(), SiteID: siteID, PersonID: id}
	if err := s.Write(ctx, func(tx chat.Tx) error { return tx.InsertDevice(&device) }); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, read := range []func() error{
			func() error { _, err := s.Device(ctx, device.ID); return err },
			func() error { _, err := s.Person(ctx, id); return err },
			func() error { _, err := s.PersonConversations(ctx, id, 20); return err },
			func() error { _, err := s.PersonRows(ctx, id, 20); return err },
			func() error { _, err := s.NextPublicEvents(ctx, id, 10); return err },
		} {
			if err := read(); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkCountsOfAll counts for an agent who was given a whole site.
func BenchmarkCountsOfAll(b *testing.B) {
	s := openSQLite(b, newFile(b))
	siteID, agentID, _ := crowd(b, s, 100_000)
	ctx := context.Background()
	err := s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`UPDATE conversation SET state = 'open', live = 1, assignee_id = $1`, agentID)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if c, _, err := s.Counts(ctx, siteID, agentID); err != nil || c.Mine != maxMine {
			b.Fatal(c, err)
		}
	}
}
