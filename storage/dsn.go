package storage

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// oldestPostgres is the first major version that is served from: older ones get no
// mends any more.
const oldestPostgres = 14

// ErrOld is returned by Open when the Postgres server is older than oldestPostgres.
var ErrOld = errors.New("this Postgres is too old")

// connectTime bounds one try to connect, where the URL says nothing of it: an
// address that swallows everything would hold whoever asks for minutes.
const connectTime = 5 * time.Second

// connectsWithin is how long it takes at most to try all addresses.
func connectsWithin(conf *pgx.ConnConfig) time.Duration {
	return conf.ConnectTimeout * time.Duration(1+len(conf.Fallbacks))
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Whereabouts says where a Postgres URL leads, in words that hold no secret:
// "rapport at db.example.com:5432". The error says what is wrong with the URL and
// quotes nothing of it, since in one that cannot be read the password may stand
// anywhere.
func Whereabouts(dsn string) (string, error) {
	conf, err := readDSN(dsn)
	if err != nil {
		return "", err
	}
	return whereabouts(conf), nil
}

func whereabouts(conf *pgx.ConnConfig) string {
	hosts := []string{host(conf.Host, conf.Port)}
	for _, f := range conf.Fallbacks { // of each host again, with and without TLS
		if h := host(f.Host, f.Port); !slices.Contains(hosts, h) {
			hosts = append(hosts, h)
		}
	}
	return conf.Database + " at " + strings.Join(hosts, ", ")
}

func host(name string, port uint16) string {
	if strings.HasPrefix(name, "/") {
		return name // the folder of a socket
	}
	return net.JoinHostPort(name, strconv.Itoa(int(port)))
}

const dsnForm = "write it like postgres://rapport:PASSWORD@db.example.com:5432/rapport?sslmode=verify-full"

var errUnreadable = errors.New("it cannot be read: " + dsnForm + ", and signs like @ : / ? # % in the password as %40 %3A %2F %3F %23 %25")

// readDSN reads a Postgres URL and fills in what it leaves open.
func readDSN(dsn string) (*pgx.ConnConfig, error) {
	if !isPostgres(dsn) {
		return nil, errors.New("only Postgres is known: " + dsnForm)
	}
	u, err := url.Parse(dsn)
	if err != nil || u.Fragment != "" || u.Opaque != "" {
		return nil, errUnreadable
	}
	// Where it has more signs of its kind than a URL has places for, one stands in the
	// password, and what was taken for host or database is a part of that.
	authority, _, _ := strings.Cut(strings.TrimPrefix(dsn, u.Scheme+"://"), "/")
	if strings.Count(authority, "@") > 1 || u.User == nil && strings.Contains(u.Path, "@") {
		return nil, errUnreadable
	}
	conf, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New(fault(err, u) + ": " + dsnForm)
	}
	if conf.Database == "" {
		return nil, errors.New("it names no database: " + dsnForm)
	}
	if conf.ConnectTimeout == 0 {
		conf.ConnectTimeout = connectTime
	}
	fits := conf.ValidateConnect
	if fits == nil {
		// Of several hosts, the one that may be written: a standby would take the lock,
		// and answer with what was.
		fits = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	conf.ValidateConnect = func(ctx context.Context, conn *pgconn.PgConn) error {
		if err := recent(conn); err != nil {
			return err
		}
		return fits(ctx, conn)
	}
	if conf.RuntimeParams["application_name"] == "" {
		conf.RuntimeParams["application_name"] = "rapport"
		if name, err := os.Hostname(); err == nil {
			conf.RuntimeParams["application_name"] += " on " + name
		}
	}
	return conf, nil
}

// fault is what the driver finds wrong with a URL. Its own words quote the URL; the
// cause beneath them is used where it holds no secret of it.
func fault(err error, u *url.URL) string {
	cause := errors.Unwrap(err)
	if cause == nil {
		return "it cannot be read"
	}
	text := oneLine(cause)
	password, _ := u.User.Password()
	for _, secret := range []string{password, u.Query().Get("password"), u.Query().Get("sslpassword")} {
		if secret != "" && strings.Contains(text, secret) {
			return "it cannot be read"
		}
	}
	return text
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// recent refuses a connection to a server that is too old.
func recent(conn *pgconn.PgConn) error {
	version := conn.ParameterStatus("server_version")
	digits := strings.IndexFunc(version, func(r rune) bool { return r < '0' || r > '9' })
	if digits < 0 {
		digits = len(version)
	}
	if major, err := strconv.Atoi(version[:digits]); err != nil || major >= oldestPostgres {
		return nil // a version that nobody can read is not an old one
	}
	return fmt.Errorf("%w: it is %s, and %d or newer is needed", ErrOld, version, oldestPostgres)
}
