package webhooks

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"rapport/hub/chat"
	"rapport/hub/outgoing"
)

// maxRead is how much of an answer is read before it is thrown away, in bytes, so that
// the connection can be used again.
const maxRead = 1 << 10

// answer is what came of one request.
type answer struct {
	status int64
	reason string        // "" where it was taken
	after  time.Duration // what the receiver asks for, zero for nothing
	took   time.Duration
}

// send makes one request. What goes wrong is an answer, too.
func (s *Sender) send(ctx context.Context, w *chat.Webhook, id string, body []byte) (answer, error) {
	now := s.Clock().Std()
	signature, err := Sign(id, now, body, w.Secret, w.Old)
	if err != nil {
		return answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, outgoing.TellFor)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Rapport webhooks")
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("webhook-signature", signature)
	began := time.Now()
	res, err := s.Client.Do(req)
	took := time.Since(began)
	if err != nil {
		return answer{reason: reasonOf(err), took: took}, nil
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.CopyN(io.Discard, res.Body, maxRead)
	a := answer{status: int64(res.StatusCode), took: took}
	switch {
	case res.StatusCode >= 200 && res.StatusCode < 300:
	case res.StatusCode >= 300 && res.StatusCode < 400:
		a.reason = chat.AttemptMoved
	default:
		a.reason, a.after = chat.AttemptRefused, askedFor(res.Header.Get("Retry-After"), now)
	}
	return a, nil
}

// reasonOf says why there was no answer, without the address.
func reasonOf(err error) string {
	var timeout interface{ Timeout() bool }
	var name *net.DNSError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, outgoing.ErrClosed):
		return chat.AttemptClosed
	case errors.As(err, &name):
		return chat.AttemptNoName
	case errors.As(err, &cert), errors.As(err, &record):
		return chat.AttemptTLS
	case errors.As(err, &timeout) && timeout.Timeout():
		return chat.AttemptSlow
	}
	return chat.AttemptNoWay
}

// askedFor reads Retry-After (RFC 9110, 10.2.3): seconds or a date.
func askedFor(header string, now time.Time) time.Duration {
	if n, err := strconv.ParseInt(header, 10, 32); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}
