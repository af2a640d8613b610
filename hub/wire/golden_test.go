package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// The golden files are what clients are written against, so a change of one is a
// change of the protocol. Run with -update to write them anew, and read the diff.
var update = flag.Bool("update", false, "write the golden files")

const golden = "../../static/docs/golden/"

// sameAsGolden compares JSON by meaning, so that a file may be laid out for people.
func sameAsGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join(golden, name+".json")
	if *update {
		var b bytes.Buffer
		if err := json.Indent(&b, got, "", "  "); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(b.Bytes(), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(parsed(t, got), parsed(t, want)) {
		t.Errorf("%s differs from what is encoded:\n%s", path, got)
	}
}

func parsed(t *testing.T, data []byte) (v any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return v
}

// goldenNames lists the files of a folder that begin with prefix, without either end.
func goldenNames(t *testing.T, folder, prefix string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(golden, folder, prefix+"*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files %s/%s*: %v", folder, prefix, err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), prefix), ".json")
	}
	return files
}

// eventFile is a golden event in both its forms; visitor is null for the team's own.
type eventFile struct {
	Visitor *wire.Event `json:"visitor"`
	Team    *wire.Event `json:"team"`
}

func TestEveryEventHasItsGoldenForms(t *testing.T) {
	types := constants(t, "../chat/event.go", "EventType")
	if len(types) != len(chat.Audiences) {
		t.Errorf("%d event types, but %d with an audience", len(types), len(chat.Audiences))
	}
	for _, name := range types {
		event, ok := told(chat.EventType(name))
		audience, known := chat.Audiences[event.Type]
		if !ok || !known {
			t.Errorf("%s has no place in the story (%t) or no audience (%t)", name, ok, known)
			continue
		}
		file := eventFile{Team: &wire.TeamEvents([]chat.Event{event})[0]}
		if public := wire.PublicEvents([]chat.Event{event}); audience == chat.Everyone {
			file.Visitor = &public[0]
		}
		sameAsGolden(t, "events/"+name, wire.Encode(file))
	}
	if files := goldenNames(t, "events", ""); !slices.Equal(files, slices.Sorted(slices.Values(types))) {
		t.Errorf("golden files of %v, event types %v", files, types)
	}
}

func TestTeamEventsHaveNoVisitorForm(t *testing.T) {
	for _, e := range story {
		e.PublicSeq = 99 // even a number given by mistake opens nothing
		public := wire.PublicEvents([]chat.Event{e})
		if wanted := chat.Audiences[e.Type] == chat.Everyone; wanted != (len(public) == 1) {
			t.Errorf("%s: %d visitor forms", e.Type, len(public))
		}
	}
}

func TestVisitorsLearnNoSecrets(t *testing.T) {
	forms := []string{string(wire.EventsForVisitor(talkID, story)), string(wire.Encode(wire.NewVisitorConversation(&row)))}
	for _, name := range goldenNames(t, "frames", "to_visitor.") {
		data, err := os.ReadFile(filepath.Join(golden, "frames", "to_visitor."+name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		forms = append(forms, string(data))
	}
	for _, form := range forms {
		for _, secret := range secrets {
			if strings.Contains(form, secret) {
				t.Errorf("a visitor would read %q in %s", secret, form)
			}
		}
	}
}

// A visitor's numbers have no holes where the team's own events were.
func TestVisitorNumbersHaveNoHoles(t *testing.T) {
	for i, e := range wire.PublicEvents(story) {
		if e.Seq != int64(i+1) || e.Prev != int64(i) {
			t.Errorf("event %d has number %d after %d", i, e.Seq, e.Prev)
		}
	}
}
