package hub

import (
	"encoding/binary"
	"io"
	"sync"
	"unicode/utf8"
)

// window is the standing read buffer of a connection: large enough for nearly
// every frame a person causes, small enough to have 19,000 of.
const window = 512

// violation is an error of the peer's that has a close code.
type violation struct {
	code Code
	why  string
}

func (v *violation) Error() string { return v.code.Name() + ": " + v.why }

// head is a frame's header.
type head struct {
	fin    bool
	op     byte
	length int
	key    [4]byte
}

// reader takes messages off a socket. It holds one small window; what does not
// fit is gathered in a pooled buffer that grows with the bytes that have really
// come, whatever length was declared.
type reader struct {
	src    io.Reader
	early  []byte // read by the HTTP server before the upgrade
	limits *Limits
	buf    []byte
	r, w   int // buf[r:w] is unread

	gathered *[]byte // of a message in fragments, or one larger than the window
	parts    int     // fragments so far; 0 outside a message
	done     bool    // gathered was handed out and can be reused
}

func newReader(src io.Reader, early []byte, l *Limits) *reader {
	return &reader{src: src, early: early, limits: l, buf: make([]byte, window)}
}

var gatherPool = sync.Pool{New: func() any { b := make([]byte, 0, 4<<10); return &b }}

// next returns the next message or control frame; payload is valid until the
// next call. Errors are a *violation or the socket's own.
func (r *reader) next() (op byte, payload []byte, err error) {
	r.release()
	for {
		h, err := r.header()
		if err != nil {
			return 0, nil, err
		}
		if h.op >= opClose {
			payload, err := r.inWindow(h)
			return h.op, payload, err
		}
		if err := r.admit(h); err != nil {
			return 0, nil, err
		}
		if h.fin && r.parts == 1 && h.length <= window-maxHeader {
			r.parts = 0
			payload, err := r.inWindow(h)
			if err == nil && !utf8.Valid(payload) {
				err = &violation{NotUTF8, "text is not UTF-8"}
			}
			return opText, payload, err
		}
		if err := r.gather(h); err != nil {
			return 0, nil, err
		}
		if !h.fin {
			continue
		}
		r.parts, r.done = 0, true
		if !utf8.Valid(*r.gathered) {
			return 0, nil, &violation{NotUTF8, "text is not UTF-8"}
		}
		return opText, *r.gathered, nil
	}
}

// release gives a big buffer back after its message was handled.
func (r *reader) release() {
	if r.done {
		r.discard()
	}
}

// discard gives the big buffer back, message or not.
func (r *reader) discard() {
	if r.gathered != nil {
		*r.gathered = (*r.gathered)[:0]
		gatherPool.Put(r.gathered)
	}
	r.gathered, r.done = nil, false
}

// admit checks a data frame against the message it belongs to.
func (r *reader) admit(h head) error {
	switch {
	case h.op == opContinue && r.parts == 0:
		return &violation{ProtocolError, "continuation of nothing"}
	case h.op != opContinue && r.parts > 0:
		return &violation{ProtocolError, "a message within a message"}
	case h.op == opBinary:
		return &violation{BadFrame, "binary frames are not spoken here"}
	}
	if r.parts++; r.parts > r.limits.Fragments {
		return &violation{TooManyFrames, "too many fragments"}
	}
	have := 0
	if r.gathered != nil {
		have = len(*r.gathered)
	}
	if h.length > r.limits.Message-have {
		return &violation{TooBig, "message over the limit"}
	}
	return nil
}

// header reads and checks a frame's header.
func (r *reader) header() (h head, err error) {
	b, err := r.need(2)
	if err != nil {
		return h, err
	}
	h.fin, h.op = b[0]&finBit != 0, b[0]&0x0F
	n := int(b[1] &^ maskBit)
	switch {
	case b[0]&rsvBits != 0:
		return h, &violation{ProtocolError, "reserved bits"}
	case h.op > opBinary && h.op < opClose, h.op > opPong:
		return h, &violation{ProtocolError, "unknown opcode"}
	case b[1]&maskBit == 0:
		return h, &violation{ProtocolError, "no mask"}
	case h.op >= opClose && (!h.fin || n > maxControl):
		return h, &violation{ProtocolError, "control frame in parts or too long"}
	}
	size := 2 + 4
	switch n {
	case 126:
		size += 2
	case 127:
		size += 8
	}
	if b, err = r.need(size); err != nil {
		return h, err
	}
	if h.length, err = longLength(n, b); err != nil {
		return h, err
	}
	copy(h.key[:], b[size-4:])
	r.r += size
	return h, nil
}

// longLength reads the extended length, which must be the shortest form that
// holds it.
func longLength(n int, b []byte) (int, error) {
	switch n {
	case 126:
		n = int(binary.BigEndian.Uint16(b[2:]))
		if n <= maxControl {
			return 0, &violation{ProtocolError, "length not in its shortest form"}
		}
	case 127:
		u := binary.BigEndian.Uint64(b[2:])
		if u <= 0xFFFF || u>>63 != 0 {
			return 0, &violation{ProtocolError, "length not in its shortest form"}
		}
		if n = int(u); u > 1<<31-1 {
			n = 1<<31 - 1 // over every limit, on every platform
		}
	}
	return n, nil
}

// inWindow returns the payload of a frame that fits the window.
func (r *reader) inWindow(h head) ([]byte, error) {
	b, err := r.need(h.length)
	if err != nil {
		return nil, err
	}
	r.r += h.length
	unmask(h.key, 0, b)
	return b, nil
}

// gather appends a frame's payload to the big buffer as it comes.
func (r *reader) gather(h head) error {
	if r.gathered == nil {
		r.gathered = gatherPool.Get().(*[]byte)
	}
	buf := *r.gathered
	start := len(buf)
	for left := h.length; left > 0; {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		room := buf[len(buf):min(cap(buf), len(buf)+left)]
		n, err := r.read(room)
		if err != nil {
			return err
		}
		unmask(h.key, len(buf)-start, room[:n])
		buf, left = buf[:len(buf)+n], left-n
	}
	*r.gathered = buf
	return nil
}

// need makes n unread bytes stand in the window; n is at most its size.
func (r *reader) need(n int) ([]byte, error) {
	if r.w-r.r < n && r.r+n > len(r.buf) {
		copy(r.buf, r.buf[r.r:r.w])
		r.r, r.w = 0, r.w-r.r
	}
	for r.w-r.r < n {
		if r.r == r.w {
			r.r, r.w = 0, 0
		}
		m, err := r.fromSource(r.buf[r.w:])
		if err != nil {
			return nil, err
		}
		r.w += m
	}
	return r.buf[r.r : r.r+n], nil
}

// read takes from the window first, then from the socket.
func (r *reader) read(p []byte) (int, error) {
	if r.r < r.w {
		n := copy(p, r.buf[r.r:r.w])
		r.r += n
		return n, nil
	}
	return r.fromSource(p)
}

func (r *reader) fromSource(p []byte) (int, error) {
	if len(r.early) > 0 {
		n := copy(p, r.early)
		if r.early = r.early[n:]; len(r.early) == 0 {
			r.early = nil
		}
		return n, nil
	}
	n, err := r.src.Read(p)
	if n > 0 {
		return n, nil
	}
	return 0, err
}
