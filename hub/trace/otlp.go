package trace

import (
	"encoding/json"
	"strconv"
)

// What follows is the JSON form of OTLP 1: the mapping of its protocol buffers to JSON
// with ids in hexadecimal and enumerations as numbers, and numbers of 64 bits as text:
// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
type (
	request struct {
		ResourceSpans []resourceSpans `json:"resourceSpans"`
	}
	resourceSpans struct {
		Resource   resource     `json:"resource"`
		ScopeSpans []scopeSpans `json:"scopeSpans"`
	}
	resource struct {
		Attributes []attribute `json:"attributes"`
	}
	scopeSpans struct {
		Scope scope  `json:"scope"`
		Spans []span `json:"spans"`
	}
	scope struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	span struct {
		TraceID    string      `json:"traceId"`
		SpanID     string      `json:"spanId"`
		ParentID   string      `json:"parentSpanId,omitempty"`
		Name       string      `json:"name"`
		Kind       Kind        `json:"kind"`
		Began      string      `json:"startTimeUnixNano"`
		Ended      string      `json:"endTimeUnixNano"`
		Attributes []attribute `json:"attributes,omitempty"`
		Status     status      `json:"status"`
	}
	status struct {
		Code int `json:"code,omitempty"`
	}
	attribute struct {
		Key   string `json:"key"`
		Value value  `json:"value"`
	}
	value struct {
		Text   *string `json:"stringValue,omitempty"`
		Number *string `json:"intValue,omitempty"`
	}
)

// failed is the status of what went wrong.
const failed = 2

// encode writes spans as a request to a collector.
func (t *Tracer) encode(batch []record) []byte {
	spans := make([]span, len(batch))
	for i := range batch {
		spans[i] = batch[i].span()
	}
	body, err := json.Marshal(request{[]resourceSpans{{
		Resource: resource{attributes([]Attr{
			Text("service.name", "rapport"), Text("service.version", t.version), Text("service.instance.id", t.server),
		})},
		ScopeSpans: []scopeSpans{{scope{"rapport", t.version}, spans}},
	}}})
	if err != nil {
		panic("trace: " + err.Error()) // text and numbers always have a form
	}
	return body
}

func (r *record) span() span {
	s := span{
		TraceID: hexID(r.trace[:]), SpanID: hexID(r.id[:]), ParentID: hexID(r.parent[:]), Name: r.name, Kind: r.kind,
		Began: strconv.FormatInt(r.began.UnixNano(), 10), Ended: strconv.FormatInt(r.ended.UnixNano(), 10),
		Attributes: attributes(r.attrs),
	}
	if r.failed != "" {
		s.Status.Code = failed
		s.Attributes = append(s.Attributes, attributes([]Attr{Text("error.type", r.failed)})...)
	}
	return s
}

func attributes(attrs []Attr) []attribute {
	out := make([]attribute, len(attrs))
	for i, a := range attrs {
		out[i].Key = a.key
		if a.num {
			n := strconv.FormatInt(a.n, 10)
			out[i].Value.Number = &n
		} else {
			out[i].Value.Text = &a.text
		}
	}
	return out
}
