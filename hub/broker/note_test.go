package broker

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// fill sets everything below v to something else than zero.
func fill(t *testing.T, v reflect.Value, n *int64, empty bool) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("<%d> “\u2028” 🦊", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(*n % 100)
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.25)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), n, empty)
	case reflect.Slice:
		if empty {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(t, v.Index(0), n, empty)
		fill(t, v.Index(1), n, empty)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		if empty {
			return
		}
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(t, key, n, empty)
		fill(t, value, n, empty)
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); !f.IsExported() || f.Tag.Get("json") == "-" {
				t.Fatalf("%s.%s does not travel", v.Type(), f.Name)
			}
			fill(t, v.Field(i), n, empty)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i), n, empty)
		}
	default:
		t.Fatalf("%s cannot travel", v.Type())
	}
}

// through is what arrives of events.
func through(t *testing.T, events []chat.Event, room int) (out []chat.Event, looks int) {
	t.Helper()
	ends, err := encodeEvents(events, room)
	if err != nil {
		t.Fatal(err)
	}
	for i, end := range ends {
		if len(end) > room {
			t.Errorf("a note takes %d bytes of %d", len(end), room)
		}
		n, err := decode(append(appendHead(nil, "server", uint64(i+1)), end...))
		if err != nil {
			t.Fatalf("%v: %s", err, end)
		}
		if out = append(out, n.Events...); n.Look {
			looks++
		}
	}
	return out, looks
}

// Whatever an event holds arrives: what is missing on another server would be shown
// otherwise there.
func TestEventsTravelWhole(t *testing.T) {
	for _, empty := range []bool{false, true} {
		var e chat.Event
		var n int64
		fill(t, reflect.ValueOf(&e).Elem(), &n, empty)
		e.Seq, e.PublicSeq = 7, 7
		got, looks := through(t, []chat.Event{e}, maxSent)
		if looks != 0 || len(got) != 1 {
			t.Fatalf("%d events and %d looks", len(got), looks)
		}
		if !reflect.DeepEqual(got[0], e) {
			a, _ := json.Marshal(e)
			b, _ := json.Marshal(got[0])
			t.Errorf("sent\n%s\nheard\n%s", a, b)
		}
		for _, view := range []func([]chat.Event) []wire.Event{wire.TeamEvents, wire.PublicEvents} {
			if a, b := wire.Encode(view([]chat.Event{e})), wire.Encode(view(got)); !bytes.Equal(a, b) {
				t.Errorf("clients of this server see\n%s\nof others\n%s", a, b)
			}
		}
	}
}

func TestNothingEmptyTravels(t *testing.T) {
	b, err := appendEvent(nil, &chat.Event{ConversationID: "c", Seq: 1})
	if want := `{"ConversationID":"c","Seq":1}`; err != nil || string(b) != want {
		t.Errorf("%s, %v; want %s", b, err, want)
	}
}

func TestABatchIsParted(t *testing.T) {
	var batch []chat.Event
	for i := range int64(100) {
		e := chat.Event{ConversationID: "c", SiteID: "s", Seq: i + 1, SiteSeq: i + 1, Type: chat.NotePosted, Why: strings.Repeat("w", int(i)*10)}
		batch = append(batch, e)
	}
	for _, room := range []int{300, 500, 1000, 5000, maxSent} {
		got, looks := through(t, batch, room)
		if len(got)+looks != len(batch) || (looks > 0) != (room < 1200) {
			t.Fatalf("with room for %d: %d events and %d looks", room, len(got), looks)
		}
		last := int64(0)
		for i := range got {
			if got[i].Seq <= last {
				t.Fatalf("with room for %d: %d after %d", room, got[i].Seq, last)
			}
			last = got[i].Seq
		}
		if looks == 0 && !reflect.DeepEqual(got, batch) {
			t.Errorf("with room for %d other events arrive", room)
		}
	}
}

func TestTheHeadFits(t *testing.T) {
	if b := appendHead(nil, chat.NewID(), 1<<63); len(b)+1 > headRoom {
		t.Errorf("a head takes %d bytes", len(b))
	}
}

func FuzzDecode(f *testing.F) {
	for _, end := range []string{
		`,"kick":"a","code":4003}`, `,"roster":"a"}`, `,"rows":["a","b"],"site":"s"}`, `,"to":"a","frame":{}}`, `,"topic":"t:a","frame":[1]}`, `,"look":true}`, `,"spent":{"server":"a","of":[{"limit":"l","key":"k","n":1}]}}`,
		`,"events":[{"ConversationID":"c","SiteID":"s","Seq":1,"SiteSeq":1,"Type":"message.posted","Message":{"Text":"x","Files":[{}]}}]}`,
		`,"events":[{"ConversationID":"c","SiteID":"s","Seq":1,"PublicSeq":1,"SiteSeq":1,"Type":"card.sent","Card":{}}]}`,
	} {
		f.Add(append(appendHead(nil, "x", 1), end...))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		n, err := decode(payload)
		if err != nil {
			return
		}
		// Whatever is believed can be told: nothing here may panic.
		wire.Encode(wire.TeamEvents(n.Events))
		wire.Encode(wire.PublicEvents(n.Events))
		if s := n.signal(); len(s.Events) == 0 && !n.Look {
			if _, err := encoded(s, maxNote); err != nil {
				t.Errorf("%s is believed and cannot be sent on: %v", payload, err)
			}
		}
	})
}
