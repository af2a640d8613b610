package cycle

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var titles = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "prof": true, "sir": true, "madam": true,
}

// FirstName is how to call somebody: the first name of a full name, "Mr Lopez"
// where only that is known, "" where the name is none (an e-mail address, a
// number). A name in small letters only gets its capital.
func FirstName(full string) string {
	if last, first, ok := strings.Cut(full, ","); ok && strings.TrimSpace(first) != "" {
		full = first + " " + last
	}
	words := strings.Fields(full)
	if len(words) == 0 || strings.Contains(full, "@") || !strings.ContainsFunc(words[0], unicode.IsLetter) {
		return ""
	}
	if titles[strings.ToLower(strings.TrimSuffix(words[0], "."))] {
		switch len(words) {
		case 1:
			return ""
		case 2:
			return words[0] + " " + words[1]
		}
		words = words[1:]
	}
	return capital(strings.Trim(words[0], ","))
}

// capital lifts the first letter of a name that has none lifted.
func capital(name string) string {
	if strings.ContainsFunc(name, unicode.IsUpper) {
		return name
	}
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(r)) + name[n:]
}

// names are the words by which the two are called, folded; "" matches nothing.
// In phrases {called} is the customer's first name, {customer} the same unless
// it is an everyday word as well (Will, Mark, Grace), {surname} the last name,
// {agent} the agent's first name.
type names struct {
	called, customer, surname, agent string
}

func (l *lexicon) names(customer, agent string) names {
	first, last := FirstName(customer), lastField(customer)
	n := names{called: firstWord(first), agent: firstWord(FirstName(agent))}
	if strings.HasSuffix(first, " "+last) {
		n.called = "" // only "Mr Lopez" is known
	}
	if last != strings.TrimSpace(customer) {
		n.surname = fold(last)
	}
	if !l.common[n.called] {
		n.customer = n.called
	}
	return n
}

func firstWord(s string) string {
	if w := fold(s[:wordEnd(s)]); len(w) > 1 {
		return w
	}
	return ""
}

func lastField(s string) string {
	s = strings.TrimSpace(s)
	i := strings.LastIndexFunc(s, unicode.IsSpace)
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

func (n names) of(key wordID) string {
	switch key {
	case calledName:
		return n.called
	case customerName:
		return n.customer
	case surnameName:
		return n.surname
	case agentName:
		return n.agent
	}
	return ""
}
