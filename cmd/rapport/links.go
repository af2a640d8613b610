package main

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/links"
	"rapport/hub/outgoing"
	"rapport/hub/wire"
)

// newLinks makes what shows the titles of pages that are linked to, on sites whose
// owners want it.
func (s *server) newLinks() *links.Finder {
	o := links.Options{Store: s.store, Keeper: s.desk, Client: outgoing.Reader(), Tell: s.tellLink, Clock: chat.SystemClock, Log: s.log}
	if s.c.linkPages != "" {
		s.log.Warn("all links are opened at one address of this machine, as for a test")
		o.Client = onePlace(outgoing.Reader(), s.c.linkPages)
	}
	for _, origin := range []string{s.console, s.widget, s.filesURL()} {
		if u, err := url.Parse(origin); err == nil {
			o.Own = append(o.Own, u.Hostname())
		}
	}
	return links.New(o)
}

// tellLink tells both sides of a conversation what a link in it leads to.
func (s *server) tellLink(messageID string, l *chat.LinkPreview) {
	frame := wire.LinkFrame(messageID, l)
	s.hub.Broadcast(hub.TeamTopic(l.ConversationID), frame, nil)
	s.hub.Broadcast(hub.PublicTopic(l.ConversationID), frame, nil)
}

// onePlace makes of a client one for tests: whatever the name, it speaks plainly to one
// address of this machine, and to no other.
func onePlace(c *http.Client, address string) *http.Client {
	c.Transport.(*http.Transport).DialTLSContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", address)
	}
	return c
}

// forgetLinks forgets what pages said a week ago, until ctx ends.
func (s *server) forgetLinks(ctx context.Context) {
	s.repeat(ctx, time.Hour, "cannot forget old link previews", func(ctx context.Context) error {
		return inSteps(ctx, s.store.ForgetOldLinks)
	})
}
