package cycle

import (
	"slices"
	"strings"
)

// Unfillable names the placeholders of a body that no customer, agent or site can
// ever give a value: a broken one, and a name that is no variable, nor one of more,
// and has no words of its own. Each once, in order.
func Unfillable(body string, more ...string) []string {
	if !strings.Contains(body, "{") {
		return nil
	}
	var names []string
	for _, m := range placeholder().FindAllStringSubmatch(body, -1) {
		name, _, fallback := split(m[1])
		if m[2] != "" {
			name = m[2]
		} else if fallback && name != "" || isVariable(name) || slices.Contains(more, name) {
			continue
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func isVariable(name string) bool {
	if key, ok := strings.CutPrefix(name, AttributePrefix); ok {
		return key != ""
	}
	return slices.ContainsFunc(Variables, func(v Variable) bool { return v.Name == name })
}
