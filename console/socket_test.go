package console

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
	"rapport/storage"
)

func TestHelloTellsWhereThingsStand(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.Supervisor)
	w.arrives("Hello")
	l := w.seat(ana).connect()
	_, head, err := w.store.Counts(t.Context(), w.site.ID, "")
	w.must(err)
	h := l.hello
	if h.Agent.Role != chat.Supervisor || h.Agent.ID != ana.ID || h.Sites[w.site.ID] != head || h.Epoch != w.store.Epoch() || h.Protocol != 1 ||
		h.Limits.Text != chat.MaxText || len(h.Team) != 1 || h.Team[0].Status != "online" {
		t.Fatalf("got %+v", h)
	}
	if waits := h.Waits[w.site.ID]; waits.Queue != 1 || len(waits.Mine) != 0 {
		t.Errorf("who waits is told as %+v", h.Waits)
	}
	w.seat(w.hire("Ben", chat.AgentRole)).connect(func(f object) { f["status"] = "away" })
	var team struct{ Team []wire.TeamMember }
	for len(team.Team) < 2 {
		l.JSON(t, "team", &team)
	}
	l.send(object{"type": "status", "status": "away"})
	for team.Team[0].Status != "away" {
		l.JSON(t, "team", &team)
	}
}

func TestHelloIsChecked(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	many := object{}
	for range maxOpen + 1 {
		many[chat.NewID()] = 0
	}
	for name, spoil := range map[string]func(object){
		"type":     func(f object) { f["type"] = "post" },
		"protocol": func(f object) { f["protocol"] = 2 },
		"status":   func(f object) { f["status"] = "asleep" },
		"open":     func(f object) { f["open"] = many },
		"token":    func(f object) { f["token"] = b.cookie }, // a field of the visitors'
	} {
		c, _ := b.upgrade(apiPrefix+"/socket", w.url)
		l := &line{Client: c, t: t}
		l.send(b.hello(spoil))
		if got := l.gets("error"); got.Field != name {
			t.Errorf("%s: %+v", name, got)
		}
		l.ends(hub.BadFrame)
	}
}

func TestAgentAndVisitorTalk(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.AgentRole)
	v := w.arrives("Hello, where is my parcel?")
	visitor := v.connect()
	l := w.seat(ana).connect()
	l.send(object{"type": "open", "conversation_id": v.id, "after": 0})
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	if seqs, types := l.events(row.Seq); seqs[0] != 1 || types[0] != "conversation.started" || len(seqs) != int(row.Seq) {
		t.Fatalf("got %v %v", seqs, types)
	}
	l.send(object{"type": "typing", "conversation_id": v.id, "kind": "reply", "on": true})
	if f := visitor.gets("typing"); !f.On || f.ConversationID != v.id {
		t.Fatalf("got %+v", f)
	}
	l.send(object{"type": "read", "conversation_id": v.id, "seq": row.Seq})
	if f := visitor.gets("marks"); f.Marks.AgentRead != row.PublicSeq {
		t.Fatalf("visitor's marks %+v, public head %d", f.Marks, row.PublicSeq)
	}
	if f := l.gets("marks"); f.Marks.AgentRead != row.Seq {
		t.Fatalf("team's marks %+v, head %d", f.Marks, row.Seq)
	}
	l.send(object{"type": "post", "ref": "r1", "conversation_id": v.id, "client_id": "client-1", "kind": "reply", "text": "Good morning! Let me look."})
	ack := l.gets("ack")
	var m wire.Message
	w.must(json.Unmarshal(ack.Message, &m))
	if ack.Ref != "r1" || m.ClientID != "client-1" || m.Author.ID != ana.ID || ack.ConversationID != v.id {
		t.Fatalf("got %+v, %+v", ack, m)
	}
	l.send(object{"type": "post", "ref": "r2", "conversation_id": v.id, "client_id": "client-1", "kind": "reply", "text": "Something else"})
	var again wire.Message
	w.must(json.Unmarshal(l.gets("ack").Message, &again))
	if again.ID != m.ID || again.Text != m.Text {
		t.Fatalf("sent again: %+v, first %+v", again, m)
	}
	for {
		if f := visitor.gets("events"); slices.ContainsFunc(f.Events, func(e wire.Event) bool { return e.Message != nil && e.Message.Text == m.Text }) {
			break
		}
	}
}

