package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"rapport/hub/chat"
	"rapport/hub/files/s3test"
	"rapport/static"
)

// object is a JSON object.
type object = map[string]any

// dig follows keys into nested objects.
func dig(v any, keys ...string) any {
	for _, k := range keys {
		o, _ := v.(object)
		v = o[k]
	}
	return v
}

// contract talks to a real server and holds every request and answer to
// openapi.json. Clients ignore fields that they do not know; here each must be known.
type contract struct {
	t        *testing.T
	base     string       // the widget's origin
	console  string       // the console's
	browser  *http.Client // has the agent's cookie
	csrf     string
	token    string // the visitor's
	apiKey   string // of the site's own server
	compiler *jsonschema.Compiler
	ops      map[string][2]string // operationId → method, path
	left     map[string]bool      // operations that answer JSON and were not called yet
}

const openapiAt = "https://docs.invalid/openapi.json"

func newContract(t *testing.T, base string) *contract {
	t.Helper()
	f, _ := static.LookupDoc("openapi.json")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Body()))
	if err != nil {
		t.Fatal(err)
	}
	closeShapes(doc)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &contract{
		t: t, base: base, browser: &http.Client{Jar: jar}, compiler: jsonschema.NewCompiler(),
		ops: map[string][2]string{}, left: map[string]bool{},
	}
	c.compiler.DefaultDraft(jsonschema.Draft2020)
	if err := c.compiler.AddResource(openapiAt, doc); err != nil {
		t.Fatal(err)
	}
	for place, methods := range dig(doc, "paths").(object) {
		for method, op := range methods.(object) {
			id := dig(op, "operationId").(string)
			c.ops[id] = [2]string{method, place}
			if dig(op, "responses", "200", "content", "application/json") != nil {
				c.left[id] = true
			}
		}
	}
	return c
}

// closeShapes forbids fields that a schema does not name, all the way down.
func closeShapes(v any) {
	switch v := v.(type) {
	case object:
		if _, fields := v["properties"].(object); fields && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
		for _, child := range v {
			closeShapes(child)
		}
	case []any:
		for _, child := range v {
			closeShapes(child)
		}
	}
}

// hold checks JSON against the schema at a place of the document.
func (c *contract) hold(what, place string, body []byte) any {
	c.t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		c.t.Fatalf("%s: %v in %s", what, err, body)
	}
	schema, err := c.compiler.Compile(openapiAt + "#/paths/" + place)
	if err != nil {
		c.t.Fatalf("%s: %v", what, err)
	}
	if err := schema.Validate(v); err != nil {
		c.t.Errorf("%s: %v\n%s", what, err, body)
	}
	return v
}

// call makes a request by its operationId. vars are pairs of a path parameter and
// its value; "?" stands for the query. body nil means none.
func (c *contract) call(id string, body any, vars ...string) object {
	c.t.Helper()
	op, ok := c.ops[id]
	if !ok {
		c.t.Fatalf("there is no operation %s", id)
	}
	method, place := op[0], op[1]
	pointer := strings.ReplaceAll(place, "/", "~1") + "/" + method
	for i := 0; i+1 < len(vars); i += 2 {
		if vars[i] == "?" {
			place += "?" + vars[i+1]
		}
		place = strings.Replace(place, "{"+vars[i]+"}", vars[i+1], 1)
	}
	var sent []byte
	if body != nil {
		sent, _ = json.Marshal(body)
		c.hold(id+" request", pointer+"/requestBody/content/application~1json/schema", sent)
	}
	status, answer := c.send(strings.ToUpper(method), place, sent)
	for tries := 0; status == http.StatusTooManyRequests && tries < 20; tries++ { // as a client should
		time.Sleep(200 * time.Millisecond)
		status, answer = c.send(strings.ToUpper(method), place, sent)
	}
	if status != 200 {
		c.t.Fatalf("%s: %d %s", id, status, answer)
	}
	delete(c.left, id)
	got, _ := c.hold(id, pointer+"/responses/200/content/application~1json/schema", answer).(object)
	return got
}

