package main

import (
	"context"
	"errors"
	"fmt"

	"rapport/hub"
	"rapport/hub/broker"
	"rapport/hub/chat"
)

// peers is what joins this server to the others of its installation. The zero value
// is that of a server which is alone.
type peers struct {
	bell    *broker.Bell
	order   *broker.Ordered
	rosters *rosters
}

// checkNATS reads where the servers of one installation tell each other what they do.
func (c *config) checkNATS() (err error) {
	switch {
	case c.nats == "":
		return nil
	case c.store == "":
		return errors.New("nats: several servers need one Postgres database, which --store names; SQLite serves one server")
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
