package dispatch

import (
	"context"
	"errors"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

// leave takes what is theirs from agents who are gone beyond the grace, while there
// is somebody else to have it: at the look in which the grace ends, and whenever
// rules and people are read anew. A look in which nobody's ends reads nothing.
func (d *Dispatcher) leave(ctx context.Context, here map[string]hub.Here, now chat.Time) error {
	colleagues := 0
	for id, p := range d.people {
		if p.agent.Answers() {
			colleagues++
		}
		// Not whoever the team still sees while their console reloads: the grace begins
		// when the last connection is lost.
		if h, is := here[id]; is && h.Connected && h.Status != chat.Offline {
			delete(d.gone, id)
		} else if _, known := d.gone[id]; !known {
			d.gone[id] = now
		}
	}
	ended := d.graceEnded(now)
	failed := d.seeOut(ctx, ended)
	for id := range d.loads.count {
		since, is := ended[id]
		others := colleagues
		if p := d.people[id]; p != nil && p.agent.Answers() {
			others--
		}
		if !is || others == 0 {
			continue
		}
		list, err := d.Store.LeftBehind(ctx, id, since.Add(-lively))
		failed = errors.Join(failed, err)
		for _, c := range list {
			_, err := d.Desk.Requeue(ctx, c, id)
			failed = errors.Join(failed, err)
		}
	}
	if failed == nil {
		d.left = now
	}
	return failed
}

// graceEnded are those whose grace has ended since the last look, with when they
// went; where everything is looked at anew, all who are gone beyond it.
func (d *Dispatcher) graceEnded(now chat.Time) map[string]chat.Time {
	grace := d.grace()
	var ended map[string]chat.Time
	for id, since := range d.gone {
		if end := since.Add(grace); end <= now && (d.anew || end > d.left) {
			if ended == nil {
				ended = map[string]chat.Time{}
			}
			ended[id] = since
		}
	}
	return ended
}

// grace is the longest that any site gives: an agent is gone for all of them.
func (d *Dispatcher) grace() time.Duration {
	var longest int64
	for _, r := range d.rules {
		longest = max(longest, r.GraceSeconds)
	}
	return time.Duration(longest) * time.Second
}
