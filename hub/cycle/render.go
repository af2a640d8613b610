package cycle

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// placeholder finds what must never reach a customer: {{anything}} on one line,
// and a brace followed by one of our families of variables, so that a broken
// {{customer.first_name} is caught as well. The same expression runs in the
// browser; testdata/render.json holds both to the same results.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{\{([^{}\n]+)\}\}|\{[ \t]*((?:customer|agent|site|delay)\.[\p{L}\p{N}_.\-]*)`)
})

// Render fills the variables of a template's body: {{name}} becomes its value,
// {{name|words}} its value or else the words, which may be empty. A value that
// is "" is no value. What has neither stays as it is and is named in missing,
// each once, in the order of the text; missing is empty exactly when the text
// may be sent. Braces in values become parentheses, so that a customer's name
// can never act as a variable.
func Render(body string, vars map[string]string) (text string, missing []string) {
	if !strings.Contains(body, "{") {
		return body, nil
	}
	text = placeholder().ReplaceAllStringFunc(body, func(found string) string {
		if !strings.HasPrefix(found, "{{") {
			return found
		}
		name, words, fallback := split(found[2 : len(found)-2])
		if value := vars[name]; value != "" {
			return unbrace.Replace(value)
		}
		if fallback && name != "" {
			return words
		}
		return found
	})
	return text, Placeholders(text)
}

var unbrace = strings.NewReplacer("{", "(", "}", ")")

// Placeholders names the variables that are still in a text, each once, in
// order. A reply that has any is not sent.
func Placeholders(text string) []string {
	if !strings.Contains(text, "{") {
		return nil
	}
	var names []string
	for _, m := range placeholder().FindAllStringSubmatch(text, -1) {
		name := m[2]
		if name == "" {
			name, _, _ = split(m[1])
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// split takes the inside of a placeholder apart. Only spaces and tabs are
// trimmed: the browser's idea of white space differs from ours beyond them.
func split(inside string) (name, words string, fallback bool) {
	name, words, fallback = strings.Cut(inside, "|")
	return strings.Trim(name, " \t"), strings.Trim(words, " \t"), fallback
}
