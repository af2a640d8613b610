package static

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// keptFor is how long a file is served after the last day that a version with it
// was used: a page that was opened before an upgrade still loads its parts.
const keptFor = 30 * 24 * time.Hour

// Book keeps files for servers of other versions, by their names as they lie in dist:
// those that are packed end with .gz.
type Book interface {
	KeepParts(ctx context.Context, parts map[string][]byte) error
	Parts(ctx context.Context) (names map[string]bool, err error)
	Part(ctx context.Context, name string) ([]byte, error)
}

// Versions finds files of hashed names in this version, else among those that
// earlier versions have left in a folder, else among those of other servers' versions,
// where there are any. A nil one keeps none.
type Versions struct {
	dir     string
	book    Book         // nil for a server that is alone
	day     atomic.Int64 // on which this version's files were last put into the folder
	keeping sync.WaitGroup
	told    func(error)

	mu      sync.Mutex
	earlier map[string]*File
	known   map[string]bool // names in the book
	asked   time.Time       // when it was asked for them
}

// NewVersions keeps its files in a folder of its own, which it makes when it is
// first asked for a file; trouble with that goes to told, and only the files of
// this version are found then.
func NewVersions(dir string, told func(error)) *Versions {
	return &Versions{dir: dir, told: told, earlier: map[string]*File{}}
}

// ShareVersions does the same for one of several servers, which may be upgraded one after
// the other. It puts its files into the book before it returns: a page from here may ask
// any of them.
func ShareVersions(ctx context.Context, dir string, book Book, told func(error)) (*Versions, error) {
	s := NewVersions(dir, told)
	s.book = book
	return s, book.KeepParts(ctx, stored(Parts()))
}

// stored are files as they lie in dist.
func stored(files []*File) map[string][]byte {
	parts := make(map[string][]byte, len(files))
	for _, f := range files {
		name := path.Base(f.Name)
		body, coding := f.Encoded("gzip")
		if coding != "" {
			name += packedEnd
		}
		parts[name] = body
	}
	return parts
}

// Lookup finds a file by its name in the folder assets, without a path.
func (s *Versions) Lookup(name string) (*File, bool) {
	if s != nil {
		s.keepThese(time.Now())
	}
	if f, ok := Lookup("assets/" + name); ok || s == nil {
		return f, ok
	}
	if !hashedName.MatchString(name) || filepath.Base(name) != name {
		return nil, false
	}
	return s.old(name)
}

// keepThese puts this version's files away, once a day, beside what is asked for.
func (s *Versions) keepThese(now time.Time) {
	day := now.Unix() / 86_400
	if last := s.day.Load(); last == day || !s.day.CompareAndSwap(last, day) {
		return
	}
	s.keeping.Go(func() {
		if err := s.putAway(now); err != nil {
			s.told(err)
		}
		if s.book == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := s.book.KeepParts(ctx, stored(Parts())); err != nil {
			s.told(err)
		}
	})
}

// old reads a file of an earlier version, once.
func (s *Versions) old(name string) (*File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.earlier[name]; ok {
		return f, true
	}
	f := newFile(name)
	if body, err := os.ReadFile(filepath.Join(s.dir, name)); err == nil {
		f.take(body, "")
	} else if !s.other(f) {
		return nil, false
	}
	s.earlier[name] = f
	return f, true
}

const (
	// askEvery lies between two questions to the book for what it has: names that
	// nobody has made can be asked for without end.
	askEvery = time.Second
	// answersWithin is how long it may take.
	answersWithin = time.Second
)

// other fills a file from the book. The lock is held.
func (s *Versions) other(f *File) bool {
	if s.book == nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), answersWithin)
	defer cancel()
	if now := time.Now(); !s.known[f.Name] && !s.known[f.Name+packedEnd] && now.Sub(s.asked) >= askEvery {
		s.asked = now
		names, err := s.book.Parts(ctx)
		if err != nil {
			s.told(err)
			return false
		}
		s.known = names
	}
	for _, form := range []struct{ end, coding string }{{packedEnd, "gzip"}, {"", ""}} {
		if !s.known[f.Name+form.end] {
			continue
		}
		body, err := s.book.Part(ctx, f.Name+form.end)
		if err == nil {
			f.take(body, form.coding)
			return true
		}
		s.told(err)
	}
	return false
}

// putAway writes what is new in this version and removes what no version has
// had for long. A file's time says when a version with it was last used.
func (s *Versions) putAway(now time.Time) error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	for _, f := range Parts() {
		if err := s.put(f, now); err != nil {
			return err
		}
	}
	return s.clear(now.Add(-keptFor))
}

// put writes one embedded file under another name first, so that it is whole or
// is not there.
func (s *Versions) put(f *File, now time.Time) error {
	to := filepath.Join(s.dir, filepath.Base(f.Name))
	if err := os.Chtimes(to, now, now); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	half := to + ".half"
	if err := os.WriteFile(half, f.Body(), 0o600); err != nil {
		return err
	}
	return os.Rename(half, to)
}

func (s *Versions) clear(before time.Time) error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.ModTime().Before(before) {
			err = os.Remove(filepath.Join(s.dir, e.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
