package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/wire"
)

const (
	// rosterEvery is how often each of several servers tells that it is alive, and reads
	// of the others: they count as gone after storage.RosterLives.
	rosterEvery = 2 * time.Second
	// rosterRest lies between two tellings, however much changes.
	rosterRest = 100 * time.Millisecond
	// statusOverlap covers clocks of servers that differ, and commits that come late.
	statusOverlap = 10 * time.Second
)

// rosters keep servers informed of who is connected to the others. What each tells stands
// in the database, so that nobody counts as gone because NATS is away; a signal only
// has the others read it at once.
type rosters struct {
	*server
	id     string // of this server's stay
	mine   <-chan struct{}
	theirs chan struct{}
	said   chat.Time // up to here it is known what agents have said of themselves
}

// newRosters joins in, before anybody connects.
func (s *server) newRosters() *rosters {
	r := &rosters{server: s, id: chat.NewID(), mine: s.hub.InCompany(), theirs: make(chan struct{}, 1), said: chat.SystemClock()}
	s.others.order.Join(func(sig hub.Signal) {
		if sig.Roster == "" || sig.Roster == r.id {
			return
		}
		select {
		case r.theirs <- struct{}{}:
		default: // they are about to be read
		}
	})
	return r
}

// keepRoster tells the others who is here, and hears it from them, until ctx ends.
func (s *server) keepRoster(ctx context.Context) {
	r := s.others.rosters
	if r == nil {
		return
	}
	tick := time.NewTicker(rosterEvery)
	defer tick.Stop()
	tell, failed := true, false
	for {
		var err error
		if tell {
			err = r.tell(ctx)
		}
		err = errors.Join(err, r.hear(ctx))
		if err != nil && !failed && ctx.Err() == nil {
			s.log.Warn("cannot tell other servers who is connected, or hear it from them", "err", err)
		}
		failed = err != nil
		select {
		case <-ctx.Done():
			r.leave()
			return
		case <-tick.C:
			tell = true
		case <-r.mine:
			tell = true
		case <-r.theirs:
			tell = false
		}
		select {
		case <-ctx.Done():
		case <-time.After(rosterRest):
		}
	}
}

// tell stores who is here, and rings.
func (r *rosters) tell(ctx context.Context) error {
	text, err := json.Marshal(r.hub.Roster())
	if err != nil {
		return fmt.Errorf("encode the roster: %w", err)
	}
	if err := r.store.KeepRoster(ctx, r.id, string(text)); err != nil {
		return err
	}
	_ = r.others.order.Publish(ctx, hub.Signal{Roster: r.id}) // who does not hear it reads by itself
	return nil
}

// hear reads who is connected elsewhere, and what agents have said there.
func (r *rosters) hear(ctx context.Context) error {
	list, err := r.store.Rosters(ctx, r.id)
	if err != nil {
		return err
	}
	told := make([]hub.Aged, 0, len(list))
	for _, one := range list {
		a := hub.Aged{Server: one.Server, Age: one.Age}
		if err := json.Unmarshal([]byte(one.Text), &a.Roster); err != nil {
			return fmt.Errorf("read the roster of another server: %w", err)
		}
		told = append(told, a)
	}
	r.hub.Elsewhere(told)
	if gone := erased(told); len(gone) > 0 {
		r.around.Forget(gone)
	}
	now := chat.SystemClock()
	said, err := r.store.AgentStatusesSince(ctx, r.said.Add(-statusOverlap))
	if err != nil {
		return err
	}
	for i := range said {
		r.hub.SetStatus(said[i].AgentID, wire.NewStanding(&said[i]))
	}
	r.said = now
	return nil
}

// erased are customers whom other servers have erased, or devices of theirs. Those of a
// minute ago are among them each time: to be forgotten again does them no harm.
func erased(told []hub.Aged) (people []string) {
	for i := range told {
		for _, k := range told[i].Kicks {
			if k.Code == hub.Unauthorized { // nothing else closes sockets with it
				people = append(people, k.Who)
			}
		}
	}
	return people
}

// rosterFarewell bounds how long a server that ends tries to say so: without it the others
// notice a little later.
const rosterFarewell = time.Second

// leave tells that nobody is connected here any more, and whose sockets the others are
// still to close: the row goes by its age.
func (r *rosters) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), rosterFarewell)
	defer cancel()
	last := r.hub.Roster()
	text, err := json.Marshal(hub.Roster{Kicks: last.Kicks, Rows: last.Rows})
	if err == nil {
		err = r.store.KeepRoster(ctx, r.id, string(text))
	}
	if err != nil {
		r.log.Warn("cannot tell other servers that this one ends", "err", err)
		return
	}
	_ = r.others.order.Publish(ctx, hub.Signal{Roster: r.id})
}