func TestDeliveredOfManyAtOnce(t *testing.T) {
	w := newWorld(t)
	v, other := w.arrives("Hello"), w.arrives("Hi")
	visitor := v.connect()
	l := w.seat(w.hire("Ana", chat.AgentRole)).connect()
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	l.send(object{"type": "delivered", "seqs": object{v.id: row.Seq, other.id: row.Seq, chat.NewID(): 1}})
	if f := l.gets("error"); f.Code != string(chat.NotFound) {
		t.Errorf("one that is not there: %+v", f)
	}
	if f := visitor.gets("marks"); f.Marks.AgentDelivered != row.PublicSeq || f.Marks.AgentRead != 0 {
		t.Errorf("visitor's marks %+v, public head %d", f.Marks, row.PublicSeq)
	}
	for _, id := range []string{v.id, other.id} {
		if row, err = w.store.RowByID(t.Context(), id); err != nil || row.Marks.AgentDelivered != row.Seq {
			t.Errorf("%s is delivered up to %d of %d, %v", id, row.Marks.AgentDelivered, row.Seq, err)
		}
	}
	many := object{}
	for range maxDelivered + 1 {
		many[chat.NewID()] = 1
	}
	l.send(object{"type": "delivered", "seqs": many})
	if f := l.gets("error"); f.Field != "seqs" {
		t.Errorf("too many: %+v", f)
	}
}

func TestNotesNeverReachTheVisitor(t *testing.T) {
	w := newWorld(t)
	v := w.arrives("Hello")
	visitor := v.connect()
	l := w.seat(w.hire("Ana", chat.AgentRole)).connect()
	say := func(kind, text string) {
		l.send(object{"type": "typing", "conversation_id": v.id, "kind": kind, "on": true})
		l.send(object{"type": "post", "ref": text, "conversation_id": v.id, "client_id": chat.NewID(), "kind": kind, "text": text})
		l.gets("ack")
	}
	l.send(object{"type": "open", "conversation_id": v.id, "after": 0})
	say("note", "canary one")
	say("note", "canary two")
	say("reply", "the last word")
	seen, last := "", int64(0)
	for !strings.Contains(seen, "the last word") {
		f := visitor.Receive(t)
		seen += string(f.Payload)
		var e frame
		if json.Unmarshal(f.Payload, &e) == nil {
			for _, event := range e.Events {
				if last > 0 && event.Seq != last+1 {
					t.Errorf("public number %d after %d", event.Seq, last)
				}
				last = event.Seq
			}
		}
	}
	if strings.Contains(seen, "canary") || strings.Contains(seen, `"note`) {
		t.Errorf("the visitor's socket carried %s", seen)
	}
}

