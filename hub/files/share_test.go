package files

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// oneBook keeps the mark that it is given first.
func oneBook() func(string) (string, error) {
	var mu sync.Mutex
	kept := ""
	return func(fresh string) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		if kept == "" {
			kept = fresh
		}
		return kept, nil
	}
}

// Servers that begin at once know whether they have one folder, by whatever path.
func TestServersKnowWhetherTheyShareAFolder(t *testing.T) {
	book := oneBook()
	dir, other := t.TempDir(), t.TempDir()
	link := filepath.Join(t.TempDir(), "files")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if _, lacks, err := ShareFolder(dir, book); lacks != "" || err != nil {
		t.Fatalf("the first: %q, %v", lacks, err)
	}
	var all sync.WaitGroup
	for _, path := range []string{dir, link, dir, link} {
		all.Go(func() {
			if _, lacks, err := ShareFolder(path, book); lacks != "" || err != nil {
				t.Errorf("%s: %q, %v", path, lacks, err)
			}
		})
	}
	all.Wait()
	_, lacks, err := ShareFolder(other, book)
	if filepath.Dir(lacks) != other || err != nil {
		t.Fatalf("another folder: %q, %v", lacks, err)
	}
	for place, want := range map[string]int{dir: 1, other: 0} {
		entries, err := os.ReadDir(place)
		marks := 0
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), markPrefix) {
				marks++
			}
		}
		if err != nil || marks != want {
			t.Errorf("%d marks are left in one of them, want %d: %v", marks, want, err)
		}
	}
	// A copy of theirs says so.
	if err := os.WriteFile(lacks, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, lacks, err := ShareFolder(other, book); lacks != "" || err != nil {
		t.Errorf("with the mark: %q, %v", lacks, err)
	}
	if held, err := Holds(dir); held || err != nil {
		t.Errorf("a mark passes for a file: %v", err)
	}
}

// A server that starts leaves alone what another one is receiving.
func TestWhatOthersReceiveIsLeftAlone(t *testing.T) {
	dir, book := t.TempDir(), oneBook()
	if _, _, err := ShareFolder(dir, book); err != nil {
		t.Fatal(err)
	}
	now, before := filepath.Join(dir, unfinished, "put-1"), filepath.Join(dir, unfinished, "put-2")
	for _, path := range []string{now, before} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(before, old, old); err != nil {
		t.Fatal(err)
	}
	if _, _, err := ShareFolder(dir, book); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(now); err != nil {
		t.Errorf("what is being received: %v", err)
	}
	if _, err := os.Stat(before); !os.IsNotExist(err) {
		t.Errorf("what an ended server has left: %v", err)
	}
}
