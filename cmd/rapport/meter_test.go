package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// measuredServer is a server that measures, with the address where it shows that.
func measuredServer(t *testing.T, args ...string) (*server, string) {
	t.Helper()
	c, err := readConfig(append([]string{"--data", t.TempDir(), "--addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0"}, args...), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.open(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	srv, err := start(context.Background(), c, p, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- srv.run(ctx, p) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return srv, "http://" + p.metrics.Addr().String()
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// Figures stand on a port of their own, and what a unit of work took is among them.
func TestMeasures(t *testing.T) {
	srv, at := measuredServer(t)
	if err := srv.store.Write(t.Context(), func(chat.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	code, body := get(t, at+"/metrics")
	if code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	for _, want := range []string{
		`(?m)^rapport_write_seconds_bucket\{le="\+Inf"\} [1-9]`, `(?m)^rapport_writes_total [1-9]`, `(?m)^rapport_sockets 0$`,
		`(?m)^rapport_conversations\{state="waiting"\} 0$`, `(?m)^rapport_letters_due 0$`, `(?m)^process_resident_memory_bytes `,
		`(?m)^rapport_store_round_trip_seconds [0-9]`, `(?m)^rapport_leads 1$`,
	} {
		if !regexp.MustCompile(want).MatchString(body) {
			t.Errorf("%s is not among\n%s", want, body)
		}
	}
	if code, _ := get(t, at+"/v1/console/me"); code != http.StatusNotFound {
		t.Errorf("the port of figures answers %d for something else", code)
	}
	if code, _ := get(t, srv.console+"/metrics"); code != http.StatusNotFound {
		t.Errorf("the world gets %d for the figures", code)
	}
}

// Every figure that the dashboard draws, or that somebody is to watch, is one that the server shows.
func TestDashboardShowsWhatIsMeasured(t *testing.T) {
	file, err := os.ReadFile("deploy/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(file, &dashboard); err != nil {
		t.Fatal(err)
	}
	srv, at := measuredServer(t, newShared(t).args()...)
	srv.hub.CountRefused(chat.Invalid)
	// A socket that ends before its hello, and a request for nothing: both are counted.
	for range 2 {
		nc, err := net.Dial("tcp", strings.TrimPrefix(srv.widget, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		_ = nc.Close()
	}
	_, _ = get(t, srv.console+"/v1/console/nothing")
	_, body := get(t, at+"/metrics")
	measured := func(where, text string) (found int) {
		t.Helper()
		for _, name := range regexp.MustCompile(`\b(rapport|process|go)_\w+`).FindAllString(text, -1) {
			found++
			if name != "rapport_socket_closes_total" && !strings.Contains(body, "\n"+name) && !strings.HasPrefix(body, name) {
				t.Errorf("%s: %s is not measured", where, name)
			}
		}
		return found
	}
	found := 0
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			found += measured(p.Title, target.Expr)
		}
	}
	if found < 10 {
		t.Errorf("only %d figures were found in the dashboard", found)
	}
	_, watched, _ := strings.Cut(deployed(t, "RUNNING.md"), "## What to watch")
	if measured("RUNNING.md", watched) < 8 {
		t.Error("what to watch is not found in RUNNING.md")
	}
}
