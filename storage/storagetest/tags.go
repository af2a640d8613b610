package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// tag makes a tag of the site.
func (w *world) tag(name string) chat.Tag {
	w.Helper()
	v := chat.Tag{ID: chat.NewID(), SiteID: w.site.ID, Name: name, MadeBy: w.agent.ID}
	w.write(func(tx chat.Tx) error { return tx.InsertTag(&v) })
	return v
}

// on are the names of the tags of a conversation, as its row has them.
func (w *world) on(c chat.Conversation) []string {
	w.Helper()
	row, err := w.store.RowByID(w.ctx, c.ID)
	w.must(err)
	out := []string{}
	for _, v := range row.Tags {
		out = append(out, v.Name)
	}
	return out
}

// uses are the site's tags that stand with how often each is used.
func (w *world) uses() map[string]int64 {
	w.Helper()
	list, err := w.store.Tags(w.ctx, w.site.ID)
	w.must(err)
	out := map[string]int64{}
	for _, v := range list {
		out[v.Name] = v.Uses
		if n := w.count(`SELECT count(*) FROM conversation_tag WHERE tag_id = $1`, v.ID); n != v.Uses {
			w.Errorf("%s is used %d times, counted %d", v.Name, n, v.Uses)
		}
	}
	return out
}

// tags: a name is one tag whatever its case, rows show theirs, a merge leaves each
// conversation with one, and what was merged or deleted is found no more.
func tags(w *world) {
	a, b := w.started(nil), w.started(nil)
	gift, present, late := w.tag("Gift"), w.tag("present"), w.tag("late")
	w.write(func(tx chat.Tx) error {
		if v, err := tx.TagByName(w.site.ID, "GIFT"); err != nil || v.ID != gift.ID {
			w.Errorf("by name: %+v, %v", v, err)
		}
		for _, on := range [][2]string{{a.ID, gift.ID}, {a.ID, present.ID}, {b.ID, present.ID}, {b.ID, late.ID}} {
			if err := tx.AddTag(on[0], on[1]); err != nil {
				return err
			}
		}
		return tx.RemoveTag(b.ID, late.ID)
	})
	if got := w.on(a); !slices.Equal(got, []string{"Gift", "present"}) {
		w.Errorf("on a: %q", got)
	}
	if got := w.uses(); got["Gift"] != 1 || got["present"] != 2 || got["late"] != 0 {
		w.Errorf("used %v", got)
	}
	if _, err := w.store.RenameTag(w.ctx, w.site.ID, late.ID, "gift"); !chat.Is(err, chat.Conflict) {
		w.Errorf("two of one name: %v", err)
	}
	if v, err := w.store.RenameTag(w.ctx, w.site.ID, gift.ID, "gift!"); err != nil || v.Name != "gift!" {
		w.Errorf("renamed: %+v, %v", v, err)
	}
	if _, err := w.store.MergeTags(w.ctx, w.newSite().ID, present.ID, gift.ID); !chat.Is(err, chat.NotFound) {
		w.Errorf("merged from another site: %v", err)
	}
	v, err := w.store.MergeTags(w.ctx, w.site.ID, present.ID, gift.ID)
	if err != nil || v.Uses != 2 || !slices.Equal(w.on(a), []string{"gift!"}) || !slices.Equal(w.on(b), []string{"gift!"}) {
		w.Errorf("merged: %+v, %v; on a %q, on b %q", v, err, w.on(a), w.on(b))
	}
	w.write(func(tx chat.Tx) error {
		if v, err := tx.Tag(present.ID); err != nil || v.ID != gift.ID {
			w.Errorf("what was merged leads to %+v, %v", v, err)
		}
		return nil
	})
	w.must(w.store.DeleteTag(w.ctx, w.site.ID, gift.ID))
	w.refused(w.store.DeleteTag(w.ctx, w.site.ID, gift.ID), chat.NotFound)
	if got := w.uses(); len(got) != 1 || len(w.on(a)) != 0 {
		w.Errorf("after deleting: %v, on a %q", got, w.on(a))
	}
	w.write(func(tx chat.Tx) error {
		if _, err := tx.Tag(present.ID); !chat.Is(err, chat.NotFound) {
			w.Errorf("a deleted tag is found: %v", err)
		}
		return nil
	})
	w.tag("Gift") // the name is free again
}

// sleepers: only what is due is found, the longest due first, and what woke is not.
func sleepers(w *world) {
	asleep := func(in time.Duration) chat.Conversation {
		return w.started(func(c *chat.Conversation) {
			c.State, c.SnoozedUntil = chat.Snoozed, chat.Time(w.clock.Load()).Add(in)
		})
	}
	second, first, later := asleep(2*time.Minute), asleep(time.Minute), asleep(time.Hour)
	w.later(10 * time.Minute)
	due := func() []string {
		list, err := w.store.DueSnoozes(w.ctx, chat.Time(w.clock.Load()))
		w.must(err)
		return list
	}
	if got := due(); !slices.Equal(got, []string{first.ID, second.ID}) {
		w.Errorf("due %v", got)
	}
	w.write(saved(first.ID, (*chat.Conversation).Wake))
	w.reopen()
	if got := due(); !slices.Equal(got, []string{second.ID}) {
		w.Errorf("due after one woke %v", got)
	}
	if got := w.conversation(later.ID); got.State != chat.Snoozed || got.SnoozedUntil != later.SnoozedUntil {
		w.Errorf("after a restart: %+v", got)
	}
	live, err := w.store.RowByID(w.ctx, later.ID)
	w.must(err)
	w.write(func(tx chat.Tx) error {
		c, err := tx.LiveConversation(w.site.ID, live.PersonID, chat.ChannelChat)
		if err != nil || c.ID != later.ID {
			w.Errorf("what sleeps is not the customer's live one: %v", err)
		}
		return nil
	})
}
