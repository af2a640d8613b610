package wire_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// toVisitor and toAgent are the server's frames that this package encodes; those
// of presence and beats are held to their golden files in package hub.
func toVisitor() map[string][]byte {
	refused := &chat.Failure{Code: chat.Invalid, Message: "Write something first.", Field: "text"}
	return map[string][]byte{
		"hello": wire.Encode(wire.VisitorHello{
			Type: "hello", Protocol: wire.Protocol, Epoch: "b7Qm2xk0", ServerTime: began + 45_000,
			Features: wire.Features, Limits: wire.StatedLimits, BeatMS: 20_000,
			Person:        wire.PersonCard{ID: personID, Name: maria.Name, Verified: true},
			Conversations: []wire.VisitorConversation{wire.NewVisitorConversation(&row)},
			Presence:      wire.Presence{Status: "online", Agents: []chat.AgentCard{ben}},
		}),
		"events":  wire.EventsForVisitor(talkID, story[2:8]),
		"ack":     wire.Ack("c-7f3a9d21", talkID, wire.PublicMessage(&asked, maria)),
		"ack.end": wire.Ack("end-1", talkID, nil),
		"error":   wire.Error("c-7f3a9d22", refused),
		"marks":   wire.MarksFrame(talkID, wire.PublicMarks(row.Marks)),
		"link":    wire.LinkFrame(asked.ID, &lampPage),
		"reload":  wire.Reload("", talkID, "too_far"),
	}
}

// lampPage is what the page behind a link says of itself.
var lampPage = chat.LinkPreview{ConversationID: talkID, URL: "https://lamps.example/aurora", Host: "www.lamps.example", Name: "Lamps", Title: "Aurora desk lamp", Text: "A warm light for long evenings."}

// heldBack is a follow-up whose customer never said a name.
var heldBack = chat.FollowUp{
	ID: "01977a10-0000-7000-8000-0000000000f1", SiteID: siteID, ConversationID: talkID, AgentID: ben.ID,
	Text: "Hello {{customer.first_name}}, how was the party?", DueAt: 1795600180000, State: chat.FollowUpHeld, Lacks: "customer.first_name",
}

func toAgent() map[string][]byte {
	refused := &chat.Failure{Code: chat.PlaceholderLeft, Message: "This reply still holds {{customer.first_name}}. Fill it in or take it out, then send.", Field: "text"}
	return map[string][]byte{
		"hello": wire.Encode(wire.AgentHello{
			Type: "hello", Protocol: wire.Protocol, Epoch: "b7Qm2xk0", ServerTime: began + 45_000,
			Features: wire.Features, Limits: wire.StatedLimits, BeatMS: 20_000,
			Agent: wire.AgentSelf{AgentCard: ben, Role: chat.Owner}, Sites: map[string]int64{siteID: 512},
			Waits: map[string]wire.Waits{siteID: {Queue: 3, Mine: []string{talkID}}},
			Team:  []wire.TeamMember{{AgentCard: ben, Standing: wire.Standing{Status: "online", NoNewUntil: began + 600_000}}, {AgentCard: noor, Standing: wire.Standing{Status: "away", Reason: "Lunch"}}},
		}),
		"rows":                wire.Rows(siteID, 511, 512, []chat.Row{row}, chat.Counts{Queue: 3, Mine: -1, Open: 7}),
		"events":              wire.EventsForTeam(talkID, story[2:9]),
		"ack":                 wire.Ack("c-reply-0001", talkID, wire.TeamMessage(&reply, ben)),
		"error":               wire.Error("c-reply-0002", refused),
		"link":                wire.LinkFrame(asked.ID, &lampPage),
		"marks":               wire.MarksFrame(talkID, wire.TeamMarks(row.Marks)),
		"page":                wire.Page(talkID, wire.PageView{URL: "https://shop.example/account?tab=orders", Title: "Your orders", At: began + 20_000}),
		"mention":             wire.MentionFrame(siteID, talkID, []string{noor.ID}, ben, "@Noor Haddad can you ask the depot?"),
		"changed":             wire.Changed(siteID, "templates"),
		"promise":             wire.PromiseFrame(&called, chat.ToldSoon),
		"follow_up":           wire.FollowUpFrame(siteID, wire.NewHeldFollowUp(&heldBack, personID, "", false)),
		"grant":               wire.GrantFrame(&waiting),
		"wait":                wire.WaitFrame(siteID, talkID, ben.ID, "Maria", began+20_000, false),
		"erased":              wire.ErasedFrame(siteID, []string{talkID}),
		"offer":               wire.OfferFrame(wire.NewOffer(&heldOut, began+31_000, routed[0].Why)),
		"offer.ended":         wire.OfferEnded(siteID, talkID),
		"offer.handed":        wire.OfferFrame(wire.NewOffer(&row, began+91_000, "").With(&handing)),
		"offer.joining":       wire.OfferFrame(wire.NewOffer(&row, began+91_000, "").With(&joining)),
		"handover.joined":     wire.HandoverFrame(siteID, talkID, noor, "", nil, true),
		"handover":            wire.HandoverFrame(siteID, talkID, noor, "did not take it in time", nil, false),
		"reload.site":         wire.Reload(siteID, "", "epoch"),
		"reload.conversation": wire.Reload("", talkID, "ahead"),
	}
}

