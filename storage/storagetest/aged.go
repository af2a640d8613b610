package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// agedOnes: a site's closed conversations are too old by when they were closed, oldest
// first, and whatever is still open in one keeps it until it has ended.
func agedOnes(w *world) {
	closed := func(at chat.Time) chat.Conversation {
		return w.started(func(c *chat.Conversation) { c.State, c.ClosedAt = chat.Closed, at })
	}
	const limit = chat.Time(1_000_000)
	old, older := closed(limit-1), closed(limit-500)
	young, open, foreign := closed(limit), w.started(nil), w.newSite()
	promised, complained, followed, granted, asked := closed(1), closed(2), closed(3), closed(4), closed(5)
	promise := w.promised(promised, w.agent, time.Hour)
	track := chat.Track{ID: chat.NewID(), SiteID: w.site.ID, ConversationID: complained.ID, MatterID: complained.MatterID, State: chat.TrackOpen, OpenedBy: promise.Owner}
	follow := chat.FollowUp{ID: chat.NewID(), SiteID: w.site.ID, ConversationID: followed.ID, AgentID: w.agent.ID, Text: "All right?", State: chat.FollowUpWaits}
	grant := chat.Grant{ID: chat.NewID(), SiteID: w.site.ID, ConversationID: granted.ID, MatterID: granted.MatterID, PersonID: granted.PersonID, Unit: chat.UnitMoney, State: chat.GrantAsked, By: promise.Owner, Passed: []string{}}
	question := chat.Consult{ID: chat.NewID(), SiteID: w.site.ID, ConversationID: asked.ID, ByID: w.agent.ID, AgentID: w.agent.ID, QuestionID: chat.NewID(), State: chat.ConsultOpen}
	w.write(func(tx chat.Tx) error {
		w.must(tx.InsertTrack(&track))
		w.must(tx.InsertFollowUp(&follow))
		w.must(tx.InsertGrant(&grant))
		return tx.InsertConsult(&question)
	})
	aged := func(want ...chat.Conversation) {
		w.Helper()
		n, more, err := w.store.CountAged(w.ctx, w.site.ID, limit, 1)
		if err != nil || n != 1 || more != (len(want) > 1) {
			w.Errorf("counted %d and more %t, want of %d: %v", n, more, len(want), err)
		}
		w.write(func(tx chat.Tx) error {
			got, err := tx.Aged(w.site.ID, limit, 10)
			w.must(err)
			ids := []string{}
			for _, c := range want {
				ids = append(ids, c.ID)
				if is, err := tx.IsAged(c.ID, limit); err != nil || !is {
					w.Errorf("%s is none of them: %v", c.ID, err)
				}
			}
			if !slices.Equal(got, ids) {
				w.Errorf("too old are %v, want %v", got, ids)
			}
			for _, c := range []chat.Conversation{young, open, promised} {
				if is, err := tx.IsAged(c.ID, limit); err != nil || is != slices.Contains(ids, c.ID) {
					w.Errorf("%s is one of them: %t, %v", c.ID, is, err)
				}
			}
			return nil
		})
	}
	aged(older, old)
	if n, more, err := w.store.CountAged(w.ctx, foreign.ID, limit, 10); err != nil || n != 0 || more {
		w.Errorf("another site has %d: %v", n, err)
	}
	promise.State, track.State, follow.State, grant.State = chat.PromiseKept, chat.TrackEnded, chat.FollowUpSent, chat.GrantRefused
	w.write(func(tx chat.Tx) error {
		w.must(tx.SavePromise(&promise))
		w.must(tx.SaveTrack(&track))
		w.must(tx.SaveFollowUp(&follow))
		return tx.SaveGrant(&grant)
	})
	aged(promised, complained, followed, granted, older, old)
	w.write(func(tx chat.Tx) error {
		if got, err := tx.Aged(w.site.ID, limit, 2); err != nil || !slices.Equal(got, []string{promised.ID, complained.ID}) {
			w.Errorf("the oldest two are %v: %v", got, err)
		}
		return nil
	})
}
