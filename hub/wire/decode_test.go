package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

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

// What Decode takes, encoding/json must take with the same result.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"type":"post","ref":"1","text":"hi","resume":{"a":1}}`))
	f.Add([]byte(`{"type":"\u0000","seq":1e3}`))
	f.Add([]byte(`[[[{"a":"\\\""}]]]`))
	f.Add([]byte(`{"name":"a","deep":{"a":1}}{"name":"b"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		agrees(t, data, new(VisitorFrame), new(VisitorFrame))
		agrees(t, data, new(nested), new(nested))
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
	if fmt.Sprint(a) != fmt.Sprint(b) {
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
