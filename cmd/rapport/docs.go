package main

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/static"
)

// docsHeaders let the page load what lies beside it and nothing else.
var docsHeaders = door.Headers{
	Referrer: "no-referrer",
	CSP: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
}

// mountDocs serves the protocol as a document: a page for people, the two
// documents for programs, and the golden files.
func mountDocs(app fiber.Router) {
	app.Get("/docs", func(c *fiber.Ctx) error { return c.Redirect("/docs/") })
	app.Get("/docs/*", docs)
}

func docs(c *fiber.Ctx) error {
	name := c.Params("*")
	if name == "" {
		name = "index.html"
	}
	file, ok := static.LookupDoc(name)
	if !ok {
		return chat.ErrNotFound
	}
	docsHeaders.Apply(c)
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	c.Set(fiber.HeaderETag, file.ETag)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if c.Get(fiber.HeaderIfNoneMatch) == file.ETag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, file.Type)
	body, encoding := file.Encoded(c.Get(fiber.HeaderAcceptEncoding))
	if encoding != "" {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	return c.Send(body)
}
