package webhooks_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/webhooks"
)

func verify(secret string, h http.Header, body []byte) bool {
	stamp := h.Get("webhook-timestamp")
	at, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || time.Since(time.Unix(at, 0)).Abs() > 5*time.Minute {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	m := hmac.New(sha256.New, key)
	fmt.Fprintf(m, "%s.%s.%s", h.Get("webhook-id"), stamp, body)
	for _, one := range strings.Fields(h.Get("webhook-signature")) {
		text, isV1 := strings.CutPrefix(one, "v1,")
		if got, err := base64.StdEncoding.DecodeString(text); isV1 && err == nil && hmac.Equal(got, m.Sum(nil)) {
			return true
		}
	}
	return false
}

// What the README shows in Go is the function above, and it takes what we sign alone.
func TestWhatTheReadmeShowsVerifies(t *testing.T) {
	own, err := os.ReadFile("readme_test.go")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(own), "func verify(")
	code, _, _ = strings.Cut(code, "\n}\n")
	if !strings.Contains(string(readme), "```go\nfunc verify("+code+"\n}\n```") {
		t.Error("the README shows another function")
	}
	secret, old, now := chat.NewWebhookSecret(), chat.NewWebhookSecret(), time.Now()
	try := func(at time.Time, body, with string) bool {
		signed, err := webhooks.Sign("evt_1", at, []byte(`{"a":1}`), secret, old)
		if err != nil {
			t.Fatal(err)
		}
		h := http.Header{}
		h.Set("webhook-id", "evt_1")
		h.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
		h.Set("webhook-signature", signed)
		return verify(with, h, []byte(body))
	}
	if !try(now, `{"a":1}`, secret) || !try(now, `{"a":1}`, old) {
		t.Error("what is signed is refused")
	}
	if try(now, `{"a":2}`, secret) || try(now.Add(-time.Hour), `{"a":1}`, secret) || try(now, `{"a":1}`, chat.NewWebhookSecret()) {
		t.Error("what is not signed, or old, is taken")
	}
}

// The example of the specification has the signature that stands there.
func TestSignatureOfTheSpecification(t *testing.T) {
	got, err := webhooks.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil || got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Errorf("%s, %v", got, err)
	}
}
