package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

const personColumns = `id, site_id, name, email, verified, attributes, locale, segment, created_at, merged_into, name_given, email_given, zone, blocked_at`

func personByID(q querier, id string) (*chat.Person, error) {
	var p chat.Person
	var attributes string
	err := q.QueryRow(`SELECT `+personColumns+` FROM person WHERE id = $1`, id).
		Scan(&p.ID, &p.SiteID, &p.Name, &p.Email, &p.Verified, &attributes, &p.Locale, &p.Segment, &p.CreatedAt, &p.MergedInto, &p.NameGiven, &p.EmailGiven, &p.Zone, &p.BlockedAt)
	if err != nil {
		return nil, absent(err)
	}
	if err := json.Unmarshal([]byte(attributes), &p.Attributes); err != nil {
		return nil, fmt.Errorf("read attributes: %w", err)
	}
	return &p, nil
}

// Person returns the surviving profile of a person.
func (s *Store) Person(ctx context.Context, id string) (*chat.Person, error) {
	p, err := personByID(s.read(ctx), id)
	if err == nil && p.MergedInto != "" {
		return personByID(s.read(ctx), p.MergedInto)
	}
	return p, err
}

func (t *tx) Person(id string) (*chat.Person, error) {
	if t.w.cache != nil {
		if p, ok := t.w.cache.people[id]; ok {
			return &p, nil
		}
	}
	p, err := personByID(t.q, id)
	if err == nil && t.w.cache != nil && !t.dirty {
		keep(t.w.cache.people, id, *p)
	}
	return p, err
}

// merged reports whether other profiles were merged into this one. Few customers
// have any, so that most are found by their id alone.
func (t *tx) merged(id string) (bool, error) {
	if t.w.cache != nil {
		if has, ok := t.w.cache.merged[id]; ok {
			return has, nil
		}
	}
	n, err := t.number(`SELECT 1 FROM person WHERE merged_into = $1 AND merged_into <> '' LIMIT 1`, id)
	if err != nil {
		return false, fmt.Errorf("read profiles: %w", err)
	}
	if t.w.cache != nil {
		keep(t.w.cache.merged, id, n > 0)
	}
	return n > 0, nil
}

func (t *tx) InsertPerson(p *chat.Person) error {
	attributes, err := json.Marshal(nonNil(p.Attributes))
	if err != nil {
		return err
	}
	if t.w.q.pipe == nil { // else whole transactions look together
		t.born = append(t.born, p.ID)
	}
	return t.exec(`INSERT INTO person (`+personColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		p.ID, p.SiteID, p.Name, p.Email, truth(p.Verified), string(attributes), p.Locale, p.Segment, p.CreatedAt, p.MergedInto, truth(p.NameGiven), truth(p.EmailGiven), p.Zone, p.BlockedAt)
}

func (t *tx) SavePerson(p *chat.Person) error {
	attributes, err := json.Marshal(nonNil(p.Attributes))
	if err != nil {
		return err
	}
	t.forgetPerson(p.ID)
	if err := t.exec(`INSERT INTO search_stale (person_id) VALUES ($1) ON CONFLICT (person_id) DO NOTHING`, p.ID); err != nil {
		return err
	}
	return t.exec(`UPDATE person SET name = $1, email = $2, verified = $3, attributes = $4, locale = $5, segment = $6, name_given = $7, email_given = $8, zone = $9, blocked_at = $10 WHERE id = $11`,
		p.Name, p.Email, truth(p.Verified), string(attributes), p.Locale, p.Segment, truth(p.NameGiven), truth(p.EmailGiven), p.Zone, p.BlockedAt, p.ID)
}

func (t *tx) forgetPerson(id string) {
	t.changed(id)
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// allProfiles are a person, who is given twice, and those that were merged into
// them.
func allProfiles(one, again string) string {
	return `(SELECT id FROM person WHERE id = ` + one + ` UNION ALL SELECT id FROM person WHERE merged_into = ` + again + ` AND merged_into <> '')`
}

// AddPageView stores that a person looked at a page, and keeps the latest
// chat.MaxPages of them.
func (s *Store) AddPageView(ctx context.Context, v *chat.PageView) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		v.At = now
		if _, err := q.Exec(`INSERT INTO page_view (id, person_id, url, title, at) VALUES ($1,$2,$3,$4,$5)`, v.ID, v.PersonID, v.URL, v.Title, now); err != nil {
			return err
		}
		_, err := q.Exec(`DELETE FROM page_view WHERE person_id = $1 AND id IN
			(SELECT id FROM page_view WHERE person_id = $2 ORDER BY id DESC LIMIT 1000 OFFSET $3)`, v.PersonID, v.PersonID, chat.MaxPages)
		return err
	})
}

// PageViews returns the pages a person looked at, on any profile that was merged
// into theirs, latest first.
func (s *Store) PageViews(ctx context.Context, personID string) ([]chat.PageView, error) {
	rows, err := s.read(ctx).Query(`SELECT id, person_id, url, title, at FROM page_view WHERE person_id IN `+allProfiles(`$1`, `$2`)+` ORDER BY id DESC LIMIT $3`, personID, personID, chat.MaxPages)
	return collect(rows, err, func(row scanner) (chat.PageView, error) {
		var v chat.PageView
		err := row.Scan(&v.ID, &v.PersonID, &v.URL, &v.Title, &v.At)
		return v, err
	})
}
