package storage

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"rapport/hub/chat"
)

// LedgerList names the lists of promises.
type LedgerList string

const (
	MyPromises    LedgerList = "mine"   // those that the asking agent owns
	AnyPromises   LedgerList = "anyone" // the site's that anyone answers for
	SitePromises  LedgerList = "site"
	LatePromises  LedgerList = "late"  // the site's overdue ones
	EndedPromises LedgerList = "ended" // the site's kept, broken and dropped ones, latest first
)

// LedgerPage asks for a part of a list of promises, due first, ended ones latest
// first. Cursor is what
// the page before handed back as Next, "" for the first.
type LedgerPage struct {
	SiteID  string
	List    LedgerList
	AgentID string // whose, for MyPromises
	Cursor  string
	Limit   int
	Now     chat.Time
}

// LedgerRow is a promise with the customer it was made to.
type LedgerRow struct {
	chat.Promise
	PersonID       string
	PersonName     string
	PersonVerified bool
	PersonZone     string
}

const ledgerSelect = `SELECT ` + promiseFields + `, coalesce(s.id, v.id), coalesce(s.name, v.name), coalesce(s.verified - s.name_given, v.verified - v.name_given), coalesce(s.zone, v.zone)
	FROM promise p` + promiseNames + ` JOIN conversation c ON c.id = p.conversation_id
	JOIN person v ON v.id = c.person_id LEFT JOIN person s ON s.id = v.merged_into`

// The pages walk the index of their list from where they begin.
const (
	ledgerOfAgent = ` WHERE p.owner_id = $1 AND p.site_id = $2 AND p.state = 'open' AND p.anyone = 0 AND (p.due_at, p.id) > ($3, $4) ORDER BY p.due_at, p.id LIMIT $5`
	ledgerOfSite  = ` WHERE p.site_id = $1 AND p.state = 'open' AND (p.due_at, p.id) > ($2, $3) ORDER BY p.due_at, p.id LIMIT $4`
	ledgerAny     = ` WHERE p.site_id = $1 AND p.state = 'open' AND p.anyone = 1 AND (p.due_at, p.id) > ($2, $3) ORDER BY p.due_at, p.id LIMIT $4`
	ledgerLate    = ` WHERE p.site_id = $1 AND p.state = 'open' AND (p.due_at, p.id) > ($2, $3) AND p.due_at < $4 ORDER BY p.due_at, p.id LIMIT $5`
	ledgerEnded   = ` WHERE p.site_id = $1 AND p.state <> 'open' AND (p.ended_at, p.id) < ($2, $3) ORDER BY p.ended_at DESC, p.id DESC LIMIT $4`
)

// Ledger returns a page of promises and the cursor of the next, "" at the
// end.
func (s *Store) Ledger(ctx context.Context, p LedgerPage) (list []LedgerRow, next string, err error) {
	at, id, err := ledgerCursor(p.Cursor)
	if err != nil {
		return nil, "", err
	}
	var where string
	var args []any
	switch p.List {
	case MyPromises:
		where, args = ledgerOfAgent, []any{p.AgentID, p.SiteID, at, id, p.Limit + 1}
	case AnyPromises:
		where, args = ledgerAny, []any{p.SiteID, at, id, p.Limit + 1}
	case SitePromises:
		where, args = ledgerOfSite, []any{p.SiteID, at, id, p.Limit + 1}
	case LatePromises:
		where, args = ledgerLate, []any{p.SiteID, at, id, p.Now, p.Limit + 1}
	case EndedPromises:
		if p.Cursor == "" {
			at = math.MaxInt64
		}
		where, args = ledgerEnded, []any{p.SiteID, at, id, p.Limit + 1}
	default:
		return nil, "", chat.FailField("list", "A list of promises is mine, anyone, site, late or ended.")
	}
	rows, err := s.read(ctx).Query(ledgerSelect+where, args...)
	list, err = collect(rows, err, scanLedgerRow)
	if err != nil {
		return nil, "", fmt.Errorf("read ledger: %w", err)
	}
	if len(list) > p.Limit {
		list = list[:p.Limit]
		last := &list[p.Limit-1]
		at := last.DueAt
		if p.List == EndedPromises {
			at = last.EndedAt
		}
		next = strconv.FormatInt(int64(at), 10) + "." + last.ID
	}
	return list, next, nil
}

func scanLedgerRow(row scanner) (r LedgerRow, err error) {
	return r, row.Scan(append(promiseTargets(&r.Promise), &r.PersonID, &r.PersonName, &r.PersonVerified, &r.PersonZone)...)
}

func ledgerCursor(s string) (at int64, id string, err error) {
	if s == "" {
		return 0, "", nil
	}
	head, id, ok := strings.Cut(s, ".")
	at, err = strconv.ParseInt(head, 10, 64)
	if err != nil || !ok || !chat.ValidID(id) {
		return 0, "", chat.FailField("after", "This is not the cursor of a page.")
	}
	return at, id, nil
}

// LedgerCounts say how many open promises are due soon and how many are late.
type LedgerCounts struct {
	Soon int64 `json:"soon"`
	Late int64 `json:"late"`
}

// DueSoon is how far ahead a promise counts as due soon.
const DueSoon = 2 * time.Hour

// LedgerCounts counts the promises of an agent on a site, or of all agents where
// agentID is "".
func (s *Store) LedgerCounts(ctx context.Context, siteID, agentID string, now chat.Time) (c LedgerCounts, err error) {
	q, soon := s.read(ctx), now.Add(DueSoon)
	var all int64
	if agentID == "" {
		err = q.QueryRow(`SELECT coalesce(sum(CASE WHEN p.due_at < $1 THEN 1 ELSE 0 END), 0), count(*) FROM promise p
			WHERE p.site_id = $2 AND p.state = 'open' AND p.due_at < $3`, now, siteID, soon).Scan(&c.Late, &all)
	} else {
		err = q.QueryRow(`SELECT coalesce(sum(CASE WHEN p.due_at < $1 THEN 1 ELSE 0 END), 0), count(*) FROM promise p
			WHERE p.owner_id = $2 AND p.site_id = $3 AND p.state = 'open' AND p.anyone = 0 AND p.due_at < $4`, now, agentID, siteID, soon).Scan(&c.Late, &all)
	}
	if err != nil {
		return c, fmt.Errorf("count promises: %w", err)
	}
	c.Soon = all - c.Late
	return c, nil
}
