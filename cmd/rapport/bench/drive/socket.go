package drive

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gobwas/ws"
)

// Closed says that the server closed the socket, and with which code.
type Closed struct {
	Code   int
	Reason string
}

func (c *Closed) Error() string { return fmt.Sprintf("socket closed with %d %s", c.Code, c.Reason) }

// maxFrame bounds one frame from the server: a resume of 1,000 long events in
// one frame stays below it.
const maxFrame = 64 << 20

// writeTimeout bounds one write; a server that takes nothing for so long is
// treated as gone.
const writeTimeout = 10 * time.Second

// Socket is one WebSocket. Reads belong to one goroutine; writes may come from
// several.
type Socket struct {
	conn net.Conn
	br   *bufio.Reader

	mu   sync.Mutex // guards writes and wbuf
	wbuf []byte
}

// Through lets a test stand between: it is given the server's origin and
// returns the connection to use instead.
type Through func(ctx context.Context, origin string, source net.IP) (net.Conn, error)

// open shakes hands at path. size is that of the read buffer: small for those
// who mostly wait, large for those who are told much.
func open(ctx context.Context, via Through, at, path, pageOrigin, cookie string, source net.IP, size int) (*Socket, error) {
	if via == nil {
		via = Dial
	}
	conn, err := via(ctx, at, source)
	if err != nil {
		return nil, err
	}
	header := http.Header{"Origin": {pageOrigin}}
	if cookie != "" {
		header.Set("Cookie", cookie)
	}
	d := ws.Dialer{
		Timeout:         dialTimeout,
		ReadBufferSize:  1024,
		WriteBufferSize: 1024,
		Header:          ws.HandshakeHeaderHTTP(header),
		NetDial:         func(context.Context, string, string) (net.Conn, error) { return conn, nil },
	}
	_, early, _, err := d.Dial(ctx, socketURL(at, path))
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("upgrade: %w", err)
	}
	s := &Socket{conn: conn}
	if early != nil { // the server spoke before we asked; keep what is buffered
		s.br = early
	} else {
		s.br = bufio.NewReaderSize(conn, size)
	}
	return s, nil
}

// Read returns the next text frame in buf, grown where needed. Pings are
// answered on the way. The server's close is a *Closed.
func (s *Socket) Read(buf []byte) ([]byte, error) {
	buf = buf[:0]
	for {
		h, err := ws.ReadHeader(s.br)
		if err != nil {
			return nil, err
		}
		if h.Length > maxFrame {
			return nil, fmt.Errorf("frame of %d bytes", h.Length)
		}
		start := len(buf)
		buf = grow(buf, int(h.Length))
		if _, err := io.ReadFull(s.br, buf[start:]); err != nil {
			return nil, err
		}
		switch h.OpCode {
		case ws.OpText, ws.OpContinuation:
			if h.Fin {
				return buf, nil
			}
		case ws.OpPing:
			if err := s.write(ws.OpPong, buf[start:]); err != nil {
				return nil, err
			}
			buf = buf[:start]
		case ws.OpPong:
			buf = buf[:start]
		case ws.OpClose:
			code, reason := ws.ParseCloseFrameData(buf[start:])
			return nil, &Closed{Code: int(code), Reason: reason}
		default:
			return nil, fmt.Errorf("unexpected opcode %d", h.OpCode)
		}
	}
}

func grow(buf []byte, n int) []byte {
	if cap(buf)-len(buf) >= n {
		return buf[:len(buf)+n]
	}
	return append(buf, make([]byte, n)...)
}

// Write sends one text frame.
func (s *Socket) Write(payload []byte) error { return s.write(ws.OpText, payload) }

func (s *Socket) write(op ws.OpCode, payload []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := ws.Header{Fin: true, OpCode: op, Masked: true, Length: int64(len(payload))}
	m := rand.Uint32()
	h.Mask = [4]byte{byte(m), byte(m >> 8), byte(m >> 16), byte(m >> 24)}
	s.wbuf = appendHeader(s.wbuf[:0], h)
	start := len(s.wbuf)
	s.wbuf = append(s.wbuf, payload...)
	ws.Cipher(s.wbuf[start:], h.Mask, 0)
	if err := s.conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	_, err := s.conn.Write(s.wbuf)
	if cap(s.wbuf) > 4096 {
		s.wbuf = nil
	}
	return err
}

// appendHeader writes a masked client header; lengths over 65,535 never occur,
// the server refuses such frames.
func appendHeader(b []byte, h ws.Header) []byte {
	b = append(b, 0x80|byte(h.OpCode))
	if h.Length < 126 {
		b = append(b, 0x80|byte(h.Length))
	} else {
		b = append(b, 0x80|126, byte(h.Length>>8), byte(h.Length))
	}
	return append(b, h.Mask[:]...)
}

// WaitUntil makes reads after t fail; the zero time lifts it.
func (s *Socket) WaitUntil(t time.Time) error { return s.conn.SetReadDeadline(t) }

// Cut drops the connection without a word, as a lost network does.
func (s *Socket) Cut() {
	if tcp, ok := s.conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset: nothing more is delivered either way
	}
	s.conn.Close()
}

// Leave says goodbye and closes.
func (s *Socket) Leave() {
	_ = s.write(ws.OpClose, ws.NewCloseFrameBody(ws.StatusNormalClosure, ""))
	s.conn.Close()
}

// CodeOf returns the server's close code in err, or 0.
func CodeOf(err error) int {
	var c *Closed
	if errors.As(err, &c) {
		return c.Code
	}
	return 0
}
