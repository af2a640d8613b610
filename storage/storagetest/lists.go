package storagetest

import (
	"fmt"
	"slices"
	"time"

	"rapport/hub/chat"
	"rapport/hub/sorted"
	"rapport/storage"

	"pgregory.net/rapid"
)

// recount compares the kept counters and the head of the site with what a recount
// gives.
func (w *world) recount() {
	w.Helper()
	got, head, err := w.store.Counts(w.ctx, w.site.ID, w.agent.ID)
	w.must(err)
	events := w.count(`SELECT count(*) FROM event WHERE site_id = $1`, w.site.ID)
	if last := w.count(`SELECT coalesce(max(site_seq), 0) FROM event WHERE site_id = $1`, w.site.ID); head != events || last != events {
		w.Errorf("the site's head is %d and its last event %d; it has %d", head, last, events)
	}
	want := chat.Counts{
		Queue:   w.count(`SELECT count(*) FROM conversation WHERE site_id = $1 AND state = 'waiting'`, w.site.ID),
		Open:    w.count(`SELECT count(*) FROM conversation WHERE site_id = $1 AND state NOT IN ('closed', 'snoozed')`, w.site.ID),
		Snoozed: w.count(`SELECT count(*) FROM conversation WHERE site_id = $1 AND state = 'snoozed'`, w.site.ID),
		Mine:    w.count(`SELECT count(*) FROM conversation WHERE site_id = $1 AND state NOT IN ('closed', 'snoozed') AND (assignee_id = $2 OR guests LIKE $3)`, w.site.ID, w.agent.ID, "%"+w.agent.ID+"%"),
	}
	if got != want {
		w.Errorf("counters %+v, a recount gives %+v", got, want)
	}
	mine, err := w.store.WaitingFor(w.ctx, w.agent.ID)
	w.must(err)
	if waits := w.count(`SELECT count(*) FROM conversation WHERE site_id = $1 AND assignee_id = $2 AND state NOT IN ('closed', 'snoozed') AND waiting_since > 0`, w.site.ID, w.agent.ID); int64(len(mine[w.site.ID])) != waits {
		w.Errorf("%v wait for the agent, a recount gives %d", mine[w.site.ID], waits)
	}
}

// counters: in every world that chance makes, the kept counters are right and
// the lists together hold each conversation where it belongs.
func counters(w *world) {
	colleague := w.newAgent(chat.AgentRole)
	rapid.Check(w.T, func(r *rapid.T) {
		w.site = w.newSite()
		var ids []string
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			w.later(time.Second)
			if len(ids) == 0 || rapid.Bool().Draw(r, "start") {
				ids = append(ids, w.started(nil).ID)
				continue
			}
			id := rapid.SampledFrom(ids).Draw(r, "which")
			state := rapid.SampledFrom([]chat.State{chat.Waiting, chat.Open, chat.Snoozed, chat.Closed}).Draw(r, "state")
			waits := rapid.Bool().Draw(r, "waits")
			who := rapid.SampledFrom([]string{"", w.agent.ID, colleague.ID}).Draw(r, "who")
			guests := chat.Guests("").With(colleague.ID)
			if who != w.agent.ID && rapid.Bool().Draw(r, "guest") {
				guests = guests.With(w.agent.ID)
			}
			broken := rapid.IntRange(0, 4).Draw(r, "broken") == 0
			now := chat.Time(w.clock.Load())
			err := w.store.Write(w.ctx, func(tx chat.Tx) error {
				err := saved(id, func(c *chat.Conversation) {
					c.State, c.AssigneeID, c.ClosedAt, c.WaitingSince, c.SnoozedUntil, c.Guests = state, who, 0, 0, 0, guests
					if state == chat.Snoozed {
						c.SnoozedUntil = now.Add(time.Hour)
					}
					if state == chat.Closed {
						c.ClosedAt = now
					} else if waits {
						c.WaitingSince = now
					}
				})(tx)
				if err == nil && broken {
					return chat.FailField("x", "on purpose")
				}
				return err
			})
			if (err != nil) != broken {
				r.Fatal(err)
			}
		}
		w.recount()
		w.listed(r, ids)
	})
}

