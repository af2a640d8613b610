package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/console/report"
	"rapport/hub/wire"
)

// handoversShape is Handovers of the protocol.
type handoversShape struct {
	Since string `json:"since"` // the first day of the range
	report.Handovers
	Far  int64      `json:"far"`
	Rows []wire.Row `json:"rows"`
}

// handovers is what became of what was handed over, asked and assigned on a site.
func (d *Door) handovers(c *fiber.Ctx, me *signedIn) (any, error) {
	ctx := c.UserContext()
	site, err := d.Store.Site(ctx, c.Query("site"))
	if err != nil {
		return nil, err
	}
	days, err := d.daysBack(c, site, 1, 7, 28)
	if err != nil {
		return nil, err
	}
	out := handoversShape{Since: days[0]}
	counts, err := d.Store.RelayCounts(ctx, site.ID, out.Since)
	if err != nil {
		return nil, err
	}
	waits, err := d.Store.RelayWaits(ctx, site.ID, out.Since)
	if err != nil {
		return nil, err
	}
	agents, err := d.Store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	teams, err := d.Store.Teams(ctx)
	if err != nil {
		return nil, err
	}
	out.Handovers = report.NewHandovers(counts, waits, agents, teams)
	far, ids, err := d.Store.FarRelayed(ctx, site.ID, out.Since, behindRows)
	if err != nil {
		return nil, err
	}
	out.Far = far
	out.Rows, err = d.rowsBehind(ctx, me, ids)
	return out, err
}
