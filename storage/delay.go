package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"rapport/hub/chat"
)

const delayColumns = `id, site_id, person_id, source, reference, what, reason, until, state, at, ended_by, ended_at`

func scanDelay(row scanner) (d chat.Delay, err error) {
	return d, row.Scan(&d.ID, &d.SiteID, &d.PersonID, &d.Source, &d.Reference, &d.What, &d.Reason, &d.Until, &d.State, &d.At, &d.EndedBy, &d.EndedAt)
}

func delayByID(q querier, id string) (*chat.Delay, error) {
	d, err := scanDelay(q.QueryRow(`SELECT `+delayColumns+` FROM delay WHERE id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &d, nil
}

// Delay returns one report.
func (s *Store) Delay(ctx context.Context, id string) (*chat.Delay, error) {
	return delayByID(s.read(ctx), id)
}

func (t *tx) Delay(id string) (*chat.Delay, error) { return delayByID(t.q, id) }

// maxDelays is how many reports about one person are read.
const maxDelays = 100

func (t *tx) DelaysOf(personID string) ([]chat.Delay, error) {
	rows, err := t.q.Query(`SELECT `+delayColumns+` FROM delay WHERE person_id IN `+allProfiles(`$1`, `$2`)+` ORDER BY id DESC LIMIT $3`, personID, personID, maxDelays)
	return collect(rows, err, scanDelay)
}

// WaitingDelays returns the reports about a person, on any profile that was merged
// into theirs, that wait for an agent, oldest first.
func (s *Store) WaitingDelays(ctx context.Context, personID string) ([]chat.Delay, error) {
	rows, err := s.read(ctx).Query(`SELECT `+delayColumns+` FROM delay WHERE person_id IN `+allProfiles(`$1`, `$2`)+` AND state = 'waiting' ORDER BY id DESC LIMIT $3`,
		personID, personID, chat.MaxWaitingDelays+chat.MaxPageDelays)
	list, err := collect(rows, err, scanDelay)
	if err != nil {
		return nil, fmt.Errorf("read delays: %w", err)
	}
	slices.Reverse(list)
	return list, nil
}

func (t *tx) InsertDelay(d *chat.Delay) error {
	err := t.exec(`INSERT INTO delay (`+delayColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		d.ID, d.SiteID, d.PersonID, d.Source, d.Reference, d.What, d.Reason, d.Until, d.State, d.At, d.EndedBy, d.EndedAt)
	if err != nil {
		return fmt.Errorf("insert delay: %w", err)
	}
	return nil
}

func (t *tx) SaveDelay(d *chat.Delay) error {
	err := t.exec(`UPDATE delay SET state = $1, ended_by = $2, ended_at = $3 WHERE id = $4`, d.State, d.EndedBy, d.EndedAt, d.ID)
	if err != nil {
		return fmt.Errorf("save delay: %w", err)
	}
	return nil
}

// maxConcerned is how many promises one report may be about.
const maxConcerned = 100

const promiseToSelect = `SELECT ` + promiseFields + `, coalesce(s.id, v.id) FROM promise p` + promiseNames + `
	JOIN conversation c ON c.id = p.conversation_id JOIN person v ON v.id = c.person_id LEFT JOIN person s ON s.id = v.merged_into
	WHERE p.state = 'open' AND p.whose = 'ours' AND `

func (t *tx) PromisesTo(personID string) ([]chat.PromiseTo, error) {
	rows, err := t.q.Query(promiseToSelect+`c.person_id IN `+allProfiles(`$1`, `$2`)+` ORDER BY p.id DESC LIMIT $3`, personID, personID, maxConcerned)
	list, err := collect(rows, err, func(row scanner) (p chat.PromiseTo, err error) {
		return p, row.Scan(append(promiseTargets(&p.Promise), &p.Person.ID)...)
	})
	if err != nil {
		return nil, fmt.Errorf("read promises: %w", err)
	}
	for i := range list {
		person, err := t.Person(list[i].Person.ID)
		if err != nil {
			return nil, err
		}
		list[i].Person = *person
	}
	return list, nil
}

// Promises are looked through for a reference aboutStep at a time, at most maxLooked
// of them: what databases call lower case, and where a word ends, is not ours.
const (
	aboutStep = 500
	maxLooked = 5000
)

const (
	aboutSelect = `SELECT p.id, p.text, p.kind, p.whose, p.state, p.due_at, coalesce(s.id, v.id), coalesce(s.attributes, v.attributes) FROM promise p
	JOIN conversation c ON c.id = p.conversation_id JOIN person v ON v.id = c.person_id LEFT JOIN person s ON s.id = v.merged_into`
	aboutStepOf = ` WHERE p.site_id = $1 AND p.state = 'open' AND (p.due_at, p.id) > ($2, $3) ORDER BY p.due_at, p.id LIMIT $4`
)

// scanAbout reads what says whether a report is about a promise.
func scanAbout(row scanner) (p chat.PromiseTo, err error) {
	var attributes string
	if err := row.Scan(&p.ID, &p.Text, &p.Kind, &p.Whose, &p.State, &p.DueAt, &p.Person.ID, &attributes); err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(attributes), &p.Person.Attributes)
}

func (t *tx) PromisesAbout(report *chat.Delay) (list []chat.PromiseTo, all bool, err error) {
	var last chat.PromiseTo
	for range maxLooked / aboutStep {
		rows, err := t.q.Query(aboutSelect+aboutStepOf, report.SiteID, last.DueAt, last.ID, aboutStep)
		step, err := collect(rows, err, scanAbout)
		if err != nil {
			return nil, false, fmt.Errorf("look through promises: %w", err)
		}
		for i := range step {
			if !report.Delays(&step[i].Promise) || !report.Concerns(&step[i].Promise, step[i].Person.Attributes) {
				continue
			}
			if len(list) == maxConcerned {
				return list, false, nil
			}
			whole, err := t.promiseTo(&step[i])
			if err != nil {
				return nil, false, err
			}
			list = append(list, *whole)
		}
		if len(step) < aboutStep {
			return list, true, nil
		}
		last = step[len(step)-1]
	}
	return list, false, nil
}

// promiseTo reads a promise and its customer by their ids.
func (t *tx) promiseTo(found *chat.PromiseTo) (*chat.PromiseTo, error) {
	p, err := t.Promise(found.ID)
	if err != nil {
		return nil, err
	}
	person, err := t.Person(found.Person.ID)
	if err != nil {
		return nil, err
	}
	return &chat.PromiseTo{Promise: *p, Person: *person}, nil
}

// keepReports is how long a report that comes again gets the answer of the first.
const keepReports = 7 * 24 * time.Hour

func (t *tx) BeginReport(siteID, once string) (answer string, fresh bool, err error) {
	if err := t.exec(`DELETE FROM delay_report WHERE at < $1`, t.now.Add(-keepReports)); err != nil {
		return "", false, err
	}
	t.dirty = true
	res, err := t.q.Exec(`INSERT INTO delay_report (site_id, once, answer, at) VALUES ($1,$2,'',$3) ON CONFLICT (site_id, once) DO NOTHING`, siteID, once, t.now)
	if err != nil {
		return "", false, fmt.Errorf("begin report: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return "", n == 1, err
	}
	err = t.q.QueryRow(`SELECT answer FROM delay_report WHERE site_id = $1 AND once = $2`, siteID, once).Scan(&answer)
	return answer, false, err
}

func (t *tx) EndReport(siteID, once, answer string) error {
	return t.exec(`UPDATE delay_report SET answer = $1 WHERE site_id = $2 AND once = $3`, answer, siteID, once)
}
