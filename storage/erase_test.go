package storage

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// eachDatabase runs a body on both.
func eachDatabase(t *testing.T, body func(t *testing.T, dsn string)) {
	t.Helper()
	for name, dsn := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return newFile(t) },
		"postgres": func(t *testing.T) string { return cluster.Database(t) },
	} {
		t.Run(name, func(t *testing.T) { body(t, dsn(t)) })
	}
}

// In random worlds, with rows in every table, one customer after another is
// erased: nothing of them is left anywhere, and nothing else has changed.
func TestOneErasedNothingElseChanged(t *testing.T) {
	eachDatabase(t, func(t *testing.T, dsn string) {
		w := newChaos(t, openSQLite(t, dsn), openSQLite(t, newFile(t)), 20261122)
		const people = 6
		w.fill(people)
		for k := range people {
			before, head := w.dump(), w.heads()
			w.erase(k)
			w.compare(k, before, w.dump())
			for site, seq := range w.heads() {
				if seq < head[site] {
					t.Errorf("the stream of %s went back from %d to %d", site, head[site], seq)
				}
			}
		}
		for _, r := range theirs {
			if n := len(w.dump()[r.table]); n > 0 {
				t.Errorf("%d rows are left in %s", n, r.table)
			}
		}
	})
}

// erase takes a customer away by one of their profiles.
func (w *chaos) erase(k int) {
	w.Helper()
	profiles := w.rows["person"+mark(k)]
	err := w.s.Write(w.Context(), func(tx chat.Tx) error {
		e, err := tx.ErasePerson(profiles[len(profiles)-1])
		if err == nil && (!slices.Equal(alphabetical(e.People), alphabetical(profiles)) || !slices.Equal(alphabetical(e.Conversations), alphabetical(w.rows["conversation"+mark(k)])) ||
			!slices.Equal(alphabetical(e.Devices), alphabetical(w.rows["device"+mark(k)]))) {
			w.Errorf("it tells %+v", e)
		}
		return err
	})
	w.must(err)
}

func alphabetical(list []string) []string { return slices.Sorted(slices.Values(list)) }

// compare holds the world against what it was.
func (w *chaos) compare(k int, before, after map[string][]string) {
	w.Helper()
	theirs := func(row string) bool { return strings.Contains(row, mark(k)) }
	for table, rows := range before {
		left := slices.DeleteFunc(slices.Clone(after[table]), func(row string) bool { return slices.Contains(rows, row) })
		gone := slices.DeleteFunc(slices.Clone(rows), func(row string) bool { return slices.Contains(after[table], row) })
		for _, row := range gone {
			if !theirs(row) && !slices.Contains([]string{"site_head", "survey_stop", "transcript_stop", "tag"}, table) {
				w.Errorf("%s lost %s, which is not theirs", table, row)
			}
		}
		for _, row := range after[table] {
			if strings.HasPrefix(table, "transcript") && w.known(row) {
				w.Errorf("whose address it is can be guessed from %s in %s", row, table)
			}
			if theirs(row) && slices.Contains(rows, row) && !slices.Contains([]string{"erasure", "erased_blob"}, table) {
				w.Errorf("%s still has %s", table, row)
			}
		}
		w.fresh(k, table, left, gone)
	}
	w.recount()
}

// known reports whether a row holds an address, or a hash of one that anybody could make.
func (w *chaos) known(row string) bool {
	return slices.ContainsFunc([]string{"shared@example.org", "stranger@example.org"}, func(address string) bool {
		return strings.Contains(row, address) || strings.Contains(row, chat.HashSecret(address))
	})
}

// fresh are the rows that an erasing may add, and nothing else.
func (w *chaos) fresh(k int, table string, left, gone []string) {
	w.Helper()
	switch table {
	case "event":
		for _, row := range left {
			if cells := strings.Split(row, "|"); cells[5] != string(chat.ConversationErased) || strings.Contains(strings.Join(cells[3:], "|"), mark(k)) {
				w.Errorf("an event was left: %s", row)
			}
		}
		if want := len(w.rows["conversation"+mark(k)]); len(left) != want {
			w.Errorf("%d conversations say that they are erased, want %d", len(left), want)
		}
	case "erasure":
		if len(left) != len(w.rows["person"+mark(k)]) {
			w.Errorf("remembered is %v", left)
		}
	case "erased_blob", "site_head", "setting": // that deleted words are to leave the file
	case "tag":
		if len(left) != len(gone) {
			w.Errorf("%d tags became %d", len(gone), len(left))
		}
	case "fact":
		if len(left) != len(gone) {
			w.Errorf("%d facts went and %d came", len(gone), len(left))
		}
		for _, row := range left { // site, agent, kind, value, day and time stay
			if !slices.ContainsFunc(gone, func(old string) bool { return sameFact(old, row) }) {
				w.Errorf("a fact became %s", row)
			}
		}
	case "relay":
		if len(left) != len(gone) {
			w.Errorf("%d relays went and %d came", len(gone), len(left))
		}
		for _, row := range left { // all but the conversation's id
			if !slices.ContainsFunc(gone, func(old string) bool { return sameRelay(old, row) }) {
				w.Errorf("a relay became %s", row)
			}
		}
	case "survey_stop", "transcript_stop":
		if len(left) > 0 || len(gone) > len(w.rows["person"+mark(k)]) {
			w.Errorf("addresses that are not asked: %v went, %v came", gone, left)
		}
	default:
		if len(left) > 0 {
			w.Errorf("%s got %v", table, left)
		}
	}
}

func sameFact(a, b string) bool {
	x, y := strings.Split(a, "|"), strings.Split(b, "|")
	return x[2] != y[2] && x[3] != y[3] && x[0] == y[0] && x[1] == y[1] && slices.Equal(x[4:], y[4:])
}

