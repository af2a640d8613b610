package main

import (
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
)

func TestDomainSaysWhereThingsAre(t *testing.T) {
	for _, c := range []struct{ args, addr, console, widget, files string }{
		{"--domain chat.example.com", ":443", "https://chat.example.com", "https://chat.example.com", ""},
		{"--domain Console.example.com,chat.example.com", ":443", "https://console.example.com", "https://chat.example.com", ""},
		{"--domain a.example.com,b.example.com,c.example.com --addr 10.0.0.1:8443", "10.0.0.1:8443", "https://a.example.com", "https://b.example.com", "https://c.example.com"},
		{"--domain a.example.com,b.example.com --widget-url https://a.example.com", ":443", "https://a.example.com", "https://a.example.com", ""},
	} {
		got, err := readConfig(append(strings.Fields(c.args), "--accept-terms"), io.Discard)
		if err != nil {
			t.Errorf("%s: %v", c.args, err)
			continue
		}
		if got.addr != c.addr || got.publicURL != c.console || got.widgetURL != c.widget || got.filesURL != c.files || got.local() {
			t.Errorf("%s: %q %q %q %q", c.args, got.addr, got.publicURL, got.widgetURL, got.filesURL)
		}
	}
}

func TestDomainRefusesWhatCannotWork(t *testing.T) {
	for args, want := range map[string]string{
		"--domain chat.example.com":                                                           "--accept-terms",
		"--accept-terms --domain localhost":                                                   "certificate",
		"--accept-terms --domain 192.0.2.1":                                                   "certificate",
		"--accept-terms --domain chat.example.com --public-url http://chat.example.com":       "https://",
		"--accept-terms --domain chat.example.com --widget-url https://elsewhere.example.com": "chat.example.com",
	} {
		if _, err := readConfig(strings.Fields(args), io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", args, err)
		}
	}
}

// Both ports are taken before anything is changed, and the line says which is not
// free.
func TestDomainNeedsBothPorts(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, args := range []string{
		"--addr " + taken.Addr().String() + " --http-addr 127.0.0.1:0", "--addr 127.0.0.1:0 --http-addr " + taken.Addr().String(),
	} {
		c, err := readConfig(append(strings.Fields(args), "--domain", "chat.example.com", "--accept-terms", "--data", t.TempDir()), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.open(t.Context(), slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), taken.Addr().String()+" is in use already") {
			t.Errorf("%s: %v", args, err)
		}
	}
}
