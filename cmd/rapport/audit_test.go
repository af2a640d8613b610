package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheAuditLogIsPrintedAndChecked(t *testing.T) {
	dir := t.TempDir()
	ok := func(in string, args ...string) string {
		t.Helper()
		code, out, log := exec(t, in, append(args, "--data", dir)...)
		if code != 0 {
			t.Fatalf("%v: %d %s", args, code, log)
		}
		return out
	}
	if out := ok("", "audit"); out != "" {
		t.Errorf("an empty log prints %q", out)
	}
	ok("a long enough passphrase\n", "agent", "create", "--email", "ana@example.com", "--name", "Ana Ruiz", "--role", "owner")
	for range 3 {
		ok("another long passphrase\n", "agent", "password", "--email", "ana@example.com")
	}
	ok("", "site", "create", "--name", "Lamps")
	out := strings.Split(strings.TrimSpace(ok("", "audit")), "\n")
	if len(out) != 5 || !strings.HasPrefix(out[1], "2  20") {
		t.Fatalf("printed %q", out)
	}
	for i, want := range map[int]string{
		0: "Z  the server  agent.created  Ana Ruiz  owner by command line", 1: "Z  the server  agent.password_set  Ana Ruiz  by command line", 4: "  by command line",
	} {
		if !strings.HasSuffix(out[i], want) {
			t.Errorf("entry %d is %q", i+1, out[i])
		}
	}
	if !strings.Contains(out[4], "Z  the server  site.created  ") {
		t.Errorf("printed %q", out[4])
	}
	if out := ok("", "audit", "--json"); strings.Count(out, "\n") != 5 || !strings.HasPrefix(out, `{"number":1,"at":1`) || strings.Contains(out, "Ana") {
		t.Errorf("as JSON %s", out)
	}
	if out := ok("", "audit", "--check"); out != "The audit log is whole. Entries: 5\n" {
		t.Errorf("checked: %q", out)
	}
	if out := ok("", "audit", "--check", "--json"); out != `{"good":5,"whole":true}`+"\n" {
		t.Errorf("checked as JSON: %q", out)
	}

	db, err := sql.Open("sqlite3", filepath.Join(dir, "rapport.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE audit SET action = 'nothing.happened' WHERE number = 2`); err != nil {
		t.Fatal(err)
	}
	code, said, log := exec(t, "", "audit", "--check", "--data", dir)
	if code != 1 || said != "" || !strings.Contains(log, "broken at line 2:") {
		t.Errorf("a changed entry: %d %q %q", code, said, log)
	}
	code, said, _ = exec(t, "", "audit", "--check", "--json", "--data", dir)
	if code != 1 || said != `{"broken":2,"good":1,"whole":false}`+"\n" {
		t.Errorf("a changed entry as JSON: %d %q", code, said)
	}
}

func TestAuditTellsItsFlags(t *testing.T) {
	code, out, _ := exec(t, "", "audit", "--help")
	if code != 0 || !strings.Contains(out, "-check") || !strings.Contains(out, "-json") || !strings.Contains(out, "-data") {
		t.Errorf("%d %s", code, out)
	}
	if code, _, log := exec(t, "", "audit", "--chek"); code != 2 || log == "" {
		t.Errorf("a wrong flag: %d %s", code, log)
	}
}
