package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// mergePeople lets the other customer in the path lead to the first. Whoever asks says
// that they know who reads what then.
func (d *Door) mergePeople(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		BothSee bool `json:"both_see"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	one, other, err := d.pair(c)
	if err != nil {
		return nil, err
	}
	if !r.BothSee {
		return nil, chat.FailField("both_see", "Each browser of theirs will show what was said in the other. Confirm that they are one person.")
	}
	done, err := d.Desk.MergePeople(c.UserContext(), me.actor(), one.ID, other.ID)
	if err != nil {
		return nil, err
	}
	d.kickChanged(done) // all of both must hear what the other had
	return d.showMerge(c.UserContext(), &done.Merge)
}

// unmergePeople takes apart what was brought together by hand.
func (d *Door) unmergePeople(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	p, err := d.personOf(c, "id")
	if err != nil {
		return nil, err
	}
	id, err := idOf(c, "merge")
	if err != nil {
		return nil, err
	}
	done, err := d.Desk.UnmergePeople(c.UserContext(), me.actor(), p.ID, id)
	if err != nil {
		return nil, err
	}
	d.kickChanged(done) // nobody goes on reading what is the other's
	return nothing{}, nil
}

func (d *Door) kickChanged(done *desk.Merged) {
	for _, id := range done.Changed {
		d.Hub.Kick(id, hub.Merged)
	}
}

// mergeShape is PersonMerge of the protocol.
type mergeShape struct {
	ID    string      `json:"id"`
	Name  string      `json:"name"`
	Email string      `json:"email"`
	By    wire.Author `json:"by"`
	At    chat.Time   `json:"at"`
	Until chat.Time   `json:"until"`
}

func (d *Door) showMerge(ctx context.Context, m *chat.Merge) (mergeShape, error) {
	was, err := d.Store.Profile(ctx, m.FromID)
	if err != nil {
		return mergeShape{}, err
	}
	by, err := d.Store.Agent(ctx, m.ByID)
	if err != nil {
		return mergeShape{}, err
	}
	return mergeShape{m.ID, was.Name, was.Email, wire.Author{Kind: chat.ByAgent, ID: by.ID, Name: by.Name}, m.At, m.UndoUntil()}, nil
}

// merges are those of a customer that can still be undone.
func (d *Door) merges(ctx context.Context, personID string) ([]mergeShape, error) {
	list, err := d.Store.Merges(ctx, personID, d.Clock().Add(-chat.MergeUndoFor))
	if err != nil {
		return nil, err
	}
	var out []mergeShape
	for i := range list {
		shown, err := d.showMerge(ctx, &list[i])
		if err != nil {
			return nil, err
		}
		out = append(out, shown)
	}
	return out, nil
}
