package console

import (
	"context"
	"errors"

	"rapport/hub"
	"rapport/hub/wire"
)

// PassGrants ends the turns of supervisors who have not answered in time: the
// next who is there is asked, and where nobody is left the agent hears that. One
// that fails keeps none of the others waiting.
func (d *Door) PassGrants(ctx context.Context) error {
	due, err := d.Store.DueGrants(ctx, d.Clock())
	if err != nil || len(due) == 0 {
		return err
	}
	there, err := d.Supervisors(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, id := range due {
		g, err := d.Desk.PassGrant(ctx, id, there)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		if g != nil {
			d.Hub.Broadcast(hub.SiteTopic(g.SiteID), wire.GrantFrame(g), nil)
		}
	}
	return failed
}
