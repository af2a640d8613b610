package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/files"
)

// ok runs a command that must do what it is told.
func ok(t *testing.T, args ...string) string {
	t.Helper()
	code, out, log := exec(t, "a long enough passphrase\n", args...)
	if code != 0 {
		t.Fatalf("%v: %d %s", args, code, log)
	}
	return out
}

func refuses(t *testing.T, why string, args ...string) {
	t.Helper()
	if code, out, log := exec(t, "", args...); code != 1 || out != "" || !strings.Contains(log, why) {
		t.Errorf("%v: %d %q %q", args, code, out, log)
	}
}

// A backup of a store that is written to all the while is whole: it opens with
// its key, and all that was acknowledged before is in it.
func TestABackupIsTakenAtWorkAndRestored(t *testing.T) {
	dir, file, back := t.TempDir(), filepath.Join(t.TempDir(), "copy.tar.gz"), filepath.Join(t.TempDir(), "data")
	ok(t, "site", "create", "--name", "Lamps", "--data", dir)
	ok(t, "agent", "create", "--email", "ana@example.com", "--name", "Ana Ruiz", "--role", "owner", "--data", dir)
	said := talkMeanwhile(t, dir, func() {
		if out := ok(t, "backup", "--to", file, "--data", dir); !strings.Contains(out, " messages, ") {
			t.Errorf("backup says %q", out)
		}
	})
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the archive is %v, %v", info, err)
	}
	if out := ok(t, "restore", "--from", file, "--data", back); !strings.Contains(out, "1 agents, 1 sites") {
		t.Errorf("restore says %q", out)
	}
	if ok(t, "agent", "list", "--data", back) != ok(t, "agent", "list", "--data", dir) || ok(t, "audit", "--check", "--data", back) == "" {
		t.Error("agents or audit log are others")
	}
	store, err := (&home{dir: back}).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if len(said) == 0 {
		t.Fatal("nothing was said")
	}
	for _, m := range said {
		err := store.Write(t.Context(), func(tx chat.Tx) error {
			_, err := tx.Message(m.ConversationID, m.ID)
			return err
		})
		if err != nil {
			t.Fatalf("%q was acknowledged before the backup and is not in it: %v", m.Text, err)
		}
	}
	if names, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".rapport*")); err != nil || len(names) > 0 {
		t.Errorf("left behind %v, %v", names, err)
	}
	refuses(t, "is there already", "backup", "--to", file, "--data", dir)
	refuses(t, "has a rapport.db already", "restore", "--from", file, "--data", back)
}

