package chat

import "time"

// MaxSnooze is how far ahead a conversation may be put to sleep.
const MaxSnooze = 366 * 24 * time.Hour

// Snooze puts a conversation to sleep until a time. Invalid where that is past or
// too far ahead.
func (c *Conversation) Snooze(until, now Time) error {
	switch {
	case until <= now:
		return FailField("until", "That time has passed. Choose one that is still to come.")
	case until.Sub(now) > MaxSnooze:
		return FailField("until", "A conversation sleeps for a year at most.")
	}
	c.State, c.SnoozedUntil = Snoozed, until
	return nil
}

// Wake ends its sleep: it is with whoever has it, or in the queue. One that does
// not sleep stays as it is.
func (c *Conversation) Wake() {
	if c.State != Snoozed {
		return
	}
	c.State, c.SnoozedUntil = Open, 0
	if c.AssigneeID == "" {
		c.State = Waiting
	}
}

// PublicState is what the customer may know of the state: that it sleeps is the
// team's own.
func (c *Conversation) PublicState() State {
	awake := *c
	awake.Wake()
	return awake.State
}
