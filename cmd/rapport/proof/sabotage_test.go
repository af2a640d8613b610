package proof

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// The whole chain from journal to checker must see what it is for: in the store
// of a stopped server we spoil one message, and the run must not pass.
func TestSabotageIsSeen(t *testing.T) {
	for _, c := range []struct{ name, statement, rule string }{
		{"a message is taken away", "UPDATE event SET message_id = '', client_id = '', text = '' WHERE conversation_id = $1 AND seq = (SELECT max(seq) FROM message WHERE conversation_id = $1 AND kind = 'reply')", AckedMissing},
		{"a message becomes another", "UPDATE event SET message_id = '01900000-0000-7000-8000-000000000000' WHERE conversation_id = $1 AND seq = (SELECT max(seq) FROM message WHERE conversation_id = $1 AND kind = 'reply')", AckedMoved},
		{"a message changes its author's id", "UPDATE event SET client_id = 'somebody-else' WHERE conversation_id = $1 AND seq = (SELECT max(seq) FROM message WHERE conversation_id = $1 AND kind = 'reply')", Invented},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, plan{conversations: 1, tabs: 1, agents: 1, pace: 20 * time.Millisecond, agentPace: 40 * time.Millisecond})
			time.Sleep(500 * time.Millisecond)
			w.settle()
			if code, err := w.server.Stop(10 * time.Second); code != 0 || err != nil {
				t.Fatalf("exit code %d, %v", code, err)
			}
			spoil(t, w.plan.data, c.statement, w.convs[0])
			w.start()
			faults := Check(w.collect())
			if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Rule == c.rule }) {
				t.Fatalf("want %q, got %v", c.rule, faults)
			}
		})
	}
}

func spoil(t *testing.T, data, statement string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(data, "rapport.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	result, err := db.Exec(statement, args...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := result.RowsAffected(); n != 1 || err != nil {
		t.Fatalf("%d rows, %v", n, err)
	}
}