// listed compares every list with what the rows themselves say.
func (w *world) listed(r *rapid.T, ids []string) {
	all, _, err := w.store.RowsByID(w.ctx, w.site.ID, ids)
	if err != nil || len(all) != len(ids) {
		r.Fatalf("%d rows of %d: %v", len(all), len(ids), err)
	}
	for list, holds := range map[storage.List]func(*chat.Row) bool{
		storage.Queue:  func(c *chat.Row) bool { return c.State == chat.Waiting },
		storage.Held:   func(c *chat.Row) bool { return awake(c) && c.AssigneeID == w.agent.ID },
		storage.Mine:   func(c *chat.Row) bool { return awake(c) && (c.AssigneeID == w.agent.ID || c.Guests.Has(w.agent.ID)) },
		storage.Live:   awake,
		storage.Asleep: func(c *chat.Row) bool { return c.State == chat.Snoozed },
		storage.Closed: func(c *chat.Row) bool { return c.State == chat.Closed },
	} {
		want := []chat.Row{}
		for _, c := range all {
			if holds(&c) {
				want = append(want, c)
			}
		}
		sorted.By(want, byPlace)
		got := w.pages(list, rapid.IntRange(1, 5).Draw(r, "page"))
		if !slices.Equal(place(got), place(want)) {
			r.Fatalf("%s: got %v, want %v", list, place(got), place(want))
		}
	}
}

func awake(c *chat.Row) bool { return c.State != chat.Closed && c.State != chat.Snoozed }

func byPlace(a, b chat.Row) int {
	if d := a.Rank() - b.Rank(); d != 0 {
		return int(d)
	}
	if a.ID < b.ID {
		return -1
	}
	return 1
}

func place(rows []chat.Row) []string {
	out := []string{}
	for _, c := range rows {
		out = append(out, c.ID)
	}
	return out
}

// pages reads a whole list, a page at a time.
func (w *world) pages(list storage.List, limit int) (all []chat.Row) {
	w.Helper()
	p := storage.Page{SiteID: w.site.ID, List: list, AgentID: w.agent.ID, Limit: limit}
	for {
		part, next, err := w.store.Rows(w.ctx, p)
		w.must(err)
		if len(part) > limit {
			w.Fatalf("a page of %d has %d rows", limit, len(part))
		}
		all = append(all, part...)
		if next == "" {
			return all
		}
		p.Cursor = next
	}
}

// paging: what happens between two pages shifts nothing: a conversation that
// keeps its place is shown once, whatever comes and goes around it.
func paging(w *world) {
	var stays []string
	for i := range 30 {
		w.later(time.Second)
		if c := w.started(nil); i%2 == 0 {
			stays = append(stays, c.ID)
		}
	}
	p := storage.Page{SiteID: w.site.ID, List: storage.Queue, Limit: 4}
	var seen []string
	for {
		part, next, err := w.store.Rows(w.ctx, p)
		w.must(err)
		seen = append(seen, place(part)...)
		if next == "" {
			break
		}
		p.Cursor = next
		for _, c := range part { // leave before and after, and come at the end
			if !slices.Contains(stays, c.ID) {
				w.write(saved(c.ID, func(c *chat.Conversation) { c.State, c.AssigneeID = chat.Open, w.agent.ID }))
			}
		}
	}
	for _, id := range stays {
		shown := 0
		for _, s := range seen {
			if s == id {
				shown++
			}
		}
		if shown != 1 {
			w.Errorf("a conversation that stayed was shown %d times", shown)
		}
	}
	for _, bad := range []string{"x", "1_x", "1", "_" + chat.NewID(), "1_" + chat.NewID() + "x"} {
		_, _, err := w.store.Rows(w.ctx, storage.Page{SiteID: w.site.ID, List: storage.Queue, Cursor: bad, Limit: 4})
		w.refused(err, chat.Invalid)
	}
	_, _, err := w.store.Rows(w.ctx, storage.Page{SiteID: w.site.ID, List: "trash", Limit: 4})
	w.refused(err, chat.Invalid)
}

