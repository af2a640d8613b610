package widget

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/mail"
)

// showSurvey is the page of a link that asks whether a closing was the end of it.
func (d *Door) showSurvey(c *fiber.Ctx, o *opened, status int, s mail.Survey) error {
	s.Site, s.Locale, s.GoOn = o.site, o.person.Locale, o.goOn
	page, err := s.HTML()
	return d.html(c, status, page, err)
}

// maxSurveyForm holds chat.MaxComment code points with all of them escaped.
const maxSurveyForm = 16 << 10

// answerSurvey keeps what somebody says by a mailed question.
func (d *Door) answerSurvey(c *fiber.Ctx, o *opened) error {
	shown := mail.Survey{NotYet: c.Query("say") == "not_yet"}
	form, err := door.Form(c, maxSurveyForm)
	if err != nil {
		return d.refusedSurvey(c, o, err, shown)
	}
	shown.Comment, shown.Solved = form.Get("comment"), form.Get("rating") != ""
	if err := d.speak(network(door.IPKey(c)), o.person.ID); err != nil {
		return d.refusedSurvey(c, o, err, shown)
	}
	who := chat.Actor{Kind: chat.ByPerson, ID: o.person.ID, Site: o.site.ID}
	f, err := d.Desk.AnswerSurvey(c.UserContext(), who, o.row.ID, o.link.Round, surveyed(form.Get("solved"), form.Get("rating"), shown.Comment))
	switch {
	case chat.Is(err, chat.Conflict):
		return d.said(c, o, mail.MovedOn)
	case err != nil:
		return d.refusedSurvey(c, o, err, shown)
	case form.Get("rating") != "":
		d.used(c, o)
		return d.said(c, o, mail.Rated)
	case f.Solved == chat.SolvedYes:
		return d.showSurvey(c, o, fiber.StatusOK, mail.Survey{Solved: true})
	}
	return d.goneOn(c, o)
}

// refusedSurvey shows the page again with what is wrong; what was typed stays.
func (d *Door) refusedSurvey(c *fiber.Ctx, o *opened, err error, shown mail.Survey) error {
	shown.Trouble = mail.Trouble(o.person.Locale, err)
	return d.showSurvey(c, o, d.failed(c, err), shown)
}

// surveyed is what a form of the survey says; what it leaves out stays as it was.
func surveyed(solved, rating, comment string) (change chat.FeedbackChange) {
	if solved != "" {
		s := chat.Solved(solved)
		change.Solved = &s
	}
	if rating != "" {
		n, _ := strconv.ParseInt(rating, 10, 64) // 0, which is no rating, where it is no number
		change.Rating = &n
	}
	if comment != "" {
		change.Comment = &comment
	}
	return change
}

// goneOn says what became of "not yet".
func (d *Door) goneOn(c *fiber.Ctx, o *opened) error {
	d.used(c, o)
	row, err := d.Store.RowByID(c.UserContext(), o.row.ID)
	if err != nil {
		return d.later(c, err)
	}
	if row.State == chat.Closed {
		return d.said(c, o, mail.TooLate)
	}
	return d.said(c, o, mail.Reopened)
}

// said is the last page of a survey.
func (d *Door) said(c *fiber.Ctx, o *opened, note string) error {
	page, err := mail.Said(o.person.Locale, note, o.goOn)
	return d.html(c, fiber.StatusOK, page, err)
}

// used ends the link of an answer that is stored.
func (d *Door) used(c *fiber.Ctx, o *opened) {
	if err := d.Store.UseMailLink(c.UserContext(), o.hash); err != nil {
		d.Log.Warn("cannot end a used link", "err", err) // the answer stands; it can only be given again
	}
}

// showStop is the page of the link that ends such questions. It ends nothing yet.
func (d *Door) showStop(c *fiber.Ctx, o *opened) error {
	page, err := mail.Stop(o.person.Locale)
	return d.html(c, fiber.StatusOK, page, err)
}

// stopSurveys ends such questions for the address that the link went to, by the
// page's form or by a mail program (RFC 8058). Doing it again changes nothing.
func (d *Door) stopSurveys(c *fiber.Ctx, o *opened) error {
	if err := d.Store.StopSurveys(c.UserContext(), o.site.ID, o.link.Email); err != nil {
		return d.later(c, err)
	}
	return d.said(c, o, mail.Stopped)
}
