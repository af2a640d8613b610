package storage

import (
	"context"
	"fmt"
	"time"

	"rapport/hub/chat"
)

// reminderLease is how long a server may take for the reminders it has claimed;
// then another gives them.
const reminderLease = 30 * time.Second

// remindersAtOnce bounds one claim.
const remindersAtOnce = 100

// ClaimReminders returns the promises that the team is to be reminded of now,
// longest due first, and keeps other servers from them for half a minute.
func (s *Store) ClaimReminders(ctx context.Context) (list []chat.Promise, err error) {
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		at, err := s.leaseTime(q, now)
		if err != nil {
			return err
		}
		rows, err := q.Query(promiseSelect+` WHERE p.remind_at > 0 AND p.remind_at <= $1 AND p.claimed_until <= $2 ORDER BY p.remind_at LIMIT $3`,
			now, at, remindersAtOnce)
		due, err := collect(rows, err, scanPromise)
		if err != nil {
			return err
		}
		list = nil
		for i := range due {
			res, err := q.Exec(`UPDATE promise SET claimed_until = $1 WHERE id = $2 AND claimed_until <= $3`, at.Add(reminderLease), due[i].ID, at)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err == nil && n == 1 {
				list = append(list, due[i])
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("claim reminders: %w", err)
	}
	return list, nil
}

// Reminded notes that a reminder was given: told and next are those of the
// promise now, was is when the one that was given had been due. Where the promise
// was moved or ended meanwhile, nothing changes.
func (s *Store) Reminded(ctx context.Context, id string, was chat.Time, told chat.Reminder, next chat.Time) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`UPDATE promise SET told = $1, remind_at = $2, claimed_until = 0 WHERE id = $3 AND remind_at = $4`, told, next, id, was)
		return err
	})
}
