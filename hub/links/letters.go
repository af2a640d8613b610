package links

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// errLetters says that a page is written in a set of letters that is not read here: the
// tables of the large ones would be a twentieth of the program.
var errLetters = errors.New("letters of this page are not read")

// lookedAt is how much of a page may come before it names its letters, in bytes, as the
// Encoding Standard has it.
const lookedAt = 1024

// letters reads a page as UTF-8. What a byte order mark says comes first. A set that
// nobody knows counts as UTF-8, as one does that is not named.
func letters(body io.Reader, kind string) (io.Reader, error) {
	page := bufio.NewReaderSize(body, lookedAt)
	start, err := page.Peek(lookedAt)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	name := named(kind)
	if name == "" {
		name = declared(start)
	}
	name = strings.ToLower(strings.TrimSpace(name))
	if large[name] {
		return nil, errLetters
	}
	read := unicode.UTF8.NewDecoder()
	if set := sets[name]; set != nil {
		read = set.NewDecoder()
	}
	return transform.NewReader(page, unicode.BOMOverride(read)), nil
}

// named is the set that a Content-Type names, "" for none.
func named(kind string) string {
	_, params, err := mime.ParseMediaType(kind)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// declared is the set that a page's beginning names, "" for none.
func declared(start []byte) string {
	for z := html.NewTokenizer(bytes.NewReader(start)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, more := z.TagName()
			if string(tag) != "meta" {
				continue
			}
			var key, value []byte
			var content, set string
			for more {
				key, value, more = z.TagAttr()
				switch string(key) {
				case "charset":
					set = string(value)
				case "content":
					content = string(value)
				}
			}
			if set == "" {
				set = named(content)
			}
			if set != "" {
				return set
			}
		}
	}
}

// sets are the small ones, by the names that pages use (labels of the Encoding
// Standard, encoding.spec.whatwg.org), where Latin 1 and ASCII are Windows' own.
var sets = map[string]*charmap.Charmap{
	"windows-1252": charmap.Windows1252, "cp1252": charmap.Windows1252, "iso-8859-1": charmap.Windows1252,
	"iso8859-1": charmap.Windows1252, "latin1": charmap.Windows1252, "ascii": charmap.Windows1252, "us-ascii": charmap.Windows1252,
	"windows-1250": charmap.Windows1250, "cp1250": charmap.Windows1250, "iso-8859-2": charmap.ISO8859_2, "latin2": charmap.ISO8859_2,
	"windows-1251": charmap.Windows1251, "cp1251": charmap.Windows1251, "iso-8859-5": charmap.ISO8859_5, "koi8-r": charmap.KOI8R, "koi8-u": charmap.KOI8U,
	"windows-1253": charmap.Windows1253, "iso-8859-7": charmap.ISO8859_7,
	"windows-1254": charmap.Windows1254, "iso-8859-9": charmap.Windows1254, "latin5": charmap.Windows1254,
	"windows-1255": charmap.Windows1255, "iso-8859-8": charmap.ISO8859_8,
	"windows-1256": charmap.Windows1256, "iso-8859-6": charmap.ISO8859_6,
	"windows-1257": charmap.Windows1257, "iso-8859-13": charmap.ISO8859_13, "iso-8859-4": charmap.ISO8859_4,
	"windows-1258": charmap.Windows1258, "windows-874": charmap.Windows874, "tis-620": charmap.Windows874,
	"iso-8859-15": charmap.ISO8859_15, "latin9": charmap.ISO8859_15, "macintosh": charmap.Macintosh,
}

// large are the sets of thousands of letters.
var large = map[string]bool{
	"shift_jis": true, "shift-jis": true, "sjis": true, "windows-31j": true, "euc-jp": true, "iso-2022-jp": true,
	"gbk": true, "gb2312": true, "gb18030": true, "big5": true, "big5-hkscs": true, "euc-kr": true, "ks_c_5601-1987": true,
	"utf-16": true, "utf-16le": true, "utf-16be": true,
}
