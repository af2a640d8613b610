package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Wrong values of the mail server are one clear line; right ones show in the
// site's settings.
func TestMailServerIsSetUp(t *testing.T) {
	t.Setenv("RAPPORT_SMTP_PASSWORD", "")
	for _, test := range []struct{ smtp, from, password, want string }{
		{"mail.example.com", "hello@example.com", "", "smtp://user@mail.example.com:587"},
		{"smtp://user@mail.example.com", "hello@example.com", "", "RAPPORT_SMTP_PASSWORD"},
		{"smtp://user:hush@mail.example.com", "hello@example.com", "hush", "RAPPORT_SMTP_PASSWORD"},
		{"smtp://mail.example.com", "", "", "mail-from"},
		{"smtp://mail.example.com", "nobody", "", "mail-from"},
		{"", "hello@example.com", "", "--smtp"},
	} {
		t.Setenv("RAPPORT_SMTP_PASSWORD", test.password)
		code, _, log := exec(t, "", "serve", "--data", t.TempDir(), "--smtp", test.smtp, "--mail-from", test.from)
		if code != 2 || strings.Count(log, "\n") != 1 || !strings.Contains(log, test.want) || strings.Contains(log, ":hush") {
			t.Errorf("%+v: %d %q", test, code, log)
		}
	}
	_, out, _ := exec(t, "", "serve", "--help")
	if !strings.Contains(out, "--smtp URL") || !strings.Contains(out, "--mail-from address") || strings.Contains(out, "--smtp-password") {
		t.Errorf("help says\n%s", out)
	}
}

func TestSiteSaysWhetherMailIsReady(t *testing.T) {
	t.Setenv("RAPPORT_SMTP_PASSWORD", "")
	for want, args := range map[string][]string{
		"not_set_up": nil, "ready": {"--smtp", "smtp://127.0.0.1:1", "--mail-from", "hello@example.com"},
	} {
		r := startServer(t, append([]string{"--data", t.TempDir()}, args...)...)
		_, setup, _ := strings.Cut(r.places.Setup, "#")
		body := `{"token":"` + setup + `","name":"Ana","email":"ana@example.com","password":"a long walk by the river"}`
		res, err := http.Post(r.places.Widget+"/v1/console/setup", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		var me struct{ Sites []struct{ Mail string } }
		if err := json.Unmarshal(answer, &me); err != nil || len(me.Sites) != 1 || me.Sites[0].Mail != want {
			t.Errorf("%v says %s (%v), want %s", args, answer, err, want)
		}
		r.end(t)
	}
}
