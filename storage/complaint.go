package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

const trackColumns = `id, site_id, conversation_id, matter_id, state, marks, asked, hard, expectation, solution, confirmation,
	root_cause, cause_words, cause_skipped, follow_up_at, follow_up_id, opened_by, opened_at, ended_at`

const trackFields = `k.id, k.site_id, k.conversation_id, k.matter_id, k.state, k.marks, k.asked, k.hard, k.expectation, k.solution, k.confirmation,
	k.root_cause, k.cause_words, k.cause_skipped, k.follow_up_at, k.follow_up_id, k.opened_by, k.opened_at, k.ended_at, o.name, o.picture`

const trackSelect = `SELECT ` + trackFields + ` FROM complaint k JOIN agent o ON o.id = k.opened_by`

// scanTrack reads a complaint, and what comes behind its fields into more.
func scanTrack(row scanner, more ...any) (k chat.Track, err error) {
	var marks string
	err = row.Scan(append([]any{&k.ID, &k.SiteID, &k.ConversationID, &k.MatterID, &k.State, &marks, &k.Asked, &k.Hard, &k.Expectation, &k.Solution, &k.Confirmation,
		&k.RootCause, &k.CauseWords, &k.CauseSkipped, &k.FollowUpAt, &k.FollowUpID, &k.OpenedBy.ID, &k.OpenedAt, &k.EndedAt,
		&k.OpenedBy.Name, &k.OpenedBy.Picture}, more...)...)
	if err == nil {
		err = json.Unmarshal([]byte(marks), &k.Marks)
	}
	return k, err
}

func plainTrack(row scanner) (chat.Track, error) { return scanTrack(row) }

func oneTrack(q querier, where string, args ...any) (*chat.Track, error) {
	k, err := scanTrack(q.QueryRow(trackSelect+where, args...))
	if err != nil {
		return nil, absent(err)
	}
	return &k, nil
}

func (t *tx) Track(matterID string) (*chat.Track, error) {
	return oneTrack(t.q, ` WHERE k.matter_id = $1`, matterID)
}

func (t *tx) Tracks(conversationID string) ([]chat.Track, error) {
	rows, err := t.q.Query(trackSelect+` WHERE k.conversation_id = $1 AND k.state = 'open' ORDER BY k.id`, conversationID)
	return collect(rows, err, plainTrack)
}

