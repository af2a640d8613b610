package widget

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/mail"
)

// opened is what a mailed link leads to.
type opened struct {
	hash   string
	link   *chat.MailLink
	row    *chat.Row
	person *chat.Person
	site   *chat.Site
	card   *chat.Card // the one it may answer, nil where none waits
	goOn   string
}

// openLink is the page behind a link that a letter held. It changes nothing:
// programs that check mail follow links too. GET /l/:token
func (d *Door) openLink(c *fiber.Ctx) error {
	if err := d.requests.Refuse(door.IPKey(c)); err != nil {
		return d.later(c, err)
	}
	o, err := d.follow(c)
	switch {
	case chat.Is(err, chat.LinkExpired): // and leads to no conversation, like one that ends copies
		return d.showStopCopies(c)
	case err != nil:
		return d.closedLink(c, err)
	}
	switch o.link.Purpose {
	case chat.LinkSolved:
		return d.showSurvey(c, o, fiber.StatusOK, mail.Survey{NotYet: c.Query("say") == "not_yet"})
	case chat.LinkStop:
		return d.showStop(c, o)
	}
	return d.showTalk(c, o, fiber.StatusOK, "", chat.CardAnswer{})
}

// maxAnswerForm holds chat.MaxCardAnswer code points with all of them escaped.
const maxAnswerForm = 32 << 10

// answerLink does the one thing that a link is for; one that answers a card is
// used up by that. POST /l/:token
func (d *Door) answerLink(c *fiber.Ctx) error {
	if err := d.requests.Refuse(door.IPKey(c)); err != nil {
		return d.later(c, err)
	}
	o, err := d.follow(c)
	switch {
	case chat.Is(err, chat.LinkExpired):
		return d.stopCopies(c)
	case err != nil:
		return d.closedLink(c, err)
	}
	switch o.link.Purpose {
	case chat.LinkSolved:
		return d.answerSurvey(c, o)
	case chat.LinkStop:
		return d.stopSurveys(c, o)
	}
	return d.answerMailedCard(c, o)
}

func (d *Door) answerMailedCard(c *fiber.Ctx, o *opened) error {
	form, err := door.Form(c, maxAnswerForm)
	if err != nil {
		return d.refusedAnswer(c, o, err, chat.CardAnswer{})
	}
	answer := chat.CardAnswer{Choice: chat.CardChoice(form.Get("choice")), Option: form.Get("option"), Text: form.Get("text")}
	if o.card == nil {
		return d.closedLink(c, chat.Fail(chat.LinkExpired, "There is nothing to answer here."))
	}
	if err := d.speak(network(door.IPKey(c)), o.person.ID); err != nil {
		return d.refusedAnswer(c, o, err, answer)
	}
	who := chat.Actor{Kind: chat.ByPerson, ID: o.person.ID, Site: o.site.ID}
	if _, err := d.Desk.AnswerCard(c.UserContext(), who, o.row.ID, o.card.ID, answer); err != nil {
		return d.refusedAnswer(c, o, err, answer)
	}
	d.used(c, o)
	page, err := mail.Thanks(o.person.Locale, answer.Choice, o.goOn)
	return d.html(c, fiber.StatusOK, page, err)
}

// linkHash is by what the store knows a link.
func linkHash(c *fiber.Ctx) string { return chat.HashSecret(c.Params("token")) }

// follow finds what a link leads to. LinkExpired wherever it leads nowhere, so
// that a wrong token, a used one and a foreign one look the same.
func (d *Door) follow(c *fiber.Ctx) (*opened, error) {
	ctx := c.UserContext()
	o := &opened{hash: linkHash(c)}
	link, err := d.Store.MailLink(ctx, o.hash)
	if err != nil {
		return nil, err
	}
	o.link = link
	if o.row, err = d.Store.RowByID(ctx, link.ConversationID); err != nil {
		return nil, err
	}
	if o.person, err = d.Store.Person(ctx, o.row.PersonID); err != nil {
		return nil, err
	}
	if o.site, err = d.Store.Site(ctx, o.row.SiteID); err != nil {
		return nil, err
	}
	if o.person.Email != link.Email {
		return nil, chat.Fail(chat.LinkExpired, "This link was sent to another address.")
	}
	o.goOn = mail.ContinueAt(ctx, d.Store, o.site, o.person)
	if link.Purpose != chat.LinkCard {
		return o, nil
	}
	card, err := d.Store.Card(ctx, link.CardID)
	if err != nil {
		return nil, err
	}
	if card.State == chat.CardSent && card.ConversationID == o.row.ID {
		o.card = card
	}
	return o, nil
}

