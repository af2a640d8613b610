package mail

import (
	"embed"
	"fmt"
	html "html/template"
	"io"
	"strconv"
	"strings"
	"sync"
	text "text/template"
)

//go:embed forms
var formFiles embed.FS

// shape is what letters and pages are made with.
type shape struct {
	words  catalogue
	text   *text.Template
	html   *html.Template
	policy string
}

// shapes are read when the first is needed. They are part of the program, so one
// that does not read is a mistake that the tests find.
var shapes = sync.OnceValue(func() *shape {
	s, err := readShapes()
	if err != nil {
		panic("mail: " + err.Error())
	}
	return s
})

func readShapes() (*shape, error) {
	all, err := readWords()
	if err != nil {
		return nil, err
	}
	style, err := formFiles.ReadFile("forms/page.css")
	if err != nil {
		return nil, err
	}
	helpers := map[string]any{
		"indent": indent, "ink": ink, "days": func() string { return linkDays }, "style": func() html.CSS { return html.CSS(style) },
	}
	t, err := text.New("").Funcs(helpers).ParseFS(formFiles, "forms/*.txt")
	if err != nil {
		return nil, err
	}
	h, err := html.New("").Funcs(helpers).ParseFS(formFiles, "forms/*.html")
	return &shape{all, t, h, policyFor(html.CSS(style))}, err
}

// indent sets a quoted text apart from our own words.
func indent(s string) string { return "  " + strings.ReplaceAll(s, "\n", "\n  ") }

// ink is the colour, dark or white, that is read better on a "#rrggbb" ground.
func ink(ground string) string {
	v, err := strconv.ParseUint(strings.TrimPrefix(ground, "#"), 16, 32)
	if err != nil {
		return "#ffffff"
	}
	light := 299*(v>>16&255) + 587*(v>>8&255) + 114*(v&255)
	if light > 150_000 {
		return "#1d1b19"
	}
	return "#ffffff"
}

// fill writes the named form with its data.
func fill(form interface {
	ExecuteTemplate(w io.Writer, name string, data any) error
}, name string, data any) (string, error) {
	var out strings.Builder
	if err := form.ExecuteTemplate(&out, name, data); err != nil {
		return "", fmt.Errorf("fill %s: %w", name, err)
	}
	return out.String(), nil
}
