package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/files/s3test"
)

func TestPlacesAreReadOrRefusedWithAWord(t *testing.T) {
	for _, c := range []struct{ address, want string }{
		{"s3://bucket/a/b?endpoint=https://s3.example.com&region=eu-1", "s3://bucket/a/b at s3.example.com"},
		{"s3://bucket?endpoint=http://127.0.0.1:9000/", "s3://bucket at 127.0.0.1:9000"},
		{"s3://bucket/?region=eu-central-1", "s3://bucket at bucket.s3.eu-central-1.amazonaws.com"},
		{"s3://my.bucket/x/?region=eu-central-1", "s3://my.bucket/x at s3.eu-central-1.amazonaws.com"},
		{"", "write s3://"}, {"/srv/files", "write s3://"}, {"https://s3.example.com/bucket", "write s3://"}, {"s3:bucket", "write s3://"},
		{"s3://AKIA:hush@bucket/?region=x", "AWS_ACCESS_KEY_ID"}, {"s3://Bucket?region=x", "small letters"}, {"s3://b?region=x", "3 to 63"},
		{"s3://bucket/a//b?region=x", "prefix"}, {"s3://bucket/../b?region=x", "prefix"}, {"s3://bucket/a%20b?region=x", "prefix"},
		{"s3://bucket", "region"}, {"s3://bucket?region=", "region"}, {"s3://bucket?region=x&secret=hush", "nothing else"}, {"s3://bucket?region=a/b", "region"},
		{"s3://bucket?region=a&region=b", "once"}, {"s3://bucket?endpoint=s3.example.com", "endpoint"}, {"s3://bucket?endpoint=https://a:hush@b", "endpoint"},
		{"s3://bucket?endpoint=https://a/path", "endpoint"}, {"s3://bucket?endpoint=ftp://a", "endpoint"}, {"s3://bucket?region=%zz", "question mark"},
	} {
		p, err := ReadPlace(c.address, "id", "hush")
		said := p.String()
		if err != nil {
			said = err.Error()
		}
		if !strings.Contains(said, c.want) || strings.Contains(said, "hush") {
			t.Errorf("%s: %s", c.address, said)
		}
		if c.want == "s3://bucket at 127.0.0.1:9000" && p.Unencrypted() {
			t.Error("this machine is taken for a foreign one")
		}
		if all := fmt.Sprintf("%v %+v %#v %s", p, p, p, p); strings.Contains(all, "hush") {
			t.Errorf("%s prints its secret: %s", c.address, all)
		}
	}
	for _, keys := range [][2]string{{"", ""}, {"id", ""}, {"", "hush"}} {
		if _, err := ReadPlace("s3://bucket?region=x", keys[0], keys[1]); err == nil || !strings.Contains(err.Error(), "AWS_SECRET_ACCESS_KEY") {
			t.Errorf("%q: %v", keys, err)
		}
	}
}

// open tries to open a place with other words than the right ones.
func open(t *testing.T, address, keyID, secret, owner string) (string, error) {
	t.Helper()
	p, err := ReadPlace(address, keyID, secret)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	_, err = OpenS3(t.Context(), p, t.TempDir(), owner, slog.New(slog.NewTextHandler(&log, nil)))
	return log.String(), err
}

func TestWhatWaitingDoesNotHealIsRefused(t *testing.T) {
	l := s3test.Bucket(t)
	bucket(t, l, "taken")
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }))
	defer web.Close()
	right := l.Address("x")
	for what, c := range map[string]struct{ address, keyID, secret, want string }{
		"no such bucket":       {strings.Replace(right, l.Bucket, "no-such-bucket", 1), s3test.KeyID, s3test.Secret, "there is no bucket no-such-bucket"},
		"unknown key":          {right, "somebody", s3test.Secret, "does not know these keys"},
		"wrong secret":         {right, s3test.KeyID, "hush-hush", "does not know these keys"},
		"another region":       {strings.Replace(right, "eu-test-1", "eu-test-2", 1), s3test.KeyID, s3test.Secret, "eu-test-1"},
		"another installation": {l.Address("taken"), s3test.KeyID, s3test.Secret, "another installation"},
		"no S3":                {"s3://bucket?endpoint=" + web.URL, s3test.KeyID, s3test.Secret, "does not speak S3"},
	} {
		log, err := open(t, c.address, c.keyID, c.secret, "two")
		var refused *Refused
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if all := log + err.Error(); strings.Contains(all, c.secret) || strings.Contains(all, s3test.Secret) {
			t.Errorf("%s tells the secret: %s", what, all)
		}
	}
	if _, err := open(t, l.Address("taken"), s3test.KeyID, s3test.Secret, "one"); err != nil {
		t.Errorf("its own place: %v", err)
	}
}

// A certificate that nobody vouches for is no matter of waiting.
func TestAStrangersCertificateIsRefused(t *testing.T) {
	web := httptest.NewUnstartedServer(http.NotFoundHandler())
	web.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	web.StartTLS()
	defer web.Close()
	_, err := open(t, "s3://bucket?endpoint="+web.URL, "id", "hush", "one")
	var refused *Refused
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "cannot be trusted") {
		t.Error(err)
	}
}

