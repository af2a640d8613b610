package console

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// everybody may make a call without any credential.
const everybody = "everybody"

// callMatrix says of every call who may make it: o the owner, a an admin, s a
// supervisor, g an agent, r somebody with a role of the installation's own that only
// reads conversations. Whoever is not named is refused, and so are, everywhere but for
// everybody, somebody who may not sign in any more, an ended session, a visitor of
// this site and of another, an API key, and nobody.
//
// It is written by hand beside routes.go, so that a slip there shows here.
var callMatrix = map[string]string{
	"POST /setup":                                      everybody,
	"POST /login":                                      everybody,
	"POST /logout":                                     "oasgr",
	"GET /me":                                          "oasgr",
	"PATCH /me":                                        "oasgr",
	"GET /me/second-step":                              "oasgr",
	"POST /me/second-step":                             "oasgr",
	"POST /me/second-step/confirm":                     "oasgr",
	"POST /me/second-step/codes":                       "oasgr",
	"POST /me/second-step/off":                         "oasgr",
	"GET /audit":                                       "oa",
	"GET /audit/check":                                 "oa",
	"GET /security":                                    "oa",
	"PUT /security":                                    "o",
	"DELETE /agents/:id/second-step":                   "oa",
	"PUT /me/status":                                   "oasg",
	"GET /me/offers":                                   "oasg",
	"POST /me/password":                                "oasgr",
	"GET /me/sessions":                                 "oasgr",
	"DELETE /me/sessions":                              "oasgr",
	"DELETE /me/sessions/:id":                          "oasgr",
	"GET /me/reach":                                    "oasg",
	"PUT /me/reach":                                    "oasg",
	"POST /me/reach/devices":                           "oasg",
	"DELETE /me/reach/devices/:id":                     "oasg",
	"GET /agents":                                      "oasgr",
	"PATCH /agents/:id":                                "oa",
	"GET /agents/:id/absence":                          "oasgr",
	"PUT /agents/:id/absence":                          "oasgr",
	"DELETE /agents/:id/absence":                       "oasgr",
	"GET /roles":                                       "oasgr",
	"POST /roles":                                      "oa",
	"PUT /roles/:id":                                   "oa",
	"DELETE /roles/:id":                                "oa",
	"GET /teams":                                       "oasgr",
	"POST /teams":                                      "oa",
	"PUT /teams/:id":                                   "oa",
	"DELETE /teams/:id":                                "oa",
	"GET /agents/:id/sessions":                         "oa",
	"DELETE /agents/:id/sessions":                      "oa",
	"POST /invitations":                                "oa",
	"DELETE /invitations/:id":                          "oa",
	"POST /invitations/look":                           everybody,
	"POST /invitations/accept":                         everybody,
	"GET /conversations":                               "oasgr",
	"GET /conversations/:id":                           "oasgr",
	"GET /conversations/:id/messages":                  "oasgr",
	"POST /conversations/:id/messages":                 "oasg",
	"POST /conversations/:id/take":                     "oasg",
	"POST /conversations/:id/release":                  "oasg",
	"POST /conversations/:id/decline":                  "oasg",
	"GET /conversations/:id/handover":                  "oasg",
	"POST /conversations/:id/handover":                 "oasg",
	"DELETE /conversations/:id/handover":               "oasg",
	"GET /conversations/:id/unite":                     "oasg",
	"POST /conversations/:id/unite":                    "oasg",
	"POST /conversations/:id/split":                    "oasg",
	"POST /conversations/:id/handover/promise":         "oasg",
	"POST /conversations/:id/consults":                 "oasg",
	"GET /consults":                                    "oasg",
	"GET /conversations/:id/consults":                  "oasg",
	"POST /conversations/:id/whispers":                 "oas",
	"POST /conversations/:id/move":                     "oas",
	"GET /board/rows":                                  "oas",
	"POST /consults/:id/answer":                        "oasg",
	"DELETE /consults/:id":                             "oasg",
	"POST /conversations/:id/guests":                   "oasg",
	"POST /conversations/:id/guests/join":              "oasg",
	"DELETE /conversations/:id/guests/:guest":          "oasg",
	"POST /conversations/:id/close":                    "oasg",
	"POST /conversations/:id/reopen":                   "oasg",
	"POST /conversations/:id/give":                     "oasg",
	"PUT /conversations/:id/snooze":                    "oasg",
	"DELETE /conversations/:id/snooze":                 "oasg",
	"PUT /conversations/:id/unread":                    "oasg",
	"PUT /conversations/:id/public":                    "oasg",
	"POST /conversations/:id/transcript":               "oasg",
	"POST /conversations/:id/tags":                     "oasg",
	"DELETE /conversations/:id/tags/:tag":              "oasg",
	"GET /mentions":                                    "oasgr",
	"POST /conversations/:id/mentions/read":            "oasgr",
	"POST /sites/:id/wake":                             "oasg",
	"GET /sites/:id/tags":                              "oasgr",
	"PATCH /sites/:id/tags/:tag":                       "oas",
	"POST /sites/:id/tags/:tag/merge":                  "oas",
	"DELETE /sites/:id/tags/:tag":                      "oas",
	"POST /conversations/:id/step":                     "oasg",
	"POST /conversations/:id/prompts/:key":             "oasg",
	"POST /conversations/:id/undo":                     "oasg",
	"POST /conversations/:id/matter":                   "oasg",
	"GET /conversations/:id/matters":                   "oasgr",
	"POST /conversations/:id/matters":                  "oasg",
	"POST /conversations/:id/matters/:matter/turn":     "oasg",
	"POST /conversations/:id/matters/:matter/drop":     "oasg",
	"POST /conversations/:id/messages/:message/matter": "oasg",
	"POST /conversations/:id/cards":                    "oasg",
	"POST /conversations/:id/cards/:card/withdraw":     "oasg",
	"POST /conversations/:id/cards/:card/yes":          "oasg",
	"POST /conversations/:id/promises":                 "oasg",
	"POST /conversations/:id/complaint":                "oasg",
	"PATCH /conversations/:id/complaint":               "oasg",
	"POST /conversations/:id/complaint/stages/:stage":  "oasg",
	"POST /conversations/:id/complaint/drop":           "oasg",
	"POST /conversations/:id/delays/:delay/tell":       "oasg",
	"POST /conversations/:id/delays/:delay/drop":       "oasg",
	"PUT /conversations/:id/draft":                     "oasg",
	"GET /conversations/:id/follow-up":                 "oasgr",
	"PUT /conversations/:id/follow-up":                 "oasg",
	"GET /conversations/:id/closing":                   "oasgr",
	"GET /follow-ups":                                  "oasgr",
	"DELETE /conversations/:id/follow-up":              "oasg",
	"POST /files":                                      "oasg",
	"GET /files":                                       "oasgr",
	"GET /board/figures":                               "oas",
	"GET /board/handovers":                             "oas",
	"GET /board":                                       "oas",
	"GET /visitors":                                    "oasgr",
	"GET /visitors/:id":                                "oasgr",
	"POST /visitors/:id/invitation":                    "oasg",
	"GET /complaints":                                  "oas",
	"GET /promises":                                    "oasgr",
	"POST /promises/:id/keep":                          "oasg",
	"POST /promises/:id/move":                          "oasg",
	"POST /promises/:id/drop":                          "oasg",
	"POST /promises/:id/hand":                          "oasg",
	"POST /conversations/:id/grants":                   "oasg",
	"POST /conversations/:id/grants/ask":               "oasg",
	"GET /grants":                                      "oasgr",
	"POST /grants/:id/decide":                          "oas",
	"POST /grants/:id/withdraw":                        "oasg",
	"POST /grants/:id/promise":                         "oasg",
	"PATCH /people/:id":                                "oasg",
	"POST /people/:id/erase":                           "oa",
	"GET /people/:id/same":                             "oas",
	"GET /people/:id/same/:other":                      "oas",
	"POST /people/:id/same/:other":                     "oas",
	"DELETE /people/:id/merges/:merge":                 "oas",
	"POST /people/:id/notes":                           "oasg",
	"POST /people/:id/entries":                         "oasg",
	"GET /promises/:id/calendar":                       "oasgr",
	"DELETE /people/:id/notes/:note":                   "oasg",
	"GET /search":                                      "oasgr",
	"GET /people":                                      "oasgr",
	"GET /views":                                       "oasgr",
	"POST /views":                                      "oasgr",
	"POST /views/order":                                "oasgr",
	"PUT /views/:vid":                                  "oasgr",
	"DELETE /views/:vid":                               "oasgr",
	"GET /sites":                                       "oasgr",
	"POST /sites":                                      "oa",
	"PATCH /sites/:id":                                 "oa",
	"GET /sites/:id/retention":                         "oa",
	"GET /sites/:id/imports":                           "oa",
	"POST /sites/:id/imports":                          "oa",
	"GET /sites/:id/imports/example":                   "oa",
	"DELETE /sites/:id/imports/:imp":                   "oa",
	"GET /sites/:id/places":                            "oa",
	"GET /sites/:id/inviting/results":                  "oa",
	"POST /sites/:id/preview":                          "oa",
	"POST /sites/:id/picture":                          "oa",
	"POST /sites/:id/waiting/preview":                  "oa",
	"POST /sites/:id/inviting/try":                     "oa",
	"GET /holidays":                                    "oasgr",
	"GET /sites/:id/identity-secret":                   "oa",
	"POST /sites/:id/identity-secret":                  "oa",
	"DELETE /sites/:id/identity-secret/:kid":           "oa",
	"POST /sites/:id/identity-secret/try":              "oa",
	"POST /sites/:id/identity-secret/sample":           "oa",
	"GET /sites/:id/api-keys":                          "oa",
	"POST /sites/:id/api-keys":                         "oa",
	"DELETE /sites/:id/api-keys/:kid":                  "oa",
	"GET /sites/:id/webhooks":                          "oa",
	"POST /sites/:id/webhooks":                         "oa",
	"PATCH /sites/:id/webhooks/:wid":                   "oa",
	"DELETE /sites/:id/webhooks/:wid":                  "oa",
	"POST /sites/:id/webhooks/:wid/secret":             "oa",
	"POST /sites/:id/webhooks/:wid/test":               "oa",
	"GET /sites/:id/webhooks/:wid/attempts":            "oa",
	"POST /sites/:id/webhooks/:wid/again":              "oa",
	"GET /rules":                                       "oasgr",
	"POST /rules/try":                                  "oasgr",
	"GET /sites/:id/prompts":                           "oasgr",
	"POST /sites/:id/prompts":                          "oa",
	"GET /sites/:id/prompts/:pid/versions":             "oasgr",
	"POST /sites/:id/prompts/order":                    "oa",
	"PUT /sites/:id/prompts/:pid":                      "oa",
	"DELETE /sites/:id/prompts/:pid":                   "oa",
	"POST /sites/:id/when":                             "oasgr",
	"GET /sites/:id/templates":                         "oasgr",
	"POST /sites/:id/templates":                        "oasg",
	"PUT /sites/:id/templates/:tid":                    "oasg",
	"DELETE /sites/:id/templates/:tid":                 "oasg",
	"GET /sites/:id/templates/:tid/versions":           "oasgr",
	"GET /sites/:id/answers":                           "oasgr",
	"POST /sites/:id/answers":                          "oa",
	"GET /sites/:id/answers/uses":                      "oasgr",
	"POST /sites/:id/answers/order":                    "oa",
	"PUT /sites/:id/answers/:aid":                      "oa",
	"DELETE /sites/:id/answers/:aid":                   "oa",
	"GET /sites/:id/standards":                         "oasgr",
	"POST /sites/:id/standards":                        "oa",
	"POST /sites/:id/standards/order":                  "oa",
	"PUT /sites/:id/standards/:nid":                    "oa",
	"DELETE /sites/:id/standards/:nid":                 "oa",
	"GET /sites/:id/authority":                         "oasgr",
	"PUT /sites/:id/authority":                         "oa",
	"POST /sites/:id/authority/agree":                  "oasg",
	"POST /sites/:id/authority/wishes":                 "oasg",
	"POST /sites/:id/authority/wishes/:wid/settle":     "oa",
	"GET /sites/:id/authority/totals":                  "oasgr",
	"GET /sites/:id/guide":                             "oa",
	"POST /sites/:id/guide":                            "oa",
	"POST /sites/:id/guide/starter":                    "oa",
}

