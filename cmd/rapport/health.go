package main

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/storage"
)

// health answers whoever looks after the process.
type health struct{ store *storage.Store }

func (h health) mount(app fiber.Router) {
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.JSON(fiber.Map{"status": "ok"}) })
	app.Get("/readyz", h.ready)
}

// ready says whether the server can do its work now: the store answers.
func (h health) ready(c *fiber.Ctx) error {
	if err := h.store.Ready(c.UserContext()); err != nil {
		f := chat.Fail(chat.StoreDown, "The database does not answer.")
		f.RetryAfter = 2
		return f
	}
	return c.JSON(fiber.Map{"status": "ready"})
}