func (t *tx) InsertTrack(k *chat.Track) error {
	err := t.exec(`INSERT INTO complaint (`+trackColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)`,
		k.ID, k.SiteID, k.ConversationID, k.MatterID, k.State, marksJSON(k), truth(k.Asked), truth(k.Hard), k.Expectation, k.Solution, k.Confirmation,
		k.RootCause, k.CauseWords, k.CauseSkipped, k.FollowUpAt, k.FollowUpID, k.OpenedBy.ID, k.OpenedAt, k.EndedAt)
	if err != nil {
		return fmt.Errorf("insert complaint: %w", err)
	}
	return nil
}

func (t *tx) SaveTrack(k *chat.Track) error {
	err := t.exec(`UPDATE complaint SET state = $1, marks = $2, asked = $3, hard = $4, expectation = $5, solution = $6, confirmation = $7,
		root_cause = $8, cause_words = $9, cause_skipped = $10, follow_up_at = $11, follow_up_id = $12, opened_by = $13, opened_at = $14, ended_at = $15 WHERE id = $16`,
		k.State, marksJSON(k), truth(k.Asked), truth(k.Hard), k.Expectation, k.Solution, k.Confirmation,
		k.RootCause, k.CauseWords, k.CauseSkipped, k.FollowUpAt, k.FollowUpID, k.OpenedBy.ID, k.OpenedAt, k.EndedAt, k.ID)
	if err != nil {
		return fmt.Errorf("save complaint: %w", err)
	}
	return nil
}

func marksJSON(k *chat.Track) string {
	marks := k.Marks
	if marks == nil {
		marks = []chat.StageMark{}
	}
	text, err := json.Marshal(marks)
	if err != nil {
		panic("storage: marks are plain data: " + err.Error())
	}
	return string(text)
}

// Track returns one complaint.
func (s *Store) Track(ctx context.Context, id string) (*chat.Track, error) {
	return oneTrack(s.read(ctx), ` WHERE k.id = $1`, id)
}

// LatestTrack returns the complaint that a conversation's view shows: that of its
// current matter, else the latest; nil for none that stands.
func (s *Store) LatestTrack(ctx context.Context, conversationID, matterID string) (*chat.Track, error) {
	rows, err := s.read(ctx).Query(trackSelect+` WHERE k.conversation_id = $1 AND k.state <> 'dropped' ORDER BY k.id DESC`, conversationID)
	list, err := collect(rows, err, plainTrack)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	for i := range list {
		if list[i].MatterID == matterID {
			return &list[i], nil
		}
	}
	return &list[0], nil
}

// TrackPage asks for a part of a site's complaints, those opened first in front.
// Cursor is what the page before handed back as Next, "" for the first.
type TrackPage struct {
	SiteID string
	State  chat.TrackState
	Cursor string
	Limit  int
}

// TrackRow is a complaint with whose it is, who has the conversation, and the next
// promise of ours that is due there.
type TrackRow struct {
	chat.Track
	PersonID       string
	PersonName     string
	PersonVerified bool
	Holder         chat.AgentCard // zero while nobody has it
	Closed         bool           // the conversation is
	NextDue        chat.Time      // zero where nothing is promised
}

const trackRows = `SELECT ` + trackFields + `, coalesce(s.id, v.id), coalesce(s.name, v.name), coalesce(s.verified - s.name_given, v.verified - v.name_given),
	coalesce(a.id, ''), coalesce(a.name, ''), coalesce(a.picture, ''), CASE WHEN c.state = 'closed' THEN 1 ELSE 0 END,
	coalesce((SELECT min(p.due_at) FROM promise p WHERE p.conversation_id = k.conversation_id AND p.state = 'open' AND p.whose = 'ours'), 0)
	FROM complaint k JOIN agent o ON o.id = k.opened_by JOIN conversation c ON c.id = k.conversation_id
	JOIN person v ON v.id = c.person_id LEFT JOIN person s ON s.id = v.merged_into LEFT JOIN agent a ON a.id = c.assignee_id
	WHERE k.site_id = $1 AND k.state = $2 AND k.id > $3 ORDER BY k.id LIMIT $4`

// TrackRows returns a page of complaints and the cursor of the next, "" at the end.
func (s *Store) TrackRows(ctx context.Context, p TrackPage) (list []TrackRow, next string, err error) {
	if p.State != chat.TrackOpen && p.State != chat.TrackEnded && p.State != chat.TrackDropped {
		return nil, "", chat.FailField("list", "A list of complaints is open, ended or dropped.")
	}
	if p.Cursor != "" && !chat.ValidID(p.Cursor) {
		return nil, "", chat.FailField("after", "This is not the cursor of a page.")
	}
	rows, err := s.read(ctx).Query(trackRows, p.SiteID, p.State, p.Cursor, p.Limit+1)
	list, err = collect(rows, err, scanTrackRow)
	if err != nil {
		return nil, "", fmt.Errorf("read complaints: %w", err)
	}
	if len(list) > p.Limit {
		list = list[:p.Limit]
		next = list[p.Limit-1].ID
	}
	return list, next, nil
}

func scanTrackRow(row scanner) (r TrackRow, err error) {
	r.Track, err = scanTrack(row, &r.PersonID, &r.PersonName, &r.PersonVerified, &r.Holder.ID, &r.Holder.Name, &r.Holder.Picture, &r.Closed, &r.NextDue)
	return r, err
}
