package mail

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"rapport/hub/chat"
)

// transcript is a copy of a conversation, ready to be laid out.
type transcript struct {
	*words
	Site     *chat.Site
	Hello    string
	Lead     string
	Zone     string // whose times these are
	Cut      string // that it does not begin at the beginning, or ""
	Lines    []copyLine
	Promises []promise
	End      string
	Foot     string
	StopLink string
}

// copyLine is one line of a copy: what somebody said, a card, or what happened.
type copyLine struct {
	Day    string // where a new one begins, else ""
	Who    string // who said it; "" for what happened
	Time   string
	Text   string
	Theirs bool // the customer said it
	Card   *card
	State  []string // how a card stands
}

// composeCopy writes the copy of a conversation that a claim asks for.
func (w *Worker) composeCopy(ctx context.Context, c *chat.MailClaim, t *told, to string) (*message, error) {
	l, err := w.copyOf(ctx, t, c.Mails[0].Seq, to)
	if err != nil {
		return nil, err
	}
	if l.StopLink, err = w.stopCopies(ctx, t.site.ID, to, l.Lang); err != nil {
		return nil, err
	}
	html, err := l.html()
	if err != nil {
		return nil, err
	}
	return &message{
		ID: c.Mails[0].ID, Thread: c.ConversationID, FromName: t.site.Name, To: to,
		Subject: l.Say("copy_subject", "site", t.site.Name), Lang: l.Lang, Stop: l.StopLink, Text: l.plain(), HTML: html,
	}, nil
}

// stopCopies stores a link that ends copies to an address, and returns its address.
func (w *Worker) stopCopies(ctx context.Context, siteID, to, locale string) (string, error) {
	token := chat.NewSecret()
	return w.URL + "/l/" + token, w.Store.InsertTranscriptLink(ctx, &chat.TranscriptLink{
		TokenHash: chat.HashSecret(token), SiteID: siteID, Email: to, Locale: locale, ExpiresAt: w.Clock().Add(linkLife),
	})
}

// copyOf puts together what the customer saw up to the event with which the copy was
// asked for.
func (w *Worker) copyOf(ctx context.Context, t *told, seq int64, to string) (*transcript, error) {
	asked := chat.Event{At: w.Clock()}
	for i := range t.recent {
		if t.recent[i].Seq == seq {
			asked = t.recent[i]
		}
	}
	list, more, err := w.Store.TranscriptOf(ctx, t.row.ID, asked.PublicSeq, chat.MaxTranscriptMessages)
	if err != nil {
		return nil, err
	}
	zone := ZoneFor(t.person, w.Zone)
	own := t.person.Email == to
	l := &transcript{words: languages().in(t.person.Locale), Site: t.site}
	l.Hello = l.Say("hello_all")
	if own {
		l.Hello = (&letter{words: l.words}).hello(t.person)
	}
	l.Lead = l.Say("copy_lead")
	if asked.By == chat.ByAgent && asked.Names.By.Name != "" {
		l.Lead = l.Say("copy_lead_agent", "agent", asked.Names.By.Name)
	}
	l.Zone, l.End = l.Say("copy_zone", "zone", zoneName(zone, asked.At)), l.Say("copy_end", "when", l.When(asked.At, zone))
	l.Foot = l.Say("copy_foot", "site", t.site.Name)
	if more {
		l.Cut = l.Say("copy_cut", "count", strconv.Itoa(chat.MaxTranscriptMessages))
	}
	l.tell(list, zone, own && t.person.EmailSigned())
	return l, nil
}

// tell adds what happened, in its order. What the customer typed keeps its links only
// where the address is proven.
func (l *transcript) tell(list []chat.Event, zone *time.Location, proven bool) {
	say := func(text string) string { return text }
	if !proven {
		say = harmless
	}
	day, known := "", map[string]int{}
	for i := range list {
		e := &list[i]
		if e.Promise != nil {
			known = l.promised(e.Promise, zone, known)
			continue
		}
		line, ok := l.line(e, zone, say)
		if !ok {
			continue
		}
		at := e.At.Std().In(zone)
		if today := at.Format(l.say["day"]); today != day {
			day, line.Day = today, today
		}
		line.Time = at.Format("15:04")
		l.Lines = append(l.Lines, line)
	}
}

