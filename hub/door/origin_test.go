package door

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/hubtest"
)

func TestOrigins(t *testing.T) {
	s, _ := socketServer(t, hubtest.Echo(), hub.VisitorLimits())
	cases := []struct {
		header string // the Origin line or lines
		ok     bool
	}{
		{"Origin: https://chat.example", true},
		{"", false},
		{"Origin: ", false},
		{"Origin: null", false},
		{"Origin: NULL", false},
		{"Origin: *", false},
		{"Origin: https://evil.example", false},
		{"Origin: http://chat.example", false},
		{"Origin: ws://chat.example", false},
		{"Origin: wss://chat.example", false},
		{"Origin: file://", false},
		{"Origin: chat.example", false},
		{"Origin: //chat.example", false},
		{"Origin: https://chat.example.evil", false},
		{"Origin: https://chat.example.evil.com", false},
		{"Origin: https://evilchat.example", false},
		{"Origin: https://evil.chat.example", false},
		{"Origin: https://chat.exampleevil", false},
		{"Origin: https://chat.example:443", false},
		{"Origin: https://chat.example:8443", false},
		{"Origin: https://chat.example:", false},
		{"Origin: https://chat.example/", false},
		{"Origin: https://chat.example/x", false},
		{"Origin: https://chat.example?x", false},
		{"Origin: https://chat.example#x", false},
		{"Origin: https://chat.example.", false},
		{"Origin: HTTPS://chat.example", false},
		{"Origin: https://Chat.Example", false},
		{"Origin: https://user@chat.example", false},
		{"Origin: https://chat.example@evil.example", false},
		{"Origin: https://ch\u0430t.example", false},
		{"Origin: https://xn--cht-5cd.example", false},
		{"Origin: http://localhost", false},
		{"Origin: http://127.0.0.1", false},
		{"Origin: https://chat.example https://evil.example", false},
		{"Origin: https://chat.example, https://evil.example", false},
		{"Origin: https://chat.example\r\nOrigin: https://evil.example", false},
		{"Origin: https://evil.example\r\nOrigin: https://chat.example", false},
	}
	for _, c := range cases {
		t.Run(c.header, func(t *testing.T) {
			lines := c.header
			if lines != "" {
				lines += "\r\n"
			}
			req := strings.Replace(handshakeText, "Origin: "+ownOrigin+"\r\n", lines, 1)
			nc := s.dial(t)
			defer nc.Close()
			if _, err := nc.Write([]byte(req)); err != nil {
				t.Fatal(err)
			}
			err := readSwitch(nc)
			if c.ok != (err == nil) {
				t.Fatalf("admitted: %v (%v)", err == nil, err)
			}
			if !c.ok && !strings.Contains(err.Error(), "HTTP/1.1 403 ") {
				t.Fatalf("refused with %v", err)
			}
		})
	}
}

func TestHandshakes(t *testing.T) {
	s, _ := socketServer(t, hubtest.Echo(), hub.VisitorLimits())
	const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
	cases := []struct {
		name, old, new string
		status         int
	}{
		{"as it should be", "", "", 101},
		{"lower-case header names", "Sec-WebSocket-Version", "sec-websocket-version", 101},
		{"Upgrade in another case", "Upgrade: websocket", "Upgrade: WebSocket", 101},
		{"more in Connection", "Connection: Upgrade", "Connection: keep-alive, Upgrade", 101},
		{"the client offers compression", key, key + "\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits", 101},
		{"the client offers a subprotocol", key, key + "\r\nSec-WebSocket-Protocol: chat", 101},
		{"POST", "GET /", "POST /", 405},
		{"HTTP/1.0", "HTTP/1.1", "HTTP/1.0", 426},
		{"no Upgrade", "Upgrade: websocket\r\n", "", 426},
		{"another Upgrade", "Upgrade: websocket", "Upgrade: h2c", 426},
		{"no Connection", "Connection: Upgrade\r\n", "", 426},
		{"Connection: close", "Connection: Upgrade", "Connection: close", 426},
		{"no version", "Sec-WebSocket-Version: 13\r\n", "", 426},
		{"version 8", "Version: 13", "Version: 8", 426},
		{"version 0", "Version: 13", "Version: 0", 426},
		{"version 14", "Version: 13", "Version: 14", 426},
		{"version 131", "Version: 13", "Version: 131", 426},
		{"no key", key + "\r\n", "", 422},
		{"empty key", key, "Sec-WebSocket-Key: ", 422},
		{"short key", key, "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==", 422},
		{"long key", key, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSBhbmQgbW9yZQ==", 422},
		{"key that is no base64", key, "Sec-WebSocket-Key: !!!!IHNhbXBsZSBub25jZQ==", 422},
		{"two keys", key, key + "\r\n" + key, 422},
		{"a body", key, key + "\r\nContent-Length: 5", 422},
		{"a chunked body", key, key + "\r\nTransfer-Encoding: chunked", 422},
		{"another path", "/socket", "/socket/", 404},
		{"another case of the path", "/socket", "/Socket", 404},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			req := strings.Replace(handshakeText, c.old, c.new, 1)
			switch {
			case strings.Contains(req, "Content-Length"):
				req += "hello"
			case strings.Contains(req, "chunked"):
				req += "5\r\nhello\r\n0\r\n\r\n"
			}
			res, _ := s.exchange(t, req)
			if res.StatusCode != c.status {
				t.Fatalf("status %d, want %d", res.StatusCode, c.status)
			}
			if c.status == 426 && res.Header.Get("Sec-WebSocket-Version") != "13" {
				t.Error("the answer does not name the version")
			}
			if c.status == 101 {
				if got := res.Header.Get("Sec-WebSocket-Accept"); got != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" {
					t.Errorf("accept %q", got)
				}
				if res.Header.Get("Sec-WebSocket-Extensions") != "" || res.Header.Get("Sec-WebSocket-Protocol") != "" {
					t.Errorf("granted what nobody speaks: %v", res.Header)
				}
			}
		})
	}
}

