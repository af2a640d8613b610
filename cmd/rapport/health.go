package main

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/storage"
)

// health answers whoever looks after the process.
type health struct {
	store  *storage.Store
	others *peers
	stops  *leaving
}

func (h health) mount(app fiber.Router) {
	app.Get("/healthz", alive)
	app.Get("/readyz", h.ready)
}

// alive says that the process lives.
func alive(c *fiber.Ctx) error { return c.JSON(fiber.Map{"status": "ok"}) }

// ready says whether the server can do its work now: the store answers. Without NATS it
// can: what other servers do shows a second later. One that stops can no more, for who
// sends it clients.
func (h health) ready(c *fiber.Ctx) error {
	if h.stops.ask() {
		f := chat.Fail(chat.StoreDown, "This server stops.")
		f.RetryAfter = 1
		return f
	}
	if err := h.store.Ready(c.UserContext()); err != nil {
		return waiting()
	}
	if h.others.missing() != "" {
		return c.JSON(fiber.Map{"status": "ready", "waiting_for": "nats"})
	}
	return c.JSON(fiber.Map{"status": "ready"})
}
