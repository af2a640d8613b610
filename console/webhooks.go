package console

import (
	"context"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// Webhooker tells sites' own servers what happens.
type Webhooker interface {
	Try(ctx context.Context, w *chat.Webhook) (*chat.WebhookAttempt, error)
	Nudge() // a webhook was changed
}

// webhookShape is Webhook of the protocol. Secret is there only in the answers to its
// making.
type webhookShape struct {
	ID          string            `json:"id"`
	URL         string            `json:"url"`
	Kinds       []chat.EventType  `json:"kinds"`
	Paused      chat.WebhookPause `json:"paused"`
	By          chat.AgentCard    `json:"by"`
	MadeAt      chat.Time         `json:"made_at"`
	SentAt      chat.Time         `json:"sent_at"`
	FailedSince chat.Time         `json:"failed_since"`
	NextAt      chat.Time         `json:"next_at"`
	OldUntil    chat.Time         `json:"old_until"`
	Secret      string            `json:"secret,omitempty"`
}

func (d *Door) showWebhook(ctx context.Context, w *chat.Webhook) (webhookShape, error) {
	by, err := d.Store.Agent(ctx, w.MadeBy)
	if err != nil {
		return webhookShape{}, err
	}
	shape := webhookShape{
		ID: w.ID, URL: w.URL, Kinds: w.Kinds, Paused: w.Paused, By: chat.AgentCard{ID: by.ID, Name: by.Name, Picture: by.Picture},
		MadeAt: w.MadeAt, SentAt: w.SentAt, FailedSince: w.FailedSince, NextAt: w.NextAt,
	}
	if w.Old != "" {
		shape.OldUntil = w.OldUntil
	}
	return shape, nil
}

// attemptShape is WebhookAttempt of the protocol.
type attemptShape struct {
	Number  int64          `json:"number"`
	EventID string         `json:"event_id"`
	Kind    chat.EventType `json:"kind"`
	At      chat.Time      `json:"at"`
	Status  int64          `json:"status"`
	Reason  string         `json:"reason"`
	Took    int64          `json:"took"`
	NextAt  chat.Time      `json:"next_at"`
	Again   bool           `json:"again"`
}

func showAttempt(a *chat.WebhookAttempt) attemptShape {
	return attemptShape{a.Number, a.EventID, a.Kind, a.At, a.Status, a.Reason, a.Took, a.NextAt, a.SiteSeq > 0}
}

// webhookIn is the webhook that a path names, of the site that it names.
func (d *Door) webhookIn(c *fiber.Ctx) (*chat.Webhook, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	id, err := idOf(c, "wid")
	if err != nil {
		return nil, err
	}
	w, err := d.Store.Webhook(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	if w.SiteID != site {
		return nil, chat.ErrNotFound
	}
	return w, nil
}

func (d *Door) listWebhooks(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	all, err := d.Store.Webhooks(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	list := make([]webhookShape, 0, len(all))
	for i := range all {
		shape, err := d.showWebhook(c.UserContext(), &all[i])
		if err != nil {
			return nil, err
		}
		list = append(list, shape)
	}
	return fiber.Map{"webhooks": list}, nil
}

// webhookAudit is what the audit log says of a webhook. A query often is a secret.
type webhookAudit struct {
	URL    string            `json:"url"`
	Kinds  []chat.EventType  `json:"kinds"`
	Paused chat.WebhookPause `json:"paused"`
}

func audited(w *chat.Webhook) webhookAudit {
	shown := ""
	if u, err := url.Parse(w.URL); err == nil {
		shown = u.Scheme + "://" + u.Host + u.EscapedPath()
		if u.RawQuery != "" {
			shown += "?…"
		}
	}
	return webhookAudit{shown, slices.Clone(w.Kinds), w.Paused}
}

// addWebhook makes a webhook that is told of what happens from now on. Its secret is
// shown in this answer only.
func (d *Door) addWebhook(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		URL   string           `json:"url"`
		Kinds []chat.EventType `json:"kinds"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	w, err := chat.NewWebhook(site, me.agent.ID, r.URL, r.Kinds)
	if err != nil {
		return nil, err
	}
	if err := d.Store.InsertWebhook(c.UserContext(), w); err != nil {
		return nil, err
	}
	d.Webhooks.Nudge()
	d.auditChange(c.UserContext(), me.agent.ID, "webhook.made", site, w.ID, fiber.Map{}, audited(w))
	shape, err := d.showWebhook(c.UserContext(), w)
	shape.Secret = w.Secret
	return shape, err
}

// changeWebhook changes what it names, and pauses or goes on.
func (d *Door) changeWebhook(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		URL    *string          `json:"url"`
		Kinds  []chat.EventType `json:"kinds"`
		Paused *bool            `json:"paused"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	w, err := d.webhookIn(c)
	if err != nil {
		return nil, err
	}
	before := audited(w)
	if r.URL != nil {
		w.URL = *r.URL
	}
	if r.Kinds != nil {
		w.Kinds = r.Kinds
	}
	if r.Paused != nil && *r.Paused != (w.Paused != chat.WebhookRuns) {
		w.Paused = chat.WebhookRuns
		if *r.Paused {
			w.Paused = chat.WebhookStopped
		}
	}
	if err := w.Validate(); err != nil {
		return nil, err
	}
	if err := d.Store.ChangeWebhook(c.UserContext(), w); err != nil {
		return nil, err
	}
	d.Webhooks.Nudge()
	d.auditChange(c.UserContext(), me.agent.ID, "webhook.changed", w.SiteID, w.ID, before, audited(w))
	w.FailedSince, w.NextAt = 0, 0
	return d.showWebhook(c.UserContext(), w)
}

func (d *Door) deleteWebhook(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	w, err := d.webhookIn(c)
	if err != nil {
		return nil, err
	}
	if err := d.Store.DeleteWebhook(c.UserContext(), w.SiteID, w.ID); err != nil {
		return nil, err
	}
	d.auditChange(c.UserContext(), me.agent.ID, "webhook.removed", w.SiteID, w.ID, audited(w), fiber.Map{})
	return nothing{}, nil
}

// rotateWebhook gives a webhook a new secret, shown in this answer only. The one before
// signs beside it for chat.WebhookGrace.
func (d *Door) rotateWebhook(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	w, err := d.webhookIn(c)
	if err != nil {
		return nil, err
	}
	secret, until := chat.NewWebhookSecret(), d.Clock().Add(chat.WebhookGrace)
	if err := d.Store.RotateWebhookSecret(c.UserContext(), w, secret, until); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "webhook.rotated", w.SiteID, w.ID)
	w.Old, w.OldUntil = w.Secret, until
	shape, err := d.showWebhook(c.UserContext(), w)
	shape.Secret = secret
	return shape, err
}

// tryWebhook sends something that is no event, and answers what came of it.
func (d *Door) tryWebhook(c *fiber.Ctx, _ *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	w, err := d.webhookIn(c)
	if err != nil {
		return nil, err
	}
	a, err := d.Webhooks.Try(c.UserContext(), w)
	if err != nil {
		return nil, err
	}
	return showAttempt(a), nil
}

func (d *Door) webhookAttempts(c *fiber.Ctx, _ *signedIn) (any, error) {
	w, err := d.webhookIn(c)
	if err != nil {
		return nil, err
	}
	all, err := d.Store.WebhookAttempts(c.UserContext(), w.ID)
	if err != nil {
		return nil, err
	}
	list := make([]attemptShape, 0, len(all))
	for i := range all {
		list = append(list, showAttempt(&all[i]))
	}
	return fiber.Map{"attempts": list}, nil
}

// againWebhook sends once more, in order, from the event of an attempt on; or tries at
// once what waits, where it names none.
func (d *Door) againWebhook(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		From int64 `json:"from"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	w, err := d.webhookIn(c)
	if err != nil {
		return nil, err
	}
	if r.From == 0 {
		if err := d.Store.HurryWebhook(c.UserContext(), w); err != nil {
			return nil, err
		}
		d.Webhooks.Nudge()
		return nothing{}, nil
	}
	all, err := d.Store.WebhookAttempts(c.UserContext(), w.ID)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(a chat.WebhookAttempt) bool { return a.Number == r.From && a.SiteSeq > 0 })
	if i < 0 {
		return nil, chat.FailField("from", "This attempt is not kept any more. Choose one that is in the list.")
	}
	if err := d.Store.RewindWebhook(c.UserContext(), w, all[i].SiteSeq-1); err != nil {
		return nil, err
	}
	d.Webhooks.Nudge()
	d.audit(c.UserContext(), me.agent.ID, "webhook.resent", w.SiteID, w.ID)
	return nothing{}, nil
}
