package mail

import (
	"net/url"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"rapport/hub/chat"
)

// Letters and pages are put together by calls: the template packages of the
// standard library find methods by name, for which the linker must keep every
// method of the program.

// render writes a whole document.
func render(document g.Node) (string, error) {
	var out strings.Builder
	err := document.Render(&out)
	return out.String(), err
}

// when is the node for a text, or none where there is no text.
func when(text string, node func(text string) g.Node) g.Node {
	if text == "" {
		return nil
	}
	return node(text)
}

// auto lets a text that people wrote run in its own direction.
func auto() g.Node { return h.Dir("auto") }

// href leads to a page of the web or to a path of this server; any other address
// leads nowhere.
func href(to string) g.Node {
	u, err := url.Parse(to)
	if err != nil {
		return h.Href("#")
	}
	web := (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
	ours := u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/") && !strings.HasPrefix(u.Path, "//")
	if !web && !ours {
		return h.Href("#")
	}
	return h.Href(u.String())
}

// ground is a site's colour for a style, the one that sites begin with where it
// is no "#rrggbb".
func ground(color string) string {
	if _, ok := rgb(color); ok {
		return color
	}
	return chat.DefaultSettings("").Color
}

// ink is the colour, dark or white, that is read better on a "#rrggbb" ground.
func ink(ground string) string {
	v, _ := rgb(ground)
	if light := 299*(v>>16&255) + 587*(v>>8&255) + 114*(v&255); light > 150_000 {
		return "#1d1b19"
	}
	return "#ffffff"
}

// rgb reads "#rrggbb".
func rgb(color string) (v uint64, ok bool) {
	digits, ok := strings.CutPrefix(color, "#")
	v, err := strconv.ParseUint(digits, 16, 24)
	if !ok || err != nil || len(digits) != 6 {
		return 0, false
	}
	return v, true
}
