package door

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

func bodyServer(t testing.TB) server {
	return serve(t, func(a *App) {
		a.Post("/body", func(c *fiber.Ctx) error {
			var v struct {
				Text string `json:"text"`
			}
			if err := Body(c, 1000, &v); err != nil {
				return err
			}
			return c.SendString(v.Text)
		})
		a.Post("/blind", func(c *fiber.Ctx) error { return c.SendString("not looked at") })
		a.Get("/ok", func(c *fiber.Ctx) error { return c.SendString("ok") })
		a.Get("/panic", func(*fiber.Ctx) error { panic("secret detail") })
		a.Get("/error", func(*fiber.Ctx) error { return errors.New("secret detail") })
		a.Get("/busy", func(*fiber.Ctx) error {
			f := chat.Fail(chat.StoreDown, "Later.")
			f.RetryAfter = 7
			return fmt.Errorf("post: %w", f)
		})
	})
}

func TestBody(t *testing.T) {
	s := bodyServer(t)
	const kind = "application/json"
	cases := []struct {
		name, kind, body string
		headers          []string
		status           int
		code             chat.Code
		field            string
	}{
		{"good", kind, `{"text":"hi"}`, nil, 200, "", ""},
		{"good with charset", kind + "; charset=UTF-8", `{"text":"hi"}`, nil, 200, "", ""},
		{"form", "application/x-www-form-urlencoded", `text=hi`, nil, 422, chat.Invalid, "content-type"},
		{"plain text, which a cross-site form can send", "text/plain", `{"text":"hi"}`, nil, 422, chat.Invalid, "content-type"},
		{"multipart", "multipart/form-data; boundary=x", `{"text":"hi"}`, nil, 422, chat.Invalid, "content-type"},
		{"other charset", kind + "; charset=utf-16", `{"text":"hi"}`, nil, 422, chat.Invalid, "content-type"},
		{"no type", "", `{"text":"hi"}`, nil, 422, chat.Invalid, "content-type"},
		{"gzip", kind, "\x1f\x8b\x08\x00", []string{"Content-Encoding: gzip"}, 422, chat.Invalid, "content-encoding"},
		{"empty", kind, "", nil, 400, chat.BadJSON, ""},
		{"unknown field", kind, `{"text":"hi","role":"owner"}`, nil, 422, chat.UnknownField, "role"},
		{"key twice", kind, `{"text":"hi","text":"ho"}`, nil, 400, chat.BadJSON, "text"},
		{"too large", kind, `{"text":"` + strings.Repeat("a", 1000) + `"}`, nil, 413, chat.TooLarge, ""},
		{"not UTF-8", kind, "{\"text\":\"\xff\"}", nil, 400, chat.BadJSON, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, f := s.post(t, "/body", c.kind, c.body, c.headers...)
			if status != c.status || f.Code != c.code || f.Field != c.field {
				t.Fatalf("got %d %+v", status, f)
			}
		})
	}
	if n := s.app.Failures()[chat.BadJSON]; n != 3 {
		t.Errorf("counted %d times bad_json", n)
	}
}

func TestChunkedBodies(t *testing.T) {
	s := bodyServer(t)
	const head = "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
	if res, body := s.exchange(t, head+"6\r\n{\"text\r\n6\r\n\":\"a\"}\r\n0\r\n\r\n"); res.StatusCode != 200 || body != "a" {
		t.Fatalf("got %d %q", res.StatusCode, body)
	}
	big := strings.Repeat("190\r\n"+strings.Repeat("x", 400)+"\r\n", 20)
	if res, body := s.exchange(t, head+big+"0\r\n\r\n"); res.StatusCode != 413 {
		t.Fatalf("got %d %q", res.StatusCode, body)
	}
}

// What a handler leaves of a body must not be taken for the next request.
func TestUnreadBodyIsNoRequest(t *testing.T) {
	s := bodyServer(t)
	hidden := "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, start := range []string{"POST /blind", "POST /nowhere", "BREW /ok", "POST /body", "GET /ok"} {
		t.Run(start, func(t *testing.T) {
			c := s.dial(t)
			defer c.Close()
			fmt.Fprintf(c, "%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", start, len(hidden), hidden)
			_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
			br := bufio.NewReader(c)
			res, err := http.ReadResponse(br, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, res.Body); err != nil {
				t.Fatal(err)
			}
			rest, _ := io.ReadAll(br) // a reset is as good as an end
			if len(rest) != 0 {
				t.Fatalf("the body was answered as a request: %q", rest)
			}
		})
	}
}

func TestKeepAliveAfterABody(t *testing.T) {
	s := bodyServer(t)
	c := s.dial(t)
	defer c.Close()
	br := bufio.NewReader(c)
	for i := range 3 {
		fmt.Fprintf(c, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"text\":\"a\"}")
		_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
		res, err := http.ReadResponse(br, nil)
		if err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
		if body, err := io.ReadAll(res.Body); err != nil || string(body) != "a" {
			t.Fatalf("request %d: %q %v", i, body, err)
		}
	}
}

func TestErrorsAreJSONAndTellNothing(t *testing.T) {
	s := bodyServer(t)
	get := func(path, accept string) (*http.Response, string) {
		return s.exchange(t, "GET "+path+" HTTP/1.1\r\nHost: x\r\nAccept: "+accept+"\r\nConnection: close\r\n\r\n")
	}
	for _, path := range []string{"/panic", "/error"} {
		res, body := get(path, "text/html")
		if res.StatusCode != 500 || strings.Contains(body, "secret") || !strings.Contains(body, `"code":"internal"`) ||
			!strings.Contains(body, res.Header.Get("X-Request-Id")) || res.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
	res, body := get("/nowhere/<script>", "text/html")
	if res.StatusCode != 404 || !strings.Contains(body, `"code":"not_found"`) || strings.Contains(body, "script") ||
		res.Header.Get("Content-Type") != "application/json" || res.Header.Get("Server") != "" {
		t.Errorf("%d %s %v", res.StatusCode, body, res.Header)
	}
	if res, _ := get("/busy", "*/*"); res.StatusCode != 503 || res.Header.Get("Retry-After") != "7" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	if res, _ := s.exchange(t, "POST /ok HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"); res.StatusCode != 405 {
		t.Errorf("method: %d", res.StatusCode)
	}
	if res, _ := s.exchange(t, "GET /ok HTTP/1.1\r\nHost: x\r\nX: "+strings.Repeat("a", 9000)+"\r\n\r\n"); res.StatusCode != 431 {
		t.Errorf("header bomb: %d", res.StatusCode)
	}
}
