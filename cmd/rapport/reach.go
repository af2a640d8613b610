package main

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/mail"
	"rapport/hub/reach"
)

// newCaller makes what calls agents to who waits while no console is open. Its key
// comes of the installation's, so that a backup brings phones along.
func (s *server) newCaller() (*reach.Caller, error) {
	pusher, err := reach.NewPusher(s.data.purpose("web push"), s.console)
	if err != nil {
		return nil, err
	}
	o := reach.Options{Store: s.store, Hub: s.hub, Pusher: pusher, Origin: s.console, Clock: chat.SystemClock, Log: s.log}
	if s.c.bell != nil {
		o.Leads = s.store.Leads
	}
	if s.c.mail != nil {
		o.Post = func(ctx context.Context, l reach.Letter) error { return mail.SendNote(ctx, s.c.mail, mail.Note(l)) }
	}
	return reach.New(o), nil
}
