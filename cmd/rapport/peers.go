package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"rapport/console"
	"rapport/hub"
	"rapport/hub/broker"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/static"
	"rapport/storage"
)

// peers are what joins this server to the others of its installation. The zero value
// is that of a server which is alone.
//
// All that a request is answered from is read from the database, but for what follows.
// Why each is right although other servers write:
//
//	held in memory                      old by at most   because
//	storage: conversations, matters,    nothing          each transaction first forgets what
//	  people, agents, guides, heads                      those of others have touched (turns)
//	desk: guides made ready             nothing          goes by the guide that storage holds
//	hub: heads of streams               1 s              every event once and in order, by
//	                                                     signal or from the database
//	hub: who is here, who has what      2 s              rosters, in the database; whoever is
//	  open, who is about to answer                       silent for 6 s is gone
//	hub: whose sockets close            4 s              rosters, for a minute; ended sign-ins
//	                                                     stand in the database as well
//	console: rows on screens            4 s              events; read marks by signal, else in
//	                                                     rosters
//	console: counts of views            5 s              counted anew
//	console: that there is an owner     nothing          is so once and for all
//	dispatch: rules, people             5 s              read anew; the foreman's alone, and the
//	                                                     desk decides on the locked row
//	dispatch: queue, loads              30 s             events; read anew all the same
//	webhooks: sites that have one       2 s              read anew
//	door: rates                         1 s              told around; see Gossip
//	visitors: who looks around          of this server   each has those who are connected to
//	                                                     it; who was erased elsewhere is a
//	                                                     stranger within 4 s (rosters)
//	links: what is looked up            of this server   the database has each address once
//	static: files of other versions     1 s              hashed names never mean something else
//	calendars, zones, words, icons      nothing          are part of the program
type peers struct {
	bell    *broker.Bell
	order   *broker.Ordered
	rosters *rosters
	gossip  *door.Gossip
}

// checkNATS reads where the servers of one installation tell each other what they do.
func (c *config) checkNATS() (err error) {
	switch {
	case c.nats == "":
		return nil
	case c.store == "":
		return errors.New("nats: several servers need one Postgres database, which --store names; SQLite serves one server")
	case c.https.domain != "":
		return errors.New("domain: with --nats a proxy in front of the servers speaks HTTPS. An authority that asks one name leads to one of several servers, and not to the one that has asked it: leave --domain out and set --public-url and --widget-url")
	}
	if c.bell, err = broker.ReadAddress(c.nats); err != nil {
		return fmt.Errorf("nats: %w", err)
	}
	return nil
}

// join listens to the other servers, and begins where the database is now.
func (s *server) join(ctx context.Context) (err error) {
	if s.c.bell == nil {
		return nil
	}
	if s.c.bell.Open() {
		s.log.Warn("what servers tell each other, words of customers among it, goes to NATS in the clear: on a network that others share use tls://", "nats", s.c.bell.String())
	}
	ring := func(missed func()) (hub.Broker, error) {
		// The epoch names the installation: restore and move renew it, and every server
		// is started again then.
		s.others.bell, err = broker.Connect(broker.Options{Address: s.c.bell, Installation: s.store.Epoch(), Log: s.log, Missed: missed})
		return s.others.bell, err
	}
	if s.others.order, err = broker.NewOrdered(ctx, ring, s.store, s.log); err != nil {
		return errors.Join(err, s.others.close(ctx))
	}
	return nil
}

// broker is what the hub speaks through; nil where this server is alone.
func (c *peers) broker() hub.Broker {
	if c.order == nil {
		return nil
	}
	return c.order
}

// run finds what no signal has told of, until ctx ends.
func (c *peers) run(ctx context.Context) {
	if c.order != nil {
		c.order.Run(ctx)
	}
}

// missing is why this server does not hear of others at once, "" where it does or has
// nobody to hear of.
func (c *peers) missing() string {
	if c.bell == nil {
		return ""
	}
	return c.bell.Missing()
}

