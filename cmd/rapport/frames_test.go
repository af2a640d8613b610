package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"rapport/hub/chat"
	"rapport/static"
)

const asyncapiAt = "https://docs.invalid/asyncapi.json"

// line is a socket whose every frame, both ways, is held to asyncapi.json.
type line struct {
	*contract
	name   string // visitor or agent
	ws     *websocket.Conn
	frames chan object
}

// dial opens a socket as a program of somebody else's would.
func (c *contract) dial(name, place string) *line {
	c.t.Helper()
	at, err := url.Parse(c.base)
	if err != nil {
		c.t.Fatal(err)
	}
	header := http.Header{"Origin": {c.base}}
	if name == "agent" {
		for _, cookie := range c.browser.Jar.Cookies(at) {
			header.Add("Cookie", cookie.String())
		}
		header.Set("Origin", c.console)
	}
	ws, _, err := websocket.DefaultDialer.Dial("ws://"+at.Host+place, header)
	if err != nil {
		c.t.Fatalf("%s: %v", place, err)
	}
	l := &line{c, name, ws, make(chan object, 100)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.read()
	}()
	c.t.Cleanup(func() {
		_ = ws.Close()
		<-done
	})
	return l
}

func (l *line) read() {
	defer close(l.frames)
	for {
		_, data, err := l.ws.ReadMessage()
		if err != nil {
			return
		}
		var frame object
		if json.Unmarshal(data, &frame) == nil {
			l.frames <- object{"raw": data, "frame": frame}
		}
	}
}

// holdFrame checks a frame against its message.
func (c *contract) holdFrame(message string, data []byte) {
	c.t.Helper()
	schema, err := c.compiler.Compile(asyncapiAt + "#/components/messages/" + message + "/payload")
	if err != nil {
		c.t.Fatalf("%s: %v", message, err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		c.t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		c.t.Errorf("%s: %v\n%s", message, err, data)
	}
}

func (l *line) send(frame object) {
	l.t.Helper()
	data, err := json.Marshal(frame)
	if err != nil {
		l.t.Fatal(err)
	}
	l.holdFrame(l.name+"."+frame["type"].(string), data)
	if err := l.ws.WriteMessage(websocket.TextMessage, data); err != nil {
		l.t.Fatal(err)
	}
}

// await reads frames until one of this type for which ok, if given, holds.
func (l *line) await(kind string, ok func(object) bool) object {
	l.t.Helper()
	late := time.After(5 * time.Second)
	for {
		select {
		case got, open := <-l.frames:
			if !open {
				l.t.Fatalf("the %s's socket closed before a frame %s", l.name, kind)
			}
			frame := got["frame"].(object)
			l.holdFrame("to_"+l.name+"."+frame["type"].(string), got["raw"].([]byte))
			if frame["type"] == kind && (ok == nil || ok(frame)) {
				return frame
			}
		case <-late:
			l.t.Fatalf("the %s got no frame %s", l.name, kind)
		}
	}
}

// has reports whether an events frame holds an event of this type.
func has(event string) func(object) bool {
	return func(f object) bool {
		for _, e := range f["events"].([]any) {
			if dig(e, "type") == event {
				return true
			}
		}
		return false
	}
}

func TestRealFramesAreAsDocumented(t *testing.T) {
	r := startServer(t, "--data", t.TempDir(), "--demo", "on")
	defer r.end(t)
	c := newContract(t, r.places.Widget)
	c.console, _, _ = strings.Cut(r.places.Console, "/console")
	c.learnFrames()
	_, setup, _ := strings.Cut(r.places.Setup, "#")
	me := c.call("setUp", object{"token": setup, "name": "Ben Carter", "email": "ben@shop.example", "password": "a long walk by the river"})
	c.csrf = me["csrf"].(string)
	site := dig(me["sites"].([]any)[0], "id").(string)
	c.token = c.call("startSession", object{"site": r.places.SiteKey})["token"].(string)

	maria, ben := c.dial("visitor", "/v1/widget/socket"), c.dial("agent", "/v1/console/socket")
	maria.send(object{"type": "hello", "protocol": 1, "token": c.token, "epoch": "", "resume": object{}})
	maria.await("hello", nil)
	ben.send(object{"type": "hello", "protocol": 1, "csrf": c.csrf, "epoch": "", "sites": object{}, "open": object{}, "status": "online"})
	epoch := ben.await("hello", nil)["epoch"]
	maria.await("presence", func(f object) bool { return dig(f, "presence", "status") == "online" })

	talk := c.theyTalk(maria, ben)
	c.theyAgree(maria, ben, talk)
	c.theyMoveOn(maria, ben, talk)
	c.theyResume(epoch, site, talk)
}

// learnFrames adds asyncapi.json, closed where it is open to additions.
func (c *contract) learnFrames() {
	f, _ := static.LookupDoc("asyncapi.json")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Body()))
	if err != nil {
		c.t.Fatal(err)
	}
	closeShapes(doc)
	if err := c.compiler.AddResource(asyncapiAt, doc); err != nil {
		c.t.Fatal(err)
	}
}

