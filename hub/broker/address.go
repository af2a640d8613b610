package broker

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"
)

// Address is where NATS is and what lets us in.
type Address struct {
	servers []string // as nats.go takes them: with secrets
	where   string
	secure  bool
	options []nats.Option
}

const addressForm = "write it like nats://rapport:PASSWORD@nats.example.com:4222 or tls://nats.example.com:4222?creds=/etc/rapport/nats.creds"

var errUnreadable = errors.New("it cannot be read: " + addressForm + ", and signs like @ : / ? # % in the password as %40 %3A %2F %3F %23 %25")

// defaultPort is that of NATS.
const defaultPort = "4222"

// ReadAddress reads one URL, or several of one cluster with commas between them. A user
// without a password is a token. Behind the question mark may stand, as paths of files:
// creds (a user's credentials, or the seed of an nkey), ca (who is trusted to vouch for
// the servers), cert and key (what the servers know us by). They hold for all URLs. An
// error quotes nothing of what may be a password.
func ReadAddress(text string) (*Address, error) {
	a := &Address{}
	files := map[string]string{}
	var hosts []string
	for i, part := range strings.Split(text, ",") {
		u, err := url.Parse(strings.TrimSpace(part))
		if err != nil || u.Fragment != "" || u.Opaque != "" || (u.Path != "" && u.Path != "/") {
			return nil, errUnreadable
		}
		if u.Scheme != "nats" && u.Scheme != "tls" {
			return nil, errors.New("only nats:// and tls:// are known: " + addressForm)
		}
		if u.Hostname() == "" {
			return nil, errors.New("it names no server: " + addressForm)
		}
		if secure := u.Scheme == "tls"; i > 0 && secure != a.secure {
			return nil, errors.New("nats:// and tls:// stand side by side: make all of them tls://")
		} else {
			a.secure = secure
		}
		if err := readFiles(u, files); err != nil {
			return nil, err
		}
		if u.Port() == "" {
			u.Host = net.JoinHostPort(u.Hostname(), defaultPort)
		}
		a.admit(u.User)
		u.Path, u.RawQuery = "", ""
		a.servers, hosts = append(a.servers, u.String()), append(hosts, u.Host)
	}
	a.where = strings.Join(hosts, ", ")
	return a, a.use(files)
}

// String says where NATS is, without any secret.
func (a *Address) String() string { return a.where }

// Open reports whether others may listen: what is said goes to another machine, and not
// over TLS.
func (a *Address) Open() bool {
	return !a.secure && slices.ContainsFunc(a.servers, func(server string) bool {
		u, err := url.Parse(server)
		if err != nil {
			return true
		}
		ip, err := netip.ParseAddr(u.Hostname())
		return u.Hostname() != "localhost" && (err != nil || !ip.IsLoopback())
	})
}

// GoString is String: no verb shows a password.
func (a *Address) GoString() string { return a.where }

// readFiles gathers what stands behind the question mark.
func readFiles(u *url.URL, files map[string]string) error {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return errUnreadable
	}
	for name, values := range query {
		switch name {
		case "creds", "ca", "cert", "key":
		default:
			return fmt.Errorf("%q is not known behind the question mark: there are creds, ca, cert and key", name)
		}
		if old, ok := files[name]; len(values) != 1 || values[0] == "" || ok && old != values[0] {
			return fmt.Errorf("%s: name one file", name)
		}
		files[name] = values[0]
	}
	return nil
}

// admit keeps user and password for servers that NATS itself tells us of.
func (a *Address) admit(u *url.Userinfo) {
	if u == nil || len(a.options) > 0 {
		return
	}
	if password, ok := u.Password(); ok {
		a.options = append(a.options, nats.UserInfo(u.Username(), password))
	} else {
		a.options = append(a.options, nats.Token(u.Username()))
	}
}

// use turns the named files into options, and fails where one cannot be used: that
// does not heal by waiting.
func (a *Address) use(files map[string]string) error {
	if a.secure {
		a.options = append(a.options, nats.Secure(&tls.Config{MinVersion: tls.VersionTLS12}))
	} else if files["ca"]+files["cert"]+files["key"] != "" {
		return errors.New("ca, cert and key belong to tls://, not to nats://")
	}
	if name := files["creds"]; name != "" {
		option, err := credentials(name)
		if err != nil {
			return err
		}
		a.options = append(a.options, option)
	}
	if name := files["ca"]; name != "" {
		a.options = append(a.options, nats.RootCAs(name))
	}
	if (files["cert"] == "") != (files["key"] == "") {
		return errors.New("cert and key belong together: name both")
	}
	if files["cert"] != "" {
		a.options = append(a.options, nats.ClientCert(files["cert"], files["key"]))
	}
	var tried nats.Options
	for _, option := range a.options {
		if err := option(&tried); err != nil {
			return fmt.Errorf("its files cannot be used: %w", err)
		}
	}
	return nil
}

// credentials reads what lets a user in: a JWT with its seed, or a seed alone.
func credentials(name string) (nats.Option, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("creds: %w", err)
	}
	if bytes.Contains(content, []byte("BEGIN NATS USER JWT")) {
		return nats.UserCredentials(name), nil
	}
	option, err := nats.NkeyOptionFromSeed(name)
	if err != nil {
		return nil, fmt.Errorf("creds: %s holds neither a user's credentials nor the seed of an nkey", name)
	}
	return option, nil
}
