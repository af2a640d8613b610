package static

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed docs/golden docs/js docs/*.css docs/*.html docs/*.md docs/*.svg
var documents embed.FS

// Docs is the protocol for people outside: index.html with what it loads,
// guide.md, and golden/ with the frames, events and answers that the tests on both
// sides read. openapi.json and asyncapi.json come out of dist, where they are short.
func Docs() fs.FS {
	sub, err := fs.Sub(documents, "docs")
	if err != nil {
		panic("static: docs is not embedded: " + err.Error()) // only a wrong go:embed line can do this
	}
	return sub
}

var docFiles = sync.OnceValue(func() map[string]*File {
	all := gather(Docs())
	for _, name := range []string{"openapi.json", "asyncapi.json"} {
		built, ok := Lookup("docs/" + name)
		if !ok {
			panic("static: " + name + " is not in dist")
		}
		all[name] = built
	}
	return all
})

// LookupDoc finds a file of the documentation by its path below /docs, without a
// leading slash.
func LookupDoc(name string) (*File, bool) {
	f, ok := docFiles()[name]
	return f, ok
}
