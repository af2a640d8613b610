package mail

import (
	"cmp"
	"context"
	"math"
	"slices"

	"rapport/hub/chat"
)

// read collects what a claim's letter tells and drops from the claim what it need
// not tell any more. It returns nil when nothing is left.
func (w *Worker) read(ctx context.Context, c *chat.MailClaim) (*told, error) {
	t, err := w.parties(ctx, c)
	if chat.Is(err, chat.NotFound) || err == nil && c.Transcript() == "" && (t.person.Email == "" || w.stale(c, t)) {
		return nil, w.drop(ctx, c, func(chat.Mail) bool { return false })
	}
	if err != nil {
		return nil, err
	}
	needed := map[string]bool{}
	for _, m := range c.Mails {
		if needed[m.ID], err = w.tell(ctx, t, m); err != nil {
			return nil, err
		}
	}
	if err := w.drop(ctx, c, func(m chat.Mail) bool { return needed[m.ID] }); err != nil || len(c.Mails) == 0 {
		return nil, err
	}
	return t, nil
}

// parties reads the conversation with the events that a claim tells of, its customer and its
// site.
func (w *Worker) parties(ctx context.Context, c *chat.MailClaim) (t *told, err error) {
	t = &told{}
	if t.row, err = w.Store.RowByID(ctx, c.ConversationID); err != nil {
		return nil, err
	}
	if t.person, err = w.Store.Person(ctx, t.row.PersonID); err != nil {
		return nil, err
	}
	if t.site, err = w.Store.Site(ctx, t.row.SiteID); err != nil {
		return nil, err
	}
	t.recent, err = w.Store.EventsAfter(ctx, t.row.ID, min(since(c.Mails), t.row.Seq+1)-1)
	return t, err
}

// since is the seq of the first event whose words rows are read from. A reminder of
// the customer's own part has none: its promise may have been made so long ago that
// what was said today is not among the events that are read at once.
func since(list []chat.Mail) int64 {
	first := int64(math.MaxInt64)
	for _, m := range list {
		if m.Kind != chat.MailPart {
			first = min(first, m.Seq)
		}
	}
	return first
}

// stale reports a customer who has been connected for so long without reading
// that a letter would tell nothing new to anybody.
func (w *Worker) stale(c *chat.MailClaim, t *told) bool {
	newest := slices.MaxFunc(c.Mails, func(a, b chat.Mail) int { return cmp.Compare(ripe(a), ripe(b)) })
	if w.Clock().Sub(ripe(newest)) <= giveUp {
		return false
	}
	online, _ := w.Presence.PersonOnline(t.person.ID)
	return online
}

// ripe is when a row could first go out.
func ripe(m chat.Mail) chat.Time { return max(m.CreatedAt, m.EarliestAt) }

// drop takes out of a claim all but what is to be kept.
func (w *Worker) drop(ctx context.Context, c *chat.MailClaim, keep func(chat.Mail) bool) error {
	var kept []chat.Mail
	for _, m := range c.Mails {
		if keep(m) {
			kept = append(kept, m)
		} else if err := w.Store.DropMail(ctx, c, m.ID); err != nil {
			return err
		}
	}
	c.Mails = kept
	return nil
}

// tell adds what one row of the outbox tells, and reports false where its
// customer has seen it or it is no longer so.
func (w *Worker) tell(ctx context.Context, t *told, m chat.Mail) (bool, error) {
	if w.Clock().Sub(ripe(m)) > tooOld {
		return false, nil
	}
	switch m.Kind {
	case chat.MailCard:
		return w.tellCard(ctx, t, m)
	case chat.MailPromise:
		return w.tellPromise(ctx, t, m, t.row.Marks.PersonRead)
	case chat.MailPart:
		return w.tellPart(ctx, t, m)
	case chat.MailSolved:
		return w.tellSolved(ctx, t, m)
	case chat.MailTranscript:
		return true, nil
	}
	if m.Seq <= t.row.Marks.PersonRead {
		return false, nil
	}
	i := slices.IndexFunc(t.recent, func(e chat.Event) bool { return e.Seq == m.Seq && e.Message != nil })
	if i < 0 {
		return false, nil
	}
	t.replies = append(t.replies, t.recent[i])
	return true, nil
}

