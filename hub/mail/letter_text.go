package mail

import "strings"

// plain is the letter as text alone: paragraphs with an empty line between them,
// what people wrote set apart from our own words.
func (l *letter) plain() string {
	all := []string{l.Hello, l.Lead}
	for _, r := range l.Replies {
		all = append(all, l.Say("says", "agent", r.Agent)+":", indent(r.Text))
	}
	for i := range l.Cards {
		all = l.plainCard(all, &l.Cards[i])
	}
	for _, p := range l.Promises {
		due := p.Due
		if p.Place != "" {
			due += "\n" + p.Place
		}
		if p.Why != "" {
			due += "\n" + p.Why
		}
		all = append(all, p.Title+":", indent(p.Text), due)
	}
	if l.AskLink != "" {
		all = append(all, l.Say("solved_title"), l.Say("solved_yes")+": "+l.AskLink+"\n"+l.Say("solved_not_yet")+": "+l.AskLink+sayNotYet)
	}
	if l.TalkLink != "" {
		all = append(all, l.Say("read")+": "+l.TalkLink)
	}
	if l.GoOn != "" {
		all = append(all, l.Say("go_on")+": "+l.GoOn+"\n"+l.Say("go_on_lead"))
	}
	all = append(all, l.Say("reply_here"), l.Site.Name, "-- \n"+l.foot())
	if l.StopLink != "" {
		all = append(all, l.Say("stop")+": "+l.StopLink)
	}
	return strings.Join(all, "\n\n") + "\n"
}

// plainCard adds the paragraphs of a card to those before it.
func (l *letter) plainCard(all []string, c *card) []string {
	all = append(all, c.Title+":", indent(c.Text))
	if len(c.Options) > 0 {
		list := l.Say("options")
		for _, o := range c.Options {
			list += "\n  - " + o.Title
			if o.Detail != "" {
				list += ": " + o.Detail
			}
		}
		all = append(all, list)
	}
	all = append(all, l.parts(c)...)
	return append(all, c.Ask+"\n"+c.Answer+": "+c.Link)
}

// indent sets a quoted text apart from our own words.
func indent(s string) string { return "  " + strings.ReplaceAll(s, "\n", "\n  ") }