// showTalk is the page of a link that works.
func (d *Door) showTalk(c *fiber.Ctx, o *opened, status int, trouble string, given chat.CardAnswer) error {
	list, _, err := d.Store.PublicMessages(c.UserContext(), o.row.ID, 0, mail.PageLines)
	if err != nil {
		return d.later(c, err)
	}
	talk := mail.Talk{Site: o.site, Locale: o.person.Locale, Card: o.card, GoOn: o.goOn, Zone: mail.ZoneFor(o.person, time.Local), Trouble: trouble, Given: given}
	for i := range list {
		line := mail.Line{Text: list[i].Text, At: list[i].At, Files: d.attachments(o, &list[i].Message)}
		if list[i].By != chat.ByPerson {
			line.Agent = list[i].Author.Name
			if line.Agent == "" {
				line.Agent = o.site.Name
			}
		}
		talk.Lines = append(talk.Lines, line)
	}
	page, err := talk.HTML()
	return d.html(c, status, page, err)
}

// attachments are the files of a message with links for the customer who reads it.
func (d *Door) attachments(o *opened, m *chat.Message) (out []mail.Attachment) {
	reader := chat.Actor{Kind: chat.ByPerson, ID: o.person.ID}
	for i := range m.Files {
		url, _ := d.Links.To(&m.Files[i], reader, d.Clock())
		out = append(out, mail.Attachment{Name: m.Files[i].Name, URL: url})
	}
	return out
}

// refusedAnswer shows the page again with what is wrong; what was typed stays.
func (d *Door) refusedAnswer(c *fiber.Ctx, o *opened, err error, given chat.CardAnswer) error {
	switch chat.CodeOf(err) {
	case chat.Conflict, chat.AlreadyClosed, chat.NotFound:
		o.card = nil
	}
	return d.showTalk(c, o, d.failed(c, err), mail.Trouble(o.person.Locale, err), given)
}

// closedLink is the one page of every link that leads nowhere.
func (d *Door) closedLink(c *fiber.Ctx, err error) error {
	if !chat.Is(err, chat.LinkExpired) && !chat.Is(err, chat.NotFound) {
		return d.later(c, err)
	}
	page, err := mail.Gone(mail.Locale(c.Get(fiber.HeaderAcceptLanguage)))
	return d.html(c, fiber.StatusGone, page, err)
}

// later is the page when the server cannot answer just now.
func (d *Door) later(c *fiber.Ctx, err error) error {
	status := d.failed(c, err)
	page, err := mail.TryLater(mail.Locale(c.Get(fiber.HeaderAcceptLanguage)), c.Path())
	return d.html(c, status, page, err)
}

// failed is the status of a page that tells of an error. What is our fault is
// logged, and when to come again stands in the header.
func (d *Door) failed(c *fiber.Ctx, err error) int {
	status := door.Status(chat.CodeOf(err))
	if status == fiber.StatusInternalServerError {
		d.Log.Error("cannot serve a mailed link", "error", err)
	}
	var f *chat.Failure
	if errors.As(err, &f) && f.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(f.RetryAfter))
	}
	return status
}

// html answers with a page that nobody keeps, lists or frames.
func (d *Door) html(c *fiber.Ctx, status int, page string, err error) error {
	if err != nil {
		return err
	}
	door.Headers{CSP: mail.Policy(), HTTPS: strings.HasPrefix(d.URL, "https:"), Referrer: "no-referrer"}.Apply(c)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Status(status).SendString(page)
}