func TestRefusalsOnTheSocket(t *testing.T) {
	w := newWorld(t)
	v := w.arrives("Hello")
	l := w.seat(w.hire("Ana", chat.AgentRole)).connect()
	post := func(change object) object {
		f := object{"type": "post", "ref": "r", "conversation_id": v.id, "client_id": "client-1", "kind": "reply", "text": "Hi"}
		for k, v := range change {
			f[k] = v
		}
		return f
	}
	for _, c := range []struct {
		frame            object
		code, field, ref string
	}{
		{post(object{"text": "Hello {{customer.first_name}}"}), "placeholder_left", "text", "r"},
		{post(object{"text": " \n "}), "invalid", "text", "r"},
		{post(object{"text": strings.Repeat("ä", chat.MaxText+1)}), "invalid", "text", "r"},
		{post(object{"kind": "auto"}), "invalid", "kind", "r"},
		{post(object{"client_id": "x"}), "invalid", "client_id", "r"},
		{post(object{"conversation_id": chat.NewID()}), "not_found", "", "r"},
		{post(object{"ref": strings.Repeat("r", door.MaxRef+1)}), "invalid", "ref", ""},
		{object{"type": "status", "status": "online", "ref": strings.Repeat("r", door.MaxRef+1)}, "invalid", "ref", ""},
		{object{"type": "shout", "louder": true, "ref": strings.Repeat("r", door.MaxRef+1)}, "unknown_field", "louder", ""},
		{object{"type": "shout"}, "invalid", "type", ""},
		{object{"type": "hello"}, "invalid", "type", ""},
		{object{"type": "beat", "louder": true}, "unknown_field", "louder", ""},
		{object{"type": "open", "conversation_id": chat.NewID()}, "not_found", "", ""},
		{object{"type": "open", "conversation_id": "team", "after": 0}, "not_found", "", ""},
		{object{"type": "open", "conversation_id": v.id, "after": -1}, "not_found", "", ""},
		{object{"type": "typing", "conversation_id": v.id, "kind": "reply", "on": true}, "invalid", "conversation_id", ""},
		{object{"type": "read", "conversation_id": chat.NewID(), "seq": 1}, "not_found", "", ""},
	} {
		l.send(c.frame)
		if got := l.gets("error"); got.Code != c.code || got.Field != c.field || got.Ref != c.ref {
			t.Errorf("%v: got %s %q ref %q", c.frame, got.Code, got.Field, got.Ref)
		}
	}
	l.Text(t, `{"type":"post","type":"beat"}`)
	if got := l.gets("error"); got.Code != "bad_json" {
		t.Errorf("got %+v", got)
	}
}

func TestResumeOfOpenConversations(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.AgentRole)
	v := w.arrives("one")
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	held := row.Seq
	for i := range 120 {
		v.says(fmt.Sprintf("message %d %s", i, strings.Repeat("long ", 400)))
	}
	row, err = w.store.RowByID(t.Context(), v.id)
	w.must(err)
	b := w.seat(ana)
	l := b.connect(func(f object) { f["open"] = object{v.id: held} })
	v.says("and while you resume")
	seqs, _ := l.events(row.Seq + 1)
	for i, seq := range seqs {
		if seq != held+1+int64(i) {
			t.Fatalf("place %d has number %d, want %d: %v", i, seq, held+1+int64(i), seqs)
		}
	}
	// Asking again on a live connection repeats what is asked for, in order.
	l.send(object{"type": "open", "conversation_id": v.id, "after": row.Seq - 3})
	if seqs, _ := l.events(row.Seq + 1); !slices.Equal(seqs, []int64{row.Seq - 2, row.Seq - 1, row.Seq, row.Seq + 1}) {
		t.Fatalf("got %v", seqs)
	}
	v.says("live again")
	if seqs, _ := l.events(row.Seq + 2); !slices.Equal(seqs, []int64{row.Seq + 2}) {
		t.Fatalf("got %v", seqs)
	}
	l.send(object{"type": "shut", "conversation_id": v.id})
	l.send(object{"type": "typing", "conversation_id": v.id, "kind": "note", "on": true})
	if f := l.gets("error"); f.Field != "conversation_id" {
		t.Fatalf("still open after shut: %+v", f)
	}
}

func TestReloadWhereResumingCannotBe(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	v := w.arrives("Hello")
	_, head, err := w.store.Counts(t.Context(), w.site.ID, "")
	w.must(err)
	for _, c := range []struct {
		name   string
		change func(object)
		site   bool
		reason string
	}{
		{"site of another epoch", func(f object) { f["epoch"], f["sites"] = "other", object{w.site.ID: head} }, true, wire.OtherEpoch},
		{"site ahead", func(f object) { f["sites"] = object{w.site.ID: head + 1} }, true, wire.Ahead},
		{"site too far", func(f object) { f["sites"] = object{w.site.ID: head - storage.MaxReplay - 1} }, true, wire.TooFar},
		{"open of another epoch", func(f object) { f["epoch"], f["open"] = "other", object{v.id: 1} }, false, wire.OtherEpoch},
		{"open ahead", func(f object) { f["open"] = object{v.id: 99} }, false, wire.Ahead},
	} {
		f := b.connect(c.change).gets("reload")
		if f.Reason != c.reason || (f.SiteID == w.site.ID) != c.site || (f.ConversationID == v.id) == c.site {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error {
		conversation, err := tx.Conversation(v.id)
		for i := 0; err == nil && i <= storage.MaxReplay; i++ {
			err = tx.Append(conversation, &chat.Event{Type: chat.ConversationReopened, At: tx.Now(), By: chat.BySystem})
		}
		if err != nil {
			return err
		}
		return tx.SaveConversation(conversation)
	}))
	l := b.connect(func(f object) { f["open"] = object{v.id: 1} })
	if f := l.gets("reload"); f.Reason != wire.TooFar || f.ConversationID != v.id {
		t.Errorf("open too far: %+v", f)
	}
	if f := b.connect(func(f object) { f["sites"] = object{w.site.ID: 1} }).gets("reload"); f.Reason != wire.TooFar || f.SiteID != w.site.ID {
		t.Errorf("site too far: %+v", f)
	}
}

