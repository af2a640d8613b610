package drive

import (
	"cmp"
	"context"
	"encoding/json"
	"net"
	"net/http"
)

// Visitor is a browser on the site, with a session of its own.
type Visitor struct {
	Place
	PersonID string
	Via      Through // nil: straight to the server

	locale string
	source net.IP
	http   *http.Client
	token  string
	secret string
}

type session struct {
	Token  string `json:"token"`
	Secret string `json:"secret"`
	Person struct {
		ID string `json:"id"`
	} `json:"person"`
}

// Crowd makes visitors of one place who share HTTP connections, a few per
// source address.
type Crowd struct {
	Place
	Via    Through // nil: straight to the server
	Locale string  // of whoever comes from now on; "" for English

	clients [sources]*http.Client
}

// NewCrowd makes the visitors' side of a place.
func NewCrowd(place Place) *Crowd {
	c := &Crowd{Place: place}
	for n := range c.clients {
		c.clients[n] = newHTTP(Source(n), 4)
	}
	return c
}

// Visitor begins a session, leaving from the n-th source address.
func (c *Crowd) Visitor(ctx context.Context, n int) (*Visitor, error) {
	v := &Visitor{Place: c.Place, Via: c.Via, locale: c.Locale, source: Source(n), http: c.clients[n%sources]}
	return v, v.Renew(ctx)
}

// Rest closes the HTTP connections that nobody uses now.
func (c *Crowd) Rest() {
	for _, client := range c.clients {
		client.CloseIdleConnections()
	}
}

// Renew takes a new token with the device secret, as a browser does when the
// old token runs out.
func (v *Visitor) Renew(ctx context.Context) error {
	body := map[string]string{"site": v.SiteKey, "locale": cmp.Or(v.locale, "en")}
	if v.secret != "" {
		body["secret"] = v.secret
	}
	var s session
	_, err := exchange(ctx, v.http, http.MethodPost, v.Widget+"/v1/widget/session", http.Header{"Origin": {v.Widget}}, body, &s)
	if err != nil {
		return err
	}
	v.token, v.secret, v.PersonID = s.Token, s.Secret, s.Person.ID
	return nil
}

// Call uses the widget's HTTP interface as this visitor; path starts with
// "/v1/widget". Refusals are *Refusal.
func (v *Visitor) Call(ctx context.Context, method, path string, in, out any) error {
	_, err := exchange(ctx, v.http, method, v.Widget+path, http.Header{
		"Origin": {v.Widget}, "Authorization": {"Bearer " + v.token},
	}, in, out)
	return err
}

// visitorHello is the first frame of a visitor's socket.
type visitorHello struct {
	Type     string           `json:"type"`
	Protocol int              `json:"protocol"`
	Token    string           `json:"token"`
	Epoch    string           `json:"epoch"`
	Resume   map[string]int64 `json:"resume"`
}

// Socket opens the visitor's socket and says hello; resume holds the last
// public seq seen of each conversation. The server's hello is the first frame
// to be read.
func (v *Visitor) Socket(ctx context.Context, epoch string, resume map[string]int64) (*Socket, error) {
	s, err := open(ctx, v.Via, v.Widget, "/v1/widget/socket", v.Widget, "", v.source, 512)
	if err != nil {
		return nil, err
	}
	if resume == nil {
		resume = map[string]int64{}
	}
	hello, err := json.Marshal(visitorHello{Type: "hello", Protocol: 1, Token: v.token, Epoch: epoch, Resume: resume})
	if err == nil {
		err = s.Write(hello)
	}
	if err != nil {
		s.Cut()
		return nil, err
	}
	return s, nil
}
