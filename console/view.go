package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/wire"
)

// conversationView is all that the console shows of a conversation.
type conversationView struct {
	Row wire.Row `json:"row"`
	historyPage
	Seq       int64             `json:"seq"`
	Marks     wire.Marks        `json:"marks"`
	Matter    wire.Matter       `json:"matter"`
	Cards     []*wire.Card      `json:"cards"`
	Promises  []*wire.Promise   `json:"promises"`
	Complaint *wire.Complaint   `json:"complaint"`
	Grants    []*wire.Grant     `json:"grants"`
	Person    wire.Person       `json:"person"`
	Delays    []*wire.Delay     `json:"delays"`
	Notes     []wire.PersonNote `json:"notes"`
	Merges    []mergeShape      `json:"merges,omitempty"`
	Pages     []wire.PageView   `json:"pages"`
	Earlier   []wire.Row        `json:"earlier"`
	Variables map[string]string `json:"variables"`
	Draft     *draftShape       `json:"draft"`
	Entry     *wire.Entry       `json:"entry,omitempty"`
	Purchases []wire.Purchase   `json:"purchases"`
	Online    bool              `json:"person_online"`
}

type draftShape struct {
	Kind chat.MessageKind `json:"kind"`
	Text string           `json:"text"`
	At   chat.Time        `json:"at"`
}

// view answers with a conversation in one call. The row is read first and the
// thread is cut at its number, so that the live stream goes on exactly there.
func (d *Door) view(c *fiber.Ctx, me *signedIn) (any, error) {
	row, err := d.rowOf(c)
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	v := conversationView{Row: wire.NewRow(row), Seq: row.Seq, Marks: wire.TeamMarks(row.Marks)}
	if v.historyPage, err = d.thread(ctx, row.ID, row.Seq+1, messagePage); err != nil {
		return nil, err
	}
	if v.Matter, err = d.matter(ctx, row.MatterID); err != nil {
		return nil, err
	}
	if err := d.agreements(ctx, &v, row.ID); err != nil {
		return nil, err
	}
	if v.Complaint, err = d.complaint(ctx, row); err != nil {
		return nil, err
	}
	if err := d.customer(ctx, &v, row, me); err != nil {
		return nil, err
	}
	if v.Entry, err = d.entry(ctx, row); err != nil {
		return nil, err
	}
	draft, err := d.Store.Draft(ctx, me.agent.ID, row.ID)
	if err != nil {
		return nil, err
	}
	if draft != nil {
		v.Draft = &draftShape{draft.Kind, draft.Text, draft.At}
	}
	_, v.Online = d.Hub.Watching(row.ID)
	return v, nil
}

// thread is the page of messages before a number, with the other lines of the
// same span.
func (d *Door) thread(ctx context.Context, id string, before int64, size int) (historyPage, error) {
	list, more, err := d.Store.Messages(ctx, id, before, size)
	if err != nil {
		return historyPage{}, err
	}
	page := historyPage{Messages: make([]*wire.Message, 0, len(list)), More: more}
	for i := range list {
		page.Messages = append(page.Messages, wire.TeamMessage(&list[i].Message, list[i].Author))
	}
	from := int64(1)
	if more {
		from = list[0].Seq
	}
	lines, err := d.Store.LinesBetween(ctx, id, from, before-1)
	if err != nil {
		return historyPage{}, err
	}
	page.Events = wire.TeamEvents(lines)
	return page, nil
}

// matter is a matter with the progress that stands.
func (d *Door) matter(ctx context.Context, id string) (wire.Matter, error) {
	m, err := d.Store.Matter(ctx, id)
	if err != nil {
		return wire.Matter{}, err
	}
	standing, err := d.Store.StandingProgress(ctx, id)
	if err != nil {
		return wire.Matter{}, err
	}
	progress := make([]wire.Progress, 0, len(standing))
	for i := range standing {
		progress = append(progress, wire.NewProgress(&standing[i].Progress, standing[i].ByName))
	}
	return wire.NewMatter(m, progress), nil
}

// customer fills in who the conversation is with.
func (d *Door) customer(ctx context.Context, v *conversationView, row *chat.Row, me *signedIn) error {
	p, err := d.Store.Person(ctx, row.PersonID)
	if err != nil {
		return err
	}
	site, err := d.Store.Site(ctx, row.SiteID)
	if err != nil {
		return err
	}
	v.Person, v.Variables = wire.NewPerson(p), cycle.Values(*p, *me.agent, *site)
	if err := d.grants(ctx, v, p.ID); err != nil {
		return err
	}
	if v.Delays, err = d.delays(ctx, p.ID); err != nil {
		return err
	}
	if v.Notes, err = d.notes(ctx, p.ID, me); err != nil {
		return err
	}
	if v.Merges, err = d.merges(ctx, p.ID); err != nil {
		return err
	}
	if v.Purchases, err = d.purchases(ctx, p.ID); err != nil {
		return err
	}
	pages, err := d.Store.PageViews(ctx, p.ID)
	if err != nil {
		return err
	}
	v.Pages = make([]wire.PageView, 0, len(pages))
	for _, page := range pages {
		v.Pages = append(v.Pages, wire.PageView{URL: page.URL, Title: page.Title, At: page.At})
	}
	v.Earlier, err = d.earlier(ctx, row)
	return err
}

// earlierShown is how many earlier conversations one view lists.
const earlierShown = 20

// earlier lists the customer's conversations that began before this one, and all that
// was entered by hand. More are read than shown, since later ones come first.
func (d *Door) earlier(ctx context.Context, row *chat.Row) ([]wire.Row, error) {
	rows, err := d.Store.PersonRows(ctx, row.PersonID, 3*earlierShown)
	if err != nil {
		return nil, err
	}
	out := []wire.Row{}
	for i := range rows {
		if rows[i].ID != row.ID && (rows[i].StartedAt <= row.StartedAt || rows[i].Channel != chat.ChannelChat) && len(out) < earlierShown {
			out = append(out, wire.NewRow(&rows[i]))
		}
	}
	return out, nil
}

// rowOf returns the row of the conversation in the path.
func (d *Door) rowOf(c *fiber.Ctx) (*chat.Row, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return d.Store.RowByID(c.UserContext(), id)
}
