package widget

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/sorted"
	"rapport/hub/wire"
)

// maxKnown is how many of their conversations a customer takes along.
const maxKnown = 1000

// knownOf tells a customer what is known about them: who holds their device, or is
// signed in as them. An address that nobody has proven opens nothing.
// GET /v1/widget/known
func (d *Door) knownOf(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	if err := d.known.Refuse(v.actor.ID); err != nil {
		return err
	}
	out, err := d.gather(c.UserContext(), v)
	if err != nil {
		return err
	}
	return c.JSON(out)
}

func (d *Door) gather(ctx context.Context, v visitor) (*wire.Known, error) {
	p, err := d.Store.Person(ctx, v.actor.ID)
	if err != nil {
		return nil, err
	}
	out := &wire.Known{Person: wire.NewKnownPerson(p), Conversations: []wire.KnownConversation{}, Pages: []wire.PageView{}, Sensitive: []wire.KnownNote{}}
	if err := d.gatherTalks(ctx, p.ID, out); err != nil {
		return nil, err
	}
	pages, err := d.Store.PageViews(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	for _, v := range pages {
		out.Pages = append(out.Pages, wire.PageView{URL: v.URL, Title: v.Title, At: v.At})
	}
	if err := d.gatherNotes(ctx, v.device, p.ID, out); err != nil {
		return nil, err
	}
	out.Browsers, err = d.Store.LiveDevices(ctx, p.ID)
	return out, err
}

// gatherNotes counts what the team has noted, and shows what the customer agreed to: where
// only an agent's word has brought two browsers together, each sees its own of that.
func (d *Door) gatherNotes(ctx context.Context, deviceID, personID string, out *wire.Known) error {
	notes, err := d.Store.PersonNotes(ctx, personID)
	if err != nil || len(notes) == 0 {
		return err
	}
	own, err := d.Store.OwnProfiles(ctx, deviceID)
	if err != nil {
		return err
	}
	for i := range notes {
		if n := &notes[i]; n.Sensitive() && slices.Contains(own, n.PersonID) {
			out.Sensitive = append(out.Sensitive, wire.KnownNote{Text: n.Text, Consent: n.Consent, At: n.At, Until: n.ExpiresAt})
			continue
		}
		out.Notes++
	}
	return nil
}

// gatherTalks adds the conversations, the one that began last first, and what was
// promised in them.
func (d *Door) gatherTalks(ctx context.Context, personID string, out *wire.Known) error {
	rows, err := d.Store.PersonRows(ctx, personID, maxKnown)
	if err != nil {
		return err
	}
	var promised []chat.Promise
	for i := range rows {
		if rows[i].Channel == chat.ChannelAside {
			continue // the team's own work: what is promised in it is its chat's
		}
		list, err := d.Store.ChatPromises(ctx, rows[i].ID)
		if err != nil {
			return err
		}
		promised = append(promised, list...)
		said, err := d.Store.FeedbackIn(ctx, rows[i].ID)
		if err != nil {
			return err
		}
		out.Conversations = append(out.Conversations, wire.NewKnownConversation(&rows[i], said))
	}
	sorted.By(promised, soonest)
	out.Promises = publicPromises(promised)
	return nil
}

// eraseOwn takes the customer away, at once: what waited could be seen, or taken
// back, by whoever sits at this browser next. POST /v1/widget/known/erase
func (d *Door) eraseOwn(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	if err := door.Empty(c); err != nil {
		return err
	}
	if err := d.known.Refuse(v.actor.ID); err != nil {
		return err
	}
	gone, err := d.Desk.ErasePerson(c.UserContext(), v.actor, v.actor.ID, chat.EraseByThem)
	if err != nil {
		return err
	}
	d.Hub.Erased(gone)
	d.Visitors.Forget(gone.People)
	return c.JSON(fiber.Map{})
}
