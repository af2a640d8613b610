package hubtest

import (
	"context"

	"rapport/hub"
)

// Door is a hub.Door made of functions; nil ones do nothing.
type Door struct {
	OnHello func(c *hub.Conn, frame []byte) error
	OnFrame func(c *hub.Conn, frame []byte)
	OnGone  func(c *hub.Conn)
}

var _ hub.Door = Door{}

// Hello calls OnHello.
func (d Door) Hello(_ context.Context, c *hub.Conn, frame []byte) error {
	if d.OnHello == nil {
		return nil
	}
	return d.OnHello(c, frame)
}

// Frame calls OnFrame.
func (d Door) Frame(_ context.Context, c *hub.Conn, frame []byte) {
	if d.OnFrame != nil {
		d.OnFrame(c, frame)
	}
}

// Gone calls OnGone.
func (d Door) Gone(c *hub.Conn) {
	if d.OnGone != nil {
		d.OnGone(c)
	}
}

// Echo sends every frame back, the hello included.
func Echo() Door {
	echo := func(c *hub.Conn, frame []byte) { _ = c.Write(frame) } // fails when the client has gone
	return Door{
		OnHello: func(c *hub.Conn, frame []byte) error { echo(c, frame); return nil },
		OnFrame: echo,
	}
}
