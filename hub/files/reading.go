package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// reading reads an object at the pace of whoever fetches it, who may take minutes over
// it: a line that breaks meanwhile is taken up where it broke.
type reading struct {
	ctx    context.Context
	client *client
	q      request
	body   io.ReadCloser
	at     int64
	size   int64  // -1 where the store does not say
	tag    string // of these bytes, so that the rest is theirs
	broke  int    // times in a row
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.body.Read(p)
	r.at += int64(n)
	if n > 0 {
		r.broke = 0
		if err != io.EOF {
			return n, nil // an error stays with the body, which says it again
		}
	}
	if err == io.EOF && (r.size < 0 || r.at == r.size) || err == nil {
		return n, err
	}
	if resumed := r.resume(); resumed != nil {
		return n, errors.Join(err, resumed)
	}
	return n, nil
}

// resume opens the rest.
func (r *reading) resume() error {
	if r.broke++; r.broke > tries || r.size < 0 {
		return io.ErrUnexpectedEOF
	}
	if err := r.body.Close(); err != nil && r.ctx.Err() != nil {
		return err
	}
	r.body = http.NoBody
	q := r.q
	q.from = fmt.Sprintf("bytes=%d-", r.at)
	res, err := r.client.do(r.ctx, q, true)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusPartialContent || res.Header.Get("ETag") != r.tag {
		return errors.Join(io.ErrUnexpectedEOF, res.Body.Close())
	}
	r.body = res.Body
	return nil
}

func (r *reading) Close() error { return r.body.Close() }
