package mail

import (
	_ "embed"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"rapport/hub/chat"
)

// letterDark is the letter by night; by day its styles stand on the elements,
// which is all that many mail programs read.
//
//go:embed forms/letter.css
var letterDark string

const (
	ofBack  = "background:#f4f1ec;padding:20px 12px;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5"
	ofSheet = "max-width:560px;margin:0 auto;padding:24px 22px;background:#ffffff;color:#262421;border-radius:12px;border-top:4px solid "
	ofTitle = "margin:20px 0 6px;font-size:17px"
	ofBox   = "padding:12px 14px;background:#f4f1ec;color:#262421;border-radius:10px"
	ofWords = "white-space:pre-wrap;word-wrap:break-word;overflow-wrap:anywhere"
	ofSoft  = ";font-size:14px;color:#6b655c"
	ofOther = "display:inline-block;padding:10px 17px;border:1px solid #8d867b;border-radius:8px;color:#262421;text-decoration:none;font-weight:600"
	ofFoot  = "max-width:560px;margin:14px auto 0;padding:0 10px;font-size:13px;color:#6b655c"
)

// html is the letter as mail programs show it.
func (l *letter) html() (string, error) {
	return l.sheet(l.Site, g.Group{l.news(), l.ways()}, l.foot(), l.StopLink, l.Say("stop"))
}

// sheet is a letter of a site's: its content, below it why it came, and, where there is
// one, the link that stops such letters.
func (w *words) sheet(site *chat.Site, content g.Node, foot, stopLink, stop string) (string, error) {
	return render(h.Doctype(h.HTML(h.Lang(w.Lang), h.Dir(w.Dir),
		h.Head(
			h.Meta(h.Charset("utf-8")),
			h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
			h.Meta(h.Name("color-scheme"), h.Content("light dark")),
			h.Meta(h.Name("supported-color-schemes"), h.Content("light dark")),
			h.Meta(h.Name("format-detection"), h.Content("telephone=no, date=no, address=no, email=no, url=no")),
			h.TitleEl(g.Text(site.Name)),
			h.StyleEl(g.Raw(letterDark)),
		),
		h.Body(h.Class("back"), h.Style("margin:0;padding:0;background:#f4f1ec"),
			h.Div(h.Class("back"), h.Style(ofBack),
				h.Div(h.Class("sheet"), h.Style(ofSheet+ground(site.Color)), content),
				h.P(h.Class("foot"), h.Style(ofFoot), g.Text(foot)),
				when(stopLink, func(to string) g.Node {
					return h.P(h.Class("foot"), h.Style(ofFoot), h.A(h.Class("foot"), href(to), h.Style("color:#6b655c"), g.Text(stop)))
				}),
			),
		),
	)))
}

// news is what the letter tells.
func (l *letter) news() g.Node {
	return g.Group{
		h.P(h.Style("margin:0 0 4px"), auto(), g.Text(l.Hello)),
		h.P(h.Style("margin:0 0 18px"), g.Text(l.Lead)),
		g.Map(l.Replies, func(r reply) g.Node {
			return g.Group{
				h.P(h.Class("soft"), h.Style("margin:0 0 4px"+ofSoft), auto(), g.Text(l.Say("says", "agent", r.Agent))),
				h.Div(h.Class("box"), h.Style("margin:0 0 16px;"+ofBox+";"+ofWords), auto(), g.Text(r.Text)),
			}
		}),
		g.Map(l.Cards, l.cardNode),
		g.Map(l.Promises, func(p promise) g.Node {
			return g.Group{
				h.H2(h.Style(ofTitle), g.Text(p.Title)),
				h.Div(h.Class("box"), h.Style("margin:0 0 8px;"+ofBox+";"+ofWords), auto(), g.Text(p.Text)),
				h.P(h.Style("margin:0 0 16px"), g.Text(p.Due), when(p.Place, func(place string) g.Node {
					return g.Group{h.Br(), h.Span(auto(), g.Text(place))}
				}), when(p.Why, func(why string) g.Node {
					return g.Group{h.Br(), h.Span(auto(), g.Text(why))}
				})),
			}
		}),
		when(l.AskLink, l.askNode),
	}
}

// askNode is the question whether it is solved, an answer a button.
func (l *letter) askNode(to string) g.Node {
	return g.Group{
		h.H2(h.Style(ofTitle), g.Text(l.Say("solved_title"))),
		h.P(h.Style("margin:10px 0 20px"),
			h.A(href(to), l.button(), g.Text(l.Say("solved_yes"))), g.Text(" "),
			h.A(h.Class("link"), href(to+sayNotYet), h.Style(ofOther), g.Text(l.Say("solved_not_yet"))),
		),
	}
}

// cardNode is a card with the button that answers it.
func (l *letter) cardNode(c card) g.Node {
	return g.Group{
		h.H2(h.Style(ofTitle), g.Text(c.Title)),
		h.Div(h.Class("box"), h.Style("margin:0 0 10px;"+ofBox),
			h.Div(h.Style(ofWords), auto(), g.Text(c.Text)),
			l.options(c.Options),
			g.Map(l.parts(&c), func(line string) g.Node {
				return h.P(h.Style("margin:10px 0 0"), auto(), g.Text(line))
			}),
		),
		h.P(h.Style("margin:0 0 10px"), g.Text(c.Ask)),
		h.P(h.Style("margin:0 0 20px"), h.A(href(c.Link), l.button(), g.Text(c.Answer))),
	}
}

// ways are the links on, and who signs.
func (l *letter) ways() g.Node {
	return g.Group{
		when(l.GoOn, func(to string) g.Node {
			look := l.button()
			if len(l.Cards) > 0 || l.AskLink != "" { // whose answer is the button then
				look = g.Group{h.Class("link"), h.Style("color:#262421;font-weight:600")}
			}
			return g.Group{
				h.P(h.Style("margin:20px 0 6px"), h.A(href(to), look, g.Text(l.Say("go_on")))),
				h.P(h.Class("soft"), h.Style("margin:0 0 12px"+ofSoft), g.Text(l.Say("go_on_lead"))),
			}
		}),
		when(l.TalkLink, func(to string) g.Node {
			return h.P(h.Style("margin:0 0 4px"), h.A(h.Class("link"), href(to), h.Style("color:#262421"), g.Text(l.Say("read"))))
		}),
		h.P(h.Style("margin:0 0 16px"), g.Text(l.Say("reply_here"))),
		h.P(h.Style("margin:0"), g.El("bdi", g.Text(l.Site.Name))),
	}
}

// options lists the ways that a proposal offers.
func (l *letter) options(all []chat.CardOption) g.Node {
	if len(all) == 0 {
		return nil
	}
	return g.Group{
		h.P(h.Style("margin:10px 0 4px"), g.Text(l.Say("options"))),
		h.Ul(h.Style("margin:0;padding:0 20px"), g.Map(all, func(o chat.CardOption) g.Node {
			return h.Li(auto(), h.Strong(g.Text(o.Title)), when(o.Detail, func(detail string) g.Node { return g.Text(" – " + detail) }))
		})),
	}
}

// button is the look of a link in the site's colour.
func (l *letter) button() g.Node {
	color := ground(l.Site.Color)
	return h.Style("display:inline-block;padding:11px 18px;background:" + color + ";color:" + ink(color) + ";border-radius:8px;text-decoration:none;font-weight:600")
}
