package console

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/hubtest"
	"rapport/hub/wire"
)

// upgrade asks for a socket and returns the connection, or the refusal.
func (b *browser) upgrade(path, origin string) (*hubtest.Client, answer) {
	b.w.t.Helper()
	nc, err := net.Dial("tcp", strings.TrimPrefix(b.w.url, "http://"))
	b.w.must(err)
	b.w.t.Cleanup(func() { _ = nc.Close() })
	req, err := http.NewRequest(http.MethodGet, b.w.url+path, nil)
	b.w.must(err)
	req.Header.Set("Connection", "Upgrade")
	req.Header.Set("Upgrade", "websocket")
	req.Header.Set("Sec-WebSocket-Version", "13")
	req.Header.Set("Sec-WebSocket-Key", base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{9}, 16)))
	if origin != "" {
		req.Header["Origin"] = []string{origin}
	}
	if b.cookie != "" {
		req.Header.Set("Cookie", b.w.door.cookieName()+"="+b.cookie)
	}
	b.w.must(req.Write(nc))
	b.w.must(nc.SetReadDeadline(time.Now().Add(5 * time.Second)))
	// One byte at a time: what follows the head belongs to the socket.
	res, err := http.ReadResponse(bufio.NewReaderSize(head(nc), 16), req)
	b.w.must(err)
	defer res.Body.Close()
	if res.StatusCode == http.StatusSwitchingProtocols {
		return hubtest.NewClient(nc), answer{status: res.StatusCode}
	}
	body, err := io.ReadAll(io.LimitReader(nc, res.ContentLength))
	b.w.must(err)
	return nil, answer{res.StatusCode, string(body), res.Header}
}

// head reads an HTTP head and not a byte more.
func head(r io.Reader) io.Reader {
	var buf bytes.Buffer
	one := make([]byte, 1)
	for !bytes.HasSuffix(buf.Bytes(), []byte("\r\n\r\n")) {
		if _, err := r.Read(one); err != nil {
			break
		}
		buf.Write(one)
	}
	return &buf
}

// line is an agent's socket after its hello.
type line struct {
	*hubtest.Client
	t     testing.TB
	hello wire.AgentHello
}

// connect opens the console's socket and says hello; change may alter it.
func (b *browser) connect(change ...func(object)) *line {
	b.w.t.Helper()
	c, refused := b.upgrade(apiPrefix+"/socket", b.w.url)
	if c == nil {
		b.w.t.Fatalf("socket refused: %d %s", refused.status, refused.body)
	}
	l := &line{Client: c, t: b.w.t}
	l.send(b.hello(change...))
	c.JSON(b.w.t, "hello", &l.hello)
	return l
}

func (b *browser) hello(change ...func(object)) object {
	f := object{"type": "hello", "protocol": 1, "csrf": b.csrf, "epoch": "", "sites": object{}, "open": object{}, "status": "online"}
	for _, c := range change {
		c(f)
	}
	return f
}

func (l *line) send(frame object) {
	l.t.Helper()
	text, err := json.Marshal(frame)
	if err != nil {
		l.t.Fatal(err)
	}
	l.Text(l.t, string(text))
}

// frame is any frame of the server's.
type frame struct {
	Type           string           `json:"type"`
	Ref            string           `json:"ref"`
	Code           string           `json:"code"`
	Field          string           `json:"field"`
	Reason         string           `json:"reason"`
	SiteID         string           `json:"site_id"`
	ConversationID string           `json:"conversation_id"`
	From           int64            `json:"from"`
	SiteSeq        int64            `json:"site_seq"`
	Rows           []wire.Row       `json:"rows"`
	Events         []wire.Event     `json:"events"`
	Message        json.RawMessage  `json:"message"` // an ack's message, an error's sentence
	Marks          wire.Marks       `json:"marks"`
	On             bool             `json:"on"`
	What           string           `json:"what"`
	Heads          map[string]int64 `json:"heads"`
}

// gets reads until a frame of this type.
func (l *line) gets(kind string) frame {
	l.t.Helper()
	var f frame
	l.JSON(l.t, kind, &f)
	return f
}

// events reads until seq has come and returns the numbers and types since.
func (l *line) events(until int64) (seqs []int64, types []string) {
	l.t.Helper()
	for {
		f := l.gets("events")
		for _, e := range f.Events {
			seqs, types = append(seqs, e.Seq), append(types, string(e.Type))
			if e.Seq >= until {
				return seqs, types
			}
		}
	}
}

// ends expects the socket to be closed with this code within the 5 s in which
// a revocation must arrive.
func (l *line) ends(code hub.Code) {
	l.t.Helper()
	l.Closed(l.t, code)
}

// connect opens a visitor's socket.
func (v *visitor) connect() *line {
	v.w.t.Helper()
	c, refused := v.w.browser().upgrade("/v1/widget/socket", v.w.url)
	if c == nil {
		v.w.t.Fatalf("visitor's socket refused: %d %s", refused.status, refused.body)
	}
	l := &line{Client: c, t: v.w.t}
	l.send(object{"type": "hello", "protocol": 1, "token": v.token, "epoch": "", "resume": object{}})
	var hello frame
	c.JSON(v.w.t, "hello", &hello)
	return l
}
