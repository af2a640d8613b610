package static

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// keptFor is how long a file is served after the last day that a version with it
// was used: a page that was opened before an upgrade still loads its parts.
const keptFor = 30 * 24 * time.Hour

// Versions finds files of hashed names in this version, else among those that
// earlier versions have left in a folder. A nil one keeps none.
type Versions struct {
	dir     string
	day     atomic.Int64 // on which this version's files were last put into the folder
	keeping sync.WaitGroup
	told    func(error)

	mu      sync.Mutex
	earlier map[string]*File
}

// NewVersions keeps its files in a folder of its own, which it makes when it is
// first asked for a file; trouble with that goes to told, and only the files of
// this version are found then.
func NewVersions(dir string, told func(error)) *Versions {
	return &Versions{dir: dir, told: told, earlier: map[string]*File{}}
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
	})
}

// old reads a file of an earlier version, once.
func (s *Versions) old(name string) (*File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.earlier[name]; ok {
		return f, true
	}
	body, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		return nil, false
	}
	f := newFile(name)
	f.take(body, "")
	s.earlier[name] = f
	return f, true
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
