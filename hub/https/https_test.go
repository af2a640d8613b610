package https

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
)

func keeper(t *testing.T) *Keeper {
	return New(Options{Names: []string{"chat.example.com"}, Folder: t.TempDir(), Directory: "http://127.0.0.1:1/none", Log: slog.New(slog.DiscardHandler)})
}

func TestNames(t *testing.T) {
	for in, want := range map[string]string{
		"chat.example.com": "chat.example.com", "Chat.Example.COM.": "chat.example.com", "chat.münchen.example": "chat.xn--mnchen-3ya.example",
	} {
		if got, err := Name(in); err != nil || got != want {
			t.Errorf("%s: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "localhost", "127.0.0.1", "[::1]", "chat.example.com:443", "https://chat.example.com", "*.example.com", "a b.example", "chat..example.com"} {
		if got, err := Name(in); err == nil {
			t.Errorf("%q is taken as %q", in, got)
		}
	}
}

// A stranger's handshake must not make us ask the authority, whose tries are few.
func TestHandshakesNeverAsk(t *testing.T) {
	asked := make(chan string, 8)
	authority := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked <- r.URL.Path }))
	defer authority.Close()
	k := New(Options{Names: []string{"chat.example.com"}, Folder: t.TempDir(), Directory: authority.URL, Log: slog.New(slog.DiscardHandler)})
	for _, name := range []string{"chat.example.com", "other.example.com", "", "CHAT.example.com.", "xn--", "127.0.0.1"} {
		if cert, err := k.TLS().GetCertificate(&tls.ClientHelloInfo{ServerName: name}); err == nil || cert != nil {
			t.Errorf("%q gets a certificate", name)
		}
	}
	select {
	case path := <-asked:
		t.Errorf("the authority was asked for %s", path)
	default:
	}
}

func TestPortEightyProvesOurNames(t *testing.T) {
	k := keeper(t)
	if err := k.manager.Cache.Put(t.Context(), "token+http-01", []byte("token.thumbprint")); err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"chat.example.com", "chat.example.com:80"} {
		if proof, to := k.Plain(host, challenges+"token"); string(proof) != "token.thumbprint" || to != "" {
			t.Errorf("%s: %q, to %q", host, proof, to)
		}
	}
	if proof, _ := k.Plain("evil.example", challenges+"token"); proof != nil {
		t.Errorf("a foreign name gets %q", proof)
	}
}

func TestPortEightySendsOnToOurNamesOnly(t *testing.T) {
	k := keeper(t)
	for _, c := range []struct{ host, address, to string }{
		{"chat.example.com", "/console/?a=b", "https://chat.example.com/console/?a=b"},
		{"chat.example.com", "@evil.example/", ""},
		{"CHAT.example.com.:80", "/", "https://chat.example.com/"},
		{"chat.example.com", "//evil.example/", "https://chat.example.com//evil.example/"},
		{"evil.example", "/", ""},
		{"chat.example.com.evil.example", "/", ""},
		{"", "/", ""},
		{"chat.example.com", challenges + "unknown", ""},
	} {
		if proof, to := k.Plain(c.host, c.address); to != c.to || proof != nil {
			t.Errorf("%s%s: to %q, %q", c.host, c.address, to, proof)
		}
	}
}
