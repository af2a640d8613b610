package files

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
)

// Book is what a shelf needs of the database.
type Book interface {
	FileUsage(ctx context.Context, f *chat.File) (chat.FileUsage, error)
	AddFile(ctx context.Context, f *chat.File, quota chat.FileQuota) error
	SweepFiles(ctx context.Context, before chat.Time) (blobs []string, more bool, err error)
	BlobUsed(ctx context.Context, blob string) (bool, error)
}

// Shelf takes files in and sweeps away what nobody used.
type Shelf struct {
	Store Store
	Book  Book
	Quota chat.FileQuota
	Clock chat.Clock
	Log   *slog.Logger

	// Space says how much is free where the store lies, and of how much, in bytes;
	// nil for a store that does not fill up.
	Space func() (free, total int64, err error)

	toldFull atomic.Int64 // when the log last said that there is no room, a chat.Time
}

// Upload is a file on its way in.
type Upload struct {
	By             chat.Actor
	SiteID         string
	ConversationID string // an agent's: the one it is for, "" for a template
	Name           string // as its sender's program says
	Claimed        string // likewise its type
	Body           io.Reader
	Size           int64 // as declared, -1 for unknown
}

// MaxClaim bounds what is kept of a claimed type, in code points.
const maxClaim = 100

// Take stores a file as pending. Failures: TooLarge, RateLimited (the day's quota),
// StoreDown (the disk is nearly full, the store cannot be reached), Invalid (nothing in it).
func (s *Shelf) Take(ctx context.Context, u Upload) (*chat.File, error) {
	f := &chat.File{
		ID: chat.NewID(), SiteID: u.SiteID, ConversationID: u.ConversationID, By: u.By.Kind, ByID: u.By.ID,
		Name: chat.CleanFileName(u.Name), Claimed: chat.CleanLine(u.Claimed, maxClaim), State: chat.FilePending,
	}
	if u.Size > chat.MaxFile {
		return nil, TooLarge(chat.MaxFile)
	}
	// Asked before the bytes come, so that a full quota costs no disk.
	used, err := s.Book.FileUsage(ctx, f)
	if err == nil {
		err = s.Quota.Room(used, f.By, max(u.Size, 1))
	}
	if err == nil {
		err = s.room(max(u.Size, 1))
	}
	if err != nil {
		return nil, err
	}
	if err := s.write(ctx, f, u); err != nil {
		return nil, err
	}
	if err := s.Book.AddFile(ctx, f, s.Quota); err != nil {
		// The request may have been given up: its bytes are removed all the same.
		return nil, errors.Join(err, s.Store.Delete(context.WithoutCancel(ctx), f.Blob))
	}
	return f, nil
}

// minFree and one part in minFreePart of the disk stay free of files: the database
// may lie on it as well.
const (
	minFree     = 1 << 30
	minFreePart = 20
)

const tellFullEvery = time.Hour

// room refuses size bytes that would leave too little of the disk free.
func (s *Shelf) room(size int64) error {
	if s.Space == nil {
		return nil
	}
	free, total, err := s.Space()
	if err != nil {
		return err
	}
	keep := max(minFree, total/minFreePart)
	if free-size >= keep {
		return nil
	}
	now, last := s.Clock(), s.toldFull.Load()
	if now >= chat.Time(last).Add(tellFullEvery) && s.toldFull.CompareAndSwap(last, int64(now)) {
		s.Log.Error("files are refused: the disk is nearly full", "free_bytes", free, "kept_free_bytes", keep)
	}
	f := chat.Fail(chat.StoreDown, "There is no room for files at the moment. Please try again later.")
	f.RetryAfter = 600
	return f
}

// write stores the bytes and notes what they are.
func (s *Shelf) write(ctx context.Context, f *chat.File, u Upload) error {
	head, body, err := begin(u.Body)
	if err != nil {
		return err
	}
	if len(head) == 0 {
		return chat.FailField("file", "There is nothing in this file.")
	}
	f.Type = agreed(u.Claimed, head)
	blob, err := s.Store.Put(ctx, body, chat.MaxFile, func(r io.Reader) { f.Width, f.Height = dimensions(f.Type, r) })
	f.Blob, f.Size, f.SHA256 = blob.Name, blob.Size, blob.SHA256
	return err
}

// KeepPending is how long a file waits to be used.
const KeepPending = 24 * time.Hour

// Sweep removes files that were never used.
func (s *Shelf) Sweep(ctx context.Context) error {
	before := s.Clock().Add(-KeepPending)
	for more := true; more; {
		var blobs []string
		var err error
		if blobs, more, err = s.Book.SweepFiles(ctx, before); err != nil {
			return err
		}
		for _, name := range blobs {
			if err := s.Store.Delete(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// SweepLost removes bytes without a row, which a crash has left, or a template that
// named its file no more. It looks at every blob.
func (s *Shelf) SweepLost(ctx context.Context) error {
	before := s.Clock().Add(-KeepPending)
	return s.Store.Each(ctx, func(name string, at time.Time) error {
		if at.After(before.Std()) {
			return nil // its row may be on its way
		}
		used, err := s.Book.BlobUsed(ctx, name)
		if err != nil || used {
			return err
		}
		return s.Store.Delete(ctx, name)
	})
}
