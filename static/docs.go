package static

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed docs
var documents embed.FS

// Docs is the protocol for people outside: index.html with what it loads,
// openapi.json, asyncapi.json, guide.md, and golden/ with the frames, events and
// answers that the tests on both sides read.
func Docs() fs.FS {
	sub, err := fs.Sub(documents, "docs")
	if err != nil {
		panic("static: docs is not embedded: " + err.Error()) // only a wrong go:embed line can do this
	}
	return sub
}

var docFiles = sync.OnceValue(func() map[string]*File { return gather(Docs()) })

// LookupDoc finds a file of Docs by its path there, without a leading slash.
func LookupDoc(name string) (*File, bool) {
	f, ok := docFiles()[name]
	return f, ok
}
