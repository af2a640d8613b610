package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/peterbourgon/ff/v3"

	"rapport/hub/broker"
	"rapport/hub/files"
	"rapport/hub/mail"
	"rapport/storage"
)

// config is everything that can be set. A flag wins over RAPPORT_* in the
// environment, that over the file, that over the default.
type config struct {
	addr      string
	data      string
	store     string // address of a Postgres database; "" means the file in data
	where     string // where that leads, without its password
	nats      string // address of the NATS server by which several servers hear of each other
	publicURL string
	widgetURL string
	filesURL  string
	filesAt   string     // address of a store of files; "" means a folder in data
	keys      bucketKeys // of that store
	demo      string
	logFormat string
	logLevel  string
	proxies   string
	perIP     int
	limits    string
	linkPages string // where all links lead, in tests
	webhooks  string // where all webhooks lead, in tests
	metrics   string
	traces    tracesConfig
	smtp      string
	mailFrom  string
	json      bool
	https     httpsConfig

	place   *files.Place    // where filesAt leads, nil for the folder
	bell    *broker.Address // where nats leads, nil for a server that is alone
	level   slog.Level
	trusted []netip.Prefix
	mail    *mail.Server // nil: customers who have left are not written to
}

// errHelp means that help was asked for and printed.
var errHelp = errors.New("help")

// flags registers the flags that serve knows; data is shared with the other
// commands.
func (c *config) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.addr, "addr", "127.0.0.1:8660", "`address` to listen on; :8660 for every interface. With domain it is :443")
	dataFlag(fs, &c.data)
	storeFlag(fs, &c.store)
	fs.StringVar(&c.nats, "nats", "", "`URL` of a NATS server by which several servers on one database hear of each other, such as tls://rapport:PASSWORD@nats.example.com:4222?ca=/etc/rapport/ca.pem; several of one cluster with commas between them. Empty for one server. Best set in the environment or the file: everybody on the machine sees flags")
	filesStoreFlag(fs, &c.filesAt)
	c.https.flags(fs)
	fs.StringVar(&c.publicURL, "public-url", "", "`URL` under which agents reach the console; empty for a trial on this machine")
	fs.StringVar(&c.widgetURL, "widget-url", "", "`URL` under which visitors reach the widget; empty for the same as public-url")
	fs.StringVar(&c.filesURL, "files-url", "", "`URL` under which files that were sent along are served, best a name of its own; empty for the same as widget-url")
	fs.StringVar(&c.demo, "demo", "auto", "serve the demonstration shop: auto (only without public-url), `on or off`")
	fs.StringVar(&c.logFormat, "log-format", "text", "`text or json`, on standard error")
	fs.StringVar(&c.logLevel, "log-level", "info", "`debug, info, warn or error`")
	fs.StringVar(&c.proxies, "trusted-proxies", "", "`networks` whose X-Forwarded-For and traceparent are believed, such as 10.0.0.0/8,::1/128")
	fs.IntVar(&c.perIP, "connections-per-ip", 200, "`number` of open connections allowed from one network, and of chats behind a trusted proxy; loopback is exempt")
	fs.StringVar(&c.metrics, "metrics-addr", "", "`address` that answers GET /metrics in the text format of Prometheus, such as 127.0.0.1:9660; keep it to yourself. Empty for none")
	c.traces.flags(fs)
	fs.StringVar(&c.smtp, "smtp", "", "`URL` of the mail server by which customers who have left are written to, such as smtp://user@mail.example.com:587 or smtps://…; its password comes from RAPPORT_SMTP_PASSWORD alone")
	fs.StringVar(&c.mailFrom, "mail-from", "", "`address` that these letters come from and replies go to")
	fs.BoolVar(&c.json, "json", false, "print where things are as one JSON line")
	fs.StringVar(&c.limits, "limits", "", "")
	fs.StringVar(&c.linkPages, "link-pages", "", "")
	fs.StringVar(&c.webhooks, "webhooks-to", "", "")
	fs.String("config", "", "`file` with one \"name value\" a line, the names being those of the flags")
}

