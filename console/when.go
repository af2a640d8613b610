package console

import (
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle/when"
	"rapport/hub/door"
)

// foundShape is Commitment of the protocol.
type foundShape struct {
	Text  string    `json:"text"`
	DueAt chat.Time `json:"due_at"`
	Words string    `json:"words"`
	Start int       `json:"start"`
	End   int       `json:"end"`
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
	if _, err := d.siteIn(c); err != nil {
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
	found := when.Commitments(r.Text, said.Std(), zone, when.Hours{})
	out := make([]foundShape, 0, len(found))
	for _, f := range found {
		shape := foundShape{Text: f.Text, Words: f.Words, Start: units(r.Text[:f.Start]), End: units(r.Text[:f.End])}
		if !f.Due.IsZero() {
			shape.DueAt = chat.At(f.Due)
		}
		out = append(out, shape)
	}
	return fiber.Map{"found": out}, nil
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