// lists: a row is a whole snapshot, and lists do not mix sites or agents.
func lists(w *world) {
	p := w.newPerson()
	waiting := w.startedBy(p, nil)
	w.later(time.Minute)
	mine := w.started(func(c *chat.Conversation) { c.State, c.AssigneeID, c.WaitingSince = chat.Open, w.agent.ID, 0 })
	theirs := w.started(func(c *chat.Conversation) {
		c.State, c.AssigneeID = chat.Open, chat.NewID()
	})
	closed := w.started(func(c *chat.Conversation) { c.State, c.ClosedAt, c.WaitingSince = chat.Closed, 5, 0 })
	for list, want := range map[storage.List][]string{
		storage.Queue: {waiting.ID}, storage.Mine: {mine.ID}, storage.Closed: {closed.ID},
		storage.Live: {waiting.ID, theirs.ID, mine.ID}, // who waits longest, then latest talk
	} {
		if got := place(w.pages(list, 10)); !slices.Equal(got, want) {
			w.Errorf("%s: got %v, want %v", list, got, want)
		}
	}
	row, err := w.store.RowByID(w.ctx, mine.ID)
	w.must(err)
	if row.Assignee != (chat.AgentCard{ID: w.agent.ID, Name: "Ben", Picture: "ben.png"}) || row.PersonName != "Ada" || row.Step != chat.Greeting {
		w.Errorf("row %+v", row)
	}
	if got := w.conversation(waiting.ID); got != waiting {
		w.Errorf("stored %+v, read %+v", waiting, got)
	}
	_, err = w.store.RowByID(w.ctx, chat.NewID())
	w.refused(err, chat.NotFound)
	w.site = w.newSite()
	if got := w.pages(storage.Live, 10); len(got) != 0 {
		w.Errorf("another site's list shows %d rows", len(got))
	}
	_, _, err = w.store.Counts(w.ctx, chat.NewID(), "")
	w.refused(err, chat.NotFound)
}

// rows: rows come by their ids, of one site only, and by what changed since.
func rows(w *world) {
	var ids []string
	for range 70 {
		ids = append(ids, w.started(nil).ID)
	}
	got, counts, err := w.store.RowsByID(w.ctx, w.site.ID, append(ids, chat.NewID()))
	w.must(err)
	if len(got) != 70 || counts.Queue != 70 || counts.Open != 70 || counts.Mine != -1 {
		w.Errorf("%d rows, counts %+v", len(got), counts)
	}
	_, head, err := w.store.Counts(w.ctx, w.site.ID, w.agent.ID)
	w.must(err)
	w.write(customerSays(chat.Conversation{ID: ids[3], PersonID: w.conversation(ids[3]).PersonID}, "client-1"))
	w.write(customerSays(chat.Conversation{ID: ids[3], PersonID: w.conversation(ids[3]).PersonID}, "client-2"))
	changed, tooFar, err := w.store.RowsSince(w.ctx, w.site.ID, head)
	w.must(err)
	if tooFar || len(changed) != 1 || changed[0].ID != ids[3] || changed[0].Seq != 3 {
		w.Errorf("since %d: %v (too far: %v)", head, place(changed), tooFar)
	}
	other := w.newSite()
	if got, _, err := w.store.RowsByID(w.ctx, other.ID, ids[:2]); err != nil || len(got) != 0 {
		w.Errorf("another site gets %d rows: %v", len(got), err)
	}
	w.write(func(tx chat.Tx) error {
		c, err := tx.Conversation(ids[0])
		for range storage.MaxReplay {
			if err == nil {
				err = tx.Append(c, &chat.Event{Type: chat.PersonUpdated, PersonID: c.PersonID})
			}
		}
		if err != nil {
			return fmt.Errorf("many events: %w", err)
		}
		return tx.SaveConversation(c)
	})
	if _, tooFar, err := w.store.RowsSince(w.ctx, w.site.ID, head); err != nil || !tooFar {
		w.Errorf("1,002 events back is not too far: %v", err)
	}
	if list, err := w.store.EventsAfter(w.ctx, ids[0], 0); err != nil || len(list) != storage.MaxReplay {
		w.Errorf("%d events at once: %v", len(list), err)
	}
}