func TestResumeOfASitesRows(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	w.arrives("before")
	_, held, err := w.store.Counts(t.Context(), w.site.ID, "")
	w.must(err)
	want := map[string]bool{}
	for range rowsFrame + 5 {
		want[w.arrives("while away").id] = true
	}
	l := b.connect(func(f object) { f["sites"] = object{w.site.ID: held} })
	at, got := held, map[string]bool{}
	for at < l.hello.Sites[w.site.ID] {
		f := l.gets("rows")
		if f.From != at {
			t.Fatalf("frame from %d, held %d", f.From, at)
		}
		at = f.SiteSeq
		for _, r := range f.Rows {
			got[r.ID] = true
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	live := w.arrives("live")
	for {
		f := l.gets("rows")
		if f.From != at {
			t.Fatalf("frame from %d, held %d", f.From, at)
		}
		at = f.SiteSeq
		if slices.ContainsFunc(f.Rows, func(r wire.Row) bool { return r.ID == live.id }) {
			break
		}
	}
}

func TestChangesOfSiteDataAreAnnounced(t *testing.T) {
	w := newWorld(t)
	owner := w.seat(w.hire("Ana", chat.Owner))
	l := w.seat(w.hire("Ben", chat.AgentRole)).connect()
	site := "/sites/" + w.site.ID
	text := object{"title": "T", "body": "Hi", "steps": []string{"greeting"}, "scope": "site"}
	for _, c := range []struct {
		method, path, what string
		body               object
	}{
		{patch, site, "site", object{"name": "Other"}},
		{post, site + "/identity-secret", "site", nil},
		{post, site + "/templates", "templates", text},
		{patch, "/me", "agents", object{"name": "Ana L."}},
	} {
		owner.do(c.method, c.path, c.body, nil)
		f := l.gets("changed")
		if f.What != c.what || f.SiteID != w.site.ID && c.what != "agents" {
			t.Errorf("%s %s: %+v", c.method, c.path, f)
		}
	}
}

func TestWhatAnAgentMutesTheirOtherConsolesHear(t *testing.T) {
	w := newWorld(t)
	ana := w.seat(w.hire("Ana", chat.Owner))
	here := ana.connect()
	ana.do(put, "/me/reach", object{"zone": "Europe/Berlin", "begins": 1260, "ends": 420, "mutes": []string{"mine.sound"}}, nil)
	if f := here.gets("changed"); f.What != "me" {
		t.Errorf("got %+v", f)
	}
}

func TestRenamedAgentIsRenamedLive(t *testing.T) {
	w := newWorld(t)
	ana := w.seat(w.hire("Ana", chat.AgentRole))
	l := ana.connect()
	v := w.arrives("Hello")
	ana.do(post, "/conversations/"+v.id+"/take", nil, nil)
	ana.do(patch, "/me", object{"name": "Ana Lima"}, nil)
	var team struct{ Team []wire.TeamMember }
	for len(team.Team) == 0 || team.Team[0].Name != "Ana Lima" {
		l.JSON(t, "team", &team)
	}
	var page struct{ Rows []wire.Row }
	ana.do(get, "/conversations?site="+w.site.ID+"&list=mine", nil, &page)
	if len(page.Rows) != 1 || page.Rows[0].Assignee.Name != "Ana Lima" {
		t.Errorf("the list says %+v", page.Rows)
	}
}

func TestSocketsOfOneAgentAreBounded(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.AgentRole))
	for range maxSockets {
		b.connect()
	}
	c, _ := b.upgrade(apiPrefix+"/socket", w.url)
	l := &line{Client: c, t: t}
	l.send(b.hello())
	if f := l.gets("error"); f.Code != string(chat.RateLimited) {
		t.Errorf("got %+v", f)
	}
	l.ends(hub.TooManyConnections)
}

