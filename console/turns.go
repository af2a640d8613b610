package console

import (
	"context"

	"rapport/hub"
	"rapport/hub/wire"
)

// PassGrants ends the turns of supervisors who have not answered in time: the
// next who is there is asked, and where nobody is left the agent hears that.
func (d *Door) PassGrants(ctx context.Context) error {
	due, err := d.Store.DueGrants(ctx, d.Clock())
	if err != nil || len(due) == 0 {
		return err
	}
	there, err := d.Supervisors(ctx)
	if err != nil {
		return err
	}
	for _, id := range due {
		g, err := d.Desk.PassGrant(ctx, id, there)
		if err != nil {
			return err
		}
		if g != nil {
			d.Hub.Broadcast(hub.SiteTopic(g.SiteID), wire.GrantFrame(g), nil)
		}
	}
	return nil
}