func dataFlag(fs *flag.FlagSet, to *string) {
	fs.StringVar(to, "data", defaultData(), "`folder` of the database and the key")
}

// storeFlag registers where the database is. Its value holds a password: no line of
// ours may quote it.
func storeFlag(fs *flag.FlagSet, to *string) {
	fs.StringVar(to, "store", "", "`URL` of a Postgres database, such as postgres://rapport:PASSWORD@db.example.com/rapport?sslmode=verify-full; empty for SQLite in the data folder. Best set in the environment or the file: everybody on the machine sees flags")
}

// filesStoreFlag registers where files are that people send along.
func filesStoreFlag(fs *flag.FlagSet, to *string) {
	fs.StringVar(to, "files-store", "", "`place` in an S3-compatible store for files that are sent along, such as s3://BUCKET/PREFIX?endpoint=https://s3.example.com&region=REGION; its keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or the file. Empty for a folder in the data folder")
}

// checkStore says where a database server is, "" where it is the file in the data
// folder.
func checkStore(store string) (where string, err error) {
	if store == "" {
		return "", nil
	}
	if where, err = storage.Whereabouts(store); err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	return where, nil
}

// defaultData is where data lies unless told otherwise: outside any checkout.
func defaultData() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "rapport")
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "share", "rapport")
	}
	return "rapport-data"
}

// parse reads flags, environment and file into fs and prints help when asked.
func parse(fs *flag.FlagSet, args []string, out io.Writer, more ...ff.Option) error {
	fs.SetOutput(io.Discard)
	more = append([]ff.Option{ff.WithEnvVarPrefix("RAPPORT"), ff.WithConfigFileFlag("config"), ff.WithConfigFileParser(ff.PlainParser)}, more...)
	err := ff.Parse(fs, args, more...)
	if errors.Is(err, flag.ErrHelp) {
		help(fs, out)
		return errHelp
	}
	if err != nil {
		return fmt.Errorf("%w. Run rapport %s --help for what there is", err, fs.Name())
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("%q is one word too many. Run rapport %s --help for what there is", fs.Arg(0), fs.Name())
	}
	return nil
}

// help prints the flags with the variable that sets each.
func help(fs *flag.FlagSet, out io.Writer) {
	fs.VisitAll(func(f *flag.Flag) {
		if f.Usage == "" {
			return
		}
		name, usage := flag.UnquoteUsage(f)
		def := ""
		if f.DefValue != "" && f.DefValue != "false" {
			def = " (default " + f.DefValue + ")"
		}
		variable := "RAPPORT_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		fmt.Fprintf(out, "  --%s %s\n        %s%s\n        %s\n", f.Name, name, usage, def, variable)
	})
}

// readConfig reads and checks the server's settings.
func readConfig(args []string, out io.Writer) (*config, error) {
	var c config
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	c.flags(fs)
	if err := parse(fs, args, out, ff.WithConfigFileParser(c.keys.parser)); err != nil {
		return nil, err
	}
	if err := c.ownNames(given(fs, "addr")); err != nil {
		return nil, err
	}
	return &c, c.check()
}

