package storage

import (
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// bringTogether merges two random customers who are two so far, and returns how; nil
// where everybody is one already.
func (w *chaos) bringTogether() *chat.Merge {
	w.Helper()
	all := w.column(`SELECT id FROM person WHERE merged_into = '' ORDER BY id`)
	if len(all) < 2 {
		return nil
	}
	w.rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	m := chat.Merge{FromID: all[0], IntoID: all[1], ByID: w.rows["agent"+nobody][0], Filled: []string{"name"}}
	w.must(w.s.Write(w.Context(), func(tx chat.Tx) error { return tx.MergePerson(&m) }))
	return &m
}

// takeApart undoes a random one of those upon which no other stands, and returns the rest.
func (w *chaos) takeApart(standing []*chat.Merge) []*chat.Merge {
	w.Helper()
	for _, i := range w.rnd.Perm(len(standing)) {
		m := standing[i]
		if slices.ContainsFunc(standing, func(on *chat.Merge) bool { return on.FromID == m.IntoID }) {
			continue
		}
		w.must(w.s.Write(w.Context(), func(tx chat.Tx) error { return tx.UnmergePerson(m) }))
		return slices.Delete(slices.Clone(standing), i, i+1)
	}
	w.Fatal("each of them stands under another")
	return nil
}

// In random worlds any number of merges, one upon the other and side by side, leaves
// everything as it was once they are undone; and erasing reaches everything of whoever
// is one by then, and of each again after they were taken apart.
func TestMergedAndUndoneEverythingIsAsItWas(t *testing.T) {
	eachDatabase(t, func(t *testing.T, dsn string) {
		w := newChaos(t, openSQLite(t, dsn), openSQLite(t, newFile(t)), 20261123)
		const people = 6
		w.fill(people)
		for round := range 8 {
			before := w.dump()
			var standing []*chat.Merge
			for range 1 + w.rnd.IntN(people-1) {
				if m := w.bringTogether(); m != nil {
					standing = append(standing, m)
				}
				if w.rnd.IntN(4) == 0 {
					standing = w.takeApart(standing)
				}
			}
			for len(standing) > 0 {
				standing = w.takeApart(standing)
			}
			w.isAsBefore(round, before)
		}
		before := w.dump()
		w.erase(0)
		w.compare(0, before, w.dump())
		w.erasesTwoWhoAreOne()
	})
}

// isAsBefore holds the world against what it was; only the log of merges may be longer.
func (w *chaos) isAsBefore(round int, before map[string][]string) {
	w.Helper()
	for table, rows := range w.dump() {
		if table != "person_merge" && !slices.Equal(rows, before[table]) {
			w.Fatalf("round %d: %s was\n%s\nand is\n%s", round, table, strings.Join(before[table], "\n"), strings.Join(rows, "\n"))
		}
	}
}

// erasesTwoWhoAreOne erases somebody who was brought together with another: nothing of
// either is left, and everybody else keeps what they had.
func (w *chaos) erasesTwoWhoAreOne() {
	w.Helper()
	m := w.bringTogether()
	gone := func(row string) bool {
		return strings.Contains(row, ownerOf(m.FromID)) || strings.Contains(row, ownerOf(m.IntoID))
	}
	before := w.dump()
	w.must(w.s.Write(w.Context(), func(tx chat.Tx) error { _, err := tx.ErasePerson(m.FromID); return err }))
	after := w.dump()
	for _, r := range theirs {
		if i := slices.IndexFunc(after[r.table], gone); i >= 0 {
			w.Errorf("%s still has %s", r.table, after[r.table][i])
		}
		for _, row := range before[r.table] {
			if !gone(row) && !slices.Contains(after[r.table], row) {
				w.Errorf("%s lost %s", r.table, row)
			}
		}
	}
}

// ownerOf is the mark of whose profile this is.
func ownerOf(profile string) string { return profile[:strings.Index(profile, ".")+1] }
