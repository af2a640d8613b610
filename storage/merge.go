package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

const mergeColumns = `id, from_id, into_id, by_id, devices, filled, at, undone_at`

func scanMerge(row scanner) (chat.Merge, error) {
	var m chat.Merge
	var devices, filled string
	if err := row.Scan(&m.ID, &m.FromID, &m.IntoID, &m.ByID, &devices, &filled, &m.At, &m.UndoneAt); err != nil {
		return m, err
	}
	if err := json.Unmarshal([]byte(devices), &m.Devices); err != nil {
		return m, fmt.Errorf("read the devices of a merge: %w", err)
	}
	if err := json.Unmarshal([]byte(filled), &m.Filled); err != nil {
		return m, fmt.Errorf("read what a merge filled: %w", err)
	}
	return m, nil
}

func (t *tx) MergePerson(m *chat.Merge) error {
	m.ID, m.At = chat.NewID(), t.now
	err := t.bothStand(m)
	if err != nil {
		return err
	}
	if m.Devices, err = t.ids(`SELECT id FROM device WHERE person_id = $1 ORDER BY id`, m.FromID); err != nil {
		return fmt.Errorf("merge person: %w", err)
	}
	profiles, err := t.ids(`SELECT id FROM person WHERE merged_into = $1 AND merged_into <> '' ORDER BY id`, m.FromID)
	if err != nil {
		return fmt.Errorf("merge person: %w", err)
	}
	err = t.each("merge person", []change{
		{`INSERT INTO person_merge (id, from_id, into_id, devices, by_id, at, undone_at, profiles, filled) VALUES ($1,$2,$3,$4,$5,$6,0,$7,$8)`,
			[]any{m.ID, m.FromID, m.IntoID, asJSON(m.Devices), m.ByID, m.At, asJSON(profiles), asJSON(m.Filled)}},
		{`UPDATE device SET person_id = $1 WHERE person_id = $2`, []any{m.IntoID, m.FromID}},
		// Whoever was blocked stays so, whatever name they sign in by.
		{`UPDATE person SET blocked_at = (SELECT blocked_at FROM person WHERE id = $1) WHERE id = $2 AND blocked_at = 0`, []any{m.FromID, m.IntoID}},
		{`UPDATE person SET merged_into = $1 WHERE id = $2 OR (merged_into = $3 AND merged_into <> '')`, []any{m.IntoID, m.FromID, m.FromID}},
	})
	t.forgetProfiles()
	return err
}

// bothStand keeps other servers from both profiles, and refuses where one of them has come
// to lead elsewhere: two who lead to each other would lead nowhere.
func (t *tx) bothStand(m *chat.Merge) error {
	ids, err := t.ids(`SELECT id FROM person WHERE id IN ($1, $2) AND merged_into = '' ORDER BY id`+t.w.s.dialect.forUpdate(), m.FromID, m.IntoID)
	if err != nil {
		return fmt.Errorf("merge person: %w", err)
	}
	if len(ids) != 2 {
		return chat.Fail(chat.Conflict, "Somebody brought one of them together with somebody else just now. Look again.")
	}
	return nil
}

func (t *tx) HoldPeople(ids ...string) error {
	lock := t.w.s.dialect.forUpdate()
	if lock == "" {
		return nil
	}
	ids = slices.Clone(ids)
	slices.Sort(ids) // as bothStand does: two who hold the same wait for each other and never both
	for _, id := range slices.Compact(ids) {
		if _, err := t.ids(`SELECT id FROM person WHERE id = $1`+lock, id); err != nil {
			return fmt.Errorf("hold people: %w", err)
		}
	}
	return nil
}

const countIdentities = `SELECT count(*) FROM identity WHERE person_id = $1`

func (t *tx) HasIdentity(personID string) (bool, error) {
	n, err := t.number(countIdentities, personID)
	return n > 0, err
}

// HasIdentity is chat.VisitorTx's, outside of a unit of work.
func (s *Store) HasIdentity(ctx context.Context, personID string) (bool, error) {
	var n int64
	err := s.read(ctx).QueryRow(countIdentities, personID).Scan(&n)
	return n > 0, err
}

