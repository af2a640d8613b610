package console

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

// places are the objects that the calls of the table are tried on.
type places struct {
	conversation, person, site, siteTemplate string
	note, template                           map[string]string // one of each principal of the matrix
	others                                   string            // a personal template of somebody else
	prompt                                   string
	promptID, answer, standard               string
}

func (w *world) places(team map[string]*chat.Agent) places {
	w.t.Helper()
	v := w.arrives("Where is my parcel?")
	row, err := w.store.RowByID(w.t.Context(), v.id)
	w.must(err)
	p := places{conversation: v.id, person: row.PersonID, site: w.site.ID, note: map[string]string{}, template: map[string]string{}}
	prompts, err := w.store.Prompts(w.t.Context(), w.site.ID)
	w.must(err)
	p.prompt, p.promptID = prompts[0].Key, prompts[0].ID
	answers, err := w.store.Answers(w.t.Context(), w.site.ID)
	w.must(err)
	standards, err := w.store.Standards(w.t.Context(), w.site.ID)
	w.must(err)
	p.answer, p.standard = answers[0].ID, standards[0].ID
	personal := func(a *chat.Agent) string {
		t := &chat.Template{ID: chat.NewID(), SiteID: w.site.ID, AgentID: a.ID, Title: "Mine", Body: "Hi", Steps: []chat.Step{chat.Greeting}}
		w.must(w.store.SaveTemplate(w.t.Context(), t))
		return t.ID
	}
	for who, a := range team {
		p.template[who] = personal(a)
		p.note[who] = w.notes(p.person, a)
	}
	p.others = personal(w.hire("Stranger", chat.AgentRole))
	templates, err := w.store.Templates(w.t.Context(), w.site.ID, "")
	w.must(err)
	p.siteTemplate = templates[0].ID
	return p
}

// notes writes something down about a customer and returns the note's id.
func (w *world) notes(personID string, by *chat.Agent) string {
	w.t.Helper()
	n := &chat.PersonNote{ID: chat.NewID(), PersonID: personID, AgentID: by.ID, Text: "Has two cats"}
	w.must(w.store.AddPersonNote(w.t.Context(), n))
	return n.ID
}

