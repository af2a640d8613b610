package console

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/visitors"
)

// pageShape is VisitedPage of the protocol.
type pageShape struct {
	URL   string    `json:"url"`
	Title string    `json:"title"`
	At    chat.Time `json:"at"`
}

// visitorShape is Visitor of the protocol.
type visitorShape struct {
	ID             string        `json:"id"`
	Since          chat.Time     `json:"since"`
	Page           pageShape     `json:"page"`
	Pages          int64         `json:"pages"`
	Source         string        `json:"source"`
	Hidden         bool          `json:"hidden"`
	Visits         int64         `json:"visits,omitempty"` // 0 where their browser does not count
	Person         *namedWith    `json:"person,omitempty"` // nil for a stranger
	ConversationID string        `json:"conversation_id,omitempty"`
	Invitation     *invitedShape `json:"invitation,omitempty"` // nil for none in this visit
}

// invitedShape is VisitorInvitation of the protocol.
type invitedShape struct {
	From  string `json:"from"`
	Text  string `json:"text"`
	State string `json:"state"`
	Rule  string `json:"rule,omitempty"` // the name of the rule that invited them, "" for an agent
}

// namedWith is a customer by name.
type namedWith struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// visitorsShape is VisitorChanges of the protocol.
type visitorsShape struct {
	On       bool           `json:"on"`
	Since    int64          `json:"since"`
	Whole    bool           `json:"whole"`
	Visitors []visitorShape `json:"visitors"`
	Gone     []string       `json:"gone"`
}

// listVisitors tells who looks around on a site, or what has changed since the answer
// before.
func (d *Door) listVisitors(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.Store.Site(c.UserContext(), c.Query("site"))
	if err != nil {
		return nil, err
	}
	out := visitorsShape{Visitors: []visitorShape{}, Gone: []string{}}
	if !site.Visitors.Listed {
		out.Whole = true
		return out, nil
	}
	since, err := sinceOf(c)
	if err != nil {
		return nil, err
	}
	changes := d.Visitors.Since(site.ID, since)
	out.On, out.Since, out.Whole, out.Gone = true, changes.Now, changes.Whole, changes.Gone
	out.Visitors = make([]visitorShape, 0, len(changes.Seen))
	for i := range changes.Seen {
		out.Visitors = append(out.Visitors, showVisit(&changes.Seen[i]))
	}
	return out, nil
}

func sinceOf(c *fiber.Ctx) (int64, error) {
	asked := c.Query("since")
	if asked == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(asked, 10, 64)
	if err != nil || n < 0 {
		return 0, chat.FailField("since", "Ask with the number that the last answer gave.")
	}
	return n, nil
}

func showVisit(v *visitors.Visit) visitorShape {
	out := visitorShape{
		ID: v.ID, Since: v.Since, Page: pageShape(v.Page), Pages: v.Pages, Source: v.Source, Hidden: v.Hidden, Visits: v.Visits,
		ConversationID: v.Known.ConversationID,
	}
	if v.Known.ID != "" {
		out.Person = &namedWith{v.Known.ID, v.Known.Name}
	}
	if i := v.Invitation; i.State != "" {
		out.Invitation = &invitedShape{i.From, i.Text, i.State, i.Rule}
	}
	return out
}

// inviteVisitor says a short word to somebody who looks around.
func (d *Door) inviteVisitor(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Site string `json:"site"`
		Text string `json:"text"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	site, err := d.Store.Site(c.UserContext(), r.Site)
	if err != nil {
		return nil, err
	}
	text, err := chat.CleanText("text", r.Text, chat.MaxInviteText)
	if err != nil {
		return nil, err
	}
	invitation := visitors.Invitation{AgentID: me.agent.ID, From: me.agent.Name, Text: text}
	if err := d.Visitors.Invite(site.ID, id, invitation); err != nil {
		return nil, err
	}
	return nothing{}, nil
}

// showVisitor tells which pages somebody looked at in this visit, the latest first.
func (d *Door) showVisitor(c *fiber.Ctx, _ *signedIn) (any, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	site, err := d.Store.Site(c.UserContext(), c.Query("site"))
	if err != nil {
		return nil, err
	}
	pages, ok := d.Visitors.Path(site.ID, id)
	if !ok || !site.Visitors.Listed {
		return nil, chat.ErrNotFound
	}
	out := make([]pageShape, 0, len(pages))
	for _, p := range pages {
		out = append(out, pageShape(p))
	}
	return fiber.Map{"pages": out}, nil
}
