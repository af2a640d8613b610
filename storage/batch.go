package storage

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"rapport/hub/chat"
)

// maxClashes is how often a batch that clashes with another server's is tried.
const maxClashes = 4

// commit runs a batch in one transaction and answers everybody. The first try
// goes without savepoints; when a closure fails after it has written, all is
// undone and done again with a savepoint each, which costs two statements more.
// Where another server was in the way all of it is done again too.
func (w *writer) commit(batch []*work) {
	results := make([]error, len(batch))
	savepoints := false
	for clashes := 0; ; {
		clear(results)
		w.clash = nil
		if w.together(batch, results, savepoints) {
			break
		}
		if w.clash == nil {
			savepoints = true
		} else if clashes++; clashes == maxClashes {
			w.refuse(results, w.clash)
			break
		}
	}
	for i, u := range batch {
		u.done <- results[i]
	}
}

// together runs the closures in one transaction, commits and publishes, and
// fills results with the answer of each. It reports false where all was undone:
// because one of several closures failed after it had written and there was no
// savepoint to go back to, or because another server was in the way, which clash
// holds then.
func (w *writer) together(batch []*work, results []error, savepoints bool) bool {
	if err := w.begin(batch); err != nil {
		return w.refuse(results, fmt.Errorf("begin: %w", err))
	}
	if err := w.clearDoubt(); err != nil {
		return w.refuseAll(results, err)
	}
	t := newTx(w)
	for i, u := range batch {
		t.dirty = false
		var err error
		if savepoints {
			err = w.guarded(u.fn, t)
		} else {
			err = protect(u.fn, t)
		}
		err = w.q.sound(err)
		if err == nil {
			continue
		}
		if w.clashed(err) {
			return false
		}
		results[i] = w.explain(err)
		// After an error of the database itself the transaction cannot be trusted:
		// Postgres would answer COMMIT with a silent rollback.
		switch clean := !t.dirty && isFailure(err); {
		case errors.Is(err, errUndone):
			return w.refuseAll(results, err)
		case !savepoints && !clean:
			w.rollback()
			return len(batch) == 1
		}
	}
	if err := w.end(t); err != nil {
		if w.clashed(err) {
			return false
		}
		if !savepoints && w.q.pipe != nil && !w.s.dialect.unavailable(err) {
			// What one of the units wrote was refused, and was told only now.
			w.rollback()
			return false
		}
		if w.q.pipe != nil {
			w.doubt(t)
		}
		return w.refuseAll(results, err)
	}
	if w.s.opt.Traces != nil {
		w.stored = time.Now()
	}
	t.settle()
	w.remember(t)
	w.failing.Store(false)
	if len(t.events) > 0 {
		w.s.opt.Publish(t.events)
	}
	return true
}

// end writes what a transaction writes once, and commits.
func (w *writer) end(t *tx) error {
	if err := t.flush(); err != nil {
		return fmt.Errorf("flush: %w", err)
	}
	if err := w.noteTurn(t); err != nil {
		return fmt.Errorf("note the turn: %w", err)
	}
	if err := w.q.commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// clashed undoes everything where another server was in the way, and reports it.
func (w *writer) clashed(err error) bool {
	if !w.s.dialect.clashed(err) {
		return false
	}
	w.rollback()
	w.clash = err
	return true
}

// errUndone marks that the whole transaction is gone: a full disk makes SQLite
// undo more than the savepoint.
var errUndone = errors.New("the transaction was undone")

// guarded runs a closure between a savepoint and its release; what a failing one
// has written is undone, and nothing else.
func (w *writer) guarded(fn func(*tx) error, t *tx) error {
	if _, err := w.q.Exec("SAVEPOINT unit"); err != nil {
		return errors.Join(errUndone, err)
	}
	before := t.mark()
	failed := protect(fn, t)
	if failed == nil {
		failed = w.q.settle()
	}
	if failed = w.q.sound(failed); failed != nil {
		t.reset(before)
		w.q.forget()
		if _, err := w.q.Exec("ROLLBACK TO SAVEPOINT unit"); err != nil {
			if isFailure(failed) {
				failed = nil // the rule that was broken is not what the others hear
			}
			return errors.Join(errUndone, failed, err)
		}
	}
	if _, err := w.q.Exec("RELEASE SAVEPOINT unit"); err != nil {
		return errors.Join(errUndone, err)
	}
	return failed
}

// begin starts the transaction, on a new connection where the old one is lost:
// a database server that was restarted is served again.
func (w *writer) begin(batch []*work) error {
	w.q.forget()
	err := w.enter(batch)
	if err == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second+w.s.dialect.connectsWithin())
	defer cancel()
	if w.q.conn.PingContext(ctx) == nil {
		return err
	}
	_ = w.q.close() // it is lost; this only hands it back
	conn, failed := w.s.writers.Conn(ctx)
	if failed != nil {
		return errors.Join(err, failed)
	}
	w.q = newConnQuerier(conn, w.s.dialect)
	if err := w.sameHistory(); err != nil {
		_ = w.q.close() // the next batch looks again before it writes
		return err
	}
	return w.enter(batch)
}

