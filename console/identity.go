package console

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/vouch"
)

// secretOverlap is how long the identity secret before still works: time enough
// to put the new one in place.
const secretOverlap = 24 * time.Hour

// secretShape is IdentitySecret of the protocol.
type secretShape struct {
	KID       string    `json:"kid"`
	MadeAt    chat.Time `json:"made_at"`
	RetiresAt chat.Time `json:"retires_at"`
	Uses      int64     `json:"uses"`
	UsedAt    chat.Time `json:"used_at"`
}

// secretsOf are the secrets that work on the site of an address, the current one first.
func (d *Door) secretsOf(c *fiber.Ctx) (*chat.Site, []chat.IdentitySecret, error) {
	site, err := d.siteOf(c)
	if err != nil {
		return nil, nil, err
	}
	secrets, err := d.Store.IdentitySecrets(c.UserContext(), site.ID)
	return site, secrets, err
}

// identitySecrets lists the secrets that work, the current one first, without what
// they are.
func (d *Door) identitySecrets(c *fiber.Ctx, _ *signedIn) (any, error) {
	_, secrets, err := d.secretsOf(c)
	if err != nil {
		return nil, err
	}
	list := make([]secretShape, 0, len(secrets))
	for _, s := range secrets {
		list = append(list, secretShape{s.KID, s.CreatedAt, s.RetiresAt, s.Uses, s.UsedAt})
	}
	return fiber.Map{"secrets": list}, nil
}

// rotateSecret makes the secret by which the site signs its customers'
// identities. It is shown in this answer only.
func (d *Door) rotateSecret(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	site, before, err := d.secretsOf(c)
	if err != nil {
		return nil, err
	}
	secret := &chat.IdentitySecret{KID: chat.NewID(), SiteID: site.ID, Secret: chat.NewSecret()}
	if err := d.Store.RotateIdentitySecret(c.UserContext(), secret, d.Clock().Add(secretOverlap)); err != nil {
		return nil, err
	}
	d.auditChange(c.UserContext(), me.agent.ID, "identity_secret.rotated", site.ID, secret.KID,
		fiber.Map{"kid": currentKID(before)}, fiber.Map{"kid": secret.KID})
	d.tellTeam(site.ID, "site")
	return fiber.Map{"kid": secret.KID, "secret": secret.Secret}, nil
}

// currentKID is the id of the secret that is not on its way out, "" for none.
func currentKID(secrets []chat.IdentitySecret) string {
	if len(secrets) == 0 || secrets[0].RetiresAt > 0 {
		return ""
	}
	return secrets[0].KID
}

// endSecret ends the grace time of a secret that was replaced: whoever still signs
// with it is refused from now on.
func (d *Door) endSecret(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	kid, err := idOf(c, "kid")
	if err != nil {
		return nil, err
	}
	site, before, err := d.secretsOf(c)
	if err != nil {
		return nil, err
	}
	if err := d.Store.EndIdentitySecret(c.UserContext(), site.ID, kid); err != nil {
		return nil, err
	}
	for _, s := range before {
		if s.KID == kid {
			d.auditChange(c.UserContext(), me.agent.ID, "identity_secret.ended", site.ID, kid,
				fiber.Map{"retires_at": s.RetiresAt}, fiber.Map{"retires_at": d.Clock()})
		}
	}
	d.tellTeam(site.ID, "site")
	return nothing{}, nil
}

// verdictShape is IdentityVerdict of the protocol: who a token says that somebody is,
// or why it is refused.
type verdictShape struct {
	Customer  *claimsShape `json:"customer,omitempty"`
	KID       string       `json:"kid,omitempty"`
	RetiresAt chat.Time    `json:"retires_at,omitempty"`
	ExpiresAt chat.Time    `json:"expires_at,omitempty"`
	Why       vouch.Why    `json:"why,omitempty"`
	Said      string       `json:"said,omitempty"`
	Seconds   int64        `json:"seconds,omitempty"`
}

// claimsShape is what a profile would take over from a token.
type claimsShape struct {
	Sub        string            `json:"sub"`
	Name       string            `json:"name"`
	Email      string            `json:"email"`
	Attributes map[string]string `json:"attributes"`
}

// tryIdentity says who a token stands for, or why it is refused. It opens nothing, and
// nothing of the token is kept: the audit log has that one was tried.
func (d *Door) tryIdentity(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Token string `json:"token"`
	}
	if err := door.Body(c, 2*vouch.MaxToken, &r); err != nil {
		return nil, err
	}
	site, secrets, err := d.secretsOf(c)
	if err != nil {
		return nil, err
	}
	v, refused := vouch.Read(site, secrets, d.Clock, r.Token)
	d.audit(c.UserContext(), me.agent.ID, "identity_secret.tried", site.ID, "")
	if refused != nil {
		return verdictShape{Why: refused.Why, Said: refused.Said, Seconds: refused.Seconds}, nil
	}
	return verdictShape{
		Customer: showClaims(v), KID: v.Secret.KID, RetiresAt: v.Secret.RetiresAt, ExpiresAt: v.Expires,
	}, nil
}

// showClaims cleans what a token says as a profile would.
func showClaims(v *vouch.Vouched) *claimsShape {
	out := &claimsShape{Sub: v.Claims.Sub, Name: chat.CleanLine(v.Claims.Name, chat.MaxName), Attributes: map[string]string{}}
	if email, err := chat.CleanEmail("email", v.Claims.Email); err == nil {
		out.Email = email
	}
	for _, a := range chat.LayClaims(nil, v.Claims.Attributes) {
		out.Attributes[a.Key] = a.Value
	}
	return out
}

// testCustomer is nobody: who a token of ours for trying things out stands for.
var testCustomer = map[string]any{"sub": "test-customer", "name": "Test Customer", "email": "test.customer@example.com", "plan": "test"}

// sampleIdentity makes a token as the site's own server would, about nobody.
func (d *Door) sampleIdentity(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	site, secrets, err := d.secretsOf(c)
	if err != nil {
		return nil, err
	}
	if currentKID(secrets) == "" {
		return nil, chat.Fail(chat.Conflict, "There is no secret to sign with yet. Make one first.")
	}
	token, err := vouch.Sign(site, &secrets[0], d.Clock(), testCustomer)
	if err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "identity_secret.sampled", site.ID, "")
	return fiber.Map{"token": token}, nil
}
