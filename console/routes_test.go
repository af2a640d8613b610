package console

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
)

func TestEveryRouteHasAPolicy(t *testing.T) {
	bounded := newLimiters(door.DefaultRates(), chat.SystemClock, nil)
	table := map[string]bool{}
	for _, r := range routes {
		name := r.method + " " + r.path
		switch {
		case r.who != anyone && r.who != member && r.who != entrant && !slices.Contains(chat.Permissions, r.who):
			t.Errorf("%s says nothing about who may call it", name)
		case bounded[r.rate] == nil:
			t.Errorf("%s is not bounded", name)
		case r.handle == nil:
			t.Errorf("%s has no handler", name)
		case table[name]:
			t.Errorf("%s stands there twice", name)
		}
		table[name] = true
	}
	app := door.New(door.Options{})
	d, err := New(Options{PublicURL: "http://localhost", WidgetURL: "http://localhost", Hub: hub.New(hub.Options{}),
		Keys: Keys{make([]byte, 32), make([]byte, 32)}, Rates: door.DefaultRates()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Hub.Drain(t.Context()) })
	d.Mount(app)
	for _, r := range app.GetRoutes(true) {
		path, ours := strings.CutPrefix(r.Path, apiPrefix)
		if !ours || path == "/socket" {
			continue
		}
		if !table[r.Method+" "+path] {
			t.Errorf("%s %s is mounted past the table", r.Method, r.Path)
		}
	}
}

var (
	protocolCall  = regexp.MustCompile(`(GET|POST|PUT|PATCH|DELETE) +/v1/console/([^ ?;\s]+)`)
	protocolParam = regexp.MustCompile(`\{(\w+)\}`)
)

// The protocol's list and the table are the same list.
func TestTableIsTheProtocols(t *testing.T) {
	text, err := os.ReadFile("../static/src/wire/protocol-http.ts")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(text), "HTTP: console")
	documented := map[string]bool{}
	for _, m := range protocolCall.FindAllStringSubmatch(list, -1) {
		documented[m[1]+" /"+protocolParam.ReplaceAllString(m[2], ":$1")] = true
	}
	if len(documented) < 30 {
		t.Fatalf("read only %d calls from the protocol", len(documented))
	}
	for _, r := range routes {
		if name := r.method + " " + r.path; !documented[name] {
			t.Errorf("%s is not in protocol.ts", name)
		} else {
			delete(documented, name)
		}
	}
	for name := range documented {
		t.Errorf("%s is in protocol.ts and not in the table", name)
	}
}

func TestNewRefusesWhatCannotBeSafe(t *testing.T) {
	good := Options{PublicURL: "https://chat.example.com/", WidgetURL: "https://w.example.com", Keys: Keys{make([]byte, 32), make([]byte, 32)}}
	if _, err := New(good); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Options){
		"short session key": func(o *Options) { o.Keys.Session = make([]byte, 31) },
		"no CSRF key":       func(o *Options) { o.Keys.CSRF = nil },
		"URL with a path":   func(o *Options) { o.PublicURL = "https://example.com/chat" },
		"no URL":            func(o *Options) { o.PublicURL = "" },
		"no widget URL":     func(o *Options) { o.WidgetURL = "w.example.com" },
	} {
		o := good
		spoil(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
