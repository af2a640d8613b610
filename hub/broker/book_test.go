package broker_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"rapport/hub"
	"rapport/hub/broker"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
	"rapport/hub/wire"
	"rapport/storage"
	"rapport/storage/storagetest/cluster"
)

// node is a server as far as events go: a store and a hub that hears of all.
type node struct {
	store *storage.Store
	hub   *hub.Hub
}

// open starts a server on a database; ring makes its bell.
func open(t *testing.T, dsn string, ring func(missed func()) (hub.Broker, error)) *node {
	t.Helper()
	n := &node{}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	var err error
	n.store, err = storage.Open(t.Context(), storage.Options{
		DSN: dsn, Key: make([]byte, 32), Together: true, Log: log,
		Publish: func(events []chat.Event) { n.hub.Publish(events) },
	})
	if err != nil {
		t.Fatal(err)
	}
	o, err := broker.NewOrdered(t.Context(), ring, n.store, log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var loop sync.WaitGroup
	loop.Go(func() { o.Run(ctx) })
	n.hub = hub.New(hub.Options{Broker: o, Log: log})
	t.Cleanup(func() {
		patience, done := context.WithTimeout(context.Background(), 5*time.Second)
		defer done()
		if err := n.hub.Drain(patience); err != nil {
			t.Error(err)
		}
		cancel()
		loop.Wait()
		if err := n.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// begin stores a conversation with its first event.
func begin(t *testing.T, s *storage.Store) (c chat.Conversation) {
	t.Helper()
	v := chat.Site{ID: chat.NewID(), Key: chat.NewID()[:18], SiteSettings: chat.DefaultSettings("Shop")}
	p := chat.Person{ID: chat.NewID(), SiteID: v.ID, Name: "Maria", CreatedAt: 1_760_000_000_000}
	c = chat.Conversation{ID: chat.NewID(), SiteID: v.ID, PersonID: p.ID, Channel: chat.ChannelChat, State: chat.Waiting, MatterID: chat.NewID()}
	err := s.InsertSite(t.Context(), &v, &chat.IdentitySecret{KID: chat.NewID(), Secret: "secret"}, chat.Guide{})
	if err == nil {
		err = s.Write(t.Context(), func(tx chat.Tx) error {
			return errors.Join(tx.InsertPerson(&p), tx.InsertConversation(&c),
				tx.InsertMatter(&chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, Step: chat.Greeting}),
				tx.Append(&c, &chat.Event{Type: chat.ConversationStarted, At: tx.Now(), By: chat.ByPerson, ByID: p.ID}), tx.SaveConversation(&c))
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// post stores a message as the conversation's customer.
func post(ctx context.Context, s *storage.Store, talk chat.Conversation, text string) error {
	return s.Write(ctx, func(tx chat.Tx) error {
		c, err := tx.Conversation(talk.ID)
		if err != nil {
			return err
		}
		m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, ClientID: chat.NewID(), Kind: chat.Reply, By: chat.ByPerson, ByID: c.PersonID, Text: text, At: tx.Now()}
		if err := tx.Append(c, &chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: chat.ByPerson, ByID: c.PersonID, MessageID: m.ID, Message: m}); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// reader is an agent's socket that has a conversation open.
type reader struct {
	*hubtest.Client
	last int64
}

func listen(t *testing.T, n *node, talk chat.Conversation) *reader {
	t.Helper()
	r := &reader{last: talk.Seq}
	r.Client = hubtest.Dial(t, n.hub, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
		c.Identify(hub.Principal{Kind: chat.ByAgent, ID: "agent", Card: chat.AgentCard{ID: "agent", Name: "Ben"}, Said: wire.Standing{Status: hub.Online}})
		topic := hub.TeamTopic(talk.ID)
		n.hub.Subscribe(c, topic, true)
		n.hub.SetHead(topic, talk.Seq)
		n.hub.Release(c, topic, talk.Seq)
		return c.Send([]byte(`{"type":"hello"}`))
	}}, hub.AgentLimits())
	r.Text(t, `{"type":"hello"}`)
	var hello struct{}
	r.JSON(t, "hello", &hello)
	return r
}

// upTo reads until a number has come: each before it once, in order.
func (r *reader) upTo(t *testing.T, seq int64) {
	t.Helper()
	for r.last < seq {
		var f struct{ Events []struct{ Seq, Prev int64 } }
		r.JSON(t, "events", &f)
		for _, e := range f.Events {
			if e.Seq != r.last+1 || e.Prev != r.last {
				t.Fatalf("number %d came after %d", e.Seq, r.last)
			}
			r.last = e.Seq
		}
	}
}

// lossy loses half of what other servers tell.
type lossy struct{ hub.Broker }

func (l lossy) Join(member func(hub.Signal)) func() {
	return l.Broker.Join(func(s hub.Signal) {
		if rand.N(2) == 0 {
			member(s)
		}
	})
}

// Two servers on one database: whoever listens to either of them gets all of a
// conversation once and in order, however well the bell carries.
func TestTwoServersOnOneDatabase(t *testing.T) {
	s := natsAt(t, &server.Options{})
	for name, ring := range map[string]func(t *testing.T) func(missed func()) (hub.Broker, error){
		"the bell rings": func(t *testing.T) func(missed func()) (hub.Broker, error) {
			return func(missed func()) (hub.Broker, error) {
				a, err := broker.ReadAddress(s.ClientURL())
				if err != nil {
					return nil, err
				}
				b, err := broker.Connect(broker.Options{Address: a, Installation: t.Name(), Missed: missed})
				if err != nil {
					return nil, err
				}
				t.Cleanup(func() { _ = b.Close(context.Background()) })
				return b, nil
			}
		},
		"the bell is dead": func(*testing.T) func(missed func()) (hub.Broker, error) {
			return func(func()) (hub.Broker, error) { return hub.NewMemory(), nil }
		},
		"the bell loses half of everything": func(*testing.T) func(missed func()) (hub.Broker, error) {
			shared := hub.NewMemory()
			return func(func()) (hub.Broker, error) { return lossy{shared}, nil }
		},
	} {
		t.Run(name, func(t *testing.T) {
			dsn := cluster.Database(t)
			bell := ring(t)
			one := open(t, dsn, bell)
			talk := begin(t, one.store)
			two := open(t, dsn, bell)
			here, there := listen(t, one, talk), listen(t, two, talk)
			const senders, each = 4, 40
			var all sync.WaitGroup
			for i := range senders {
				all.Go(func() {
					for k := range each {
						if err := post(t.Context(), []*node{one, two}[i%2].store, talk, fmt.Sprint(i, " ", k)); err != nil {
							t.Error(err)
						}
					}
				})
			}
			all.Go(func() { here.upTo(t, 1+senders*each) })
			all.Go(func() { there.upTo(t, 1+senders*each) })
			all.Wait()
			// And now one that no other follows.
			if err := post(t.Context(), one.store, talk, "the last"); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			there.upTo(t, 2+senders*each)
			here.upTo(t, 2+senders*each)
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("heard after %v", took)
			}
		})
	}
}
