package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/hub/chat"
	"rapport/hub/files/s3test"
)

// stores are the kinds there are.
var stores = map[string]func(t testing.TB) Store{
	"folder": func(t testing.TB) Store { return folder(t) },
	"s3": func(t testing.TB) Store {
		s, _ := bucket(t, s3test.Bucket(t), "rapport/files")
		return s
	},
}

// everyStore runs a test with a store of each kind.
func everyStore(t *testing.T, test func(t *testing.T, s Store)) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// bucket opens a place behind a line, and gives what the log hears.
func bucket(t testing.TB, l *s3test.Line, prefix string) (*S3, *bytes.Buffer) {
	t.Helper()
	p, err := ReadPlace(l.Address(prefix), s3test.KeyID, s3test.Secret)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	s, err := OpenS3(t.Context(), p, filepath.Join(t.TempDir(), "files"), "one", slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return s, &log
}

// names lists what a store holds.
func names(t testing.TB, s Store) (found []string) {
	t.Helper()
	err := s.Each(t.Context(), func(name string, at time.Time) error {
		if age := time.Since(at); age < -time.Minute || age > time.Minute {
			t.Errorf("%s was written %s ago", name, age)
		}
		found = append(found, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

func content(t testing.TB, s Store, name string) ([]byte, error) {
	t.Helper()
	r, err := s.Open(t.Context(), name)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(r)
	return b, errors.Join(err, r.Close())
}

func TestBlobsAreWhatWasPut(t *testing.T) {
	everyStore(t, func(t *testing.T, s Store) {
		var seen []byte
		b, err := s.Put(t.Context(), strings.NewReader("hello"), 5, func(r io.Reader) { seen, _ = io.ReadAll(r) })
		if err != nil || b.Size != 5 || b.SHA256 != "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" || string(seen) != "hello" {
			t.Fatalf("%+v, %v, seen %q", b, err, seen)
		}
		if got, err := content(t, s, b.Name); err != nil || string(got) != "hello" {
			t.Errorf("%q, %v", got, err)
		}
		if got := names(t, s); !slices.Equal(got, []string{b.Name}) {
			t.Errorf("it lists %v", got)
		}
		if err := errors.Join(s.Delete(t.Context(), b.Name), s.Delete(t.Context(), b.Name)); err != nil {
			t.Error(err)
		}
		for _, name := range []string{b.Name, "", "..", "../../etc/passwd", strings.ToUpper(b.Name), "ab/" + b.Name, strings.Repeat("0", 33), "zz" + b.Name[2:]} {
			if _, err := s.Open(t.Context(), name); !chat.Is(err, chat.NotFound) {
				t.Errorf("%q: %v", name, err)
			}
			if err := s.Delete(t.Context(), name); err != nil {
				t.Errorf("delete %q: %v", name, err)
			}
		}
		if got := names(t, s); len(got) != 0 {
			t.Errorf("left: %v", got)
		}
	})
}

// Whatever is put, deleted and read in any order: a store holds what was put and not
// deleted, to the byte.
func TestStoresHoldWhatWasPutAndNotDeleted(t *testing.T) {
	everyStore(t, func(t *testing.T, s Store) {
		held := map[string]string{} // SHA-256 by name
		rapid.Check(t, func(rt *rapid.T) {
			for range rapid.IntRange(1, 4).Draw(rt, "steps") {
				if len(held) > 0 && rapid.IntRange(0, 2).Draw(rt, "delete") == 0 {
					for name := range held {
						if err := s.Delete(t.Context(), name); err != nil {
							rt.Fatal(err)
						}
						delete(held, name)
						break
					}
					continue
				}
				bytesOf := make([]byte, rapid.SampledFrom([]int{1, 2, 4095, 4096, 70_000}).Draw(rt, "size"))
				for i := range bytesOf {
					bytesOf[i] = byte(rand.Uint32())
				}
				b, err := s.Put(t.Context(), bytes.NewReader(bytesOf), 70_000, nil)
				sum := sha256.Sum256(bytesOf)
				if err != nil || b.Size != int64(len(bytesOf)) || b.SHA256 != hex.EncodeToString(sum[:]) {
					rt.Fatalf("%+v, %v", b, err)
				}
				held[b.Name] = b.SHA256
			}
		})
		if got := names(t, s); len(got) != len(held) {
			t.Fatalf("it lists %d, not %d", len(got), len(held))
		}
		for name, want := range held {
			got, err := content(t, s, name)
			if sum := sha256.Sum256(got); err != nil || hex.EncodeToString(sum[:]) != want {
				t.Errorf("%s is not what was put: %v", name, err)
			}
		}
	})
}

func TestWhatFailsLeavesNothingBehind(t *testing.T) {
	everyStore(t, func(t *testing.T, s Store) {
		if _, err := s.Put(t.Context(), strings.NewReader("hello"), 4, nil); !chat.Is(err, chat.TooLarge) {
			t.Errorf("too much: %v", err)
		}
		if _, err := s.Put(t.Context(), &broken{1 << 20}, 2<<20, nil); err == nil {
			t.Error("a dead line was taken for an end")
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Put(gone, strings.NewReader("hello"), 10, nil); err == nil {
			t.Error("a request that was given up was stored")
		}
		dir := ""
		switch s := s.(type) {
		case Folder:
			dir = s.dir
		case *S3:
			dir = s.dir
		}
		if left := append(everything(t, Folder{dir}), names(t, s)...); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

// What is listed may be deleted meanwhile, and failing ends it.
func TestListingBearsDeletingAndEnds(t *testing.T) {
	everyStore(t, func(t *testing.T, s Store) {
		for range 5 {
			if _, err := s.Put(t.Context(), strings.NewReader("x"), 1, nil); err != nil {
				t.Fatal(err)
			}
		}
		enough, n := errors.New("enough"), 0
		if err := s.Each(t.Context(), func(string, time.Time) error {
			if n++; n == 2 {
				return enough
			}
			return nil
		}); err != enough || n != 2 {
			t.Errorf("%v after %d", err, n)
		}
		if err := s.Each(t.Context(), func(name string, _ time.Time) error { return s.Delete(t.Context(), name) }); err != nil {
			t.Error(err)
		}
		if left := names(t, s); len(left) != 0 {
			t.Errorf("left: %v", left)
		}
	})
}
