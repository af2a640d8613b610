package storagetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

// batch runs units of work in one batch: the writer is held until all of them
// are queued.
func (w *world) batch(units ...func(chat.Tx) error) []error {
	w.Helper()
	release := w.hold()
	results := make([]error, len(units))
	var wait sync.WaitGroup
	for i, unit := range units {
		wait.Go(func() { results[i] = w.store.Write(w.ctx, unit) })
		w.await(i + 1)
	}
	release()
	wait.Wait()
	return results
}

// hold keeps the writer busy until the returned function is called.
func (w *world) hold() (release func()) {
	held, freed := make(chan struct{}), make(chan struct{})
	ended := make(chan error)
	go func() {
		ended <- w.store.Write(w.ctx, func(chat.Tx) error { close(held); <-freed; return nil })
	}()
	<-held
	return func() {
		close(freed)
		if err := <-ended; err != nil {
			w.Error(err)
		}
	}
}

// await waits until n units are queued.
func (w *world) await(n int) {
	w.Helper()
	for range 5000 {
		if w.store.QueueLength() >= n {
			return
		}
		time.Sleep(time.Millisecond)
	}
	w.Fatalf("only %d units are queued", w.store.QueueLength())
}

// failedUnit: a unit that fails after it has written is undone alone; the others
// of its batch are run again and stored, and their numbers have no hole.
func failedUnit(w *world) {
	c, other := w.started(nil), w.started(nil)
	runs := 0
	errBroken := errors.New("broken on purpose")
	results := w.batch(
		customerSays(c, "client-1"),
		func(tx chat.Tx) error { runs++; return customerSays(other, "client-2")(tx) },
		func(tx chat.Tx) error {
			if err := customerSays(c, "client-lost")(tx); err != nil {
				return err
			}
			if err := saved(c.ID, func(c *chat.Conversation) { c.State, c.ClosedAt = chat.Closed, 1 })(tx); err != nil {
				return err
			}
			return errBroken
		},
		customerSays(c, "client-3"),
		func(tx chat.Tx) error { return customerSays(c, "client-1")(tx) }, // not unique: the database's own error
		customerSays(c, "client-4"),
	)
	for i, err := range results {
		if (err != nil) != (i == 2 || i == 4) {
			w.Errorf("unit %d: %v", i, err)
		}
	}
	if !errors.Is(results[2], errBroken) {
		w.Errorf("the failed unit got %v", results[2])
	}
	if runs != 2 {
		w.Errorf("a unit beside the failed one ran %d times, want 2", runs)
	}
	if events := w.gapless(c.ID); len(events) != 4 {
		w.Errorf("%d events, want 4", len(events))
	}
	w.gapless(other.ID)
	if w.publishedClient("client-lost") != 0 || w.publishedClient("client-1") != 1 || w.publishedClient("client-4") != 1 {
		w.Error("published is not what was stored")
	}
	if got := w.conversation(c.ID); got.State != chat.Waiting {
		w.Errorf("the failed unit's change stayed: %s", got.State)
	}
	w.recount()
}

// brokenRule: a unit that only read and then refuses costs the others nothing.
func brokenRule(w *world) {
	c := w.started(nil)
	runs := 0
	results := w.batch(
		func(tx chat.Tx) error { runs++; return customerSays(c, "client-1")(tx) },
		func(tx chat.Tx) error {
			if _, err := tx.Conversation(c.ID); err != nil {
				return err
			}
			return chat.Fail(chat.TakenByOther, "Ben has it.")
		},
	)
	w.must(results[0])
	w.refused(results[1], chat.TakenByOther)
	if runs != 1 {
		w.Errorf("the unit beside ran %d times", runs)
	}
	w.refused(w.store.Write(w.ctx, func(tx chat.Tx) error { _, err := tx.Conversation(chat.NewID()); return err }), chat.NotFound)
}

// panicking: one bad unit takes neither the writer nor the others with it.
func panicking(w *world) {
	c := w.started(nil)
	results := w.batch(
		customerSays(c, "client-1"),
		func(tx chat.Tx) error { _ = customerSays(c, "client-lost")(tx); panic("on purpose") },
		customerSays(c, "client-2"),
	)
	w.must(errors.Join(results[0], results[2]))
	if results[1] == nil {
		w.Error("the panic was answered with success")
	}
	if len(w.gapless(c.ID)) != 3 {
		w.Error("want the two messages and the start")
	}
}

// fullQueue: what does not fit is refused at once and by name, and what was
// queued is still done.
func fullQueue(w *world) {
	opt := w.options()
	opt.Queue = 3
	w.must(w.store.Close())
	var err error
	w.store, err = storage.Open(w.ctx, opt)
	w.must(err)
	c := w.started(nil)
	release := w.hold()
	results := make([]error, opt.Queue)
	var wait sync.WaitGroup
	for i := range results {
		wait.Go(func() { results[i] = w.store.Write(w.ctx, customerSays(c, fmt.Sprintf("client-%d", i))) })
	}
	w.await(opt.Queue)
	err = w.store.Write(w.ctx, customerSays(c, "client-over"))
	w.refused(err, chat.Overloaded)
	var f *chat.Failure
	if !errors.As(err, &f) || f.RetryAfter < 1 {
		w.Errorf("it does not say when to come back: %+v", f)
	}
	release()
	wait.Wait()
	w.must(errors.Join(results...))
	if len(w.gapless(c.ID)) != 4 {
		w.Error("want the start and the three that were queued")
	}
}

// closing: what is queued when the store closes is stored and answered; what
// comes later is refused.
func closing(w *world) {
	c := w.started(nil)
	release := w.hold()
	results := make([]error, 20)
	var wait sync.WaitGroup
	for i := range results {
		wait.Go(func() { results[i] = w.store.Write(w.ctx, customerSays(c, fmt.Sprintf("client-%d", i))) })
	}
	w.await(len(results))
	closed := make(chan error)
	go func() { closed <- w.store.Close() }()
	release()
	w.must(<-closed)
	wait.Wait()
	w.must(errors.Join(results...))
	w.refused(w.store.Write(w.ctx, customerSays(c, "client-late")), chat.StoreDown)
	if n := w.count(`SELECT count(*) FROM message`); n != 20 {
		w.Errorf("%d messages on disk, want 20", n)
	}
}

// givenUp: a caller who leaves while the work waits gets it undone, for sure; one
// who leaves while it runs learns how it ended.
func givenUp(w *world) {
	c := w.started(nil)
	release := w.hold()
	ctx, cancel := context.WithCancel(w.ctx)
	left := make(chan error)
	go func() { left <- w.store.Write(ctx, customerSays(c, "client-left")) }()
	w.await(1)
	cancel()
	w.refused(<-left, chat.StoreDown)
	release()

	ctx, cancel = context.WithCancel(w.ctx)
	defer cancel()
	w.must(w.store.Write(ctx, func(tx chat.Tx) error { cancel(); return customerSays(c, "client-kept")(tx) }))
	if n := w.publishedClient("client-left"); n != 0 {
		w.Error("work that was given up was done")
	}
	if len(w.gapless(c.ID)) != 2 {
		w.Error("want the start and the message that was running")
	}
}
