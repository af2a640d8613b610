package door

import (
	"errors"
	"io"
	"mime"
	"net"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

// How long a file may take: to arrive at all, and between two pieces of it.
const (
	uploadTime  = 5 * time.Minute
	uploadPause = 15 * time.Second
)

// Incoming is a file that a request carries as its body, still on its way.
type Incoming struct {
	Name    string // as its sender says
	Claimed string // likewise its type
	Size    int64  // as declared, -1 for unknown
	Body    io.Reader
}

// How much of a refused file is still read, and for how long: a client that is cut
// off while it sends never reads why.
const (
	drainBytes = 2 * chat.MaxFile
	drainTime  = 10 * time.Second
)

// Drain reads what is left of a file that was refused. It costs nothing after one
// that was read to its end.
func (in *Incoming) Drain() {
	if a := in.Body.(*arriving); !a.over {
		a.end = time.Now().Add(drainTime)
		_, _ = io.Copy(io.Discard, io.LimitReader(a, drainBytes)) // whoever sends more, or breaks off, is not told
	}
}

// Upload reads what a request says of the file in its body: its name from
// Content-Disposition (RFC 6266), its type from Content-Type. Body hands the bytes
// on as they come, gives up on a sender that is too slow, and fails with a
// chat.Failure only; who must not send more than so much reads no more.
func Upload(c *fiber.Ctx) (*Incoming, error) {
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return nil, chat.FailField("content-encoding", "Send the file as it is, without compression.")
	}
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentDisposition))
	if err != nil || kind != "attachment" || params["filename"] == "" {
		return nil, chat.FailField("content-disposition", `Say the file's name: Content-Disposition: attachment; filename*=UTF-8''name.png`)
	}
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		return nil, chat.FailField("file", "There is nothing in this file.")
	}
	size := int64(c.Request().Header.ContentLength())
	return &Incoming{
		Name: params["filename"], Claimed: c.Get(fiber.HeaderContentType), Size: max(size, -1),
		Body: &arriving{c: c, conn: c.Context().Conn(), from: stream, missing: size, end: time.Now().Add(uploadTime)},
	}, nil
}

// arriving is a body whose deadline moves on while it comes: the server's own is
// meant for requests that a screen waits for.
type arriving struct {
	c       *fiber.Ctx
	conn    net.Conn
	from    io.Reader
	missing int64 // of the declared length; negative where none was declared
	end     time.Time
	over    bool // there is no more, or it cannot be had
}

func (a *arriving) Read(p []byte) (int, error) {
	deadline := time.Now().Add(uploadPause)
	if deadline.After(a.end) {
		deadline = a.end
	}
	if err := a.conn.SetReadDeadline(deadline); err != nil {
		return 0, notWhole()
	}
	n, err := a.from.Read(p)
	a.over = err != nil
	declared := a.missing >= 0
	a.missing -= int64(n)
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF) && (!declared || a.missing == 0):
		a.c.Context().SetUserValue(bodyRead, true)
		return n, io.EOF
	}
	return n, notWhole()
}

func notWhole() *chat.Failure {
	return chat.FailField("file", "The file did not arrive whole. Please send it again.")
}

// downloadPause is how long a reader may take for one piece of a file.
const downloadPause = 30 * time.Second

// Paced is a body whose deadline moves on while it is read out: a long file over a
// slow line is no dead connection. It closes what it reads.
func Paced(c *fiber.Ctx, from io.ReadCloser) io.ReadCloser {
	return &leaving{from, c.Context().Conn()}
}

type leaving struct {
	io.ReadCloser
	conn net.Conn
}

func (l *leaving) Read(p []byte) (int, error) {
	if err := l.conn.SetWriteDeadline(time.Now().Add(downloadPause)); err != nil {
		return 0, err
	}
	return l.ReadCloser.Read(p)
}
