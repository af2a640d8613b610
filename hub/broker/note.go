package broker

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"unicode/utf8"

	"rapport/hub"
	"rapport/hub/chat"
)

// version is the format that notes are written in and the highest that is read.
const version = 1

// Bounds of what is believed to be a note. Ids are UUIDs, topics a kind and an id.
const (
	maxNote = 8 << 20
	maxName = 256
)

// note is a signal as it travels. Look says that there was more than fits into one.
type note struct {
	Version int             `json:"v"`
	From    string          `json:"from"`
	Number  uint64          `json:"n"`
	Events  []chat.Event    `json:"events"`
	Topic   string          `json:"topic"`
	To      string          `json:"to"`
	Frame   json.RawMessage `json:"frame"`
	Kick    string          `json:"kick"`
	Code    hub.Code        `json:"code"`
	Spent   *hub.Spent      `json:"spent"`
	Roster  string          `json:"roster"`
	Rows    []string        `json:"rows"`
	Site    string          `json:"site"`
	Look    bool            `json:"look"`
}

var (
	errNewer   = errors.New("a note of a newer version")
	errGarbage = errors.New("not a note")
)

// decode reads a note. What is wrong with one that is not believed is errGarbage, or
// errNewer where it is only not understood.
func decode(payload []byte) (*note, error) {
	if len(payload) > maxNote || !utf8.Valid(payload) {
		return nil, errGarbage
	}
	// What a newer version means by a field is not for us to read. Ours begins in one way,
	// so that nearly no note is read twice.
	if !bytes.HasPrefix(payload, ours) {
		var head struct {
			Version int `json:"v"`
		}
		if json.Unmarshal(payload, &head) != nil || head.Version < 1 {
			return nil, errGarbage
		}
		if head.Version > version {
			return nil, errNewer
		}
	}
	var n note
	if err := json.Unmarshal(payload, &n); err != nil || n.Version < 1 || n.Version > version {
		return nil, errGarbage
	}
	return &n, n.check()
}

// ours is how a note of this version begins.
var ours = fmt.Appendf(nil, `{"v":%d,`, version)

// check makes sure that there is exactly one signal in it, and that it can be told.
func (n *note) check() error {
	kinds := 0
	for _, set := range []bool{len(n.Events) > 0, n.Topic != "", n.To != "", n.Kick != "", n.Spent != nil, n.Roster != "", len(n.Rows) > 0, n.Look} {
		if set {
			kinds++
		}
	}
	switch {
	case n.From == "" || len(n.From) > maxName:
		return errGarbage
	case kinds == 0:
		return errNewer // nothing that we know: a kind that was added since
	case kinds > 1, n.Number == 0, max(len(n.Topic), len(n.To), len(n.Kick), len(n.Roster), len(n.Site)) > maxName:
		return errGarbage
	case (n.Topic != "" || n.To != "") && (len(n.Frame) == 0 || string(n.Frame) == "null"):
		return errGarbage
	case n.Kick != "" && (n.Code < 1000 || n.Code > 4999):
		return errGarbage
	}
	if n.Spent != nil && !fit(n.Spent) {
		return errGarbage
	}
	for i := range n.Events {
		e := &n.Events[i]
		if e.ConversationID == "" || e.SiteID == "" || e.Type == "" || e.Seq < 1 || e.SiteSeq < 1 || e.PublicSeq < 0 || e.PublicSeq > e.Seq {
			return errGarbage
		}
	}
	return nil
}

func fit(s *hub.Spent) bool {
	return s.Server != "" && !slices.ContainsFunc(s.Of, func(one hub.Spending) bool {
		return one.N < 1 || one.Limit == "" || max(len(one.Limit), len(one.Key)) > maxName
	})
}

// signal is what the note tells.
func (n *note) signal() hub.Signal {
	return hub.Signal{Events: n.Events, Topic: n.Topic, To: n.To, Frame: n.Frame, Kick: n.Kick, Code: n.Code, Spent: n.Spent, Roster: n.Roster, Rows: n.Rows, Site: n.Site}
}

