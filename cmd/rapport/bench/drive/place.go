package drive

import (
	"fmt"
	"net/url"
	"strings"
)

// Place is where a server can be reached.
type Place struct {
	Console string // origin of the console, "http://localhost:4501"
	Widget  string // origin of the widget, "http://127.0.0.1:4501"
	SiteKey string // public key of the site that visitors talk to
}

// origin cuts an address down to scheme, host and port.
func origin(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", fmt.Errorf("%q is not an http address", address)
	}
	return u.Scheme + "://" + u.Host, nil
}

// NewPlace makes a Place from the addresses of console and widget; an empty
// widget address means that both share one.
func NewPlace(console, widget, siteKey string) (Place, error) {
	if widget == "" {
		widget = console
	}
	c, err := origin(console)
	if err != nil {
		return Place{}, err
	}
	w, err := origin(widget)
	if err != nil {
		return Place{}, err
	}
	return Place{Console: c, Widget: w, SiteKey: siteKey}, nil
}

// socketURL turns an http origin and a path into the socket's address.
func socketURL(origin, path string) string {
	return "ws" + strings.TrimPrefix(origin, "http") + path
}