// commandMatrix is callMatrix for the frames of the agents' socket.
var commandMatrix = map[string]string{
	"beat":      "oasgr",
	"open":      "oasgr",
	"shut":      "oasgr",
	"post":      "oasg",
	"typing":    "oasg",
	"delivered": "oasg",
	"read":      "oasg",
	"status":    "oasg",
}

// staff are the principals of the matrix, one of each.
func (w *world) staff() map[string]*chat.Agent {
	w.t.Helper()
	reader := &chat.OwnRole{ID: chat.NewID(), Name: "Reader", Rights: chat.RightsOf(chat.ReadConversations)}
	w.must(w.store.InsertRole(w.t.Context(), reader))
	return map[string]*chat.Agent{
		"o": w.hire("Olga", chat.Owner), "a": w.hire("Adam", chat.Admin), "s": w.hire("Sue", chat.Supervisor),
		"g": w.hire("Gus", chat.AgentRole), "r": w.hire("Rita", chat.Role(reader.ID)),
	}
}

// strangers are credentials of others, each in a browser of its own.
func (w *world) strangers(ended *chat.Agent) map[string]*browser {
	w.t.Helper()
	here, elsewhere := w.arrives("Hello"), w.arrivesAt(w.newSite("Elsewhere"), "Hello")
	secret, _ := w.apiKey(ended)
	revoked, id := w.apiKey(ended)
	w.must(w.store.RevokeAPIKey(w.t.Context(), w.site.ID, id))
	over := w.seat(ended)
	claims, _ := w.door.tokens.read(over.cookie)
	w.must(w.store.RevokeSession(w.t.Context(), ended.ID, claims.Session))
	out := map[string]*browser{"nobody": w.browser(), "an ended session": over}
	for name, token := range map[string]string{"a visitor": here.token, "a visitor of another site": elsewhere.token, "an API key": secret, "a revoked API key": revoked} {
		bearer, cookie := w.browser(), w.browser()
		bearer.header.Set("Authorization", "Bearer "+token)
		cookie.cookie = token
		out[name], out[name+" as a cookie"] = bearer, cookie
	}
	return out
}

