package chat

import (
	"regexp"
	"slices"
)

// Look is how a site's chat stands on a page, and what it says there in each
// language.
type Look struct {
	Side     int64  `json:"side"`     // from the launcher to its side of the page, in CSS pixels
	Bottom   int64  `json:"bottom"`   // and from below
	Launcher string `json:"launcher"` // one of Launchers
	Icon     string `json:"icon"`     // one of Icons
	Label    string `json:"label"`    // words beside the launcher's picture, where it has them
	Theme    string `json:"theme"`    // one of Themes
	Picture  string `json:"picture"`  // name of one of the site's pictures, "" for none

	// Locales are the languages that are offered, the one for everybody else first;
	// none means all that the chat speaks.
	Locales []string `json:"locales"`

	// Words are what is said in other languages, by their tag. What is "" there is
	// said as the site's own settings say it.
	Words map[string]LookWords `json:"words"`
}

// LookWords are an owner's words in one language.
type LookWords struct {
	Name      string `json:"name"`
	Greeting  string `json:"greeting"`
	ReplyNote string `json:"reply_note"`
	Label     string `json:"label"`
}

// What a launcher may be, which pictures it may have, and whose light it follows.
var (
	Launchers = []string{"icon", "label", "hidden"}
	Icons     = []string{"bubble", "bubbles", "question", "heart", "smile"}
	Themes    = []string{"visitor", "light", "dark"}
)

// Bounds of a look: pixels from an edge, code points of a label, languages.
const (
	minEdge    = 4
	maxEdge    = 200
	maxLabel   = 30
	maxLocales = 20
)

// DefaultLook is that of a new site, and of one from before there was a choice.
func DefaultLook() Look {
	return Look{Side: 20, Bottom: 20, Launcher: Launchers[0], Icon: Icons[0], Theme: Themes[0], Locales: []string{}, Words: map[string]LookWords{}}
}

var (
	localeForm  = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$`)
	pictureForm = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func (l *Look) clean() error {
	if l.Side < minEdge || l.Side > maxEdge {
		return FailField("side", "Between %d and %d pixels.", minEdge, maxEdge)
	}
	if l.Bottom < minEdge || l.Bottom > maxEdge {
		return FailField("bottom", "Between %d and %d pixels.", minEdge, maxEdge)
	}
	for _, c := range []struct {
		field, value string
		all          []string
	}{{"launcher", l.Launcher, Launchers}, {"icon", l.Icon, Icons}, {"theme", l.Theme, Themes}} {
		if !slices.Contains(c.all, c.value) {
			return FailField(c.field, "%q is not among %v.", c.value, c.all)
		}
	}
	l.Label = CleanLine(l.Label, maxLabel)
	if l.Launcher == "label" && l.Label == "" {
		return FailField("label", "Write what stands on the button, or show its picture alone.")
	}
	if l.Picture != "" && !pictureForm.MatchString(l.Picture) {
		return FailField("picture", "This is not the name of a picture.")
	}
	return l.cleanWords()
}

func (l *Look) cleanWords() error {
	if l.Locales == nil {
		l.Locales = []string{}
	}
	if l.Words == nil {
		l.Words = map[string]LookWords{}
	}
	if len(l.Locales) > maxLocales || len(l.Words) > maxLocales {
		return FailField("locales", "At most %d languages.", maxLocales)
	}
	for i, tag := range l.Locales {
		if !localeForm.MatchString(tag) || slices.Contains(l.Locales[:i], tag) {
			return FailField("locales", "Each language stands there once, as a tag such as en or ar.")
		}
	}
	for tag, w := range l.Words {
		if !localeForm.MatchString(tag) {
			return FailField("words", "%q is not a language such as en or ar.", tag)
		}
		w = LookWords{CleanLine(w.Name, MaxName), CleanLine(w.Greeting, maxSaid), CleanLine(w.ReplyNote, maxSaid), CleanLine(w.Label, maxLabel)}
		if w == (LookWords{}) {
			delete(l.Words, tag)
			continue
		}
		l.Words[tag] = w
	}
	return nil
}

// In is what the site says in a language.
func (s *SiteSettings) In(locale string) LookWords {
	w := s.Look.Words[locale]
	if s.Look.Launcher != "label" {
		w.Label = ""
	} else if w.Label == "" {
		w.Label = s.Look.Label
	}
	if w.Name == "" {
		w.Name = s.Name
	}
	if w.Greeting == "" {
		w.Greeting = s.Greeting
	}
	if w.ReplyNote == "" {
		w.ReplyNote = s.ReplyNote
	}
	return w
}
