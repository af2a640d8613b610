package broker_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"rapport/hub/broker"
	"rapport/hub/hubtest"
)

func TestAddressesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"nats://127.0.0.1": "127.0.0.1:4222",
		"nats://rapport:s3cret@nats.example.com:4333/": "nats.example.com:4333",
		"tls://s3cret@nats.example.com":                "nats.example.com:4222",
		"nats://a.example.com:1, nats://b.example.com": "a.example.com:1, b.example.com:4222",
		"nats://[::1]": "[::1]:4222",
		"nats://rapport:s3cret%40%2F@nats.example.com:422": "nats.example.com:422",
	} {
		a, err := broker.ReadAddress(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		for _, verb := range []string{"%s", "%v", "%+v", "%#v"} {
			if got := fmt.Sprintf(verb, a); got != want {
				t.Errorf("%s: %s shows %s, want %s", text, verb, got, want)
			}
		}
	}
}

func TestAddressesThatCannotBeUsed(t *testing.T) {
	words := filepath.Join(t.TempDir(), "words")
	if err := os.WriteFile(words, []byte("s3cret words"), 0o600); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"":                            "only nats:// and tls://",
		"127.0.0.1:4222":              "",
		"ws://s3cret@nats":            "only nats:// and tls://",
		"https://s3cret@nats":         "only nats:// and tls://",
		"nats://":                     "names no server",
		"nats://u:s3cret@":            "names no server",
		"nats://u:s3%zzcret@nats":     "cannot be read",
		"nats://u:s3/cret@nats":       "",
		"nats://nats/s3cret":          "cannot be read",
		"nats://nats#s3cret":          "cannot be read",
		"nats://nats,":                "only nats:// and tls://",
		"nats://a,tls://b":            "side by side",
		"nats://nats?password=s3cret": `"password" is not known`,
		"nats://nats?ca=/x":           "belong to tls://",
		"tls://nats?ca=/no/such/file": "cannot be used",
		"tls://nats?cert=/x":          "belong together",
		"nats://nats?creds=/no/such":  "creds",
		"nats://nats?creds=" + words:  "neither",
		"nats://nats?creds=&creds=/x": "name one file",
		"tls://a?ca=/x,tls://b?ca=/y": "name one file",
	} {
		_, err := broker.ReadAddress(text)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// speaks checks that two servers with this address hear each other.
func speaks(t *testing.T, address string) {
	t.Helper()
	a, _ := bell(t, address, "one")
	b, _ := bell(t, address, "one")
	var there hubtest.Log
	defer b.Join(there.Add)()
	if err := a.Publish(t.Context(), hubtest.Numbered("0", 0)); err != nil {
		t.Fatal(err)
	}
	there.Wait(t, 1)
}

// refused checks that a server with this address goes on trying, and says why.
func refused(t *testing.T, address, why string) {
	t.Helper()
	b, _ := bell(t, address, "one")
	eventually(t, "it does not say why: "+b.Missing(), func() bool { return strings.Contains(b.Missing(), why) })
	time.Sleep(300 * time.Millisecond) // several tries
	if b.Missing() == "" {
		t.Error("it was let in")
	}
	if strings.Contains(b.Missing(), "s3cret") {
		t.Errorf("it tells the password: %s", b.Missing())
	}
}

func TestPasswordsAndTokens(t *testing.T) {
	s := natsAt(t, &server.Options{Username: "rapport", Password: "s3cret/@"})
	speaks(t, with(s, url.UserPassword("rapport", "s3cret/@"), ""))
	refused(t, with(s, url.UserPassword("rapport", "s3cret"), ""), "uthorization")
	refused(t, with(s, nil, ""), "uthorization")

	s = natsAt(t, &server.Options{Authorization: "s3cret"})
	speaks(t, with(s, url.User("s3cret"), ""))
}

func TestKeys(t *testing.T) {
	pair, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := pair.Seed()
	if err != nil {
		t.Fatal(err)
	}
	public, err := pair.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "rapport.nk")
	if err := os.WriteFile(name, seed, 0o600); err != nil {
		t.Fatal(err)
	}
	// An account of its own with one subject is all that it needs.
	own := []string{broker.Subject("one")}
	s := natsAt(t, &server.Options{Nkeys: []*server.NkeyUser{{Nkey: public, Permissions: &server.Permissions{
		Publish: &server.SubjectPermission{Allow: own}, Subscribe: &server.SubjectPermission{Allow: own},
	}}}})
	speaks(t, with(s, nil, "creds="+name))
	refused(t, with(s, nil, ""), "uthorization")
}

func TestTLS(t *testing.T) {
	dir := t.TempDir()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	ca := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	s := natsAt(t, &server.Options{TLSConfig: &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, TLSTimeout: 5})
	secure := "tls://" + s.Addr().String()
	speaks(t, secure+"?ca="+ca)
	refused(t, secure, "certificate")

	plain := natsAt(t, &server.Options{})
	refused(t, "tls://"+plain.Addr().String(), "secure connection")
}

func TestAnAddressThatOthersCanListenTo(t *testing.T) {
	for text, want := range map[string]bool{
		"nats://127.0.0.1": false, "nats://localhost:4223": false, "nats://[::1]:4222": false, "nats://user:word@127.0.0.9": false,
		"nats://10.0.0.7": true, "nats://nats.example.com": true, "nats://127.0.0.1,nats://10.0.0.7": true, "tls://nats.example.com": false,
	} {
		a, err := broker.ReadAddress(text)
		if err != nil {
			t.Fatal(err)
		}
		if a.Open() != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}
