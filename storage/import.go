package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const importSelect = `SELECT i.id, i.site_id, i.kind, i.name, i.by_id, coalesce(a.name, ''), coalesce(a.picture, ''), i.added, i.made_at, i.undone_at
	FROM import i LEFT JOIN agent a ON a.id = i.by_id WHERE `

func scanImport(row scanner) (i chat.Import, err error) {
	return i, row.Scan(&i.ID, &i.SiteID, &i.Kind, &i.Name, &i.By.ID, &i.By.Name, &i.By.Picture, &i.Added, &i.MadeAt, &i.UndoneAt)
}

// Imports returns what was brought in on a site, latest first, at most
// chat.MaxImportKept.
func (s *Store) Imports(ctx context.Context, siteID string) ([]chat.Import, error) {
	rows, err := s.read(ctx).Query(importSelect+`i.site_id = $1 ORDER BY i.id DESC LIMIT $2`, siteID, chat.MaxImportKept)
	list, err := collect(rows, err, scanImport)
	if err != nil {
		return nil, fmt.Errorf("read imports: %w", err)
	}
	return list, nil
}

func (t *tx) Import(id string) (*chat.Import, error) {
	i, err := scanImport(t.q.QueryRow(importSelect+`i.id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &i, nil
}

func (t *tx) InsertImport(i *chat.Import) error {
	return t.exec(`INSERT INTO import (id, site_id, kind, name, by_id, added, made_at, undone_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		i.ID, i.SiteID, i.Kind, i.Name, i.By.ID, i.Added, i.MadeAt, i.UndoneAt)
}

func (t *tx) SaveImport(i *chat.Import) error {
	return t.exec(`UPDATE import SET added = $1, undone_at = $2 WHERE id = $3`, i.Added, i.UndoneAt, i.ID)
}

func (t *tx) Imported(siteID string, kind chat.ImportKind, reference string) (bool, error) {
	n, err := t.number(`SELECT count(*) FROM imported WHERE site_id = $1 AND kind = $2 AND reference = $3`, siteID, kind, reference)
	return n > 0, err
}

func (t *tx) NoteImported(i *chat.Imported) error {
	return t.exec(`INSERT INTO imported (site_id, kind, reference, import_id, person_id, object_id) VALUES ($1,$2,$3,$4,$5,$6)`,
		i.SiteID, i.Kind, i.Reference, i.ImportID, i.PersonID, i.ObjectID)
}

func (t *tx) ImportedWith(importID string, limit int) ([]chat.Imported, error) {
	rows, err := t.q.Query(`SELECT site_id, kind, reference, import_id, person_id, object_id FROM imported WHERE import_id = $1 LIMIT $2`, importID, limit)
	return collect(rows, err, func(row scanner) (i chat.Imported, err error) {
		return i, row.Scan(&i.SiteID, &i.Kind, &i.Reference, &i.ImportID, &i.PersonID, &i.ObjectID)
	})
}

func (t *tx) ForgetImported(i *chat.Imported) error {
	return t.exec(`DELETE FROM imported WHERE site_id = $1 AND kind = $2 AND reference = $3`, i.SiteID, i.Kind, i.Reference)
}

func (t *tx) InsertPurchase(p *chat.Purchase) error {
	return t.exec(`INSERT INTO purchase (id, site_id, person_id, reference, at, amount, currency, state, text) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		p.ID, p.SiteID, p.PersonID, p.Reference, p.At, p.Amount, p.Currency, p.State, p.Text)
}

func (t *tx) DeletePurchase(id string) error {
	return t.exec(`DELETE FROM purchase WHERE id = $1`, id)
}

func (t *tx) AsItCame(conversationID string) (bool, error) {
	n, err := t.number(`SELECT count(*) FROM event WHERE conversation_id = $1 AND type <> $2`, conversationID, chat.MessagePosted)
	return n == 0, err
}

func (t *tx) Bare(personID string) (bool, error) {
	n, err := t.number(`SELECT 1 WHERE EXISTS (SELECT 1 FROM device WHERE person_id = $1) OR EXISTS (SELECT 1 FROM conversation WHERE person_id = $2)
		OR EXISTS (SELECT 1 FROM purchase WHERE person_id = $3) OR EXISTS (SELECT 1 FROM person_note WHERE person_id = $4)
		OR EXISTS (SELECT 1 FROM person WHERE id = $5 AND (verified = 1 OR merged_into <> '' OR blocked_at > 0)) OR EXISTS (SELECT 1 FROM person WHERE merged_into = $6 AND merged_into <> '')
		OR EXISTS (SELECT 1 FROM delay WHERE person_id = $7)`,
		personID, personID, personID, personID, personID, personID, personID)
	return n == 0, err
}

func (t *tx) ForgetIdentity(siteID, sub string) error {
	return t.exec(`DELETE FROM identity WHERE site_id = $1 AND sub = $2`, siteID, sub)
}

// MaxPurchases is how many of a customer's purchases are read, the latest.
const MaxPurchases = 50

// Purchases returns what a customer has bought, on any profile that was merged into
// theirs, latest first.
func (s *Store) Purchases(ctx context.Context, personID string) ([]chat.Purchase, error) {
	rows, err := s.read(ctx).Query(`SELECT id, site_id, person_id, reference, at, amount, currency, state, text FROM purchase
		WHERE person_id IN `+allProfiles(`$1`, `$2`)+` ORDER BY at DESC, id DESC LIMIT $3`, personID, personID, MaxPurchases)
	list, err := collect(rows, err, func(row scanner) (p chat.Purchase, err error) {
		return p, row.Scan(&p.ID, &p.SiteID, &p.PersonID, &p.Reference, &p.At, &p.Amount, &p.Currency, &p.State, &p.Text)
	})
	if err != nil {
		return nil, fmt.Errorf("read purchases: %w", err)
	}
	return list, nil
}
