package storage

import (
	"encoding/json"
	"fmt"
	"strings"
)

const (
	// maxTurns is how many turns of others are read one by one; who is farther behind
	// forgets everything.
	maxTurns = 500
	// turnsKept is how many stay, and turnsSwept how many pass between two sweeps.
	turnsKept  = 5_000
	turnsSwept = 1_000
)

// everything among what was touched stands for all that may be held.
const everything = "*"

// headMark before a site's id stands for its stream alone.
const headMark = "head "

// turns are how servers that write together keep what each holds in memory right: each
// transaction waits for its turn, reads what those of others have touched since, and
// notes what it touches itself. It is part of the writer, and its zero value is that of
// a server that has seen none yet.
type turns struct {
	last int64 // the last turn that is known
	seen bool
}

// touch notes for other servers that what they hold under an id is not right any more.
func (t *tx) touch(id string) {
	if t.w.s.claim.together() {
		t.touched[id] = struct{}{}
	}
}

// touchHead is touch for a site's stream, which changes with each message: what else is
// held of the site does not.
func (t *tx) touchHead(siteID string) {
	if t.w.s.claim.together() {
		t.touched[headMark+siteID] = struct{}{}
	}
}

// changed is touch for what this server may hold as well.
func (t *tx) changed(id string) {
	t.touch(id)
	if t.w.cache != nil {
		t.w.cache.drop(id)
	}
}

// changedAll is changed for all that anybody may hold.
func (t *tx) changedAll() {
	t.touch(everything)
	if t.w.cache != nil {
		t.w.cache.clear()
	}
}

// takeTurn waits until no other server's transaction is under way, forgets what those
// since the last turn have touched, and looks which client ids of a batch are used.
func (w *writer) takeTurn(batch []*work) error {
	if !w.s.claim.together() {
		w.lookUp(batch)
		return nil
	}
	if err := w.q.later(`SELECT pg_advisory_xact_lock(` + turnKey + `)`); err != nil {
		return err
	}
	w.lookUp(batch) // behind the lock: what others stored while this waited counts
	if !w.turns.seen {
		return w.anew()
	}
	type turn struct {
		id              int64
		server, touched string
	}
	var list []turn
	w.q.pipe.ask(func(row scanner) error {
		var v turn
		err := row.Scan(&v.id, &v.server, &v.touched)
		list = append(list, v)
		return err
	}, `SELECT id, server, touched FROM turn WHERE id > $1 ORDER BY id LIMIT $2`, w.turns.last, maxTurns)
	err := w.q.settle()
	switch {
	case err != nil:
		return fmt.Errorf("read what others have written: %w", err)
	case len(list) == 0:
		return nil
	case len(list) == maxTurns || list[0].id != w.turns.last+1:
		return w.anew() // some are gone
	}
	for _, one := range list {
		if one.server != w.s.claim.name {
			if err := w.cache.forget(one.touched); err != nil {
				return err
			}
		}
		w.turns.last = one.id
	}
	return nil
}

// anew begins with the latest turn, holding nothing.
func (w *writer) anew() error {
	w.cache.clear()
	if err := w.q.QueryRow(`SELECT coalesce(max(id), 0) FROM turn`).Scan(&w.turns.last); err != nil {
		return fmt.Errorf("read the latest turn: %w", err)
	}
	w.turns.seen = true
	return nil
}

// noteTurn tells other servers what this transaction has touched.
func (w *writer) noteTurn(t *tx) error {
	if len(t.touched) == 0 {
		return nil
	}
	ids := make([]string, 0, len(t.touched))
	for id := range t.touched {
		ids = append(ids, id)
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	next := w.turns.last + 1
	if err := w.q.later(`INSERT INTO turn (id, server, touched) VALUES ($1, $2, $3)`, next, w.s.claim.name, string(text)); err != nil {
		return err
	}
	if next%turnsSwept == 0 {
		return w.q.later(`DELETE FROM turn WHERE id < $1`, next-turnsKept)
	}
	return nil
}

// forget drops what another server's transaction has touched.
func (c *cache) forget(touched string) error {
	var ids []string
	if err := json.Unmarshal([]byte(touched), &ids); err != nil {
		return fmt.Errorf("read what another server has touched: %w", err)
	}
	for _, id := range ids {
		if id == everything {
			c.clear()
			return nil
		}
		if siteID, head := strings.CutPrefix(id, headMark); head {
			delete(c.heads, siteID)
		} else {
			c.drop(id)
		}
	}
	return nil
}