// promised adds a promise as it stands, once.
func (l *transcript) promised(p *chat.Promise, zone *time.Location, known map[string]int) map[string]int {
	shown := l.promise(p, zone)
	if p.Kind == chat.AppointmentPromise && p.State == chat.PromiseIsOpen {
		shown.Due = l.When(p.DueAt, zone) // its file for the calendar came when it was made
	}
	if i, ok := known[p.ID]; ok {
		l.Promises[i] = shown
		return known
	}
	known[p.ID] = len(l.Promises)
	l.Promises = append(l.Promises, shown)
	return known
}

// line is what a copy shows of an event; false for nothing.
func (l *transcript) line(e *chat.Event, zone *time.Location, say func(string) string) (copyLine, bool) {
	switch {
	case e.Message != nil:
		return l.said(e, say), true
	case e.Type == chat.CardWasSent && e.Card != nil:
		shown := l.card(e.Card, zone)
		return copyLine{Who: l.name(e), Card: &shown, State: l.stands(e.Card, say)}, true
	}
	agent := e.Names.Agent.Name
	switch e.Type {
	case chat.ConversationTaken:
		if before := e.Names.From.Name; before != "" {
			return copyLine{Text: l.Say("copy_took_over", "agent", agent, "before", before)}, true
		}
		return copyLine{Text: l.Say("copy_joined", "agent", agent)}, true
	case chat.GuestJoined:
		return copyLine{Text: l.Say("copy_joined", "agent", agent)}, true
	case chat.ConversationReleased, chat.GuestLeft:
		return copyLine{Text: l.Say("copy_left", "agent", agent)}, true
	case chat.ConversationClosed:
		return copyLine{Text: l.Say("copy_closed")}, true
	case chat.ConversationReopened:
		return copyLine{Text: l.Say("copy_reopened")}, true
	}
	return copyLine{}, false
}

// said is a message as a line.
func (l *transcript) said(e *chat.Event, say func(string) string) copyLine {
	if e.By == chat.ByPerson {
		return copyLine{Who: l.Say("page_you"), Text: say(e.Message.Whole()), Theirs: true}
	}
	return copyLine{Who: l.name(e), Text: e.Message.Whole()}
}

// name is who of the team did it.
func (l *transcript) name(e *chat.Event) string {
	switch {
	case e.Names.By.Name != "":
		return e.Names.By.Name
	case e.Message != nil && e.Message.Kind == chat.Auto:
		return l.Say("copy_auto")
	}
	return l.Site.Name
}

// stands says how a card stands now, and what the customer answered.
func (l *transcript) stands(c *chat.Card, say func(string) string) []string {
	lines := []string{l.Say("copy_" + string(c.State))}
	for _, o := range c.Options {
		if o.Key == c.Answer.Option && c.Answer.Option != "" {
			lines = append(lines, l.Say("copy_chosen", "title", o.Title))
		}
	}
	if c.Answer.Text != "" {
		lines = append(lines, say(c.Answer.Text))
	}
	return lines
}

// zoneName is a zone as people know it, with the short name that it has at a time.
func zoneName(zone *time.Location, at chat.Time) string {
	name, short := zone.String(), at.Std().In(zone).Format("MST")
	if name == "Local" || name == short {
		return short
	}
	return strings.ReplaceAll(name, "_", " ") + " (" + short + ")"
}

// domain is what mail programs take for the address of a page, with or without what
// stands before it.
// Marks belong to letters, and what is not seen is left out by browsers.
var domain = regexp.MustCompile(`[\p{L}\p{M}\p{N}\p{Cf}_-]+(?:[.。．｡][\p{L}\p{M}\p{N}\p{Cf}_-]+)+`)

// machine is the address of one in numbers.
var machine = regexp.MustCompile(`^\d+(\.\d+){3}$`)

// harmless writes a text so that no program makes links of it, and people can still
// read where they led.
func harmless(text string) string {
	text = strings.ReplaceAll(text, "://", "[://]")
	return domain.ReplaceAllStringFunc(text, func(found string) string {
		if !machine.MatchString(found) && !strings.ContainsFunc(found, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '-' && r != '_' }) {
			return found // a number, a price, a date
		}
		return strings.NewReplacer(".", "[.]", "。", "[.]", "．", "[.]", "｡", "[.]").Replace(found)
	})
}
