package static

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// object is a JSON object of one of the documents.
type object = map[string]any

// document reads a JSON file of the docs.
func document(t *testing.T, name string) object {
	t.Helper()
	f, ok := LookupDoc(name)
	if !ok {
		t.Fatalf("there is no %s", name)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Body()))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v.(object)
}

// at follows a path of keys.
func at(v any, keys ...string) object {
	for _, k := range keys {
		o, _ := v.(object)
		v = o[k]
	}
	o, _ := v.(object)
	return o
}

// walk calls fn for every object below v, with its place as a JSON pointer.
func walk(v any, place string, fn func(place string, o object)) {
	switch v := v.(type) {
	case object:
		fn(place, v)
		for k, child := range v {
			walk(child, place+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(k), fn)
		}
	case []any:
		for _, child := range v {
			walk(child, place, fn)
		}
	}
}

// names lists the files of a folder of the docs, without ".json".
func names(t *testing.T, folder string) []string {
	t.Helper()
	files, err := fs.Glob(os.DirFS("docs"), folder+"/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", folder, err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(path.Base(f), ".json")
	}
	slices.Sort(files) // the order of the folder counts the ending
	return files
}

func TestEveryReferenceResolves(t *testing.T) {
	docs := map[string]object{"openapi.json": document(t, "openapi.json"), "asyncapi.json": document(t, "asyncapi.json")}
	for name, doc := range docs {
		walk(doc, "", func(place string, o object) {
			ref, ok := o["$ref"].(string)
			if !ok {
				return
			}
			file, pointer, _ := strings.Cut(ref, "#/")
			if file == "" {
				file = name
			}
			keys := strings.Split(strings.ReplaceAll(strings.ReplaceAll(pointer, "~1", "/"), "~0", "~"), "/")
			if at(docs[file], keys...) == nil {
				t.Errorf("%s%s leads nowhere: %s", name, place, ref)
			}
		})
	}
}

// Whoever reads the documents finds a meaning at every field.
func TestEveryFieldSaysWhatItIs(t *testing.T) {
	for _, name := range []string{"openapi.json", "asyncapi.json"} {
		walk(document(t, name), name, func(place string, o object) {
			fields, ok := o["properties"].(object)
			if !ok || strings.Contains(place, "/examples") {
				return
			}
			for field, schema := range fields {
				s := schema.(object)
				if s["$ref"] == nil && s["description"] == nil && s["const"] == nil {
					t.Errorf("%s: %s has no description", place, field)
				}
			}
		})
	}
}

func TestRequestsAreClosed(t *testing.T) {
	doc := document(t, "openapi.json")
	for place, methods := range doc["paths"].(object) {
		for method, op := range methods.(object) {
			schema := at(op, "requestBody", "content", "application/json", "schema")
			if ref, ok := schema["$ref"].(string); ok {
				schema = at(doc, "components", "schemas", path.Base(ref))
			}
			if schema != nil && schema["additionalProperties"] != false {
				t.Errorf("%s %s takes fields that it does not name", method, place)
			}
		}
	}
	for name, message := range at(document(t, "asyncapi.json"), "components", "messages") {
		closed := at(message, "payload")["additionalProperties"] == false
		if fromClient := !strings.HasPrefix(name, "to_"); closed != fromClient {
			t.Errorf("%s: closed %t", name, closed)
		}
	}
}

// What is served is what lies in docs, of which dist holds a packed copy: after a change
// there, dist is built anew.
func TestDocsAreThoseOfTheFolder(t *testing.T) {
	err := fs.WalkDir(os.DirFS("docs"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		source, err := os.ReadFile("docs/" + name)
		f, ok := LookupDoc(name)
		switch {
		case err != nil:
			return err
		case !ok:
			t.Errorf("%s is not in dist: run npm run build", name)
		case name == "openapi.json" || name == "asyncapi.json": // without the space
			if !same(parse(t, f.Body()), parse(t, source)) {
				t.Errorf("%s in dist is another: run npm run build", name)
			}
		case !bytes.Equal(f.Body(), source):
			t.Errorf("%s in dist is another: run npm run build", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDocsHoldWhatThePageNeeds(t *testing.T) {
	for _, name := range []string{"index.html", "guide.md", "openapi.json", "asyncapi.json", "golden/events/message.posted.json"} {
		f, ok := LookupDoc(name)
		if !ok || len(f.Body()) == 0 || f.ETag == "" {
			t.Errorf("%s is not there", name)
		}
	}
	page, _ := LookupDoc("index.html")
	if text := string(page.Body()); strings.Contains(text, "://") || strings.Contains(text, "style=") || strings.Contains(text, "<script>") {
		t.Error("the page reaches for another host, or carries script or style of its own")
	}
}

// sorted lists the keys of an object.
func sorted(o object) []string { return slices.Sorted(maps.Keys(o)) }

// parse reads JSON as the schema library likes it.
func parse(t *testing.T, body []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func same(a, b any) bool {
	x, errA := json.Marshal(a)
	y, errB := json.Marshal(b)
	return errA == nil && errB == nil && bytes.Equal(x, y)
}
