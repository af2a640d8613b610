package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	nats "github.com/nats-io/nats-server/v2/server"
	client "github.com/nats-io/nats.go"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"rapport/hub/broker"
	"rapport/static"
)

// deployed is a file that is handed out for those who run Rapport.
func deployed(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// noSettings takes away what this machine has set.
func noSettings(t *testing.T) {
	t.Helper()
	for _, pair := range os.Environ() {
		if name, _, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "RAPPORT_") {
			t.Setenv(name, "") // so that it comes back
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Every command in the files is one that starts.
func TestDeployedCommandsAreTaken(t *testing.T) {
	noSettings(t)
	files, err := os.ReadDir("deploy")
	if err != nil {
		t.Fatal(err)
	}
	command, found := regexp.MustCompile(`(?m)^(?:#   |    |ExecStart=/usr/local/bin/)rapport (--.*)$`), 0
	for _, f := range files {
		for _, m := range command.FindAllStringSubmatch(deployed(t, f.Name()), -1) {
			found++
			if _, err := readConfig(strings.Fields(m[1]), io.Discard); err != nil {
				t.Errorf("%s: rapport %s: %v", f.Name(), m[1], err)
			}
		}
	}
	if found < 5 {
		t.Errorf("only %d commands were found", found)
	}
}

// Every variable of ours in the files sets something.
func TestDeployedVariablesAreKnown(t *testing.T) {
	var c config
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	c.flags(fs)
	known := []string{"RAPPORT_SMTP_PASSWORD", "RAPPORT_NATS_PASSWORD"} // no flags; the second is NATS's own
	fs.VisitAll(func(f *flag.Flag) {
		known = append(known, "RAPPORT_"+strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_")))
	})
	files, err := os.ReadDir("deploy")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for _, name := range regexp.MustCompile(`\bRAPPORT_[A-Z_]+`).FindAllString(deployed(t, f.Name()), -1) {
			if !slices.Contains(known, name) {
				t.Errorf("%s: %s is not known", f.Name(), name)
			}
		}
	}
}

// The servers of the compose file start with what it sets, find what it names, and are
// the ones that the proxy beside them asks.
func TestComposeFileHoldsTogether(t *testing.T) {
	noSettings(t)
	text := deployed(t, "compose.yaml")
	secrets := map[string]string{"POSTGRES_PASSWORD": "0a1b", "RAPPORT_NATS_PASSWORD": "2c3d"}
	whole := os.Expand(text, func(name string) string {
		if _, ok := secrets[name]; !ok && name != "" && regexp.MustCompile(`^[A-Z_]+$`).MatchString(name) {
			t.Errorf("nobody sets %s", name)
		}
		return secrets[name]
	})
	for name := range secrets {
		if !strings.Contains(text, name+"=%s") {
			t.Errorf("nobody is told to set %s", name)
		}
	}
	common, _, _ := strings.Cut(whole, "\nservices:")
	set := regexp.MustCompile(`(?m)^    (RAPPORT_\w+): (.+)$`).FindAllStringSubmatch(common, -1)
	for _, m := range set {
		t.Setenv(m[1], m[2])
	}
	image := deployed(t, "Dockerfile")
	for _, m := range regexp.MustCompile(`(RAPPORT_\w+)=(\S+)`).FindAllStringSubmatch(image, -1) {
		t.Setenv(m[1], m[2])
	}
	c, err := readConfig(nil, io.Discard)
	if err != nil || len(set) < 5 {
		t.Fatalf("with %d settings: %v", len(set), err)
	}
	if c.bell == nil || c.where == "" || c.local() {
		t.Errorf("it is no server of several: %+v", c)
	}
	proxy := deployed(t, "Caddyfile.several")
	for _, want := range []struct{ in, text string }{
		{whole, "target: " + c.data + "/secret.key"}, {whole, "files:" + c.data + "/" + filesName}, {whole, "data-b:" + c.data + "\n"},
		{image, "mkdir -p " + c.data + "/" + filesName}, {image, "EXPOSE " + strings.TrimPrefix(c.addr, ":")},
		{whole, "ipv4_address: " + c.trusted[0].Addr().String()}, {whole, "dockerfile: cmd/rapport/deploy/Dockerfile"},
		{proxy, "rapport-a" + c.addr + " rapport-b" + c.addr}, {whole, "\n  rapport-a:\n"}, {whole, "\n  rapport-b:\n"},
		{proxy, strings.TrimPrefix(c.publicURL, "https://") + ", " + strings.TrimPrefix(c.widgetURL, "https://")},
	} {
		if !strings.Contains(want.in, want.text) {
			t.Errorf("nowhere stands %q", want.text)
		}
	}
	for _, m := range regexp.MustCompile(`\./([\w.-]+)`).FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join("deploy", m[1])); err != nil && m[1] != "secret.key" {
			t.Errorf("it names a file that is not there: %v", err)
		}
	}
	named, declared, _ := strings.Cut(whole, "\nvolumes:\n")
	for _, m := range regexp.MustCompile(`(?m)^ +- ([\w-]+):/`).FindAllStringSubmatch(named, -1) {
		if !strings.Contains("\n"+declared, "\n  "+m[1]+":") {
			t.Errorf("the volume %s is not declared", m[1])
		}
	}
	for _, path := range regexp.MustCompile(`/(?:readyz|healthz)\b`).FindAllString(whole+proxy, -1) {
		if path != "/readyz" {
			t.Errorf("%s is asked whether a server can work", path)
		}
	}
}

// Everything that the list of visitors is made of, and asked by, goes to one server, and
// nothing else does.
func TestProxiesLeadTheVisitorsListToOneServer(t *testing.T) {
	nginx, caddy := deployed(t, "nginx-several.conf"), deployed(t, "Caddyfile.several")
	first := regexp.MustCompile(`(?s)upstream rapport_visitors \{\s*server (\S+) [^\n]*\n\s*server (\S+) backup;`).FindStringSubmatch(nginx)
	if first == nil || !strings.Contains(nginx, "least_conn;\n") || strings.Count(nginx, "server "+first[1]+" ") != 2 || strings.Count(nginx, "server "+first[2]+" ") != 2 {
		t.Errorf("nginx has the servers %v for it", first)
	}
	routes := map[string]bool{}
	for _, m := range regexp.MustCompile(`location (\S+) \{\s*proxy_pass http://rapport_visitors;`).FindAllStringSubmatch(nginx, -1) {
		routes[m[1]] = true
	}
	matched := regexp.MustCompile(`(?m)^\t@visitors path (.+)\n\treverse_proxy @visitors .*\{\n\t\tlb_policy first$`).FindStringSubmatch(caddy)
	if matched == nil {
		t.Fatal("Caddy leads nothing to the first server")
	}
	paths := strings.Fields(matched[1])
	f, _ := static.LookupDoc("openapi.json")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Body()))
	if err != nil {
		t.Fatal(err)
	}
	led := 0
	for place := range dig(doc, "paths").(object) {
		listed := place == "/v1/widget/here" || strings.HasPrefix(place, "/v1/console/visitors")
		byNginx := routes[place]
		for route := range routes {
			byNginx = byNginx || strings.HasPrefix(place, route)
		}
		byCaddy := slices.ContainsFunc(paths, func(p string) bool {
			under, all := strings.CutSuffix(p, "*")
			return place == p || all && strings.HasPrefix(place, under)
		})
		if byNginx != listed || byCaddy != listed {
			t.Errorf("%s goes to one server with nginx %v, with Caddy %v; want %v", place, byNginx, byCaddy, listed)
		}
		if listed {
			led++
		}
	}
	if led < 4 {
		t.Errorf("only %d paths make the list", led)
	}
}

