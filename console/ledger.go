package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/wire"
	"rapport/storage"
)

// ledgerPage is how many promises one page of the ledger has.
const ledgerPage = 50

type ledgerAnswer struct {
	Promises []wire.LedgerRow     `json:"promises"`
	Next     string               `json:"next"`
	Counts   storage.LedgerCounts `json:"counts"`
}

func ledgerRows(rows []storage.LedgerRow) []wire.LedgerRow {
	out := make([]wire.LedgerRow, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		out = append(out, wire.NewLedgerRow(&r.Promise, r.PersonID, r.PersonName, r.PersonVerified, r.PersonZone))
	}
	return out
}

// ledger is a page of a site's promises, open ones due first. The counts are of the
// agent's own for their own list, and of the whole site for the others.
func (d *Door) ledger(c *fiber.Ctx, me *signedIn) (any, error) {
	p := storage.LedgerPage{
		SiteID: c.Query("site"), List: storage.LedgerList(c.Query("list", string(storage.MyPromises))),
		AgentID: me.agent.ID, Cursor: c.Query("after"), Limit: ledgerPage, Now: d.Clock(),
	}
	ctx := c.UserContext()
	if _, err := d.Store.Site(ctx, p.SiteID); err != nil {
		return nil, err
	}
	rows, next, err := d.Store.Ledger(ctx, p)
	if err != nil {
		return nil, err
	}
	answer := ledgerAnswer{Promises: ledgerRows(rows), Next: next}
	whose := ""
	if p.List == storage.MyPromises {
		whose = me.agent.ID
	}
	if answer.Counts, err = d.Store.LedgerCounts(ctx, p.SiteID, whose, p.Now); err != nil {
		return nil, err
	}
	return answer, nil
}
