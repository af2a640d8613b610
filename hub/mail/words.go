package mail

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"rapport/hub/chat"
)

//go:embed words
var wordFiles embed.FS

// words are the sentences of one language by their key.
type words struct {
	Lang string
	Dir  string // "ltr" or "rtl"
	say  map[string]string
}

// catalogue holds every language by its tag; English is complete.
type catalogue map[string]*words

const english = "en"

// languages are read when the first is needed. They are part of the program, so
// one that does not read is a mistake that the tests find.
var languages = sync.OnceValue(func() catalogue {
	all, err := readWords()
	if err != nil {
		panic("mail: " + err.Error())
	}
	return all
})

// readWords reads every language. It fails on a file that is not a flat object,
// and on a key that English does not have.
func readWords() (catalogue, error) {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, err
	}
	all := catalogue{}
	for _, f := range files {
		raw, err := wordFiles.ReadFile("words/" + f.Name())
		if err != nil {
			return nil, err
		}
		w := &words{Lang: strings.TrimSuffix(f.Name(), path.Ext(f.Name()))}
		if err := json.Unmarshal(raw, &w.say); err != nil {
			return nil, fmt.Errorf("words of %s: %w", w.Lang, err)
		}
		w.Dir = w.say["dir"]
		all[w.Lang] = w
	}
	for _, w := range all {
		for key := range w.say {
			if _, ok := all[english].say[key]; !ok {
				return nil, fmt.Errorf("words of %s: %q is no key of English", w.Lang, key)
			}
		}
		for key, text := range all[english].say {
			if w.say[key] == "" {
				w.say[key] = text
			}
		}
	}
	return all, nil
}

// in returns the words of a language tag such as "de-AT", English where it has
// no file of its own.
func (c catalogue) in(tag string) *words {
	for tag = strings.ToLower(tag); tag != ""; {
		if w, ok := c[tag]; ok {
			return w
		}
		cut := strings.LastIndexByte(tag, '-')
		tag = tag[:max(cut, 0)]
	}
	return c[english]
}

// Say is the sentence of a key with its {names} filled in from pairs of name and
// value.
func (w *words) Say(key string, pairs ...string) string {
	text, ok := w.say[key]
	if !ok {
		panic("mail: no words for " + key)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// When writes a time for people, in a zone that it names.
func (w *words) When(at chat.Time, zone *time.Location) string {
	text := at.Std().In(zone).Format(w.say["when"])
	if w.Dir == "rtl" {
		return "\u2066" + text + "\u2069" // its parts stay in their order
	}
	return text
}
