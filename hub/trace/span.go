package trace

import (
	"context"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"time"
)

// Kind says on which side of a conversation between programs a span stands, in the
// numbers of OpenTelemetry.
type Kind int

// Kinds of spans.
const (
	Inside  Kind = 1 // part of our own work
	Asked   Kind = 2 // somebody asked for it
	Telling Kind = 4 // something is handed on, and nobody waits for an answer
)

// Span is one part of what is followed, until End. Its methods do nothing on nil. Parts
// of it may be added from any goroutine; the rest belongs to who began it.
type Span struct {
	tracer *Tracer
	rec    record
}

// record is a span as it is sent.
type record struct {
	trace        [16]byte
	id, parent   [8]byte // parent is zero for the first of a trace
	name         string
	kind         Kind
	began, ended time.Time
	attrs        []Attr
	failed       string // the code of what went wrong, "" for nothing
}

// Attr says something of a span.
type Attr struct {
	key  string
	text string
	n    int64
	num  bool
}

// Text is an attribute of words: our own, or an id.
func Text(key, value string) Attr { return Attr{key: key, text: value} }

// Number is an attribute that counts.
func Number(key string, value int64) Attr { return Attr{key: key, n: value, num: true} }

type inContext struct{}

// Begin decides whether what comes in now is followed, and returns the context for what
// it causes. parent is what the caller said in a traceparent header, if they are
// believed, else "": who follows it already decides for us. On nil nothing is followed.
func (t *Tracer) Begin(ctx context.Context, name string, kind Kind, parent string) (context.Context, *Span) {
	if t == nil {
		return ctx, nil
	}
	var rec record
	switch from, said, wanted := readParent(parent); {
	case said && !wanted, !said && rand.Float64() >= t.share:
		return ctx, nil
	case said:
		rec.trace, rec.parent = from.trace, from.id
	default:
		put(rec.trace[:8])
		put(rec.trace[8:])
	}
	put(rec.id[:])
	rec.name, rec.kind, rec.began = name, kind, time.Now()
	s := &Span{tracer: t, rec: rec}
	return context.WithValue(ctx, inContext{}, s), s
}

// From is the span that a context is part of, or nil.
func (t *Tracer) From(ctx context.Context) *Span {
	if t == nil {
		return nil
	}
	s, _ := ctx.Value(inContext{}).(*Span)
	return s
}

// Name renames a span whose name is known only at its end.
func (s *Span) Name(name string) {
	if s != nil {
		s.rec.name = name
	}
}

// Say adds what is worth knowing.
func (s *Span) Say(attrs ...Attr) {
	if s != nil {
		s.rec.attrs = append(s.rec.attrs, attrs...)
	}
}

// Fail marks that it went wrong, by a code of ours.
func (s *Span) Fail(code string) {
	if s != nil {
		s.rec.failed = code
	}
}

// Add notes a part that is over. code is what went wrong with it, "" for nothing.
func (s *Span) Add(name string, kind Kind, began, ended time.Time, code string, attrs ...Attr) {
	if s == nil {
		return
	}
	part := record{trace: s.rec.trace, parent: s.rec.id, name: name, kind: kind, began: began, ended: ended, attrs: attrs, failed: code}
	put(part.id[:])
	s.tracer.keep(part)
}

// End is when it is over. Nothing may be said of it afterwards.
func (s *Span) End() {
	if s == nil {
		return
	}
	s.rec.ended = time.Now()
	s.tracer.keep(s.rec)
}

// put fills eight bytes with chance, never all zero: that would be no id.
func put(id []byte) {
	n := rand.Uint64()
	for n == 0 {
		n = rand.Uint64()
	}
	for i := range 8 {
		id[i] = byte(n >> (8 * i))
	}
}

// readParent reads a traceparent header: https://www.w3.org/TR/trace-context/. said is
// whether it is one, wanted whether its sender follows this request.
func readParent(header string) (from record, said, wanted bool) {
	const shape = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00"
	// Later versions may say more, behind another hyphen.
	if len(header) < len(shape) || header[:2] == "ff" || len(header) > len(shape) && (header[:2] == "00" || header[len(shape)] != '-') {
		return record{}, false, false
	}
	header = header[:len(shape)]
	if header[2] != '-' || header[35] != '-' || header[52] != '-' || header != strings.ToLower(header) {
		return record{}, false, false
	}
	var version, flags [1]byte
	for _, part := range []struct {
		into []byte
		text string
	}{{version[:], header[:2]}, {from.trace[:], header[3:35]}, {from.id[:], header[36:52]}, {flags[:], header[53:]}} {
		if _, err := hex.Decode(part.into, []byte(part.text)); err != nil {
			return record{}, false, false
		}
	}
	if from.trace == [16]byte{} || from.id == [8]byte{} {
		return record{}, false, false
	}
	return from, true, flags[0]&1 == 1
}
