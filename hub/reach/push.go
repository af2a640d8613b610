package reach

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	webpush "github.com/SherClockHolmes/webpush-go"

	"rapport/hub/chat"
	"rapport/hub/outgoing"
)

// Note is what a browser shows. Its service worker knows these fields and no others.
type Note struct {
	Tag   string `json:"tag"` // a later one of the same takes its place
	Title string `json:"title"`
	Body  string `json:"body"`
	Open  string `json:"open"`  // path of the console
	Quiet bool   `json:"quiet"` // without sound
}

// errGone: the service does not know the browser any more.
var errGone = errors.New("the browser is gone")

// tellFor is how long a service keeps a note for a browser that it cannot reach, in
// seconds: after that it is news no more.
const tellFor = 4 * 60 * 60

// Pusher sends notes to browsers. Its key says who sends them (RFC 8292): browsers
// are bound to it when they are set up.
type Pusher struct {
	private string
	public  string
	subject string // whom a service may complain to
	client  webpush.HTTPClient
}

// NewPusher makes a pusher from 32 secret bytes, always the same one. origin is the
// console's.
func NewPusher(secret []byte, origin string) (*Pusher, error) {
	key, err := ecdh.P256().NewPrivateKey(secret)
	if err != nil {
		return nil, fmt.Errorf("push key: %w", err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return &Pusher{private: encode(key.Bytes()), public: encode(key.PublicKey().Bytes()), subject: origin, client: outgoing.Client()}, nil
}

// Key is what browsers are set up with: the public key, in base64url.
func (p *Pusher) Key() string { return p.public }

// Send hands a note to a browser's service, for that browser alone to read. errGone
// when there is no such browser any more.
func (p *Pusher) Send(ctx context.Context, to chat.PushAddress, n Note) error {
	body, err := json.Marshal(n)
	if err != nil {
		return err
	}
	answer, err := webpush.SendNotificationWithContext(ctx, body, &webpush.Subscription{Endpoint: to.Endpoint, Keys: webpush.Keys{Auth: to.Auth, P256dh: to.P256dh}}, &webpush.Options{
		HTTPClient: p.client, Subscriber: p.subject, Topic: topic(n.Tag), TTL: tellFor, Urgency: webpush.UrgencyHigh,
		VAPIDPublicKey: p.public, VAPIDPrivateKey: p.private,
	})
	if err != nil {
		return fmt.Errorf("push: %w", hide(err))
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.CopyN(io.Discard, answer.Body, outgoing.MaxAnswer) // so that the connection can be used again
	switch {
	case answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone:
		return errGone
	case answer.StatusCode >= 300:
		return fmt.Errorf("push: the service answers %d", answer.StatusCode)
	}
	return nil
}

// maxTopic is how long a topic may be (RFC 8030, 5.4), in letters of base64url.
const maxTopic = 32

// topic lets a service drop what a later note of the same tag has taken the place of.
func topic(tag string) string {
	t := strings.ReplaceAll(tag, "-", "")
	return t[:min(len(t), maxTopic)]
}

// hide takes the address out of an error: whoever reads it in a log could write to
// the browser.
func hide(err error) error {
	var asked *url.Error
	if errors.As(err, &asked) {
		return asked.Err
	}
	return err
}
