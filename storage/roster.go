package storage

import (
	"context"
	"fmt"
	"time"

	"rapport/hub/chat"
)

// RosterLives is how long a server counts as alive after it was heard of.
const RosterLives = 6 * time.Second

// rosterKept is how long after that what it told is forgotten.
const rosterKept = time.Minute

// Roster is what a server of the installation has told of itself.
type Roster struct {
	Server string
	Age    time.Duration // by the database's clock: those of servers may differ
	Text   string
}

// KeepRoster notes that a server is alive, and what it tells of itself.
func (s *Store) KeepRoster(ctx context.Context, server, text string) error {
	now := s.dialect.clock()
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`INSERT INTO server (id, at, roster) VALUES ($1, `+now+`, $2)
			ON CONFLICT (id) DO UPDATE SET at = excluded.at, roster = excluded.roster`, server, text)
		if err == nil {
			_, err = q.Exec(`DELETE FROM server WHERE at < `+now+` - $1`, rosterKept.Milliseconds())
		}
		if err != nil {
			return fmt.Errorf("keep roster: %w", err)
		}
		return nil
	})
}

// Rosters are those of all other servers that live.
func (s *Store) Rosters(ctx context.Context, except string) ([]Roster, error) {
	now := s.dialect.clock()
	rows, err := s.read(ctx).Query(`SELECT id, age, roster FROM (SELECT id, `+now+` - at AS age, roster FROM server WHERE id <> $1) r WHERE age < $2 ORDER BY id`,
		except, RosterLives.Milliseconds())
	list, err := collect(rows, err, func(row scanner) (r Roster, err error) {
		var age int64
		err = row.Scan(&r.Server, &age, &r.Text)
		r.Age = max(0, time.Duration(age)*time.Millisecond)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read rosters: %w", err)
	}
	return list, nil
}
