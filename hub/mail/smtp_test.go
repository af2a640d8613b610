package mail

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/emersion/go-smtp"
)

var letterForTest = message{ID: "id", Thread: "talk", FromName: "Shop", To: "ada@example.org", Subject: "Hello", Lang: "en", Text: "Hello", HTML: "<p>Hello</p>"}

// believed is a certificate for 127.0.0.1 and who vouches for it.
func believed(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return s.TLS.Certificates[0], roots
}

// A password goes to a server that proves who it is, with STARTTLS or TLS from the
// first byte; a certificate that nobody vouches for ends it.
func TestSignInOverTLS(t *testing.T) {
	certificate, roots := believed(t)
	for _, implicit := range []bool{false, true} {
		b := startBox(t, func(s *smtp.Server, ln net.Listener) net.Listener {
			s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
			if implicit {
				return tls.NewListener(ln, s.TLSConfig)
			}
			return ln
		})
		server := b.server()
		server.TLS, server.User, server.Password = implicit, "shop", "hush"
		if err := (post{server, nil}).send(t.Context(), &letterForTest); err == nil || len(b.take()) != 0 || len(b.signedIn) != 0 {
			t.Errorf("implicit %t: a server that nobody vouches for got %q: %v", implicit, b.signedIn, err)
		}
		if err := (post{server, roots}).send(t.Context(), &letterForTest); err != nil {
			t.Errorf("implicit %t: %v", implicit, err)
		}
		if b.one(t); !slices.Equal(b.signedIn, []string{"shop:hush"}) {
			t.Errorf("implicit %t: signed in as %q", implicit, b.signedIn)
		}
		wrong := *server
		wrong.Password = "wrong"
		if err := (post{&wrong, roots}).send(t.Context(), &letterForTest); err == nil || forGood(err) || len(b.take()) != 0 {
			t.Errorf("implicit %t: a wrong password: %v", implicit, err)
		}
	}
}

// Where the server offers no TLS, the password stays here.
func TestNoPasswordInTheClear(t *testing.T) {
	b := startBox(t, func(s *smtp.Server, ln net.Listener) net.Listener {
		s.AllowInsecureAuth = true
		return ln
	})
	server := b.server()
	server.User, server.Password = "shop", "hush"
	if err := (post{server, nil}).send(t.Context(), &letterForTest); err == nil || len(b.signedIn) != 0 || len(b.take()) != 0 {
		t.Errorf("it signed in as %q: %v", b.signedIn, err)
	}
}
