package door

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/hubtest"
)

// selfSigned is a certificate for chat.example and who trusts it.
func selfSigned(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "chat.example"}, DNSNames: []string{"chat.example"},
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// tlsServer echoes on /socket over TLS. client is how to reach it.
func tlsServer(t *testing.T) (h *hub.Hub, addr string, client *tls.Config) {
	t.Helper()
	cert, pool := selfSigned(t)
	h = hub.New(hub.Options{})
	a := New(Options{})
	a.Get("/socket", Upgrade(h, hubtest.Echo(), UpgradeOptions{Origin: Origins(ownOrigin), Limits: hub.VisitorLimits()}))
	plain, err := Listen(t.Context(), "127.0.0.1:0", ListenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ln := Secured(plain, &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"http/1.1"}})
	served := make(chan error, 1)
	go func() { served <- a.Serve(ln) }()
	t.Cleanup(func() {
		if err := a.Shutdown(t.Context()); err != nil && t.Context().Err() == nil {
			t.Errorf("shutdown: %v", err)
		}
		<-served
		if err := h.Drain(t.Context()); err != nil && t.Context().Err() == nil {
			t.Errorf("drain: %v", err)
		}
	})
	return h, plain.Addr().String(), &tls.Config{RootCAs: pool, ServerName: "chat.example"}
}

func TestSocketsOverTLS(t *testing.T) {
	h, addr, config := tlsServer(t)
	c, err := tls.Dial("tcp", addr, config)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	// Handshake and first frame in one write: the frame was read ahead.
	first := hubtest.Mask(0x81, []byte(`"first"`))
	if _, err := io.WriteString(c, handshakeText+string(first)); err != nil {
		t.Fatal(err)
	}
	if err := readSwitch(c); err != nil {
		t.Fatal(err)
	}
	client := hubtest.NewClient(c)
	if f := client.Receive(t); string(f.Payload) != `"first"` {
		t.Fatalf("%q", f.Payload)
	}
	long := `"` + strings.Repeat("ü", 15_000) + `"` // more than one record holds
	client.Text(t, long)
	if f := client.Receive(t); string(f.Payload) != long {
		t.Fatalf("%d bytes of %d came back", len(f.Payload), len(long))
	}
	if _, err := c.Write(hubtest.Mask(0x88, []byte{3, 232})); err != nil {
		t.Fatal(err)
	}
	client.Closed(t, 1000)
	waitClosed(t, h)
}

// A record that has half come when the socket is taken over is finished later.
func TestHalfARecordOutlivesTheUpgrade(t *testing.T) {
	h, addr, config := tlsServer(t)
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	gate := &gated{Conn: nc}
	c := tls.Client(gate, config)
	defer c.Close()
	if _, err := io.WriteString(c, handshakeText); err != nil {
		t.Fatal(err)
	}
	gate.hold = 9 // bytes of the next record, then nothing until the socket is open
	if _, err := c.Write(hubtest.Mask(0x81, []byte(`"late"`))); err != nil {
		t.Fatal(err)
	}
	if err := readSwitch(c); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(10 * time.Second); h.Stats().Open == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not taken over")
		}
	}
	if _, err := nc.Write(gate.held); err != nil {
		t.Fatal(err)
	}
	if f := hubtest.NewClient(c).Receive(t); string(f.Payload) != `"late"` {
		t.Fatalf("%q", f.Payload)
	}
}

// gated sends the first bytes of a write and keeps the rest back.
type gated struct {
	net.Conn
	hold int
	held []byte
}

func (g *gated) Write(p []byte) (int, error) {
	if g.hold == 0 {
		return g.Conn.Write(p)
	}
	g.held = append(g.held, p[g.hold:]...)
	if _, err := g.Conn.Write(p[:g.hold]); err != nil {
		return 0, err
	}
	g.hold = 0
	return len(p), nil
}