// appendHead begins a note; the rest and a closing brace follow.
func appendHead(b []byte, from string, number uint64) []byte {
	b = append(b, `{"v":`...)
	b = strconv.AppendInt(b, version, 10)
	b = append(b, `,"from":`...)
	b = strconv.AppendQuote(b, from) // an id of ours: nothing in it is escaped
	b = append(b, `,"n":`...)
	return strconv.AppendUint(b, number, 10)
}

// headRoom is more than the head and end of a note take.
const headRoom = 256

// encoded is a signal but for the head of its notes: the end of each.
func encoded(s hub.Signal, room int) (ends [][]byte, err error) {
	switch {
	case len(s.Events) > 0:
		return encodeEvents(s.Events, room)
	case len(s.Rows) > 0:
		end, err := encodeRest(struct {
			Rows []string `json:"rows"`
			Site string   `json:"site"`
		}{s.Rows, s.Site})
		return [][]byte{end}, err
	case s.Roster != "":
		end, err := encodeRest(struct {
			Roster string `json:"roster"`
		}{s.Roster})
		return [][]byte{end}, err
	case s.Kick != "":
		end, err := encodeRest(struct {
			Kick string   `json:"kick"`
			Code hub.Code `json:"code"`
		}{s.Kick, s.Code})
		return [][]byte{end}, err
	case s.Spent != nil:
		end, err := encodeRest(struct {
			Spent *hub.Spent `json:"spent"`
		}{s.Spent})
		if err == nil && len(end) > room {
			return nil, fmt.Errorf("what was spent of %d limits is too much for NATS, which takes %d bytes", len(s.Spent.Of), room)
		}
		return [][]byte{end}, err
	}
	end, err := encodeRest(struct {
		Topic string          `json:"topic,omitempty"`
		To    string          `json:"to,omitempty"`
		Frame json.RawMessage `json:"frame"`
	}{s.Topic, s.To, s.Frame})
	if err == nil && len(end) > room {
		return nil, fmt.Errorf("a frame of %d bytes is too big for NATS, which takes %d", len(end), room)
	}
	return [][]byte{end}, err
}

// encodeRest makes the members of an object follow a head.
func encodeRest(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	b[0] = ','
	return b, nil
}

// look is the end of a note that sends its reader to the store.
var look = []byte(`,"look":true}`)

// encodeEvents parts events into as many notes as they need. Where one alone is too
// big the reader is sent to the store.
func encodeEvents(events []chat.Event, room int) (ends [][]byte, err error) {
	const before, after = `,"events":[`, `]}`
	b := []byte(before)
	finish := func() {
		if len(b) > len(before) {
			ends = append(ends, append(b, after...))
			b = []byte(before)
		}
	}
	for i := range events {
		one, err := appendEvent(nil, &events[i])
		if err != nil {
			return nil, err
		}
		if len(one)+len(before)+len(after) > room {
			finish()
			ends = append(ends, look)
			continue
		}
		if len(b)+1+len(one)+len(after) > room {
			finish()
		}
		if len(b) > len(before) {
			b = append(b, ',')
		}
		b = append(b, one...)
	}
	finish()
	return ends, nil
}

var eventFields = reflect.VisibleFields(reflect.TypeFor[chat.Event]())

// appendEvent writes an event with those of its fields alone that hold something: of
// sixty a message has twelve.
func appendEvent(b []byte, e *chat.Event) ([]byte, error) {
	v := reflect.ValueOf(e).Elem()
	b = append(b, '{')
	start := len(b)
	for i := range eventFields {
		field := v.Field(i)
		if field.IsZero() {
			continue
		}
		value, err := json.Marshal(field.Interface())
		if err != nil {
			return nil, fmt.Errorf("encode %s of an event: %w", eventFields[i].Name, err)
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), eventFields[i].Name...), `":`...)
		b = append(b, value...)
	}
	return append(b, '}'), nil
}
