package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

// QuickAnswers returns the first chat.MaxQuick of a site's quick answers, in its
// order.
func (s *Store) QuickAnswers(ctx context.Context, siteID string) ([]chat.Answer, error) {
	rows, err := s.read(ctx).Query(`SELECT `+answerColumns+` FROM answer WHERE site_id = $1 AND quick = 1 ORDER BY position, title, id LIMIT $2`, siteID, chat.MaxQuick)
	return collect(rows, err, scanAnswer)
}

// HasQuick reports whether a site has any quick answer.
func (s *Store) HasQuick(ctx context.Context, siteID string) (has bool, err error) {
	err = s.read(ctx).QueryRow(`SELECT EXISTS (SELECT 1 FROM answer WHERE site_id = $1 AND quick = 1)`, siteID).Scan(&has)
	return has, err
}

// OrderAnswers puts a site's answers in the order of these ids; those that it
// does not name follow in the order that they had. ErrNotFound for an id that is
// not the site's; then nothing changes.
func (s *Store) OrderAnswers(ctx context.Context, siteID string, ids []string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		list, err := answers(q, siteID)
		if err != nil {
			return err
		}
		var rest []string
		for _, a := range list {
			if !slices.Contains(ids, a.ID) {
				rest = append(rest, a.ID)
			}
		}
		for i, id := range append(slices.Clone(ids), rest...) {
			res, err := q.Exec(`UPDATE answer SET position = $1 WHERE id = $2 AND site_id = $3`, i+1, id, siteID)
			if err := gone(res, err); err != nil {
				return err
			}
		}
		return nil
	})
}

// AnswerUses returns what became of a site's answers since a local day, of those
// that anything became of.
func (s *Store) AnswerUses(ctx context.Context, siteID, since string) ([]chat.AnswerUse, error) {
	rows, err := s.read(ctx).Query(`SELECT d.answer_id, d.opened, d.helped, d.followed FROM answer a JOIN answer_day d ON d.answer_id = a.id
		WHERE a.site_id = $1 AND d.day >= $2`, siteID, since)
	days, err := collect(rows, err, func(row scanner) (u chat.AnswerUse, err error) {
		err = row.Scan(&u.AnswerID, &u.Opened, &u.Helped, &u.Followed)
		return u, err
	})
	var out []chat.AnswerUse
	for _, day := range days {
		at := slices.IndexFunc(out, func(u chat.AnswerUse) bool { return u.AnswerID == day.AnswerID })
		if at < 0 {
			out = append(out, day)
			continue
		}
		u := &out[at]
		u.Opened, u.Helped, u.Followed = u.Opened+day.Opened, u.Helped+day.Helped, u.Followed+day.Followed
	}
	return out, err
}

// ReadUp returns what somebody had opened before they wrote.
func (s *Store) ReadUp(ctx context.Context, id string) (*chat.ReadUp, error) {
	var r chat.ReadUp
	var list string
	err := s.read(ctx).QueryRow(`SELECT id, conversation_id, answers FROM read_up WHERE id = $1`, id).Scan(&r.ID, &r.ConversationID, &list)
	if err != nil {
		return nil, absent(err)
	}
	return &r, json.Unmarshal([]byte(list), &r.Answers)
}

func (t *tx) Answer(id string) (*chat.Answer, error) {
	a, err := scanAnswer(t.q.QueryRow(`SELECT `+answerColumns+` FROM answer WHERE id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &a, nil
}

func (t *tx) CountAnswer(day string, more chat.AnswerUse) error {
	return t.exec(`INSERT INTO answer_day (answer_id, day, opened, helped, followed) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (answer_id, day) DO UPDATE
		SET opened = answer_day.opened + excluded.opened, helped = answer_day.helped + excluded.helped, followed = answer_day.followed + excluded.followed`,
		more.AnswerID, day, more.Opened, more.Helped, more.Followed)
}

func (t *tx) InsertReadUp(r *chat.ReadUp) error {
	list, err := json.Marshal(r.Answers)
	if err != nil {
		return fmt.Errorf("insert what was read: %w", err)
	}
	return t.exec(`INSERT INTO read_up (id, conversation_id, answers) VALUES ($1,$2,$3)`, r.ID, r.ConversationID, string(list))
}
