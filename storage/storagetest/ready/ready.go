// Package ready hands out databases in which the tables stand already: to make them
// takes longer than most tests do.
package ready

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"rapport/storage"
	"rapport/storage/storagetest/cluster"
)

// File puts an SQLite database at a path.
func File(t testing.TB, path string) string {
	t.Helper()
	content, err := file()
	if err == nil {
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		t.Fatalf("make a database: %v", err)
	}
	return path
}

// file is made once.
var file = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "rapport-ready-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "rapport.db")
	if err := fill(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Database makes a Postgres database and returns its URL. It is gone when the test is
// over.
func Database(t testing.TB) string {
	t.Helper()
	return cluster.Like(t, fill)
}

// fill makes the tables.
func fill(dsn string) error {
	s, err := storage.Open(context.Background(), storage.Options{DSN: dsn, Key: make([]byte, 32)})
	if err != nil {
		return err
	}
	return s.Close()
}
