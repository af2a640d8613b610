package files

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"rapport/hub/chat"
)

// Blob is what was written: where it is and what it holds.
type Blob struct {
	Name   string // random, 32 hexadecimal digits
	Size   int64
	SHA256 string // in hexadecimal
}

// Store keeps bytes under names of its own. What Put has returned survives a
// crash. A name that Put never made is chat.ErrNotFound.
type Store interface {
	// Put writes what r holds; chat.TooLarge when that is more than limit bytes.
	// Nothing is left behind when it fails.
	Put(ctx context.Context, r io.Reader, limit int64) (Blob, error)
	Open(ctx context.Context, name string) (io.ReadSeekCloser, error)
	// Delete removes a blob; one that is not there is no error.
	Delete(ctx context.Context, name string) error
	// Each calls fn for every blob, with when it was written, until fn fails.
	Each(ctx context.Context, fn func(name string, at time.Time) error) error
}

// Folder is a Store in a local folder: a file for each blob, in one of 256 folders.
type Folder struct{ dir string }

var _ Store = Folder{}

// unfinished is the folder of what is being written.
const unfinished = "unfinished"

// OpenFolder makes the folder where it is missing, and clears away what an earlier
// process has not finished.
func OpenFolder(dir string) (Folder, error) {
	f := Folder{dir}
	tmp := filepath.Join(dir, unfinished)
	if err := errors.Join(os.RemoveAll(tmp), os.MkdirAll(tmp, 0o700)); err != nil {
		return f, fmt.Errorf("the files' folder %s cannot be written: %w", dir, err)
	}
	return f, nil
}

// Put writes under another name first; the blob's own appears when all is synced.
func (f Folder) Put(ctx context.Context, r io.Reader, limit int64) (b Blob, err error) {
	tmp, err := os.CreateTemp(filepath.Join(f.dir, unfinished), "put-*")
	if err != nil {
		return b, fmt.Errorf("put file: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name()) // gone already when only the folder's sync failed
		}
	}()
	hash := sha256.New()
	b.Size, err = io.Copy(io.MultiWriter(tmp, hash), io.LimitReader(r, limit+1))
	if err == nil && b.Size > limit {
		err = TooLarge(limit)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return b, err
	}
	b.Name, b.SHA256 = newName(), hex.EncodeToString(hash.Sum(nil))
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
func (f Folder) Open(_ context.Context, name string) (io.ReadSeekCloser, error) {
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

// Path is where a blob lies below its folder, with slashes.
func Path(name string) string { return name[:2] + "/" + name }

// newName is random, so that nobody can write to a name of their choice or guess
// one. See chat.NewID on a failing source of randomness.
func newName() string {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err)
	}
	return hex.EncodeToString(b[:])
}

// ValidName reports whether s can be a blob's name.
func ValidName(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 16 && hex.EncodeToString(b) == s
}

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

// TooLarge is how more than limit bytes are refused.
func TooLarge(limit int64) *chat.Failure {
	return &chat.Failure{Code: chat.TooLarge, Field: "file", Message: fmt.Sprintf("A file may have up to %d MB. This one has more.", limit>>20)}
}