func TestEveryCallAsEverybody(t *testing.T) {
	w := newWorld(t)
	team := w.staff()
	p := w.places(team)
	strangers, cells := w.strangers(team["g"]), 0
	for _, r := range routes {
		name := r.method + " " + r.path
		row, ok := callMatrix[name]
		if !ok {
			t.Errorf("%s has no row in the matrix: say who may call it", name)
			continue
		}
		for who, a := range team {
			want := forbidden
			if row == everybody || strings.Contains(row, who) {
				want = allowed
			}
			if got := verdictOf(w.seat(a).api(r.method, p.path(r, who), bodies[name])); got != want {
				t.Errorf("%s as %s: %s, want %s", name, a.Name, got, want)
			}
			cells++
		}
		for who, b := range strangers {
			want := signInFirst
			if row == everybody {
				want = allowed
			}
			if got := verdictOf(b.api(r.method, p.path(r, "g"), bodies[name])); got != want {
				t.Errorf("%s as %s: %s, want %s", name, who, got, want)
			}
			cells++
		}
	}
	if len(callMatrix) != len(routes) {
		t.Errorf("the matrix has %d rows for %d calls", len(callMatrix), len(routes))
	}
	t.Logf("%d cells", cells)
}

func TestEveryCallOfADisabledAgent(t *testing.T) {
	w := newWorld(t)
	team := w.staff()
	p := w.places(team)
	for who, a := range team {
		b := w.seat(a)
		a.DisabledAt = 1
		w.must(w.store.SaveAgent(t.Context(), a))
		for _, r := range routes {
			name, want := r.method+" "+r.path, signInFirst
			if callMatrix[name] == everybody {
				want = allowed
			}
			if got := verdictOf(b.api(r.method, p.path(r, who), bodies[name])); got != want {
				t.Errorf("%s as %s, disabled: %s, want %s", name, a.Name, got, want)
			}
		}
		if c, _ := b.upgrade(apiPrefix+"/socket", w.url); c != nil {
			t.Errorf("%s, disabled, opened the socket", a.Name)
		}
	}
}