func (c *contract) send(method, place string, body []byte) (int, []byte) {
	c.t.Helper()
	req, err := http.NewRequest(method, c.base+place, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.do(req)
}

// do makes a request as whoever the path is for.
func (c *contract) do(req *http.Request) (int, []byte) {
	c.t.Helper()
	client := c.browser
	switch {
	case strings.HasPrefix(req.URL.Path, "/v1/widget"):
		client = http.DefaultClient
		req.Header.Set("Authorization", "Bearer "+c.token)
	case strings.HasPrefix(req.URL.Path, "/v1/api"):
		client = http.DefaultClient
		req.Header.Set("Authorization", "Bearer "+c.apiKey)
		req.Header.Set("Idempotency-Key", "contract-"+chat.NewID())
	default:
		req.Header.Set("X-CSRF-Token", c.csrf)
	}
	res, err := client.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return res.StatusCode, answer
}

func TestRealAnswersAreAsDocumented(t *testing.T) {
	for name, store := range stores {
		t.Run(name, func(t *testing.T) { answersAreAsDocumented(t, store(t), filesBeside(t, name)) })
	}
}

// filesBeside is where files lie beside a database of a kind: a folder beside SQLite, a
// bucket beside Postgres.
func filesBeside(t *testing.T, database string) string {
	if database == "sqlite" {
		return ""
	}
	return filesAt(t, s3test.Bucket(t))
}

func answersAreAsDocumented(t *testing.T, store, files string) {
	r := startServer(t, "--data", t.TempDir(), "--store", store, "--files-store", files, "--demo", "on", "--smtp", "smtp://127.0.0.1:1", "--mail-from", "hello@shop.example")
	defer r.end(t)
	c := newContract(t, r.places.Widget)
	c.console, _, _ = strings.Cut(r.places.Console, "/console")
	_, setup, _ := strings.Cut(r.places.Setup, "#")
	me := c.call("setUp", object{"token": setup, "name": "Ben Carter", "email": "ben@shop.example", "password": "a long walk by the river"})
	c.csrf = me["csrf"].(string)
	site := dig(me["sites"].([]any)[0], "id").(string)

	talk := c.visitor(r.places.SiteKey)
	c.conversation(site, talk)
	c.files(talk)
	c.agreement(site, talk)
	c.authority(site, talk)
	c.delays(site, talk)
	c.order(site, talk)
	c.search()
	c.complaint(site, talk)
	c.people(talk)
	c.site(site)
	c.guide(site)
	c.handover(talk)
	c.same(r.places.SiteKey, talk)
	c.around(site, r.places.SiteKey)
	c.team()
	c.known(r.places.SiteKey)
	c.goodbye(r.places.SiteKey, talk)
	c.privacy(talk)
	for id := range c.left {
		t.Errorf("%s was not called", id)
	}
}

// visitor says something and returns the conversation's id.
func (c *contract) visitor(key string) string {
	c.call("health", nil)
	c.call("ready", nil)
	first := c.call("startSession", object{"site": key, "locale": "en", "zone": "Europe/Berlin"})
	c.token = first["token"].(string)
	talk := chat.NewID()
	answer := dig(c.call("listQuickAnswers", nil, "?", "site="+key)["answers"].([]any)[0], "id").(string)
	c.call("openQuickAnswer", object{"site": key, "helped": false}, "id", answer)
	hello := object{"client_id": "c-contract-1", "text": "Hello, my order 4411 has not come yet. Where is it?", "read": []string{answer}}
	said := c.call("postOwnMessage", hello, "id", talk)
	again := c.call("postOwnMessage", hello, "id", talk)
	if dig(said, "message", "id") != dig(again, "message", "id") {
		c.t.Errorf("said twice: %v and %v", said, again)
	}
	c.call("tellAttributes", object{"attributes": object{"plan": "gift"}, "name": "Maria"})
	identity := c.call("demoIdentity", nil, "?", "as=maria")["token"]
	known := c.call("startSession", object{"site": key, "secret": first["secret"], "identity": identity})
	c.token = known["token"].(string)
	c.call("listOwnConversations", nil)
	c.call("readOwnThread", nil, "id", talk)
	return talk
}

// conversation does all that an agent can do with one.
func (c *contract) conversation(site, talk string) {
	c.call("listConversations", nil, "?", "site="+site+"&list=queue&limit=10")
	c.call("takeConversation", object{}, "id", talk)
	c.call("postMessage", object{"client_id": "c-contract-2", "kind": "note", "text": "Van broke down."}, "id", talk)
	c.call("postMessage", object{"client_id": "c-contract-3", "kind": "reply", "text": "Hello Maria, I am Ben. Thank you for writing."}, "id", talk)
	c.call("moveStep", object{"step": "agreeing"}, "id", talk)
	matter := c.call("tickPrompt", object{"state": "not_needed"}, "id", talk, "key", "let_finish")
	progress := matter["progress"].([]any)
	c.call("undoProgress", object{"progress_id": dig(progress[len(progress)-1], "id")}, "id", talk)
	c.call("correctMatter", object{"type": "complaint"}, "id", talk)
	c.call("openMatter", object{"need": "An invoice for the last order"}, "id", talk)
	c.matters(talk)
	c.call("planFollowUp", object{"text": "Hello {{customer.first_name}}, how was the party?", "template_id": "", "due_at": chat.SystemClock().Add(48 * time.Hour)}, "id", talk)
	c.call("readFollowUp", nil, "id", talk)
	c.call("readClosing", nil, "id", talk)
	c.call("listHeldFollowUps", nil, "?", "site="+site)
	c.call("dropFollowUp", nil, "id", talk)
	c.call("saveDraft", object{"kind": "reply", "text": "Dear Maria, the ca"}, "id", talk)
	c.call("viewConversation", nil, "id", talk)
	c.call("readThread", nil, "id", talk, "?", "before=6")
	c.call("declineConversation", object{}, "id", talk)
	c.call("releaseConversation", object{}, "id", talk)
	c.call("closeConversation", object{}, "id", talk)
	c.call("reopenConversation", object{}, "id", talk)
	c.call("viewConversation", nil, "id", talk)
}

// matters goes from one thing that the conversation is about to the other and back.
func (c *contract) matters(talk string) {
	all := c.call("listMatters", nil, "id", talk)
	list := all["matters"].([]any)
	first, second := dig(list[0], "id").(string), dig(list[1], "id").(string)
	c.call("fileMessage", object{"matter_id": second}, "id", talk, "message", dig(all, "said", "message_id").(string))
	c.call("turnMatter", object{}, "id", talk, "matter", first)
	if now := c.call("dropMatter", object{}, "id", talk, "matter", second); now["id"] != first {
		c.t.Errorf("after dropping the second matter: %v", now)
	}
}

func (c *contract) people(talk string) {
	person := dig(c.call("viewConversation", nil, "id", talk), "person", "id").(string)
	c.call("changePerson", object{"segment": "existing"}, "id", person)
	note := c.call("addNote", object{"text": "Prefers a call after five."}, "id", person)["id"].(string)
	c.call("viewConversation", nil, "id", talk)
	c.call("deleteNote", nil, "id", person, "note", note)
	c.byHand(person, talk)
}

func (c *contract) site(site string) {
	c.call("listSites", nil)
	c.call("addSite", object{"name": "Lumen & Clay, Berlin"})
	c.call("changeSite", object{"reply_note": "Usually answers within minutes.", "hours": object{"kept": true, "zone": "Europe/Berlin", "week": chat.Week{1: {{Open: 540, Close: 1020}}}, "country": "DE"}, "waiting": chat.DefaultWaiting()}, "id", site)
	c.call("listHolidays", nil, "?", "country=DE-BY")
	c.call("previewWaiting", object{"hours": chat.Hours{Kept: true}, "waiting": chat.DefaultWaiting(), "locale": "en", "zone": "Europe/Berlin"}, "id", site)
	c.look(site)
	c.call("listPlaces", nil, "id", site)
	c.call("previewRetention", nil, "id", site, "?", "months=12")
	c.call("changeSite", object{"retention": object{"months": 12}}, "id", site)
	c.identity(site)
	c.webhooks(site)
	c.imports(site)
	c.call("listPrompts", nil, "id", site)
	words := object{"title": "Looking", "shortcut": "look", "body": "I am looking for it.", "steps": []string{"greeting"}, "scope": "site"}
	template := c.call("addTemplate", words, "id", site)["id"].(string)
	words["files"] = []any{c.upload("uploadFile", "?site="+site, "returns form.pdf", "application/pdf", "%PDF-1.7 a form")}
	c.call("changeTemplate", words, "id", site, "tid", template)
	c.call("listVersions", nil, "id", site, "tid", template)
	c.call("listTemplates", nil, "id", site)
	c.call("deleteTemplate", nil, "id", site, "tid", template)
	c.call("findCommitments", object{"text": "I'll call you tomorrow at noon.", "zone": "Europe/Berlin"}, "id", site)
}

// identity tries out how the site's own server vouches for customers.
func (c *contract) identity(site string) {
	before := c.call("listIdentitySecrets", nil, "id", site)["secrets"].([]any)[0].(map[string]any)["kid"].(string)
	sample := c.call("sampleIdentity", object{}, "id", site)
	c.call("tryIdentity", object{"token": sample["token"]}, "id", site)
	c.call("rotateIdentitySecret", object{}, "id", site)
	c.call("endIdentitySecret", nil, "id", site, "kid", before)
}

// guide writes one of each kind, and sends the whole on its way.
func (c *contract) guide(site string) {
	c.call("listRules", nil)
	c.call("tryRules", object{"text": "Hello Maria, how can I help?", "step": "greeting"})
	prompt := object{"step": "closing", "text": "Wave", "help": "", "evidence": "", "fit": object{"moods": []string{"fine"}}, "position": 9}
	id := c.call("addPrompt", prompt, "id", site)["id"].(string)
	c.call("changePrompt", prompt, "id", site, "pid", id)
	c.call("listPromptVersions", nil, "id", site, "pid", id)
	ids := []string{}
	for _, one := range c.call("listPrompts", nil, "id", site)["prompts"].([]any) {
		ids = append([]string{dig(one, "id").(string)}, ids...)
	}
	c.call("orderPrompts", object{"ids": ids}, "id", site)
	c.call("deletePrompt", nil, "id", site, "pid", id)
	answer := object{"title": "When?", "shortcut": "", "text": "Now.", "link": "", "words": []string{"when"}, "pages": []string{}, "quick": true}
	id = c.call("addAnswer", answer, "id", site)["id"].(string)
	c.call("changeAnswer", answer, "id", site, "aid", id)
	c.call("listAnswers", nil, "id", site)
	c.call("orderAnswers", object{"ids": []string{id}}, "id", site)
	c.call("listAnswerUses", nil, "id", site)
	c.call("deleteAnswer", nil, "id", site, "aid", id)
	standard := object{"text": "We wave", "why": "It is kind.", "shown": "", "steps": []string{"closing"}, "position": 1}
	id = c.call("addStandard", standard, "id", site)["id"].(string)
	c.call("changeStandard", standard, "id", site, "nid", id)
	ids = nil
	for _, one := range c.call("listStandards", nil, "id", site)["standards"].([]any) {
		ids = append([]string{dig(one, "id").(string)}, ids...)
	}
	c.call("orderStandards", object{"ids": ids}, "id", site)
	c.call("deleteStandard", nil, "id", site, "nid", id)
	text := c.call("exportGuide", nil, "id", site, "?", "as=json")["text"]
	c.call("importGuide", object{"as": "json", "text": text}, "id", site)
	c.call("addStarter", object{"trade": "software"}, "id", site)
}

// team invites two: one is withdrawn, one joins from a browser of their own.
func (c *contract) team() {
	withdrawn := c.call("invite", object{"email": "no@shop.example", "role": "agent"})
	c.call("withdrawInvitation", nil, "id", withdrawn["id"].(string))
	link := c.call("invite", object{"email": "sam@shop.example", "role": "agent"})["link"].(string)
	_, token, _ := strings.Cut(link, "#")
	c.call("lookAtInvitation", object{"token": token})
	owner := c.browser
	c.browser = http.DefaultClient
	sam := c.call("acceptInvitation", object{"token": token, "name": "Sam Okoro", "password": "seven slow boats to nowhere"})
	c.browser = owner
	id := dig(sam, "agent", "id").(string)
	c.call("changeAgent", object{"role": "supervisor"}, "id", id)
	c.call("setAbsence", object{"until": time.Now().Add(time.Hour).UnixMilli(), "to_id": ""}, "id", id)
	c.call("readAbsence", nil, "id", id)
	c.call("changeAgent", object{"work": object{"capacity": 6, "languages": []string{"de", "en"}}}, "id", id)
	c.call("listAgents", nil)
	c.call("listSessionsOf", nil, "id", id)
	c.call("endSessionsOf", nil, "id", id)
	c.call("resetSecondStep", nil, "id", id)
	c.call("readSecurity", nil)
	c.call("listAudit", nil, "?", "noun=site")
	c.call("checkAudit", nil)
	c.call("setSecurity", object{"second_step_roles": []string{}})
	reader := c.call("addRole", object{"name": "Reader", "permissions": []string{"conversation.read", "report.read"}})["id"].(string)
	c.call("listRoles", nil)
	c.call("changeRole", object{"name": "Reader", "permissions": []string{"conversation.read"}}, "id", reader)
	c.call("deleteRole", nil, "id", reader)
	repairs := c.call("addTeam", object{"name": "Repairs", "skills": object{"types": []string{"complaint"}}, "members": []string{id}})["id"].(string)
	c.call("listTeams", nil)
	c.call("changeTeam", object{"name": "Repairs and spares", "skills": object{}, "members": []string{}}, "id", repairs)
	c.call("deleteTeam", nil, "id", repairs)
	c.call("endAbsence", nil, "id", id)
	c.call("listAgents", nil)
}

// goodbye signs everybody out, in every way there is.
func (c *contract) goodbye(key, talk string) {
	c.call("readMe", nil)
	c.call("renameMe", object{"name": "Ben"})
	c.call("setStatus", object{"status": "online", "no_new_minutes": 10})
	c.call("listOffers", nil)
	c.csrf = c.call("changePassword", object{"old": "a long walk by the river", "new": "nine kind words before noon"})["csrf"].(string)
	c.secondStep()
	c.reach()
	session := dig(c.call("listSessions", nil)["sessions"].([]any)[0], "id").(string)
	c.call("endSession", nil, "id", session)
	c.csrf = c.call("login", object{"email": "ben@shop.example", "password": "nine kind words before noon"})["csrf"].(string)
	c.call("logout", object{})
	c.csrf = c.call("login", object{"email": "ben@shop.example", "password": "nine kind words before noon"})["csrf"].(string)
	c.call("endSessions", nil)
	c.call("endOwnConversation", object{}, "id", talk)
	c.call("leaveAddress", object{"email": "maria@example.org"}, "id", talk)
	c.call("giveFeedback", object{"solved": "yes", "rating": 4}, "id", talk)
	c.figures(talk)
	c.call("sendOwnTranscript", object{"email": "maria@example.org"}, "id", talk)
	c.call("forgetDevice", object{})
}
