package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// apiKeyShape is APIKey of the protocol. Key is there only in the answer to its
// making.
type apiKeyShape struct {
	ID     string         `json:"id"`
	Name   string         `json:"name"`
	By     chat.AgentCard `json:"by"`
	MadeAt chat.Time      `json:"made_at"`
	UsedAt chat.Time      `json:"used_at"`
	Key    string         `json:"key,omitempty"`
}

func (d *Door) showAPIKey(ctx context.Context, k *chat.APIKey) (apiKeyShape, error) {
	by, err := d.Store.Agent(ctx, k.MadeBy)
	if err != nil {
		return apiKeyShape{}, err
	}
	return apiKeyShape{ID: k.ID, Name: k.Name, By: chat.AgentCard{ID: by.ID, Name: by.Name, Picture: by.Picture}, MadeAt: k.MadeAt, UsedAt: k.UsedAt}, nil
}

func (d *Door) listAPIKeys(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	keys, err := d.Store.APIKeys(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	list := make([]apiKeyShape, 0, len(keys))
	for i := range keys {
		shape, err := d.showAPIKey(c.UserContext(), &keys[i])
		if err != nil {
			return nil, err
		}
		list = append(list, shape)
	}
	return fiber.Map{"keys": list}, nil
}

// makeAPIKey makes a key for the site's own server. It is shown in this answer
// only.
func (d *Door) makeAPIKey(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Name string `json:"name"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	key, secret, err := chat.NewAPIKey(site, me.agent.ID, r.Name)
	if err != nil {
		return nil, err
	}
	if err := d.Store.InsertAPIKey(c.UserContext(), key); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "api_key.made", site, key.ID)
	shape, err := d.showAPIKey(c.UserContext(), key)
	shape.Key = secret
	return shape, err
}

// revokeAPIKey ends a key: the next call that carries it is a stranger's.
func (d *Door) revokeAPIKey(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	id, err := idOf(c, "kid")
	if err != nil {
		return nil, err
	}
	if err := d.Store.RevokeAPIKey(c.UserContext(), site, id); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "api_key.revoked", site, id)
	return nothing{}, nil
}
