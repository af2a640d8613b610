package storage

import (
	"context"
	"database/sql"
	"errors"

	"rapport/hub/chat"
)

// AddPersonNote stores a note about a customer. What its author stored about
// them under this id before stays as it is, and becomes n; Invalid if the id is
// of another note. Of a sensitive one the audit log keeps who wrote it.
func (s *Store) AddPersonNote(ctx context.Context, n *chat.PersonNote) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		n.At = now
		res, err := q.Exec(`INSERT INTO person_note (`+noteColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (id) DO NOTHING`,
			n.ID, n.PersonID, n.AgentID, n.Text, now, n.Consent, n.ExpiresAt)
		if err != nil {
			return err
		}
		if added, err := res.RowsAffected(); err != nil || added == 1 {
			if err == nil && n.Sensitive() {
				err = appendAudit(q, now, n.AgentID, "note.agreed", n.ID, n.PersonID)
			}
			return err
		}
		known, err := scanNote(q.QueryRow(`SELECT `+noteColumns+` FROM person_note WHERE person_id IN `+allProfiles(`$1`, `$2`)+` AND id = $3 AND agent_id = $4`,
			n.PersonID, n.PersonID, n.ID, n.AgentID))
		if errors.Is(err, sql.ErrNoRows) {
			return chat.FailField("id", "Another note has this id.")
		}
		if err == nil {
			*n = known
		}
		return err
	})
}

// DeletePersonNote removes a note; NotFound if that person, on any profile that
// was merged into theirs, has no such note.
func (s *Store) DeletePersonNote(ctx context.Context, personID, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		res, err := q.Exec(`DELETE FROM person_note WHERE person_id IN `+allProfiles(`$1`, `$2`)+` AND id = $3`, personID, personID, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.ErrNotFound
		}
		return nil
	})
}

// PersonNote returns a note; NotFound if that person, on any profile that was
// merged into theirs, has no such note.
func (s *Store) PersonNote(ctx context.Context, personID, id string) (*chat.PersonNote, error) {
	n, err := scanNote(s.read(ctx).QueryRow(`SELECT `+noteColumns+` FROM person_note WHERE person_id IN `+allProfiles(`$1`, `$2`)+` AND id = $3 AND `+notOver(`$4`), personID, personID, id, s.opt.Clock()))
	if err != nil {
		return nil, absent(err)
	}
	return &n, nil
}

const noteColumns = `id, person_id, agent_id, text, at, consent, expires_at`

// notOver holds for a note that stays, or is kept beyond a time: none is read after its
// day, whenever its row goes.
func notOver(now string) string { return `(expires_at = 0 OR expires_at > ` + now + `)` }

func scanNote(row scanner) (chat.PersonNote, error) {
	var n chat.PersonNote
	err := row.Scan(&n.ID, &n.PersonID, &n.AgentID, &n.Text, &n.At, &n.Consent, &n.ExpiresAt)
	return n, err
}

// maxNotes is how many notes about one person are read.
const maxNotes = 100

// PersonNotes returns the notes about a person on any profile that was merged
// into theirs, latest first.
func (s *Store) PersonNotes(ctx context.Context, personID string) ([]chat.PersonNote, error) {
	rows, err := s.read(ctx).Query(`SELECT `+noteColumns+` FROM person_note WHERE person_id IN `+allProfiles(`$1`, `$2`)+` AND `+notOver(`$3`)+` ORDER BY id DESC LIMIT $4`, personID, personID, s.opt.Clock(), maxNotes)
	return collect(rows, err, scanNote)
}

// EraseOldNotes erases sensitive notes whose day has come, and reports whether there may
// be more.
func (s *Store) EraseOldNotes(ctx context.Context) (more bool, err error) {
	var old []chat.PersonNote
	rows, err := s.read(ctx).Query(oldNotes, s.opt.Clock(), maxNotes)
	if old, err = collect(rows, err, scanNote); err != nil || len(old) == 0 {
		return false, err
	}
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		for _, n := range old {
			res, err := q.Exec(`DELETE FROM person_note WHERE id = $1`, n.ID)
			if err != nil {
				return err
			}
			gone, err := res.RowsAffected()
			if err == nil && gone == 1 { // another server may have been quicker
				err = appendAudit(q, now, "", "note.expired", n.ID, n.PersonID)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return len(old) == maxNotes, err
}

const oldNotes = `SELECT ` + noteColumns + ` FROM person_note WHERE expires_at > 0 AND expires_at <= $1 LIMIT $2`
