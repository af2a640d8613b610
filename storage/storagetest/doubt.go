package storagetest

import (
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"rapport/hub/chat"
)

// wire stands between a store and its Postgres.
type wire struct {
	dsn string
	cut atomic.Bool // the next answer is lost, and with it its connection
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
	defer server.Close()
	go func() {
		defer server.Close()
		_, _ = io.Copy(server, client)
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := server.Read(buf)
		if err != nil || v.cut.Swap(false) {
			return
		}
		if _, err := client.Write(buf[:n]); err != nil {
			return
		}
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