// tellCard tells a card as long as it waits, seen or not: the letter is where its
// customer can answer it.
func (w *Worker) tellCard(ctx context.Context, t *told, m chat.Mail) (bool, error) {
	c, err := w.Store.Card(ctx, m.Payload.CardID)
	if chat.Is(err, chat.NotFound) || err == nil && (c.State != chat.CardSent || c.ConversationID != t.row.ID) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	t.cards = append(t.cards, *c)
	return true, nil
}

// tellPart reminds of the customer's own part while it is open and due when it was
// due as the reminder was queued, whether they have seen it or not.
func (w *Worker) tellPart(ctx context.Context, t *told, m chat.Mail) (bool, error) {
	p, err := w.Store.Promise(ctx, m.Payload.PromiseID)
	if chat.Is(err, chat.NotFound) || err == nil && (p.State != chat.PromiseIsOpen || p.DueAt != m.Payload.DueAt) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return w.tellPromise(ctx, t, m, 0)
}

// tellPromise tells how a promise stands now, once, however often it changed, unless
// its customer has read as far as the event that it tells of.
func (w *Worker) tellPromise(ctx context.Context, t *told, m chat.Mail, read int64) (bool, error) {
	if m.Seq <= read {
		return false, nil
	}
	p, err := w.Store.Promise(ctx, m.Payload.PromiseID)
	if chat.Is(err, chat.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	// Where the conversation goes on in another, its open promises do, too.
	if p.ConversationID != t.row.ID && t.row.MergedInto == "" {
		if is, err := w.beside(ctx, t, p.ConversationID); err != nil || !is {
			return false, err
		}
	}
	if p.Kind == chat.AppointmentPromise && p.State == chat.PromiseKept {
		return false, nil // they were there
	}
	if p.ConversationID != t.row.ID {
		if there, err := w.toldThere(ctx, p); err != nil || there {
			return false, err
		}
	}
	known := slices.ContainsFunc(t.promises, func(o chat.Promise) bool { return o.ID == p.ID })
	if !known {
		t.promises = append(t.promises, *p)
	}
	return true, nil
}

// beside reports whether a conversation is what was split off the letter's, or off one
// that goes on in it, and is its customer's still.
func (w *Worker) beside(ctx context.Context, t *told, id string) (bool, error) {
	c, err := w.Store.RowByID(ctx, id)
	if chat.Is(err, chat.NotFound) || err == nil && c.Channel != chat.ChannelAside {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	whose, err := w.Store.Person(ctx, c.PersonID)
	if err != nil || whose.ID != t.person.ID {
		return false, err
	}
	for at := c.PreviousID; at != ""; {
		if at == t.row.ID {
			return true, nil
		}
		from, err := w.Store.RowByID(ctx, at)
		if chat.Is(err, chat.NotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		at = from.MergedInto
	}
	return false, nil
}

// toldThere reports whether the letter of the conversation that a promise has come to
// is about to tell of it.
func (w *Worker) toldThere(ctx context.Context, p *chat.Promise) (bool, error) {
	waiting, err := w.Store.WaitingMail(ctx, p.ConversationID)
	return slices.ContainsFunc(waiting, func(m chat.Mail) bool { return m.Kind == chat.MailPromise && m.Payload.PromiseID == p.ID }), err
}

// tellSolved asks about the closing that is still the last, unless its customer
// has said so meanwhile or wants no such letters.
func (w *Worker) tellSolved(ctx context.Context, t *told, m chat.Mail) (bool, error) {
	over := t.row.State != chat.Closed || t.row.MergedInto != "" || slices.ContainsFunc(t.recent, func(e chat.Event) bool {
		return e.Seq > m.Seq && (e.Type == chat.ConversationClosed || e.Feedback != nil && e.Feedback.Solved != "")
	})
	if over {
		return false, nil
	}
	stopped, err := w.Store.SurveysStopped(ctx, t.site.ID, t.person.Email)
	if err != nil || stopped {
		return false, err
	}
	t.round = m.Seq
	return true, nil
}
