package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/files"
	"rapport/storage"
)

// erasedName is the file that remembers who was erased, beside the database: put
// into the folder that a backup is restored to, it has them erased again. Each
// line is a kind and an id that leads nowhere.
const erasedName = "erased"

// eraseEvery is how often a server finishes what an erasing has left: bytes of
// files, long histories, and the line in that file.
const eraseEvery = 5 * time.Second

// pruneEvery is how many of these pass between two looks for old sign-ins: an hour.
const pruneEvery = int(time.Hour / eraseEvery)

// erasedPage is how many erasures are read at once.
const erasedPage = 500

// erasures finish what was erased and remember it outside of the database.
type erasures struct {
	store *storage.Store
	desk  *desk.Desk
	hub   *hub.Hub
	files files.Store
	path  string
	log   *slog.Logger

	at   chat.Time // the last that stands in the file, in the order of Store.Erasures
	last string
}

func (s *server) erasures() *erasures {
	return &erasures{store: s.store, desk: s.desk, hub: s.hub, files: s.files.Store, path: filepath.Join(s.data.dir, erasedName), log: s.log}
}

// again erases what stands in the file and is not known to the database, which is
// then older than the file. It runs before anything is served.
func (e *erasures) again(ctx context.Context) error {
	f, err := os.Open(e.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read what was erased: %w", err)
	}
	defer func() { _ = f.Close() }()
	n := 0
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		kind, id, _ := strings.Cut(lines.Text(), " ")
		if !chat.ValidID(id) {
			continue // a line that a crash has cut short; the database still knows it
		}
		known, err := e.store.WasErased(ctx, id)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		gone, err := e.desk.EraseAgain(ctx, chat.Erasure{Kind: chat.ErasureKind(kind), ID: id})
		if err != nil {
			return fmt.Errorf("erase again: %w", err)
		}
		if gone != nil {
			n++
		}
	}
	if n > 0 {
		e.log.Info("erased again what a restored backup had brought back", "erasures", n)
	}
	return lines.Err()
}

// finishErasing does the rest of what was erased until ctx ends.
func (s *server) finishErasing(ctx context.Context) {
	e, n := s.erasures(), 0
	s.repeat(ctx, eraseEvery, "cannot finish what was erased", func(ctx context.Context) error {
		err := e.finish(ctx)
		if n++; n%pruneEvery == 1 {
			err = errors.Join(err, s.store.PruneSessions(ctx))
		}
		return err
	})
}

// finish does what there is to do now. Each part goes on where it stopped, after a
// crash as well.
func (e *erasures) finish(ctx context.Context) error {
	for more := true; more; {
		var err error
		if more, err = e.store.EraseRest(ctx); err != nil {
			return err
		}
	}
	return e.bytes(ctx)
}

// noteErased keeps the file beside this server's data, until ctx ends: each server has
// one of its own.
func (s *server) noteErased(ctx context.Context) {
	s.repeat(ctx, eraseEvery, "cannot remember what was erased", s.erasures().write)
}

// bytes deletes those of erased files. Where their store is away, which it has told the
// log itself, they stay noted and go when it is back.
func (e *erasures) bytes(ctx context.Context) error {
	blobs, err := e.store.ErasedBlobs(ctx)
	if err != nil {
		return err
	}
	for _, name := range blobs {
		if err := e.files.Delete(ctx, name); errors.Is(err, files.ErrAway) {
			return nil
		} else if err != nil {
			return err
		}
		if err := e.store.BlobGone(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// write appends to the file what it does not name yet. After a start it is all
// written anew, so that a file that was lost comes back.
func (e *erasures) write(ctx context.Context) error {
	for {
		list, err := e.store.Erasures(ctx, e.at, e.last, erasedPage)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := e.append(list); err != nil {
			return fmt.Errorf("remember what was erased: %w", err)
		}
		e.at, e.last = list[len(list)-1].At, list[len(list)-1].ID
	}
}

func (e *erasures) append(list []chat.Erasure) (err error) {
	how := os.O_APPEND
	if e.last == "" {
		how = os.O_TRUNC // all of it comes again
	}
	f, err := os.OpenFile(e.path, os.O_CREATE|os.O_WRONLY|how, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var text strings.Builder
	for _, one := range list {
		fmt.Fprintf(&text, "%s %s\n", one.Kind, one.ID)
	}
	if _, err := f.WriteString(text.String()); err != nil {
		return err
	}
	return f.Sync()
}
