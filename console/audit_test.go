package console

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
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

func TestChangesAreWrittenDownFromAndTo(t *testing.T) {
	s, w := readShapes(t), newWorld(t)
	ana := w.hire("Ana", chat.Owner)
	b := w.seat(ana)
	b.do(patch, "/sites/"+w.site.ID, object{"color": "#112233", "name": "Lumen"}, nil)
	b.do(patch, "/sites/"+w.site.ID, object{"greeting": strings.Repeat("long ", 30)}, nil)
	b.do(post, "/sites/"+w.site.ID+"/identity-secret", nil, nil)
	page := b.raw(get, "/audit?noun=site&by="+ana.ID, nil)
	s.each(t, "AuditEntry", page["entries"])
	list := page["entries"].([]any)
	if len(list) != 2 || page["more"] != false {
		t.Fatalf("got %v", page)
	}
	changes := list[1].(map[string]any)["change"].([]any)
	s.each(t, "AuditChange", changes)
	want := []map[string]any{
		{"field": "color", "from": w.site.Color, "to": "#112233"},
		{"field": "name", "from": w.site.Name, "to": "Lumen"},
	}
	for i, c := range want {
		if !reflect.DeepEqual(changes[i], c) {
			t.Errorf("got %v, want %v", changes[i], c)
		}
	}
	if rest := b.raw(get, "/audit?before="+strconv.Itoa(int(list[1].(map[string]any)["number"].(float64)))+"&noun=site", nil)["entries"]; len(rest.([]any)) != 0 {
		t.Errorf("before that: %v", rest)
	}
	if got := b.raw(get, "/audit/check", nil); got["whole"] != true || got["broken"] != 0.0 {
		t.Errorf("the chain: %v", got)
	}
	db, err := sql.Open("sqlite3", filepath.Join(w.dir, "test.db"))
	w.must(err)
	defer db.Close()
	_, err = db.Exec(`UPDATE audit SET change = replace(change, '112233', '445566')`)
	w.must(err)
	if got := b.raw(get, "/audit/check", nil); got["whole"] != false || got["broken"] == 0.0 {
		t.Errorf("after a change was changed: %v", got)
	}
}

func TestLongChangesAreCut(t *testing.T) {
	got := changeOf(object{"words": "", "same": 1, "look": object{"icon": "bubble"}}, object{"words": strings.Repeat("ж", 5_000), "same": 1, "look": object{"icon": "heart"}})
	if len(got) > maxChanged || !strings.Contains(got, "…") || !json.Valid([]byte(got)) || strings.Contains(got, "same") || !strings.Contains(got, `"look.icon","from":"bubble","to":"heart"`) {
		t.Errorf("%d bytes: %.80s", len(got), got)
	}
	if got := changeOf(object{"a": 1}, object{"a": 1}); got != "" {
		t.Errorf("nothing changed: %s", got)
	}
}
