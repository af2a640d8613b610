package static

import (
	"bytes"
	"encoding/json"
	"html"
	"slices"
	"strings"
	"sync"
)

// pseudoLocale accents every letter of the catalogue; tests and translators ask
// for it by name, nobody is offered it.
const pseudoLocale = "en-XA"

// launcherWords are the few words that the launcher shows outside the panel, by
// language, as JSON.
var launcherWords = sync.OnceValue(func() map[string]json.RawMessage {
	words := map[string]json.RawMessage{}
	if f, ok := Lookup("launcher.json"); ok {
		if err := json.Unmarshal(f.Body(), &words); err != nil {
			panic("static: launcher.json: " + err.Error()) // built and tested with this program
		}
	}
	return words
})

// inviteWords are the words around an invitation on a page, by language, as JSON.
var inviteWords = sync.OnceValue(func() map[string]json.RawMessage {
	words := map[string]json.RawMessage{}
	if f, ok := Lookup("invite.json"); ok {
		if err := json.Unmarshal(f.Body(), &words); err != nil {
			panic("static: invite.json: " + err.Error()) // built and tested with this program
		}
	}
	return words
})

// InviteWords are the words around an invitation. locale must come from Locale.
func InviteWords(locale string) json.RawMessage { return inviteWords()[locale] }

// InviteScript follows the configuration of a preview: it has no beacon, and shows the
// same card. locale must come from Locale.
func InviteScript(locale string) []byte {
	return slices.Concat([]byte("Rapport.w="), inviteWords()[locale], []byte("\n"))
}

// Locales lists the languages of the widget, sorted.
func Locales() []string {
	var all []string
	for name := range launcherWords() {
		if name != pseudoLocale {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// Locale picks, among the languages that are offered, the one nearest to the first
// wanted tag that has one: exactly, or by its language alone ("ar-EG" gives "ar").
// A wanted string may be a tag or an Accept-Language header, whose order counts and
// whose weights do not. Nothing near gives the first that is offered. Where none is,
// all are, and nothing near gives "en".
func Locale(offered []string, wanted ...string) string {
	offers := func(language string) bool {
		_, ok := launcherWords()[language]
		return ok && (len(offered) == 0 || slices.Contains(offered, language))
	}
	for tag := range strings.SplitSeq(strings.Join(wanted, ","), ",") {
		tag, _, _ = strings.Cut(strings.TrimSpace(tag), ";")
		if strings.EqualFold(tag, pseudoLocale) {
			return pseudoLocale
		}
		language, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if offers(language) {
			return language
		}
	}
	for _, language := range offered {
		if offers(language) {
			return language
		}
	}
	return "en"
}

var icons = sync.OnceValue(func() map[string]string {
	var paths map[string]string
	if f, ok := files()["icons.json"]; !ok || json.Unmarshal(f.Body(), &paths) != nil {
		panic("static: dist has no icons.json") // only a broken build can do this
	}
	return paths
})

// Icon is a picture for the launcher, as an SVG path in a square of 24; that of a
// speech bubble for a name that nobody knows.
func Icon(name string) string {
	if path, ok := icons()[name]; ok {
		return path
	}
	return icons()["bubble"]
}

// ConfigScript is the body of the configuration script that the loader asks
// for. config is a WidgetConfig as encoding/json writes it, so it is safe inside
// a script.
func ConfigScript(locale string, config []byte) []byte {
	var b bytes.Buffer
	b.WriteString("Rapport._(")
	b.Write(config)
	b.WriteByte(',')
	b.Write(launcherWords()[locale])
	b.WriteString(")\n")
	return b.Bytes()
}

// Beacon is what follows the configuration where the site lists its visitors, or
// invites them by rules.
func Beacon() []byte {
	f, ok := Lookup("beacon.js")
	if !ok {
		panic("static: the beacon is not built")
	}
	return f.Body()
}

// BeaconToTry is the beacon of a site that does not look around, for a page on which a
// rule is tried: on any other it finds itself running already. config is that of
// ConfigScript.
func BeaconToTry(config []byte) []byte {
	return slices.Concat([]byte("Rapport.b??="), config, []byte("\n"), Beacon())
}

// Panel is the panel's page in one language with the site's configuration
// inside. locale must come from Locale; theme is light, dark or, to follow the
// visitor's system, anything else.
func Panel(locale, theme string, config []byte) []byte {
	f, ok := Lookup("panel/" + locale + ".html")
	if !ok {
		f = files()["panel/en.html"]
	}
	page := bytes.Replace(f.Body(), []byte("__RAPPORT_CONFIG__"), config, 1)
	if theme != "light" && theme != "dark" {
		return page
	}
	return bytes.Replace(page, []byte("<html "), []byte(`<html data-theme="`+theme+`" `), 1)
}

// Preview is the page that shows a site's chat inside the console, whose origin it
// is told.
func Preview(console string) ([]byte, bool) {
	f, ok := Lookup("preview.html")
	if !ok {
		return nil, false
	}
	return bytes.Replace(f.Body(), []byte("__RAPPORT_CONSOLE__"), []byte(html.EscapeString(console)), 1), true
}

// DemoPages lists the pages of the demonstration shop.
func DemoPages() []string {
	var all []string
	for name := range files() {
		if page, ok := strings.CutPrefix(name, "demo/"); ok && strings.HasSuffix(page, ".html") {
			all = append(all, page)
		}
	}
	slices.Sort(all)
	return all
}

// Demo is a page of the demonstration shop with the widget of this site on it.
// origin is where the widget is served from, "https://chat.example.com".
func Demo(page, siteKey, origin string) ([]byte, bool) {
	f, ok := Lookup("demo/" + page)
	if !ok || !strings.HasSuffix(page, ".html") {
		return nil, false
	}
	text := strings.NewReplacer(
		"__RAPPORT_SITE_KEY__", html.EscapeString(siteKey),
		"__RAPPORT_ORIGIN__", html.EscapeString(origin),
	).Replace(string(f.Body()))
	return []byte(text), true
}
