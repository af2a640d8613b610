package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/cmd/rapport/bench/drive"
	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// says posts a visitor's message and returns it as it was stored.
func says(t *testing.T, s *drive.Socket, talk string, n int) drive.Message {
	t.Helper()
	post, err := json.Marshal(drive.Post{Type: "post", Ref: fmt.Sprint(n), ConversationID: talk, ClientID: fmt.Sprintf("client-%08d", n), Text: fmt.Sprintf("Message %d", n)})
	if err == nil {
		err = s.Write(post)
	}
	if err != nil {
		t.Fatal(err)
	}
	ack, _, err := s.Await("ack", nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := ack.Posted()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// enters opens a visitor's socket and returns the epoch that it is told.
func enters(t *testing.T, v *drive.Visitor, epoch string, resume map[string]int64) (*drive.Socket, string) {
	t.Helper()
	s, err := v.Socket(t.Context(), epoch, resume)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Cut)
	hello, _, err := s.Await("hello", nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, hello.Epoch
}

// A conversation goes on after the move as if nothing had happened, however often the
// move was killed, and nobody serves the old database by mistake.
func TestAConversationGoesOnAfterTheMove(t *testing.T) {
	dir, at, store := t.TempDir(), freeAddress(t), cluster.Database(t)
	before := startServer(t, "--addr", at, "--data", dir)
	place, err := drive.NewPlace(before.places.Console, before.places.Widget, before.places.SiteKey)
	if err != nil {
		t.Fatal(err)
	}
	v, err := drive.NewCrowd(place).Visitor(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	talk := chat.NewID()
	s, epoch := enters(t, v, "", nil)
	var last drive.Message
	for n := range 20 {
		last = says(t, s, talk, n)
	}
	s.Leave()
	refuses(t, "another rapport is already serving", "move", "--from", "sqlite:"+dir, "--to", store)
	before.end(t)

	for i := range 8 {
		p := startProcess(t, []string{"RAPPORT_STORE=" + store}, "move", "--data", dir)
		killed := time.AfterFunc(time.Duration(i+1)*120*time.Millisecond, func() { _ = p.cmd.Process.Kill() })
		p.code(t, 30*time.Second)
		killed.Stop()
	}
	p := startProcess(t, []string{"RAPPORT_STORE=" + store}, "move", "--data", dir, "--json")
	if code := p.code(t, 30*time.Second); code != 0 || !strings.Contains(p.out.String(), `"to":"`) {
		t.Fatalf("exit %d, %q %q", code, p.out, p.log)
	}
	for _, args := range [][]string{{"serve", "--addr", at}, {"site", "list"}, {"backup", "--to", filepath.Join(t.TempDir(), "b")}} {
		refuses(t, "remove the file "+filepath.Join(dir, movedName), append(args, "--data", dir)...)
	}

	t.Setenv("RAPPORT_STORE", store)
	after := startServer(t, "--addr", at, "--data", dir)
	defer after.end(t)
	if after.places.SiteKey != before.places.SiteKey {
		t.Errorf("the site was %s and is %s", before.places.SiteKey, after.places.SiteKey)
	}
	if out := ok(t, "audit", "--check", "--data", dir); !strings.Contains(out, "whole") {
		t.Error(out)
	}
	person := v.PersonID
	s, same := enters(t, v, epoch, map[string]int64{talk: last.Seq})
	next := says(t, s, talk, 20)
	if again := says(t, s, talk, 19); same != epoch || next.Seq != last.Seq+1 || again.ID != last.ID {
		t.Errorf("epoch %q then %q; seq %d then %d; message %s then %s", epoch, same, last.Seq, next.Seq, last.ID, again.ID)
	}
	s.Leave()
	if err := v.Renew(t.Context()); err != nil || v.PersonID != person {
		t.Errorf("%s is %s now: %v", person, v.PersonID, err)
	}
	t.Setenv("RAPPORT_STORE", "")
	if err := os.Remove(filepath.Join(dir, movedName)); err != nil {
		t.Fatal(err)
	}
	ok(t, "site", "list", "--data", dir)
}

// What cannot be moved is said in a line that helps, without the password.
func TestMovesThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	full := filepath.Join(t.TempDir(), "full")
	ok(t, "site", "create", "--name", "Lamps", "--origins", "https://lamps.example", "--data", full)
	other := filepath.Join(t.TempDir(), "other")
	ok(t, "site", "create", "--name", "Chairs", "--origins", "https://chairs.example", "--data", other)
	const nowhere = "postgres://rapport:hidden@127.0.0.1:1/chat"
	store := cluster.Database(t)
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{2, "say where to move to", []string{"--data", full}},
		{2, "only SQLite can be moved from", []string{"--from", nowhere, "--to", store}},
		{2, "only Postgres is known", []string{"--data", full, "--to", "sqlite:/tmp"}},
		{1, "there is no database in " + dir, []string{"--from", "sqlite:" + dir, "--to", nowhere}},
		{1, "cannot be reached", []string{"--from", "sqlite:" + full, "--to", nowhere}},
		{0, " in all, 100%", []string{"--from", "sqlite:" + filepath.Join(full, databaseName), "--to", store}},
		{1, "belongs to another key", []string{"--from", "sqlite:" + other, "--to", store}},
	} {
		code, out, log := exec(t, "", append([]string{"move"}, c.args...)...)
		if code != c.code || !strings.Contains(log, c.want) || strings.Contains(log+out, "hidden") {
			t.Errorf("%v: exit %d, %q %q", c.args, code, out, log)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("the folder was changed: %v %v", left, err)
	}
	if _, err := os.Stat(filepath.Join(other, movedName)); err == nil {
		t.Error("what was not moved is marked")
	}
}
