package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"rapport/hub/chat"
)

// Folder is a Store in a local folder: a file for each blob, in one of 256 folders.
type Folder struct{ dir string }

var _ Store = Folder{}

// OpenFolder makes the folder where it is missing, and clears away what an earlier
// process has not finished.
func OpenFolder(dir string) (Folder, error) {
	return Folder{dir}, openUnfinished(dir)
}

// markPrefix begins the name of the file by which servers know a folder as theirs.
const markPrefix = ".shared-"

// ShareFolder opens a folder that several servers may have. book keeps the mark that it
// is given first, and returns the one that it keeps. lacks is the file by which the
// other servers know theirs, where this folder does not have it; "" where it does.
func ShareFolder(dir string, book func(fresh string) (string, error)) (f Folder, lacks string, err error) {
	if err := shareUnfinished(dir); err != nil {
		return f, "", err
	}
	fresh := newName()
	own := filepath.Join(dir, markPrefix+fresh)
	// It stands there before anybody is told of it: a start that was cut between the two
	// would leave a mark that no folder has.
	if err := os.WriteFile(own, nil, 0o600); err != nil {
		return f, "", fmt.Errorf("the files' folder %s cannot be written: %w", dir, err)
	}
	if err := syncFolder(dir); err != nil {
		return f, "", err
	}
	mark, err := book(fresh)
	if err != nil {
		return f, "", errors.Join(err, os.Remove(own))
	}
	if mark == fresh {
		return Folder{dir}, "", nil
	}
	theirs := filepath.Join(dir, markPrefix+filepath.Base(mark))
	_, err = os.Stat(theirs)
	if errors.Is(err, fs.ErrNotExist) {
		return Folder{dir}, theirs, os.Remove(own)
	}
	return Folder{dir}, "", errors.Join(err, os.Remove(own))
}

// Holds reports whether a folder has blobs in it.
func Holds(dir string) (bool, error) {
	some := errors.New("one is enough")
	err := Folder{dir}.Each(context.Background(), func(string, time.Time) error { return some })
	if err == some {
		return true, nil
	}
	return false, err
}

// Put writes under another name first; the blob's own appears when all is synced.
func (f Folder) Put(ctx context.Context, r io.Reader, limit int64, look func(io.Reader)) (b Blob, err error) {
	tmp, b, err := receive(ctx, f.dir, r, limit, look)
	if err != nil {
		return b, err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name()) // gone already when only the folder's sync failed
		}
	}()
	if err = errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return b, fmt.Errorf("put file: %w", err)
	}
	return b, f.putDown(tmp.Name(), b.Name)
}

// putDown gives a finished file its name, durably.
func (f Folder) putDown(from, name string) error {
	to := f.path(name)
	fresh := os.Mkdir(filepath.Dir(to), 0o700)
	if fresh != nil && !errors.Is(fresh, fs.ErrExist) {
		return fmt.Errorf("put file: %w", fresh)
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("put file: %w", err)
	}
	if err := syncFolder(filepath.Dir(to)); err != nil {
		return err
	}
	if fresh == nil {
		return syncFolder(f.dir)
	}
	return nil
}

// Open opens a blob for reading.
func (f Folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	if !ValidName(name) {
		return nil, chat.ErrNotFound
	}
	file, err := os.Open(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, chat.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	return file, nil
}

// Delete removes a blob.
func (f Folder) Delete(_ context.Context, name string) error {
	if !ValidName(name) {
		return nil
	}
	if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete file: %w", err)
	}
	return nil
}

// Each goes through the blobs, folder by folder.
func (f Folder) Each(ctx context.Context, fn func(name string, at time.Time) error) error {
	return filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // deleted under our feet
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || !ValidName(d.Name()):
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return fn(d.Name(), info.ModTime())
	})
}

func (f Folder) path(name string) string { return filepath.Join(f.dir, Path(name)) }

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("put file: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("put file: %w", err)
	}
	return nil
}
