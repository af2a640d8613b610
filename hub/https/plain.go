package https

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// challenges is where the authority looks on port 80 (RFC 8555, 8.3).
const challenges = "/.well-known/acme-challenge/"

// Plain is what port 80 says to a request for an address on a host: proof for the
// authority, or where the same stands under https; neither, if the host is not
// ours.
func (k *Keeper) Plain(host, address string) (proof []byte, to string) {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	switch {
	case k.ready[host] == nil:
		return nil, ""
	case !strings.HasPrefix(address, "/"):
		return nil, "" // it would be read as a part of the name
	case strings.HasPrefix(address, challenges):
		return k.proof(host, address), ""
	}
	return nil, "https://" + host + address
}

// proof asks the manager, which only speaks to servers of the standard library.
func (k *Keeper) proof(host, path string) []byte {
	var kept keptAnswer
	r := &http.Request{Method: http.MethodGet, Host: host, URL: &url.URL{Path: path}}
	k.manager.HTTPHandler(&kept).ServeHTTP(&kept, r)
	return kept.body
}

// keptAnswer holds a good answer, and nothing of others.
type keptAnswer struct {
	failed bool
	body   []byte
}

func (*keptAnswer) Header() http.Header { return http.Header{} }

func (a *keptAnswer) WriteHeader(code int) { a.failed = code != http.StatusOK }

func (a *keptAnswer) Write(p []byte) (int, error) {
	if !a.failed {
		a.body = append(a.body, p...)
	}
	return len(p), nil
}

// ServeHTTP is asked for what is no challenge, of which there is none here.
func (a *keptAnswer) ServeHTTP(http.ResponseWriter, *http.Request) {}
