package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

func formGiven(q querier, personID, form string) (given bool, err error) {
	err = q.QueryRow(`SELECT EXISTS (SELECT 1 FROM form_answer WHERE form = $1 AND person_id IN `+allProfiles(`$2`, `$3`)+`)`, form, personID, personID).Scan(&given)
	return given, err
}

// FormGiven reports whether a customer has answered this form, on any profile that
// was merged into theirs.
func (s *Store) FormGiven(ctx context.Context, personID, form string) (bool, error) {
	return formGiven(s.read(ctx), personID, form)
}

func (t *tx) FormGiven(personID, form string) (bool, error) {
	return formGiven(t.q, personID, form)
}

func (t *tx) SaveFormGiven(g *chat.FormGiven) error {
	g.At = t.now
	err := t.exec(`INSERT INTO form_answer (person_id, form, consent, link, at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (person_id, form) DO UPDATE SET consent = excluded.consent, link = excluded.link, at = excluded.at`,
		g.PersonID, g.Form, g.Consent, g.Link, g.At)
	if err != nil {
		return fmt.Errorf("insert form answer: %w", err)
	}
	return nil
}