func sameRelay(a, b string) bool {
	x, y := strings.Split(a, "|"), strings.Split(b, "|")
	return x[2] != y[2] && slices.Equal(x[:2], y[:2]) && slices.Equal(x[3:], y[3:])
}

// recount holds the kept counters against the rows.
func (w *chaos) recount() {
	w.Helper()
	if wrong := w.column(`SELECT site_id FROM site_head h WHERE queue <> (SELECT count(*) FROM conversation WHERE site_id = h.site_id AND state = 'waiting')
		OR live <> (SELECT count(*) FROM conversation WHERE site_id = h.site_id AND live = 1)
		OR snoozed <> (SELECT count(*) FROM conversation WHERE site_id = h.site_id AND live = 2)`); len(wrong) > 0 {
		w.Errorf("the counters of %v are wrong", wrong)
	}
}

// A conversation that is erased alone leaves its customer and their others.
func TestAConversationIsErasedAlone(t *testing.T) {
	eachDatabase(t, func(t *testing.T, dsn string) {
		w := newChaos(t, openSQLite(t, dsn), openSQLite(t, newFile(t)), 41)
		w.fill(2)
		ids := w.rows["conversation"+mark(0)]
		people := w.dump()["person"]
		w.must(w.s.Write(t.Context(), func(tx chat.Tx) error { _, err := tx.EraseConversation(ids[0]); return err }))
		after := w.dump()
		if !slices.Equal(people, after["person"]) {
			t.Error("a profile changed")
		}
		for table, rows := range after {
			for _, row := range rows {
				if strings.Contains(row, ids[0]+"|") && table != "event" && table != "erasure" {
					t.Errorf("%s still has %s", table, row)
				}
			}
		}
		if n := len(after["conversation"]); n != len(ids)+len(w.rows["conversation"+mark(1)])-1 {
			t.Errorf("%d conversations are left", n)
		}
		w.recount()
		err := w.s.Write(t.Context(), func(tx chat.Tx) error { _, err := tx.EraseConversation(ids[0]); return err })
		if !chat.Is(err, chat.NotFound) {
			t.Errorf("again: %v", err)
		}
	})
}

// A long history is out of sight at once and goes in steps, also when they are
// taken up again.
func TestALongHistoryGoesInSteps(t *testing.T) {
	eachDatabase(t, func(t *testing.T, dsn string) {
		w := newChaos(t, openSQLite(t, dsn), openSQLite(t, newFile(t)), 5)
		w.fill(1)
		c := w.rows["conversation"+mark(0)][0]
		const long = eraseAtOnce + 2*restStep + 10
		err := w.exec(`DELETE FROM event`)
		w.must(err)
		err = w.exec(`INSERT INTO event (conversation_id, seq, public_seq, site_id, site_seq, type, at, by_kind, by_id, ref, message_id, matter_id, client_id, kind, text, template_id)
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ` + fmt.Sprint(long) + `)
			SELECT c.id, i, i, c.site_id, 1000000 + i, 'message.posted', 1, 'person', '', '', '', '', '', '', 'words', '' FROM n, conversation c WHERE c.id = '` + c + `'`)
		w.must(err)
		err = w.exec(`UPDATE conversation SET seq = $1 WHERE id = $2`, long, c)
		w.must(err)
		w.erase(0)
		if _, err := w.s.RowByID(t.Context(), c); !chat.Is(err, chat.NotFound) {
			t.Errorf("it is still in sight: %v", err)
		}
		left := func() string { return w.column(`SELECT count(*) FROM event WHERE type <> 'conversation.erased'`)[0] }
		if n := left(); n == "0" {
			t.Error("all went in one transaction")
		}
		steps := 0
		for more := true; more && steps < 100; steps++ {
			more, err = w.s.EraseRest(t.Context())
			w.must(err)
		}
		if n := left(); n != "0" || steps < 3 {
			t.Errorf("after %d steps %s events are left", steps, n)
		}
	})
}

// What was erased is not in the file any more either.
func TestErasedBytesAreOverwritten(t *testing.T) {
	path := newFile(t)
	s := openSQLite(t, path)
	w := newChaos(t, s, openSQLite(t, newFile(t)), 99)
	w.fill(2)
	w.erase(0)
	w.must(s.Close())
	all, err := os.ReadFile(path)
	w.must(err)
	for _, id := range append(w.column0(path, `SELECT object_id FROM erasure`), w.column0(path, `SELECT blob FROM erased_blob`)...) {
		all = bytes.ReplaceAll(all, []byte(id), nil)
	}
	for _, id := range w.rows["conversation"+mark(0)] {
		all = bytes.ReplaceAll(all, []byte(id), nil) // its last event names it
	}
	if i := bytes.Index(all, []byte(mark(0))); i >= 0 {
		t.Errorf("it holds %q", all[max(0, i-40):min(len(all), i+60)])
	}
	if !bytes.Contains(all, []byte(mark(1))) {
		t.Error("the other's is gone as well")
	}
}

// column0 is column in a file that nobody serves.
func (w *chaos) column0(path, query string) []string {
	w.Helper()
	db, err := plain(path)
	w.must(err)
	defer func() { _ = db.Close() }()
	rows, err := db.Query(query)
	list, err := collect(rows, err, scanString)
	w.must(err)
	return list
}

// heads are the last numbers of the sites' streams.
func (w *chaos) heads() map[string]int64 {
	w.Helper()
	out := map[string]int64{}
	for _, site := range w.column(`SELECT id FROM site`) {
		_, seq, err := w.s.Counts(w.Context(), site, "")
		w.must(err)
		out[site] = seq
	}
	return out
}
