package proof

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// pebble is Let's Encrypt's own test authority. It is built from its own module,
// so that the product's knows nothing of it.
const pebble = "github.com/letsencrypt/pebble/v2/cmd/%s@v2.10.1"

// authority is an ACME server on loopback that gives certificates for every name,
// all of which lead to this machine.
type authority struct {
	directory string // its address
	trust     string // file with the certificate of the address itself
	roots     *x509.CertPool
	http, tls int // ports of the server that it looks at
}

// newAuthority starts one whose certificates live for some seconds. A blind one
// sees nothing on the port for https, as behind some routers.
func newAuthority(t *testing.T, life time.Duration, blind bool) *authority {
	t.Helper()
	folder := t.TempDir()
	for _, tool := range []string{"pebble", "pebble-challtestsrv"} {
		build := exec.CommandContext(t.Context(), "go", "install", fmt.Sprintf(pebble, tool))
		build.Env = append(os.Environ(), "GOBIN="+folder)
		build.Dir = folder // outside our module
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%s cannot be had: %v\n%s", tool, err, out)
		}
	}
	cert, key := ownCertificate(t, folder)
	ports := freePorts(t, 6)
	a := &authority{directory: fmt.Sprintf("https://127.0.0.1:%d/dir", ports[0]), trust: cert, http: ports[2], tls: ports[3]}
	looks := a.tls
	if blind {
		looks = ports[5] // where nobody listens
	}
	config, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": fmt.Sprintf("127.0.0.1:%d", ports[0]), "managementListenAddress": fmt.Sprintf("127.0.0.1:%d", ports[1]),
		"certificate": cert, "privateKey": key, "httpPort": a.http, "tlsPort": looks,
		"keyAlgorithm": "ecdsa", "retryAfter": map[string]int{"authz": 1, "order": 1},
		"profiles": map[string]any{"default": map[string]any{"description": "short", "validityPeriod": int(life.Seconds())}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "pebble.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	dns := fmt.Sprintf("127.0.0.1:%d", ports[4])
	a.run(t, filepath.Join(folder, "pebble-challtestsrv"), "-dnsserver", dns, "-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "", "-management", "")
	a.run(t, filepath.Join(folder, "pebble"), "-config", file, "-dnsserver", dns)
	a.roots = a.root(t, fmt.Sprintf("https://127.0.0.1:%d/roots/0", ports[1]))
	return a
}

// run starts a program that ends with the test.
func (a *authority) run(t *testing.T, program string, args ...string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	})
}

// root asks the authority for the certificate that all of its own hang from.
func (a *authority) root(t *testing.T, address string) *x509.CertPool {
	t.Helper()
	trusted := x509.NewCertPool()
	own, err := os.ReadFile(a.trust)
	if err != nil || !trusted.AppendCertsFromPEM(own) {
		t.Fatal("no certificate of the authority's address:", err)
	}
	client := clientOf(trusted, nil)
	defer client.CloseIdleConnections()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		var answer *http.Response
		if answer, err = client.Get(address); err == nil {
			body, err := io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			if roots := x509.NewCertPool(); err == nil && roots.AppendCertsFromPEM(body) {
				return roots
			}
		}
		if time.Now().After(end) {
			t.Fatalf("the authority does not answer: %v", err)
		}
	}
}

// ownCertificate writes a certificate for 127.0.0.1 and its key.
func ownCertificate(t *testing.T, folder string) (cert, key string) {
	t.Helper()
	signer, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &signer.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(signer)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// freePorts finds ports that nobody listens on now.
func freePorts(t *testing.T, n int) (ports []int) {
	t.Helper()
	for range n {
		ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer ln.Close() // all of them at the end, so that none comes twice
		ports = append(ports, ln.Addr().(*net.TCPAddr).Port)
	}
	return ports
}
