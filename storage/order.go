package storage

import (
	"fmt"
	"slices"

	"rapport/hub/chat"
)

// putInOrder gives the rows of a table the positions that ids name, each once. have are
// the rows that there are, by their ids, and what they are called. Conflict where the
// two differ, since somebody else added or removed one.
func putInOrder[T any](q querier, table, called string, have []T, idOf func(*T) string, ids []string) error {
	there := make([]string, len(have))
	for i := range have {
		there[i] = idOf(&have[i])
	}
	if !slices.Equal(slices.Sorted(slices.Values(there)), slices.Sorted(slices.Values(ids))) {
		return chat.Fail(chat.Conflict, "The %s changed in the meantime. Look at them again, then order them.", called)
	}
	for i, id := range ids {
		if _, err := q.Exec(`UPDATE `+table+` SET position = $1 WHERE id = $2`, i+1, id); err != nil {
			return fmt.Errorf("order %s: %w", called, err)
		}
	}
	return nil
}
