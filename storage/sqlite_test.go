package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rapport/hub/chat"
)

// openSQLite opens a store on a new file.
func openSQLite(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), Options{DSN: path, Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func newFile(t testing.TB) string { return filepath.Join(t.TempDir(), "rapport.db") }

func pragma(t *testing.T, q interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, name string) (value string) {
	t.Helper()
	if err := q.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// The driver's own default loses what was acknowledged when the power goes. The
// day that this changes, this test says so.
func TestDriverDefaultIsNotDurable(t *testing.T) {
	db, err := sql.Open("sqlite3", "file:"+newFile(t)+"?_journal_mode=WAL")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if got := pragma(t, db, "synchronous"); got != "1" {
		t.Errorf("the driver opens with synchronous=%s; storage/sqlite.go says NORMAL (1)", got)
	}
}

// Every connection of both pools has what durability and order rest on, not only
// the first.
func TestPragmasOnEveryConnection(t *testing.T) {
	s := openSQLite(t, newFile(t))
	if err := s.writer.close(); err != nil { // gives its connection back
		t.Fatal(err)
	}
	for _, pool := range []struct {
		name  string
		db    *sql.DB
		size  int
		query string
		fold  string
	}{{"writers", s.writers, 1, "0", "0"}, {"readers", s.readers, readConns, "1", "1000"}} {
		if got := pool.db.Stats().MaxOpenConnections; got != pool.size {
			t.Errorf("%s may have %d connections, want %d", pool.name, got, pool.size)
		}
		for i := range pool.size {
			conn, err := pool.db.Conn(t.Context()) // kept, so that the next is another
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			for name, want := range map[string]string{
				"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
				"secure_delete": "1", "query_only": pool.query, "wal_autocheckpoint": pool.fold,
			} {
				if got := pragma(t, conn, name); got != want {
					t.Errorf("%s, connection %d: %s is %s, want %s", pool.name, i+1, name, got, want)
				}
			}
		}
	}
}

// The store refuses to start where a setting does not read back.
func TestCheckRefusesWeakSettings(t *testing.T) {
	for _, weak := range []string{
		"?_journal_mode=WAL&_synchronous=NORMAL&_busy_timeout=5000&_foreign_keys=1&_secure_delete=1",
		"?_journal_mode=DELETE&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=1&_secure_delete=1",
		"?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=0&_secure_delete=1",
	} {
		db, err := sql.Open("sqlite3", "file:"+newFile(t)+weak)
		if err != nil {
			t.Fatal(err)
		}
		if err := (sqlite{}).check(t.Context(), db); err == nil {
			t.Errorf("%s was accepted", weak)
		}
		_ = db.Close()
	}
}

// A closed store leaves one file: everything is in it and nothing holds it open.
func TestCloseLeavesOneFile(t *testing.T) {
	path := newFile(t)
	s := openSQLite(t, path)
	if err := s.put("kept"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sites(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 1 {
		t.Errorf("%d files are left: %v", len(left), left)
	}
}

// Neither the file nor its log holds a secret that can be read.
func TestSecretsDoNotStandInTheFile(t *testing.T) {
	path := newFile(t)
	s := openSQLite(t, path)
	site := chat.Site{ID: chat.NewID(), Key: "public-key-of-the-site"}
	if err := s.InsertSite(t.Context(), &site, &chat.IdentitySecret{KID: "kid", Secret: "words-that-sign-customers"}, chat.Guide{}); err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		t.Helper()
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	files := append(read(path), read(path+"-wal")...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files = append(files, read(path)...)
	if !bytes.Contains(files, []byte(site.Key)) {
		t.Error("the site is not in the files that were read")
	}
	if bytes.Contains(files, []byte("words-that-sign")) {
		t.Error("the secret stands in the file")
	}
}

// A database of newer code is left as it is, to the byte.
func TestNewerFileIsUnchanged(t *testing.T) {
	path := newFile(t)
	s := openSQLite(t, path)
	if err := s.exclusive(t.Context(), func(q querier, _ chat.Time) error {
		_, err := q.Exec(`INSERT INTO migration (number, name) VALUES ($1, $2)`, 9000, "from the future")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{DSN: path, Key: make([]byte, 32)}); !errors.Is(err, ErrNewer) {
		t.Errorf("opened: %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the refused file was changed")
	}
}

// The readers' pool cannot write, by whatever SQL.
func TestReadersDoNotWrite(t *testing.T) {
	s := openSQLite(t, newFile(t))
	if _, err := s.readers.Exec(`DELETE FROM setting`); err == nil {
		t.Error("a reader wrote")
	}
	if _, err := s.read(t.Context()).Exec(`DELETE FROM setting`); err == nil {
		t.Error("a reader wrote")
	}
}

// Why placeholders must stand in order: the driver binds $2 first when it comes
// first.
func TestDriverBindsByAppearance(t *testing.T) {
	s := openSQLite(t, newFile(t))
	var second, first string
	if err := s.readers.QueryRow(`SELECT $2, $1`, "one", "two").Scan(&second, &first); err != nil {
		t.Fatal(err)
	}
	if second != "one" || first != "two" {
		t.Errorf("$2 is %q and $1 %q: the driver binds by number now, and the rule can go", second, first)
	}
}
