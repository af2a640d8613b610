package storage

import (
	"context"
	"fmt"
	"math"

	"rapport/hub/chat"
)

const absenceColumns = `id, agent_id, to_id, by_id, made_at, until, ended_at`

func scanAbsence(row scanner) (a chat.Absence, err error) {
	return a, row.Scan(&a.ID, &a.AgentID, &a.ToID, &a.ByID, &a.MadeAt, &a.Until, &a.EndedAt)
}

func (t *tx) Absence(agentID string) (*chat.Absence, error) {
	a, err := scanAbsence(t.q.QueryRow(`SELECT `+absenceColumns+` FROM absence WHERE agent_id = $1 AND ended_at = 0`, agentID))
	if err != nil {
		return nil, absent(err)
	}
	return &a, nil
}

func (t *tx) InsertAbsence(a *chat.Absence) error {
	err := t.exec(`INSERT INTO absence (`+absenceColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7)`, a.ID, a.AgentID, a.ToID, a.ByID, a.MadeAt, a.Until, a.EndedAt)
	if err != nil {
		return fmt.Errorf("insert absence: %w", err)
	}
	return nil
}

func (t *tx) SaveAbsence(a *chat.Absence) error {
	if err := t.exec(`UPDATE absence SET to_id = $1, by_id = $2, until = $3, ended_at = $4 WHERE id = $5`, a.ToID, a.ByID, a.Until, a.EndedAt, a.ID); err != nil {
		return fmt.Errorf("save absence: %w", err)
	}
	return nil
}

// LatestAbsence returns the last time that an agent was or is away. ErrNotFound
// if they never were.
func (s *Store) LatestAbsence(ctx context.Context, agentID string) (*chat.Absence, error) {
	a, err := scanAbsence(s.read(ctx).QueryRow(`SELECT `+absenceColumns+` FROM absence WHERE agent_id = $1 ORDER BY id DESC LIMIT 1`, agentID))
	if err != nil {
		return nil, absent(err)
	}
	return &a, nil
}

// Absences returns those that stand at now.
func (s *Store) Absences(ctx context.Context, now chat.Time) ([]chat.Absence, error) {
	rows, err := s.read(ctx).Query(`SELECT `+absenceColumns+` FROM absence WHERE ended_at = 0 AND (until = 0 OR until > $1)`, now)
	list, err := collect(rows, err, scanAbsence)
	if err != nil {
		return nil, fmt.Errorf("read absences: %w", err)
	}
	return list, nil
}

// MaxHandedOn is how many promises of one absence are read at most.
const MaxHandedOn = 100

// HandedOn returns the promises that were handed on for an absence and not for
// a later one since, of all sites, due first.
func (s *Store) HandedOn(ctx context.Context, absenceID string) ([]LedgerRow, error) {
	rows, err := s.read(ctx).Query(ledgerSelect+` WHERE p.absence_id = $1 AND p.absence_id <> '' ORDER BY p.due_at, p.id LIMIT $2`, absenceID, MaxHandedOn)
	list, err := collect(rows, err, scanLedgerRow)
	if err != nil {
		return nil, fmt.Errorf("read what was handed on: %w", err)
	}
	return list, nil
}

// OpenPromisesOf returns the open promises that an agent answers for, of all
// sites, due first.
func (s *Store) OpenPromisesOf(ctx context.Context, agentID string) ([]LedgerRow, error) {
	rows, err := s.read(ctx).Query(ledgerSelect+` WHERE p.owner_id = $1 AND p.state = 'open' AND p.anyone = 0 ORDER BY p.due_at, p.id LIMIT $2`, agentID, MaxHandedOn)
	list, err := collect(rows, err, scanLedgerRow)
	if err != nil {
		return nil, fmt.Errorf("read promises of an agent: %w", err)
	}
	return list, nil
}

// StrandedPromises returns the ids of open promises whose owner is away when they
// fall due, or may not sign in any more, while there is somebody else to answer
// for them. At most so many of each agent as one claim of reminders has.
func (s *Store) StrandedPromises(ctx context.Context, now chat.Time) ([]string, error) {
	agents, err := s.Agents(ctx)
	if err != nil {
		return nil, err
	}
	absences, err := s.Absences(ctx, now)
	if err != nil {
		return nil, err
	}
	away := map[string]chat.Time{} // until when; chat.Absence has zero for no end
	for _, a := range absences {
		away[a.AgentID] = a.Until
	}
	var here []string
	for i := range agents {
		if agents[i].DisabledAt == 0 {
			here = append(here, agents[i].ID)
		} else {
			away[agents[i].ID] = 0
		}
	}
	var out []string
	for id, until := range away {
		if len(here) == 0 || len(here) == 1 && here[0] == id {
			continue
		}
		list, err := s.promisesUntil(ctx, id, until, now)
		if err != nil {
			return nil, fmt.Errorf("find stranded promises: %w", err)
		}
		out = append(out, list...)
	}
	return out, nil
}

// promisesUntil finds an agent's open promises of which something is due before
// until, all where that is zero.
func (s *Store) promisesUntil(ctx context.Context, agentID string, until, now chat.Time) ([]string, error) {
	if until == 0 {
		until = math.MaxInt64
	}
	rows, err := s.read(ctx).Query(`SELECT id FROM promise WHERE owner_id = $1 AND state = 'open' AND anyone = 0
		AND (due_at < $2 OR next_at > $3 AND next_at < $4) LIMIT $5`, agentID, until, now, until, remindersAtOnce)
	return collect(rows, err, scanString)
}
