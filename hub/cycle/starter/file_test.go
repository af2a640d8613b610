package starter

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"rapport/hub/chat"
)

func TestParseNamesTheFirstFault(t *testing.T) {
	prompt := `{"key":"a","step":"greeting","evidence":"","text":"Aim","help":""}`
	template := `{"title":"T","shortcut":"t","steps":["closing"],"body":"B"}`
	file := func(prompts, templates, rest string) string {
		return `{"format":"rapport.guide","version":2,"language":"en","prompts":[` + prompts + `],"templates":[` + templates + `]` + rest + `}`
	}
	if _, err := Parse([]byte(file(prompt, template, ""))); err != nil {
		t.Fatalf("a good file: %v", err)
	}
	if _, err := Parse([]byte(strings.Replace(file(prompt, template, ""), `"version":2`, `"version":1`, 1))); err != nil {
		t.Fatalf("a file of the first version: %v", err)
	}
	answer := `{"title":"Q?","shortcut":"","text":"A"}`
	for name, c := range map[string]struct {
		data, field string
		code        chat.Code
	}{
		"no JSON":         {"hello", "", chat.BadJSON},
		"unknown field":   {file(prompt, `{"name":"T"}`, ""), "", chat.BadJSON},
		"two documents":   {file(prompt, template, "") + "{}", "", chat.BadJSON},
		"another format":  {`{"format":"x","version":1}`, "format", chat.Invalid},
		"no version":      {`{"format":"rapport.guide"}`, "format", chat.Invalid},
		"newer version":   {`{"format":"rapport.guide","version":3}`, "version", chat.Invalid},
		"key twice":       {file(prompt+","+prompt, "", ""), "prompts[1].key", chat.Invalid},
		"bad key":         {file(strings.Replace(prompt, `"a"`, `"A b"`, 1), "", ""), "prompts[0].key", chat.Invalid},
		"no step":         {file(strings.Replace(prompt, "greeting", "waving", 1), "", ""), "prompts[0].step", chat.Invalid},
		"no aim":          {file(strings.Replace(prompt, "Aim", " ", 1), "", ""), "prompts[0].text", chat.Invalid},
		"unknown rule":    {file(strings.Replace(prompt, `"evidence":""`, `"evidence":"magic"`, 1), "", ""), "prompts[0].evidence", chat.Invalid},
		"unknown mood":    {file(strings.Replace(prompt, `"help":""`, `"help":"","fit":{"moods":["grumpy"]}`, 1), "", ""), "prompts[0].fit.moods", chat.Invalid},
		"shortcut twice":  {file("", template+","+template, ""), "templates[1].shortcut", chat.Invalid},
		"empty body":      {file("", template+","+strings.Replace(template, `"B"`, `" "`, 1), ""), "templates[1].body", chat.Invalid},
		"no title":        {file("", strings.Replace(template, `"T"`, `""`, 1), ""), "templates[0].title", chat.Invalid},
		"answer twice":    {file("", "", `,"answers":[`+answer+","+answer+`]`), "answers[1].title", chat.Invalid},
		"answer's link":   {file("", "", `,"answers":[`+strings.Replace(answer, `"A"`, `"A","link":"javascript:alert(1)"`, 1)+`]`), "answers[0].link", chat.Invalid},
		"answer's page":   {file("", "", `,"answers":[`+strings.Replace(answer, `"A"`, `"A","pages":["returns"]`, 1)+`]`), "answers[0].pages", chat.Invalid},
		"standard no why": {file("", "", `,"standards":[{"key":"k","text":"We greet","why":"","shown":""}]`), "standards[0].why", chat.Invalid},
	} {
		_, err := Parse([]byte(c.data))
		var f *chat.Failure
		if !errors.As(err, &f) || f.Code != c.code || f.Field != c.field {
			t.Errorf("%s: got %v, want %s at %q", name, err, c.code, c.field)
		}
	}
}

// A spreadsheet gives back what it was given, and computes none of it.
func TestCSVGoesThereAndBack(t *testing.T) {
	s, err := Load("clinic")
	if err != nil {
		t.Fatal(err)
	}
	s.Templates = append(s.Templates,
		Template{"=1+1", "sum", []chat.Step{chat.Closing}, "'+ a line\nand \"another\", with; all", chat.Fit{}, "=Repairs", nil},
		Template{"＝1+1", "", []chat.Step{chat.Closing}, "Hello;=1+1;\t＠x", chat.Fit{}, "", []string{"form.pdf", "map.png"}})
	text := s.CSV()
	for _, guarded := range []string{`,"'=1+1",`, `,"'＝1+1",`, `,"''+ a line`, `,"Hello;=1+1;`} {
		if !strings.Contains(text, guarded) {
			t.Errorf("%s is not there", guarded)
		}
	}
	back, err := ParseCSV("\ufeff" + text)
	if err != nil {
		t.Fatal(err)
	}
	s.Language = ""
	a, _ := json.Marshal(s)
	b, _ := json.Marshal(back)
	if string(a) != string(b) {
		t.Errorf("lost on the way:\n%s\n%s", a, b)
	}
}

func TestCSVNamesItsFault(t *testing.T) {
	for text, field := range map[string]string{
		"":                                      "text",
		"kind,colour\nprompt,red":               "text",
		"kind,text\nriddle,what":                "text[2].kind",
		"kind,key,steps,text\nprompt,a,dance,x": "prompts[0].step",
		"kind,title,text\n\"answer,a":           "text",
		"kind,text,text\nanswer,a,b":            "text",
		"kind,title,text\nanswer,a,b,c":         "text",
	} {
		_, err := ParseCSV(text)
		var f *chat.Failure
		if !errors.As(err, &f) || f.Field != field {
			t.Errorf("%q: got %v, want a failure at %s", text, err, field)
		}
	}
	_, err := ParseCSV("kind,title,text\nanswer,\"a\nb\",c\nanswer,Do you ship?,Yes, we do\n")
	if err == nil || !strings.Contains(err.Error(), "Line 4 ") {
		t.Errorf("words behind the last heading: %v", err)
	}
	if s, err := ParseCSV("kind,title,text,\nanswer,a,b,,\n"); err == nil {
		t.Errorf("a heading without a name: %+v", s)
	}
	if s, err := ParseCSV("kind,title,text\nanswer,a,b,, \n"); err != nil || len(s.Answers) != 1 {
		t.Errorf("empty cells at the end: %+v, %v", s.Answers, err)
	}
}
