// Package static is what the browser gets: the built loader, panel, console and
// demonstration shop, embedded, so that the server runs with no Node and no
// files beside it. It imports nothing of ours and speaks no HTTP; the doors
// decide on paths and headers.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"strings"
	"sync"
)

//go:embed all:dist
var embedded embed.FS

// dist is the built tree: w.js, panel/, assets/, console.html, demo/, docs/. Text lies in
// it packed only, as name.gz, and as name.br where somebody waits for it at first.
func dist() fs.FS {
	sub, err := fs.Sub(embedded, "dist")
	if err != nil {
		panic("static: dist is not embedded: " + err.Error()) // only a wrong go:embed line can do this
	}
	return sub
}

// File is one built file, ready to serve.
type File struct {
	Name string // path in dist
	Type string // Content-Type
	ETag string // quoted
	// Hashed names change with their content and may be cached for ever.
	Hashed bool

	packed packed
}

var hashedName = regexp.MustCompile(`-[A-Z0-9]{8}\.\w+$`)

// files holds every built file by its path in dist, made on first use.
var files = sync.OnceValue(func() map[string]*File { return gather(dist()) })

// gather reads every file of an embedded tree.
func gather(root fs.FS) map[string]*File {
	all := map[string]*File{}
	err := fs.WalkDir(root, ".", func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(root, at)
		if err != nil {
			return err
		}
		name, form := plainName(at)
		f := all[name]
		if f == nil {
			f = newFile(name)
			all[name] = f
		}
		f.take(body, form)
		return nil
	})
	if err != nil {
		panic("static: reading the embedded files: " + err.Error())
	}
	return all
}

// packedEnd ends the names of files that lie packed in dist.
const packedEnd = ".gz"

// plainName is what a browser asks for to get the file at a path, and the coding in
// which it lies there: "br", "gzip" or "".
func plainName(at string) (name, coding string) {
	if name, ok := strings.CutSuffix(at, ".br"); ok {
		return name, "br"
	}
	if name, ok := strings.CutSuffix(at, packedEnd); ok {
		return name, "gzip"
	}
	return at, ""
}

func newFile(name string) *File {
	return &File{Name: name, Type: typeOf(name), Hashed: hashedName.MatchString(name)}
}

// take gives a file one of its forms.
func (f *File) take(body []byte, coding string) {
	brotli := f.packed.brotli
	switch coding {
	case "br":
		f.packed.brotli = body
		return // it always lies beside gzip
	case "gzip":
		f.packed = ofGzip(body)
	default:
		f.packed = ofPlain(body, f.Type)
	}
	f.packed.brotli = brotli
	f.ETag = etag(body)
}

// Lookup finds a built file by its path in dist, without a leading slash.
func Lookup(name string) (*File, bool) {
	f, ok := files()[name]
	return f, ok
}

// Parts are the files that pages load by hashed names.
func Parts() (list []*File) {
	for name, f := range files() {
		if strings.HasPrefix(name, "assets/") {
			list = append(list, f)
		}
	}
	return list
}

// Body is the file as built; shared, never written to.
func (f *File) Body() []byte { return f.packed.plain() }

// Encoded returns the body in the best encoding that the Accept-Encoding header
// allows, and that encoding's name: "br", "gzip" or "".
func (f *File) Encoded(acceptEncoding string) ([]byte, string) {
	return f.packed.best(acceptEncoding)
}

func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// types that the host's own table may name differently or not at all.
var types = map[string]string{
	".js":    "text/javascript; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".json":  "application/json",
	".md":    "text/markdown; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
	".mp3":   "audio/mpeg",
	".txt":   "text/plain; charset=utf-8",

	".webmanifest": "application/manifest+json",
}

func typeOf(name string) string {
	ext := path.Ext(name)
	if t, ok := types[ext]; ok {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}

// compressible reports whether a type gains from compression.
func compressible(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.HasPrefix(contentType, "application/json") ||
		strings.HasPrefix(contentType, "image/svg")
}
