package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/storage"
)

// tryAtMost lies between two tries to open a database that is not there yet.
const tryAtMost = 2 * time.Second

// openStore opens the database. A file is there at once. Postgres may come up after
// this server: until it does, room answers, the log says why it has to wait, once for
// each reason, and what will not pass by itself ends the start.
func (s *server) openStore(ctx context.Context, opt storage.Options, p *ports) (*storage.Store, error) {
	if s.c.store == "" {
		store, err := storage.Open(ctx, opt)
		return store, keyHint(err, s.data.dir)
	}
	if _, err := os.Stat(s.data.database()); err == nil {
		s.log.Warn("the data folder holds a database too, which is not served", "file", s.data.database())
	}
	room := s.openRoom(p)
	defer room.close()
	said := ""
	for pause := tryAtMost / 16; ; pause = min(2*pause, tryAtMost) {
		store, err := storage.Open(ctx, opt)
		var why *storage.Unopened
		if !errors.As(err, &why) || !why.Passing {
			return store, keyHint(err, s.data.dir)
		}
		if why.Why != said {
			said = why.Why
			s.log.Warn("waiting for the database", "database", s.c.where, "why", said)
		}
		p.keepCertificates(ctx, &s.loops, s.log) // or nobody could read here that it waits
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause/2 + rand.N(pause/2)):
		}
	}
}

// keyHint adds what to do about a database of another key than the folder's.
func keyHint(err error, dir string) error {
	if errors.Is(err, storage.ErrOtherKey) {
		return fmt.Errorf("%w than %s in %s. Put the one that belongs to it there, or name its folder with --data", err, keyName, dir)
	}
	return err
}

// room is where those wait who come before the database.
type room struct {
	app    *door.App
	turn   net.Listener
	served chan error
}

// openRoom answers on the main port until close.
func (s *server) openRoom(p *ports) *room {
	r := &room{
		app:  door.New(door.Options{Log: s.log, Proxies: s.c.trusted}),
		turn: door.Turn(p.main, p.raw), served: make(chan error, 1),
	}
	r.app.Use(func(c *fiber.Ctx) error {
		c.Context().SetConnectionClose() // the next request is for the server itself
		return c.Next()
	})
	r.app.Get("/healthz", alive)
	r.app.Use(func(*fiber.Ctx) error { return waiting() })
	go func() { r.served <- r.app.Serve(r.turn) }()
	return r
}

// farewell is how long those who are still connected hold up the start.
const farewell = 500 * time.Millisecond

// close gives the port back.
func (r *room) close() {
	_ = r.turn.Close() // a listener's deadline can be set while it is open
	<-r.served
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	_ = r.app.Shutdown(ctx) // who is silent until then hears the same a little later
}

// waiting is the answer to everything that needs the database while it is away.
func waiting() error {
	f := chat.Fail(chat.StoreDown, "Waiting for the database.")
	f.RetryAfter = 2
	return f
}
