package door

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// bodyRead marks a request whose body was read to its end.
const bodyRead = "rapport.body"

// Body decodes a JSON body of at most limit bytes into dst, strictly. Anything
// wrong with it is a *chat.Failure: another type, an encoding such as gzip, too
// many bytes, fewer than declared, or what wire.Decode refuses.
func Body(c *fiber.Ctx, limit int, dst any) error {
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEApplicationJSON || !utf8Charset(params) {
		return chat.FailField("content-type", "Send the body as application/json.")
	}
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return chat.FailField("content-encoding", "Send the body as it is, without compression.")
	}
	data, err := readBody(c, limit)
	if err != nil {
		return err
	}
	return wire.Decode(data, dst)
}

// Beacon decodes the JSON of a page of another origin, which is sent as text so that
// its browser asks nobody first. It proves nothing of who sent it. Limits and failures
// are those of Body.
func Beacon(c *fiber.Ctx, limit int, dst any) error {
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMETextPlain || !utf8Charset(params) || c.Get(fiber.HeaderContentEncoding) != "" {
		return chat.FailField("content-type", "Send the body as text/plain, without compression.")
	}
	data, err := readBody(c, limit)
	if err != nil {
		return err
	}
	return wire.Decode(data, dst)
}

// maxEmpty is room enough for {} and what may stand around it.
const maxEmpty = 64

// Empty reads a body that says nothing: {}. A DELETE may come without one.
func Empty(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodDelete && c.Request().Header.ContentLength() == 0 {
		return nil
	}
	return Body(c, maxEmpty, &struct{}{})
}

func utf8Charset(params map[string]string) bool {
	charset, ok := params["charset"]
	return !ok || strings.EqualFold(charset, "utf-8")
}

// readBody takes the bytes as they come; memory follows what arrives, not what
// was declared.
func readBody(c *fiber.Ctx, limit int) ([]byte, error) {
	declared := c.Request().Header.ContentLength()
	if declared > limit {
		return nil, tooLarge(limit)
	}
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		return nil, chat.Fail(chat.BadJSON, "The request has no body.")
	}
	var buf bytes.Buffer
	n, err := buf.ReadFrom(io.LimitReader(stream, int64(limit)+1))
	switch {
	case n > int64(limit):
		return nil, tooLarge(limit)
	case err != nil && !errors.Is(err, io.EOF), declared >= 0 && n < int64(declared):
		return nil, chat.Fail(chat.BadJSON, "The body ended before its declared length.")
	}
	c.Context().SetUserValue(bodyRead, true)
	return buf.Bytes(), nil
}

func tooLarge(limit int) *chat.Failure {
	return chat.Fail(chat.TooLarge, "This is more than the %d bytes that fit here.", limit)
}
