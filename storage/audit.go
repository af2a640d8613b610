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

// auditLine is an entry with its place in the chain.
type auditLine struct {
	chat.AuditEntry
	prev, hash string
}

const auditColumns = `number, at, by_id, action, object, detail, prev_hash, hash, change`

// BrokenAudit reports the first line of the audit log that is not what was
// written: it was changed or moved, or one before it is missing.
type BrokenAudit struct{ Line int64 }

func (b *BrokenAudit) Error() string {
	return fmt.Sprintf("the audit log is broken at line %d: it was changed, or a line before it is missing", b.Line)
}

// sum is the hash that a line must carry.
func (l *auditLine) sum() string {
	line := fmt.Appendf(nil, "%d\n%d\n%q\n%q\n%q\n%q\n%s", l.Number, l.At, l.By, l.Action, l.Object, l.Detail, l.prev)
	if l.Change != "" { // lines from before there were changes keep their hash
		line = fmt.Appendf(line, "\n%q", l.Change)
	}
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// Audit appends one line to the audit log: who did what to which object. Every
// line carries the hash of the one before, so that none can be taken out
// unnoticed. detail holds names of fields and ids, never anybody's words.
func (s *Store) Audit(ctx context.Context, byID, action, object, detail string) error {
	return s.AuditChange(ctx, chat.AuditEntry{By: byID, Action: action, Object: object, Detail: detail})
}

// AuditChange is Audit with what was changed from and to.
func (s *Store) AuditChange(ctx context.Context, e chat.AuditEntry) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error { return appendEntry(q, now, e) })
}

// appendAudit is Audit inside a unit of work that does what the line tells.
func appendAudit(q querier, now chat.Time, byID, action, object, detail string) error {
	return appendEntry(q, now, chat.AuditEntry{By: byID, Action: action, Object: object, Detail: detail})
}

func appendEntry(q querier, now chat.Time, e chat.AuditEntry) error {
	l := auditLine{AuditEntry: e}
	l.At = now
	err := q.QueryRow(`SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1`).Scan(&l.Number, &l.prev)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	l.Number++
	_, err = q.Exec(`INSERT INTO audit (`+auditColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		l.Number, l.At, l.By, l.Action, l.Object, l.Detail, l.prev, l.sum(), l.Change)
	return err
}

// appendLines is appendAudit for several lines.
func appendLines(q querier, now chat.Time, lines []chat.AuditEntry) error {
	for _, l := range lines {
		if err := appendEntry(q, now, l); err != nil {
			return err
		}
	}
	return nil
}

// CheckAudit reads the audit log from its first line and returns how many lines
// are good; BrokenAudit names the first that is not. Lines cut off at the end
// leave no trace in the chain: whoever must notice that keeps the number that
// was returned.
func (s *Store) CheckAudit(ctx context.Context) (good int64, err error) {
	prev := ""
	err = s.eachAuditLine(ctx, func(l *auditLine) error {
		if l.Number != good+1 || l.prev != prev || l.hash != l.sum() {
			return &BrokenAudit{good + 1}
		}
		good, prev = l.Number, l.hash
		return nil
	})
	return good, err
}

// AuditEntries hands the audit log to show, oldest entry first, until it fails.
func (s *Store) AuditEntries(ctx context.Context, show func(chat.AuditEntry) error) error {
	return s.eachAuditLine(ctx, func(l *auditLine) error { return show(l.AuditEntry) })
}

func (s *Store) eachAuditLine(ctx context.Context, do func(*auditLine) error) error {
	rows, err := s.read(ctx).Query(`SELECT ` + auditColumns + ` FROM audit ORDER BY number`)
	if err != nil {
		return fmt.Errorf("read audit log: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var l auditLine
		if err := rows.Scan(&l.Number, &l.At, &l.By, &l.Action, &l.Object, &l.Detail, &l.prev, &l.hash, &l.Change); err != nil {
			return fmt.Errorf("read audit log: %w", err)
		}
		if err := do(&l); err != nil {
			return err
		}
	}
	return rows.Err()
}
