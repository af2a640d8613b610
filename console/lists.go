package console

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/wire"
	"rapport/storage"
)

// Sizes of pages.
const (
	rowsPage    = 50
	rowsMost    = 100
	messagePage = 50
	mostHistory = 1000
)

type rowPage struct {
	Rows    []wire.Row  `json:"rows"`
	Next    string      `json:"next"`
	Counts  chat.Counts `json:"counts"`
	SiteSeq int64       `json:"site_seq"`
}

// list is a page of one of the console's lists. The head is read first: what
// changes meanwhile comes again over the socket, which does no harm.
func (d *Door) list(c *fiber.Ctx, me *signedIn) (any, error) {
	p := storage.Page{
		SiteID: c.Query("site"), List: storage.List(c.Query("list", string(storage.Queue))),
		AgentID: me.agent.ID, Cursor: c.Query("after"),
	}
	if p.List == storage.Held {
		p.List = "" // asked for by the board alone
	}
	limit, err := numberIn(c, "limit", rowsPage)
	if err != nil {
		return nil, err
	}
	if limit < 1 || limit > rowsMost {
		return nil, chat.FailField("limit", "A page has 1 to %d rows.", rowsMost)
	}
	p.Limit = int(limit)
	counts, head, err := d.Store.Counts(c.UserContext(), p.SiteID, me.agent.ID)
	if err != nil {
		return nil, err
	}
	rows, next, err := d.Store.Rows(c.UserContext(), p)
	if err != nil {
		return nil, err
	}
	return rowPage{wire.NewRows(rows), next, counts, head}, nil
}

// numberIn reads a whole number, not below zero, from the query.
func numberIn(c *fiber.Ctx, name string, missing int64) (int64, error) {
	text := c.Query(name)
	if text == "" {
		return missing, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, chat.FailField(name, "This is not a number.")
	}
	return n, nil
}

type historyPage struct {
	Messages []*wire.Message `json:"messages"`
	Events   []wire.Event    `json:"events"`
	More     bool            `json:"more"`
}

// history is the page of a thread before a message that the console has; with
// "from", all of it from that number on, so that a thread reaches back to a message
// without a gap.
func (d *Door) history(c *fiber.Ctx, _ *signedIn) (any, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	before, err := numberIn(c, "before", 0)
	if err != nil {
		return nil, err
	}
	row, err := d.Store.RowByID(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	if before == 0 || before > row.Seq {
		before = row.Seq + 1
	}
	from, err := numberIn(c, "from", 0)
	if err != nil {
		return nil, err
	}
	size := messagePage
	if from > 0 && from < before {
		size = int(min(before-from, mostHistory))
	}
	page, err := d.thread(c.UserContext(), row.ID, before, size)
	if err != nil {
		return nil, err
	}
	return page, nil
}
