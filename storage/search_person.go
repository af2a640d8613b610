package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
	"rapport/hub/search"
)

// indexStale reads customers whose words have changed since they were read.
func (s *Store) indexStale(ctx context.Context) (more bool, err error) {
	rows, err := s.read(ctx).Query(`SELECT person_id FROM search_stale LIMIT $1`, IndexBatch)
	ids, err := collect(rows, err, scanString)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	err = s.exclusive(ctx, func(q querier, _ chat.Time) error {
		for _, id := range ids {
			if _, err := q.Exec(`DELETE FROM search_stale WHERE person_id = $1`, id); err != nil {
				return err
			}
			if err := indexPerson(q, s.dialect, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("read customers into the index: %w", err)
	}
	return true, nil
}

// indexPerson writes the words by which a customer is found: their name and
// address, what the site says of them, and what was reported late for them.
func indexPerson(q querier, d dialect, id string) error {
	p, err := personByID(q, id)
	if chat.Is(err, chat.NotFound) {
		return forgetName(q, id)
	}
	if err != nil {
		return err
	}
	line, err := personLine(q, p)
	if err != nil {
		return err
	}
	var known string
	err = absent(q.QueryRow(`SELECT t.line FROM search_person x CROSS JOIN search_name t WHERE x.person_id = $1 AND t.docid = x.doc`, id).Scan(&known))
	if err == nil && known == line || err != nil && !chat.Is(err, chat.NotFound) {
		return err
	}
	if err := forgetName(q, id); err != nil || line == "" {
		return err
	}
	var doc int64
	err = q.QueryRow(`SELECT coalesce(max(doc) + 1, $1) FROM search_person WHERE doc >= $2 AND doc < $3`,
		docAt(p.CreatedAt), docAt(p.CreatedAt), docAt(p.CreatedAt+1)).Scan(&doc)
	if err != nil {
		return err
	}
	if _, err := q.Exec(`INSERT INTO search_person (person_id, doc) VALUES ($1, $2)`, id, doc); err != nil {
		return err
	}
	return d.putLine(q, "search_name", doc, line)
}

func personLine(q querier, p *chat.Person) (string, error) {
	words := p.Name + "\n" + p.Email
	for _, a := range p.Attributes {
		words += "\n" + a.Value
	}
	rows, err := q.Query(`SELECT reference FROM delay WHERE person_id = $1 LIMIT $2`, p.ID, maxDelays)
	references, err := collect(rows, err, scanString)
	for _, r := range references {
		words += "\n" + r
	}
	return search.Line(words), err
}

// peopleNamed are the survivors of profiles that terms find, the latest first,
// each once.
func (s *Store) peopleNamed(ctx context.Context, siteID string, terms []search.Term, limit int) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT coalesce(v.id, p.id) FROM search_name t CROSS JOIN search_person x CROSS JOIN person p LEFT JOIN person v ON v.id = p.merged_into
		WHERE `+s.dialect.hasWords("t", `$1`)+` AND x.doc = t.docid AND p.id = x.person_id AND ($2 = '' OR p.site_id = $3) ORDER BY t.docid DESC LIMIT $4`, s.dialect.wordQuery(terms), siteID, siteID, limit)
	ids, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("find customers: %w", err)
	}
	seen := map[string]bool{}
	once := ids[:0]
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			once = append(once, id)
		}
	}
	return once, nil
}