// A store that is away costs nobody anything but files, and the log a line.
func TestAStoreThatIsAwayIsSaidOnceAndComesBack(t *testing.T) {
	l := s3test.Bucket(t)
	l.Cut()
	s, log := bucket(t, l, "")
	put := func() (Blob, error) { return s.Put(t.Context(), strings.NewReader("hello"), 9, nil) }
	away := func() {
		t.Helper()
		_, err := put()
		_, opened := s.Open(t.Context(), strings.Repeat("ab", 16))
		for _, err := range []error{err, opened, s.Delete(t.Context(), strings.Repeat("ab", 16)), s.Each(t.Context(), nil)} {
			var f *chat.Failure
			if !errors.As(err, &f) || f.Code != chat.StoreDown || f.RetryAfter < 1 {
				t.Errorf("away: %v", err)
			}
		}
	}
	away()
	l.Mend()
	s.claim.Lock()
	s.asked = time.Time{} // the pause between two questions is over
	s.claim.Unlock()
	b, err := put()
	if err != nil {
		t.Fatal(err)
	}
	l.Cut()
	away()
	away()
	l.Mend()
	if got, err := content(t, s, b.Name); err != nil || string(got) != "hello" {
		t.Errorf("%q, %v", got, err)
	}
	said := log.String()
	if strings.Count(said, "does not answer") != 2 || strings.Count(said, "answers again") != 2 || strings.Contains(said, b.Name) || strings.Contains(said, s3test.Secret) {
		t.Errorf("the log: %s", said)
	}
}

// A place is asked whose it is before anything is swept there, however late it answers.
func TestNothingIsSweptInAnothersPlace(t *testing.T) {
	l := s3test.Bucket(t)
	theirs, _ := bucket(t, l, "x")
	b, err := theirs.Put(t.Context(), strings.NewReader("theirs"), 9, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := ReadPlace(l.Address("x"), s3test.KeyID, s3test.Secret)
	if err != nil {
		t.Fatal(err)
	}
	l.Cut()
	var log bytes.Buffer
	s, err := OpenS3(t.Context(), p, t.TempDir(), "two", slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	l.Mend()
	s.asked = time.Time{}
	shelf := &Shelf{Store: s, Book: &book{rows: map[string]bool{}}, Clock: func() chat.Time { return chat.SystemClock().Add(48 * time.Hour) }}
	if err := shelf.SweepLost(t.Context()); chat.CodeOf(err) != chat.StoreDown {
		t.Errorf("swept: %v", err)
	}
	if err := s.Delete(t.Context(), b.Name); chat.CodeOf(err) != chat.StoreDown {
		t.Errorf("deleted: %v", err)
	}
	if got, err := content(t, theirs, b.Name); err != nil || string(got) != "theirs" {
		t.Errorf("%q, %v", got, err)
	}
}

// A line that breaks in the midst of a file is taken up where it broke.
func TestReadingGoesOnWhereTheLineBroke(t *testing.T) {
	l := s3test.Bucket(t)
	s, _ := bucket(t, l, "x")
	want := bytes.Repeat([]byte("0123456789abcdef"), 1<<17) // 2 MB
	b, err := s.Put(t.Context(), bytes.NewReader(want), 4<<20, nil)
	if err != nil {
		t.Fatal(err)
	}
	l.BreakAfter(700_001)
	if got, err := content(t, s, b.Name); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes of %d, %v", len(got), len(want), err)
	}
	l.BreakAfter(700_001)
	r, err := s.Open(t.Context(), b.Name)
	if err != nil {
		t.Fatal(err)
	}
	l.Cut() // and nobody comes back
	if got, err := io.ReadAll(r); err == nil {
		t.Errorf("%d bytes were taken for all", len(got))
	}
	_ = r.Close()
}

// Bytes that change on their way are not taken.
func TestWhatArrivesIsWhatWasSent(t *testing.T) {
	l := s3test.Bucket(t)
	s, _ := bucket(t, l, "x")
	err := s.call(t.Context(), request{
		method: http.MethodPut, key: s.key(strings.Repeat("ab", 16)),
		body: strings.NewReader("altered"), size: 7, sha256: strings.Repeat("0", 64),
	}, nil)
	if err == nil || passing(err) {
		t.Errorf("altered bytes: %v", err)
	}
	if got := names(t, s); len(got) != 0 {
		t.Errorf("they are there: %v", got)
	}
}

// More names than a page holds.
func TestListingGoesOnFromPageToPage(t *testing.T) {
	l := s3test.Bucket(t)
	s, _ := bucket(t, l, "x")
	const n = 1003
	for range n {
		name := newName()
		at := filepath.Join(l.Folder, filepath.FromSlash(s.key(name)))
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, []byte("x"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, s); len(got) != n {
		t.Errorf("%d of %d", len(got), n)
	}
}

// A server that asks for patience is asked again.
func TestAStoreThatIsBusyIsAskedAgain(t *testing.T) {
	n := 0
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if n++; n < tries {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer web.Close()
	p, err := ReadPlace("s3://bucket?endpoint="+web.URL, "id", "hush")
	if err != nil {
		t.Fatal(err)
	}
	res, err := newClient(p).do(t.Context(), request{method: http.MethodGet}, true)
	if err != nil || n != tries {
		t.Fatalf("%v after %d", err, n)
	}
	_ = res.Body.Close()
}
