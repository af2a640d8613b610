package console

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/search"
	"rapport/hub/wire"
)

// sameFound is how many customers are shown who may be the same.
const sameFound = 8

// talksCounted is how far a customer's conversations and notes are counted.
const talksCounted = 100

// sideShape is SamePerson of the protocol.
type sideShape struct {
	Person        wire.Person    `json:"person"`
	Conversations int            `json:"conversations"`
	Last          *lastSaidShape `json:"last"`
	Notes         int            `json:"notes"`
	Browsers      int64          `json:"browsers"`
	MayStay       bool           `json:"may_stay"`
}

// lastSaidShape is what stands last in a customer's latest conversation.
type lastSaidShape struct {
	Text string    `json:"text"`
	At   chat.Time `json:"at"`
}

// someID is an id of ours wherever it stands: alone, or in an address of the console.
var someID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// findSame are customers of the same site who may be this one: by the beginnings of
// words, by an id of theirs or of a conversation; without words those with the same
// address.
func (d *Door) findSame(c *fiber.Ctx, me *signedIn) (any, error) {
	p, err := d.personOf(c, "id")
	if err != nil {
		return nil, err
	}
	text, err := sought(c)
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	list, err := d.lookalikes(ctx, p, text)
	if err != nil {
		return nil, err
	}
	found := make([]sideShape, 0, len(list))
	for i := range list {
		if list[i].SiteID != p.SiteID || list[i].ID == p.ID || len(found) == sameFound {
			continue
		}
		side, err := d.side(ctx, &list[i], me)
		if err != nil {
			return nil, err
		}
		found = append(found, side)
	}
	return fiber.Map{"people": found}, nil
}

func sought(c *fiber.Ctx) (string, error) {
	text := c.Query("q")
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	return chat.CleanText("q", text, search.MaxQuery)
}

func (d *Door) lookalikes(ctx context.Context, p *chat.Person, text string) ([]chat.Person, error) {
	if text == "" {
		return d.sameAddress(ctx, p)
	}
	if id := someID.FindString(strings.ToLower(text)); id != "" {
		return d.personOrTalk(ctx, id)
	}
	if _, err := d.Store.CatchUp(ctx); err != nil { // a name that was typed just now is found
		return nil, err
	}
	return d.Store.PeopleNamed(ctx, p.SiteID, text, sameFound+1) // p may be among them
}

func (d *Door) sameAddress(ctx context.Context, p *chat.Person) ([]chat.Person, error) {
	ids, err := d.Store.SameAddress(ctx, p, sameFound)
	if err != nil {
		return nil, err
	}
	var list []chat.Person
	for _, id := range ids {
		one, err := d.Store.Person(ctx, id)
		if chat.Is(err, chat.NotFound) {
			continue // erased since
		}
		if err != nil {
			return nil, err
		}
		list = append(list, *one)
	}
	return list, nil
}

// personOrTalk is the customer of this id, or of the conversation of this id; nobody
// for neither.
func (d *Door) personOrTalk(ctx context.Context, id string) ([]chat.Person, error) {
	p, err := d.Store.Person(ctx, id)
	if chat.Is(err, chat.NotFound) {
		row, talkErr := d.Store.RowByID(ctx, id)
		if chat.Is(talkErr, chat.NotFound) {
			return nil, nil
		}
		if talkErr != nil {
			return nil, talkErr
		}
		p, err = d.Store.Person(ctx, row.PersonID)
	}
	if err != nil {
		return nil, err
	}
	return []chat.Person{*p}, nil
}

// side is what is compared of a customer, as far as somebody may see it.
func (d *Door) side(ctx context.Context, p *chat.Person, me *signedIn) (sideShape, error) {
	out := sideShape{Person: wire.NewPerson(p)}
	talks, err := d.Store.PersonConversations(ctx, p.ID, talksCounted)
	if err != nil {
		return out, err
	}
	out.Conversations = len(talks)
	if len(talks) > 0 {
		row, err := d.Store.RowByID(ctx, talks[0])
		if err != nil {
			return out, err
		}
		out.Last = &lastSaidShape{row.LastText, row.LastAt}
	}
	notes, err := d.notesFor(ctx, p.ID, me)
	if err != nil {
		return out, err
	}
	out.Notes = len(notes)
	out.Browsers, err = d.Store.LiveDevices(ctx, p.ID)
	return out, err
}

// compareSame shows two customers beside each other, and who of them could stay.
func (d *Door) compareSame(c *fiber.Ctx, me *signedIn) (any, error) {
	one, other, err := d.pair(c)
	if err != nil {
		return nil, err
	}
	site, err := d.Store.Site(c.UserContext(), one.SiteID)
	if err != nil {
		return nil, err
	}
	sides, accounts := make([]sideShape, 2), make([]*chat.Person, 2)
	for i, p := range []*chat.Person{one, other} {
		if sides[i], err = d.side(c.UserContext(), p, me); err != nil {
			return nil, err
		}
		has, err := d.Store.HasIdentity(c.UserContext(), p.ID)
		if err != nil {
			return nil, err
		}
		accounts[i] = p.AsAccount(has)
	}
	one, other = accounts[0], accounts[1]
	first, second := chat.MayMerge(site, other, one), chat.MayMerge(site, one, other)
	sides[0].MayStay, sides[1].MayStay = first == nil, second == nil
	problem := ""
	switch {
	case first == nil || second == nil:
	case other.Verified:
		problem = sentence(second)
	default:
		problem = sentence(first)
	}
	return fiber.Map{"sides": sides, "problem": problem}, nil
}

// sentence is what a refusal says to people.
func sentence(err error) string {
	var f *chat.Failure
	if errors.As(err, &f) {
		return f.Message
	}
	return err.Error()
}

// pair are the two customers in the path.
func (d *Door) pair(c *fiber.Ctx) (one, other *chat.Person, err error) {
	if one, err = d.personOf(c, "id"); err != nil {
		return nil, nil, err
	}
	other, err = d.personOf(c, "other")
	return one, other, err
}

// personOf is the customer whose id stands in the path.
func (d *Door) personOf(c *fiber.Ctx, name string) (*chat.Person, error) {
	id, err := idOf(c, name)
	if err != nil {
		return nil, err
	}
	return d.Store.Person(c.UserContext(), id)
}
