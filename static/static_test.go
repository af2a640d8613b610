package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"
)

func TestEncodedGivesBackTheSameBytes(t *testing.T) {
	f, ok := Lookup("w.js")
	if !ok {
		t.Fatal("the loader is not embedded")
	}
	for header, want := range map[string]string{
		"gzip, deflate, br": "br", "gzip": "gzip", "GZIP;q=0.5": "gzip", "": "", "identity": "", "br;q=0, gzip": "gzip", "br; q=0": "", "brotli": "",
	} {
		body, encoding := f.Encoded(header)
		if encoding != want {
			t.Errorf("Accept-Encoding %q: got %q, want %q", header, encoding, want)
		}
		// That brotli says the same is checked by the build, which has its unpacker.
		if encoding != "br" && !bytes.Equal(unpack(t, body, encoding), f.Body()) {
			t.Errorf("Accept-Encoding %q: the bytes differ", header)
		}
		if encoding != "" && len(body) >= len(f.Body()) {
			t.Errorf("%s made %d bytes of %d", encoding, len(body), len(f.Body()))
		}
	}
}

// What a browser without brotli is sent, to the byte.
func TestBudgetsOfTheWire(t *testing.T) {
	if n := gzipped(t, "w.js"); n > 4<<10 {
		t.Errorf("the loader is %d bytes of gzip, more than 4 KB", n)
	}
	asked := regexp.MustCompile(`(?:src|href)="/([^"]+)"`)
	for _, locale := range Locales() {
		page := Panel(locale, "visitor", []byte(`{"site":"k1"}`))
		body, _ := Compress(page, "gzip")
		total := len(body)
		for _, m := range asked.FindAllSubmatch(page, -1) {
			total += gzipped(t, string(m[1]))
		}
		if total > 35<<10 {
			t.Errorf("the panel in %s is %d bytes of gzip, more than 35 KB", locale, total)
		}
	}
}

func gzipped(t *testing.T, name string) int {
	t.Helper()
	f, ok := Lookup(name)
	if !ok {
		t.Fatalf("%s is not embedded", name)
	}
	body, encoding := f.Encoded("gzip")
	if encoding != "gzip" {
		t.Fatalf("%s is not compressed", name)
	}
	return len(body)
}

func unpack(t *testing.T, body []byte, encoding string) []byte {
	t.Helper()
	if encoding == "" {
		return body
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// What the build packs comes in three forms where a page waits for it, in two otherwise;
// what the server makes in two.
func TestFormsOfAFile(t *testing.T) {
	first := waitedFor(t)
	for name, f := range files() {
		later := strings.HasPrefix(name, "docs/") || name == "golden.json" || name == "manifest.json" ||
			strings.HasPrefix(name, "assets/console-") && !first[name]
		want := ""
		switch packs := compressible(f.Type) && len(f.Body()) >= smallest; {
		case packs && later:
			want = "gzip"
		case packs:
			want = "br"
		}
		body, how := f.Encoded("br, gzip")
		if how != want {
			t.Errorf("%s of %s comes as %q, want %q", name, f.Type, how, want)
		}
		if gz, _ := f.Encoded("gzip"); want == "br" && len(body) >= len(gz) {
			t.Errorf("%s: brotli %d bytes, gzip %d", name, len(body), len(gz))
		}
	}
}

// waitedFor is what the console's page cannot be drawn without.
func waitedFor(t *testing.T) map[string]bool {
	t.Helper()
	page, ok := Lookup("console.html")
	if !ok {
		t.Fatal("there is no console")
	}
	first := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?:src|href)="/(assets/[^"]+)"`).FindAllSubmatch(page.Body(), -1) {
		first[string(m[1])] = true
	}
	if len(first) < 2 {
		t.Fatalf("the console's page waits for %v", first)
	}
	return first
}

func TestLookupKnowsOnlyBuiltFiles(t *testing.T) {
	for _, name := range []string{"", ".", "/w.js", "../static.go", "demo/../w.js", "w.js\x00", "W.JS", "panel"} {
		if _, ok := Lookup(name); ok {
			t.Errorf("Lookup(%q) found something", name)
		}
	}
	if f, ok := Lookup("w.js"); !ok || f.Hashed || f.Type != "text/javascript; charset=utf-8" {
		t.Errorf("w.js: %+v", f)
	}
}

func TestLocale(t *testing.T) {
	for _, c := range []struct {
		offered, wanted []string
		want            string
	}{
		{nil, []string{"ar"}, "ar"}, {nil, []string{"ar-EG"}, "ar"}, {nil, []string{"AR_eg", "ar"}, "ar"}, {nil, []string{"", "fr-CH, ar;q=0.9"}, "ar"},
		{nil, []string{"xx"}, "en"}, {nil, nil, "en"}, {nil, []string{"en-xa"}, "en-XA"}, {nil, []string{"../../etc"}, "en"}, {nil, []string{"en-GB", "ar"}, "en"},
		{[]string{"ar", "en"}, []string{"fr"}, "ar"}, {[]string{"ar", "en"}, []string{"en-GB"}, "en"}, {[]string{"ar"}, []string{"en"}, "ar"},
		{[]string{"gone", "ar"}, nil, "ar"}, {[]string{"gone"}, nil, "en"},
	} {
		if got := Locale(c.offered, c.wanted...); got != c.want {
			t.Errorf("Locale(%q, %q) = %q, want %q", c.offered, c.wanted, got, c.want)
		}
	}
	if got := strings.Join(Locales(), " "); got != "ar en" {
		t.Errorf("Locales() = %q", got)
	}
}

func TestPagesCarryTheirConfiguration(t *testing.T) {
	config := []byte(`{"site":"k1"}`)
	for _, locale := range append(Locales(), "en-XA") {
		page := string(Panel(locale, "visitor", config))
		if strings.Count(page, string(config)) != 1 || strings.Contains(page, "__RAPPORT") {
			t.Errorf("the panel in %s does not carry the configuration once", locale)
		}
		if !strings.Contains(page, `lang="`+locale+`"`) {
			t.Errorf("the panel in %s says another language", locale)
		}
		if dark := string(Panel(locale, "dark", config)); strings.Contains(page, "data-theme") || !strings.Contains(dark, `<html data-theme="dark" lang`) {
			t.Errorf("the panel in %s is not as dark as it should be", locale)
		}
		script := string(ConfigScript(locale, config))
		if !strings.HasPrefix(script, `Rapport._({"site":"k1"},{`) || !strings.HasSuffix(script, "})\n") {
			t.Errorf("the script in %s: %s", locale, script)
		}
	}
}

func TestDemoFillsKeyAndOriginSafely(t *testing.T) {
	for _, name := range DemoPages() {
		page, ok := Demo(name, `k"><script>`, "https://chat.example")
		if !ok {
			t.Fatalf("no page %s", name)
		}
		text := string(page)
		if strings.Contains(text, "__RAPPORT") || strings.Contains(text, `k"><script>`) || !strings.Contains(text, "https://chat.example/w.js") {
			t.Errorf("%s is not filled in safely", name)
		}
	}
	for _, name := range []string{"shop.js", "none.html", "../panel/en.html", ""} {
		if _, ok := Demo(name, "k", "o"); ok {
			t.Errorf("Demo(%q) found something", name)
		}
	}
}
