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

// Assets is the built tree: w.js, panel/, assets/, console.html, demo/.
func Assets() fs.FS {
	sub, err := fs.Sub(embedded, "dist")
	if err != nil {
		panic("static: dist is not embedded: " + err.Error()) // only a wrong go:embed line can do this
	}
	return sub
}

// File is one built file, ready to serve.
type File struct {
	Name string // path in dist
	Body []byte // as built; shared, never written to
	Type string // Content-Type
	ETag string // quoted, of the plain body
	// Hashed names change with their content and may be cached for ever.
	Hashed bool

	packed packed
}

var hashedName = regexp.MustCompile(`-[A-Z0-9]{8}\.\w+$`)

// files holds every built file by its path in dist, made on first use.
var files = sync.OnceValue(func() map[string]*File { return gather(Assets()) })

// gather reads every file of an embedded tree.
func gather(root fs.FS) map[string]*File {
	all := map[string]*File{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		all[name] = &File{
			Name: name, Body: body, Type: typeOf(name), ETag: etag(body),
			Hashed: hashedName.MatchString(name),
		}
		return nil
	})
	if err != nil {
		panic("static: reading the embedded files: " + err.Error())
	}
	return all
}

// Lookup finds a built file by its path in dist, without a leading slash.
func Lookup(name string) (*File, bool) {
	f, ok := files()[name]
	return f, ok
}

// Encoded returns the body in the best encoding that the Accept-Encoding header
// allows, and that encoding's name: "br", "gzip" or "". Each is made once.
func (f *File) Encoded(acceptEncoding string) ([]byte, string) {
	return f.packed.best(f.Body, f.Type, acceptEncoding)
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