func TestEveryCommandAsEverybody(t *testing.T) {
	w := newWorld(t)
	team := w.staff()
	p := w.places(team)
	for command := range commands {
		row, ok := commandMatrix[command]
		if !ok {
			t.Errorf("%s has no row in the matrix: say who may send it", command)
		}
		for who, a := range team {
			l := w.seat(a).connect()
			l.send(object{"type": command, "ref": "1", "conversation_id": p.conversation})
			l.send(object{"type": "nonsense", "ref": "2"})
			refused := false
			for f := l.gets("error"); f.Ref != "2"; f = l.gets("error") {
				refused = refused || f.Code == string(chat.Forbidden)
			}
			if refused == strings.Contains(row, who) {
				t.Errorf("%s as %s: refused %t", command, a.Name, refused)
			}
		}
	}
	if len(commandMatrix) != len(commands) {
		t.Errorf("the matrix has %d rows for %d commands", len(commandMatrix), len(commands))
	}
	for who, b := range w.strangers(team["g"]) {
		if c, _ := b.upgrade(apiPrefix+"/socket", w.url); c != nil {
			t.Errorf("%s opened the socket", who)
		}
	}
}

// The protocol's document says of every call what it takes.
func TestDocumentedPermissionsAreTheTables(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			Permission who `json:"x-permission"`
		} `json:"paths"`
	}
	text, err := os.ReadFile("../static/docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for _, r := range routes {
		path := regexp.MustCompile(`:(\w+)`).ReplaceAllString(apiPrefix+r.path, "{$1}")
		if said := doc.Paths[path][strings.ToLower(r.method)].Permission; said != r.who && r.who != anyone {
			t.Errorf("%s %s takes %s, and x-permission in openapi.json says %q", r.method, r.path, r.who, said)
		}
	}
}

// The guide for those who write clients explains every permission.
func TestTheGuideExplainsEveryPermission(t *testing.T) {
	guide, err := os.ReadFile("../static/docs/guide.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range chat.Permissions {
		if !strings.Contains(string(guide), "| `"+string(p)+"` |") {
			t.Errorf("%s is not explained", p)
		}
	}
}
