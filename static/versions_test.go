package static

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A page of the version before loads its parts after an upgrade, for a month.
func TestEarlierFilesAreServed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "assets")
	old, older := "console-part-ABCD2345.js", "console-part-WXYZ6789.js"
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, days := range map[string]int{old: 29, older: 31} {
		path, at := filepath.Join(dir, name), time.Now().AddDate(0, 0, -days)
		if err := os.WriteFile(path, []byte("export {}"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	s := NewVersions(dir, func(err error) { t.Error(err) })
	f, ok := s.Lookup(old)
	if !ok || string(f.Body()) != "export {}" || f.Type != "text/javascript; charset=utf-8" {
		t.Fatalf("got %+v, %t", f, ok)
	}
	s.keeping.Wait()
	if _, ok := s.Lookup(older); ok {
		t.Error("a file of 31 days ago is still there")
	}
	if n := len(Parts()); n < 10 {
		t.Fatalf("%d files", n)
	}
	for _, want := range Parts() {
		if got, err := os.ReadFile(filepath.Join(dir, filepath.Base(want.Name))); err != nil || string(got) != string(want.Body()) {
			t.Errorf("%s is not kept: %v", want.Name, err)
		}
	}
}

func TestNothingElseIsServedOfTheFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"rapport.key", "note.txt", "part-ABCD2345.js.half"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "..", "up-ABCD2345.js"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := NewVersions(dir, func(err error) { t.Error(err) })
	for _, name := range []string{"rapport.key", "note.txt", "part-ABCD2345.js.half", "../up-ABCD2345.js", "..%2fup-ABCD2345.js", "", ".", "x\x00-ABCD2345.js"} {
		if f, ok := s.Lookup(name); ok {
			t.Errorf("%q is served: %s", name, f.Name)
		}
	}
	s.keeping.Wait()
}

// Where the folder cannot be made, this version's files are served all the same.
func TestAFolderThatCannotBeMade(t *testing.T) {
	in := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(in, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var trouble error
	s := NewVersions(filepath.Join(in, "assets"), func(err error) { trouble = err })
	if _, ok := s.Lookup(filepath.Base(Parts()[0].Name)); !ok {
		t.Error("a file of this version is missing")
	}
	s.keeping.Wait()
	if trouble == nil {
		t.Error("nobody was told")
	}
}
