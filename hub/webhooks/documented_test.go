package webhooks_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"rapport/hub/chat"
	"rapport/static"
)

// What is sent is what the OpenAPI document says, and nothing else stands in it.
func TestWhatIsSentIsDocumented(t *testing.T) {
	file, ok := static.LookupDoc("openapi.json")
	if !ok {
		t.Fatal("there is no document")
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(file.Body()))
	if err != nil {
		t.Fatal(err)
	}
	closed(doc)
	var kinds []chat.EventType
	for _, k := range at(doc, "components", "schemas", "WebhookKind")["enum"].([]any) {
		kinds = append(kinds, chat.EventType(k.(string)))
	}
	if !slices.Equal(kinds, chat.WebhookKinds) {
		t.Errorf("the document tells of %v", kinds)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("https://docs.invalid/openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("https://docs.invalid/openapi.json#/components/schemas/WebhookEvent")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	v := w.hook()
	talk := w.talk()
	w.says(talk, chat.Reply, "Where is my lamp?")
	w.appends(talk, chat.Event{Type: chat.ConversationTaken, By: chat.ByAgent, ByID: w.agent.ID, AgentID: w.agent.ID})
	w.appends(talk, chat.Event{Type: chat.ConversationReleased, By: chat.ByAgent, ByID: w.agent.ID, AgentID: w.agent.ID})
	w.appends(talk, chat.Event{Type: chat.ConversationClosed, By: chat.ByAgent, ByID: w.agent.ID})
	w.appends(talk, chat.Event{Type: chat.ConversationReopened, By: chat.ByPerson})
	w.delivers(v)
	w.erases(talk)
	w.delivers(v)
	if _, err := w.sender.Try(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	if n := len(w.got()); n != 8 {
		t.Errorf("%d requests", n)
	}
	for _, r := range w.got() {
		body, err := jsonschema.UnmarshalJSON(bytes.NewReader(r.body))
		if err == nil {
			err = schema.Validate(body)
		}
		if err != nil {
			t.Errorf("%s: %v", r.body, err)
		}
	}
}

// closed forbids fields that a schema does not name.
func closed(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, fields := v["properties"].(map[string]any); fields && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
		for _, child := range v {
			closed(child)
		}
	case []any:
		for _, child := range v {
			closed(child)
		}
	}
}

func at(v any, keys ...string) map[string]any {
	for _, k := range keys {
		v = v.(map[string]any)[k]
	}
	return v.(map[string]any)
}
