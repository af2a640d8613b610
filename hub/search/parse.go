package search

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rapport/hub/chat"
)

// piece is what stands between two spaces: a filter has a name.
type piece struct {
	not    bool
	name   string
	value  string
	quoted bool // the value, or the words, stood in quotes
}

// quotes are those that keyboards and phones write.
const quotes = "\"“”„«»"

// pieces cuts a query at its spaces, but not within quotes. A quote that is never
// closed reaches to the end.
func pieces(text string) []piece {
	var out []piece
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		var p piece
		if rest, ok := strings.CutPrefix(text, "-"); ok && rest != "" && !strings.HasPrefix(rest, " ") {
			p.not, text = true, rest
		}
		if name, rest, ok := cutName(text); ok {
			p.name, text = name, rest
		}
		p.value, p.quoted, text = cutValue(text)
		out = append(out, p)
	}
	return out
}

// cutName takes "name:" off the front: Latin letters, a colon and no space. What
// only looks like one, as in https://, is a word.
func cutName(text string) (name, rest string, ok bool) {
	i := strings.IndexFunc(text, func(r rune) bool { return r > 'z' || !unicode.IsLetter(r) })
	if i <= 0 || text[i] != ':' || strings.HasPrefix(text[i+1:], "//") {
		return "", text, false
	}
	return strings.ToLower(text[:i]), text[i+1:], true
}

// cutValue takes what stands in quotes, or up to the next space, off the front.
func cutValue(text string) (value string, quoted bool, rest string) {
	first, n := utf8.DecodeRuneInString(text)
	if text == "" || !strings.ContainsRune(quotes, first) {
		i := strings.IndexFunc(text, unicode.IsSpace)
		if i < 0 {
			return text, false, ""
		}
		return text[:i], false, text[i:]
	}
	text = text[n:]
	i := strings.IndexAny(text, quotes)
	if i < 0 {
		return text, true, ""
	}
	_, n = utf8.DecodeRuneInString(text[i:])
	return text[:i], true, text[i+n:]
}

// parser builds a query out of pieces.
type parser struct {
	now time.Time
	q   *Query
}

func (p *parser) add(v piece) error {
	if v.name == "" {
		p.term(v)
		return nil
	}
	read, known := filters[v.name]
	if !known {
		return chat.FailField("q", "There is no filter %s:. There are %s. Put words with a colon in quotes.", v.name, strings.Join(Names(), ":, ")+":")
	}
	if strings.TrimSpace(v.value) == "" {
		return chat.FailField("q", "Say what %s: is to be, without a space behind the colon.", v.name)
	}
	return read(p, v)
}

// term adds a word or a phrase. What holds several tokens, such as an address or
// a word with a hyphen, is a phrase; what holds none says nothing.
func (p *parser) term(v piece) {
	text := v.value
	if v.quoted && strings.TrimSpace(text) == "" {
		return
	}
	words := Tokens(text)
	if len(words) == 0 {
		return
	}
	t := Term{Not: v.not, Prefix: strings.HasSuffix(text, "*")}
	for _, w := range words {
		t.Words = append(t.Words, w.Text)
	}
	last := t.Words[len(t.Words)-1]
	switch _, n := utf8.DecodeRuneInString(last); {
	case n == len(last) && kindOf(first(last)) == unspaced:
		// The last character of a run stands alone in the index only at the end of
		// one: within, it begins a pair.
		if len(t.Words) > 1 && strings.HasSuffix(t.Words[len(t.Words)-2], last) {
			t.Words = t.Words[:len(t.Words)-1]
		} else {
			t.Prefix = true
		}
	case t.Prefix && len(t.Words) == 1 && !Begins(last):
		t.Prefix = false
	}
	p.q.Terms = append(p.q.Terms, t)
}

// Begins reports whether a token is long enough to look for what begins with it.
func Begins(token string) bool {
	return utf8.RuneCountInString(token) >= minPrefix || kindOf(first(token)) == unspaced
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// filters are those that a query may have, each with how it is read.
var filters map[string]func(*parser, piece) error

func init() {
	filters = map[string]func(*parser, piece) error{
		"from": (*parser).text, "to": (*parser).text, "tag": (*parser).text, "site": (*parser).text, "team": (*parser).text,
		"step":   closed(StepValues...),
		"state":  closed(StateValues...),
		"type":   closed(TypeValues...),
		"mood":   closed(MoodValues...),
		"before": (*parser).before, "after": (*parser).after, "on": (*parser).on,
		"has": (*parser).has, "in": (*parser).in,
	}
}

// Names are those of the filters, in the order in which they are suggested.
func Names() []string {
	return []string{"from", "to", "tag", "step", "type", "mood", "state", "site", "team", "before", "after", "on", "has", "in"}
}

// Values of the filters that have a closed list.
var (
	StepValues  = []string{string(chat.Greeting), string(chat.Understanding), string(chat.Agreeing), string(chat.Delivering), string(chat.Closing)}
	StateValues = []string{string(chat.Waiting), string(chat.Open), "snoozed", string(chat.Closed)}
	TypeValues  = []string{string(chat.Request), string(chat.Question), string(chat.Complaint), string(chat.Compliment)}
	MoodValues  = []string{string(chat.Fine), string(chat.Unsure), string(chat.Upset)}
)

// text is a filter whose values are names that people have given.
func (p *parser) text(v piece) error {
	values := []string{v.value}
	if !v.quoted {
		values = strings.Split(v.value, ",")
	}
	return p.filter(v, values)
}

// closed is a filter whose values are known.
func closed(known ...string) func(*parser, piece) error {
	return func(p *parser, v piece) error {
		values := strings.Split(strings.ToLower(v.value), ",")
		for _, value := range values {
			if !slices.Contains(known, value) {
				return chat.FailField("q", "%s: is one of %s, and not %q.", v.name, strings.Join(known, ", "), value)
			}
		}
		return p.filter(v, values)
	}
}

func (p *parser) filter(v piece, values []string) error {
	values = slices.DeleteFunc(values, func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(values) == 0 || len(values) > maxValues {
		return chat.FailField("q", "%s: takes 1 to %d values, with commas between them.", v.name, maxValues)
	}
	same := func(f Filter) bool { return f.Name == v.name && f.Not == v.not && slices.Equal(f.Values, values) }
	if !slices.ContainsFunc(p.q.Filters, same) {
		p.q.Filters = append(p.q.Filters, Filter{v.name, values, v.not})
	}
	return nil
}

func (p *parser) has(v piece) error {
	switch strings.ToLower(v.value) {
	case "file", "files":
		p.q.HasFile = wanted(v)
		return nil
	}
	return chat.FailField("q", "has: knows one thing, has:file.")
}

func (p *parser) in(v piece) error {
	switch strings.ToLower(v.value) {
	case "note", "notes":
		p.q.InNote = wanted(v)
		return nil
	}
	return chat.FailField("q", "in: knows one thing, in:note.")
}

func wanted(v piece) Wanted {
	if v.not {
		return MustNot
	}
	return Must
}
