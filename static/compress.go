package static

import (
	"bytes"
	"crypto/sha256"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	brotli "github.com/molecule-man/go-brrr"
)

// smallest is the size in bytes under which compression is not worth a header.
const smallest = 256

// packed keeps the compressed forms of one body; each is made on first use.
type packed struct {
	level                int // of brotli; 0 for the best that is quick enough
	gzipOnce, brotliOnce sync.Once
	gzip, brotli         []byte
}

func (p *packed) best(body []byte, contentType, acceptEncoding string) ([]byte, string) {
	if len(body) < smallest || !compressible(contentType) {
		return body, ""
	}
	switch {
	case accepts(acceptEncoding, "br"):
		p.brotliOnce.Do(func() { p.brotli = packBrotli(body, p.level) })
		return p.brotli, "br"
	case accepts(acceptEncoding, "gzip"):
		p.gzipOnce.Do(func() { p.gzip = packGzip(body) })
		return p.gzip, "gzip"
	}
	return body, ""
}

// Pages made by the server are few (a site, a language, who is there), asked for
// by everybody, and anybody can ask without end. So each is packed once and kept,
// and at a level that costs a millisecond rather than thirty and little memory.
const (
	madeLevel = 5
	maxMade   = 64
)

var made = struct {
	sync.Mutex
	pages map[[sha256.Size]byte]*packed
}{pages: map[[sha256.Size]byte]*packed{}}

// Compress returns a made page in the best encoding that the header allows, and
// that encoding's name.
func Compress(body []byte, acceptEncoding string) ([]byte, string) {
	sum := sha256.Sum256(body)
	made.Lock()
	p, ok := made.pages[sum]
	if !ok {
		if len(made.pages) >= maxMade {
			clear(made.pages) // rare, and what is asked for comes back at once
		}
		p = &packed{level: madeLevel}
		made.pages[sum] = p
	}
	made.Unlock()
	return p.best(body, "text/html", acceptEncoding)
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

// A bytes.Buffer never refuses a write, so these two cannot fail.

func packGzip(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}

// The best level takes most of a second for the console's script, which its first
// reader would wait for; this one takes 25 ms and makes 7 % more of it.
const (
	large      = 128 << 10 // bytes
	largeLevel = 9
)

// packing lets one body be packed at a time: each takes memory many times its size.
var packing sync.Mutex

func packBrotli(body []byte, level int) []byte {
	packing.Lock()
	defer packing.Unlock()
	var out bytes.Buffer
	switch {
	case level > 0:
	case len(body) > large:
		level = largeLevel
	default:
		level = brotli.BestCompression
	}
	w, _ := brotli.NewWriterOptions(&out, level, brotli.WriterOptions{LGWin: window(len(body)), SizeHint: uint(len(body))})
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}

// window is the least window, as a power of two, in which all of a body can be
// referred to: a distance may reach back 2^n - 16 bytes (RFC 7932, 9.1).
func window(size int) int { return min(max(bits.Len(uint(size+16)), 10), 22) }
