package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/console/report"
	"rapport/hub/chat"
	"rapport/hub/wire"
)

// behindRows is how many of the conversations behind a figure are named.
const behindRows = 20

// figuresShape is Figures of the protocol.
type figuresShape struct {
	Since string `json:"since"` // the first day of the range
	report.Figures
	Unanswered     int64      `json:"unanswered"`
	UnansweredRows []wire.Row `json:"unanswered_rows"`
	UnhappyRows    []wire.Row `json:"unhappy_rows"`
}

// figures is what a site did for its customers in the last days.
func (d *Door) figures(c *fiber.Ctx, me *signedIn) (any, error) {
	ctx := c.UserContext()
	site, err := d.Store.Site(ctx, c.Query("site"))
	if err != nil {
		return nil, err
	}
	days, err := d.daysBack(c, site, 7, 28, 91)
	if err != nil {
		return nil, err
	}
	out := figuresShape{Since: days[0]}
	if out.Figures, err = d.figuresOf(ctx, site.ID, days); err != nil {
		return nil, err
	}
	n, unanswered, err := d.Store.Unanswered(ctx, site.ID, out.Since, behindRows)
	if err != nil {
		return nil, err
	}
	unhappy, err := d.Store.Unhappy(ctx, site.ID, out.Since, behindRows)
	if err != nil {
		return nil, err
	}
	out.Unanswered = n
	if out.UnansweredRows, err = d.rowsBehind(ctx, me, unanswered); err != nil {
		return nil, err
	}
	out.UnhappyRows, err = d.rowsBehind(ctx, me, unhappy)
	return out, err
}

func (d *Door) figuresOf(ctx context.Context, siteID string, days []string) (out report.Figures, err error) {
	counts, err := d.Store.FactCounts(ctx, siteID, days[0])
	if err != nil {
		return out, err
	}
	times, err := d.Store.FactTimes(ctx, siteID, days[0])
	if err != nil {
		return out, err
	}
	said, err := d.Store.FactsSaid(ctx, siteID, days[0])
	if err != nil {
		return out, err
	}
	agents, err := d.Store.Agents(ctx)
	if err != nil {
		return out, err
	}
	teams, err := d.Store.Teams(ctx)
	if err != nil {
		return out, err
	}
	return report.NewFigures(days, counts, times, said, agents, teams), nil
}

// daysBack is the range that a site's report is asked for, each day by the site's clock,
// today the last: one of the lengths given.
func (d *Door) daysBack(c *fiber.Ctx, site *chat.Site, lengths ...int) ([]string, error) {
	n := c.QueryInt("days")
	for _, length := range lengths {
		if n == length {
			days := make([]string, n)
			for i := range days {
				days[i] = d.Desk.DayBefore(site, d.Clock(), n-1-i)
			}
			return days, nil
		}
	}
	return nil, chat.FailField("days", "Choose %d, %d or %d days.", lengths[0], lengths[1], lengths[2])
}

// rowsBehind are the conversations behind a figure; none for who may not read
// conversations, as rows quote the customer.
func (d *Door) rowsBehind(ctx context.Context, me *signedIn, ids []string) ([]wire.Row, error) {
	out := []wire.Row{}
	if !me.agent.May(chat.ReadConversations) {
		return out, nil
	}
	for _, id := range ids {
		row, err := d.Store.RowByID(ctx, id)
		if chat.Is(err, chat.NotFound) {
			continue // erased meanwhile
		}
		if err != nil {
			return nil, err
		}
		out = append(out, wire.NewRow(row))
	}
	return out, nil
}
