package storage

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

// Those in which an agent is a guest, among the few that have any.
const (
	guestIn     = `c.guests <> '' AND c.site_id = $1 AND c.guests LIKE $2 AND c.live = 1`
	listOfGuest = `c.guests <> '' AND c.site_id = $1 AND c.guests LIKE $2 AND c.live = 1 AND (c.rank, c.id) > ($3, $4) ORDER BY c.rank, c.id LIMIT $5`
)

// likeGuest finds an id among others: all are of one length, and hold no wildcard.
func likeGuest(agentID string) string { return "%" + agentID + "%" }

// mineRows are the conversations that an agent has and those in which they are a
// guest, in one order, up to limit.
func (s *Store) mineRows(ctx context.Context, p Page, after int64, afterID string, limit int) ([]chat.Row, error) {
	var all []chat.Row
	for _, q := range []struct{ where, whose string }{{listOfAgent, p.AgentID}, {listOfGuest, likeGuest(p.AgentID)}} {
		rows, err := s.listed(ctx, q.where, p.SiteID, q.whose, after, afterID, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	sorted.By(all, func(a, b chat.Row) int { return cmp.Or(cmp.Compare(a.Rank(), b.Rank()), strings.Compare(a.ID, b.ID)) })
	return all[:min(len(all), limit)], nil
}

// guestCount is in how many conversations of a site an agent is a guest.
func (s *Store) guestCount(ctx context.Context, siteID, agentID string) (n int64, err error) {
	err = s.read(ctx).QueryRow(`SELECT count(*) FROM conversation c WHERE `+guestIn, siteID, likeGuest(agentID)).Scan(&n)
	return n, err
}

// MaxGuestsRead is how many conversations with guests are looked after at a time.
const MaxGuestsRead = 10_000

// Guests returns who answers beside a colleague, of MaxGuestsRead conversations at most.
func (s *Store) Guests(ctx context.Context) ([]chat.Guest, error) {
	rows, err := s.read(ctx).Query(`SELECT c.id, c.guests FROM conversation c WHERE c.guests <> '' LIMIT $1`, MaxGuestsRead)
	type held struct {
		id     string
		guests chat.Guests
	}
	list, err := collect(rows, err, func(row scanner) (h held, err error) { return h, row.Scan(&h.id, &h.guests) })
	if err != nil {
		return nil, fmt.Errorf("read guests: %w", err)
	}
	var out []chat.Guest
	for _, h := range list {
		for _, id := range h.guests.List() {
			out = append(out, chat.Guest{ConversationID: h.id, AgentID: id})
		}
	}
	return out, nil
}
