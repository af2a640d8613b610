package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

type nested struct {
	Name string `json:"name"`
	Deep struct {
		A int `json:"a"`
	} `json:"deep"`
}

func TestDecodeRefuses(t *testing.T) {
	many := make([]string, 100)
	for i := range many {
		many[i] = fmt.Sprintf(`"k%d":1`, i)
	}
	cases := []struct {
		name, in string
		code     chat.Code
		field    string
	}{
		{"empty", ``, chat.BadJSON, ""},
		{"cut off", `{"type":"post"`, chat.BadJSON, ""},
		{"cut off in a key", `{"typ`, chat.BadJSON, ""},
		{"cut off in an escape", `{"type":"a\`, chat.BadJSON, ""},
		{"trailing value", `{"type":"a"}{}`, chat.BadJSON, ""},
		{"trailing garbage", `{"type":"a"}x`, chat.BadJSON, ""},
		{"key twice", `{"type":"a","type":"b"}`, chat.BadJSON, "type"},
		{"key twice, escaped", `{"type":"a","t\u0079pe":"b"}`, chat.BadJSON, "type"},
		{"key twice in a map", `{"type":"a","resume":{"x":1,"x":2}}`, chat.BadJSON, "x"},
		{"key twice among many", `{"resume":{` + strings.Join(many, ",") + `,"k50":2}}`, chat.BadJSON, "k50"},
		{"unknown", `{"type":"a","admin":true}`, chat.UnknownField, "admin"},
		{"other case", `{"Type":"a"}`, chat.UnknownField, "Type"},
		{"same key in other case", `{"type":"a","TYPE":"b"}`, chat.UnknownField, "TYPE"},
		{"kelvin sign for k", `{"to\u212aen":"a"}`, chat.UnknownField, "to\u212aen"},
		{"wrong type", `{"type":3}`, chat.Invalid, "type"},
		{"not whole", `{"seq":1.5}`, chat.Invalid, "seq"},
		{"too large", `{"seq":9223372036854775808}`, chat.Invalid, "seq"},
		{"NaN", `{"seq":NaN}`, chat.BadJSON, ""},
		{"array", `[]`, chat.Invalid, ""},
		{"too deep", `{"resume":` + strings.Repeat(`[`, 10_000), chat.BadJSON, ""},
		{"33 levels", strings.Repeat(`[`, 33) + strings.Repeat(`]`, 33), chat.BadJSON, ""},
		{"bad UTF-8", "{\"type\":\"\xff\"}", chat.BadJSON, ""},
		{"NUL in text", "{\"type\":\"\x00\"}", chat.BadJSON, ""},
		{"closing only", `}`, chat.BadJSON, ""},
		{"single quotes", `{'type':'a'}`, chat.BadJSON, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var f *chat.Failure
			err := Decode([]byte(c.in), &VisitorFrame{})
			if !errors.As(err, &f) || f.Code != c.code || f.Field != c.field {
				t.Fatalf("got %v, want %s %q", err, c.code, c.field)
			}
		})
	}
}

func TestDecodeRefusesUnknownDeepFields(t *testing.T) {
	var n nested
	if err := Decode([]byte(`{"name":"a","deep":{"a":1,"b":2}}`), &n); !chat.Is(err, chat.UnknownField) {
		t.Fatalf("got %v", err)
	}
	for _, behind := range []string{`{"name":"b"}`, `garbage`, ` null`, `}`, `,`, `"`} {
		if err := Decode([]byte(`{"name":"a"}`+behind), &n); !chat.Is(err, chat.BadJSON) {
			t.Errorf("%s behind the value: %v", behind, err)
		}
	}
	if err := Decode([]byte(`{"name":"a","deep":{"a":7}}`+" \n"), &n); err != nil || n.Deep.A != 7 {
		t.Fatalf("got %v, %+v", err, n)
	}
}

func TestDecodeAccepts(t *testing.T) {
	var f VisitorFrame
	in := `{"type":"hello","protocol":1,"token":"t","resume":{"Type":1,"type":2},"text":"a\"b\\ {\"x\":1} é 😀"}`
	if err := Decode([]byte(in), &f); err != nil {
		t.Fatal(err)
	}
	if f.Resume["Type"] != 1 || f.Resume["type"] != 2 || f.Text != `a"b\ {"x":1} é 😀` {
		t.Fatalf("got %+v", f)
	}
}

// odd has fields that encoding/json treats in ways of their own.
type odd struct {
	Quoted int64     `json:"quoted,string"`
	Loud   loud      `json:"loud"`
	At     time.Time `json:"at"`
	Small  int8      `json:"small"`
	Large  int64     `json:"large"`
	Maybe  *string   `json:"maybe"`
	On     bool      `json:"on"`
	Untold string    `json:"-"`
	Bare   string
}

// loud reads itself.
type loud string

func (l *loud) UnmarshalText(text []byte) error {
	*l = loud(strings.ToUpper(string(text)))
	return nil
}

// The short way of reading is never seen but by its speed.
func TestPlainTextIsReadAsAllOther(t *testing.T) {
	for _, in := range []string{
		`{"type":"post"}`, ` { "type" : "post" , "seq" : -0 , "on":true,"protocol":12}` + "\r\n", `{"on":false,"seq":999999999999999999}`,
		`{"seq":9223372036854775807}`, `{"seq":1000000000000000000}`, `{"seq":-9223372036854775808}`, `{"text":"é 😀 \u2028"}`, `{}`, ` {"text":""} `,
		`{"seq":0,"after":10}`, `{"text":null,"on":null,"seq":null,"files":null,"form":null}`, `{"text":"a","files":["b"]}`, `{"text":"a","form":{}}`,
	} {
		var got, want VisitorFrame
		if err := json.Unmarshal([]byte(in), &want); err != nil {
			t.Fatal(err)
		}
		if err := Decode([]byte(in), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", in, got, err, want)
		}
	}
	for _, in := range []string{
		`{"seq":01}`, `{"seq":-}`, `{"seq":- 1}`, `{"seq":+1}`, `{"seq":1x}`, `{"seq":}`, `{"seq":"1"}`, `{"seq":1e0}`, `{"on":truex}`, `{"on":tru`, `{"on":1}`,
		`{"type":"a",}`, `{,"type":"a"}`, `{"type":"a" "ref":"b"}`, `{"type" "a"}`, `{type:"a"}`, `{"type":"a"`, `{"type":"a"},`, "{\"type\":\"a\tb\"}",
		`{"ref":"a","type":"b","ref":"c"}`, `{"":"a"}`, `{"seq":9999999999999999999}`, `{"Text":"a"}`,
	} {
		if err := Decode([]byte(in), &VisitorFrame{}); err == nil {
			t.Errorf("%s was taken", in)
		}
	}
	o, in := odd{}, `{"quoted":"7","loud":"a","at":"2026-01-02T03:04:05Z","small":-128,"large":5,"maybe":"b","on":true,"Bare":"c"}`
	if err := Decode([]byte(in), &o); err != nil || o.Quoted != 7 || o.Loud != "A" || o.At.Year() != 2026 || o.Small != -128 || o.Large != 5 || *o.Maybe != "b" || !o.On || o.Bare != "c" {
		t.Errorf("%+v, %v", o, err)
	}
	for _, in := range []string{`{"small":200}`, `{"large":"5"}`, `{"quoted":7}`, `{"Untold":"a"}`, `{"-":"a"}`} {
		if err := Decode([]byte(in), &o); err == nil {
			t.Errorf("%s was taken", in)
		}
	}
}

// What Decode takes, encoding/json must take with the same result.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"type":"post","ref":"1","text":"hi","resume":{"a":1}}`))
	f.Add([]byte(`{"type":"\u0000","seq":1e3}`))
	f.Add([]byte(`{"small":-128,"large":12,"loud":"a","on":true}`))
	f.Add([]byte(`[[[{"a":"\\\""}]]]`))
	f.Add([]byte(`{"name":"a","deep":{"a":1}}{"name":"b"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		agrees(t, data, new(VisitorFrame), new(VisitorFrame))
		agrees(t, data, new(nested), new(nested))
		agrees(t, data, new(odd), new(odd))
	})
}

// agrees fails where Decode takes data into a that encoding/json refuses or reads
// differently into b.
func agrees(t *testing.T, data []byte, a, b any) {
	t.Helper()
	if Decode(data, a) != nil {
		return
	}
	if err := json.Unmarshal(data, b); err != nil {
		t.Fatalf("accepted %q, which is not JSON: %v", data, err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Fatalf("%q: %+v, want %+v", data, a, b)
	}
}

func BenchmarkDecodePost(b *testing.B) {
	data := []byte(`{"type":"post","ref":"r-12","conversation_id":"0192e4a0-5b7c-7d1e-8f00-0123456789ab","client_id":"c-9f8e7d6c5b4a","text":"Hello, my parcel has not come yet. Could you look where it is?"}`)
	for b.Loop() {
		var f VisitorFrame
		if err := Decode(data, &f); err != nil {
			b.Fatal(err)
		}
	}
}
