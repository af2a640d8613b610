package console

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

// Who may make a call of the visitors' door, or of a site's own server.
const (
	open       = "open"     // whoever knows the site's public key
	themselves = "visitors" // any visitor, about themselves
	theirs     = "theirs"   // the visitor whose conversation it is; for others it is not there
	siteKeys   = "keys"     // a site's API key that was not revoked
)

// visitorMatrix is callMatrix for the calls of visitors and sites.
var visitorMatrix = map[string]string{
	"GET /v1/widget/config.js":                             open,
	"GET /v1/widget/answers":                               open,
	"GET /v1/widget/sites/:id/pictures/:name":              open,
	"POST /v1/widget/here":                                 open,
	"POST /v1/widget/session":                              open,
	"POST /v1/widget/answers/:id/open":                     open,
	"GET /v1/widget/conversations":                         themselves,
	"GET /v1/widget/promises":                              themselves,
	"GET /v1/widget/promises/:id/calendar":                 theirs,
	"GET /v1/widget/files":                                 themselves,
	"POST /v1/widget/files":                                themselves,
	"POST /v1/widget/attributes":                           themselves,
	"POST /v1/widget/forget":                               themselves,
	"GET /v1/widget/known":                                 themselves,
	"POST /v1/widget/known/erase":                          themselves,
	"GET /v1/widget/conversations/:id/messages":            theirs,
	"POST /v1/widget/conversations/:id/messages":           theirs,
	"POST /v1/widget/conversations/:id/end":                theirs,
	"POST /v1/widget/conversations/:id/cards/:card/answer": theirs,
	"POST /v1/widget/conversations/:id/feedback":           theirs,
	"POST /v1/widget/conversations/:id/address":            theirs,
	"POST /v1/widget/conversations/:id/transcript":         theirs,
	"GET /v1/api/tags":                                     siteKeys,
	"POST /v1/api/conversations/:id/tags":                  siteKeys,
	"POST /v1/api/delays":                                  siteKeys,
}

var visitorBodies = map[string]object{
	"POST /v1/widget/here":                                 {"site": "none"},
	"POST /v1/widget/session":                              {"site": "none"},
	"POST /v1/widget/answers/:id/open":                     {"site": "none"},
	"POST /v1/widget/attributes":                           {"attributes": object{"tier": "gold"}},
	"POST /v1/widget/conversations/:id/messages":           {"client_id": "client-1", "text": "Hello?"},
	"POST /v1/widget/conversations/:id/cards/:card/answer": {"choice": "accept"},
	"POST /v1/widget/conversations/:id/feedback":           {"rating": 4},
	"POST /v1/widget/conversations/:id/address":            {"email": "maria@example.org"},
	"POST /v1/widget/conversations/:id/transcript":         {"email": "maria@example.org"},
	"POST /v1/api/conversations/:id/tags":                  {"add": []string{"parcel"}, "remove": []string{}},
	"POST /v1/api/delays":                                  {"reference": "4411"},
}

const absent verdict = "not there"

// visitorVerdict is how a call of a visitor or a site ends as far as rights go.
func visitorVerdict(a answer) verdict {
	switch a.status {
	case 401:
		return signInFirst
	case 404:
		return absent
	}
	return allowed
}

func TestEveryCallOfVisitorsAndSites(t *testing.T) {
	w := newWorld(t)
	owner := w.hire("Olga", chat.Owner)
	secret, _ := w.apiKey(owner)
	revoked, id := w.apiKey(owner)
	w.must(w.store.RevokeAPIKey(t.Context(), w.site.ID, id))
	seen := 0
	for _, r := range w.app.GetRoutes(true) {
		ours := strings.HasPrefix(r.Path, "/v1/widget/") || strings.HasPrefix(r.Path, siteAPI)
		if !ours || r.Method == "HEAD" || r.Path == "/v1/widget/socket" {
			continue
		}
		name := r.Method + " " + r.Path
		row, ok := visitorMatrix[name]
		if !ok {
			t.Errorf("%s has no row in the matrix: say who may call it", name)
			continue
		}
		seen++
		// Anew for each call: one of them forgets its visitor.
		maria := w.arrives("Where is my parcel?")
		path := strings.NewReplacer(":id", maria.id, ":card", chat.NewID(), ":name", "none.png").Replace(r.Path)
		for who, b := range w.callers(owner, maria, secret, revoked) {
			want := wanted(row, who)
			if row == theirs && who == "herself" && (strings.Contains(r.Path, ":card") || strings.HasSuffix(r.Path, "/calendar")) {
				want = absent // the conversation is hers, and has no such card and no appointment
			}
			if got := visitorVerdict(b.call(r.Method, path, visitorBodies[name])); got != want && row != open {
				t.Errorf("%s as %s: %s, want %s", name, who, got, want)
			} else if row == open && got == signInFirst {
				t.Errorf("%s as %s: asked to sign in", name, who)
			}
		}
	}
	if seen != len(visitorMatrix) {
		t.Errorf("the matrix has %d rows for %d calls", len(visitorMatrix), seen)
	}
}

func wanted(row, who string) verdict {
	visitor := who == "herself" || who == "another visitor" || who == "a visitor of another site"
	switch {
	case row == siteKeys && who == "an API key", row == themselves && visitor, row == theirs && who == "herself":
		return allowed
	case row == theirs && visitor:
		return absent
	}
	return signInFirst
}

// callers are all who may try what belongs to one visitor.
func (w *world) callers(owner *chat.Agent, herself *visitor, secret, revoked string) map[string]*browser {
	w.t.Helper()
	gone := w.arrives("Bye")
	w.bearer(gone.token).call(post, "/v1/widget/forget", nil)
	return map[string]*browser{
		"nobody": w.browser(), "an agent": w.seat(owner), "an agent's cookie as a token": w.bearer(w.seat(owner).cookie),
		"herself": w.bearer(herself.token), "another visitor": w.bearer(w.arrives("Hello").token),
		"a visitor of another site":   w.bearer(w.arrivesAt(w.newSite("Elsewhere"), "Hello").token),
		"a visitor who was forgotten": w.bearer(gone.token), "an API key": w.bearer(secret), "a revoked API key": w.bearer(revoked),
	}
}

func (w *world) bearer(token string) *browser {
	b := w.browser()
	b.header.Set("Authorization", "Bearer "+token)
	return b
}

// apiKey makes a key of the site.
func (w *world) apiKey(by *chat.Agent) (secret, id string) {
	w.t.Helper()
	key, secret, err := chat.NewAPIKey(w.site.ID, by.ID, "Shop")
	w.must(err)
	w.must(w.store.InsertAPIKey(w.t.Context(), key))
	return secret, key.ID
}
