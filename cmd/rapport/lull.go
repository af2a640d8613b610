package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/wire"
	"rapport/storage"
)

// How often a server looks at who has begun to wait, and how often it looks for all
// who wait or fell silent, whom it has not heard of.
const (
	attendEvery = 2 * time.Second
	searchEvery = 30 * time.Second
)

// atOnce is how many conversations are looked after at the same time: they share a
// transaction of the writer's, and messages behind them wait a few milliseconds.
const atOnce = 16

// maxHeard bounds what is remembered between two looks.
const maxHeard = 10_000

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

	began    chat.Time // when this server did, or took this over
	here     chat.Time // when somebody was there last, zero for not since then
	searched chat.Time // when all who wait or fell silent were looked for last

	mu    sync.Mutex
	heard map[string]bool // conversations in which somebody may have begun to wait
}

func (s *server) newLulls() *lulls {
	return &lulls{
		store: s.store, desk: s.desk, hub: s.hub, clock: chat.SystemClock, mail: s.c.mail != nil,
		began: chat.SystemClock(), heard: map[string]bool{},
	}
}

// Hear takes what the store has committed. It returns at once.
func (v *lulls) Hear(events []chat.Event) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for i := range events {
		switch e := &events[i]; {
		case len(v.heard) >= maxHeard:
			return
		case e.By == chat.ByPerson, e.Type == chat.ConversationReopened, e.Type == chat.ConversationReleased, e.Type == chat.ConversationWoken:
			v.heard[e.ConversationID] = true
		}
	}
}

func (v *lulls) takeHeard() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	ids := slices.Collect(maps.Keys(v.heard))
	clear(v.heard)
	return ids
}

// attend looks after conversations until ctx ends.
func (s *server) attend(ctx context.Context) {
	s.lulls.began, s.lulls.here = chat.SystemClock(), 0 // consoles may have to come back
	s.repeat(ctx, attendEvery, "cannot attend to who waits", func(ctx context.Context) error {
		for {
			more, err := s.lulls.attend(ctx)
			if !more || err != nil {
				return err
			}
		}
	})
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

// attend looks once, and reports whether there may be more to look at. One
// conversation that fails keeps none of the others, and is found again by a later
// look.
func (v *lulls) attend(ctx context.Context) (more bool, err error) {
	scene, known := v.scene()
	if !known {
		return false, nil
	}
	due, err := v.store.DueLulls(ctx, v.clock())
	fresh, failed := v.fresh(ctx)
	err = errors.Join(err, failed)
	for ids := range slices.Chunk(slices.Concat(due, fresh), atOnce) {
		err = errors.Join(err, v.attendAll(ctx, ids, scene))
	}
	return len(due) == storage.LullsAtOnce || len(fresh) >= storage.LullsAtOnce, err
}

func (v *lulls) attendAll(ctx context.Context, ids []string, scene desk.Scene) error {
	errs := make([]error, len(ids))
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Go(func() { errs[i] = v.attendOne(ctx, id, scene) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (v *lulls) attendOne(ctx context.Context, id string, scene desk.Scene) error {
	told, err := v.desk.Attend(ctx, id, scene)
	if err == nil && told != nil {
		v.hub.Broadcast(hub.SiteTopic(told.SiteID), wire.WaitFrame(told.SiteID, told.ConversationID, told.AgentID, told.PersonName, told.Since, told.Returned), nil)
	}
	return err
}

// fresh are the conversations that nobody has looked at since one side waits: of
// those that were heard of, and now and then of all.
func (v *lulls) fresh(ctx context.Context) (ids []string, err error) {
	heard, now := v.takeHeard(), v.clock()
	if now.Sub(v.searched) < searchEvery && now >= v.searched {
		return v.store.FreshAmong(ctx, heard)
	}
	sites, err := v.store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	for i := range sites {
		found, err := v.search(ctx, &sites[i], now)
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	if len(ids) < storage.LullsAtOnce {
		v.searched = now // else there may be more, and the next look goes on
	}
	return ids, nil
}

// search finds who waits or fell silent on a site.
func (v *lulls) search(ctx context.Context, site *chat.Site, now chat.Time) ([]string, error) {
	if site.Waiting.Off() {
		return nil, nil
	}
	ids, err := v.store.FreshLulls(ctx, site.ID)
	if err != nil || site.Waiting.AskAfter == 0 {
		return ids, err
	}
	silent, err := v.store.SilentLulls(ctx, site.ID, now, time.Duration(site.Waiting.AskAfter)*time.Minute)
	return append(ids, silent...), err
}