// What people sent along goes with the database, held to the checksums there; one
// changed byte of it is noticed.
func TestABackupHoldsFiles(t *testing.T) {
	dir, file, back := t.TempDir(), filepath.Join(t.TempDir(), "copy.tar.gz"), filepath.Join(t.TempDir(), "data")
	ok(t, "site", "create", "--name", "Lamps", "--data", dir)
	blob := keepFile(t, dir, "a cracked cup", true)
	unsent := keepFile(t, dir, "not sent yet", false)
	ok(t, "backup", "--to", file, "--data", dir)
	ok(t, "restore", "--from", file, "--data", back)
	place := filepath.Join(filesName, filepath.FromSlash(files.Path(blob)))
	if got, err := os.ReadFile(filepath.Join(back, place)); err != nil || string(got) != "a cracked cup" {
		t.Errorf("restored %q, %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(back, filesName, filepath.FromSlash(files.Path(unsent)))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what the sweep may take was packed: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, place), []byte("another cup!!"), 0o600); err != nil {
		t.Fatal(err)
	}
	other := file + ".2"
	ok(t, "backup", "--to", other, "--data", dir)
	refuses(t, "is not what was packed", "restore", "--from", other, "--data", filepath.Join(t.TempDir(), "data"))
	if err := os.Remove(filepath.Join(dir, place)); err != nil {
		t.Fatal(err)
	}
	ok(t, "backup", "--to", file+".3", "--data", dir)
	ok(t, "restore", "--from", file+".3", "--data", filepath.Join(t.TempDir(), "data"))
}

// An archive from before there were files is restored, and such a folder backed up.
func TestABackupFromBeforeFiles(t *testing.T) {
	dir, file, back := t.TempDir(), filepath.Join(t.TempDir(), "copy.tar.gz"), filepath.Join(t.TempDir(), "data")
	ok(t, "site", "create", "--name", "Lamps", "--data", dir)
	db, err := sql.Open("sqlite3", filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(`DROP TABLE file`)
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	ok(t, "backup", "--to", file, "--data", dir)
	ok(t, "restore", "--from", file, "--data", back)
}

// keepFile stores a file, which may be sent at once, in a data folder that nobody
// serves and returns its blob.
func keepFile(t *testing.T, dir, content string, sent bool) string {
	t.Helper()
	store, err := (&home{dir: dir}).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	folder, err := files.OpenFolder(filepath.Join(dir, filesName))
	if err != nil {
		t.Fatal(err)
	}
	sites, err := store.Sites(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	shelf := files.Shelf{Store: folder, Book: store, Quota: door.DefaultRates().Files, Clock: chat.SystemClock}
	f, err := shelf.Take(t.Context(), files.Upload{By: chat.Actor{Kind: chat.ByPerson, ID: chat.NewID()}, SiteID: sites[0].ID, Name: "cup.txt", Body: strings.NewReader(content), Size: -1})
	if err != nil {
		t.Fatal(err)
	}
	if sent {
		f.ConversationID, f.MessageID = chat.NewID(), chat.NewID()
		if err := store.Write(t.Context(), func(tx chat.Tx) error { return tx.AttachFile(f) }); err != nil {
			t.Fatal(err)
		}
	}
	return f.Blob
}

// A medium without links gets a copy, and a name that is taken stays as it is.
func TestABackupNeedsNoLinks(t *testing.T) {
	dir := t.TempDir()
	made, to := filepath.Join(dir, "archive"), filepath.Join(dir, "copy.tar.gz")
	if err := os.WriteFile(made, []byte("whole"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, no := range []error{syscall.EPERM, syscall.ENOTSUP, syscall.EOPNOTSUPP} {
		link := func(made, to string) error { return &os.LinkError{Op: "link", Old: made, New: to, Err: no} }
		if err := putDown(made, to, link); err != nil {
			t.Errorf("%v: %v", no, err)
		}
		if got, err := os.ReadFile(to); err != nil || string(got) != "whole" {
			t.Errorf("%v: copied %q, %v", no, got, err)
		}
		if err := os.WriteFile(to, []byte("taken"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := putDown(made, to, link); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%v: over another: %v", no, err)
		}
		if got, err := os.ReadFile(to); err != nil || string(got) != "taken" {
			t.Errorf("%v: replaced by %q, %v", no, got, err)
		}
		if err := os.Remove(to); err != nil {
			t.Fatal(err)
		}
	}
}

// Whoever was signed in when the backup was made signs in again.
func TestRestoringEndsSignIns(t *testing.T) {
	dir, file, back := t.TempDir(), filepath.Join(t.TempDir(), "copy.tar.gz"), filepath.Join(t.TempDir(), "data")
	ok(t, "agent", "create", "--email", "ana@example.com", "--name", "Ana Ruiz", "--role", "owner", "--data", dir)
	live := func(dir string, signIn bool) int {
		t.Helper()
		store, err := (&home{dir: dir}).open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		a, err := store.AgentByEmail(t.Context(), "ana@example.com")
		if err != nil {
			t.Fatal(err)
		}
		if signIn {
			now := chat.SystemClock()
			v := &chat.AgentSession{ID: chat.NewID(), AgentID: a.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(time.Hour)}
			if err := store.InsertSession(t.Context(), v, chat.Proof{Password: a.PasswordHash}); err != nil {
				t.Fatal(err)
			}
		}
		list, err := store.LiveSessions(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if n := live(dir, true); n != 1 {
		t.Fatalf("%d sign-ins", n)
	}
	ok(t, "backup", "--to", file, "--data", dir)
	if out := ok(t, "restore", "--from", file, "--data", back); !strings.Contains(out, "signs in again") {
		t.Errorf("restore says %q", out)
	}
	if here, there := live(dir, false), live(back, false); here != 1 || there != 0 {
		t.Errorf("%d sign-ins here, %d where it was restored", here, there)
	}
}

// talkMeanwhile lets a visitor talk before and during do, and returns what was
// acknowledged before it.
func talkMeanwhile(t *testing.T, dir string, do func()) (before []chat.Message) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	store, err := (&home{dir: dir}).open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	sites, err := store.Sites(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(store, time.UTC, nil)
	v, err := d.Visit(ctx, desk.Visit{SiteID: sites[0].ID, Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	talk := chat.NewID()
	say := func(n int) (chat.Message, error) {
		out, err := d.Post(ctx, chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: sites[0].ID},
			desk.Posting{ConversationID: talk, ClientID: fmt.Sprintf("client-%08d", n), Text: fmt.Sprintf("Message %d", n)})
		if err != nil {
			return chat.Message{}, err
		}
		return out.Message, nil
	}
	for n := range 200 {
		m, err := say(n)
		if err != nil {
			t.Fatal(err)
		}
		before = append(before, m)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 200; ctx.Err() == nil; n++ {
			if _, err := say(n); err != nil && ctx.Err() == nil {
				t.Errorf("message %d is refused: %v", n, err)
				return
			}
		}
	})
	do()
	stop()
	wg.Wait()
	return before
}

// What is not whole is refused, and nothing is left of the attempt.
func TestDamagedBackupsAreRefused(t *testing.T) {
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "copy.tar.gz")
	ok(t, "site", "create", "--name", "Lamps", "--data", dir)
	ok(t, "backup", "--to", file, "--data", dir)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"empty": nil, "words": []byte("this is no archive"), "cut": whole[:len(whole)*2/3],
		"changed": append(append(bytes.Clone(whole[:len(whole)/2]), whole[len(whole)/2]^0x20), whole[len(whole)/2+1:]...),
	} {
		bad, empty := filepath.Join(t.TempDir(), name), t.TempDir()
		if err := os.WriteFile(bad, content, 0o600); err != nil {
			t.Fatal(err)
		}
		refuses(t, "Nothing was changed", "restore", "--from", bad, "--data", empty)
		left, err := os.ReadDir(empty)
		if err != nil || len(left) > 1 || len(left) == 1 && left[0].Name() != "rapport.lock" {
			t.Errorf("%s leaves %v, %v", name, left, err)
		}
	}
	for command, file := range map[string]string{"restore": "--from", "backup": "--to"} {
		if code, _, errs := exec(t, "", command, "--data", dir); code != 2 || !strings.Contains(errs, file) {
			t.Errorf("%s without a file: %d %q", command, code, errs)
		}
	}
	refuses(t, "no database", "backup", "--to", filepath.Join(t.TempDir(), "x"), "--data", t.TempDir())
}