func TestPrepareMayRefuse(t *testing.T) {
	h := hub.New(hub.Options{})
	defer func() { _ = h.Drain(t.Context()) }()
	s := serve(t, func(a *App) {
		a.Get("/socket", Upgrade(h, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
			return c.Send([]byte(fmt.Sprintf(`"%v"`, c.Data())))
		}}, UpgradeOptions{
			Origin: Origins(ownOrigin), Limits: hub.VisitorLimits(),
			Prepare: func(c *fiber.Ctx) (any, error) {
				if c.Get("Cookie") == "" {
					return nil, fiber.ErrUnauthorized
				}
				return c.Get("Cookie"), nil
			},
		}))
	})
	if res, _ := s.exchange(t, handshakeText); res.StatusCode != 401 {
		t.Fatalf("status %d", res.StatusCode)
	}
	nc := s.dial(t)
	defer nc.Close()
	if _, err := nc.Write([]byte(strings.Replace(handshakeText, "Origin:", "Cookie: a=b\r\nOrigin:", 1))); err != nil {
		t.Fatal(err)
	}
	if err := readSwitch(nc); err != nil {
		t.Fatal(err)
	}
	c := hubtest.NewClient(nc)
	c.Text(t, "{}")
	if f := c.Receive(t); string(f.Payload) != `"a=b"` {
		t.Fatalf("data %s", f.Payload)
	}
}

func TestSameSite(t *testing.T) {
	s := serve(t, func(a *App) {
		a.All("/x", SameSite(Origins(ownOrigin)), func(c *fiber.Ctx) error { return c.SendString("done") })
	})
	cases := []struct {
		method, headers string
		status          int
	}{
		{"GET", "Sec-Fetch-Site: cross-site\r\n", 200},
		{"POST", "", 200},
		{"POST", "Sec-Fetch-Site: same-origin\r\n", 200},
		{"POST", "Sec-Fetch-Site: none\r\n", 200},
		{"POST", "Origin: " + ownOrigin + "\r\n", 200},
		{"POST", "Sec-Fetch-Site: cross-site\r\n", 403},
		{"POST", "Sec-Fetch-Site: same-site\r\n", 403},
		{"POST", "Sec-Fetch-Site: Same-Origin\r\n", 403},
		{"POST", "Sec-Fetch-Site: same-origin\r\nOrigin: https://evil.example\r\n", 403},
		{"POST", "Origin: null\r\n", 403},
		{"POST", "Origin: " + ownOrigin + "\r\nOrigin: https://evil.example\r\n", 403},
		{"PUT", "Origin: https://evil.example\r\n", 403},
		{"PATCH", "Sec-Fetch-Site: cross-site\r\n", 403},
		{"DELETE", "Sec-Fetch-Site: cross-site\r\n", 403},
	}
	for _, c := range cases {
		t.Run(c.method+" "+c.headers, func(t *testing.T) {
			res, _ := s.exchange(t, c.method+" /x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"+c.headers+"\r\n")
			if res.StatusCode != c.status {
				t.Fatalf("status %d, want %d", res.StatusCode, c.status)
			}
		})
	}
}
