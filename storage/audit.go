package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"rapport/hub/chat"
)

// auditLine is one line of the audit log.
type auditLine struct {
	number         int64
	at             chat.Time
	by             string
	action, object string
	detail         string
	prev, hash     string
}

// sum is the hash that a line must carry.
func (l *auditLine) sum() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\n%d\n%q\n%q\n%q\n%q\n%s", l.number, l.at, l.by, l.action, l.object, l.detail, l.prev))
	return hex.EncodeToString(sum[:])
}

// Audit appends one line to the audit log: who did what to which object. Every
// line carries the hash of the one before, so that none can be taken out
// unnoticed. detail holds names of fields and ids, never anybody's words.
func (s *Store) Audit(ctx context.Context, byID, action, object, detail string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		l := auditLine{at: now, by: byID, action: action, object: object, detail: detail}
		err := q.QueryRow(`SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1`).Scan(&l.number, &l.prev)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		l.number++
		_, err = q.Exec(`INSERT INTO audit (number, at, by_id, action, object, detail, prev_hash, hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
			l.number, l.at, l.by, l.action, l.object, l.detail, l.prev, l.sum())
		return err
	})
}

// CheckAudit reads the audit log from its first line and returns how many lines
// it has. It reports the first that is missing, moved or changed. Lines cut off
// at the end leave no trace in the chain: whoever must notice that keeps the
// number that was returned.
func (s *Store) CheckAudit(ctx context.Context) (lines int64, err error) {
	rows, err := s.read(ctx).Query(`SELECT number, at, by_id, action, object, detail, prev_hash, hash FROM audit ORDER BY number`)
	if err != nil {
		return 0, fmt.Errorf("read audit log: %w", err)
	}
	defer rows.Close()
	prev := ""
	for rows.Next() {
		var l auditLine
		if err := rows.Scan(&l.number, &l.at, &l.by, &l.action, &l.object, &l.detail, &l.prev, &l.hash); err != nil {
			return lines, fmt.Errorf("read audit log: %w", err)
		}
		lines++
		if l.number != lines || l.prev != prev || l.hash != l.sum() {
			return lines - 1, fmt.Errorf("the audit log is broken at line %d: a line before it is missing, or it was changed", lines)
		}
		prev = l.hash
	}
	return lines, rows.Err()
}
