package static

import (
	"bytes"
	"crypto/sha256"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// smallest is the size in bytes under which compression is not worth a header.
const smallest = 256

// packed is one body in its forms; what was not given is made on first use.
type packed struct {
	plain  func() []byte
	gzip   func() []byte // nil where it is not worth it
	brotli []byte        // nil for what the build has not packed
}

// ofPlain packs a body when somebody asks for it.
func ofPlain(body []byte, contentType string) packed {
	p := packed{plain: func() []byte { return body }}
	if len(body) >= smallest && compressible(contentType) {
		p.gzip = sync.OnceValue(func() []byte { return zip(body) })
	}
	return p
}

// ofGzip unpacks a body when somebody asks for it.
func ofGzip(zipped []byte) packed {
	return packed{
		plain: sync.OnceValue(func() []byte { return unzip(zipped) }),
		gzip:  func() []byte { return zipped },
	}
}

// best picks a form for an Accept-Encoding header, and names its coding.
func (p *packed) best(acceptEncoding string) ([]byte, string) {
	switch {
	case p.brotli != nil && accepts(acceptEncoding, "br"):
		return p.brotli, "br"
	case p.gzip != nil && accepts(acceptEncoding, "gzip"):
		return p.gzip(), "gzip"
	}
	return p.plain(), ""
}

// Pages made by the server are few (a site, a language, who is there), asked for
// by everybody, and anybody can ask without end. So each is packed once and kept.
const maxMade = 64

var made = struct {
	sync.Mutex
	pages map[[sha256.Size]byte]*packed
}{pages: map[[sha256.Size]byte]*packed{}}

// Compress returns a made page as it is or with gzip, as the header allows, and the
// coding's name. Brotli would make 200 bytes less of the largest one, and its packer
// is a megabyte of program.
func Compress(body []byte, acceptEncoding string) ([]byte, string) {
	sum := sha256.Sum256(body)
	made.Lock()
	p, ok := made.pages[sum]
	if !ok {
		if len(made.pages) >= maxMade {
			clear(made.pages) // rare, and what is asked for comes back at once
		}
		packed := ofPlain(body, "text/html")
		p = &packed
		made.pages[sum] = p
	}
	made.Unlock()
	return p.best(acceptEncoding)
}

// accepts reports whether an Accept-Encoding header names the coding without
// refusing it by q=0.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(params), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !found || (err == nil && weight > 0)
	}
	return false
}

// zip cannot fail: a bytes.Buffer never refuses a write.
func zip(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}

// unzip takes what the build has packed.
func unzip(zipped []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	if err == nil {
		var body []byte
		if body, err = io.ReadAll(r); err == nil {
			return body
		}
	}
	panic("static: a built file is no gzip: " + err.Error()) // built and tested with this program
}
