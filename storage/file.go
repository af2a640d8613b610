package storage

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rapport/hub/chat"
)

const fileColumns = `id, site_id, conversation_id, message_id, template_id, by_kind, by_id, note, name, claimed, type, size, sha256, width, height, blob, state, created_at`

func scanFile(row scanner) (chat.File, error) {
	var f chat.File
	var note int64
	err := row.Scan(&f.ID, &f.SiteID, &f.ConversationID, &f.MessageID, &f.TemplateID, &f.By, &f.ByID, &note, &f.Name, &f.Claimed, &f.Type,
		&f.Size, &f.SHA256, &f.Width, &f.Height, &f.Blob, &f.State, &f.At)
	f.Note = note != 0
	return f, err
}

func fileByID(q querier, id, lock string) (*chat.File, error) {
	f, err := scanFile(q.QueryRow(`SELECT `+fileColumns+` FROM file WHERE id = $1`+lock, id))
	if err != nil {
		return nil, absent(err)
	}
	return &f, nil
}

// File locks its row, so that its bytes are not swept away while they get a
// second name.
func (t *tx) File(id string) (*chat.File, error) {
	return fileByID(t.q, id, t.w.s.dialect.forUpdate())
}

func (t *tx) InsertFile(f *chat.File) error {
	f.At = t.now
	return insertFile(watched{t}, f)
}

func insertFile(q querier, f *chat.File) error {
	_, err := q.Exec(`INSERT INTO file (`+fileColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`,
		f.ID, f.SiteID, f.ConversationID, f.MessageID, f.TemplateID, f.By, f.ByID, truth(f.Note), f.Name, f.Claimed, f.Type,
		f.Size, f.SHA256, f.Width, f.Height, f.Blob, f.State, f.At)
	if err != nil {
		return fmt.Errorf("insert file: %w", err)
	}
	return nil
}

func (t *tx) AttachFile(f *chat.File) error {
	res, err := watched{t}.Exec(`UPDATE file SET conversation_id = $1, message_id = $2, note = $3, state = $4 WHERE id = $5 AND state = $6`,
		f.ConversationID, f.MessageID, truth(f.Note), chat.FileAttached, f.ID, chat.FilePending)
	if err != nil {
		return fmt.Errorf("attach file: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return chat.ErrNotFound
	}
	f.State = chat.FileAttached
	return nil
}

// File returns a file.
func (s *Store) File(ctx context.Context, id string) (*chat.File, error) {
	return fileByID(s.read(ctx), id, "")
}

// AddFile stores a file that was uploaded, if the day's quota has room for it;
// RateLimited if not.
func (s *Store) AddFile(ctx context.Context, f *chat.File, quota chat.FileQuota) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		used, err := fileUsage(q, f, now)
		if err == nil {
			err = quota.Room(used, f.By, f.Size)
		}
		if err != nil {
			return err
		}
		f.At = now
		return insertFile(q, f)
	})
}

// FileUsage is what f's uploader, and the customers of its site, have sent within
// a day.
func (s *Store) FileUsage(ctx context.Context, f *chat.File) (chat.FileUsage, error) {
	return fileUsage(s.read(ctx), f, s.opt.Clock())
}

func fileUsage(q querier, f *chat.File, now chat.Time) (u chat.FileUsage, err error) {
	since := now.Add(-24 * time.Hour)
	err = q.QueryRow(`SELECT count(*), coalesce(sum(size), 0) FROM file WHERE by_id = $1 AND created_at > $2`, f.ByID, since).
		Scan(&u.PersonFiles, &u.PersonBytes)
	if err == nil {
		err = q.QueryRow(`SELECT count(*), coalesce(sum(size), 0) FROM file WHERE site_id = $1 AND by_kind = $2 AND created_at > $3`, f.SiteID, chat.ByPerson, since).
			Scan(&u.SiteFiles, &u.SiteBytes)
	}
	if err != nil {
		return u, fmt.Errorf("count files: %w", err)
	}
	return u, nil
}

// sweepAtOnce bounds how many rows one sweep deletes, so that it never holds the
// writer for long.
const sweepAtOnce = 200

// SweepFiles forgets files that were uploaded before a time and never used, and
// returns the blobs that nothing leads to any more, and whether there is more to
// do.
func (s *Store) SweepFiles(ctx context.Context, before chat.Time) (blobs []string, more bool, err error) {
	err = s.exclusive(ctx, func(q querier, _ chat.Time) error {
		blobs = nil
		rows, err := q.Query(`SELECT `+fileColumns+` FROM file WHERE state = 'pending' AND created_at < $1 ORDER BY created_at LIMIT $2`, before, sweepAtOnce)
		stale, err := collect(rows, err, scanFile)
		if err != nil {
			return err
		}
		more = len(stale) == sweepAtOnce
		for _, f := range stale {
			if _, err := q.Exec(`DELETE FROM file WHERE id = $1`, f.ID); err != nil {
				return err
			}
			if used, err := blobUsed(q, f.Blob); err != nil {
				return err
			} else if !used {
				blobs = append(blobs, f.Blob)
			}
		}
		return nil
	})
	if err != nil {
		return nil, false, fmt.Errorf("sweep files: %w", err)
	}
	return blobs, more, nil
}

// BlobUsed reports whether any file leads to a blob.
func (s *Store) BlobUsed(ctx context.Context, blob string) (bool, error) {
	return blobUsed(s.read(ctx), blob)
}

func blobUsed(q querier, blob string) (bool, error) {
	var n int64
	err := q.QueryRow(`SELECT count(*) FROM file WHERE blob = $1`, blob).Scan(&n)
	return n > 0, err
}

// fileRefs scans the ids of a message's files, which stand in its event's ref.
type fileRefs struct{ m *chat.Message }

func (r fileRefs) Scan(v any) error {
	s, ok := v.(string)
	if b, bytes := v.([]byte); bytes {
		s, ok = string(b), true
	}
	if !ok {
		return fmt.Errorf("read files of a message: %T", v)
	}
	r.m.Files = filesNamed(s)
	return nil
}

func filesNamed(ref string) []chat.File {
	var list []chat.File
	for _, id := range strings.Fields(ref) {
		list = append(list, chat.File{ID: id})
	}
	return list
}

func refOfFiles(m *chat.Message) string {
	if m == nil {
		return ""
	}
	return idsOf(m.Files)
}

// idsOf is what filesNamed reads.
func idsOf(files []chat.File) string {
	ids := make([]string, 0, len(files))
	for _, f := range files {
		ids = append(ids, f.ID)
	}
	return strings.Join(ids, " ")
}

// fillFiles reads the files that a message names. One that was erased meanwhile
// is left out.
func fillFiles(q querier, m *chat.Message) error {
	if len(m.Files) == 0 {
		return nil
	}
	named := m.Files
	m.Files = nil
	for _, f := range named {
		whole, err := fileByID(q, f.ID, "")
		if chat.Is(err, chat.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		m.Files = append(m.Files, *whole)
	}
	return nil
}
