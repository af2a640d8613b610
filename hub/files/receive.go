package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// unfinished is the folder of what is being received.
const unfinished = "unfinished"

// openUnfinished makes that folder empty.
func openUnfinished(dir string) error {
	tmp := filepath.Join(dir, unfinished)
	if err := errors.Join(os.RemoveAll(tmp), os.MkdirAll(tmp, 0o700)); err != nil {
		return fmt.Errorf("the files' folder %s cannot be written: %w", dir, err)
	}
	return nil
}

// unfinishedFor is how long nobody has written to what an ended server has left.
const unfinishedFor = time.Hour

// shareUnfinished makes that folder where it is missing, and removes from it what no
// server writes any more.
func shareUnfinished(dir string) error {
	tmp := filepath.Join(dir, unfinished)
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return fmt.Errorf("the files' folder %s cannot be written: %w", dir, err)
	}
	entries, err := os.ReadDir(tmp)
	if err != nil {
		return fmt.Errorf("the files' folder %s cannot be read: %w", dir, err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && time.Since(info.ModTime()) > unfinishedFor {
			err = os.Remove(filepath.Join(tmp, e.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the files' folder %s cannot be written: %w", dir, err)
		}
	}
	return nil
}

// receive writes a stream into a file of its own and shows it to look. It lies on the
// disk and not in memory, since whoever sends it decides how long that takes. The
// caller closes and removes the file; where receive fails, there is none.
func receive(ctx context.Context, dir string, r io.Reader, limit int64, look func(io.Reader)) (*os.File, Blob, error) {
	tmp, err := os.CreateTemp(filepath.Join(dir, unfinished), "put-*")
	if err != nil {
		return nil, Blob{}, fmt.Errorf("put file: %w", err)
	}
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(tmp, hash), io.LimitReader(r, limit+1))
	if err == nil && size > limit {
		err = TooLarge(limit)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, Blob{}, errors.Join(err, tmp.Close(), os.Remove(tmp.Name()))
	}
	if look != nil {
		look(io.NewSectionReader(tmp, 0, size))
	}
	return tmp, Blob{Name: newName(), Size: size, SHA256: hex.EncodeToString(hash.Sum(nil))}, nil
}
