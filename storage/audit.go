package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"database/sql"

	"rapport/hub/chat"
)

// Audit appends one line to the audit log: who did what to which object. Every
// line carries the hash of the one before, so that none can be taken out
// unnoticed. detail holds names of fields and ids, never anybody's words.
func (s *Store) Audit(ctx context.Context, byID, action, object, detail string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		var number int64
		prev := ""
		err := q.QueryRow(`SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1`).Scan(&number, &prev)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		number++
		sum := sha256.Sum256(fmt.Appendf(nil, "%d\n%d\n%q\n%q\n%q\n%q\n%s", number, now, byID, action, object, detail, prev))
		_, err = q.Exec(`INSERT INTO audit (number, at, by_id, action, object, detail, prev_hash, hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
			number, now, byID, action, object, detail, prev, hex.EncodeToString(sum[:]))
		return err
	})
}
