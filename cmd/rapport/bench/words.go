package bench

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
)

// vocabulary makes texts whose words are as often as words are: a few make up half
// of what is said, most are rare.
type vocabulary struct {
	words []string
	zipf  *rand.Zipf
	dice  *rand.Rand
}

// vocabularySize is how many words a large team's customers use.
const vocabularySize = 40_000

func newVocabulary() *vocabulary {
	dice := rand.New(rand.NewPCG(7, 7))
	v := &vocabulary{dice: dice, zipf: rand.NewZipf(dice, 1.05, 3, vocabularySize-1)}
	seen := map[string]bool{}
	for len(v.words) < vocabularySize {
		var b strings.Builder
		for range 2 + dice.IntN(3) {
			b.WriteByte("bcdfghjklmnprstvwz"[dice.IntN(18)])
			b.WriteByte("aeiou"[dice.IntN(5)])
		}
		if w := b.String(); !seen[w] {
			seen[w] = true
			v.words = append(v.words, w)
		}
	}
	return v
}

// line is what somebody says: 4 to 19 words.
func (v *vocabulary) line() string {
	var b strings.Builder
	for i := range 4 + v.dice.IntN(16) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(v.words[v.zipf.Uint64()])
	}
	return b.String()
}

// reword gives every message in a stopped server's folder words of its own.
func reword(ctx context.Context, data string, words *vocabulary, tick func(n int)) error {
	found, err := filepath.Glob(filepath.Join(data, "*.db"))
	if err != nil || len(found) != 1 {
		return fmt.Errorf("want one database in %s, found %v", data, found)
	}
	db, err := sql.Open("sqlite3", "file:"+found[0]+"?_journal_mode=WAL&_synchronous=OFF&_cache_size=-200000")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for last, done := int64(0), 0; ; {
		n, next, err := rewordSome(ctx, db, words, last)
		if err != nil {
			return err
		}
		if n == 0 {
			_, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
			return err
		}
		last, done = next, done+n
		tick(done)
	}
}

// rewordSome rewrites the messages among some rows behind last.
func rewordSome(ctx context.Context, db *sql.DB, words *vocabulary, last int64) (n int, next int64, err error) {
	rows, err := db.QueryContext(ctx, "SELECT rowid FROM event WHERE rowid > ? AND client_id <> '' ORDER BY rowid LIMIT ?", last, chunk)
	if err != nil {
		return 0, 0, err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return 0, 0, err
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil || len(ids) == 0 {
		return 0, 0, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, "UPDATE event SET text = ? WHERE rowid = ?", words.line(), id); err != nil {
			return 0, 0, err
		}
	}
	return len(ids), ids[len(ids)-1], tx.Commit()
}
