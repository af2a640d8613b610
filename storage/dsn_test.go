package storage

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

const hidden = "s3cr3t"

func TestWhereabouts(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://rapport:s3cr3t@db.example.com/chat":                  "chat at db.example.com:5432",
		"postgresql://rapport:s3cr3t@10.1.2.3:6432/chat?sslmode=require": "chat at 10.1.2.3:6432",
		"postgres://rapport:s3cr3t@a:1,b:2/chat":                         "chat at a:1, b:2",
		"postgres:///chat?host=/run/postgresql&user=rapport":             "chat at /run/postgresql",
		"postgres://rapport:%40%2Fs3cr3t@[::1]:5432/chat":                "chat at [::1]:5432",
	} {
		if got, err := Whereabouts(dsn); got != want || err != nil {
			t.Errorf("%s: %q, %v; want %q", dsn, got, err, want)
		}
	}
}

func TestAddressesThatCannotBeRead(t *testing.T) {
	t.Setenv("PGDATABASE", "")
	for dsn, want := range map[string]string{
		"mysql://rapport:s3cr3t@db/chat":                 "only Postgres",
		"host=db password=s3cr3t dbname=chat":            "only Postgres",
		"s3cr3t":                                         "only Postgres",
		"postgres://rapport:s3c/s3cr3t@db/chat":          "%2F",
		"postgres://rapport:s3c#s3cr3t@db/chat":          "%23",
		"postgres://rapport:12#s3cr3t@db/chat":           "%23",
		"postgres://rapport:s3cr3t%zz@db/chat":           "%25",
		"postgres://rapport:s3cr3t@s3cr3t@db/chat":       "%40",
		"postgres://rapport:/s3cr3t@db/chat":             "%2F",
		"postgres://rapport:12/s3cr3t@db/chat":           "%2F",
		"postgres://rapport:s3cr3t@db:many/chat":         "postgres://rapport:PASSWORD@",
		"postgres://rapport:s3cr3t@db":                   "no database",
		"postgres://rapport:s3cr3t@db/chat?sslmode=sure": "sslmode",
		"postgres://rapport:s3cr3t@db/chat?sslmode=verify-full&sslrootcert=/nowhere/s3cr3t.pem": "PASSWORD",
		"postgres://rapport:s3cr3t@db/chat?connect_timeout=s3cr3t":                              "PASSWORD",
		"postgres://rapport:s3cr3t@db/chat?sslmode=verify-ca&sslrootcert=/nowhere/ca.pem":       "/nowhere/ca.pem",
	} {
		where, err := Whereabouts(dsn)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q, %v; want %q", dsn, where, err, want)
		}
		if err != nil && strings.Contains(err.Error(), hidden) {
			t.Errorf("the error holds the password: %v", err)
		}
	}
}

func TestWhatPassesByItself(t *testing.T) {
	conf, err := readDSN("postgres://rapport:s3cr3t@db.example.com/chat?sslmode=verify-full")
	if err != nil {
		t.Fatal(err)
	}
	said := func(code string) error {
		return fmt.Errorf("begin migration: %w", &pgconn.PgError{Severity: "FATAL", Code: code, Message: "as the server says"})
	}
	for name, c := range map[string]struct {
		err     error
		passing bool
		want    string
	}{
		"nobody listens":        {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, true, "connection refused"},
		"no such name yet":      {&net.DNSError{Err: "no such host", Name: "db.example.com"}, true, "no such host"},
		"it goes away":          {fmt.Errorf("read: %w", io.ErrUnexpectedEOF), true, "unexpected EOF"},
		"it starts up":          {said("57P03"), true, "as the server says"},
		"it shuts down":         {said("57P01"), true, "as the server says"},
		"no room":               {said("53300"), true, "as the server says"},
		"a standby":             {said("25006"), true, "as the server says"},
		"the lock is lost":      {fmt.Errorf("begin: %w", errUnclaimed), true, "not held"},
		"wrong password":        {said("28P01"), false, "pg_hba.conf"},
		"no such role":          {said("28000"), false, `"rapport"`},
		"no such database":      {said("3D000"), false, "CREATE DATABASE chat OWNER rapport"},
		"too few rights":        {said("42501"), false, "OWNER TO rapport"},
		"an unknown option":     {said("42704"), false, "42704"},
		"a foreign certificate": {&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, false, "unknown authority"},
		"another's certificate": {&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "db.example.com"}}, false, "db.example.com"},
	} {
		err := unopened(errors.Join(c.err, errors.New("close: something else")), conf)
		var why *Unopened
		if !errors.As(err, &why) || why.Passing != c.passing || !strings.Contains(why.Why, c.want) || strings.Contains(why.Why, "\n") {
			t.Errorf("%s: %v (%+v)", name, err, why)
		}
	}
	if err := unopened(ErrNewer, conf); err != ErrNewer {
		t.Errorf("a newer database: %v", err)
	}
}

// oldPostgres answers as far as a connection being made, as a server of that version.
func oldPostgres(t *testing.T, version string) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				b := pgproto3.NewBackend(conn, conn)
				if _, err := b.ReceiveStartupMessage(); err != nil {
					return
				}
				b.Send(&pgproto3.AuthenticationOk{})
				b.Send(&pgproto3.ParameterStatus{Name: "server_version", Value: version})
				b.Send(&pgproto3.BackendKeyData{ProcessID: 1, SecretKey: []byte{0, 0, 0, 1}})
				b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
				if b.Flush() == nil {
					_, _ = b.Receive()
				}
			}()
		}
	}()
	return "postgres://rapport@" + ln.Addr().String() + "/chat?sslmode=disable"
}

func TestAnOldPostgresIsRefused(t *testing.T) {
	for _, version := range []string{"13.14 (Debian 13.14-1)", "9.6.24", "13beta2"} {
		for _, alone := range []bool{true, false} {
			s, err := Open(t.Context(), Options{DSN: oldPostgres(t, version), Key: make([]byte, 32), Alone: alone, Guest: !alone})
			if !errors.Is(err, ErrOld) || !strings.Contains(err.Error(), version) || !strings.Contains(err.Error(), "14 or newer") {
				t.Errorf("%s: %v, %v", version, s, err)
			}
		}
	}
}
