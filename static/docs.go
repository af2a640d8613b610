package static

import (
	"encoding/json"
	"sync"
)

// goldenFiles are the frames, events and answers that the tests on both sides read, by
// their path below /docs: golden/events/message.posted.json. The build puts them into
// one file, and who first asks for any unpacks it.
var goldenFiles = sync.OnceValue(func() map[string]*File {
	built, ok := Lookup("golden.json")
	if !ok {
		panic("static: the golden files are not in dist") // only a broken build can do this
	}
	var texts map[string]string
	if err := json.Unmarshal(built.Body(), &texts); err != nil {
		panic("static: golden.json: " + err.Error()) // built and tested with this program
	}
	all := map[string]*File{}
	for name, text := range texts {
		all[name] = newFile(name)
		all[name].take([]byte(text), "")
	}
	return all
})

// LookupDoc finds a file of the protocol's documentation by its path below /docs, without
// a leading slash: index.html with what it loads, guide.md, openapi.json, asyncapi.json
// and the golden files.
func LookupDoc(name string) (*File, bool) {
	if f, ok := goldenFiles()[name]; ok {
		return f, true
	}
	return Lookup("docs/" + name)
}
