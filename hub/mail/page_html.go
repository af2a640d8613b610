package mail

import (
	_ "embed"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"rapport/hub/chat"
)

//go:embed forms/page.css
var pageStyle string

// document is a page around what it shows, with the way back to the chat below.
func (p *pageOf) document(shown ...g.Node) (string, error) {
	return render(h.Doctype(h.HTML(h.Lang(p.Lang), h.Dir(p.Dir),
		h.Head(
			h.Meta(h.Charset("utf-8")),
			h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
			h.Meta(h.Name("robots"), h.Content("noindex, nofollow")),
			h.TitleEl(g.Text(p.Title)),
			h.StyleEl(g.Raw(pageStyle)),
		),
		h.Body(h.Main(h.H1(g.Text(p.Title)), g.Group(shown), when(p.GoOn, p.wayOn))),
	)))
}

// wayOn leads back to the chat: the first thing to do where nothing is asked.
func (p *pageOf) wayOn(to string) g.Node {
	look := "go first"
	if p.Card != nil || p.asks {
		look = "go"
	}
	return g.Group{
		h.P(h.A(h.Class(look), href(to), h.Rel("noreferrer"), g.Text(p.Say("go_on")))),
		h.P(h.Class("soft"), g.Text(p.Say("go_on_lead"))),
	}
}

// note is a page that only says something.
func (p *pageOf) note() (string, error) {
	return p.document(h.P(g.Text(p.Text)), when(p.Back, func(to string) g.Node {
		return h.P(h.A(h.Class("go first"), href(to), g.Text(p.Say("try_again"))))
	}))
}

// talk is the page with the card that waits and the last messages.
func (p *pageOf) talk() (string, error) {
	return p.document(p.trouble(), p.cardSection(), h.Section(h.Aria("labelledby", "words"),
		h.H2(h.ID("words"), g.Text(p.Say("page_last"))), p.lines(),
	))
}

// trouble says why an answer was not taken.
func (p *pageOf) trouble() g.Node {
	return when(p.Trouble, func(why string) g.Node {
		return h.P(h.Class("trouble"), h.Role("alert"), g.Text(why))
	})
}

func (p *pageOf) lines() g.Node {
	if len(p.Lines) == 0 {
		return h.P(g.Text(p.Say("page_none")))
	}
	return h.Ol(h.Class("line"), g.Map(p.Lines, func(l pageLine) g.Node {
		return h.Li(
			h.Span(h.Class("soft"), h.Span(auto(), g.Text(l.Who)), g.Text(" · "), h.Span(g.Text(l.When))),
			g.If(l.Text != "", h.P(auto(), g.Text(l.Text))),
			g.Map(l.Files, func(f Attachment) g.Node {
				return h.P(h.A(href(f.URL), h.Target("_blank"), h.Rel("noopener noreferrer"), g.El("bdi", g.Text(f.Name))))
			}),
		)
	}))
}

// cardSection is the card and the forms that answer it.
func (p *pageOf) cardSection() g.Node {
	if p.Card == nil {
		return nil
	}
	forms := g.Group{
		p.accept(),
		p.inWords(chat.Ask, "ask_first", "ask_label", "ask", h.Required()),
		p.inWords(chat.Decline, "decline", "decline_label", "decline", nil),
	}
	if p.Card.Kind == chat.SummaryCard {
		forms = g.Group{
			h.Form(h.Method("post"), h.P(p.choose(chat.Confirm, "confirm", h.Class("first")))),
			p.inWords(chat.Correct, "correct", "correct_label", "correct", h.Required()),
		}
	}
	return h.Section(h.Aria("labelledby", "card"),
		h.H2(h.ID("card"), g.Text(p.Card.Title)),
		h.Div(h.Class("box"), auto(), g.Text(p.Card.Text)),
		g.Map(p.parts(p.Card), func(line string) g.Node { return h.P(auto(), g.Text(line)) }),
		forms,
	)
}

// accept is the form that takes a proposal, by one of its options where it has
// some.
func (p *pageOf) accept() g.Node {
	var options g.Node
	if len(p.Card.Options) > 0 {
		options = h.FieldSet(h.Legend(g.Text(p.Say("choose"))), g.Map(p.Card.Options, func(o chat.CardOption) g.Node {
			return h.Label(h.Class("pick"),
				h.Input(h.Type("radio"), h.Name("option"), h.Value(o.Key), g.If(o.Key == p.given.Option, h.Checked()), h.Required()),
				h.Span(auto(), h.Strong(g.Text(o.Title)), when(o.Detail, func(detail string) g.Node {
					return g.Group{h.Br(), g.Text(detail)}
				})),
			)
		}))
	}
	return h.Form(h.Method("post"), options, h.P(p.choose(chat.Accept, "accept", h.Class("first"))))
}

// inWords is a form that opens to be written in; it stands open, with what was
// typed, where it was sent in vain.
func (p *pageOf) inWords(choice chat.CardChoice, title, label, button string, required g.Node) g.Node {
	var open g.Node
	var typed string
	if p.given.Choice == choice {
		open, typed = g.Attr("open"), p.given.Text
	}
	return h.Details(open, h.Summary(g.Text(p.Say(title))), h.Form(h.Method("post"),
		h.Label(g.Text(p.Say(label)), h.Textarea(h.Name("text"), required, h.MaxLength(strconv.Itoa(chat.MaxCardAnswer)), auto(), g.Text(typed))),
		p.choose(choice, button, nil),
	))
}

// choose is the button that answers with a choice.
func (p *pageOf) choose(choice chat.CardChoice, says string, look g.Node) g.Node {
	return h.Button(look, h.Name("choice"), h.Value(string(choice)), g.Text(p.Say(says)))
}
