package main

import (
	"database/sql"
	"strings"
	"testing"
	"time"
)

// at is the same browser at another server.
func (c *contract) at(r *running) *contract {
	other := *c
	other.base, other.console = r.places.Widget, strings.TrimSuffix(r.places.Console, "/console/")
	return &other
}

// settled waits for a frame of a kind for which ok holds, at most d, and returns how long
// that took.
func (l *line) settled(d time.Duration, kind string, ok func(object) bool) time.Duration {
	l.t.Helper()
	began, late := time.Now(), time.After(d)
	for {
		select {
		case got, open := <-l.frames:
			if !open {
				l.t.Fatalf("the %s's socket closed before a frame %s", l.name, kind)
			}
			if frame := got["frame"].(object); frame["type"] == kind && ok(frame) {
				return time.Since(began)
			}
		case <-late:
			l.t.Fatalf("the %s got no such frame %s in %v", l.name, kind, d)
		}
	}
}

// stands is whether visitors are told that somebody is there, or nobody.
func stands(status string) func(object) bool {
	return func(f object) bool { return dig(f, "presence", "status") == status }
}

// Who is connected to one server is there for those of the other, with NATS and without,
// until they go or their server is heard of no more.
func TestWhoIsThereIsKnownToAllServers(t *testing.T) {
	s := newShared(t)
	one, two := s.serve(), startServer(t, s.args("--data", s.folder())...)
	w := newContract(t, one.places.Widget)
	w.console = strings.TrimSuffix(one.places.Console, "/console/")
	w.learnFrames()
	_, token, _ := strings.Cut(two.places.Setup, "#")
	me := w.call("setUp", object{"token": token, "name": "Greta Moss", "email": "greta@shop.example", "password": "a long walk by the river"})
	w.csrf = me["csrf"].(string)
	there := w.at(two)

	begin := func(c *contract) *line {
		first := c.call("startSession", object{"site": one.places.SiteKey})
		c.token = first["token"].(string)
		l := c.dial("visitor", "/v1/widget/socket")
		l.send(object{"type": "hello", "protocol": 1, "token": c.token, "epoch": "", "resume": object{}})
		if hello := l.await("hello", nil); dig(hello, "presence", "status") != "away" {
			t.Fatalf("before anybody has come visitors hear %v", hello["presence"])
		}
		return l
	}
	come := func(c *contract) *line {
		l := c.dial("agent", "/v1/console/socket")
		l.send(object{"type": "hello", "protocol": 1, "csrf": c.csrf, "epoch": "", "sites": object{}, "open": object{}, "status": "online"})
		l.await("hello", nil)
		return l
	}
	visitor := begin(w) // at one; Greta comes to two
	greta := come(there)
	visitor.await("presence", stands("online"))

	// What she says of herself at one server holds at the other, where her socket is.
	w.call("setStatus", object{"status": "away", "reason": "lunch"})
	greta.await("team", func(f object) bool { return dig(f["team"].([]any)[0], "status") == "away" })
	visitor.await("presence", stands("away"))
	there.call("setStatus", object{"status": "online"})
	visitor.await("presence", stands("online"))

	// A server that dies says nothing: it is only heard of no more. Here it has never been
	// more than a row.
	db, err := sql.Open("pgx", s.dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(`INSERT INTO server (id, at, roster) VALUES ('dies', (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
		'{"agents":[{"card":{"id":"01a20991-0000-7000-8000-000000000000","name":"Odo","picture":""},"said":{"status":"online","reason":"","no_new_until":0},"idle":0,"sockets":1}]}')`); err != nil {
		t.Fatal(err)
	}
	size := func(n int) func(object) bool { return func(f object) bool { return len(f["team"].([]any)) == n } }
	greta.settled(5*time.Second, "team", size(2))

	// Without NATS nobody is gone, and who goes or dies is missed all the same.
	s.nats.Shutdown()
	if fresh := w.call("startSession", object{"site": one.places.SiteKey}); dig(fresh, "presence", "status") != "online" {
		t.Errorf("without NATS the servers hold each other's agents for gone: %v", fresh["presence"])
	}
	_ = greta.ws.Close()
	if took := visitor.settled(30*time.Second, "presence", stands("away")); took < 10*time.Second {
		t.Errorf("gone after %v: a console that reloads was never away", took)
	}
	s.startNATS()
	come(there)
	visitor.settled(10*time.Second, "presence", stands("online"))

	// A server that stops says so at once.
	two.end(t)
	var left int
	if err := db.QueryRow(`SELECT count(*) FROM server WHERE roster LIKE '%Greta%'`).Scan(&left); err != nil || left != 0 {
		t.Errorf("Greta is still at %d servers: %v", left, err)
	}
}