// close sends what the others are still to be told.
func (c *peers) close(ctx context.Context) error {
	if c.bell == nil {
		return nil
	}
	return c.bell.Close(ctx)
}

// published tells everybody on this server, and the other servers, what was committed
// here.
func (s *server) published(events []chat.Event) {
	s.hub.Publish(events)
	if s.others.order == nil {
		s.follow(events)
	}
	s.links.Hear(events) // each server looks up the links that came to it
	s.hooks.Hear(events) // and tells of what came to it, under a lease
}

// follow keeps up what watches over conversations: each server does, whoever has
// written, so that any of them can be the foreman.
func (s *server) follow(events []chat.Event) {
	s.routes.Hear(events)
	s.lulls.Hear(events)
	s.calls.Hear(events)
}

// followOthers has follow hear the events of all servers, each once and in order, and
// learns who is connected to them.
func (s *server) followOthers() {
	if s.others.order == nil {
		return
	}
	s.others.rosters = s.newRosters()
	s.others.order.Join(func(sig hub.Signal) {
		if len(sig.Events) > 0 {
			s.follow(sig.Events)
		}
	})
}

// glimpses is where the servers of an installation keep what is looked at before it is
// saved; nil where this server is alone.
func (s *server) glimpses() door.Glimpses {
	if s.c.bell == nil {
		return nil
	}
	return s.store
}

// assets are what browsers get of this version and of others.
func (s *server) assets(ctx context.Context) (*static.Versions, error) {
	told := func(err error) {
		s.log.Warn("files for pages of this version are not kept, or not found", "error", err)
	}
	if s.c.bell == nil {
		return static.NewVersions(s.data.assets(), told), nil
	}
	return static.ShareVersions(ctx, s.data.assets(), s.store, told)
}

const (
	// forgetSharedEvery is how often what servers keep for each other is looked through.
	forgetSharedEvery = time.Minute
	// partsFor is how long files for pages are kept after the last day that a server
	// with them ran, as the data folder keeps them.
	partsFor = 30 * 24 * time.Hour
)

// forgetShared removes what servers have kept for each other and what is over, until ctx
// ends.
func (s *server) forgetShared(ctx context.Context) {
	if s.c.bell == nil {
		return
	}
	s.repeat(ctx, forgetSharedEvery, "cannot remove what servers have kept for each other", func(ctx context.Context) error {
		return inSteps(ctx, func(ctx context.Context) (bool, error) {
			return s.store.ForgetShared(ctx, chat.SystemClock().Add(-partsFor))
		})
	})
}

// limits are what makes rates hold over several servers; nothing for one that is alone.
func (s *server) limits() (*door.Gossip, console.Counter) {
	if s.others.order == nil {
		return nil, nil
	}
	g := door.NewGossip()
	s.others.gossip = g
	s.others.order.Join(func(sig hub.Signal) {
		if sig.Spent != nil {
			g.Hear(sig.Spent)
		}
	})
	return g, counter{s.store, s.data.purpose("what is spent")}
}

// tellSpent tells the other servers what was spent of rates here, until ctx ends.
func (s *server) tellSpent(ctx context.Context) {
	if s.others.gossip == nil {
		return
	}
	tick := time.NewTicker(door.TellEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			// Where NATS is away each server holds to the rates by itself; the bell says so.
			_ = s.others.gossip.Tell(ctx, s.others.order.Publish)
		}
	}
}

// counter keeps in the database who has tried to sign in: by hashes that need the
// installation's key, so that neither addresses nor networks stand there.
type counter struct {
	store *storage.Store
	key   []byte
}

// Spend takes one of what a key may spend.
func (c counter) Spend(ctx context.Context, key string, burst int, every time.Duration) (time.Duration, error) {
	mac := hmac.New(sha256.New, c.key)
	mac.Write([]byte(key))
	return c.store.Spend(ctx, hex.EncodeToString(mac.Sum(nil)), burst, every)
}
