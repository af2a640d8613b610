package widget

import (
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/static"
)

func (w *world) get(path string, headers ...string) *http.Response {
	w.t.Helper()
	req, err := http.NewRequest(http.MethodGet, w.base+path, nil)
	w.must(err)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	w.must(err)
	w.t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func TestPanelIsFramedByAllowedOriginsOnly(t *testing.T) {
	w := newWorld(t)
	csp := w.get("/panel?site=" + w.site.Key).Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'self' https://shop.example", "require-trusted-types-for 'script'", "connect-src 'self' ws://127.0.0.1"} {
		if !strings.Contains(csp, part) {
			t.Errorf("the panel's policy lacks %q: %s", part, csp)
		}
	}
	if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
		t.Errorf("the panel's policy is loose: %s", csp)
	}
	if res := w.get("/panel?site=nobody"); res.StatusCode != 404 {
		t.Errorf("an unknown site has a panel: %d", res.StatusCode)
	}
}

func TestFilesHaveTheirHeaders(t *testing.T) {
	w := newWorld(t)
	for path, want := range map[string]map[string]string{
		"/w.js":                              {"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin", "X-Content-Type-Options": "nosniff"},
		"/v1/widget/config.js?site=testsite": {"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=60", "Cross-Origin-Resource-Policy": "cross-origin"},
	} {
		res := w.get(path)
		if res.StatusCode != 200 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
		for k, v := range want {
			if got := res.Header.Get(k); got != v {
				t.Errorf("%s: %s is %q, not %q", path, k, got, v)
			}
		}
		if res.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
	first := w.get("/w.js")
	if again := w.get("/w.js", "If-None-Match", first.Header.Get("ETag")); again.StatusCode != 304 {
		t.Errorf("an unchanged loader is sent again: %d", again.StatusCode)
	}
}

func TestPathsDoNotLeadOut(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/assets/../w.js", "/assets/..%2fw.js", "/assets/%2e%2e%2fw.js", "/demo/../../go.mod", "/demo/..%2f..%2fw.js", "/demo/%00", `/demo/..\w.js`, "/demo//etc/passwd", "/assets/%252e%252e%252fw.js"} {
		if res := w.get(path); res.StatusCode == 200 && !strings.Contains(res.Header.Get("Content-Type"), "html") && !strings.HasSuffix(path, "/../w.js") {
			t.Errorf("%s: %d %s", path, res.StatusCode, res.Header.Get("Content-Type"))
		}
	}
}

func TestDemoRunsUnderAStrictPolicy(t *testing.T) {
	w := newWorld(t)
	res := w.get("/demo/")
	csp := res.Header.Get("Content-Security-Policy")
	if res.StatusCode != 200 || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'self'") {
		t.Errorf("%d %s", res.StatusCode, csp)
	}
	status, body := w.call("GET", "/demo/identity?as=maria", "", nil)
	if status != 200 {
		t.Fatalf("identity: %d %s", status, body)
	}
	var answer struct{ Token string }
	w.mustJSON(body, &answer)
	if v := w.visit(m{"identity": answer.Token}); v.Person.Name != "Maria Lopez" || !v.Person.Verified {
		t.Errorf("the shop's token makes %+v", v.Person)
	}
}

func TestPanelsCostLittleHoweverManyAsk(t *testing.T) {
	w := newWorld(t)
	var before, after runtime.MemStats
	w.get("/panel?site="+w.site.Key, "Accept-Encoding", "gzip")
	runtime.ReadMemStats(&before)
	for range 150 {
		res := w.get("/panel?site="+w.site.Key, "Accept-Encoding", "gzip")
		if res.StatusCode != 200 || res.Header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("%d %s", res.StatusCode, res.Header.Get("Content-Encoding"))
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 60<<20 {
		t.Errorf("150 panels allocated %d MB: they are packed anew for each", grown>>20)
	}
}

func TestAnswersAboutAVisitorAreNotKept(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	res := w.get("/v1/widget/conversations", "Authorization", "Bearer "+v.Token)
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("cache %q, options %q", res.Header.Get("Cache-Control"), res.Header.Get("X-Content-Type-Options"))
	}
}

// A page that was opened before an upgrade loads its parts after it.
func TestPartsOfTheVersionBefore(t *testing.T) {
	dir, old := t.TempDir(), "console-part-ABCD2345.js"
	if err := os.WriteFile(filepath.Join(dir, old), []byte("export {}"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, func(o *Options) { o.Assets = static.NewVersions(dir, func(err error) { t.Error(err) }) })
	res := w.get("/assets/" + old)
	body, err := io.ReadAll(res.Body)
	w.must(err)
	if res.StatusCode != 200 || string(body) != "export {}" || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%d %q %v", res.StatusCode, body, res.Header)
	}
	if res := w.get("/assets/console-part-WXYZ6789.js"); res.StatusCode != 404 {
		t.Errorf("a file that never was: %d", res.StatusCode)
	}
	for ended := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		kept, err := fs.Glob(os.DirFS(dir), "*-????????.*")
		w.must(err)
		if len(kept) > len(static.Parts()) && !slices.ContainsFunc(kept, func(name string) bool { return strings.HasSuffix(name, ".half") }) {
			return
		}
		if time.Now().After(ended) {
			t.Fatalf("%d of %d files are kept", len(kept)-1, len(static.Parts()))
		}
	}
}
