package console

import (
	"strings"
	"testing"
)

func TestPageIsItsOwnAndNobodysFrame(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/console", "/console/", "/console/join", "/console/site/templates"} {
		a := w.browser().call(get, path, nil)
		if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			t.Fatalf("%s: %d %s", path, a.status, a.header.Get("Content-Type"))
		}
		csp := a.header.Get("Content-Security-Policy")
		for _, want := range []string{
			"default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "base-uri 'none'",
			"require-trusted-types-for 'script'", "connect-src 'self' ws" + strings.TrimPrefix(w.url, "http") + ";",
		} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: policy %q lacks %q", path, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") || a.header.Get("Cache-Control") != "no-store" || a.header.Get("Referrer-Policy") != "same-origin" || a.header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
			t.Errorf("%s: %v", path, a.header)
		}
	}
}
