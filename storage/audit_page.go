package storage

import (
	"context"
	"math"

	"rapport/hub/chat"
)

// AuditPage asks for a page of the audit log, latest first.
type AuditPage struct {
	Before int64  // only entries with a smaller number; 0 for the latest
	By     string // only what this agent did; "" for everybody
	Noun   string // only what was done to this kind of thing, as "site"; "" for all
	Limit  int
}

// AuditPage returns a page of the audit log and whether there is more.
func (s *Store) AuditPage(ctx context.Context, p AuditPage) (list []chat.AuditEntry, more bool, err error) {
	if p.Before <= 0 {
		p.Before = math.MaxInt64
	}
	rows, err := s.read(ctx).Query(`SELECT number, at, by_id, action, object, detail, change FROM audit WHERE number < $1
		AND ($2 = '' OR by_id = $3) AND ($4 = '' OR substr(action, 1, length($5) + 1) = $6) ORDER BY number DESC LIMIT $7`,
		p.Before, p.By, p.By, p.Noun, p.Noun, p.Noun+".", p.Limit+1)
	list, err = collect(rows, err, func(row scanner) (e chat.AuditEntry, err error) {
		return e, row.Scan(&e.Number, &e.At, &e.By, &e.Action, &e.Object, &e.Detail, &e.Change)
	})
	if len(list) > p.Limit {
		list, more = list[:p.Limit], true
	}
	return list, more, err
}
