package storagetest

import (
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

// wire stands between a store and its Postgres.
type wire struct {
	dsn string
	cut atomic.Bool // the next answer is lost, and with it its connection

	mu    sync.Mutex
	holds []*atomic.Bool // by connection: what comes is kept back
}

// silence keeps everything back that comes on the connections there are, or lets it go on
// to where it was sent.
func (v *wire) silence(on bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, h := range v.holds {
		h.Store(on)
	}
}

// newWire listens on a socket of its own before the server's.
func (w *world) newWire() *wire {
	w.Helper()
	u, err := url.Parse(w.dsn)
	w.must(err)
	dir, err := os.MkdirTemp("/tmp", "rapport-wire-")
	w.must(err)
	w.Cleanup(func() { _ = os.RemoveAll(dir) })
	const name = ".s.PGSQL.5432"
	q := u.Query()
	server := filepath.Join(q.Get("host"), name)
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	ln, err := net.Listen("unix", filepath.Join(dir, name))
	w.must(err)
	w.Cleanup(func() { _ = ln.Close() })
	v := &wire{dsn: u.String()}
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go v.carry(c, server)
		}
	}()
	return v
}

func (v *wire) carry(client net.Conn, to string) {
	defer client.Close()
	server, err := net.Dial("unix", to)
	if err != nil {
		return
	}
	held := &atomic.Bool{}
	v.mu.Lock()
	v.holds = append(v.holds, held)
	v.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { pass(server, client, held, &atomic.Bool{}) })
	pass(client, server, held, &v.cut)
	_ = client.Close()
	both.Wait() // what is on its way arrives, whoever has gone
	_ = server.Close()
}

// pass brings on what comes until one side ends, or the next is to be lost.
func pass(to io.Writer, from io.Reader, held, lose *atomic.Bool) {
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		for held.Load() {
			time.Sleep(5 * time.Millisecond)
		}
		if n == 0 && err != nil || lose.Swap(false) {
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

// serves opens the store as a server does, which nobody else may beside it.
func (w *world) serves(dsn string, ousted func(error)) {
	w.Helper()
	opt := w.options()
	opt.DSN, opt.Alone, opt.Ousted = dsn, true, ousted
	var err error
	w.store, err = storage.Open(w.ctx, opt)
	w.must(err)
}

// late: what was on its way when silence fell, and arrives long after everybody was told
// that it is not stored, is not stored.
func late(w *world) {
	if !strings.HasPrefix(w.dsn, "postgres://") {
		return // SQLite is no connection away
	}
	c := w.started(nil)
	v := w.newWire()
	w.must(w.store.Close())
	w.serves(v.dsn, func(err error) { w.Errorf("it ends: %v", err) })
	reads := func(words string) func(chat.Tx) error {
		return saved(c.ID, func(c *chat.Conversation) { c.LastText = words })
	}
	w.write(reads("before")) // every statement is known from now on
	err := w.store.Write(w.ctx, func(tx chat.Tx) error {
		err := reads("silenced")(tx)
		v.silence(true)
		return err
	})
	w.refused(err, chat.StoreDown)
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if err = w.store.Write(w.ctx, reads("after")); err == nil {
			break
		}
		if time.Now().After(end) {
			w.Fatalf("it does not go on: %v", err)
		}
	}
	v.silence(false)
	time.Sleep(300 * time.Millisecond)
	if n := w.count(`SELECT count(*) FROM conversation WHERE id = $1 AND last_text = 'after'`, c.ID); n != 1 {
		w.Error("what was refused stands in the place of what came after it")
	}
}

// lostAnswer: where Postgres has stored something and its answer is lost, it is
// refused, and told to those who listen before anything that comes after it. Sent
// again it is found.
func lostAnswer(w *world) {
	if !strings.HasPrefix(w.dsn, "postgres://") {
		return // SQLite is no connection away
	}
	c := w.started(nil)
	v := w.newWire()
	w.must(w.store.Close())
	w.dsn = v.dsn
	w.open()
	w.write(customerSays(c, "client-before")) // every statement is known from now on
	err := w.store.Write(w.ctx, func(tx chat.Tx) error {
		err := customerSays(c, "client-lost")(tx)
		v.cut.Store(true)
		return err
	})
	w.refused(err, chat.StoreDown)
	if n := w.count(`SELECT count(*) FROM event WHERE client_id = 'client-lost'`); n != 1 {
		w.Fatalf("it is stored %d times: this shows nothing", n)
	}
	w.write(func(tx chat.Tx) error {
		if m, err := tx.MessageByPerson(c.PersonID, "client-lost"); err != nil || m.Text != "text of client-lost" {
			w.Errorf("sent again: %+v %v", m, err)
		}
		return nil
	})
	w.write(customerSays(c, "client-after"))
	w.mu.Lock()
	defer w.mu.Unlock()
	var told []string
	last := int64(0)
	for _, e := range w.published {
		if e.ConversationID != c.ID {
			continue
		}
		if e.Seq != last+1 {
			w.Errorf("%d was told behind %d", e.Seq, last)
		}
		if last = e.Seq; e.Message != nil {
			told = append(told, e.Message.ClientID)
		}
	}
	if want := []string{"client-before", "client-lost", "client-after"}; !slices.Equal(told, want) {
		w.Errorf("told are %v, want %v", told, want)
	}
}

// takenBack: where the database has lost what it had acknowledged, the server ends, and
// clients do not resume into a history that is gone.
func takenBack(w *world) {
	if !strings.HasPrefix(w.dsn, "postgres://") {
		return // nobody takes the place of a file
	}
	c := w.started(nil)
	w.must(w.store.Close())
	ended := make(chan error, 1)
	w.serves(w.dsn, func(err error) { ended <- err })
	cut := func() {
		w.Helper()
		w.count(`SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	}
	next := func(clientID string) (err error) {
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end) && len(ended) == 0; time.Sleep(20 * time.Millisecond) {
			if err = w.store.Write(w.ctx, customerSays(c, clientID)); err == nil {
				return nil
			}
		}
		return err
	}
	w.must(next("client-first"))
	cut()
	if err := next("client-second"); err != nil || len(ended) > 0 {
		w.Fatalf("a connection lost, and nothing else: %v", err)
	}
	_, err := w.raw.Exec(`DELETE FROM event WHERE client_id = 'client-second'`)
	w.must(err)
	cut()
	w.refused(next("client-third"), chat.StoreDown)
	select {
	case err := <-ended:
		if !errors.Is(err, storage.ErrBehind) {
			w.Errorf("it ends with %v", err)
		}
	case <-time.After(5 * time.Second):
		w.Error("it goes on")
	}
	if n := w.count(`SELECT count(*) FROM setting WHERE name = 'epoch' AND value <> $1`, w.store.Epoch()); n != 1 {
		w.Error("the epoch is as before")
	}
}
