package storage

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Unopened is why a database of Postgres could not be opened, in one line that holds
// no secret and, where somebody has to do something, says what.
type Unopened struct {
	Why string
	// Passing means that it may pass by itself: nobody listens there yet, the server
	// starts up or shuts down, it has no connection left.
	Passing bool

	cause error
}

func (u *Unopened) Error() string { return u.Why }

func (u *Unopened) Unwrap() error { return u.cause }

// passingCodes are those of errors of the server's that pass: of classes 08
// connection, 53 resources, 40 serialisation, 58 system; that it starts up or shuts
// down, that it is a standby, which may become the first, and that somebody has shut
// the database for a while.
var passingCodes = []string{"08", "53", "40", "58", "57P01", "57P02", "57P03", "57P05", "25006", "55P03", "55000"}

// unopened words what kept Open from opening. What is nobody's but ours is left as
// it is.
func unopened(err error, conf *pgx.ConnConfig) error {
	if errors.Is(err, ErrOld) {
		return err
	}
	where := whereabouts(conf)
	var said *pgconn.PgError
	if errors.As(err, &said) {
		for _, code := range passingCodes {
			if strings.HasPrefix(said.Code, code) {
				return &Unopened{said.Message, true, err}
			}
		}
		return &Unopened{refused(said, where, conf), false, err}
	}
	if flaw := tlsFlaw(err); flaw != "" && onlyTLS(conf) {
		return &Unopened{fmt.Sprintf("there is no TLS connection to the database %s: %s. What sslmode and sslrootcert in its address ask for, the server must have", where, flaw), false, err}
	}
	if why := away(err); why != "" {
		return &Unopened{why, true, err}
	}
	return err
}

// refused words what the server will say again until somebody does something.
func refused(said *pgconn.PgError, where string, conf *pgx.ConnConfig) string {
	switch said.Code {
	case "28P01", "28000":
		return fmt.Sprintf("the database %s lets nobody in as %q: %s. Look at user and password in the address, and at the server's pg_hba.conf", where, conf.User, said.Message)
	case "3D000":
		return fmt.Sprintf("there is no database %s. Make it there with: CREATE DATABASE %s OWNER %s", where, conf.Database, conf.User)
	case "42501":
		return fmt.Sprintf("the database %s gives %q too few rights: %s. Make them its owner with: ALTER DATABASE %s OWNER TO %s", where, conf.User, said.Message, conf.Database, conf.User)
	}
	return fmt.Sprintf("the database %s: %s (SQLSTATE %s)", where, said.Message, said.Code)
}

// tlsFlaw says what is wrong with the other side's TLS, "" where that is not it.
func tlsFlaw(err error) string {
	var unproven *tls.CertificateVerificationError
	if errors.As(err, &unproven) {
		return oneLine(unproven.Err)
	}
	var name x509.HostnameError
	if errors.As(err, &name) {
		return oneLine(name)
	}
	var connect *pgconn.ConnectError
	const none = "server refused TLS connection"
	if errors.As(err, &connect) && strings.Contains(err.Error(), none) {
		return "the server has none"
	}
	return ""
}

// onlyTLS reports whether the URL rules out connections without TLS.
func onlyTLS(conf *pgx.ConnConfig) bool {
	for _, f := range conf.Fallbacks {
		if f.TLSConfig == nil {
			return false
		}
	}
	return conf.TLSConfig != nil
}

// away says why nobody answers, "" where somebody did.
func away(err error) string {
	var connect *pgconn.ConnectError
	var n net.Error
	switch {
	case errors.Is(err, errUnclaimed):
		return errUnclaimed.Error()
	case errors.As(err, &connect), errors.As(err, &n), pgconn.SafeToRetry(err):
	case !lost(err):
		return ""
	}
	if inner := innermost(err); !errors.As(inner, &n) || !n.Timeout() {
		return oneLine(inner)
	}
	return "no answer"
}

// lost reports whether an error is that of a connection that is gone.
func lost(err error) bool {
	return slices.ContainsFunc([]error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, driver.ErrBadConn, sql.ErrConnDone, context.DeadlineExceeded, pgconn.ErrConnClosed}, func(e error) bool { return errors.Is(err, e) })
}

// innermost is the first cause of an error, without what each layer above adds: a
// connection that is tried by several ways would tell the same of each.
func innermost(err error) error {
	for {
		switch e := err.(type) {
		case interface{ Unwrap() []error }:
			if len(e.Unwrap()) == 0 {
				return err
			}
			err = e.Unwrap()[0]
		case interface{ Unwrap() error }:
			inner := e.Unwrap()
			if inner == nil {
				return err
			}
			err = inner
		default:
			return err
		}
	}
}
