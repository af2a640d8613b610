package storage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"rapport/storage/storagetest"
	"rapport/storage/storagetest/cluster"
	"rapport/storage/storagetest/ready"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := cluster.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop Postgres:", err)
		code = 1
	}
	os.Exit(code)
}

func TestSQLite(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) string {
		// A folder whose name a URL would have to escape.
		dir := filepath.Join(t.TempDir(), "data of 50%, #1 & more?")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		return ready.File(t, filepath.Join(dir, "rapport.db"))
	})
}

func TestPostgres(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) string { return ready.Database(t) })
}

func TestChild(t *testing.T) { storagetest.Child(t) }
