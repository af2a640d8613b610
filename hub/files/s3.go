package files

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
)

// S3 is a Store in a place of a bucket: an object for each blob, named as in a Folder.
// While nobody answers there, it takes and gives nothing (chat.StoreDown), and the log
// says so once.
type S3 struct {
	client *client
	dir    string // where files are received
	owner  string
	log    *slog.Logger

	away    atomic.Bool // the last call found nobody, or was refused
	claimed atomic.Bool

	claim sync.Mutex // of what follows
	asked time.Time  // when claiming failed last
	last  error      // and why
}

var _ Store = (*S3)(nil)

// OpenS3 opens a place for one installation, which owner names: nobody else may sweep
// there. Files are received in dir. A place where nobody answers is tolerated; what
// waiting does not heal is Refused.
func OpenS3(ctx context.Context, p Place, dir, owner string, log *slog.Logger) (*S3, error) {
	s := &S3{client: newClient(p), dir: dir, owner: owner, log: log}
	if err := openUnfinished(dir); err != nil {
		return nil, err
	}
	if p.Unencrypted() {
		log.Warn("files go to their store unencrypted: anybody between can read them", "store", p.String())
	}
	err := s.ours(ctx)
	var refused *Refused
	switch {
	case errors.As(err, &refused) || ctx.Err() != nil:
		return nil, err
	case err != nil:
		s.heard(err)
	default:
		s.warnOfVersions(ctx)
	}
	return s, nil
}

// Put receives all of a file, then sends it: an object is whole or is not there.
func (s *S3) Put(ctx context.Context, r io.Reader, limit int64, look func(io.Reader)) (Blob, error) {
	// Asked first: nobody should send a long file only to hear that it cannot be kept.
	if err := s.ours(ctx); err != nil {
		return Blob{}, s.down(err)
	}
	tmp, b, err := receive(ctx, s.dir, r, limit, look)
	if err != nil {
		return b, err
	}
	defer func() { _, _ = tmp.Close(), os.Remove(tmp.Name()) }()
	// What arrives without our hearing of it is swept away.
	err = s.call(ctx, request{method: http.MethodPut, key: s.key(b.Name), body: tmp, size: b.Size, sha256: b.SHA256}, nil)
	return b, s.down(err)
}

// Open begins to read an object. Where the line breaks, it goes on with the rest.
func (s *S3) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	if !ValidName(name) {
		return nil, chat.ErrNotFound
	}
	q := request{method: http.MethodGet, key: s.key(name)}
	res, err := s.client.do(ctx, q, s.patient())
	if missing(err) {
		s.heard(nil)
		return nil, chat.ErrNotFound
	}
	if err = s.down(err); err != nil {
		return nil, err
	}
	return &reading{ctx: ctx, client: s.client, q: q, body: res.Body, size: res.ContentLength, tag: res.Header.Get("ETag")}, nil
}

// Delete removes an object.
func (s *S3) Delete(ctx context.Context, name string) error {
	if !ValidName(name) {
		return nil
	}
	if err := s.ours(ctx); err != nil {
		return s.down(err)
	}
	return s.down(s.remove(ctx, s.key(name)))
}

func (s *S3) remove(ctx context.Context, key string) error {
	err := s.call(ctx, request{method: http.MethodDelete, key: key}, nil)
	if missing(err) {
		return nil
	}
	return err
}

// maxList bounds a page of names, in bytes: a thousand of them take some 400 KB.
const maxList = 8 << 20

// page is what a store answers to a question for names.
type page struct {
	Contents []struct {
		Key          string
		LastModified time.Time
	}
	NextContinuationToken string
}

// Each goes through the objects, a thousand at a time.
func (s *S3) Each(ctx context.Context, fn func(name string, at time.Time) error) error {
	if err := s.ours(ctx); err != nil {
		return s.down(err)
	}
	for after := ""; ; {
		p, err := s.list(ctx, after)
		if err != nil {
			return s.down(err)
		}
		for _, o := range p.Contents {
			name := path.Base(o.Key)
			if !ValidName(name) || o.Key != s.key(name) {
				continue // somebody else's
			}
			if err := fn(name, o.LastModified); err != nil {
				return err
			}
		}
		if after = p.NextContinuationToken; after == "" {
			return s.down(nil)
		}
	}
}

func (s *S3) list(ctx context.Context, after string) (p page, err error) {
	q := url.Values{"list-type": {"2"}, "prefix": {strings.TrimSuffix(s.client.place.key("x"), "x")}}
	if after != "" {
		q.Set("continuation-token", after)
	}
	err = s.call(ctx, request{method: http.MethodGet, query: q}, func(r io.Reader) error {
		return xml.NewDecoder(io.LimitReader(r, maxList)).Decode(&p)
	})
	return p, err
}

// call makes one that is done when it returns; read is given the answer.
func (s *S3) call(ctx context.Context, q request, read func(io.Reader) error) error {
	within, end := context.WithTimeout(ctx, sendTime)
	defer end()
	res, err := s.client.do(within, q, s.patient())
	if err != nil {
		return err
	}
	if read != nil {
		err = read(res.Body)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection is used again
	return errors.Join(err, res.Body.Close())
}

// patient reports that a failure is worth another try at once: where nobody has
// answered for a while, people should hear so soon.
func (s *S3) patient() bool { return s.claimed.Load() && !s.away.Load() }

// missing reports that the store has no such object. Only its own word is believed: what
// is erased must not be noted as gone because something else was not found.
func missing(err error) bool {
	var a *answered
	return errors.As(err, &a) && a.status == http.StatusNotFound && a.Code == "NoSuchKey"
}

// heard notes whether the store does its work, and tells the log of a change.
func (s *S3) heard(err error) {
	if err == nil {
		if s.claimed.Load() && s.away.Swap(false) {
			s.log.Info("the store of files answers again", "store", s.client.place.String())
		}
		return
	}
	if errors.Is(err, context.Canceled) || s.away.Swap(true) {
		return
	}
	refused := &Refused{}
	switch {
	case errors.As(err, &refused):
	case passing(err):
		s.log.Warn("the store of files does not answer: until it does no file is taken or given, and everything else goes on", "store", s.client.place.String(), "err", err)
		return
	default:
		refused = s.client.place.explain(err)
	}
	s.log.Error("the store of files refuses: no file is taken or given until that is mended", "err", refused)
}

// ErrAway is how those hear that a store does not do its work who send or fetch a file.
var ErrAway = &chat.Failure{Code: chat.StoreDown, Message: "Files cannot be sent or opened at the moment. Please try again later.", RetryAfter: 5}

// down hears of what came of a call and makes it what callers hear.
func (s *S3) down(err error) error {
	s.heard(err)
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return ErrAway
}

func (s *S3) key(name string) string { return s.client.place.key(Path(name)) }
