package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/intake"
)

// The examples come in from the command line, once; a dry run stores nothing, and a
// server that runs keeps the command out.
func TestImportFromTheCommandLine(t *testing.T) {
	dir, files := t.TempDir(), t.TempDir()
	if code, _, log := exec(t, "", "site", "create", "--name", "Lamps", "--data", dir); code != 0 {
		t.Fatal(log)
	}
	bring := func(kind chat.ImportKind, more ...string) (int, string) {
		name, text := intake.Example(kind)
		file := filepath.Join(files, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, log := exec(t, "", append([]string{"import", string(kind), file, "--data", dir}, more...)...)
		return code, out + log
	}
	if code, out := bring(chat.ImportOrders); code != 1 || !strings.Contains(out, "Line 2, customer: ") || !strings.Contains(out, "Brought in: 0. There already: 0. Left out: 2.\n") {
		t.Errorf("orders of nobody: %d %s", code, out)
	}
	if code, out := bring(chat.ImportPeople, "--dry-run"); code != 0 || out != "Would be brought in: 2. There already: 0. Left out: 0.\n" {
		t.Errorf("dry: %d %s", code, out)
	}
	for kind, want := range map[chat.ImportKind]string{chat.ImportOrders: `"added":2`, chat.ImportTalks: `"added":1`} {
		for _, first := range []bool{true, false} {
			if _, out := bring(chat.ImportPeople); strings.Contains(out, "Left out: 0") == false {
				t.Error(out)
			}
			code, out := bring(kind, "--json")
			if code != 0 || strings.Contains(out, want) != first || !strings.Contains(out, `"problems":[]`) {
				t.Errorf("%s, first %v: %d %s", kind, first, code, out)
			}
		}
	}
	for name, args := range map[string][]string{"no file": {"import", "people"}, "no kind": {"import"}} {
		if code, _, _ := exec(t, "", args...); code != 2 {
			t.Errorf("%s: %d", name, code)
		}
	}
	held, err := openData(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	defer held.close()
	if code, out := bring(chat.ImportPeople); code != 1 || !strings.Contains(out, "already serving") {
		t.Errorf("beside a server: %d %s", code, out)
	}
}
