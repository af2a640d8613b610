package links

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"rapport/hub/chat"
)

func TestWhatAPageSays(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want chat.LinkPreview
	}{
		"its title":             {"<title>\n Lamps\t&amp; more </title>", chat.LinkPreview{Title: "Lamps & more"}},
		"what it says for us":   {`<TITLE>x</TITLE><META PROPERTY="OG:TITLE" CONTENT="Lamps"><meta name=og:site_name content=Shop><meta property="og:description" content="All of them">`, chat.LinkPreview{Name: "Shop", Title: "Lamps", Text: "All of them"}},
		"the first of its kind": {`<title>A</title><title>B</title><meta property="og:title" content="C"><meta property="og:title" content="D">`, chat.LinkPreview{Title: "C"}},
		"nothing of its body":   {`<head></head><title>Late</title><meta name="description" content="later">`, chat.LinkPreview{}},
		"nothing of its code":   {`<script>document.write("<title>Evil</title>")</script><style><title>x</title></style><!-- <title>y</title> --><title>Lamps</title>`, chat.LinkPreview{Title: "Lamps"}},
		"marks as words":        {`<title><b>Lamps</b><script>alert(1)</script></title>`, chat.LinkPreview{Title: "<b>Lamps</b><script>alert(1)</script>"}},
		"no hidden letters":     {"<title>gpj\u202eexe.\u200bSupport\x07</title>", chat.LinkPreview{Title: "gpjexe.Support"}},
		"a title left empty":    {`<title>Lamps</title><meta property="og:title" content=" ">`, chat.LinkPreview{Title: "Lamps"}},
		"a broken tag":          {`<meta property="og:title" content="Lamps`, chat.LinkPreview{}},
		"a body without a head": {`<body><title>Lamps</title>`, chat.LinkPreview{}},
	} {
		if got, err := readPage(strings.NewReader(c.page), "text/html; charset=utf-8"); err != nil || got != c.want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestLettersOfOtherSets(t *testing.T) {
	const page = `<title>Über Lampen</title>`
	western, _ := charmap.Windows1252.NewEncoder().String(page)
	russian, _ := charmap.Windows1251.NewEncoder().String(`<meta http-equiv=Content-Type content="text/html; charset=Windows-1251"><title>Лампы</title>`)
	for _, c := range []struct{ kind, page, want string }{
		{"text/html; charset=iso-8859-1", western, "Über Lampen"},
		{"text/html", `<meta charset="windows-1252">` + western, "Über Lampen"},
		{"text/html", russian, "Лампы"},
		{"text/html", "\xef\xbb\xbf" + page, "Über Lampen"},
		{"text/html", "\xfe\xff\x00<\x00t\x00i\x00t\x00l\x00e\x00>\x00L\x00<\x00/\x00t\x00i\x00t\x00l\x00e\x00>", "L"},
		{"text/html; charset=nonsense", page, "Über Lampen"},
		{"text/html; charset=utf-8", western, "\ufffdber Lampen"},
	} {
		got, err := readPage(strings.NewReader(c.page), c.kind)
		if err != nil || got.Title != c.want {
			t.Errorf("%s: %q, %v", c.kind, got.Title, err)
		}
	}
	for _, c := range [][2]string{
		{"text/html; charset=utf-16", page},
		{"text/html", `<meta charset="Shift_JIS">` + page},
	} {
		if got, err := readPage(strings.NewReader(c[1]), c[0]); err != errLetters || got != (chat.LinkPreview{}) {
			t.Errorf("%s: %q, %v", c[0], got.Title, err)
		}
	}
}

// Pages that are made to cost much cost little.
func TestPagesThatAreBombs(t *testing.T) {
	for name, page := range map[string]string{
		"tags":         strings.Repeat(`<meta name="description" content="`+strings.Repeat("x", 900)+`">`, 20_000),
		"attributes":   "<meta " + strings.Repeat("a=1 ", 1_000_000) + ">",
		"a long title": "<title>" + strings.Repeat("x", 8<<20),
		"entities":     "<title>" + strings.Repeat("&amp;", 1_000_000) + "</title>",
		"marks":        "<title>" + strings.Repeat("\u0301", 1_000_000) + "</title>",
		"brackets":     strings.Repeat("<", 4<<20),
		"comments":     strings.Repeat("<!--", 1<<20),
	} {
		began := time.Now()
		got, err := readPage(strings.NewReader(page), "text/html; charset=utf-8")
		if took := time.Since(began); err != nil || took > 2*time.Second || len(got.Title)+len(got.Text) > 2_000 {
			t.Errorf("%s: %d bytes after %v, %v", name, len(got.Title)+len(got.Text), took, err)
		}
	}
}

func FuzzReadPage(f *testing.F) {
	f.Add([]byte(lamp), "text/html")
	f.Add([]byte("<meta charset=gbk><title>\x81\x30"), "text/html; charset=gb18030")
	f.Fuzz(func(t *testing.T, page []byte, kind string) {
		l, err := readPage(strings.NewReader(string(page)), kind)
		if err != nil {
			return
		}
		again := l
		if again.Clean(); again != l || !utf8.ValidString(l.Title+l.Text+l.Name) {
			t.Errorf("not clean: %+v", l)
		}
	})
}