func (t *tx) UnmergePerson(m *chat.Merge) error {
	// Whoever brings one of them together with somebody else holds them, too.
	if err := t.HoldPeople(m.FromID, m.IntoID); err != nil {
		return err
	}
	from, err := personByID(t.q, m.FromID)
	if err != nil {
		return fmt.Errorf("undo a merge: %w", err)
	}
	var moved struct{ devices, profiles string }
	// The row is locked: of two who undo it at once, the second finds it undone.
	err = t.q.QueryRow(`SELECT devices, profiles FROM person_merge WHERE id = $1 AND undone_at = 0`+t.w.s.dialect.forUpdate(), m.ID).Scan(&moved.devices, &moved.profiles)
	if errors.Is(err, sql.ErrNoRows) {
		return chat.Fail(chat.Conflict, "Somebody has taken them apart already.")
	}
	if err != nil {
		return fmt.Errorf("undo a merge: %w", err)
	}
	var devices, profiles []string
	if err := json.Unmarshal([]byte(moved.devices), &devices); err != nil {
		return fmt.Errorf("read the devices of a merge: %w", err)
	}
	if err := json.Unmarshal([]byte(moved.profiles), &profiles); err != nil {
		return fmt.Errorf("read the profiles of a merge: %w", err)
	}
	// Only what leads to where the profile leads goes back: the rest has gone its own way.
	to := from.MergedInto
	list := []change{
		// What undoing it took is not kept: it names what is others' now.
		{`UPDATE person_merge SET undone_at = $1, devices = '[]', profiles = '[]', filled = '[]' WHERE id = $2`, []any{t.now, m.ID}},
		{`UPDATE person SET merged_into = '' WHERE id = $1`, []any{m.FromID}},
	}
	for _, id := range devices {
		list = append(list, change{`UPDATE device SET person_id = $1 WHERE id = $2 AND person_id = $3`, []any{m.FromID, id, to}})
	}
	for _, id := range profiles {
		list = append(list, change{`UPDATE person SET merged_into = $1 WHERE id = $2 AND merged_into = $3 AND merged_into <> ''`, []any{m.FromID, id, to}})
	}
	m.UndoneAt, m.Devices = t.now, nil
	err = t.each("undo a merge", list)
	t.forgetProfiles()
	return err
}

// change is one statement of several that belong together.
type change struct {
	query string
	args  []any
}

func (t *tx) each(what string, list []change) error {
	for _, c := range list {
		if err := t.exec(c.query, c.args...); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	return nil
}

// forgetProfiles drops what the writer holds of who leads to whom.
func (t *tx) forgetProfiles() {
	t.changedAll()
}

// asJSON is a list as JSON, "[]" for none.
func asJSON(list []string) string {
	text, err := json.Marshal(nonNil(list))
	if err != nil {
		panic("storage: texts have no JSON: " + err.Error())
	}
	return string(text)
}

func (t *tx) Merge(id string) (*chat.Merge, error) {
	m, err := scanMerge(t.q.QueryRow(`SELECT `+mergeColumns+` FROM person_merge WHERE id = $1`, id))
	return &m, absent(err)
}

func (t *tx) MergeOf(fromID string) (*chat.Merge, error) {
	m, err := scanMerge(t.q.QueryRow(`SELECT `+mergeColumns+` FROM person_merge WHERE from_id = $1 AND undone_at = 0 LIMIT 1`, fromID))
	return &m, absent(err)
}

func (t *tx) MergesInto(id string) ([]chat.Merge, error) {
	rows, err := t.q.Query(`SELECT `+mergeColumns+` FROM person_merge WHERE into_id = $1 AND undone_at = 0`, id)
	list, err := collect(rows, err, scanMerge)
	sorted.By(list, func(a, b chat.Merge) int { return strings.Compare(b.ID, a.ID) })
	return list, err
}

// maxMerges is how many merges of one customer are read.
const maxMerges = 100

// Merges returns those that agents made of a customer's profiles since a time and that
// stand, the latest first.
func (s *Store) Merges(ctx context.Context, personID string, since chat.Time) ([]chat.Merge, error) {
	rows, err := s.read(ctx).Query(`SELECT `+mergeColumns+` FROM person_merge WHERE into_id IN `+allProfiles(`$1`, `$2`)+` AND by_id <> '' AND undone_at = 0 AND at > $3 LIMIT $4`,
		personID, personID, since, maxMerges)
	list, err := collect(rows, err, scanMerge)
	sorted.By(list, func(a, b chat.Merge) int { return strings.Compare(b.ID, a.ID) })
	return list, err
}

// Profile returns one profile as it stands by itself, also where it leads to another.
func (s *Store) Profile(ctx context.Context, id string) (*chat.Person, error) {
	return personByID(s.read(ctx), id)
}

// SameAddress returns the other customers of a site with the address of this one, the
// latest first; none for somebody without one.
func (s *Store) SameAddress(ctx context.Context, p *chat.Person, limit int) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT id FROM person WHERE site_id = $1 AND email = $2 AND email <> '' AND merged_into = '' AND id <> $3 ORDER BY id DESC LIMIT $4`,
		p.SiteID, p.Email, p.ID, limit)
	return collect(rows, err, scanString)
}