// enter starts the transaction, and looks which client ids of the batch are used, where
// each way to the database counts. Servers that write together take turns, each with a
// batch: two that lock conversations and sites in different orders would wait for each
// other until the database undoes one of them, a second later.
func (w *writer) enter(batch []*work) error {
	w.unused = nil
	if w.q.pipe == nil {
		_, err := w.q.Exec(w.s.dialect.begin())
		return err
	}
	err := w.q.later(w.s.dialect.begin())
	if err == nil {
		err = w.takeTurn(batch)
	}
	if err == nil {
		err = w.q.settle() // where nothing was asked it is heard now that the database is there
	}
	if err != nil {
		w.rollback() // it has begun, perhaps
	}
	return err
}

// lookUp asks which client ids of a batch are used, with whatever is asked next.
func (w *writer) lookUp(batch []*work) {
	var ids []string
	for _, u := range batch {
		if u.once != "" {
			ids = append(ids, u.once)
		}
	}
	if len(ids) == 0 {
		return
	}
	w.unused = make(map[string]bool, len(ids))
	for _, id := range ids {
		w.unused[id] = true
	}
	w.q.pipe.ask(func(row scanner) error {
		var used string
		if err := row.Scan(&used); err != nil {
			return err
		}
		delete(w.unused, used)
		return nil
	}, clientIDsUsed, ids)
}

// protect turns a panic inside a closure into an error, so that one bad request
// does not take the writer with it.
func protect(fn func(*tx) error, t *tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			t.dirty = true
			err = fmt.Errorf("panic in a unit of work: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(t)
}

func (w *writer) refuseAll(results []error, err error) bool {
	w.rollback()
	return w.refuse(results, err)
}

// refuse answers everybody in the batch that has no answer of their own yet.
func (w *writer) refuse(results []error, err error) bool {
	w.s.log.Error("store cannot write", "err", err)
	w.failing.Store(true)
	explained := w.explain(err)
	if !isFailure(explained) {
		explained = unavailable(explained) // whatever it was, it was nobody's fault here
	}
	for i := range results {
		if results[i] == nil {
			results[i] = explained
		}
	}
	return true
}

// explain turns a database's error into what a person may see. A failed fsync
// ends the process: what a second try would say is a guess.
func (w *writer) explain(err error) error {
	if isFailure(err) {
		return err
	}
	if w.s.dialect.untrusted(err) {
		w.fatal.Do(func() { w.s.opt.Fatal(fmt.Errorf("the disk did not keep what was written: %w", err)) })
		return unavailable(err)
	}
	if w.s.dialect.unavailable(err) || errors.Is(err, errUndone) {
		return unavailable(err)
	}
	return err
}

func isFailure(err error) bool {
	var f *chat.Failure
	return errors.As(err, &f)
}

func (w *writer) rollback() {
	if w.cache != nil {
		w.cache.clear()
	}
	w.q.forget()
	// SQLite may have rolled back by itself (disk full, I/O error): then this
	// fails and there is nothing to undo.
	_, _ = w.q.Exec("ROLLBACK")
}

// unavailable wraps a cause that only the log may see into the failure that
// people see.
func unavailable(cause error) error {
	f := chat.Fail(chat.StoreDown, "This could not be stored just now. Nothing is lost; it will be tried again.")
	f.RetryAfter = 2
	return errors.Join(f, cause)
}
