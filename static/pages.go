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
		if err := json.Unmarshal(f.Body, &words); err != nil {
			panic("static: launcher.json: " + err.Error()) // built and tested with this program
		}
	}
	return words
})

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

// Locale picks the widget's language nearest to the first wanted tag that has
// one: exactly, or by its language alone ("ar-EG" gives "ar"). A wanted string
// may be a tag or an Accept-Language header, whose order counts and whose
// weights do not. Nothing near gives "en".
func Locale(wanted ...string) string {
	for tag := range strings.SplitSeq(strings.Join(wanted, ","), ",") {
		tag, _, _ = strings.Cut(strings.TrimSpace(tag), ";")
		if strings.EqualFold(tag, pseudoLocale) {
			return pseudoLocale
		}
		language, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if _, ok := launcherWords()[language]; ok {
			return language
		}
	}
	return "en"
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

// Panel is the panel's page in one language with the site's configuration
// inside. locale must come from Locale.
func Panel(locale string, config []byte) []byte {
	f, ok := Lookup("panel/" + locale + ".html")
	if !ok {
		f = files()["panel/en.html"]
	}
	return bytes.Replace(f.Body, []byte("__RAPPORT_CONFIG__"), config, 1)
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
	).Replace(string(f.Body))
	return []byte(text), true
}
