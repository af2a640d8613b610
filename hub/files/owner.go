package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Objects beside the blobs: who the place belongs to, and a trial of the keys' rights.
const (
	ownerName = "rapport-owner"
	trialName = "rapport-trial"
)

// askAgain is how long a failed claim answers for those who come next: they do not
// wait for the same in turn.
const askAgain = 2 * time.Second

// ours makes sure, once, that the place is this installation's and that it may do there
// what it must. Two installations in one place would sweep away each other's files.
func (s *S3) ours(ctx context.Context) error {
	if s.claimed.Load() {
		return nil
	}
	s.claim.Lock()
	defer s.claim.Unlock()
	if s.claimed.Load() {
		return nil
	}
	if s.last != nil && time.Since(s.asked) < askAgain {
		return s.last
	}
	err := s.take(ctx)
	var refused *Refused
	if err != nil && ctx.Err() == nil && !errors.As(err, &refused) && !passing(err) {
		err = s.client.place.explain(err)
	}
	if ctx.Err() == nil {
		s.asked, s.last = time.Now(), err
	}
	s.claimed.Store(err == nil)
	return err
}

// take looks, tries writing and deleting, and leaves the owner's name.
func (s *S3) take(ctx context.Context) error {
	if _, err := s.list(ctx, ""); err != nil { // a wrong bucket, key or region shows here
		return err
	}
	place := s.client.place
	var owner string
	err := s.call(ctx, request{method: http.MethodGet, key: place.key(ownerName)}, func(r io.Reader) error {
		b, err := io.ReadAll(io.LimitReader(r, 1024))
		owner = strings.TrimSpace(string(b))
		return err
	})
	if err != nil && !missing(err) {
		return err
	}
	if err == nil && owner != s.owner {
		return place.refused("%s holds the files of another installation, by its %s. Choose another prefix. If it is this installation, whose key was replaced, remove that object", place, ownerName)
	}
	if err := s.write(ctx, trialName); err != nil {
		return err
	}
	if err := s.remove(ctx, place.key(trialName)); err != nil {
		return err
	}
	if owner == "" {
		return s.write(ctx, ownerName)
	}
	return nil
}

// write puts an object that holds the owner's name.
func (s *S3) write(ctx context.Context, name string) error {
	text := []byte(s.owner + "\n")
	sum := sha256.Sum256(text)
	return s.call(ctx, request{
		method: http.MethodPut, key: s.client.place.key(name),
		body: bytes.NewReader(text), size: int64(len(text)), sha256: hex.EncodeToString(sum[:]),
	}, nil)
}

// warnOfVersions tells of a bucket that keeps what is deleted, so that erasing would not
// be erasing. Keys that may not ask hear nothing.
func (s *S3) warnOfVersions(ctx context.Context) {
	within, end := context.WithTimeout(ctx, answerTime)
	defer end()
	res, err := s.client.do(within, request{method: http.MethodGet, query: url.Values{"versioning": {""}}}, false)
	if err != nil {
		return
	}
	defer func() { _ = res.Body.Close() }()
	var v struct{ Status string }
	if xml.NewDecoder(io.LimitReader(res.Body, 16<<10)).Decode(&v) == nil && v.Status == "Enabled" {
		s.log.Warn("the bucket of files keeps versions of what is deleted: what is erased is not gone there. Turn versioning off, or let old versions expire", "store", s.client.place.String())
	}
}
