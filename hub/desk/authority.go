package desk

import (
	"context"
	"fmt"
	"strings"

	"rapport/hub/chat"
)

// SetAuthority says what may be given on a site, and how much by whom. a.Version
// is the one that was changed; the answer has the new one, to which everybody
// agrees anew where a term is another.
//
// Failures: Invalid, NotFound, Forbidden, Conflict (a newer version stands).
func (d *Desk) SetAuthority(ctx context.Context, who chat.Actor, a chat.Authority) (*chat.Authority, error) {
	if who.Kind != chat.ByAgent || !who.Role.SetsLimits() {
		return nil, chat.Fail(chat.Forbidden, "The owner and admins set the limits.")
	}
	if err := a.Clean(); err != nil {
		return nil, err
	}
	var out chat.Authority
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		out = a
		if _, err := tx.Site(a.SiteID); err != nil {
			return err
		}
		before, err := tx.Authority(a.SiteID)
		if err != nil {
			return err
		}
		if before.Version != a.Version {
			return chat.Fail(chat.Conflict, "Somebody else has changed the limits meanwhile. Look at theirs first.")
		}
		if err := limited(tx, &a); err != nil {
			return err
		}
		if !a.Same(before) {
			out.Version++
		}
		out.ChangedAt, out.ChangedBy = tx.Now(), who.ID
		if err := tx.SaveAuthority(&out); err != nil {
			return err
		}
		return tx.Audit(who.ID, "authority.changed", a.SiteID, changes(before, &out))
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// limited refuses limits of people who do not work here.
func limited(tx chat.Tx, a *chat.Authority) error {
	for _, l := range a.Limits {
		if !chat.ValidID(l.Who) {
			continue // a role
		}
		_, err := tx.Agent(l.Who)
		if chat.Is(err, chat.NotFound) {
			return chat.FailField("limits", "Nobody who works here has the id of a limit.")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// changes names what differs, for the audit log: the version, and each limit that
// is new or another as who, kind and amounts.
func changes(before, after *chat.Authority) string {
	parts := []string{fmt.Sprintf("version %d", after.Version)}
	if before.Currency != after.Currency {
		parts = append(parts, "currency "+after.Currency)
	}
	if before.AnswerWithin != after.AnswerWithin {
		parts = append(parts, "answer_within "+after.AnswerWithin.String())
	}
	had := map[chat.Limit]bool{}
	for _, l := range before.Limits {
		had[l] = true
	}
	for _, l := range after.Limits {
		if !had[l] {
			parts = append(parts, fmt.Sprintf("%s %s %d/%d/%d", l.Who, l.Kind, l.Each, l.Day, l.Month))
		}
	}
	return strings.Join(parts, ", ")
}

// AgreeLimits notes that an agent has read the limits of a version and agrees.
// Failures: NotFound, Conflict (a newer version stands).
func (d *Desk) AgreeLimits(ctx context.Context, who chat.Actor, siteID string, version int64) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		if _, err := tx.Site(siteID); err != nil {
			return err
		}
		a, err := tx.Authority(siteID)
		if err != nil {
			return err
		}
		if a.Version != version {
			return chat.Fail(chat.Conflict, "The limits have changed meanwhile. Read them once more, please.")
		}
		if err := tx.SaveLimitsRead(siteID, &chat.LimitsRead{AgentID: who.ID, Version: version, At: tx.Now()}); err != nil {
			return err
		}
		return tx.Audit(who.ID, "authority.agreed", siteID, fmt.Sprintf("version %d", version))
	})
}

// WishLimits asks the owner for other limits, in the agent's words.
// Failures: Invalid, NotFound.
func (d *Desk) WishLimits(ctx context.Context, who chat.Actor, siteID, text string) (*chat.LimitWish, error) {
	text, err := chat.CleanText("text", text, chat.MaxGrantWords)
	if err != nil {
		return nil, err
	}
	w := &chat.LimitWish{SiteID: siteID, Text: text}
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		if _, err := tx.Site(siteID); err != nil {
			return err
		}
		if w.By, err = card(tx, who); err != nil {
			return err
		}
		w.ID, w.At = chat.NewID(), tx.Now()
		if err := tx.InsertLimitWish(w); err != nil {
			return err
		}
		return tx.Audit(who.ID, "authority.wished", w.ID, siteID)
	})
	return w, err
}

// SettleWish says that a wish was seen to. Doing it again changes nothing.
// Failures: NotFound, Forbidden.
func (d *Desk) SettleWish(ctx context.Context, who chat.Actor, siteID, id string) error {
	if who.Kind != chat.ByAgent || !who.Role.SetsLimits() {
		return chat.Fail(chat.Forbidden, "The owner and admins settle this.")
	}
	return d.store.Write(ctx, func(tx chat.Tx) error {
		w, err := tx.LimitWish(id)
		if err != nil {
			return err
		}
		switch {
		case w.SiteID != siteID:
			return chat.ErrNotFound
		case w.SettledAt > 0:
			return nil
		}
		w.SettledAt, w.SettledBy = tx.Now(), who.ID
		if err := tx.SettleLimitWish(w); err != nil {
			return err
		}
		return tx.Audit(who.ID, "authority.wish_settled", id, siteID)
	})
}
