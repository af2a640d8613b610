package links

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rapport/hub/chat"
	"rapport/hub/outgoing"
)

// internet is a server of https that every public name leads to. Of addresses inside,
// the client that we use outside of tests makes no connection at all.
type internet struct {
	*httptest.Server
	pages map[string]http.HandlerFunc // by host and path

	mu     sync.Mutex
	asked  []string
	header http.Header // of the last request
}

func newInternet(t *testing.T) *internet {
	t.Helper()
	n := &internet{pages: map[string]http.HandlerFunc{}}
	n.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		n.asked, n.header = append(n.asked, r.Host+r.URL.Path), r.Header.Clone()
		page := n.pages[r.Host+r.URL.Path]
		n.mu.Unlock()
		if page == nil {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	t.Cleanup(n.Close)
	return n
}

// client is outgoing.Reader but for where names lead.
func (n *internet) client() *http.Client {
	c := outgoing.Reader()
	t := c.Transport.(*http.Transport)
	t.TLSClientConfig = n.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	t.TLSClientConfig.ServerName = "example.com" // whom the certificate of tests is for
	t.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", n.Listener.Addr().String())
	}
	return c
}

func (n *internet) fetcher(own ...string) *fetcher { return &fetcher{n.client(), own} }

func (n *internet) requests() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.asked...)
}

// says answers with a page.
func says(kind, page string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write([]byte(page))
	}
}

func leadsTo(where string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", where)
		w.WriteHeader(http.StatusFound)
	}
}

const lamp = `<!doctype html><head><title>Lamps</title><meta property="og:title" content="Aurora &amp; friends"><meta name="description" content="A lamp."></head>`

func TestAPageIsRead(t *testing.T) {
	n := newInternet(t)
	n.pages["shop.example/lamp"] = func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
		says("text/html; charset=utf-8", lamp)(w, r)
	}
	n.pages["www.shop.example/l"] = leadsTo("//shop.example/lamp#top")
	n.pages["short.example/l"] = leadsTo("//shop.example/lamp")
	f := n.fetcher()
	for range 2 {
		got, err := f.fetch(t.Context(), "https://www.shop.example/l")
		if want := (chat.LinkPreview{Host: "shop.example", Title: "Aurora & friends", Text: "A lamp."}); err != nil || got != want {
			t.Errorf("got %+v, %v", got, err)
		}
	}
	// One that sends us there and people elsewhere would have that page vouch for it.
	if got, err := f.fetch(t.Context(), "https://short.example/l"); err == nil || got != (chat.LinkPreview{}) {
		t.Errorf("another site's page speaks for it: %+v", got)
	}
	if h := n.header; h.Get("Cookie") != "" || h.Get("Referer") != "" || h.Get("Authorization") != "" || !strings.HasPrefix(h.Get("User-Agent"), "Rapport") {
		t.Errorf("it says of us %v", h)
	}
}

// What a link leads to is judged like the link.
func TestWhereRedirectsDoNotLead(t *testing.T) {
	n := newInternet(t)
	for i, to := range []string{
		"http://shop.example/lamp", "https://127.0.0.1/lamp", "https://[::1]/lamp", "https://localhost/lamp", "https://shop.example:8443/lamp", "https://ana:x@shop.example/lamp",
		"https://chat.example/console", "https://shop.example/?token=abc", "https://shop.example/verify/123456", "file:///etc/passwd", "", "https://", "\x7f",
	} {
		from := fmt.Sprintf("/%d", i)
		n.pages["go.example"+from] = leadsTo(to)
		if got, err := n.fetcher("chat.example").fetch(t.Context(), "https://go.example"+from); err == nil {
			t.Errorf("%q was followed: %+v", to, got)
		}
	}
	for _, asked := range n.requests() {
		if !strings.HasPrefix(asked, "go.example/") {
			t.Errorf("%s was asked", asked)
		}
	}
	n.pages["go.example/round"] = leadsTo("/round")
	before := len(n.requests())
	if _, err := n.fetcher().fetch(t.Context(), "https://go.example/round"); err == nil || len(n.requests())-before != maxRedirects+1 {
		t.Errorf("asked %d times: %v", len(n.requests())-before, err)
	}
}

