package dispatch

import (
	"context"
	"errors"

	"rapport/hub/chat"
)

// loadGuests reads who answers beside a colleague.
func (d *Dispatcher) loadGuests(ctx context.Context) error {
	list, err := d.Store.Guests(ctx)
	if err != nil {
		return err
	}
	clear(d.guests)
	for _, g := range list {
		d.guests[g] = true
	}
	return nil
}

// seeOut ends the visits of guests whose grace has ended, so that nobody counts on
// them.
func (d *Dispatcher) seeOut(ctx context.Context, ended map[string]chat.Time) error {
	if len(ended) == 0 {
		return nil
	}
	var failed error
	for g := range d.guests {
		if _, is := ended[g.AgentID]; !is {
			continue
		}
		if _, err := d.Desk.LeaveGone(ctx, g.ConversationID, g.AgentID); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		delete(d.guests, g)
	}
	return failed
}
