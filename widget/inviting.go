package widget

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/hours"
	"rapport/hub/visitors"
	"rapport/static"
)

const (
	// maxEvents is how many events a page tells of that it has reported, by name.
	maxEvents = 20
	// maxVisits bounds what a browser may count.
	maxVisits = 10_000
	// leastEvery is the least that a page waits until it tells again, in ms.
	leastEvery chat.Time = 1_000
)

// byRule lets the first rule that fits invite whoever has just told of their page, and
// says what the page is to tell of next, and when, so that no rule comes late.
func (d *Door) byRule(c *fiber.Ctx, site *chat.Site, b *beacon, answer *hereAnswer) error {
	if !site.Inviting.Active() {
		return nil
	}
	m, ok := d.Visitors.Moment(site.ID, b.ID)
	if !ok {
		return nil
	}
	m.Events = b.Events
	for i := range site.Inviting.Rules {
		r := &site.Inviting.Rules[i]
		if !r.On {
			continue
		}
		if r.Event != "" && !slices.Contains(answer.Events, r.Event) {
			answer.Events = append(answer.Events, r.Event)
		}
		switch fits, wait := m.Fits(r); {
		case fits && d.timely(site, r):
			return d.propose(c, site, b, r, m.Known.ID)
		case wait > 0:
			answer.Every = max(min(answer.Every, wait), leastEvery)
		}
	}
	return nil
}

// timely reports whether a rule may invite at this time of the site's day.
func (d *Door) timely(site *chat.Site, r *chat.InviteRule) bool {
	switch r.When {
	case "there":
		return d.Hub.Presence().Status == hub.Online
	case "closed":
		c := hours.Of(site.Hours)
		return c.Kept() && !c.OpenAt(d.Clock().Std())
	}
	return true
}

// propose puts a rule's invitation on its way, within the limits of a person and of a
// network; who is beyond them is spared for this visit.
func (d *Door) propose(c *fiber.Ctx, site *chat.Site, b *beacon, r *chat.InviteRule, personID string) error {
	over, err := d.overLimit(c.UserContext(), &site.Inviting, personID)
	if err != nil {
		return err
	}
	if ok, _ := d.invited.Allow(door.IPKey(c)); over || !ok {
		d.Visitors.Spare(site.ID, b.ID)
		return nil
	}
	locale := static.Locale(site.Look.Locales, b.Locale, c.Get(fiber.HeaderAcceptLanguage))
	d.Visitors.Propose(site.ID, b.ID, visitors.Invitation{RuleID: r.ID, Rule: r.Name, From: d.sender(site, r, locale), Text: r.In(locale), Token: chat.NewSecret()})
	return nil
}

// sender is who a rule's invitation comes from: the site, or an agent who is there.
func (d *Door) sender(site *chat.Site, r *chat.InviteRule, locale string) string {
	if there := d.Hub.Presence().Agents; r.From == "agent" && len(there) > 0 {
		return there[0].Name
	}
	return site.In(locale).Name
}

// tried shows a rule that is being tried to who has its token, whatever it waits for.
// Nobody is listed, nothing is counted, and no limit is asked.
func (d *Door) tried(c *fiber.Ctx, site *chat.Site, b *beacon) error {
	r, err := d.Tries.Rule(c.UserContext(), site.ID, b.Try)
	if chat.Is(err, chat.NotFound) {
		return chat.Fail(chat.NotFound, "This try is over. Start it again from the rule.")
	}
	if err != nil {
		return err
	}
	locale := static.Locale(site.Look.Locales, b.Locale, c.Get(fiber.HeaderAcceptLanguage))
	return c.JSON(hereAnswer{Every: visitors.Every, Invitation: &invitation{From: d.sender(site, r, locale), Text: r.In(locale), Words: static.InviteWords(locale)}})
}

// overLimit reports whether a customer was invited often enough, or said no, in the
// site's number of days. Of a stranger nothing is known but this visit.
func (d *Door) overLimit(ctx context.Context, rules *chat.Inviting, personID string) (bool, error) {
	if personID == "" {
		return false, nil
	}
	const day chat.Time = 24 * 3_600_000
	shown, declined, err := d.Store.ShownTo(ctx, personID, d.Clock()-chat.Time(rules.Days)*day)
	return shown >= rules.Times || declined > 0, err
}

// heard notes what a page says of its invitation; of a rule's it is counted.
func (d *Door) heard(ctx context.Context, site *chat.Site, b *beacon, personID string) error {
	if b.Said == "" {
		return nil
	}
	i, news := d.Visitors.Say(site.ID, b.ID, b.Said)
	if !news || i.RuleID == "" {
		return nil
	}
	switch b.Said {
	case visitors.Shown:
		return d.Desk.ShowInvitation(ctx, chat.Showing{TokenHash: chat.HashSecret(i.Token), SiteID: site.ID, RuleID: i.RuleID, Rule: i.Rule, Text: i.Text, PersonID: personID})
	case visitors.Declined:
		return d.Desk.DeclineInvitation(ctx, i.Token)
	}
	return nil
}
