package files

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
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
// crash. A name that Put never made is chat.ErrNotFound. A store that cannot be
// reached for now answers ErrAway, and has said in the log why.
type Store interface {
	// Put writes what r holds; chat.TooLarge when that is more than limit bytes. look,
	// unless nil, is shown what was received before it is kept. Nothing is left behind
	// when it fails, but for what the sweeper finds.
	Put(ctx context.Context, r io.Reader, limit int64, look func(io.Reader)) (Blob, error)
	// Open reads a blob from its beginning; ctx must live as long as the reading.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Delete removes a blob; one that is not there is no error.
	Delete(ctx context.Context, name string) error
	// Each calls fn for every blob, with when it was written, until fn fails. fn may
	// delete the blob.
	Each(ctx context.Context, fn func(name string, at time.Time) error) error
}

// Path is where a blob lies in a store, with slashes: the same in every kind, so that
// a folder can be carried over as it is.
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

// TooLarge is how more than limit bytes are refused.
func TooLarge(limit int64) *chat.Failure {
	return &chat.Failure{Code: chat.TooLarge, Field: "file", Message: fmt.Sprintf("A file may have up to %d MB. This one has more.", limit>>20)}
}
