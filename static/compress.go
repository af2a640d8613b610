package static

import (
	"bytes"
	"compress/gzip"
	"strconv"
	"strings"
	"sync"

	brotli "github.com/molecule-man/go-brrr"
)

// smallest is the size in bytes under which compression is not worth a header.
const smallest = 256

// packed keeps the compressed forms of one body; each is made on first use.
type packed struct {
	gzipOnce, brotliOnce sync.Once
	gzip, brotli         []byte
}

func (p *packed) best(body []byte, contentType, acceptEncoding string) ([]byte, string) {
	if len(body) < smallest || !compressible(contentType) {
		return body, ""
	}
	switch {
	case accepts(acceptEncoding, "br"):
		p.brotliOnce.Do(func() { p.brotli = packBrotli(body) })
		return p.brotli, "br"
	case accepts(acceptEncoding, "gzip"):
		p.gzipOnce.Do(func() { p.gzip = packGzip(body) })
		return p.gzip, "gzip"
	}
	return body, ""
}

// Compress returns a made page in the best encoding that the header allows, and
// that encoding's name. It costs milliseconds: keep what it returns.
func Compress(body []byte, acceptEncoding string) ([]byte, string) {
	return new(packed).best(body, "text/html", acceptEncoding)
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

func packBrotli(body []byte) []byte {
	var out bytes.Buffer
	w, _ := brotli.NewWriter(&out, brotli.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}