// bodies with which each call gets past decoding, so that a refusal is about
// who calls. Some are meant to fail later, without doing harm.
var bodies = map[string]object{
	"PATCH /me":                                       {"name": "Ana"},
	"POST /me/password":                               {"old": "wrong", "new": goodPassword},
	"POST /me/second-step":                            {"password": "wrong"},
	"POST /me/second-step/confirm":                    {"code": "1"},
	"POST /me/second-step/codes":                      {"code": "1"},
	"POST /me/second-step/off":                        {"password": "wrong", "code": "1"},
	"PUT /me/reach":                                   {"mail": true, "quiet": false, "begins": 0, "ends": 0, "zone": "", "mutes": []string{}},
	"POST /me/reach/devices":                          {"endpoint": "https://push.example.com/roles", "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "b"},
	"POST /sites/:id/identity-secret/try":             {"token": "x"},
	"PUT /security":                                   {"second_step_roles": []string{}},
	"PATCH /agents/:id":                               {},
	"PUT /agents/:id/absence":                         {"until": 0, "to_id": ""},
	"POST /roles":                                     {"name": "", "permissions": []string{}},
	"PUT /roles/:id":                                  {"name": "Watcher", "permissions": []string{"conversation.read"}},
	"POST /teams":                                     {"name": "", "skills": object{}, "members": []string{}},
	"PUT /teams/:id":                                  {"name": "Repairs", "skills": object{}, "members": []string{}},
	"POST /invitations":                               {"email": "not an address", "role": "agent"},
	"POST /invitations/look":                          {"token": "x"},
	"POST /invitations/accept":                        {"token": "x", "name": "A", "password": goodPassword},
	"POST /setup":                                     {"token": "x", "name": "A", "email": "a@b.example", "password": goodPassword},
	"POST /login":                                     {"email": "nobody@shop.example", "password": "x"},
	"POST /conversations/:id/messages":                {"client_id": "client-1", "kind": "note", "text": "Looks like the depot"},
	"POST /conversations/:id/step":                    {"step": "agreeing"},
	"POST /conversations/:id/prompts/:key":            {"state": "done"},
	"POST /conversations/:id/undo":                    {"progress_id": chat.NewID()},
	"POST /conversations/:id/matter":                  {"type": "complaint"},
	"POST /conversations/:id/matters":                 {"need": "A second lamp"},
	"POST /conversations/:id/cards":                   {"client_id": "client-2", "kind": "summary", "text": "Your parcel is late"},
	"POST /conversations/:id/promises":                {"client_id": "client-3", "text": "Call", "due_at": 0},
	"POST /promises/:id/keep":                         {"client_id": "client-4"},
	"POST /promises/:id/move":                         {"client_id": "client-5", "due_at": 0, "why": "They call back"},
	"POST /promises/:id/drop":                         {"why": "It is not needed"},
	"POST /promises/:id/hand":                         {"agent_id": chat.NewID()},
	"PATCH /conversations/:id/complaint":              {"root_cause": "delivery"},
	"POST /conversations/:id/complaint/stages/:stage": {"state": "done"},
	"POST /conversations/:id/delays/:delay/tell":      {"promise_id": ""},
	"POST /sites/:id/api-keys":                        {"name": "Order system"},
	"POST /sites/:id/webhooks":                        {"url": "https://shop.example/told", "kinds": []string{"message.posted"}},
	"PATCH /sites/:id/webhooks/:wid":                  {"paused": true},
	"POST /sites/:id/webhooks/:wid/again":             {"from": 0},
	"POST /visitors/:id/invitation":                   {"site": "none", "text": "Can I help?"},
	"POST /conversations/:id/give":                    {"agent_id": chat.NewID(), "from": ""},
	"POST /conversations/:id/handover":                {"agent_id": chat.NewID(), "team_id": "", "from": "", "note": ""},
	"POST /conversations/:id/consults":                {"agent_id": chat.NewID(), "team_id": "", "question": "Do we have it in blue?", "client_id": "c-roles-consult"},
	"POST /conversations/:id/whispers":                {"client_id": "c-roles-whisper", "text": "Offer the express option."},
	"POST /conversations/:id/move":                    {"queue": true, "from": ""},
	"POST /consults/:id/answer":                       {"client_id": "c-roles-answer", "text": "Yes, two."},
	"POST /conversations/:id/guests":                  {"agent_id": chat.NewID(), "team_id": "", "from": "", "note": ""},
	"POST /conversations/:id/unite":                   {"into": chat.NewID(), "from": "", "into_has": ""},
	"POST /conversations/:id/split":                   {"id": chat.NewID(), "matter_id": "", "need": "Invoice 2291", "quoted": []string{}, "note": "", "from": "", "queue": true, "agent_id": "", "team_id": ""},
	"POST /conversations/:id/handover/promise":        {"from": ""},
	"PUT /conversations/:id/snooze":                   {"until": 0},
	"PUT /conversations/:id/unread":                   {"on": false},
	"PUT /conversations/:id/public":                   {"on": false},
	"POST /conversations/:id/transcript":              {"email": "maria@example.org"},
	"POST /conversations/:id/tags":                    {"name": "gift"},
	"PATCH /sites/:id/tags/:tag":                      {"name": "gift"},
	"POST /sites/:id/tags/:tag/merge":                 {"into": chat.NewID()},
	"POST /sites/:id/wake":                            {"text": "tomorrow 9", "zone": "UTC"},
	"POST /sites/:id/inviting/try":                    {"rule": object{"text": "Can we help?"}},
	"POST /sites/:id/waiting/preview":                 {"hours": object{}, "waiting": object{}, "locale": "en", "zone": ""},
	"PUT /conversations/:id/draft":                    {"kind": "reply", "text": "We are"},
	"POST /conversations/:id/grants":                  {"client_id": "client-6", "kind": "crown", "amount": 1, "reason": "late"},
	"POST /conversations/:id/grants/ask":              {"client_id": "client-7", "kind": "crown", "amount": 1, "reason": "late"},
	"POST /grants/:id/decide":                         {"yes": true},
	"POST /grants/:id/promise":                        {"client_id": "client-8", "text": "Tell you", "due_at": 0},
	"PUT /sites/:id/authority":                        {"version": 0, "currency": "none", "kinds": []object{}, "limits": []object{}, "answer_within": 60},
	"POST /sites/:id/authority/agree":                 {"version": 99},
	"POST /sites/:id/authority/wishes":                {"text": "More, please"},
	"PATCH /people/:id":                               {"segment": "existing"},
	"POST /people/:id/same/:other":                    {"both_see": true},
	"POST /people/:id/notes":                          {"text": "Prefers mornings"},
	"POST /people/:id/entries":                        {"id": chat.NewID(), "channel": "call", "began_at": 0, "minutes": 5, "party": "", "need": "", "note": "Rang about the lamp", "promise": nil},
	"POST /sites":                                     {"name": ""},
	"PATCH /sites/:id":                                {"color": "not one"},
	"POST /sites/:id/prompts":                         {"step": "closing", "text": "Wave", "help": "", "evidence": "", "fit": object{}, "position": 1},
	"PUT /sites/:id/prompts/:pid":                     {"step": "closing", "text": "Wave", "help": "", "evidence": "", "fit": object{}, "position": 1},
	"POST /sites/:id/answers":                         {"title": "When?", "shortcut": "", "text": "Now.", "link": "", "words": []string{}, "pages": []string{}, "quick": true},
	"PUT /sites/:id/answers/:aid":                     {"title": "When?", "shortcut": "", "text": "Now.", "link": "", "words": []string{}, "pages": []string{}, "quick": true},
	"POST /sites/:id/answers/order":                   {"ids": []string{}},
	"POST /sites/:id/standards":                       {"text": "We wave", "why": "Because.", "shown": "", "steps": []string{"closing"}, "position": 1},
	"POST /sites/:id/standards/order":                 {"ids": []string{}},
	"POST /rules/try":                                 {"text": "Hello!", "step": "greeting"},
	"PUT /sites/:id/standards/:nid":                   {"text": "We wave", "why": "Because.", "shown": "", "steps": []string{"closing"}, "position": 1},
	"POST /sites/:id/imports":                         {"kind": "people", "as": "csv", "name": "p.csv", "text": "reference\nc-roles-1\n", "headings": object{}, "dry_run": true},
	"POST /sites/:id/guide":                           {"as": "json", "text": "not one"},
	"POST /sites/:id/guide/starter":                   {"trade": "bakery"},
	"POST /sites/:id/when":                            {"text": "I'll call you at noon.", "zone": "UTC"},
	"POST /sites/:id/templates":                       {"title": "T", "shortcut": "t", "body": "Hi", "steps": []string{"greeting"}, "scope": "personal"},
	"PUT /sites/:id/templates/:tid":                   {"title": "T", "shortcut": "t", "body": "Hi", "steps": []string{"greeting"}, "scope": "personal"},

	"POST /views":       {"name": "Late", "query": "late", "shared": false},
	"PUT /views/:vid":   {"name": "Late", "query": "late", "shared": false},
	"POST /views/order": {"shared": false, "ids": []string{chat.NewID()}},

	"POST /conversations/:id/messages/:message/matter": {"matter_id": chat.NewID()},
}

// verdict is how a call ends as far as rights go.
type verdict string

const (
	allowed     verdict = "allowed"
	signInFirst verdict = "sign in first"
	forbidden   verdict = "forbidden"
)

func verdictOf(a answer) verdict {
	switch {
	case a.status == 401 && strings.Contains(a.body, "Please sign in."):
		return signInFirst
	case a.status == 403:
		return forbidden
	}
	return allowed
}

func (p places) path(r route, who string) string {
	id := p.conversation
	switch {
	case strings.HasPrefix(r.path, "/sites"):
		id = p.site
	case strings.HasPrefix(r.path, "/people"):
		id = p.person
	case strings.HasPrefix(r.path, "/me"), strings.HasPrefix(r.path, "/agents"), strings.HasPrefix(r.path, "/teams"), strings.HasPrefix(r.path, "/roles"), strings.HasPrefix(r.path, "/invitations"):
		id = chat.NewID() // nobody's: the call is refused after its rights were seen
	}
	path := strings.NewReplacer(":id", id, ":key", p.prompt, ":note", p.note[who], ":tid", p.template[who], ":pid", p.promptID, ":aid", p.answer, ":nid", p.standard, ":card", chat.NewID(), ":delay", chat.NewID(), ":tag", chat.NewID(), ":kid", chat.NewID(), ":wid", chat.NewID(), ":vid", chat.NewID(), ":other", chat.NewID(), ":merge", chat.NewID()).Replace(r.path)
	switch path {
	case "/conversations":
		path += "?site=" + p.site
	case "/search", "/people":
		path += "?q=parcel"
	}
	return path
}

// What is somebody else's and what is not there answer alike, to the byte.
func TestForeignAndAbsentLookTheSame(t *testing.T) {
	w := newWorld(t)
	team := map[string]*chat.Agent{"o": w.hire("Owner", chat.Owner), "g": w.hire("Agent", chat.AgentRole)}
	p := w.places(team)
	elsewhere := w.newSite("Elsewhere")
	b := w.seat(team["g"])
	template := bodies["PUT /sites/:id/templates/:tid"]
	owner := w.session(team["o"])
	for _, c := range []struct {
		method, foreign, absent string
		body                    object
	}{
		{put, "/sites/" + p.site + "/templates/" + p.others, "/sites/" + p.site + "/templates/" + chat.NewID(), template},
		{del, "/sites/" + p.site + "/templates/" + p.others, "/sites/" + p.site + "/templates/not-an-id", nil},
		{put, "/sites/" + elsewhere.ID + "/templates/" + p.template["g"], "/sites/" + chat.NewID() + "/templates/" + p.siteTemplate, template},
		{del, "/me/sessions/" + owner.ID, "/me/sessions/" + chat.NewID(), nil},
		{del, "/people/" + w.someoneElse() + "/notes/" + p.note["o"], "/people/" + p.person + "/notes/" + chat.NewID(), nil},
		{post, "/conversations/" + w.arrives("Hi").id + "/undo", "/conversations/" + chat.NewID() + "/undo", object{"progress_id": w.someProgress(b, p.conversation)}},
	} {
		foreign, absent := b.api(c.method, c.foreign, c.body), b.api(c.method, c.absent, c.body)
		if foreign.status != 404 || foreign.body != absent.body {
			t.Errorf("%s %s: %d %s, absent: %d %s", c.method, c.foreign, foreign.status, foreign.body, absent.status, absent.body)
		}
	}
}

func (w *world) someoneElse() string {
	w.t.Helper()
	row, err := w.store.RowByID(w.t.Context(), w.arrives("Good morning").id)
	w.must(err)
	return row.PersonID
}

func (w *world) someProgress(b *browser, conversation string) string {
	w.t.Helper()
	var m struct{ Progress []struct{ ID string } }
	b.do(post, "/conversations/"+conversation+"/step", object{"step": "delivering"}, &m)
	return m.Progress[0].ID
}

func TestNobodyReachesAboveThemselves(t *testing.T) {
	w := newWorld(t)
	owner, boss, other, ben := w.hire("Owner", chat.Owner), w.hire("Boss", chat.Admin), w.hire("Other", chat.Admin), w.hire("Ben", chat.AgentRole)
	admin, top := w.seat(boss), w.seat(owner)
	admin.fails(patch, "/agents/"+owner.ID, object{"disabled": true}, 403, chat.Forbidden)
	admin.fails(patch, "/agents/"+owner.ID, object{"role": "agent"}, 403, chat.Forbidden)
	admin.fails(patch, "/agents/"+owner.ID, object{"work": object{"capacity": 1}}, 403, chat.Forbidden)
	admin.fails(patch, "/agents/"+owner.ID, object{"complaints": true}, 403, chat.Forbidden)
	away := object{"until": chat.SystemClock().Add(time.Hour), "to_id": ""}
	admin.fails(put, "/agents/"+owner.ID+"/absence", away, 403, chat.Forbidden)
	admin.fails(del, "/agents/"+owner.ID+"/absence", nil, 403, chat.Forbidden)
	admin.do(put, "/agents/"+boss.ID+"/absence", away, nil)
	admin.do(del, "/agents/"+boss.ID+"/absence", nil, nil)
	admin.do(patch, "/agents/"+boss.ID, object{"work": object{"capacity": 2}, "complaints": true}, nil)
	admin.fails(patch, "/agents/"+boss.ID, object{"role": "agent"}, 403, chat.Forbidden)
	top.fails(patch, "/agents/"+owner.ID, object{"disabled": true}, 403, chat.Forbidden)
	admin.fails(patch, "/agents/"+ben.ID, object{"role": "owner"}, 422, chat.Invalid)
	admin.fails(patch, "/agents/"+ben.ID, object{"role": "king"}, 422, chat.Invalid)
	admin.fails(patch, "/agents/"+chat.NewID(), object{"role": "agent"}, 404, chat.NotFound)
	for _, role := range []string{"owner", "king", ""} {
		top.fails(post, "/invitations", object{"email": "x@shop.example", "role": role}, 422, chat.Invalid)
	}
	var got agentShape
	admin.do(patch, "/agents/"+ben.ID, object{"role": "admin"}, &got)
	if got.Role != chat.Admin {
		t.Fatalf("got %+v", got)
	}
	admin.do(patch, "/agents/"+other.ID, object{"role": "supervisor"}, nil)
	supervisor := w.seat(other)
	supervisor.fails(patch, "/agents/"+ben.ID, object{"role": "agent"}, 403, chat.Forbidden)
	var list struct{ Invitations []invitationShape }
	admin.do(post, "/invitations", object{"email": "x@shop.example", "role": "admin"}, nil)
	supervisor.do(get, "/agents", nil, &list)
	if len(list.Invitations) != 0 {
		t.Errorf("a supervisor sees who is invited: %+v", list)
	}
}
