package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// frozen are the migrations that a data folder out there may have run: by their
// place, for SQLite and Postgres. A change of the tables is a new migration.
var frozen = map[string][]string{
	"sqlite": {
		"272cccc370662dac9d6f6ae13af323a852cf5f52993ad32c15c196f3f47aa27c",
		"19025a08837315a2cc6cf1fa307b609a61ffc12a13372c69dc008cf7e3cbbb78",
	},
	"postgres": {
		"335133c0ea5fac1d73ad82f67607de31a2e1f1896298f1cf2256f05dc8c283ba",
		"19025a08837315a2cc6cf1fa307b609a61ffc12a13372c69dc008cf7e3cbbb78",
	},
}

func TestReleasedMigrationsNeverChange(t *testing.T) {
	for dialect, sums := range frozen {
		all, err := load(dialect)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) != len(sums) {
			t.Errorf("%s has %d migrations, %d are frozen: add the new one's sum when it is released", dialect, len(all), len(sums))
		}
		for i, want := range sums {
			sum := sha256.Sum256([]byte(all[i].sql))
			if got := hex.EncodeToString(sum[:]); got != want {
				t.Errorf("%s migration %d was changed (%s): write a new one instead", dialect, all[i].number, got)
			}
		}
	}
}
