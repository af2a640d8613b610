package wire

import (
	"bytes"
	"encoding/json"

	"rapport/hub/chat"
)

const (
	maxDepth = 32 // how deep JSON from outside may nest; the protocol needs three
	fewKeys  = 32 // up to here keys are compared one by one
)

// checker walks JSON text once and finds what encoding/json lets pass: keys
// twice, deep nesting, fields in another spelling. Grammar is left to the
// decoder, so a checker must only be safe on nonsense, not right about it.
type checker struct {
	data   []byte
	pos    int
	fields map[string]bool // of the outermost object; nil when any will do

	depth int
	open  [maxDepth]level
	keys  [][]byte // of all open objects, innermost last
}

// level is one open object or array.
type level struct {
	object bool
	key    bool // the next string is a key
	first  int  // where its keys begin
	seen   map[string]bool
}

// check reports the first fault, or nil.
func (c *checker) check() *chat.Failure {
	var space [24][]byte
	c.keys = space[:0]
	for c.pos < len(c.data) {
		b := c.data[c.pos]
		c.pos++
		var f *chat.Failure
		switch b {
		case '{', '[':
			f = c.enter(b == '{')
		case '}', ']':
			c.leave()
		case ',':
			if c.depth > 0 {
				c.open[c.depth-1].key = c.open[c.depth-1].object
			}
		case '"':
			f = c.text()
		}
		if f != nil {
			return f
		}
	}
	return nil
}

func (c *checker) enter(object bool) *chat.Failure {
	if c.depth == maxDepth {
		return chat.Fail(chat.BadJSON, "This JSON is nested more than %d levels deep.", maxDepth)
	}
	c.open[c.depth] = level{object: object, key: object, first: len(c.keys)}
	c.depth++
	return nil
}

func (c *checker) leave() {
	if c.depth > 0 {
		c.depth--
		c.keys = c.keys[:c.open[c.depth].first]
	}
}

// text skips a string whose first quote is behind, and looks at it if it is a key.
func (c *checker) text() *chat.Failure {
	start, plain := c.pos, true
	for {
		i := bytes.IndexAny(c.data[c.pos:], `"\`)
		if i < 0 {
			c.pos = len(c.data)
			return chat.Fail(chat.BadJSON, "The JSON text ends too early.")
		}
		c.pos += i + 1
		if c.data[c.pos-1] == '"' {
			break
		}
		plain = false
		c.pos++ // whatever is escaped
		if c.pos > len(c.data) {
			return chat.Fail(chat.BadJSON, "The JSON text ends too early.")
		}
	}
	if c.depth == 0 || !c.open[c.depth-1].key {
		return nil
	}
	key := c.data[start : c.pos-1]
	if !plain {
		var s string
		if json.Unmarshal(c.data[start-1:c.pos], &s) != nil {
			return chat.Fail(chat.BadJSON, "This is not valid JSON.")
		}
		key = []byte(s)
	}
	return c.key(key)
}

// key checks a key against its object's others and the known fields.
func (c *checker) key(key []byte) *chat.Failure {
	l := &c.open[c.depth-1]
	l.key = false
	if c.depth == 1 && c.fields != nil && !c.fields[string(key)] {
		return unknownField(string(key))
	}
	if l.has(key, c.keys[l.first:]) {
		return &chat.Failure{Code: chat.BadJSON, Field: string(key), Message: "This key stands twice in one object."}
	}
	c.keys = append(c.keys, key)
	return nil
}

// has reports whether the object has the key already, and remembers it once
// there are too many to compare.
func (l *level) has(key []byte, keys [][]byte) bool {
	if l.seen == nil && len(keys) < fewKeys {
		for _, k := range keys {
			if bytes.Equal(k, key) {
				return true
			}
		}
		return false
	}
	if l.seen == nil {
		l.seen = make(map[string]bool)
		for _, k := range keys {
			l.seen[string(k)] = true
		}
	}
	if l.seen[string(key)] {
		return true
	}
	l.seen[string(key)] = true
	return false
}
