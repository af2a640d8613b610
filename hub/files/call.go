package files

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// Times of a call. A person waits behind most of them, who may try again.
const (
	dialTime   = 3 * time.Second
	answerTime = 10 * time.Second // from the last byte sent to the first of the answer
	sendTime   = 30 * time.Second // for all of a call, but for the reading of a file
	tries      = 3
	firstPause = 100 * time.Millisecond // doubled from try to try
)

// request is one call of the store.
type request struct {
	method, key string // key "" is the bucket
	query       url.Values
	from        string // where to begin within the object, "" for all of it, a Range header
	body        io.ReaderAt
	size        int64
	sha256      string // of the body, "" for none
}

// noBody is the SHA-256 of nothing.
var noBody = hex.EncodeToString(sha256.New().Sum(nil))

// client speaks S3 to one place, each request signed over its body as well (AWS
// Signature Version 4), so that what arrives is what was sent.
type client struct {
	place  Place
	http   *http.Client
	signer *v4.Signer
}

func newClient(p Place) *client {
	return &client{
		place: p, signer: v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }),
		http: &http.Client{
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport: &http.Transport{
				Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: dialTime}).DialContext,
				TLSHandshakeTimeout: dialTime, ResponseHeaderTimeout: answerTime, ForceAttemptHTTP2: true,
				MaxIdleConnsPerHost: 8, IdleConnTimeout: 30 * time.Second,
				DisableCompression: true, // bytes are served as they were sent
			},
		},
	}
}

// answered is what a store says that it does not do.
type answered struct {
	status       int
	Code, Region string // as far as it speaks S3
}

func (a *answered) Error() string {
	if a.Code == "" {
		return fmt.Sprintf("it answers %d", a.status)
	}
	return fmt.Sprintf("it answers %d %s", a.status, a.Code)
}

// passing reports what is likely to be otherwise a little later: nobody is there, or
// asks for patience.
func passing(err error) bool {
	var a *answered
	if errors.As(err, &a) {
		return a.status >= 500 && a.status != http.StatusNotImplemented || a.status == http.StatusTooManyRequests || a.status == http.StatusRequestTimeout
	}
	var cert *tls.CertificateVerificationError
	return !errors.As(err, &cert)
}

// do sends a request, again when that may help. The caller closes the body of an
// answer, which is 2xx.
func (c *client) do(ctx context.Context, q request, patient bool) (*http.Response, error) {
	for try, pause := 1, firstPause; ; try, pause = try+1, 2*pause {
		res, err := c.once(ctx, q)
		if err == nil || !patient || try == tries || !passing(err) || ctx.Err() != nil {
			return res, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (c *client) once(ctx context.Context, q request) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, q.method, c.place.object(q.key, q.query), nil)
	if err != nil {
		return nil, err
	}
	sum := noBody
	if q.body != nil {
		// A reader of its own for each try: the transport may still hold the last one.
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(q.body, 0, q.size)), nil }
		req.Body, _ = req.GetBody()
		req.ContentLength, sum = q.size, q.sha256
		req.Header.Set("Content-Type", "application/octet-stream")
	}
	if q.from != "" {
		req.Header.Set("Range", q.from)
	}
	req.Header.Set("X-Amz-Content-Sha256", sum)
	who := aws.Credentials{AccessKeyID: c.place.keyID, SecretAccessKey: c.place.secret}
	if err := c.signer.SignHTTP(ctx, who, req, sum, "s3", c.place.region, time.Now()); err != nil {
		return nil, err
	}
	res, err := c.http.Do(req)
	var u *url.Error
	if errors.As(err, &u) {
		return nil, u.Err // without the address, which names a file
	}
	if err != nil || res.StatusCode/100 == 2 {
		return res, err
	}
	defer func() { _ = res.Body.Close() }()
	a := &answered{status: res.StatusCode}
	// What is no XML of theirs leaves the code empty.
	_ = xml.NewDecoder(io.LimitReader(res.Body, 16<<10)).Decode(a)
	if r := res.Header.Get("X-Amz-Bucket-Region"); r != "" {
		a.Region = r
	}
	return nil, a
}

// explain says what to do about an answer that waiting does not heal.
func (p Place) explain(err error) *Refused {
	var a *answered
	if !errors.As(err, &a) {
		return p.refused("%s cannot be trusted: %v. Check the endpoint's name, or give this machine the certificate of its authority (SSL_CERT_FILE)", p, err)
	}
	switch a.Code {
	case "NoSuchBucket":
		return p.refused("there is no bucket %s at %s. Make it, or correct its name", p.bucket, p.base.Host)
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidClientTokenId", "XAdminUserNotFound":
		return p.refused("%s does not know these keys (%s). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that both belong together", p, a.Code)
	case "RequestTimeTooSkewed":
		return p.refused("the clock of this machine is too far from that of %s. Set it right", p)
	case "AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect", "AuthorizationQueryParametersError", "IllegalLocationConstraintException":
		if a.Region != "" && regionName.MatchString(a.Region) {
			return p.refused("the bucket of %s is in another region: write region=%s", p, a.Region)
		}
		return p.refused("the bucket of %s is in another region (%s): correct region, or endpoint", p, a.Code)
	case "AccessDenied", "AllAccessDisabled":
		return p.refused("%s refuses these keys. They need s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject and s3:DeleteObject on what is below the prefix", p)
	case "":
		return p.refused("what answers %d at %s does not speak S3. Check the endpoint", a.status, p.base.Host)
	}
	return p.refused("%s answers %d %.60q. Check the address and the rights of the keys", p, a.status, a.Code)
}
