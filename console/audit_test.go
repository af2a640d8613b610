package console

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"rapport/hub/chat"
)

func TestWhatMattersIsWrittenDown(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.hire("Ana", chat.Owner), w.hire("Ben", chat.AgentRole)
	b := w.browser()
	w.browser().fails(post, "/login", object{"email": ana.Email, "password": "wrong"}, 401, chat.Unauthorized)
	b.signIn(ana.Email, goodPassword)
	b.do(patch, "/sites/"+w.site.ID, object{"greeting": "Canary-words", "color": "#112233"}, nil)
	b.do(patch, "/sites/"+w.site.ID, object{"color": "#112233"}, nil)
	b.do(post, "/sites/"+w.site.ID+"/identity-secret", nil, nil)
	b.do(patch, "/agents/"+ben.ID, object{"role": "admin", "disabled": true}, nil)
	b.do(post, "/invitations", object{"email": "canary@shop.example", "role": "agent"}, nil)
	b.do(post, "/me/password", object{"old": goodPassword, "new": "vier grüne Lampen"}, nil)

	var file string
	db, err := sql.Open("sqlite3", filepath.Join(w.dir, "test.db"))
	w.must(err)
	defer db.Close()
	rows, err := db.Query(`SELECT action, by_id || ' ' || object || ' ' || detail FROM audit ORDER BY number`)
	w.must(err)
	defer rows.Close()
	var actions []string
	for rows.Next() {
		var action, line string
		w.must(rows.Scan(&action, &line))
		actions, file = append(actions, action), file+line+"\n"
	}
	want := []string{"session.opened", "site.changed", "identity_secret.rotated", "agent.role_changed", "agent.disabled", "invitation.created", "agent.password_changed"}
	if !slices.Equal(actions, want) {
		t.Errorf("got %v, want %v", actions, want)
	}
	if !strings.Contains(file, w.site.ID+" color greeting\n") || strings.Contains(file, "anary") {
		t.Errorf("lines:\n%s", file)
	}
	if log := w.log.String(); strings.Contains(log, "anary") || strings.Contains(log, goodPassword) || strings.Contains(log, "shop.example") {
		t.Errorf("the log knows too much:\n%s", log)
	}
}

// wroteDown compares the audit log's lines about an action, as "by action object
// detail".
func (w *world) wroteDown(action string, want ...string) {
	w.t.Helper()
	var got []string
	w.must(w.store.AuditEntries(w.t.Context(), func(e chat.AuditEntry) error {
		if e.Action == action {
			got = append(got, e.By+" "+e.Action+" "+e.Object+" "+e.Detail)
		}
		return nil
	}))
	if !slices.Equal(got, want) {
		w.t.Errorf("written down:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