func TestOurselvesAreNotOpened(t *testing.T) {
	n := newInternet(t)
	if _, err := n.fetcher("chat.example").fetch(t.Context(), "https://chat.example/"); err == nil || len(n.requests()) > 0 {
		t.Errorf("asked %v: %v", n.requests(), err)
	}
}

// The client that is used in earnest makes no connection to this machine, even by a
// name that a test's own client would follow.
func TestTheRealClientReachesNothingInside(t *testing.T) {
	f := fetcher{client: outgoing.Reader()}
	for _, link := range []string{"https://localhost./", "https://127.0.0.1/", "https://localtest.example./", "https://0/"} {
		if got, err := f.fetch(t.Context(), link); err == nil {
			t.Errorf("%s says %+v", link, got)
		}
	}
}

func TestWhatIsNoPage(t *testing.T) {
	n := newInternet(t)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(append([]byte(lamp), make([]byte, 10<<20)...))
	_ = z.Close()
	for path, answer := range map[string]http.HandlerFunc{
		"/picture": says("image/png", lamp),
		"/data":    says("application/json", `{"title":"x"}`),
		"/xml":     says("application/xhtml+xml", lamp),
		"/odd":     says("text/html; charset", lamp),
		"/nothing": says("text/html", ""),
		"/blank":   says("text/html", "<title> \u200b </title>"),
		"/none":    says("", lamp),
		"/error": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			says("text/html", lamp)(w, r)
		},
		"/bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed.Bytes())
		},
		"/header": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Long", strings.Repeat("x", 128<<10))
			says("text/html", lamp)(w, r)
		},
		"/same": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) },
	} {
		n.pages["shop.example"+path] = answer
		if got, err := n.fetcher().fetch(t.Context(), "https://shop.example"+path); err == nil {
			t.Errorf("%s says %+v", path, got)
		} else if strings.Contains(err.Error(), "shop.example") {
			t.Errorf("the log would tell the link: %v", err)
		}
	}
}

// counted counts what was written to it before the reader went.
type counted struct {
	http.ResponseWriter
	n int
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.n += n
	return n, err
}

func TestAnEndlessPageIsLeft(t *testing.T) {
	n := newInternet(t)
	wrote := make(chan int, 1)
	n.pages["shop.example/endless"] = func(w http.ResponseWriter, r *http.Request) {
		c := &counted{ResponseWriter: w}
		says("text/html", "<title>Lamps</title>")(c, r)
		for err := error(nil); err == nil && c.n < 64<<20; {
			_, err = c.Write(bytes.Repeat([]byte("<p>more</p>"), 1_000))
		}
		wrote <- c.n
	}
	got, err := n.fetcher().fetch(t.Context(), "https://shop.example/endless")
	if err != nil || got.Title != "Lamps" {
		t.Errorf("got %+v, %v", got, err)
	}
	if n := <-wrote; n > 8<<20 {
		t.Errorf("%d bytes were taken from it", n)
	}
}

// drips gives a page byte by byte, one each second, and then nothing more.
type drips struct{ left string }

func (d *drips) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Request: r, Body: &dripping{r.Context(), d.left}}, nil
}

type dripping struct {
	ctx  context.Context
	left string
}

func (d *dripping) Read(b []byte) (int, error) {
	select {
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	case <-time.After(time.Second):
	}
	n := copy(b[:1], d.left)
	d.left = d.left[n:]
	return n, nil
}

func (d *dripping) Close() error { return nil }

func TestASlowPageIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := fetcher{client: &http.Client{Transport: &drips{lamp}}}
		began := time.Now()
		if got, err := f.fetch(t.Context(), "https://shop.example/"); err == nil {
			t.Errorf("got %+v", got)
		}
		if took := time.Since(began); took != openFor {
			t.Errorf("it took %v", took)
		}
	})
}
