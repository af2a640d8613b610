package main

import (
	"rapport/hub/chat"
	"rapport/hub/outgoing"
	"rapport/hub/webhooks"
)

// newWebhooks makes what tells sites' own servers what happens.
func (s *server) newWebhooks() *webhooks.Sender {
	o := webhooks.Options{Store: s.store, Client: outgoing.Teller(), Clock: chat.SystemClock, Log: s.log}
	if s.c.webhooks != "" {
		s.log.Warn("all webhooks are told at one address of this machine, as for a test")
		o.Client = onePlace(o.Client, s.c.webhooks)
	}
	return webhooks.New(o)
}
