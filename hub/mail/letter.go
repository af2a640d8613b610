package mail

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rapport/hub/chat"
)

// linkLife is how long the links of a letter work.
const linkLife = 14 * 24 * time.Hour

// linkDays is linkLife as people are told it.
const linkDays = "14"

// letter is all that one e-mail says, ready to be laid out.
type letter struct {
	*words
	Site     *chat.Site
	Hello    string
	Lead     string
	Replies  []reply
	Cards    []card
	Promises []promise
	AskLink  string // where they say whether it is solved, or ""
	StopLink string // where they say that they do not want to be asked; with AskLink
	TalkLink string // "" where there is nothing to read: it was entered by hand
	GoOn     string // page of the site where the chat goes on, or ""
	subject  string
}

type reply struct{ Agent, Text string }

// card is a card as a letter and a page show it.
type card struct {
	chat.Card
	Title    string
	Ask      string
	Answer   string // what its link says
	OurLine  string // what we do by when, or ""
	YourLine string
	Link     string
}

type promise struct{ Title, Text, Due, Place, Why string }

// told is what the letter about a claim needs from the store, read when it is
// written.
type told struct {
	row      *chat.Row
	person   *chat.Person
	site     *chat.Site
	recent   []chat.Event // from the claim's oldest event on
	replies  []chat.Event // those of them to tell
	cards    []chat.Card
	promises []chat.Promise
	round    int64 // the closing that is asked about, 0 for none
}

// write puts a letter together; its links are in the store when it returns.
func (w *Worker) write(ctx context.Context, c *chat.MailClaim, t *told) (*letter, error) {
	l := &letter{words: languages().in(t.person.Locale), Site: t.site, GoOn: ContinueAt(ctx, w.Store, t.site, t.person)}
	l.Hello = l.hello(t.person)
	for _, e := range t.replies {
		l.Replies = append(l.Replies, reply{l.agent(e.Names.By.Name), e.Message.Whole()})
	}
	for i := range t.cards {
		shown := l.card(&t.cards[i], ZoneFor(t.person, w.Zone))
		var err error
		if shown.Link, err = w.link(ctx, chat.MailLink{ConversationID: c.ConversationID, Purpose: chat.LinkCard, CardID: shown.ID, Email: t.person.Email}); err != nil {
			return nil, err
		}
		l.Cards = append(l.Cards, shown)
	}
	for i := range t.promises {
		p := &t.promises[i]
		l.Promises = append(l.Promises, l.promise(p, ZoneFor(t.person, named(p.Zone, w.Zone))))
	}
	var err error
	if t.round > 0 {
		if err = w.ask(ctx, c, t, l); err != nil {
			return nil, err
		}
	}
	if t.row.Channel == chat.ChannelChat {
		l.TalkLink, err = w.link(ctx, chat.MailLink{ConversationID: c.ConversationID, Purpose: chat.LinkTalk, Email: t.person.Email})
	}
	l.Lead, l.subject = l.lead(), l.about(t)
	return l, err
}

// ask adds the question whether it is solved, and the way out of being asked.
func (w *Worker) ask(ctx context.Context, c *chat.MailClaim, t *told, l *letter) (err error) {
	link := chat.MailLink{ConversationID: c.ConversationID, Purpose: chat.LinkSolved, Round: t.round, Email: t.person.Email}
	if l.AskLink, err = w.link(ctx, link); err != nil {
		return err
	}
	link.Purpose, link.Round = chat.LinkStop, 0
	l.StopLink, err = w.link(ctx, link)
	return err
}

// link stores a new capability and returns its address.
func (w *Worker) link(ctx context.Context, l chat.MailLink) (string, error) {
	token := chat.NewSecret()
	l.TokenHash, l.ExpiresAt = chat.HashSecret(token), w.Clock().Add(linkLife)
	return w.URL + "/l/" + token, w.Store.InsertMailLink(ctx, &l)
}

// hello greets by name where the name is one: whoever knows an address could
// else send it a line of their own.
func (l *letter) hello(p *chat.Person) string {
	first, _, _ := strings.Cut(p.Name, " ")
	plain := !strings.ContainsFunc(first, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’-", r)
	})
	if first == "" || !plain || utf8.RuneCountInString(first) > 30 {
		return l.Say("hello_all")
	}
	return l.Say("hello", "name", first)
}

