package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// runWeights measures what does not depend on load: bytes on the wire, the
// binary, and the memory of a server that nobody has used yet.
func runWeights(ctx context.Context, r *run) error {
	if r.target == "" {
		if err := r.rest(ctx); err != nil {
			return err
		}
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	f := &fetcher{client: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableCompression: true}}}
	loader, err := f.page(ctx, r.owner.Widget+"/w.js")
	if err != nil {
		return err
	}
	panel, err := f.page(ctx, r.owner.Widget+"/panel?site="+url.QueryEscape(r.owner.SiteKey)+"&locale=en")
	if err != nil {
		return err
	}
	console, err := f.page(ctx, r.owner.Console+"/console/")
	if err != nil {
		return err
	}
	r.result.atMost("loader_gzip", "page with the widget closed", "bytes", float64(loader.bytes), 4<<10)
	r.result.atMost("panel_gzip", "panel opened", "bytes", float64(panel.bytes), 35<<10)
	r.result.atMost("console_gzip", "console's first screen", "bytes", float64(console.bytes), 150<<10)
	r.result.note("Requests: loader %d and its configuration, panel %d, console %d.", loader.requests, panel.requests, console.requests)
	if r.server == nil {
		return nil
	}
	size, err := strippedSize()
	if err != nil {
		return fmt.Errorf("size of the binary: %w", err)
	}
	r.result.atMost("binary_mb", "binary without symbols", "MB", float64(size)/(1<<20), 25)
	r.result.atMost("rest_mb", "memory at rest, before any sign-in", "MB", r.atRest, 30)
	return nil
}

// rest reads the memory of a fresh server that nobody has spoken to, a few seconds
// after it was started from the disk.
func (r *run) rest(ctx context.Context) error {
	r.cold = true
	if err := r.boot(ctx); err != nil {
		return err
	}
	r.progress.step("letting the server rest")
	if err := pause(ctx, 5*time.Second); err != nil {
		return err
	}
	var err error
	r.atRest, err = r.rss()
	return err
}

// weight is what a browser fetches to show something.
type weight struct{ bytes, requests int }

type fetcher struct{ client *http.Client }

// references are how a document, a script and a style sheet name what they
// cannot do without. What a script imports later on demand is not among them.
var references = []*regexp.Regexp{
	regexp.MustCompile(`<script[^>]+src="([^"]+)"`),
	regexp.MustCompile(`<link[^>]+rel="(?:stylesheet|modulepreload|preload)"[^>]*href="([^"]+)"`),
	regexp.MustCompile(`<link[^>]+href="([^"]+)"[^>]*rel="(?:stylesheet|modulepreload|preload)"`),
	regexp.MustCompile(`(?:^|[;}\n])(?:import|export)[^;"'(]*["']([^"']+\.js)["']`),
	regexp.MustCompile(`@import\s*(?:url\()?["']?([^"')]+)`),
	regexp.MustCompile(`url\(["']?([^"')]+\.woff2)["']?\)`),
}

// page fetches an address and everything it needs at once, each thing one time.
func (f *fetcher) page(ctx context.Context, address string) (weight, error) {
	var w weight
	seen := map[string]bool{address: true}
	for queue := []string{address}; len(queue) > 0; queue = queue[1:] {
		body, size, err := f.get(ctx, queue[0])
		if err != nil {
			return w, err
		}
		w.bytes += size
		w.requests++
		base, err := url.Parse(queue[0])
		if err != nil {
			return w, err
		}
		for _, ref := range needed(base.Path, body) {
			at, err := base.Parse(ref)
			if err == nil && at.Host == base.Host && !seen[at.String()] {
				seen[at.String()] = true
				queue = append(queue, at.String())
			}
		}
	}
	return w, nil
}

// needed lists the references in a text; a font's own bytes have none.
func needed(path string, body []byte) []string {
	if strings.HasSuffix(path, ".woff2") || strings.HasSuffix(path, "/w.js") {
		return nil
	}
	var out []string
	for _, form := range references {
		for _, m := range form.FindAllSubmatch(body, -1) {
			out = append(out, string(m[1]))
		}
	}
	return out
}

// get returns a body and how many bytes it takes with gzip. What the server
// does not compress counts as it is.
func (f *fetcher) get(ctx context.Context, address string) (body []byte, size int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	if err != nil {
		return nil, 0, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, 0, fmt.Errorf("%s: %s", address, resp.Status)
	}
	if resp.Header.Get("Content-Encoding") != "gzip" {
		return raw, len(raw), nil
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, 0, err
	}
	body, err = io.ReadAll(unpacked)
	return body, len(raw), err
}
