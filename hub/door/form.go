package door

import (
	"mime"
	"net/url"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

// Form reads the body of a plain HTML form of at most limit bytes: for pages that
// work without script. Anything wrong with it is a *chat.Failure.
func Form(c *fiber.Ctx, limit int) (url.Values, error) {
	kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEApplicationForm {
		return nil, chat.FailField("content-type", "Send the body as application/x-www-form-urlencoded.")
	}
	data, err := readBody(c, limit)
	if err != nil {
		return nil, err
	}
	values, err := url.ParseQuery(string(data))
	if err != nil {
		return nil, chat.Fail(chat.Invalid, "This is not a form that the server understands.")
	}
	for _, list := range values {
		for _, v := range list {
			if !utf8.ValidString(v) {
				return nil, chat.Fail(chat.Invalid, "This is not valid UTF-8 text.")
			}
		}
	}
	return values, nil
}
