package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// erasePerson takes a customer away for good. confirm is what stops a slip of the
// hand: the name as it stands on the card, or the id of who has none.
func (d *Door) erasePerson(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Reason  chat.EraseReason `json:"reason"`
		Confirm string           `json:"confirm"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	p, err := d.Store.Person(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	want := p.Name
	if want == "" {
		want = p.ID
	}
	if r.Confirm != want {
		return nil, chat.FailField("confirm", "Type the name as it stands on the card.")
	}
	gone, err := d.Desk.ErasePerson(c.UserContext(), me.actor(), p.ID, r.Reason)
	if err != nil {
		return nil, err
	}
	d.Hub.Erased(gone)
	d.Visitors.Forget(gone.People)
	return nothing{}, nil
}