func (c *config) check() error {
	var err error
	if c.where, err = checkStore(c.store); err != nil {
		return err
	}
	if err = c.checkNATS(); err != nil {
		return err
	}
	if err = c.traces.check(); err != nil {
		return err
	}
	if c.filesAt != "" {
		place, err := files.ReadPlace(c.filesAt, c.keys.get(keyIDName), c.keys.get(secretName))
		if err != nil {
			return fmt.Errorf("files-store: %w", err)
		}
		c.place = &place
	}
	host, port, err := net.SplitHostPort(c.addr)
	if err != nil {
		return fmt.Errorf("addr %q is not an address: write host:port, for example 127.0.0.1:8660", c.addr)
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		return fmt.Errorf("addr %q has no valid port", c.addr)
	}
	if c.limits != "" && (c.limits != "bench" || !loopback(host)) {
		return fmt.Errorf("limits %q: only bench is known, and only while listening on a loopback address", c.limits)
	}
	for name, at := range map[string]string{"link-pages": c.linkPages, "webhooks-to": c.webhooks} {
		if at != "" && !(c.local() && loopback(host) && loopbackAt(at)) {
			return fmt.Errorf("%s %q: only for a trial on this machine, and only at a loopback address", name, at)
		}
	}
	for _, u := range []struct {
		name  string
		value *string
	}{{"public-url", &c.publicURL}, {"widget-url", &c.widgetURL}, {"files-url", &c.filesURL}} {
		if *u.value, err = checkURL(u.name, *u.value); err != nil {
			return err
		}
	}
	if c.widgetURL == "" {
		c.widgetURL = c.publicURL
	}
	if err := c.level.UnmarshalText([]byte(c.logLevel)); err != nil {
		return fmt.Errorf("log-level %q: choose debug, info, warn or error", c.logLevel)
	}
	for _, f := range []struct {
		name, value string
		known       []string
	}{
		{"log-format", c.logFormat, []string{"text", "json"}}, {"demo", c.demo, []string{"auto", "on", "off"}},
	} {
		if err := oneOf(f.name, f.value, f.known); err != nil {
			return err
		}
	}
	if c.perIP < 1 {
		return fmt.Errorf("connections-per-ip %d: at least 1", c.perIP)
	}
	if err := c.checkMail(); err != nil {
		return err
	}
	return c.parseProxies()
}

// checkMail reads where letters go out. The password is no flag, which others on
// the machine could read.
func (c *config) checkMail() (err error) {
	switch {
	case c.smtp == "" && c.mailFrom == "":
		return nil
	case c.smtp == "":
		return errors.New("mail-from: nothing is sent without --smtp; set both or neither")
	}
	c.mail, err = mail.ReadServer(c.smtp, c.mailFrom, os.Getenv("RAPPORT_SMTP_PASSWORD"))
	return err
}

func oneOf(name, value string, known []string) error {
	for _, k := range known {
		if value == k {
			return nil
		}
	}
	return fmt.Errorf("%s %q: choose one of %s", name, value, strings.Join(known, ", "))
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// loopbackAt reports whether host:port is an address of this machine alone.
func loopbackAt(address string) bool {
	at, err := netip.ParseAddrPort(address)
	return err == nil && at.Addr().IsLoopback()
}

// checkURL wants an origin: scheme and host, nothing behind.
func checkURL(name, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	u, err := url.Parse(strings.TrimSuffix(value, "/"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return "", fmt.Errorf("%s %q: write it like https://chat.example.com", name, value)
	}
	return strings.ToLower(u.Scheme + "://" + u.Host), nil
}

func (c *config) parseProxies() error {
	for _, s := range strings.FieldsFunc(c.proxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			ip, ipErr := netip.ParseAddr(s)
			if ipErr != nil {
				return fmt.Errorf("trusted-proxies %q: write networks like 10.0.0.0/8, separated by commas", s)
			}
			p = netip.PrefixFrom(ip, ip.BitLen())
		}
		c.trusted = append(c.trusted, p.Masked())
	}
	return nil
}

// local says whether this is a trial on one machine, with nothing configured.
func (c *config) local() bool { return c.publicURL == "" }

func (c *config) showDemo() bool { return c.demo == "on" || c.demo == "auto" && c.local() }

// logger writes to standard error; standard output is for people and scripts.
func (c *config) logger(w io.Writer) *slog.Logger {
	opt := &slog.HandlerOptions{Level: c.level}
	if c.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, opt))
	}
	return slog.New(slog.NewTextHandler(w, opt))
}
