package when

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is how long a commitment's own words may be, in code points.
const maxText = 120

// phrase is a claim in its own words, without those that say when and with a
// subject where it had none.
func (c *clauses) phrase(cl *claim, when *said) string {
	from, lead := cl.from, ""
	switch cl.kind {
	case letMe:
		from, lead = cl.verb, "I'll "
	case goingOn:
		from, lead = cl.verb-1, c.subject(cl.from)+" "
		for c.words[from].text != "will" && c.words[from].text != "shall" {
			from--
		}
	case also:
		from, lead = cl.verb, c.subject(cl.from)+" will "
	case comesBack:
		from, lead = cl.verb, "I'll be back "
	}
	end := c.end
	if cl.to < len(c.words) {
		end = c.words[cl.to].start
	}
	start := c.words[from].start
	own := c.text[start:end]
	if when != nil && when.from >= from {
		own = c.text[start:c.words[when.from].start] + c.text[c.words[when.to-1].end:end]
	}
	return tidy(lead + own)
}

// tidy makes a line of what is left: one space between words, nothing hanging
// on either end, a capital first, at most maxText.
func tidy(s string) string {
	fields := strings.Fields(strings.ToValidUTF8(s, ""))
	line := strings.Join(fields, " ")
	line = strings.NewReplacer(" ,", ",", " .", ".", ",,", ",").Replace(line)
	for {
		bare := strings.Trim(line, " ,.;:!–—-(…")
		for _, w := range [...]string{" and then", " and", " but", " so", " or"} {
			bare = strings.TrimSuffix(bare, w)
		}
		if bare == line {
			break
		}
		line = bare
	}
	if first, n := utf8.DecodeRuneInString(line); n > 0 {
		line = string(unicode.ToUpper(first)) + line[n:]
	}
	if utf8.RuneCountInString(line) <= maxText {
		return line
	}
	cut := string([]rune(line)[:maxText-1])
	if space := strings.LastIndexByte(cut, ' '); space > maxText/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,") + "…"
}
