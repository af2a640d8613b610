package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"rapport/hub/chat"
)

// Counts say how much a database holds.
type Counts struct {
	Sites         int64 `json:"sites"`
	Agents        int64 `json:"agents"`
	People        int64 `json:"people"`
	Conversations int64 `json:"conversations"`
	Messages      int64 `json:"messages"`
}

// CopySQLite writes what the database file holds now, and nothing that is half
// done, to a new file, while servers go on reading and writing. Everything
// acknowledged before the call is in it.
func CopySQLite(ctx context.Context, from, to string) (err error) {
	db, err := plain(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	return nil
}

// CheckSQLite reads every page of a database file and counts what it holds.
func CheckSQLite(ctx context.Context, path string) (c Counts, err error) {
	db, err := plain(path)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return c, fmt.Errorf("check database: %w", err)
	}
	if verdict != "ok" {
		return c, fmt.Errorf("the database is damaged: %s", verdict)
	}
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM site), (SELECT count(*) FROM agent), (SELECT count(*) FROM person),
		(SELECT count(*) FROM conversation), (SELECT count(*) FROM message)`).Scan(&c.Sites, &c.Agents, &c.People, &c.Conversations, &c.Messages)
	if err != nil {
		return c, fmt.Errorf("count what the database holds: %w", err)
	}
	return c, nil
}

// BlobSums returns the blobs that the files of a database lead to, each with the
// checksum of its bytes. A database from before there were files has none.
func BlobSums(ctx context.Context, path string) (map[string]string, error) {
	return blobSums(ctx, path, `SELECT DISTINCT blob, sha256 FROM file`)
}

// AttachedBlobSums is BlobSums without what was uploaded and not sent yet, which
// the sweep may take at any time.
func AttachedBlobSums(ctx context.Context, path string) (map[string]string, error) {
	return blobSums(ctx, path, `SELECT DISTINCT blob, sha256 FROM file WHERE state = 'attached'`)
}

func blobSums(ctx context.Context, path, query string) (sums map[string]string, err error) {
	db, err := plain(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	sums = map[string]string{}
	var tables int64
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'file'`).Scan(&tables); err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	if tables == 0 {
		return sums, nil
	}
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var blob, sum string
		if err := rows.Scan(&blob, &sum); err != nil {
			return nil, fmt.Errorf("read files: %w", err)
		}
		sums[blob] = sum
	}
	return sums, rows.Err()
}

// EndSignIns ends every agent's sign-in in a database file that nobody serves.
func EndSignIns(ctx context.Context, path string) (err error) {
	db, err := plain(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `UPDATE agent_session SET revoked_at = $1 WHERE revoked_at = 0`, chat.SystemClock()); err != nil {
		return fmt.Errorf("end sign-ins: %w", err)
	}
	return nil
}

func plain(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", dsnFor(path, url.Values{"_busy_timeout": {"5000"}, "mode": {"rw"}}))
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}
