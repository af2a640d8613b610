package storagetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/hub/chat"
)

func (w *world) webhook(kinds ...chat.EventType) *chat.Webhook {
	w.Helper()
	if len(kinds) == 0 {
		kinds = chat.WebhookKinds
	}
	v, err := chat.NewWebhook(w.site.ID, w.agent.ID, "https://shop.example/told", kinds)
	w.must(err)
	w.must(w.store.InsertWebhook(w.ctx, v))
	return v
}

func webhooks(w *world) {
	c := w.started(nil)
	w.write(customerSays(c, "before"))
	v := w.webhook(chat.MessagePosted, chat.ConversationClosed, chat.MessagePosted)
	got, err := w.store.Webhook(w.ctx, v.ID)
	w.must(err)
	if got.Secret != v.Secret || !strings.HasPrefix(got.Secret, "whsec_") || got.Done != 2 || got.MadeAt == 0 || !slices.Equal(got.Kinds, []chat.EventType{chat.MessagePosted, chat.ConversationClosed}) {
		w.Errorf("stored %+v", got)
	}
	if n := w.count(`SELECT count(*) FROM webhook WHERE sealed LIKE $1`, "%"+strings.TrimPrefix(v.Secret, "whsec_")+"%"); n != 0 {
		w.Error("a secret is kept as it is")
	}
	until := chat.Time(w.clock.Load()).Add(time.Hour)
	w.must(w.store.RotateWebhookSecret(w.ctx, got, "whsec_bmV3", until))
	if got, err = w.store.Webhook(w.ctx, v.ID); err != nil || got.Secret != "whsec_bmV3" || got.Old != v.Secret || got.OldUntil != until {
		w.Errorf("rotated %+v: %v", got, err)
	}
	w.later(time.Hour)
	if got, err = w.store.Webhook(w.ctx, v.ID); err != nil || got.Old != "" {
		w.Errorf("after the grace %+v: %v", got, err)
	}
	for range chat.MaxWebhooks - 1 {
		w.webhook()
	}
	more, err := chat.NewWebhook(w.site.ID, w.agent.ID, "https://shop.example/", chat.WebhookKinds)
	w.must(err)
	w.refused(w.store.InsertWebhook(w.ctx, more), chat.Conflict)
	w.refused(w.store.DeleteWebhook(w.ctx, w.newSite().ID, v.ID), chat.NotFound)
	w.must(w.store.NoteWebhookAttempt(w.ctx, &chat.WebhookAttempt{WebhookID: v.ID, EventID: "test_1", Kind: chat.WebhookTest}))
	w.must(w.store.DeleteWebhook(w.ctx, w.site.ID, v.ID))
	w.refused(w.store.DeleteWebhook(w.ctx, w.site.ID, v.ID), chat.NotFound)
	w.refused(w.store.ChangeWebhook(w.ctx, v), chat.NotFound)
	if n := w.count(`SELECT count(*) FROM webhook_attempt`); n != 0 {
		w.Errorf("%d attempts stay behind", n)
	}
	if list, err := w.store.Webhooks(w.ctx, w.site.ID); err != nil || len(list) != chat.MaxWebhooks-1 {
		w.Errorf("left %d: %v", len(list), err)
	}
}

// webhookReads: notes, what is not chosen, asides and what was erased are passed over.
func webhookReads(w *world) {
	v := w.webhook(chat.MessagePosted, chat.ConversationErased)
	c, gone := w.started(nil), w.started(nil)
	aside := w.started(func(c *chat.Conversation) { c.Channel = chat.ChannelAside })
	w.write(w.notes(c, "note"))
	w.write(w.replies(aside, "in the aside"))
	w.write(customerSays(gone, "gone"))
	w.write(customerSays(c, "kept"))
	next := func(after int64) (e *chat.Event, upTo int64) {
		w.Helper()
		e, talk, upTo, err := w.store.NextForWebhook(w.ctx, v, after)
		w.must(err)
		if e != nil && (talk == nil) != (e.Type == chat.ConversationErased) {
			w.Errorf("%s comes with %+v", e.Type, talk)
		}
		return e, upTo
	}
	first, at := next(v.Done)
	if first == nil || first.Message.Text != "text of gone" {
		w.Fatalf("first %+v", first)
	}
	w.write(func(tx chat.Tx) error { _, err := tx.EraseConversation(gone.ID); return err })
	if e, _ := next(v.Done); e == nil || e.Message == nil || e.Message.Text != "text of kept" || e.Names.By.Name != "Ada" {
		w.Fatalf("after erasing %+v", e)
	}
	kept, at := next(at)
	erased, end := next(at)
	if erased == nil || erased.Type != chat.ConversationErased || erased.ConversationID != gone.ID || erased.SiteSeq <= kept.SiteSeq {
		w.Fatalf("then %+v", erased)
	}
	if e, to := next(end); e != nil || to != end {
		w.Errorf("after all %+v, %d", e, to)
	}
	for i := range 200 {
		w.write(w.notes(c, fmt.Sprint("note ", i)))
	}
	if e, to := next(end); e != nil || to != end+128 {
		w.Errorf("a page of what is not chosen ends at %d with %+v", to-end, e)
	}
}

