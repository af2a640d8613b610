package wire

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
)

// maxPlain bounds the fields of a struct that is read the short way: one bit each.
const maxPlain = 64

// plainField is a field that text can be put into as it stands: a string, a whole number
// or a truth.
type plainField struct {
	index int
	kind  reflect.Kind
}

// plainFields finds those of a struct, by name. Whatever encoding/json treats in a way
// of its own is left to it.
func plainFields(t reflect.Type) map[string]plainField {
	if t.NumField() > maxPlain {
		return nil
	}
	fields := make(map[string]plainField, t.NumField())
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous {
			return nil // whose field a name means is a matter of its own
		}
		if !field.IsExported() || name == "" || name == "-" || strings.Contains(options, "string") || readsItself(field.Type) {
			continue
		}
		switch kind := field.Type.Kind(); kind {
		case reflect.String, reflect.Bool, reflect.Int, reflect.Int64:
			fields[name] = plainField{i, kind}
		}
	}
	return fields
}

func readsItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// plain reads what nearly all frames are: one object of strings without escapes, whole
// numbers and truths, each key known and there once. encoding/json walks such text
// twice and looks at every type anew, which was a seventh of what a message cost. Text
// that is anything else makes it give up, and Decode begins again; it never says
// that something is wrong. The text is valid UTF-8.
type plain struct {
	data []byte
	pos  int
}

// read puts the text into a struct and reports whether it was all plain.
func (p *plain) read(dst reflect.Value, fields map[string]plainField) bool {
	var seen uint64
	for opening := byte('{'); ; opening = ',' {
		if !p.take(opening) {
			return opening == ',' && p.take('}') && p.ended()
		}
		key, ok := p.text()
		if !ok {
			return false
		}
		f, known := fields[string(key)]
		if bit := uint64(1) << f.index; !known || seen&bit != 0 || !p.take(':') {
			return false
		} else {
			seen |= bit
		}
		if !p.value(dst.Field(f.index), f.kind) {
			return false
		}
	}
}

// take skips white space and the sign c, if that is what comes next.
func (p *plain) take(c byte) bool {
	p.space()
	if p.pos == len(p.data) || p.data[p.pos] != c {
		return false
	}
	p.pos++
	return true
}

func (p *plain) space() {
	for p.pos < len(p.data) {
		switch p.data[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

func (p *plain) ended() bool {
	p.space()
	return p.pos == len(p.data)
}

// text takes a string without escapes.
func (p *plain) text() ([]byte, bool) {
	if !p.take('"') {
		return nil, false
	}
	for i, c := range p.data[p.pos:] {
		switch {
		case c == '"':
			s := p.data[p.pos : p.pos+i]
			p.pos += i + 1
			return s, true
		case c == '\\' || c < ' ':
			return nil, false
		}
	}
	return nil, false
}

func (p *plain) value(into reflect.Value, kind reflect.Kind) bool {
	switch kind {
	case reflect.String:
		s, ok := p.text()
		if ok {
			into.SetString(string(s))
		}
		return ok
	case reflect.Bool:
		truth := p.word("true")
		if truth || p.word("false") {
			into.SetBool(truth)
			return true
		}
		return false
	}
	n, ok := p.number()
	if ok {
		ok = !into.OverflowInt(n)
	}
	if ok {
		into.SetInt(n)
	}
	return ok
}

// word takes a word that no letter or digit follows: the sign behind it is looked for
// by whoever goes on.
func (p *plain) word(w string) bool {
	p.space()
	if end := p.pos + len(w); end > len(p.data) || string(p.data[p.pos:end]) != w {
		return false
	}
	p.pos += len(w)
	return true
}

// maxDigits is how many digits certainly fit into 64 bits.
const maxDigits = 18

// number takes a whole number; a point or an exponent behind it is found by whoever
// goes on.
func (p *plain) number() (n int64, ok bool) {
	negative := p.take('-')
	if !negative {
		p.space()
	}
	start := p.pos
	for p.pos < len(p.data) && p.data[p.pos] >= '0' && p.data[p.pos] <= '9' {
		n = n*10 + int64(p.data[p.pos]-'0')
		p.pos++
		if p.pos-start > maxDigits {
			return 0, false
		}
	}
	digits := p.pos - start
	if digits == 0 || digits > 1 && p.data[start] == '0' {
		return 0, false
	}
	if negative {
		n = -n
	}
	return n, true
}
