package static

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// judge validates JSON against the documents' schemas, strictly: clients ignore
// fields that they do not know, but no golden file may have one.
type judge struct {
	t        *testing.T
	compiler *jsonschema.Compiler
}

const home = "https://docs.invalid/"

func newJudge(t *testing.T) judge {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	for _, name := range []string{"openapi.json", "asyncapi.json"} {
		doc := document(t, name)
		walk(doc, "", func(_ string, o object) {
			if _, fields := o["properties"].(object); fields && o["additionalProperties"] == nil {
				o["additionalProperties"] = false
			}
		})
		if err := c.AddResource(home+name, doc); err != nil {
			t.Fatal(err)
		}
	}
	return judge{t, c}
}

// fits reports what of v is not as the schema at this place says.
func (j judge) fits(place string, v any) error {
	j.t.Helper()
	schema, err := j.compiler.Compile(home + place)
	if err != nil {
		j.t.Fatalf("%s is no schema: %v", place, err)
	}
	return schema.Validate(v)
}

func (j judge) golden(place, file string) {
	j.t.Helper()
	f, ok := LookupDoc("golden/" + file + ".json")
	if !ok {
		j.t.Errorf("no golden file %s", file)
		return
	}
	if err := j.fits(place, parse(j.t, f.Body())); err != nil {
		j.t.Errorf("%s is not as %s says: %v", file, place, err)
	}
}

func TestSchemasCompile(t *testing.T) {
	j := newJudge(t)
	for _, name := range sorted(at(document(t, "openapi.json"), "components", "schemas")) {
		if _, err := j.compiler.Compile(home + "openapi.json#/components/schemas/" + name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every golden frame is the example of one message, and as its schema says.
func TestGoldenFramesAreTheExamples(t *testing.T) {
	j := newJudge(t)
	var shown []string
	for name, message := range at(document(t, "asyncapi.json"), "components", "messages") {
		for _, example := range message.(object)["examples"].([]any) {
			file := at(example)["name"].(string)
			shown = append(shown, file)
			f, ok := LookupDoc("golden/frames/" + file + ".json")
			if !ok || !same(parse(t, f.Body()), at(example)["payload"]) {
				t.Errorf("the example %s of %s is not its golden file", file, name)
			}
			j.golden("asyncapi.json#/components/messages/"+name+"/payload", "frames/"+file)
		}
	}
	slices.Sort(shown)
	if files := names(t, "golden/frames"); !slices.Equal(shown, files) {
		t.Errorf("examples %v, golden frames %v", shown, files)
	}
}

func TestGoldenEventsFit(t *testing.T) {
	j := newJudge(t)
	schemas := at(document(t, "openapi.json"), "components", "schemas")
	for _, name := range names(t, "golden/events") {
		f, _ := LookupDoc("golden/events/" + name + ".json")
		forms := at(parse(t, f.Body()))
		if err := j.fits("openapi.json#/components/schemas/Event."+name, forms["team"]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := j.fits("openapi.json#/components/schemas/TeamEvent", forms["team"]); err != nil {
			t.Errorf("%s is no event of the team's: %v", name, err)
		}
		if visible := j.fits("openapi.json#/components/schemas/VisitorEvent", forms["visitor"]) == nil; visible != (forms["visitor"] != nil) {
			t.Errorf("%s: a visitor's form fits %t", name, visible)
		}
		delete(schemas, "Event."+name)
	}
	for _, name := range sorted(schemas) {
		if strings.HasPrefix(name, "Event.") {
			t.Errorf("%s has no golden file", name)
		}
	}
}

// Every operation that takes or answers JSON shows it by a golden file.
func TestGoldenAnswersFit(t *testing.T) {
	j := newJudge(t)
	var shown []string
	show := func(place string, content object) {
		for _, example := range at(content, "examples") {
			file := strings.TrimSuffix(at(example)["externalValue"].(string), ".json")
			shown = append(shown, path.Base(file))
			j.golden("openapi.json#"+place+"/schema", strings.TrimPrefix(file, "golden/"))
		}
		if content["schema"] != nil && content["examples"] == nil && at(content, "schema")["type"] != "string" {
			t.Errorf("%s has no example", place)
		}
	}
	walk(document(t, "openapi.json")["paths"], "/paths", func(place string, o object) {
		if strings.HasSuffix(place, "/content/application~1json") {
			show(place, o)
		}
	})
	files := slices.DeleteFunc(names(t, "golden/http"), func(s string) bool { return strings.HasPrefix(s, "error.") })
	if slices.Sort(shown); !slices.Equal(shown, files) {
		t.Errorf("examples %v\ngolden files %v", shown, files)
	}
}

func TestGoldenErrorsFit(t *testing.T) {
	j := newJudge(t)
	for _, name := range names(t, "golden/http") {
		if !strings.HasPrefix(name, "error.") {
			continue
		}
		f, _ := LookupDoc("golden/http/" + name + ".json")
		if err := j.fits("openapi.json#/components/schemas/Failure", at(parse(t, f.Body()))["body"]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
