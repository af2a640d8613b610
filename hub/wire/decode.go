package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"

	"rapport/hub/chat"
)

// Decode reads one JSON value from outside into dst, strictly: valid UTF-8, no
// key twice in one object, at most 32 levels, no field that dst does not know
// in its exact spelling, nothing after the value. What it reports is a
// *chat.Failure of code bad_json, unknown_field or invalid, the latter two with
// the field. dst points to a struct; after an error its content is unspecified.
func Decode(data []byte, dst any) error {
	if !utf8.Valid(data) {
		return chat.Fail(chat.BadJSON, "This is not valid UTF-8 text.")
	}
	form := formOf(dst)
	if p := (plain{data: data}); form.plain != nil && p.read(reflect.ValueOf(dst).Elem(), form.plain) {
		return nil
	}
	c := checker{data: data, fields: form.fields}
	if f := c.check(); f != nil {
		return f
	}
	var err error
	if form.flat { // the checker has seen every key that matters
		err = json.Unmarshal(data, dst)
	} else {
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		err = d.Decode(dst)
		if err == nil && trailing(d) {
			return chat.Fail(chat.BadJSON, "Something stands behind the end of this JSON.")
		}
	}
	if err != nil {
		return explain(err)
	}
	return nil
}

// trailing reports anything but white space behind the value that d has read.
func trailing(d *json.Decoder) bool {
	_, err := d.Token()
	return !errors.Is(err, io.EOF)
}

// explain turns an error of encoding/json into a Failure.
func explain(err error) *chat.Failure {
	const unknown = "json: unknown field "
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return chat.FailField(wrong.Field, "A %s does not belong here.", wrong.Value)
	case strings.HasPrefix(err.Error(), unknown):
		return unknownField(strings.Trim(strings.TrimPrefix(err.Error(), unknown), `"`))
	}
	return chat.Fail(chat.BadJSON, "This is not valid JSON.")
}

func unknownField(name string) *chat.Failure {
	if len(name) > chat.MaxKey {
		name = strings.ToValidUTF8(name[:chat.MaxKey], "")
	}
	return &chat.Failure{Code: chat.UnknownField, Field: name, Message: "The protocol has no such field here."}
}

// form is what Decode must know of a destination's type.
type form struct {
	fields map[string]bool // names of the outermost object; nil when any will do
	flat   bool            // no struct stands deeper, so no field can be unknown there
	plain  map[string]plainField
}

var forms sync.Map // reflect.Type → form

func formOf(dst any) form {
	t := reflect.TypeOf(dst)
	if f, ok := forms.Load(t); ok {
		return f.(form)
	}
	f := form{}
	if t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct {
		f.fields, f.flat = make(map[string]bool), true
		f.learn(t.Elem())
		f.plain = plainFields(t.Elem())
	}
	forms.Store(t, f)
	return f
}

// learn enters the names of a struct's fields as encoding/json sees them.
func (f *form) learn(t reflect.Type) {
	for field := range fieldsOf(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "-" || !field.IsExported() && !field.Anonymous:
			continue
		case field.Anonymous && name == "" && field.Type.Kind() == reflect.Struct:
			f.learn(field.Type)
			continue
		case name == "":
			name = field.Name
		}
		f.fields[name] = true
		f.flat = f.flat && !holdsStruct(field.Type)
	}
}

func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

// holdsStruct reports whether values of t can hold a struct or anything.
func holdsStruct(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct, reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return holdsStruct(t.Elem())
	}
	return false
}
