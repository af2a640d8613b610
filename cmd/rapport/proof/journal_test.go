package proof

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

func TestJournalKeepsEveryRecordOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history")
	j, err := CreateJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for c := range 8 {
		wg.Go(func() {
			for n := range 50 {
				if err := j.Append(Record{Op: Invoke, ClientID: fmt.Sprintf("%d-%d", c, n)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if j.Append(Record{}) == nil {
		t.Error("a closed journal takes records")
	}
	records, err := ReadJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	next := map[string]bool{}
	for _, r := range records {
		if next[r.ClientID] {
			t.Fatalf("%s is there twice", r.ClientID)
		}
		next[r.ClientID] = true
	}
	if len(records) != 400 {
		t.Fatalf("%d of 400 records", len(records))
	}
	if _, err := CreateJournal(path); err == nil {
		t.Error("an existing history was overwritten")
	}
}
