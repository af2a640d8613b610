package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/wire"
	"rapport/storage"
)

// boardRows is how many of those who wait longest the board names.
const boardRows = 8

// atDesk is one of the team on the board.
type atDesk struct {
	candidate
	Standing   *wire.Standing `json:"standing,omitempty"` // nil for who has no console open
	Unanswered int64          `json:"unanswered"`         // on this site, as Since
	Since      chat.Time      `json:"since"`
}

// boardShape is Board of the protocol.
type boardShape struct {
	Waiting    int64      `json:"waiting"`
	Unanswered int64      `json:"unanswered"`
	Since      chat.Time  `json:"since"`
	Late       int64      `json:"late"`
	Soon       int64      `json:"soon"`
	People     []atDesk   `json:"people"`
	Rows       []wire.Row `json:"rows"`
}

// board is how a site stands now: who is there with how much, and who waits.
func (d *Door) board(c *fiber.Ctx, me *signedIn) (any, error) {
	ctx := c.UserContext()
	site, err := d.Store.Site(ctx, c.Query("site"))
	if err != nil {
		return nil, err
	}
	out := boardShape{Rows: []wire.Row{}}
	promises, err := d.Store.LedgerCounts(ctx, site.ID, "", d.Clock())
	if err != nil {
		return nil, err
	}
	out.Late, out.Soon = promises.Late, promises.Soon
	if err := d.countHands(ctx, site.ID, &out); err != nil {
		return nil, err
	}
	// Rows quote the customer, whom not everybody who reads reports may read.
	if !me.agent.May(chat.ReadConversations) {
		return out, nil
	}
	rows, _, err := d.Store.Rows(ctx, storage.Page{SiteID: site.ID, List: storage.Live, Limit: boardRows})
	for i := range rows {
		if rows[i].WaitingSince > 0 {
			out.Rows = append(out.Rows, wire.NewRow(&rows[i]))
		}
	}
	return out, err
}

// countHands fills in who is there, and how much waits with whom.
func (d *Door) countHands(ctx context.Context, siteID string, out *boardShape) error {
	people, err := d.candidates(ctx)
	if err != nil {
		return err
	}
	list, err := d.Store.Hands(ctx, siteID)
	if err != nil {
		return err
	}
	hands := map[string]chat.Hands{}
	for _, h := range list {
		hands[h.AgentID] = h
		if h.AgentID != "" {
			out.Unanswered += h.Unanswered
		}
		if h.Since > 0 && (out.Since == 0 || h.Since < out.Since) {
			out.Since = h.Since
		}
	}
	out.Waiting = hands[""].Has
	standing := map[string]*wire.Standing{}
	for _, m := range d.Hub.Team() {
		standing[m.ID] = &m.Standing
	}
	out.People = make([]atDesk, 0, len(people))
	for _, p := range people {
		h := hands[p.ID]
		out.People = append(out.People, atDesk{p, standing[p.ID], h.Unanswered, h.Since})
	}
	return nil
}
