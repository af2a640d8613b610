package main

import (
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/files"
	"rapport/storage"
)

// eraser is what a server erases with, on a data folder that nobody serves.
func eraser(t *testing.T, dir string) (*erasures, *storage.Store) {
	t.Helper()
	store, err := (&home{dir: dir}).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	folder, err := files.OpenFolder(filepath.Join(dir, filesName))
	if err != nil {
		t.Fatal(err)
	}
	h := hub.New(hub.Options{})
	t.Cleanup(func() { _ = h.Drain(t.Context()) })
	return &erasures{store: store, desk: desk.New(store, nil, nil), hub: h, files: folder, path: filepath.Join(dir, erasedName), log: slog.New(slog.DiscardHandler)}, store
}

// Who was erased after a backup is erased again when that backup is restored and
// the file that remembers it is put beside it; their bytes go as well.
func TestARestoredBackupIsErasedAgain(t *testing.T) {
	dir, file, back := t.TempDir(), filepath.Join(t.TempDir(), "copy.tar.gz"), filepath.Join(t.TempDir(), "data")
	ok(t, "site", "create", "--name", "Lamps", "--data", dir)
	blob := keepFile(t, dir, "a cracked cup", true)
	bytes := filepath.Join(filesName, filepath.FromSlash(files.Path(blob)))
	person := personOf(t, dir, blob)
	ok(t, "backup", "--to", file, "--data", dir)

	e, store := eraser(t, dir)
	if _, err := e.desk.ErasePerson(t.Context(), chat.Actor{Kind: chat.ByAgent, ID: chat.NewID()}, person, chat.EraseAsked); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		if err := errors.Join(e.finish(t.Context()), e.write(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, bytes)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the bytes are still there: %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}

	ok(t, "restore", "--from", file, "--data", back)
	remembered, err := os.ReadFile(filepath.Join(dir, erasedName))
	if err != nil || string(remembered) != "person "+person+"\n" {
		t.Fatalf("remembered %q, %v", remembered, err)
	}
	if err := os.WriteFile(filepath.Join(back, erasedName), append(remembered, "person 0197"...), 0o600); err != nil {
		t.Fatal(err)
	}
	e, store = eraser(t, back)
	defer store.Close()
	if _, err := store.Person(t.Context(), person); err != nil {
		t.Fatalf("the backup has not brought them back: %v", err)
	}
	if err := errors.Join(e.again(t.Context()), e.again(t.Context()), e.finish(t.Context()), e.write(t.Context())); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Person(t.Context(), person); !chat.Is(err, chat.NotFound) {
		t.Errorf("they are still there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(back, bytes)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("their bytes are still there: %v", err)
	}
	if again, err := os.ReadFile(e.path); err != nil || string(again) != string(remembered) {
		t.Errorf("remembered now is %q, %v", again, err)
	}
}

// personOf gives a profile to whoever sent a file.
func personOf(t *testing.T, dir, blob string) (id string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	p := chat.Person{Name: "Maria"}
	if err := errors.Join(db.QueryRow(`SELECT by_id, site_id FROM file WHERE blob = $1`, blob).Scan(&p.ID, &p.SiteID), db.Close()); err != nil {
		t.Fatal(err)
	}
	store, err := (&home{dir: dir}).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(store.Write(t.Context(), func(tx chat.Tx) error { return tx.InsertPerson(&p) }), store.Close()); err != nil {
		t.Fatal(err)
	}
	return p.ID
}