func webhookLease(w *world) {
	v := w.webhook()
	c := w.started(nil)
	now := func() chat.Time { return chat.Time(w.clock.Load()) }
	lease := func(by string) bool {
		w.Helper()
		ours, err := w.store.LeaseWebhook(w.ctx, v.ID, by, now().Add(30*time.Second))
		w.must(err)
		return ours
	}
	due := func() int {
		w.Helper()
		ids, err := w.store.DueWebhooks(w.ctx, now())
		w.must(err)
		return len(ids)
	}
	if sites, err := w.store.WebhookSites(w.ctx); err != nil || !slices.Equal(sites, []string{w.site.ID}) || due() != 1 {
		w.Errorf("sites %v: %v", sites, err)
	}
	if !lease("one") || lease("two") || !lease("one") {
		w.Error("two have it at a time")
	}
	w.later(30 * time.Second)
	if !lease("two") {
		w.Error("nobody else gets it after the lease")
	}
	settle := func(by string, was, done int64, change func(*chat.Webhook)) bool {
		w.Helper()
		got, err := w.store.Webhook(w.ctx, v.ID)
		w.must(err)
		got.LeaseBy, got.Done = by, done
		if change != nil {
			change(got)
		}
		stored, err := w.store.SettleWebhook(w.ctx, got, was, &chat.WebhookAttempt{WebhookID: v.ID, ConversationID: c.ID, SiteSeq: done, EventID: "evt", Kind: chat.MessagePosted, At: now()})
		w.must(err)
		return stored
	}
	if settle("one", 0, 1, nil) || settle("two", 5, 1, nil) {
		w.Error("who has it no more, or was somewhere else, moves its place")
	}
	if !settle("two", 0, 1, nil) || settle("two", 0, 1, nil) || due() != 0 {
		w.Error("its place is not moved once")
	}
	w.write(customerSays(c, "more"))
	if !settle("two", 1, 1, func(v *chat.Webhook) { v.Tries, v.FailedSince, v.NextAt = 1, now(), now().Add(time.Minute) }) || due() != 0 || lease("two") {
		w.Error("it is due before its time")
	}
	w.must(w.store.HurryWebhook(w.ctx, v))
	if due() != 1 || !lease("two") {
		w.Error("in a hurry, and not due")
	}
	v.Paused = chat.WebhookStopped
	w.must(w.store.ChangeWebhook(w.ctx, v))
	if due() != 0 || lease("two") || settle("two", 1, 2, nil) {
		w.Error("it is sent for although it is paused")
	}
	w.must(w.store.RewindWebhook(w.ctx, v, 0))
	got, err := w.store.Webhook(w.ctx, v.ID)
	w.must(err)
	if due() != 1 || got.Done != 0 || got.Paused != "" || got.FailedSince != 0 || !lease("three") {
		w.Errorf("sent again: %+v", got)
	}
	w.must(w.store.LeaveWebhooks(w.ctx, "three"))
	if !lease("four") {
		w.Error("what was given back is not free")
	}
	w.must(w.store.SkipWebhook(w.ctx, got, 2))
	if due() != 0 {
		w.Error("what was passed over is due")
	}
}

func webhookAttempts(w *world) {
	v := w.webhook()
	c, gone := w.started(nil), w.started(nil)
	for i := range chat.MaxWebhookAttempts + 5 {
		of := c.ID
		if i == chat.MaxWebhookAttempts {
			of = gone.ID
		}
		w.must(w.store.NoteWebhookAttempt(w.ctx, &chat.WebhookAttempt{WebhookID: v.ID, ConversationID: of, SiteSeq: int64(i), EventID: "evt_" + of, Kind: chat.MessagePosted, Status: 500, Reason: chat.AttemptRefused}))
	}
	list, err := w.store.WebhookAttempts(w.ctx, v.ID)
	w.must(err)
	if len(list) != chat.MaxWebhookAttempts || list[0].Number != 55 || list[49].Number != 6 || list[0].SiteSeq != 54 || w.count(`SELECT count(*) FROM webhook_attempt`) != 50 {
		w.Errorf("%d kept, from %+v", len(list), list[0])
	}
	w.write(func(tx chat.Tx) error { _, err := tx.EraseConversation(gone.ID); return err })
	w.must(w.store.NoteWebhookAttempt(w.ctx, &chat.WebhookAttempt{WebhookID: v.ID, ConversationID: gone.ID, EventID: "evt_" + gone.ID, Kind: chat.MessagePosted}))
	if n := w.count(`SELECT count(*) FROM webhook_attempt WHERE event_id LIKE $1`, "%"+gone.ID+"%"); n != 0 {
		w.Errorf("%d attempts lead to what was erased", n)
	}
}
