package console

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/sorted"
	"rapport/hub/wire"
)

// Why somebody cannot be handed a conversation now.
const (
	absentNow = "absent" // away for days
	awayNow   = "away"   // by their own word, or by itself
	notHere   = "gone"   // no console of theirs is connected
	noNewNow  = "no_new" // here, and wants nothing new for a while
)

// candidate is a colleague who may be asked to carry on; Why is "" where they can.
type candidate struct {
	chat.AgentCard
	Why  string `json:"why,omitempty"`
	Has  int64  `json:"has"`  // conversations
	Room int64  `json:"room"` // for so many at once
}

// teamToAsk is a team that may be asked, and how many of it could carry on.
type teamToAsk struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Able int    `json:"able"`
}

// whoCouldCarryOn lists colleagues and teams for a handover, those who can take it
// first, and by when an answer could be promised instead.
func (d *Door) whoCouldCarryOn(c *fiber.Ctx, me *signedIn) (any, error) {
	row, err := d.rowOf(c)
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	site, err := d.Store.Site(ctx, row.SiteID)
	if err != nil {
		return nil, err
	}
	people, err := d.candidates(ctx)
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(p candidate) bool { return p.ID == row.AssigneeID })
	teams, err := d.teamsToAsk(ctx, site.ID, people)
	if err != nil {
		return nil, err
	}
	by := chat.Time(0)
	if row.Channel != chat.ChannelAside { // its customer waits for no answer
		by, _ = desk.AnswerBy(site, d.Clock())
	}
	return fiber.Map{"people": people, "teams": teams, "answer_by": by}, nil
}

// candidates are all who answer customers, in the order of asking: those who can
// take something now, who has the largest share of their room free first.
func (d *Door) candidates(ctx context.Context) ([]candidate, error) {
	agents, err := d.Store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	absences, err := d.Store.Absences(ctx, d.Clock())
	if err != nil {
		return nil, err
	}
	has, err := d.Store.HeldCounts(ctx)
	if err != nil {
		return nil, err
	}
	why := d.whyNot(absences)
	out := []candidate{}
	for i := range agents {
		if a := &agents[i]; a.Answers() {
			out = append(out, candidate{cardOf(a), why(a.ID), has[a.ID], a.Work.Room()})
		}
	}
	sorted.By(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(min(len(a.Why), 1), min(len(b.Why), 1)),
			cmp.Compare(a.Has*b.Room, b.Has*a.Room), strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	return out, nil
}

// whyNot says of an agent why they can be given nothing now, "" where they can.
func (d *Door) whyNot(absences []chat.Absence) func(id string) string {
	here := map[string]hub.Here{}
	for _, h := range d.Hub.Here() {
		here[h.ID] = h
	}
	return func(id string) string {
		h, is := here[id]
		switch {
		case slices.ContainsFunc(absences, func(a chat.Absence) bool { return a.AgentID == id }):
			return absentNow
		case !is || !h.Connected || h.Status == chat.Offline:
			return notHere
		case h.Status != chat.Online:
			return awayNow
		case h.NoNewUntil > d.Clock():
			return noNewNow
		}
		return ""
	}
}

// teamsToAsk are those that serve a site and have somebody to ask.
func (d *Door) teamsToAsk(ctx context.Context, siteID string, people []candidate) ([]teamToAsk, error) {
	teams, err := d.Store.Teams(ctx)
	if err != nil {
		return nil, err
	}
	out := []teamToAsk{}
	for i := range teams {
		t := &teams[i]
		one, any := teamToAsk{ID: t.ID, Name: t.Name}, false
		for _, p := range people {
			member := slices.Contains(t.Members, p.ID)
			any = any || member
			if member && p.Why == "" {
				one.Able++
			}
		}
		if any && t.Skills.Serves(siteID) {
			out = append(out, one)
		}
	}
	return out, nil
}

// inTurn are those who could be asked now, by id.
func (d *Door) inTurn(ctx context.Context) ([]string, error) {
	people, err := d.candidates(ctx)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, p := range people {
		if p.Why == "" {
			out = append(out, p.ID)
		}
	}
	return out, nil
}

// handOver asks a colleague, or a team, to carry on.
func (d *Door) handOver(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.askColleague(c, me, d.Desk.HandOver)
}

// askColleague asks a colleague, or one of a team after the other, for something about
// a conversation.
func (d *Door) askColleague(c *fiber.Ctx, me *signedIn, ask func(context.Context, chat.Actor, string, desk.Handover, []string) error) (any, error) {
	var r struct {
		AgentID string `json:"agent_id"`
		TeamID  string `json:"team_id"`
		From    string `json:"from"`
		Note    string `json:"note"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	if (r.AgentID == "") == (r.TeamID == "") {
		return nil, chat.FailField("agent_id", "Choose a colleague or a team.")
	}
	return d.thenRow(c, func(ctx context.Context, id string) error {
		there, err := d.inTurn(ctx)
		if err != nil {
			return err
		}
		return ask(ctx, me.actor(), id, desk.Handover{ToID: r.AgentID, TeamID: r.TeamID, FromID: r.From, Note: r.Note}, there)
	})
}

// recall ends a handover that nobody has taken.
func (d *Door) recall(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.plainly(c, me, d.Desk.Recall)
}

// promiseAnswer promises the customer an answer where nobody is there to carry on.
func (d *Door) promiseAnswer(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		From string `json:"from"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenRow(c, func(ctx context.Context, id string) error {
		return d.Desk.PromiseAnswer(ctx, me.actor(), id, r.From, d.Mail)
	})
}

// decline passes on what one is offered, or handed, for a reason where one is given.
func (d *Door) decline(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Why string `json:"why"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	return d.thenRow(c, func(ctx context.Context, id string) error {
		there, err := d.inTurn(ctx)
		if err != nil {
			return err
		}
		return d.Desk.Decline(ctx, me.actor(), id, r.Why, there)
	})
}

// showOffer is an open offer as its agent sees it.
func (d *Door) showOffer(ctx context.Context, o *chat.Offer) (wire.Offer, error) {
	row, err := d.Store.RowByID(ctx, o.ConversationID)
	if err != nil {
		return wire.Offer{}, err
	}
	shown := wire.NewOffer(row, o.Until, o.Why)
	if o.FromID == "" {
		return shown, nil
	}
	handing, err := d.Store.Handing(ctx, o.ConversationID, o.AgentID)
	return shown.With(handing), err
}