func TestServerFramesAreGolden(t *testing.T) {
	for name, frame := range toVisitor() {
		sameAsGolden(t, "frames/to_visitor."+name, frame)
	}
	for name, frame := range toAgent() {
		sameAsGolden(t, "frames/to_agent."+name, frame)
	}
}

// fromVisitor and fromAgent are what the golden frames of clients mean.
var fromVisitor = map[string]wire.VisitorFrame{
	"hello":     {Type: "hello", Protocol: 1, Token: "eyJhbGciOiJIUzI1NiJ9.e30.signature", Epoch: "b7Qm2xk0", Resume: map[string]int64{talkID: 2}},
	"post":      {Type: "post", Ref: "c-7f3a9d21", ConversationID: talkID, ClientID: "c-7f3a9d21", Text: asked.Text},
	"typing":    {Type: "typing", ConversationID: talkID, On: true},
	"delivered": {Type: "delivered", ConversationID: talkID, Seq: 4},
	"read":      {Type: "read", ConversationID: talkID, Seq: 4},
	"page":      {Type: "page", URL: "https://shop.example/account?tab=orders", Title: "Your orders"},
	"end":       {Type: "end", Ref: "end-1", ConversationID: talkID},
	"answer": {Type: "answer", Ref: "answer-1", ConversationID: talkID, CardID: proposalID, Choice: chat.Decline,
		Text: "I would rather have the blue ones."},
	"resume": {Type: "resume", ConversationID: talkID, After: 2},
	"beat":   {Type: "beat"},
}

var fromAgent = map[string]wire.AgentFrame{
	"hello": {Type: "hello", Protocol: 1, CSRF: "1f0c6b1e7d5a4c39", Epoch: "b7Qm2xk0", Status: "online",
		Sites: map[string]int64{siteID: 498}, Open: map[string]int64{talkID: 3}},
	"open": {Type: "open", ConversationID: talkID, After: 3},
	"shut": {Type: "shut", ConversationID: talkID},
	"post": {Type: "post", Ref: "c-reply-0001", ConversationID: talkID, ClientID: "c-reply-0001", Kind: chat.Reply,
		Text: reply.Text, TemplateID: replyForm},
	"typing":    {Type: "typing", ConversationID: talkID, Kind: chat.Reply, On: true},
	"delivered": {Type: "delivered", Seqs: map[string]int64{talkID: 8}},
	"read":      {Type: "read", ConversationID: talkID, Seq: 8},
	"status":    {Type: "status", Status: "away"},
	"beat":      {Type: "beat"},
}

func TestClientFramesAreGolden(t *testing.T) {
	clientFrames(t, "visitor.", fromVisitor)
	clientFrames(t, "agent.", fromAgent)
}

// clientFrames decodes the golden files as the doors do: strictly, and refusing
// what the protocol does not have.
func clientFrames[F any](t *testing.T, prefix string, want map[string]F) {
	t.Helper()
	for _, name := range goldenNames(t, "frames", prefix) {
		data, err := os.ReadFile(filepath.Join(golden, "frames", prefix+name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var got F
		if err := wire.Decode(data, &got); err != nil {
			t.Errorf("%s%s: %v", prefix, name, err)
		}
		if w, ok := want[name]; !ok || !reflect.DeepEqual(got, w) {
			t.Errorf("%s%s means %+v, want %+v", prefix, name, got, w)
		}
		more := append([]byte(`{"secret_admin":true,`), data[1:]...)
		if err := wire.Decode(more, &got); !chat.Is(err, chat.UnknownField) {
			t.Errorf("%s%s with a field more: %v", prefix, name, err)
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("no golden file for %s%s", prefix, name)
	}
}

// errorFile is a refusal on HTTP; on a socket its body is a frame of type error.
type errorFile struct {
	Status int          `json:"status"`
	Body   chat.Failure `json:"body"`
}

func TestEveryErrorCodeIsGolden(t *testing.T) {
	codes := constants(t, "../chat/failure.go", "Code")
	for _, code := range codes {
		data, err := os.ReadFile(filepath.Join(golden, "http", "error."+code+".json"))
		if err != nil {
			t.Error(err)
			continue
		}
		var file errorFile
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		if file.Body.Code != chat.Code(code) || file.Status != door.Status(chat.Code(code)) || file.Body.Message == "" {
			t.Errorf("error.%s says %d %+v", code, file.Status, file.Body)
		}
		sameAsGolden(t, "http/error."+code, wire.Encode(file))
	}
	if files := goldenNames(t, "http", "error."); !slices.Equal(files, slices.Sorted(slices.Values(codes))) {
		t.Errorf("golden errors %v, codes %v", files, codes)
	}
}

// constants reads the string constants of a type from a source file, so that a
// new one cannot be forgotten here.
func constants(t *testing.T, file, typeName string) (values []string) {
	t.Helper()
	source, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(source, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == typeName {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, value)
		}
		return true
	})
	return values
}
