package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// Streams returns how far each site's stream of events has come.
func (s *Store) Streams(ctx context.Context) (map[string]int64, error) {
	rows, err := s.read(ctx).Query(`SELECT site_id, seq FROM ` + siteNow + ` h`)
	type stream struct {
		site string
		seq  int64
	}
	list, err := collect(rows, err, func(row scanner) (v stream, err error) { return v, row.Scan(&v.site, &v.seq) })
	if err != nil {
		return nil, fmt.Errorf("read how far sites have come: %w", err)
	}
	heads := make(map[string]int64, len(list))
	for _, v := range list {
		heads[v.site] = v.seq
	}
	return heads, nil
}

// EventsOfSite returns the first events of a site's stream after a number: as many as
// fit into pageBytes, the last of which may go beyond it. None are left when there are
// none. What was erased leaves holes; otherwise nothing is missing before what is
// returned, nor ever stored there: whoever appends holds the site's head until the
// commit.
func (s *Store) EventsOfSite(ctx context.Context, siteID string, after int64) ([]chat.Event, error) {
	return s.events(ctx, pageBytes, stored, siteID, after, pageEvents)
}