func (l *letter) agent(name string) string {
	if name == "" {
		return l.Say("someone")
	}
	return name
}

func (l *letter) lead() string {
	switch {
	case len(l.Replies) > 0:
		return l.Say("reply_lead")
	case l.TalkLink == "":
		return l.Say("by_hand_lead")
	case len(l.Cards) > 0 || len(l.Promises) > 0:
		return l.Say("news_lead")
	}
	return l.Say("solved_lead", "site", l.Site.Name)
}

// foot says why the letter came and how long its links work.
func (l *letter) foot() string { return l.Say("foot", "site", l.Site.Name, "days", linkDays) }

// card words what a card asks and what both sides do.
func (w *words) card(c *chat.Card, zone *time.Location) card {
	kind := string(c.Kind)
	out := card{Card: *c, Title: w.Say(kind + "_title"), Ask: w.Say(kind + "_ask"), Answer: w.Say(kind + "_answer")}
	if c.OurPart != "" {
		out.OurLine = w.Say("our_part", "text", c.OurPart, "when", w.When(c.OurDue, zone))
	}
	if c.YourPart != "" {
		out.YourLine = w.Say("your_part", "text", c.YourPart, "when", w.When(c.YourDue, zone))
	}
	return out
}

// parts are the lines below a card's text, those of them that it has.
func (w *words) parts(c *card) []string {
	var lines []string
	if c.Limits != "" {
		lines = append(lines, w.Say("limits", "text", c.Limits))
	}
	for _, line := range []string{c.OurLine, c.YourLine} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// promise words how a promise stands now.
func (w *words) promise(p *chat.Promise, zone *time.Location) promise {
	key := standing(p)
	out := promise{Title: w.Say(key + "_title"), Text: p.Text, Due: w.Say(key+"_due", "when", w.When(p.DueAt, zone))}
	if p.Place != "" {
		out.Place = w.Say("appointment_place", "place", p.Place)
	}
	if p.Why != "" {
		out.Why = w.Say("why", "text", p.Why)
	}
	return out
}

// standing is the key of the words for a promise.
func standing(p *chat.Promise) string {
	switch {
	case p.Kind == chat.AppointmentPromise && p.State != chat.PromiseIsOpen:
		return "appointment_off"
	case p.Kind == chat.AppointmentPromise && p.Moved:
		return "appointment_moved"
	case p.Kind == chat.AppointmentPromise:
		return "appointment"
	case p.Whose == chat.Theirs && p.State == chat.PromiseIsOpen:
		return "yours"
	case p.Whose == chat.Theirs && p.State == chat.PromiseKept:
		return "yours_kept"
	case p.Whose == chat.Theirs:
		return "yours_ended"
	case p.State == chat.PromiseKept:
		return "kept"
	case p.State != chat.PromiseIsOpen:
		return "ended"
	case p.Moved:
		return "moved"
	}
	return "promised"
}

var promiseSubjects = map[string]string{
	"promised": "subject_promised", "moved": "subject_moved", "kept": "subject_kept", "ended": "subject_ended",
	"appointment": "subject_appointment", "appointment_moved": "subject_moved", "appointment_off": "subject_off",
	"yours": "subject_yours", "yours_kept": "subject_kept", "yours_ended": "subject_ended",
}

// about is the subject: what waits for an answer comes first, then what was said.
func (l *letter) about(t *told) string {
	switch {
	case len(t.cards) > 0:
		return l.Say("subject_"+string(t.cards[0].Kind), "start", start(t.cards[0].Text))
	case len(l.Replies) > 0:
		return l.Say("subject_reply", "agent", l.Replies[0].Agent, "start", start(l.Replies[0].Text))
	case len(t.promises) == 0:
		return l.Say("subject_solved")
	}
	return l.Say(promiseSubjects[standing(&t.promises[0])], "start", start(t.promises[0].Text))
}

// maxSubject bounds what a subject quotes, in code points: a phone shows so much.
const maxSubject = 60

// start is the beginning of a text in one line, cut between words.
func start(text string) string {
	line := chat.CleanLine(text, chat.MaxPreview)
	if utf8.RuneCountInString(line) <= maxSubject {
		return line
	}
	cut := string([]rune(line)[:maxSubject])
	if at := strings.LastIndexByte(cut, ' '); at > maxSubject/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,.;:") + "…"
}