// theyTalk goes from the first message to a read reply.
func (c *contract) theyTalk(maria, ben *line) string {
	talk := chat.NewID()
	hello := object{"type": "post", "ref": "r-1", "conversation_id": talk, "client_id": "c-frames-1", "text": "Where is my order?"}
	maria.send(hello)
	maria.await("ack", nil)
	maria.await("events", has("message.posted"))
	maria.send(hello)
	maria.await("ack", nil)
	ben.await("rows", nil)
	ben.send(object{"type": "open", "conversation_id": talk, "after": 0})
	ben.await("events", has("matter.opened"))
	ben.await("watching", nil)
	ben.send(object{"type": "typing", "conversation_id": talk, "kind": "reply", "on": true})
	maria.await("typing", nil)
	ben.send(object{"type": "post", "ref": "r-2", "conversation_id": talk, "client_id": "c-frames-2", "kind": "note", "text": "Van broke down."})
	ben.await("ack", nil)
	ben.send(object{"type": "post", "ref": "r-3", "conversation_id": talk, "client_id": "c-frames-3", "kind": "reply", "text": "Hello, I am Ben. Thank you for writing."})
	ben.await("events", has("step.moved"))
	answer := maria.await("events", has("message.posted"))["events"].([]any)
	last := dig(answer[len(answer)-1], "seq")
	maria.send(object{"type": "delivered", "conversation_id": talk, "seq": last})
	maria.send(object{"type": "read", "conversation_id": talk, "seq": last})
	ben.await("marks", nil)
	maria.send(object{"type": "typing", "conversation_id": talk, "on": true})
	ben.await("typing", nil)
	return talk
}

// theyMoveOn covers the frames beside the talk, and both refusals.
func (c *contract) theyMoveOn(maria, ben *line, talk string) {
	maria.send(object{"type": "page", "url": "https://shop.example/cart", "title": "Cart"})
	ben.await("page", nil)
	ben.send(object{"type": "read", "conversation_id": talk, "seq": 3})
	c.call("tickPrompt", object{"state": "not_needed"}, "id", talk, "key", "let_finish")
	ben.await("events", has("prompt.ticked"))
	c.call("renameMe", object{"name": "Ben"})
	ben.await("changed", nil)
	ben.send(object{"type": "post", "ref": "r-4", "conversation_id": talk, "client_id": "c-frames-4", "kind": "reply", "text": "Dear {{customer.first_name}}"})
	ben.await("error", func(f object) bool { return f["code"] == "placeholder_left" && f["ref"] == "r-4" })
	maria.send(object{"type": "post", "ref": "r-5", "conversation_id": talk, "client_id": "c-frames-5", "text": " "})
	maria.await("error", func(f object) bool { return f["field"] == "text" })
	ben.send(object{"type": "status", "status": "away"})
	ben.await("team", nil)
	maria.await("presence", func(f object) bool { return dig(f, "presence", "status") == "away" })
	maria.send(object{"type": "end", "ref": "r-6", "conversation_id": talk})
	maria.await("ack", nil)
	ben.await("events", has("conversation.closed"))
	maria.send(object{"type": "resume", "conversation_id": talk, "after": 1})
	maria.await("events", has("conversation.closed"))
	maria.send(object{"type": "beat"})
	ben.send(object{"type": "beat"})
	ben.send(object{"type": "shut", "conversation_id": talk})
}

// theyResume comes back with numbers that can be continued and some that cannot.
func (c *contract) theyResume(epoch any, site, talk string) {
	maria := c.dial("visitor", "/v1/widget/socket")
	maria.send(object{"type": "hello", "protocol": 1, "token": c.token, "epoch": epoch, "resume": object{talk: 1}})
	maria.await("events", has("message.posted"))
	maria.await("marks", nil)
	ahead := c.dial("visitor", "/v1/widget/socket")
	ahead.send(object{"type": "hello", "protocol": 1, "token": c.token, "epoch": epoch, "resume": object{talk: 999}})
	ahead.await("reload", func(f object) bool { return f["reason"] == "ahead" })
	ben := c.dial("agent", "/v1/console/socket")
	ben.send(object{"type": "hello", "protocol": 1, "csrf": c.csrf, "epoch": epoch, "sites": object{site: 1}, "open": object{talk: 2}, "status": "online"})
	ben.await("rows", nil)
	ben.await("events", has("note.posted"))
	restored := c.dial("agent", "/v1/console/socket")
	restored.send(object{"type": "hello", "protocol": 1, "csrf": c.csrf, "epoch": "another", "sites": object{site: 1}, "open": object{talk: 2}, "status": "online"})
	restored.await("reload", func(f object) bool { return f["site_id"] == site })
	restored.await("reload", func(f object) bool { return f["conversation_id"] == talk })
}
