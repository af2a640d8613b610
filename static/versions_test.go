package static

import (
	"context"
	"maps"
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

// sharedBook is one that several servers have.
type sharedBook struct {
	parts map[string][]byte
	asked int
}

func (b *sharedBook) KeepParts(_ context.Context, parts map[string][]byte) error {
	maps.Copy(b.parts, parts)
	return nil
}

func (b *sharedBook) Parts(context.Context) (map[string]bool, error) {
	b.asked++
	names := map[string]bool{}
	for name := range b.parts {
		names[name] = true
	}
	return names, nil
}

func (b *sharedBook) Part(_ context.Context, name string) ([]byte, error) {
	b.asked++
	return b.parts[name], nil
}

// While servers are upgraded in turn, a page of either version gets its parts from
// whichever server it asks.
func TestPartsOfAnotherServersVersionAreServed(t *testing.T) {
	book := &sharedBook{parts: map[string][]byte{"console-next-ABCD2345.js.gz": zip([]byte("export {}")), "bell-WXYZ6789.mp3": []byte("ding")}}
	s, err := ShareVersions(t.Context(), filepath.Join(t.TempDir(), "assets"), book, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"console-next-ABCD2345.js": "export {}", "bell-WXYZ6789.mp3": "ding"} {
		for range 2 {
			if f, ok := s.Lookup(name); !ok || string(f.Body()) != want || f.Name != name || !f.Hashed {
				t.Errorf("%s is %+v, %t", name, f, ok)
			}
		}
	}
	if book.asked > 3 {
		t.Errorf("the book was asked %d times", book.asked)
	}
	for range 1000 {
		if _, ok := s.Lookup("console-none-AAAA2345.js"); ok {
			t.Fatal("what nobody has is served")
		}
	}
	if book.asked > 20 {
		t.Errorf("the book was asked %d times", book.asked)
	}
	// What this version has is there for servers of others, as it lies here.
	for _, want := range Parts() {
		f := newFile(filepath.Base(want.Name))
		if body, ok := book.parts[f.Name+packedEnd]; ok {
			f.take(body, "gzip")
		} else {
			f.take(book.parts[f.Name], "")
		}
		if string(f.Body()) != string(want.Body()) {
			t.Errorf("%s is not what it was", want.Name)
		}
	}
	s.keeping.Wait()
}
