package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// restStep is how many events one step of a long erasing deletes: about 20 ms of
// the writer's time.
const restStep = 2000

// EraseRest deletes some of the events that an erasing has left to later, and
// reports whether there may be more.
func (s *Store) EraseRest(ctx context.Context) (more bool, err error) {
	var id string
	var gone, last int64
	err = absent(s.read(ctx).QueryRow(`SELECT conversation_id, gone, last FROM erasure_rest ORDER BY conversation_id LIMIT 1`).Scan(&id, &gone, &last))
	if chat.Is(err, chat.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read what is to be erased: %w", err)
	}
	to := min(gone+restStep, last)
	err = s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if _, err := q.Exec(eraseEvents, id, gone, to); err != nil {
			return err
		}
		if to < last {
			_, err := q.Exec(`UPDATE erasure_rest SET gone = $1 WHERE conversation_id = $2`, to, id)
			return err
		}
		_, err := q.Exec(`DELETE FROM erasure_rest WHERE conversation_id = $1`, id)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("erase the rest: %w", err)
	}
	return true, nil
}

// ErasedBlobs returns blobs of erased files that nothing leads to any more, at
// most sweepAtOnce: their bytes are to be deleted. Those that another file shares
// are let go here.
func (s *Store) ErasedBlobs(ctx context.Context) (blobs []string, err error) {
	var any bool
	if err := s.read(ctx).QueryRow(`SELECT EXISTS (SELECT 1 FROM erased_blob)`).Scan(&any); err != nil || !any {
		return nil, err // hardly ever is there one, and asking the writer costs a transaction
	}
	err = s.exclusive(ctx, func(q querier, _ chat.Time) error {
		blobs = nil
		rows, err := q.Query(`SELECT blob FROM erased_blob ORDER BY blob LIMIT $1`, sweepAtOnce)
		names, err := collect(rows, err, scanString)
		if err != nil {
			return err
		}
		for _, name := range names {
			used, err := blobUsed(q, name)
			if err != nil {
				return err
			}
			if !used {
				blobs = append(blobs, name)
				continue
			}
			if _, err := q.Exec(`DELETE FROM erased_blob WHERE blob = $1`, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read erased blobs: %w", err)
	}
	return blobs, nil
}

// BlobGone notes that the bytes of an erased file are deleted.
func (s *Store) BlobGone(ctx context.Context, blob string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`DELETE FROM erased_blob WHERE blob = $1`, blob)
		return err
	})
}

// Erasures returns what was erased at or after a time, in the order of time, at
// most limit after the one named.
func (s *Store) Erasures(ctx context.Context, since chat.Time, after string, limit int) ([]chat.Erasure, error) {
	rows, err := s.read(ctx).Query(`SELECT object_id, kind, at FROM erasure WHERE (at, object_id) > ($1, $2) ORDER BY at, object_id LIMIT $3`, since, after, limit)
	list, err := collect(rows, err, func(row scanner) (e chat.Erasure, err error) { return e, row.Scan(&e.ID, &e.Kind, &e.At) })
	if err != nil {
		return nil, fmt.Errorf("read erasures: %w", err)
	}
	return list, nil
}

// WasErased reports whether this database remembers an erasing.
func (s *Store) WasErased(ctx context.Context, id string) (bool, error) {
	var n int64
	err := s.read(ctx).QueryRow(`SELECT count(*) FROM erasure WHERE object_id = $1`, id).Scan(&n)
	return n > 0, err
}

// ErasedSince returns the conversations of a site that were erased after a number
// of its stream, at most MaxReplay.
func (s *Store) ErasedSince(ctx context.Context, siteID string, siteSeq int64) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT conversation_id FROM event WHERE site_id = $1 AND site_seq > $2 AND type = 'conversation.erased' ORDER BY site_seq LIMIT $3`,
		siteID, siteSeq, MaxReplay)
	ids, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("read erased conversations: %w", err)
	}
	return ids, nil
}
