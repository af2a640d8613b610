package drive

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// Refusal is an answer of the server that is not 2xx, in the protocol's one
// shape of errors.
type Refusal struct {
	Status     int
	Code       string `json:"code"`
	Message    string `json:"message"`
	Field      string `json:"field"`
	RetryAfter string // the header, "" where it is missing
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%d %s: %s", r.Status, r.Code, r.Message)
}

// maxAnswer bounds what is read of one answer, in bytes.
const maxAnswer = 16 << 20

// newHTTP makes a client that keeps up to conns connections, leaves from source
// and gives up on an answer after 30 s.
func newHTTP(source net.IP, conns int) *http.Client {
	return &http.Client{
		Timeout: 30 * time.Second,
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				return Dial(ctx, "http://"+address, source)
			},
			MaxIdleConnsPerHost: conns,
			MaxConnsPerHost:     conns,
			DisableCompression:  true,
		},
	}
}

// exchange sends in as JSON (nil: no body) and decodes the answer into out
// (nil: ignored). Anything but 2xx is a *Refusal.
func exchange(ctx context.Context, client *http.Client, method, address string, header http.Header, in, out any) (*http.Response, error) {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		req.Header[name] = values
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("read answer of %s %s: %w", method, address, err)
	}
	if resp.StatusCode/100 != 2 {
		return resp, refusal(resp, data)
	}
	if out == nil {
		return resp, nil
	}
	return resp, json.Unmarshal(data, out)
}

func refusal(resp *http.Response, data []byte) *Refusal {
	r := &Refusal{Status: resp.StatusCode, RetryAfter: resp.Header.Get("Retry-After")}
	if json.Unmarshal(data, r) != nil {
		r.Message = string(data[:min(len(data), 200)])
	}
	return r
}
