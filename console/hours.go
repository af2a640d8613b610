package console

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/hours"
)

// holidayShape is Holiday of the protocol.
type holidayShape struct {
	Date string `json:"date"`
	Name string `json:"name"`
}

// holidays lists the regions whose public holidays are known, and those of one
// within the coming year. GET /v1/console/holidays?country=DE-BY
func (d *Door) holidays(c *fiber.Ctx, _ *signedIn) (any, error) {
	coming := []holidayShape{}
	for _, h := range hours.Coming(c.Query("country"), d.Clock().Std()) {
		coming = append(coming, holidayShape{h.Date.Format(time.DateOnly), h.Name})
	}
	return fiber.Map{"regions": hours.Regions(), "coming": coming}, nil
}

// waitWordsShape is WaitWords of the protocol.
type waitWordsShape struct {
	Open   bool      `json:"open"`
	Until  chat.Time `json:"until"`
	Closed string    `json:"closed"`
	Away   string    `json:"away"`
	Stages []string  `json:"stages"`
	Ask    string    `json:"ask"`
	Close  string    `json:"close"`
}

// previewWords tells what customers would read with settings that are not saved.
// POST /v1/console/sites/:id/waiting/preview
func (d *Door) previewWords(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r struct {
		Hours   chat.Hours     `json:"hours"`
		Waiting chat.WaitRules `json:"waiting"`
		Locale  string         `json:"locale"`
		Zone    string         `json:"zone"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteOf(c)
	if err != nil {
		return nil, err
	}
	site.Hours, site.Waiting = r.Hours, r.Waiting
	if err := checkWaiting(site); err != nil {
		return nil, err
	}
	if err := chat.CheckZone("zone", r.Zone); err != nil {
		return nil, err
	}
	w := desk.PreviewWords(site, &chat.Person{Locale: chat.CleanLine(r.Locale, 35), Zone: r.Zone}, desk.Scene{Here: true, Mail: d.Mail}, d.Clock())
	return waitWordsShape(w), nil
}
