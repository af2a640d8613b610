package console

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

// shapes are the interfaces of protocol.ts: field → whether it may be missing.
type shapes map[string]map[string]bool

var (
	interfaceHead = regexp.MustCompile(`(?m)^export interface (\w+)(?: extends (\w+))? \{$`)
	fieldLine     = regexp.MustCompile(`^  (\w+)(\?)?: `)
)

func readShapes(t *testing.T) shapes {
	t.Helper()
	var text []byte
	parts, err := filepath.Glob("../static/src/wire/protocol*.ts")
	if err != nil || len(parts) < 5 {
		t.Fatalf("the protocol is in %q, %v", parts, err)
	}
	for _, part := range parts {
		read, err := os.ReadFile(part)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, read...)
	}
	out, parents := shapes{}, map[string]string{}
	for _, m := range interfaceHead.FindAllStringSubmatchIndex(string(text), -1) {
		name := string(text[m[2]:m[3]])
		if m[4] >= 0 {
			parents[name] = string(text[m[4]:m[5]])
		}
		body, _, _ := strings.Cut(string(text[m[1]:]), "\n}")
		out[name] = map[string]bool{}
		for l := range strings.SplitSeq(body, "\n") {
			if f := fieldLine.FindStringSubmatch(l); f != nil {
				out[name][f[1]] = f[2] == "?"
			}
		}
	}
	for child, parent := range parents {
		maps.Copy(out[child], out[parent])
	}
	return out
}

// fits checks that value has the fields of the interface, no others, and none
// of them null but those named.
func (s shapes) fits(t *testing.T, name string, value any, mayBeNull ...string) {
	t.Helper()
	got, ok := value.(map[string]any)
	if !ok || s[name] == nil {
		t.Errorf("%s: got %T", name, value)
		return
	}
	for field, optional := range s[name] {
		v, there := got[field]
		if !there && !optional || there && v == nil && !slices.Contains(mayBeNull, field) {
			t.Errorf("%s.%s: there %v, value %v", name, field, there, v)
		}
	}
	for field := range got {
		if _, known := s[name][field]; !known {
			t.Errorf("%s.%s is not in the protocol", name, field)
		}
	}
}

// each checks every element of a list that is not empty.
func (s shapes) each(t *testing.T, name string, list any, mayBeNull ...string) {
	t.Helper()
	items, _ := list.([]any)
	if len(items) == 0 {
		t.Errorf("no %s to look at: %v", name, list)
	}
	for _, v := range items {
		s.fits(t, name, v, mayBeNull...)
	}
}

func (b *browser) raw(method, path string, body any) map[string]any {
	b.w.t.Helper()
	var out map[string]any
	b.do(method, path, body, &out)
	return out
}

func TestAnswersHaveTheProtocolsShape(t *testing.T) {
	s := readShapes(t)
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	me := b.raw(get, "/me", nil)
	s.fits(t, "Me", me)
	s.fits(t, "Agent", me["agent"])
	s.each(t, "Site", me["sites"])
	s.each(t, "AgentSession", b.raw(get, "/me/sessions", nil)["sessions"])
	s.fits(t, "Invitation", b.raw(post, "/invitations", object{"email": "ben@shop.example", "role": "agent"}))
	team := b.raw(get, "/agents", nil)
	s.each(t, "Agent", team["agents"])
	s.each(t, "Invitation", team["invitations"])
	s.fits(t, "SecondStep", b.raw(get, "/me/second-step", nil))
	s.fits(t, "Security", b.raw(get, "/security", nil))
	watcher := object{"name": "Watcher", "permissions": []string{"conversation.read"}}
	s.fits(t, "RoleView", b.raw(post, "/roles", watcher))
	s.each(t, "RoleView", b.raw(get, "/roles", nil)["roles"])
	repairs := object{"name": "Repairs", "skills": object{"types": []string{"complaint"}}, "members": []string{w.hire("Cem", chat.AgentRole).ID}}
	s.fits(t, "Team", b.raw(post, "/teams", repairs))
	s.each(t, "Team", b.raw(get, "/teams", nil)["teams"])
	s.fits(t, "Agent", b.raw(patch, "/agents/"+w.hire("Ben", chat.AgentRole).ID, object{"role": "supervisor"}))

	site := "/sites/" + w.site.ID
	s.each(t, "Site", b.raw(get, "/sites", nil)["sites"])
	s.fits(t, "Site", b.raw(patch, site, object{"name": "Lumen"}))
	s.fits(t, "APIKey", b.raw(post, site+"/api-keys", object{"name": "Order system"}))
	s.each(t, "APIKey", b.raw(get, site+"/api-keys", nil)["keys"])
	s.each(t, "Prompt", b.raw(get, site+"/prompts", nil)["prompts"])
	prompt := object{"step": "closing", "text": "Wave", "help": "", "evidence": "", "fit": object{}, "position": 1}
	own := site + "/prompts/" + b.raw(post, site+"/prompts", prompt)["id"].(string)
	b.raw(put, own, prompt)
	said := b.raw(get, own+"/versions", nil)
	s.each(t, "PromptVersion", said["versions"])
	s.fits(t, "PromptVersion", said["current"])
	s.each(t, "Template", b.raw(get, site+"/templates", nil)["templates"])
	s.each(t, "Answer", b.raw(get, site+"/answers", nil)["answers"])
	s.fits(t, "AnswerUses", b.raw(get, site+"/answers/uses", nil))
	s.each(t, "Standard", b.raw(get, site+"/standards", nil)["standards"])
	text := object{"title": "T", "shortcut": "/Tea", "body": "Hi {{customer.first_name}}", "steps": []string{"greeting"}, "scope": "site"}
	template := b.raw(post, site+"/templates", text)
	s.fits(t, "Template", template)
	if template["shortcut"] != "tea" || template["scope"] != "site" {
		t.Errorf("got %v", template)
	}
	s.fits(t, "Template", b.raw(put, site+"/templates/"+template["id"].(string), text))
	s.fits(t, "Outcome", template["as_is"])
	history := b.raw(get, site+"/templates/"+template["id"].(string)+"/versions", nil)
	s.each(t, "TemplateVersion", history["versions"])
	s.fits(t, "TemplateVersion", history["current"])
	s.each(t, "EvidenceRule", b.raw(get, "/rules", nil)["rules"])
	s.fits(t, "Landed", b.raw(post, site+"/guide/starter", object{"trade": "clinic"}))
}

