package proof

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestOwnCertificates runs the product against a real authority: it gets a
// certificate for each of its names, and a new one before the first runs out,
// without a restart and without cutting anybody off.
func TestOwnCertificates(t *testing.T) {
	const consoleName, widgetName = "console.rapport.test", "chat.rapport.test"
	a := newAuthority(t, 45*time.Second, false)
	data := filepath.Join(t.TempDir(), "data")
	log := startOn(t, a, data, "--domain", consoleName+","+widgetName, "--accept-terms")

	first := a.await(t, consoleName, log, func(*x509.Certificate) bool { return true })
	a.await(t, widgetName, log, func(*x509.Certificate) bool { return true })
	checkPrivate(t, filepath.Join(data, "certificates"))

	kept := a.open(t, widgetName)
	ask(t, kept, widgetName, "/readyz")
	client := clientOf(a.roots, func(context.Context, string, string) (net.Conn, error) {
		return net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", a.tls))
	})
	defer client.CloseIdleConnections()
	page, err := client.Get("https://" + consoleName + "/console/")
	if err != nil {
		t.Fatal(err)
	}
	_ = page.Body.Close()
	if page.StatusCode != http.StatusOK || page.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("the console answers %d with %v", page.StatusCode, page.Header)
	}
	checkPlain(t, a, consoleName)

	renewed := a.await(t, consoleName, log, func(c *x509.Certificate) bool { return c.SerialNumber.Cmp(first.SerialNumber) != 0 })
	if !renewed.NotAfter.After(first.NotAfter) {
		t.Errorf("the new one ends at %s, the first at %s", renewed.NotAfter, first.NotAfter)
	}
	if time.Now().After(first.NotAfter) {
		t.Error("renewed only after the first had run out")
	}
	ask(t, kept, widgetName, "/readyz") // still the connection of the first one
	for _, name := range []string{"other.rapport.test", ""} {
		if c, err := tls.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", a.tls), &tls.Config{RootCAs: a.roots, ServerName: name, InsecureSkipVerify: name == ""}); err == nil {
			_ = c.Close()
			t.Errorf("%q is answered", name)
		}
	}
}

func TestCertificateByPortEighty(t *testing.T) {
	a := newAuthority(t, time.Hour, true)
	log := startOn(t, a, filepath.Join(t.TempDir(), "data"), "--domain", "chat.rapport.test", "--accept-terms")
	a.await(t, "chat.rapport.test", log, func(*x509.Certificate) bool { return true })
}

// startOn starts the product with this authority and returns its log's file.
func startOn(t *testing.T, a *authority, data string, args ...string) string {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "server.log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(rapport(t), append([]string{
		"serve", "--json", "--data", data, "--addr", fmt.Sprintf("127.0.0.1:%d", a.tls), "--http-addr", fmt.Sprintf("127.0.0.1:%d", a.http),
		"--acme-directory", a.directory,
	}, args...)...)
	cmd.Env = append(os.Environ(), "SSL_CERT_FILE="+a.trust)
	cmd.Stderr = log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
		_ = log.Close()
	})
	return log.Name()
}

// await connects until a certificate is served that is right.
func (a *authority) await(t *testing.T, name, log string, right func(*x509.Certificate) bool) *x509.Certificate {
	t.Helper()
	var err error
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var c *tls.Conn
		if c, err = tls.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", a.tls), &tls.Config{RootCAs: a.roots, ServerName: name}); err != nil {
			continue
		}
		leaf := c.ConnectionState().PeerCertificates[0]
		_ = c.Close()
		if right(leaf) {
			return leaf
		}
	}
	words, _ := os.ReadFile(log) // whatever there is
	t.Fatalf("no certificate for %s: %v\n%s", name, err, words)
	return nil
}

func (a *authority) open(t *testing.T, name string) *tls.Conn {
	t.Helper()
	c, err := tls.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", a.tls), &tls.Config{RootCAs: a.roots, ServerName: name})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// ask sends one request on a connection that stays open.
func ask(t *testing.T, c net.Conn, host, path string) {
	t.Helper()
	if _, err := fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, host); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("%s answers %d", path, answer.StatusCode)
	}
}

// checkPlain: the other port sends our names on, and nobody else's.
func checkPlain(t *testing.T, a *authority, name string) {
	t.Helper()
	for host, want := range map[string]string{name: "https://" + name + "/console/", "evil.example": ""} {
		c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", a.http))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c, "GET /console/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", host)
		answer, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		_ = c.Close()
		if got := answer.Header.Get("Location"); got != want {
			t.Errorf("%s is sent to %q", host, got)
		}
	}
}

// checkPrivate: certificates' keys are for this user alone.
func checkPrivate(t *testing.T, folder string) {
	t.Helper()
	keys := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", path, info.Mode())
		}
		if content, _ := os.ReadFile(path); strings.Contains(string(content), "PRIVATE KEY") {
			keys++
		}
		return err
	})
	if err != nil || keys < 3 { // the account's and each name's
		t.Errorf("%d keys in the folder: %v", keys, err)
	}
}

// clientOf trusts these roots alone.
func clientOf(roots *x509.CertPool, dial func(context.Context, string, string) (net.Conn, error)) *http.Client {
	return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DialContext: dial}}
}
