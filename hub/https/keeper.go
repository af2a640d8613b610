package https

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// Options of New. Names, Folder and Log are needed.
type Options struct {
	Names     []string // host names that lead here, as Name returns them
	Folder    string   // certificates and keys; made when it is not there
	Directory string   // address of the authority; "" means Let's Encrypt
	Email     string   // where the authority writes to; may be ""
	Log       *slog.Logger
}

// Keeper holds the certificates. Run gets them; TLS hands them out meanwhile.
type Keeper struct {
	Options
	manager *autocert.Manager
	ready   map[string]*atomic.Bool // by name: there is a certificate
}

// New makes a keeper. Whoever calls it has accepted the authority's terms.
func New(o Options) *Keeper {
	k := &Keeper{Options: o, ready: map[string]*atomic.Bool{}}
	for _, name := range o.Names {
		k.ready[name] = &atomic.Bool{}
	}
	k.manager = &autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(o.Folder), Email: o.Email,
		HostPolicy: autocert.HostWhitelist(o.Names...),
		Client:     &acme.Client{DirectoryURL: o.Directory, UserAgent: "rapport"},
	}
	k.manager.HTTPHandler(nil) // from now on it also offers to prove on port 80; see Plain
	if o.Directory == "" {
		k.manager.Client.DirectoryURL = autocert.DefaultACMEDirectory
	}
	return k
}

// TLS is what a listener needs. HTTP/2 is not offered: the server does not speak
// it.
func (k *Keeper) TLS() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: k.certificate,
		NextProtos:     []string{"http/1.1", acme.ALPNProto},
	}
}

// errNotOurs refuses a handshake. The other side sees no more than that it failed.
var errNotOurs = errors.New("no certificate for this name")

func (k *Keeper) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if len(hello.SupportedProtos) == 1 && hello.SupportedProtos[0] == acme.ALPNProto {
		return k.manager.GetCertificate(hello) // the authority looks whether the name is ours
	}
	name := strings.TrimSuffix(strings.ToLower(hello.ServerName), ".")
	if ready := k.ready[name]; ready == nil || !ready.Load() {
		return nil, errNotOurs
	}
	return k.get(name)
}

// get returns the certificate of a name of ours, which is asked for when there is
// none that holds. That takes up to five minutes.
func (k *Keeper) get(name string) (*tls.Certificate, error) {
	// Named so, one kind of key serves everybody: all browsers of the last ten
	// years know it, and each further kind would be a further certificate.
	return k.manager.GetCertificate(&tls.ClientHelloInfo{
		ServerName:   name,
		CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
	})
}

// Pauses of Run.
const (
	tryAgain  = 15 * time.Minute // after a failure; authorities allow five an hour
	lookAgain = 30 * time.Second // whether a name that leads nowhere does by now
	checkEach = time.Hour        // of certificates that hold
)

// Run gets a certificate for every name and watches over it until ctx ends. What
// is being asked for then is left to end by itself.
func (k *Keeper) Run(ctx context.Context) {
	done := make(chan struct{}, len(k.Names))
	for _, name := range k.Names {
		go func() {
			k.keep(ctx, name)
			done <- struct{}{}
		}()
	}
	for range k.Names {
		<-done
	}
}

// keep looks after one name.
func (k *Keeper) keep(ctx context.Context, name string) {
	var until time.Time
	for pause := time.Duration(0); sleep(ctx, pause); {
		cert, err := k.ask(ctx, name)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			k.ready[name].Store(false) // or handshakes would ask
			k.Log.Error("no certificate for "+name+" yet", "why", err, "hint", hint(ctx, name), "again", tryAgain)
			if pause = tryAgain; !leads(ctx, name) {
				pause = k.untilItLeads(ctx, name)
			}
			continue
		}
		if end := cert.Leaf.NotAfter; !end.Equal(until) {
			until = end
			k.Log.Info("certificate for "+name, "until", end.UTC().Format(time.DateTime))
		} else if life := end.Sub(cert.Leaf.NotBefore); time.Until(end) < life/6 {
			k.Log.Warn("the certificate for "+name+" should have been renewed by now", "until", end.UTC().Format(time.DateTime), "hint", hint(ctx, name))
		}
		k.ready[name].Store(true)
		pause = checkEach
	}
}

// untilItLeads waits until a name leads somewhere; to ask before that would only
// use up tries. It returns the pause that is left.
func (k *Keeper) untilItLeads(ctx context.Context, name string) time.Duration {
	for sleep(ctx, lookAgain) {
		if leads(ctx, name) {
			break
		}
	}
	return 0
}

// ask gets a certificate, or gives up waiting when ctx ends.
func (k *Keeper) ask(ctx context.Context, name string) (*tls.Certificate, error) {
	type answer struct {
		cert *tls.Certificate
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		cert, err := k.get(name)
		got <- answer{cert, err}
	}()
	select {
	case a := <-got:
		return a.cert, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// leads reports whether a name has an address.
func leads(ctx context.Context, name string) bool {
	addrs, err := net.DefaultResolver.LookupHost(ctx, name)
	var missing *net.DNSError
	return len(addrs) > 0 || !errors.As(err, &missing) || !missing.IsNotFound
}

// hint says what to look at first when there is no certificate.
func hint(ctx context.Context, name string) string {
	addrs, err := net.DefaultResolver.LookupHost(ctx, name)
	if err != nil {
		return fmt.Sprintf("%s leads nowhere: give it an A or AAAA record with this machine's address", name)
	}
	return fmt.Sprintf("%s leads to %s: this must be this machine, whose ports 80 and 443 must be open from outside", name, strings.Join(addrs, ", "))
}

func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
