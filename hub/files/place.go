package files

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// Place is a corner of a bucket in a store that speaks S3, and as whom to go there. It
// prints without the secret.
type Place struct {
	bucket, prefix string // prefix without a slash at its ends, "" for the whole bucket
	region         string
	base           url.URL // of the bucket
	keyID, secret  string
}

// awsRegion is the region of places that need none: servers of one's own look at it as a
// word of the signature alone.
const awsRegion = "us-east-1"

var (
	bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	prefixPart = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*$`)
	regionName = regexp.MustCompile(`^[A-Za-z0-9-]{1,40}$`)
)

const placeForm = "write s3://BUCKET/PREFIX?endpoint=https://s3.example.com&region=REGION"

// ReadPlace reads s3://BUCKET/PREFIX?endpoint=URL&region=REGION. Without an endpoint it is
// Amazon's, and the region must be said. Errors say what to do and quote nothing: a secret
// may stand where it does not belong.
func ReadPlace(address, keyID, secret string) (Place, error) {
	p, err := readPlace(address)
	if err == nil && (keyID == "" || secret == "") {
		err = errors.New("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or the file of --config")
	}
	p.keyID, p.secret = keyID, secret
	return p, err
}

// Whereabouts says where an address leads, for those who do not go there.
func Whereabouts(address string) (string, error) {
	p, err := readPlace(address)
	return p.String(), err
}

func readPlace(address string) (Place, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.Opaque != "" || u.Fragment != "" {
		return Place{}, errors.New("this is no place of files: " + placeForm)
	}
	if u.User != nil {
		return Place{}, errors.New("keys do not stand in the address: put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	p := Place{bucket: u.Host, prefix: strings.Trim(u.Path, "/"), region: awsRegion}
	if !bucketName.MatchString(p.bucket) {
		return Place{}, errors.New("a bucket is named with 3 to 63 small letters, digits, dots and hyphens: " + placeForm)
	}
	if p.prefix != "" {
		for part := range strings.SplitSeq(p.prefix, "/") {
			if !prefixPart.MatchString(part) {
				return Place{}, errors.New("write the prefix with letters, digits, dots, hyphens and underscores, parted by single slashes, and no dot first")
			}
		}
	}
	return p, p.options(u.RawQuery)
}

// options reads what stands behind the question mark.
func (p *Place) options(query string) error {
	q, err := url.ParseQuery(query)
	if err != nil {
		return errors.New("what stands behind the question mark cannot be read: " + placeForm)
	}
	for name, values := range q {
		if name != "endpoint" && name != "region" || len(values) != 1 || values[0] == "" {
			return errors.New("behind the question mark stand endpoint and region, each once and nothing else: " + placeForm)
		}
	}
	if r := q.Get("region"); r != "" {
		if !regionName.MatchString(r) {
			return errors.New("a region is named like eu-central-1")
		}
		p.region = r
	}
	switch endpoint := q.Get("endpoint"); {
	case endpoint != "":
		return p.own(endpoint)
	case !q.Has("region"):
		return errors.New("say the region of the bucket at Amazon, &region=eu-central-1 for example, or the endpoint of a store of your own")
	case strings.Contains(p.bucket, "."): // its name would fit no certificate
		p.base = url.URL{Scheme: "https", Host: "s3." + p.region + ".amazonaws.com", Path: "/" + p.bucket}
	default:
		p.base = url.URL{Scheme: "https", Host: p.bucket + ".s3." + p.region + ".amazonaws.com"}
	}
	return nil
}

// own is a store at an endpoint of somebody's own, where buckets are paths.
func (p *Place) own(endpoint string) error {
	u, err := url.Parse(strings.TrimSuffix(endpoint, "/"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("write the endpoint like https://s3.example.com or http://10.0.0.5:9000, with nothing behind it")
	}
	p.base = url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/" + p.bucket}
	return nil
}

// String says where that is.
func (p Place) String() string {
	s := "s3://" + p.bucket
	if p.prefix != "" {
		s += "/" + p.prefix
	}
	return s + " at " + p.base.Host
}

// GoString is String: no way of printing shows the secret.
func (p Place) GoString() string { return p.String() }

// Unencrypted reports a place that files reach in the open, over more than this machine.
func (p Place) Unencrypted() bool {
	ip, err := netip.ParseAddr(p.base.Hostname())
	here := p.base.Hostname() == "localhost" || err == nil && ip.IsLoopback()
	return p.base.Scheme == "http" && !here
}

// key is the name of an object below the prefix.
func (p Place) key(name string) string {
	if p.prefix == "" {
		return name
	}
	return p.prefix + "/" + name
}

// object is the address of one; "" stands for the bucket.
func (p Place) object(key string, query url.Values) string {
	u := p.base
	u.Path += "/" + key
	if key == "" && p.base.Path != "" {
		u.Path = p.base.Path
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// Refused is what a store said that waiting does not heal, and what to do about it.
type Refused struct{ why string }

// Error is a line for whoever runs the server.
func (r *Refused) Error() string { return r.why }

func (p Place) refused(format string, args ...any) *Refused {
	return &Refused{fmt.Sprintf("files-store: "+format, args...)}
}
