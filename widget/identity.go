package widget

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/vouch"
)

// verify checks an identity that the site's own server signed. One that a secret on
// its way out signed is counted, so that its owner knows whether anybody still uses it.
func (d *Door) verify(ctx context.Context, site *chat.Site, token string) (*desk.Claims, error) {
	secrets, err := d.Store.IdentitySecrets(ctx, site.ID)
	if err != nil {
		return nil, err
	}
	v, refused := vouch.Read(site, secrets, d.Clock, token)
	if refused != nil {
		return nil, refused.Failure()
	}
	if v.Secret.RetiresAt > 0 {
		if err := d.Store.CountRetiringSecret(ctx, v.Secret.KID); err != nil {
			return nil, err
		}
	}
	return &v.Claims, nil
}
