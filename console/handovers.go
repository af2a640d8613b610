package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/console/report"
	"rapport/hub/chat"
	"rapport/hub/wire"
)

// farRows is how many of the conversations that changed hands often are named.
const farRows = 20

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
	days := c.QueryInt("days")
	if days != 1 && days != 7 && days != 28 {
		return nil, chat.FailField("days", "Choose 1, 7 or 28 days.")
	}
	out := handoversShape{Since: d.Desk.DayBefore(d.Clock(), days-1), Rows: []wire.Row{}}
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
	far, ids, err := d.Store.FarRelayed(ctx, site.ID, out.Since, farRows)
	out.Far = far
	// Rows quote the customer, whom not everybody who reads reports may read.
	if err != nil || !me.agent.May(chat.ReadConversations) {
		return out, err
	}
	for _, id := range ids {
		row, err := d.Store.RowByID(ctx, id)
		if chat.Is(err, chat.NotFound) {
			continue // erased meanwhile
		}
		if err != nil {
			return nil, err
		}
		out.Rows = append(out.Rows, wire.NewRow(row))
	}
	return out, nil
}