// Sockets have no rights that outlive the conversation of rules in the desk:
// what two agents do at once ends with one of them having it.
func TestTakingAtOnce(t *testing.T) {
	w := newWorld(t)
	v := w.arrives("Hello")
	var team []*browser
	for i := range 8 {
		team = append(team, w.seat(w.hire(fmt.Sprintf("Agent%d", i), chat.AgentRole)))
	}
	race := func(path string, body object) (won int, codes map[chat.Code]int) {
		t.Helper()
		codes = map[chat.Code]int{}
		answers := make(chan answer, len(team))
		for _, b := range team {
			go func() { answers <- b.api(post, "/conversations/"+v.id+path, body) }()
		}
		for range team {
			a := <-answers
			if a.status == 200 {
				won++
				continue
			}
			var f chat.Failure
			w.must(json.Unmarshal([]byte(a.body), &f))
			codes[f.Code]++
		}
		return won, codes
	}
	if won, codes := race("/take", nil); won != 1 || codes[chat.TakenByOther] != 7 {
		t.Fatalf("%d took it, %v", won, codes)
	}
	row, err := w.store.RowByID(t.Context(), v.id)
	w.must(err)
	// The holder's own taking changes nothing, one colleague takes over.
	if won, codes := race("/take", object{"from": row.AssigneeID}); won < 1 || won > 2 || codes[chat.TakenByOther] != 8-won {
		t.Fatalf("%d took it over, %v", won, codes)
	}
	if won, _ := race("/close", nil); won != 8 {
		t.Fatalf("%d closed it", won)
	}
	if _, codes := race("/take", nil); codes[chat.AlreadyClosed] != 8 {
		t.Fatalf("taking a closed one: %v", codes)
	}
	events, err := w.store.EventsAfter(t.Context(), v.id, 0)
	w.must(err)
	closed := 0
	for i, e := range events {
		if e.Seq != int64(i+1) {
			t.Fatalf("number %d at place %d", e.Seq, i)
		}
		if e.Type == chat.ConversationClosed {
			closed++
		}
	}
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
}

func TestReleaseOfAnothersConversation(t *testing.T) {
	w := newWorld(t)
	v := w.arrives("Hello")
	ana, ben, boss := w.seat(w.hire("Ana", chat.AgentRole)), w.seat(w.hire("Ben", chat.AgentRole)), w.seat(w.hire("Boss", chat.Supervisor))
	c := "/conversations/" + v.id
	ana.do(post, c+"/take", nil, nil)
	ben.fails(post, c+"/release", nil, 409, chat.TakenByOther)
	var row wire.Row
	boss.do(post, c+"/release", nil, &row)
	if row.State != chat.Waiting || row.Assignee != nil {
		t.Fatalf("got %+v", row)
	}
	ben.do(post, c+"/close", nil, &row)
	ben.do(post, c+"/reopen", nil, &row)
	if row.State != chat.Open || row.Assignee == nil || row.Assignee.Name != "Ben" {
		t.Fatalf("got %+v", row)
	}
}

func TestMessagesOfAnAgentAreBounded(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Message.Burst = 2; o.Rates.Message.Every = 1 << 40 })
	v := w.arrives("Hello")
	l := w.seat(w.hire("Ana", chat.AgentRole)).connect()
	for i := range 3 {
		l.send(object{"type": "post", "ref": fmt.Sprint(i), "conversation_id": v.id, "client_id": chat.NewID(), "kind": "note", "text": "x"})
	}
	l.gets("ack")
	l.gets("ack")
	if f := l.gets("error"); f.Code != string(chat.RateLimited) || f.Ref != "2" {
		t.Fatalf("got %+v", f)
	}
}
