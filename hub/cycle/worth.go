package cycle

import (
	"strings"
	"unicode"

	"rapport/hub/chat"
)

// Said is how often customers must have said how it ended before the outcome of a
// template counts.
const Said = 5

// trust is how many answers the site's usual share weighs: with as many of its own,
// a template ranks half by its own outcome.
const trust = 10

// Rate fills in how templates rank by outcome: the share that customers called
// solved, of those who said, drawn towards what is usual among these templates. A
// template of which too few have said ranks as usual: in the middle, since nobody
// knows. It is about words; whose replies they were is stored nowhere.
func Rate(list []chat.Template) {
	var all chat.Outcome
	for i := range list {
		all = all.Add(said(&list[i]), 1)
	}
	usual := float64(all.Solved+1) / float64(all.Solved+all.Unsolved+2)
	for i := range list {
		o := said(&list[i])
		n, share := o.Solved+o.Unsolved, usual
		if n >= Said {
			share = (float64(o.Solved) + trust*usual) / float64(n+trust)
		}
		list[i].Worth = int64(1000*share + 0.5)
	}
}

func said(t *chat.Template) chat.Outcome { return t.AsIs.Add(t.Reworded, 1) }

// Kept reports whether a reply holds a template's words unchanged: filled with
// these values, what had none filled by hand, and perhaps more around it.
func Kept(body, reply string, vars map[string]string) bool {
	filled, _ := Render(body, vars)
	rest := spaced(reply)
	for _, piece := range placeholder().Split(filled, -1) {
		_, after, found := strings.Cut(rest, spaced(piece))
		if !found {
			return false
		}
		rest = after
	}
	return true
}

// spaced has single spaces between words and none around them.
func spaced(s string) string { return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ") }