// NATS with the file that is handed out lets the servers in, with the password alone, and
// to nothing but their own.
func TestDeployedNATSLetsServersIn(t *testing.T) {
	t.Setenv("RAPPORT_NATS_PASSWORD", "0a1b2c3d")
	o, err := nats.ProcessConfigFile(filepath.Join("deploy", "nats.conf"))
	if err != nil {
		t.Fatal(err)
	}
	o.Host, o.Port, o.NoLog, o.NoSigs = "127.0.0.1", nats.RANDOM_PORT, true, true
	s, err := nats.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	defer s.Shutdown()
	if !s.ReadyForConnections(5 * time.Second) {
		t.Fatal("NATS does not start")
	}
	at := s.Addr().String()
	if s.JetStreamEnabled() || o.Websocket.Port != 0 {
		t.Error("it keeps something, or lets browsers in")
	}
	a, err := broker.ReadAddress("nats://rapport:0a1b2c3d@" + at)
	if err != nil {
		t.Fatal(err)
	}
	b, err := broker.Connect(broker.Options{Address: a, Installation: "one"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = b.Close(ctx)
	}()
	comesTrue(t, "a server does not come in", func() bool { return b.Missing() == "" })
	for _, wrong := range []string{"nats://rapport:0a1b@" + at, "nats://" + at} {
		if nc, err := client.Connect(wrong); err == nil {
			nc.Close()
			t.Errorf("%s comes in", wrong)
		}
	}
	refused := make(chan error, 8)
	nc, err := client.Connect("nats://rapport:0a1b2c3d@"+at, client.ErrorHandler(func(_ *client.Conn, _ *client.Subscription, err error) { refused <- err }))
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	for _, subject := range []string{"other.bell", "$SYS.>"} {
		if _, err := nc.SubscribeSync(subject); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-refused:
			if !strings.Contains(err.Error(), "ermissions") {
				t.Errorf("%s: %v", subject, err)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("%s may be listened to", subject)
		}
	}
}