func TestConversationHasTheProtocolsShape(t *testing.T) {
	s := readShapes(t)
	w := newWorld(t)
	b := w.seat(w.hire("Ana Lindqvist", chat.Owner))
	v := w.arrives("Hello, where is my parcel?")
	c := "/conversations/" + v.id
	s.fits(t, "Row", b.raw(post, c+"/take", nil))
	s.fits(t, "Message", b.raw(post, c+"/messages", object{"client_id": "client-1", "kind": "reply", "text": "Good morning! Let me look."})["message"])
	s.fits(t, "Message", b.raw(post, c+"/messages", object{"client_id": "client-2", "kind": "note", "text": "Third time this week"})["message"])
	s.fits(t, "Matter", b.raw(post, c+"/step", object{"step": "agreeing"}))
	s.each(t, "TagCard", b.raw(post, c+"/tags", object{"name": "gift"})["tags"])
	s.each(t, "Tag", b.raw(get, "/sites/"+w.site.ID+"/tags", nil)["tags"])
	b.do(put, c+"/draft", object{"kind": "note", "text": "ask the depot"}, nil)
	page := b.raw(get, "/conversations?site="+w.site.ID+"&list=mine", nil)
	s.fits(t, "RowPage", page)
	s.each(t, "Row", page["rows"])
	if counts, _ := json.Marshal(page["counts"]); string(counts) != `{"mine":1,"open":1,"queue":0,"snoozed":0}` {
		t.Errorf("counts %s", counts)
	}
	person := b.raw(get, c, nil)["person"].(map[string]any)["id"].(string)
	s.fits(t, "Person", b.raw(patch, "/people/"+person, object{"name": "Maria Lopez", "segment": "existing"}))
	s.fits(t, "PersonNote", b.raw(post, "/people/"+person+"/notes", object{"text": "Has two cats"}))
	w.must(w.store.AddPageView(t.Context(), &chat.PageView{ID: chat.NewID(), PersonID: person, URL: "https://shop.example/", Title: "Shop"}))
	w.earlier(person)
	w.pageReports(v, "reference: 4411")
	s.fits(t, "Complaint", b.raw(post, c+"/complaint", nil))
	s.fits(t, "FollowUp", b.raw(put, c+"/follow-up", object{"text": "How was it?", "due_at": chat.SystemClock().Add(48 * time.Hour)})["follow_up"])
	ending := b.raw(get, c+"/closing", nil)
	s.fits(t, "ClosingView", ending)
	s.fits(t, "ClosingWords", ending["words"].([]any)[0])
	s.fits(t, "FollowUp", ending["follow_up"])

	view := b.raw(get, c, nil)
	s.fits(t, "ConversationView", view)
	s.fits(t, "Row", view["row"])
	s.each(t, "Message", view["messages"])
	s.fits(t, "Author", view["messages"].([]any)[0].(map[string]any)["author"])
	s.fits(t, "Marks", view["marks"])
	s.fits(t, "Matter", view["matter"])
	s.each(t, "Progress", view["matter"].(map[string]any)["progress"])
	s.fits(t, "Person", view["person"])
	s.each(t, "Delay", view["delays"])
	s.each(t, "PersonNote", view["notes"])
	s.each(t, "PageView", view["pages"])
	s.each(t, "Row", view["earlier"], "assignee")
	s.fits(t, "Draft", view["draft"])
	if vars := view["variables"].(map[string]any); vars["customer.first_name"] != "Maria" || vars["agent.first_name"] != "Ana" || vars["site.name"] != w.site.Name {
		t.Errorf("variables %v", vars)
	}
	var types []string
	for _, e := range view["events"].([]any) {
		types = append(types, e.(map[string]any)["type"].(string))
	}
	for _, want := range []string{"conversation.started", "conversation.taken", "step.moved"} {
		if !slices.Contains(types, want) {
			t.Errorf("no %s among %v", want, types)
		}
	}
	for _, other := range []string{"message.posted", "note.posted", "person.updated"} {
		if slices.Contains(types, other) {
			t.Errorf("%s is no line of its own: %v", other, types)
		}
	}
}

// earlier gives a customer a closed conversation that began before all others.
func (w *world) earlier(person string) {
	w.t.Helper()
	w.must(w.store.Write(w.t.Context(), func(tx chat.Tx) error {
		c := &chat.Conversation{ID: chat.NewID(), SiteID: w.site.ID, PersonID: person, Channel: chat.ChannelChat, State: chat.Closed, MatterID: chat.NewID(), StartedAt: 1, ClosedAt: 2}
		if err := tx.InsertConversation(c); err != nil {
			return err
		}
		return tx.InsertMatter(&chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, Step: chat.Closing, OpenedAt: 1})
	}))
}
