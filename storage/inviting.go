package storage

import (
	"cmp"
	"context"
	"fmt"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

const showingColumns = `id, token_hash, site_id, rule_id, rule, text, day, at, person_id, declined_at, opened_at, answered_at, conversation_id, goal_at`

func scanShowing(row scanner) (s chat.Showing, err error) {
	return s, row.Scan(&s.ID, &s.TokenHash, &s.SiteID, &s.RuleID, &s.Rule, &s.Text, &s.Day, &s.At, &s.PersonID, &s.DeclinedAt, &s.OpenedAt, &s.AnsweredAt, &s.ConversationID, &s.GoalAt)
}

func showing(q querier, where string, args ...any) (*chat.Showing, error) {
	s, err := scanShowing(q.QueryRow(`SELECT `+showingColumns+` FROM showing WHERE `+where, args...))
	if err != nil {
		return nil, absent(err)
	}
	return &s, nil
}

// Showing returns a rule's invitation as it was shown.
func (s *Store) Showing(ctx context.Context, id string) (*chat.Showing, error) {
	return showing(s.read(ctx), `id = $1`, id)
}

// ShownTo returns how often a person, on any profile that was merged into theirs, was
// invited by rules since a time, and how often of that they said no.
func (s *Store) ShownTo(ctx context.Context, personID string, since chat.Time) (shown, declined int64, err error) {
	err = s.read(ctx).QueryRow(`SELECT count(*), count(CASE WHEN declined_at > 0 THEN 1 END) FROM showing WHERE person_id IN `+allProfiles(`$1`, `$2`)+` AND at >= $3`, personID, personID, since).Scan(&shown, &declined)
	return shown, declined, err
}

// InviteUses returns what came of the invitations of a site's rules since a local day,
// of each rule the earliest first.
func (s *Store) InviteUses(ctx context.Context, siteID, since string) ([]chat.InviteUse, error) {
	rows, err := s.read(ctx).Query(`SELECT rule_id, day, shown, declined, answered, led FROM showing_day WHERE site_id = $1 AND day >= $2 ORDER BY rule_id, day`, siteID, since)
	return collect(rows, err, func(row scanner) (u chat.InviteUse, err error) {
		return u, row.Scan(&u.RuleID, &u.Day, &u.Shown, &u.Declined, &u.Answered, &u.Led)
	})
}

// showingsAtOnce is how many one step of ForgetShowings deletes.
const showingsAtOnce = 500

const forgetShowings = `DELETE FROM showing WHERE id IN (SELECT id FROM showing WHERE conversation_id = '' AND at < $1 LIMIT $2)`

// ForgetShowings forgets invitations that nobody answered and that are older than
// chat.KeepShowings, some at once, and reports whether there may be more.
func (s *Store) ForgetShowings(ctx context.Context) (more bool, err error) {
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		res, err := q.Exec(forgetShowings, now.Add(-chat.KeepShowings), showingsAtOnce)
		if err != nil {
			return fmt.Errorf("forget showings: %w", err)
		}
		gone, err := res.RowsAffected()
		more = gone == showingsAtOnce
		return err
	})
	return more, err
}

func (t *tx) InsertShowing(s *chat.Showing) error {
	err := t.exec(`INSERT INTO showing (`+showingColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		s.ID, s.TokenHash, s.SiteID, s.RuleID, s.Rule, s.Text, s.Day, s.At, s.PersonID, s.DeclinedAt, s.OpenedAt, s.AnsweredAt, s.ConversationID, s.GoalAt)
	if err != nil {
		return fmt.Errorf("insert showing: %w", err)
	}
	return nil
}

func (t *tx) ShowingOf(tokenHash string) (*chat.Showing, error) {
	return showing(t.q, `token_hash = $1`+t.w.s.dialect.forUpdate(), tokenHash)
}

func (t *tx) OpenShowing(personID string, since chat.Time) (*chat.Showing, error) {
	list, err := t.showingsOf(personID, `opened_at > 0 AND answered_at = 0`, since)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, chat.ErrNotFound
	}
	return &list[0], nil
}

func (t *tx) AnsweredShowings(personID string, since chat.Time) ([]chat.Showing, error) {
	return t.showingsOf(personID, `answered_at > 0 AND goal_at = 0`, since)
}

// showingsOf returns those of a person since a time, on any profile that was merged into theirs, the
// latest first: as few as somebody is invited.
func (t *tx) showingsOf(personID, where string, since chat.Time) ([]chat.Showing, error) {
	rows, err := t.q.Query(`SELECT `+showingColumns+` FROM showing WHERE person_id IN `+allProfiles(`$1`, `$2`)+` AND at >= $3 AND `+where, personID, personID, since)
	list, err := collect(rows, err, scanShowing)
	sorted.By(list, func(a, b chat.Showing) int { return cmp.Compare(b.At, a.At) })
	return list, err
}

func (t *tx) SaveShowing(s *chat.Showing) error {
	err := t.exec(`UPDATE showing SET person_id = $1, declined_at = $2, opened_at = $3, answered_at = $4, conversation_id = $5, goal_at = $6 WHERE id = $7`,
		s.PersonID, s.DeclinedAt, s.OpenedAt, s.AnsweredAt, s.ConversationID, s.GoalAt, s.ID)
	if err != nil {
		return fmt.Errorf("save showing: %w", err)
	}
	return nil
}

func (t *tx) CountInvites(siteID string, more chat.InviteUse) error {
	return t.exec(`INSERT INTO showing_day (site_id, rule_id, day, shown, declined, answered, led) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (site_id, rule_id, day) DO UPDATE
		SET shown = showing_day.shown + excluded.shown, declined = showing_day.declined + excluded.declined,
		answered = showing_day.answered + excluded.answered, led = showing_day.led + excluded.led`,
		siteID, more.RuleID, more.Day, more.Shown, more.Declined, more.Answered, more.Led)
}
