package links

import (
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rapport/hub/chat"
)

// Bounds of reading: a page's head stands at its beginning.
const (
	maxPage  = 512 << 10 // bytes of a page
	maxToken = 64 << 10  // bytes of one tag or of one text
	maxWords = 4 << 10   // bytes of one title or description
)

// words are what a page says of itself, by where it says it.
type words struct {
	title, ogTitle, ogText, text, name string
}

// readPage reads a page's head. kind is the Content-Type that it came with, and names
// its letters where it says so itself. A page that ends early or is broken counts for
// what was read.
func readPage(body io.Reader, kind string) (chat.LinkPreview, error) {
	page, err := letters(io.LimitReader(body, maxPage), kind)
	if err != nil {
		return chat.LinkPreview{}, err
	}
	var w words
	w.read(html.NewTokenizer(io.LimitReader(page, 2*maxPage))) // what was one byte may be more in UTF-8
	l := chat.LinkPreview{Name: w.name, Title: first(w.ogTitle, w.title), Text: first(w.ogText, w.text)}
	l.Clean()
	return l, nil
}

func first(list ...string) string {
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// read goes through the head, and no further.
func (w *words) read(z *html.Tokenizer) {
	z.SetMaxBuf(maxToken)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			name, has := z.TagName()
			switch atom.Lookup(name) {
			case atom.Body:
				return
			case atom.Title:
				if w.title == "" && z.Next() == html.TextToken {
					w.title = cut(string(z.Text()))
				}
			case atom.Meta:
				if has {
					w.meta(z)
				}
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == atom.Head {
				return
			}
		}
	}
}

// meta keeps what a tag says, if it is the first of its kind.
func (w *words) meta(z *html.Tokenizer) {
	var of, content string
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "property", "name":
			if of == "" {
				of = strings.ToLower(string(value))
			}
		case "content":
			content = cut(string(value))
		}
	}
	for _, k := range []struct {
		name string
		to   *string
	}{{"og:title", &w.ogTitle}, {"og:description", &w.ogText}, {"og:site_name", &w.name}, {"description", &w.text}} {
		if of == k.name && *k.to == "" {
			*k.to = content
		}
	}
}

// cut keeps the beginning; where it ends within a letter, cleaning mends that.
func cut(s string) string { return strings.Clone(s[:min(len(s), maxWords)]) }
