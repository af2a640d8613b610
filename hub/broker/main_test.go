package broker_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"go.uber.org/goleak"

	"rapport/hub/broker"
	"rapport/storage/storagetest/cluster"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(besides{m}) }

// besides ends the database server before anybody looks for what was left behind.
type besides struct{ *testing.M }

func (m besides) Run() int {
	code := m.M.Run()
	if err := cluster.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop Postgres:", err)
		code = 1
	}
	return code
}

// natsAt starts a real NATS server in this process; with the options of one that has
// ended it is that one again.
func natsAt(t *testing.T, o *server.Options) *server.Server {
	t.Helper()
	o.Host, o.NoLog, o.NoSigs = "127.0.0.1", true, true
	if o.Port == 0 {
		o.Port = server.RANDOM_PORT
	}
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	if !s.ReadyForConnections(5 * time.Second) {
		t.Fatal("NATS does not start")
	}
	o.Port = s.Addr().(*net.TCPAddr).Port
	t.Cleanup(func() { end(s) })
	return s
}

// end kills a server and waits until all of it is gone.
func end(s *server.Server) {
	s.Shutdown()
	s.WaitForShutdown()
}

// bell connects a server of an installation; missed counts what it did not hear.
func bell(t *testing.T, address, installation string) (b *broker.Bell, missed *atomic.Int64) {
	t.Helper()
	a, err := broker.ReadAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	missed = new(atomic.Int64)
	b, err = broker.Connect(broker.Options{
		Address: a, Installation: installation, Missed: func() { missed.Add(1) },
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := b.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return b, missed
}

// eventually waits until ok, at most 10 s.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
	}
}

func connected(b *broker.Bell) func() bool { return func() bool { return b.Missing() == "" } }

// with is an address with something behind it.
func with(s *server.Server, user *url.Userinfo, query string) string {
	return (&url.URL{Scheme: "nats", User: user, Host: s.Addr().String(), RawQuery: query}).String()
}
