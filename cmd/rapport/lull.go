package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/wire"
	"rapport/storage"
)

// How often a server looks for who waits, and for who fell silent.
const (
	attendEvery = 2 * time.Second
	silentEvery = 30 * time.Second
)

// awaySettles is how long nobody may be there before anybody is told: after a
// restart consoles need a moment to come back.
const awaySettles = 20 * time.Second

// lulls have the desk attend to conversations in which one side waits. What was
// said and done stands in the database, in the transaction that did it, so that
// neither a restart nor another server repeats it.
type lulls struct {
	store *storage.Store
	desk  *desk.Desk
	hub   *hub.Hub
	clock chat.Clock
	mail  bool

	began  chat.Time // when this server did
	here   chat.Time // when somebody was there last, zero for not since then
	silent chat.Time // when who fell silent was looked for last
}

// attend looks after conversations until ctx ends.
func (s *server) attend(ctx context.Context) {
	v := &lulls{store: s.store, desk: s.desk, hub: s.hub, clock: chat.SystemClock, mail: s.c.mail != nil, began: chat.SystemClock()}
	tick := time.NewTicker(attendEvery)
	defer tick.Stop()
	for {
		if err := v.attend(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("cannot attend to who waits", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// scene is what is known of now; false while consoles may still be coming back.
func (v *lulls) scene() (desk.Scene, bool) {
	now := v.clock()
	if v.hub.Presence().Status == hub.Online {
		v.here = now
	}
	scene := desk.Scene{Here: v.here > 0 && now.Sub(v.here) < awaySettles, Mail: v.mail}
	return scene, v.here > 0 || now.Sub(v.began) >= awaySettles
}

// attend looks once. One conversation that fails keeps none of the others, and is
// found again by the next look.
func (v *lulls) attend(ctx context.Context) error {
	scene, known := v.scene()
	if !known {
		return nil
	}
	due, err := v.store.DueLulls(ctx, v.clock())
	if err != nil {
		return err
	}
	fresh, err := v.fresh(ctx)
	var failed error
	for _, id := range slices.Concat(due, fresh) {
		told, err := v.desk.Attend(ctx, id, scene)
		failed = errors.Join(failed, err)
		if told != nil {
			v.hub.Broadcast(hub.SiteTopic(told.SiteID), wire.WaitFrame(told.SiteID, told.ConversationID, told.AgentID, told.PersonName, told.Since, told.Returned), nil)
		}
	}
	return errors.Join(err, failed)
}

// fresh are the conversations that nobody has looked at since one side waits.
func (v *lulls) fresh(ctx context.Context) (ids []string, err error) {
	sites, err := v.store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	now := v.clock()
	silent := now.Sub(v.silent) >= silentEvery
	if silent {
		v.silent = now
	}
	for i := range sites {
		rules := &sites[i].Waiting
		if rules.Off() {
			continue
		}
		waiting, err := v.store.FreshLulls(ctx, sites[i].ID)
		if err != nil {
			return ids, err
		}
		ids = append(ids, waiting...)
		if !silent || rules.AskAfter == 0 {
			continue
		}
		idle, err := v.store.SilentLulls(ctx, sites[i].ID, now, time.Duration(rules.AskAfter)*time.Minute)
		if err != nil {
			return ids, err
		}
		ids = append(ids, idle...)
	}
	return ids, nil
}
