package console

import (
	"cmp"
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/sorted"
	"rapport/hub/wire"
)

// granting is what an agent gives or asks for.
type granting struct {
	ClientID string           `json:"client_id"`
	Kind     string           `json:"kind"`
	Amount   int64            `json:"amount"`
	Reason   chat.GrantReason `json:"reason"`
	Note     string           `json:"note"`
}

func readGrant(c *fiber.Ctx) (g chat.Grant, err error) {
	var r granting
	if err := door.Body(c, smallBody, &r); err != nil {
		return g, err
	}
	id, err := idOf(c, "id")
	return chat.Grant{ConversationID: id, ClientID: r.ClientID, Kind: r.Kind, Amount: r.Amount, Reason: r.Reason, Note: r.Note}, err
}

func (d *Door) giveGrant(c *fiber.Ctx, me *signedIn) (any, error) {
	g, err := readGrant(c)
	if err != nil {
		return nil, err
	}
	given, err := d.Desk.GiveGrant(c.UserContext(), me.actor(), g)
	if err != nil {
		return nil, err
	}
	return wire.NewGrant(given), nil
}

// askGrant asks the supervisors who are there.
func (d *Door) askGrant(c *fiber.Ctx, me *signedIn) (any, error) {
	g, err := readGrant(c)
	if err != nil {
		return nil, err
	}
	there, err := d.Supervisors(c.UserContext())
	if err != nil {
		return nil, err
	}
	return d.thenGrant(d.Desk.AskGrant(c.UserContext(), me.actor(), g, there))
}

// thenGrant tells every console how a question stands, and the caller too.
func (d *Door) thenGrant(g *chat.Grant, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	d.Hub.Broadcast(hub.SiteTopic(g.SiteID), wire.GrantFrame(g), nil)
	return wire.NewGrant(g), nil
}

// Supervisors lists who is there and may answer what agents ask, in the order of
// asking: whoever may do less comes first, supervisors before admins, and those
// before the owner.
func (d *Door) Supervisors(ctx context.Context) ([]chat.AgentCard, error) {
	type one struct {
		card chat.AgentCard
		may  chat.Rights
	}
	var list []one
	for _, m := range d.Hub.Team() {
		if m.Status != hub.Online {
			continue
		}
		a, err := d.Store.Agent(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		if a.DisabledAt == 0 && a.May(chat.DecideGrants) {
			list = append(list, one{cardOf(a), a.Rights()})
		}
	}
	sorted.Stably(list, func(a, b one) int {
		return cmp.Or(cmp.Compare(a.may.Count(), b.may.Count()), strings.Compare(a.card.Name, b.card.Name))
	})
	out := make([]chat.AgentCard, 0, len(list))
	for _, s := range list {
		out = append(out, s.card)
	}
	return out, nil
}

// listGrants is what waits for a supervisor's word on a site.
func (d *Door) listGrants(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.Store.Site(c.UserContext(), c.Query("site"))
	if err != nil {
		return nil, err
	}
	list, err := d.Store.WaitingGrants(c.UserContext(), site.ID)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"grants": shown(list, wire.NewGrant)}, nil
}

// decideGrant is a supervisor's word.
func (d *Door) decideGrant(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Yes   bool   `json:"yes"`
		Words string `json:"words"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return d.thenGrant(d.Desk.DecideGrant(c.UserContext(), me.actor(), id, desk.Decision(r)))
}

func (d *Door) withdrawGrant(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	g, err := d.Desk.WithdrawGrant(c.UserContext(), me.actor(), id)
	if err != nil {
		return nil, err
	}
	return wire.NewGrant(g), nil // the hub tells the consoles
}

// promiseGrant promises the customer word about what nobody answered.
func (d *Door) promiseGrant(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ClientID string    `json:"client_id"`
		Text     string    `json:"text"`
		DueAt    chat.Time `json:"due_at"`
		Zone     string    `json:"zone"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return d.thenGrant(d.Desk.PromiseGrant(c.UserContext(), me.actor(), id, chat.Promise{
		ClientID: r.ClientID, Whose: chat.Ours, Text: r.Text, DueAt: r.DueAt, Zone: r.Zone,
	}))
}

// grants fills in what the customer was given or is being asked for.
func (d *Door) grants(ctx context.Context, v *conversationView, personID string) error {
	list, err := d.Store.GrantsOfPerson(ctx, personID)
	if err != nil {
		return err
	}
	v.Grants = shown(list, wire.NewGrant)
	return nil
}
