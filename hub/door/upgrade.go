package door

import (
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
)

// UpgradeOptions say who may open a socket.
type UpgradeOptions struct {
	Origin func(origin string) bool // required; see Origins
	Limits hub.Limits
	// Prepare runs before the upgrade and may refuse it. What it returns is the
	// connection's Data. It may be nil.
	Prepare func(c *fiber.Ctx) (data any, err error)
	Log     *slog.Logger
}

const (
	socketData = "rapport.socket"
	// sendBuffer bounds what the kernel keeps for a reader that has stopped; left
	// to itself it grows to 4 MB.
	sendBuffer = 64 << 10
)

// Upgrade turns a request into a socket of the hub. The handler has returned
// before the first frame is read, and nothing of Fiber or fasthttp is kept.
func Upgrade(h *hub.Hub, d hub.Door, o UpgradeOptions) fiber.Handler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	limits := &o.Limits
	upgrade := websocket.New(func(c *websocket.Conn) {
		nc, early, err := detach(c.Conn.NetConn())
		if err != nil {
			o.Log.Error("socket not detached", "error", err)
			_ = c.Conn.Close() // the visitor comes back
			return
		}
		h.Adopt(nc, early, d, limits, c.Locals(socketData))
	}, websocket.Config{
		// Never used for frames; the smallest that the library takes.
		ReadBufferSize: 1, WriteBufferSize: 1,
		WriteBufferPool: noBuffers{},
		RecoverHandler: func(c *websocket.Conn) {
			if p := recover(); p != nil {
				o.Log.Error("upgrade panicked", "panic", p)
				_ = c.Conn.Close()
			}
		},
	})
	return func(c *fiber.Ctx) error {
		if err := handshake(c); err != nil {
			return err
		}
		if !o.Origin(soleOrigin(c)) {
			return chat.Fail(chat.BadOrigin, "This socket is opened from our own pages only.")
		}
		if o.Prepare != nil {
			data, err := o.Prepare(c)
			if err != nil {
				return err
			}
			c.Locals(socketData, data)
		}
		return upgrade(c)
	}
}

// handshake checks what the library lets pass: a body, whose stream would still
// read from the connection after it is ours, and a key that is no key.
func handshake(c *fiber.Ctx) error {
	if !websocket.IsWebSocketUpgrade(c) || c.Get("Sec-WebSocket-Version") != "13" || !c.Request().Header.IsHTTP11() {
		c.Set("Sec-WebSocket-Version", "13")
		c.Set(fiber.HeaderUpgrade, "websocket")
		return fiber.ErrUpgradeRequired
	}
	key, err := base64.StdEncoding.DecodeString(c.Get("Sec-WebSocket-Key"))
	if err != nil || len(key) != 16 || len(c.Request().Header.PeekAll("Sec-WebSocket-Key")) != 1 {
		return chat.FailField("sec-websocket-key", "A handshake carries one key of 16 bytes in base64.")
	}
	if c.Request().IsBodyStream() || c.Request().Header.ContentLength() > 0 {
		return chat.Fail(chat.Invalid, "A handshake has no body.")
	}
	return nil
}

// detach takes the plain connection out of fasthttp's wrapper, and the bytes
// that were read ahead. A deadline in the past makes reads return what is
// buffered and never touch the socket, so all of it is found and nothing more; of
// TLS, which takes such an end of reading lightly, also a record half come stays
// where it was.
func detach(wrapped net.Conn) (net.Conn, []byte, error) {
	inner, ok := wrapped.(interface{ UnsafeConn() net.Conn })
	if !ok {
		return nil, nil, fmt.Errorf("unknown connection type %T", wrapped)
	}
	nc := inner.UnsafeConn()
	if t, ok := nc.(*tls.Conn); ok {
		nc = secured{t}
	}
	if err := nc.SetReadDeadline(time.Unix(1, 0)); err != nil {
		return nil, nil, fmt.Errorf("set deadline: %w", err)
	}
	var early []byte
	buf := make([]byte, 1<<10)
	for {
		n, err := wrapped.Read(buf)
		early = append(early, buf[:n]...)
		if err != nil {
			break // the deadline: nothing is left
		}
	}
	if err := nc.SetDeadline(time.Time{}); err != nil {
		return nil, nil, fmt.Errorf("clear deadline: %w", err)
	}
	if s, ok := nc.(interface{ SetWriteBuffer(int) error }); ok {
		if err := s.SetWriteBuffer(sendBuffer); err != nil {
			return nil, nil, fmt.Errorf("bound send buffer: %w", err)
		}
	}
	return nc, early, nil
}

// noBuffers keeps the library from allocating a write buffer, which it would
// for a connection that never writes through it.
type noBuffers struct{}

func (noBuffers) Get() any { return nil }
func (noBuffers) Put(any)  {}
