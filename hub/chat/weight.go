package chat

// eventWeight is what every event takes beside the words in it: ids, times,
// names.
const eventWeight = 500

// Weight is about how many bytes an event takes with all that is joined to it:
// what bounds how many are read or sent together. Whatever a person may have
// written is counted, so that no bound follows from it.
func (e *Event) Weight() int {
	n := eventWeight + len(e.Why) + len(e.To)
	if m := e.Message; m != nil {
		n += len(m.Text)
		for _, f := range m.Files {
			n += len(f.Name) + eventWeight/2
		}
		if l := m.Link; l != nil {
			n += len(l.URL) + len(l.Host) + len(l.Name) + len(l.Title) + len(l.Text)
		}
	}
	if c := e.Card; c != nil {
		n += c.weight()
	}
	if p := e.Promise; p != nil {
		n += len(p.Text) + len(p.Why) + len(p.Words) + len(p.Place)
	}
	if f := e.Feedback; f != nil {
		n += len(f.Comment)
	}
	if k := e.Track; k != nil {
		n += k.weight()
	}
	if g := e.Grant; g != nil {
		n += len(g.Note) + len(g.Summary) + len(g.Words)
	}
	if d := e.Delay; d != nil {
		n += len(d.Reference) + len(d.What) + len(d.Reason)
	}
	if r := e.ReadUp; r != nil {
		n += r.weight()
	}
	if s := e.Showing; s != nil {
		n += len(s.Rule) + len(s.Text)
	}
	if v := e.Tag; v != nil {
		n += len(v.Name)
	}
	if m := e.Matter; m != nil {
		n += len(m.Why) + len(m.Need) + len(m.Evidence)
	}
	if p := e.Progress; p != nil {
		n += len(p.Why)
	}
	if p := e.Person; p != nil {
		for _, a := range p.Attributes {
			n += len(a.Key) + len(a.Value)
		}
	}
	return n
}

func (t *Track) weight() int {
	n := len(t.Expectation) + len(t.Solution) + len(t.Confirmation) + len(t.CauseWords) + len(t.CauseSkipped)
	for _, m := range t.Marks {
		n += len(m.Why) + eventWeight/4
	}
	return n
}

func (c *Card) weight() int {
	n := len(c.Text) + len(c.Limits) + len(c.OurPart) + len(c.YourPart) + len(c.Answer.Text)
	for _, o := range c.Options {
		n += len(o.Title) + len(o.Detail)
	}
	return n
}
