package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// aged holds for closed conversations in which nothing is open any more; the other
// conditions say whose and how old. What was split off stays as long as its chat, which
// tells of the promises in it, and the chat while it is worked on.
const aged = `c.state = 'closed' AND NOT (c.channel = '` + chat.ChannelAside + `' AND c.previous_id <> '') AND NOT EXISTS (SELECT 1 FROM promise WHERE conversation_id = c.id AND state = 'open')
	AND NOT EXISTS (SELECT 1 FROM complaint WHERE conversation_id = c.id AND state = 'open')
	AND NOT EXISTS (SELECT 1 FROM follow_up WHERE conversation_id = c.id AND state IN ('waiting', 'held'))
	AND NOT EXISTS (SELECT 1 FROM goodwill WHERE conversation_id = c.id AND state IN ('asked', 'unanswered'))
	AND NOT EXISTS (SELECT 1 FROM consult WHERE conversation_id = c.id AND state = 'open')
	AND NOT EXISTS (SELECT 1 FROM conversation a WHERE a.person_id = c.person_id AND a.channel = '` + chat.ChannelAside + `' AND a.previous_id = c.id
		AND (a.state <> 'closed' OR EXISTS (SELECT 1 FROM promise WHERE conversation_id = a.id AND state = 'open')))`

// Those of a site are read from the end of the list of closed ones, where the oldest stand.
const (
	agedOfSite  = `SELECT c.id FROM conversation c WHERE c.site_id = $1 AND c.rank > $2 AND ` + aged + ` ORDER BY c.rank DESC, c.id DESC LIMIT $3`
	countOfAged = `SELECT c.id FROM conversation c WHERE c.site_id = $1 AND c.rank > $2 AND ` + aged + ` LIMIT $3`
)

func (t *tx) Aged(siteID string, before chat.Time, limit int) ([]string, error) {
	ids, err := t.ids(agedOfSite, siteID, closedRank(before), limit)
	if err != nil {
		return nil, fmt.Errorf("read old conversations: %w", err)
	}
	return ids, nil
}

func (t *tx) IsAged(id string, before chat.Time) (bool, error) {
	n, err := t.number(`SELECT 1 FROM conversation c WHERE c.id = $1 AND c.rank > $2 AND `+aged, id, closedRank(before))
	if err != nil {
		return false, fmt.Errorf("read an old conversation: %w", err)
	}
	return n > 0, nil
}

// CountAged counts the conversations of a site that are too old, up to most, and tells
// whether there are more.
func (s *Store) CountAged(ctx context.Context, siteID string, before chat.Time, most int) (n int, more bool, err error) {
	rows, err := s.read(ctx).Query(countOfAged, siteID, closedRank(before), most+1)
	old, err := collect(rows, err, scanString)
	if err != nil {
		return 0, false, fmt.Errorf("count old conversations: %w", err)
	}
	return min(len(old), most), len(old) > most, nil
}

// closedRank is where in their list stand those that were closed at a time.
func closedRank(at chat.Time) int64 {
	c := chat.Conversation{State: chat.Closed, ClosedAt: at}
	return c.Rank()
}

// newestAt reads the last of each site's stream and of the audit log, by their indexes.
const newestAt = `SELECT COALESCE(MAX(n.at), 0) FROM (
	SELECT (SELECT e.at FROM event e WHERE e.site_id = s.id ORDER BY e.site_seq DESC LIMIT 1) AS at FROM site s
	UNION ALL SELECT a.at FROM (SELECT at FROM audit ORDER BY number DESC LIMIT 1) a) n`

// NewestAt returns when the last was stored that anybody did, 0 where nothing ever was.
func (s *Store) NewestAt(ctx context.Context) (at chat.Time, err error) {
	if err := s.read(ctx).QueryRow(newestAt).Scan(&at); err != nil {
		return 0, fmt.Errorf("read the newest: %w", err)
	}
	return at, nil
}
