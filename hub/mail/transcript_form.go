package mail

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

const (
	ofDay    = "margin:22px 0 10px;font-size:14px;font-weight:600;color:#6b655c"
	ofEvent  = "margin:0 0 12px;text-align:center;font-size:13px;color:#6b655c"
	ofTheirs = "padding:12px 14px;border:1px solid #d8d2c8;color:#262421;border-radius:10px"
)

// html is the copy as mail programs show it.
func (l *transcript) html() (string, error) {
	return l.sheet(l.Site, g.Group{
		h.P(h.Style("margin:0 0 4px"), auto(), g.Text(l.Hello)),
		h.P(h.Style("margin:0 0 8px"), g.Text(l.Lead)),
		h.P(h.Class("soft"), h.Style("margin:0 0 4px"+ofSoft), g.Text(l.Zone)),
		when(l.Cut, func(cut string) g.Node { return h.P(h.Class("soft"), h.Style("margin:0 0 4px"+ofSoft), g.Text(cut)) }),
		g.Map(l.Lines, l.lineNode),
		l.promisesNode(),
		h.P(h.Class("soft"), h.Style("margin:20px 0 12px"+ofSoft), g.Text(l.End)),
		h.P(h.Style("margin:0"), g.El("bdi", g.Text(l.Site.Name))),
	}, l.Foot, l.StopLink, l.Say("copy_stop"))
}

// lineNode is one line, below its day where that begins.
func (l *transcript) lineNode(x copyLine) g.Node {
	day := when(x.Day, func(day string) g.Node { return h.H2(h.Class("soft"), h.Style(ofDay), g.Text(day)) })
	if x.Who == "" {
		return g.Group{day, h.P(h.Class("soft"), h.Style(ofEvent), g.El("bdi", g.Text(x.Text)), g.Text(" · "), g.El("bdi", g.Text(x.Time)))}
	}
	look := g.Group{h.Class("box"), h.Style("margin:0 0 14px;" + ofBox)}
	if x.Theirs {
		look = g.Group{h.Class("theirs"), h.Style("margin:0 0 14px;" + ofTheirs)}
	}
	var inside g.Node = h.Div(h.Style(ofWords), auto(), g.Text(x.Text))
	if x.Card != nil {
		inside = l.cardNode(x)
	}
	return g.Group{day,
		h.P(h.Class("soft"), h.Style("margin:0 0 4px"+ofSoft), g.El("bdi", h.Strong(g.Text(x.Who))), g.Text(" · "), g.El("bdi", g.Text(x.Time))),
		h.Div(look, inside),
	}
}

// cardNode is a card with how it stands.
func (l *transcript) cardNode(x copyLine) g.Node {
	return g.Group{
		h.P(h.Style("margin:0 0 6px;font-weight:600"), g.Text(x.Card.Title)),
		h.Div(h.Style(ofWords), auto(), g.Text(x.Card.Text)),
		(&letter{words: l.words}).options(x.Card.Options),
		g.Map(l.parts(x.Card), func(line string) g.Node { return h.P(h.Style("margin:10px 0 0"), auto(), g.Text(line)) }),
		g.Map(x.State, func(line string) g.Node {
			return h.P(h.Class("soft"), h.Style("margin:10px 0 0"+ofSoft+";"+ofWords), auto(), g.Text(line))
		}),
	}
}

// promisesNode tells how the promises stand.
func (l *transcript) promisesNode() g.Node {
	if len(l.Promises) == 0 {
		return nil
	}
	return g.Group{
		h.H2(h.Style(ofTitle), g.Text(l.Say("copy_promises"))),
		g.Map(l.Promises, func(p promise) g.Node {
			return h.Div(h.Class("box"), h.Style("margin:0 0 8px;"+ofBox),
				h.P(h.Style("margin:0 0 6px;font-weight:600"), g.Text(p.Title)),
				h.Div(h.Style(ofWords), auto(), g.Text(p.Text)),
				g.Map(p.about(), func(line string) g.Node {
					return h.P(h.Class("soft"), h.Style("margin:6px 0 0"+ofSoft), auto(), g.Text(line))
				}),
			)
		}),
	}
}

// about are the lines below a promise's text, those of them that it has.
func (p promise) about() (lines []string) {
	for _, line := range []string{p.Due, p.Place, p.Why} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// plain is the copy as text alone.
func (l *transcript) plain() string {
	all := []string{l.Hello, l.Lead, l.Zone}
	if l.Cut != "" {
		all = append(all, l.Cut)
	}
	for _, x := range l.Lines {
		if x.Day != "" {
			all = append(all, "== "+x.Day+" ==")
		}
		all = append(all, l.plainLine(x))
	}
	for i, p := range l.Promises {
		if i == 0 {
			all = append(all, "== "+l.Say("copy_promises")+" ==")
		}
		all = append(all, p.Title+":\n"+indent(p.Text+"\n"+strings.Join(p.about(), "\n")))
	}
	return strings.Join(append(all, l.End, l.Site.Name, "-- \n"+l.Foot, l.Say("copy_stop")+": "+l.StopLink), "\n\n") + "\n"
}

// plainLine is one line as text.
func (l *transcript) plainLine(x copyLine) string {
	if x.Who == "" {
		return "* " + x.Text + " (" + x.Time + ")"
	}
	text := x.Text
	if c := x.Card; c != nil {
		lines := []string{c.Title + ":", c.Text}
		for _, o := range c.Options {
			lines = append(lines, "- "+strings.TrimSuffix(o.Title+": "+o.Detail, ": "))
		}
		text = strings.Join(append(append(lines, l.parts(c)...), x.State...), "\n")
	}
	return x.Who + " (" + x.Time + "):\n" + indent(text)
}
