package console

import (
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle/when"
	"rapport/hub/door"
	"rapport/hub/hours"
)

// foundShape is Commitment of the protocol.
type foundShape struct {
	Text  string    `json:"text"`
	DueAt chat.Time `json:"due_at"`
	Words string    `json:"words"`
	Start int       `json:"start"`
	End   int       `json:"end"`

	// OpensAt is when the site opens after a due time on which it is closed.
	OpensAt chat.Time `json:"opens_at,omitempty"`
}

// findCommitments reads what an agent is writing, or said a while ago. Nothing of it
// is kept.
func (d *Door) findCommitments(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r struct {
		Text string `json:"text"`
		Zone string `json:"zone"`
		At   int64  `json:"at"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteOf(c)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(r.Text) > chat.MaxText {
		return nil, chat.FailField("text", "This is longer than a message may be.")
	}
	zone, err := zoneOf(r.Zone)
	if err != nil {
		return nil, err
	}
	said := d.Clock()
	if r.At < 0 || chat.Time(r.At) > said {
		return nil, chat.FailField("at", "Nothing was said yet at that time.")
	}
	if r.At > 0 {
		said = chat.Time(r.At)
	}
	open, now := hours.Of(site.Hours), said.Std()
	found := when.Commitments(r.Text, now, zone, ordinary(open, &site.Hours, now, zone))
	out := make([]foundShape, 0, len(found))
	for _, f := range found {
		shape := foundShape{Text: f.Text, Words: f.Words, Start: units(r.Text[:f.Start]), End: units(r.Text[:f.End])}
		if !f.Due.IsZero() {
			shape.DueAt = chat.At(f.Due)
			shape.OpensAt = opensAfter(open, f.Due)
		}
		out = append(out, shape)
	}
	return fiber.Map{"found": out}, nil
}

// ordinary are the hours of a site's ordinary week, by which loose words are read;
// none where its clock shows another time than the reader's does.
func ordinary(c *hours.Calendar, h *chat.Hours, now time.Time, zone *time.Location) (out when.Hours) {
	_, there := now.In(c.Zone()).Zone()
	if _, here := now.In(zone).Zone(); !c.Kept() || here != there {
		return out
	}
	for day, periods := range h.Week {
		for _, p := range periods {
			out[day] = append(out[day], when.Period{Open: p.Open, Close: min(p.Close, 24*60)})
		}
	}
	return out
}

// opensAfter is when the site opens after a time at which it is closed; zero where
// it is open, closing time included, or nobody knows.
func opensAfter(c *hours.Calendar, due time.Time) chat.Time {
	if c.OpenAt(due) || c.OpenAt(due.Add(-time.Second)) {
		return 0
	}
	at, ok := c.NextOpening(due)
	if !ok {
		return 0
	}
	return chat.At(at)
}

// units is the length of s as browsers count it: in UTF-16 code units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}
