package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapport/hub/chat"
)

// SetAuthority says what may be given on a site, and how much by whom. a.Version
// is the one that was changed; the answer has the new one, to which everybody
// agrees anew where a term is another. A limit that stood before goes when its
// kind counts something else now.
//
// Failures: Invalid, NotFound, Forbidden, Conflict (a newer version stands).
func (d *Desk) SetAuthority(ctx context.Context, who chat.Actor, a chat.Authority) (*chat.Authority, error) {
	if !who.May(chat.SetAuthority) {
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
		if out.Limits, err = limited(tx, before, recounted(before, &a)); err != nil {
			return err
		}
		if err := raise(tx, before, &out); err != nil {
			return err
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

// recounted leaves out limits that are as they were before though their kind has
// another unit or currency now: 5000 cents are not 5000 days. One with other
// amounts was set anew.
func recounted(before, a *chat.Authority) []chat.Limit {
	return slices.DeleteFunc(slices.Clone(a.Limits), func(l chat.Limit) bool {
		unit, currency := a.Measure(l.Kind)
		had, in := before.Measure(l.Kind)
		return (unit != had || currency != in) && slices.Contains(before.Limits, l)
	})
}

// limited refuses limits of those who are not here. One that stood before is left out
// instead: its team or role was taken away since.
func limited(tx chat.Tx, before *chat.Authority, limits []chat.Limit) ([]chat.Limit, error) {
	kept := []chat.Limit{}
	for _, l := range limits {
		here := true
		var err error
		if chat.ValidID(l.Who) { // else it is a role that every installation has
			here, err = tx.MayHaveLimits(l.Who)
		}
		switch {
		case err != nil:
			return nil, err
		case here:
			kept = append(kept, l)
		case !before.Names(l.Who):
			return nil, chat.FailField("limits", "Nobody here, and no team or role, has the id of a limit.")
		}
	}
	return kept, nil
}

// raise gives a changed authority its version. Whoever agreed to the terms that
// stood agrees to these too where only the time for an answer is another.
func raise(tx chat.Tx, before, after *chat.Authority) error {
	same := after.Same(before)
	if same && (before.Version == 0 || after.AnswerWithin == before.AnswerWithin) {
		return nil // before anybody set limits there is nothing to agree to
	}
	after.Version++
	if !same {
		return nil
	}
	return tx.KeepLimitsRead(after.SiteID, before.Version, after.Version)
}

// changes names what differs, for the audit log: the version, and each kind and
// limit that is new, another or gone.
func changes(before, after *chat.Authority) string {
	parts := []string{fmt.Sprintf("version %d", after.Version)}
	if before.Currency != after.Currency {
		parts = append(parts, "currency "+after.Currency)
	}
	if before.AnswerWithin != after.AnswerWithin {
		parts = append(parts, "answer_within "+after.AnswerWithin.String())
	}
	for _, k := range after.Kinds {
		if had := before.Kind(k.Key); had == nil || *had != k {
			parts = append(parts, fmt.Sprintf("kind %s %q %s %s", k.Key, k.Name, k.Nature, k.Unit))
		}
	}
	for _, k := range before.Kinds {
		if after.Kind(k.Key) == nil {
			parts = append(parts, "no kind "+k.Key)
		}
	}
	return strings.Join(append(parts, limitChanges(before.Limits, after.Limits)...), ", ")
}

// limitChanges names each limit that is new or another as who, kind and amounts,
// and each that is gone as who and kind.
func limitChanges(before, after []chat.Limit) (parts []string) {
	type place struct{ who, kind string }
	had := map[place]chat.Limit{}
	for _, l := range before {
		had[place{l.Who, l.Kind}] = l
	}
	for _, l := range after {
		at := place{l.Who, l.Kind}
		if old, ok := had[at]; !ok || old != l {
			parts = append(parts, fmt.Sprintf("%s %s %d/%d/%d", l.Who, l.Kind, l.Each, l.Day, l.Month))
		}
		delete(had, at)
	}
	for _, l := range before {
		if _, gone := had[place{l.Who, l.Kind}]; gone {
			parts = append(parts, fmt.Sprintf("no limit %s %s", l.Who, l.Kind))
		}
	}
	return parts
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
	if !who.May(chat.SetAuthority) {
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
