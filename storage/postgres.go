package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// clientIDsUsed are those of some that a message has, whoever wrote it. The limit keeps
// the planner from reading the whole table rather than looking each of them up.
const clientIDsUsed = `SELECT s.id FROM unnest($1::text[]) s(id), LATERAL (SELECT 1 FROM event e WHERE e.client_id <> '' AND e.client_id = s.id LIMIT 1) used`

// postgres is the dialect of a database at conf.
type postgres struct {
	conf  *pgx.ConnConfig
	claim *claim // nil where others may write beside this process
}

func (postgres) name() string                    { return "postgres" }
func (p postgres) connectsWithin() time.Duration { return connectsWithin(p.conf) }

func (postgres) begin() string     { return "BEGIN" }
func (postgres) forUpdate() string { return " FOR UPDATE" }
func (postgres) clock() string     { return "(extract(epoch FROM clock_timestamp()) * 1000)::bigint" }

// The number is ours alone; any fixed one does.
func (postgres) lockMigrations() string { return "SELECT pg_advisory_xact_lock(7261707071)" }

func (p postgres) open(string) (*sql.DB, *sql.DB, error) {
	writers := stdlib.OpenDB(*p.conf, p.claim.guards()...)
	writers.SetMaxOpenConns(2)
	readers := stdlib.OpenDB(*p.conf, p.claim.watches())
	readers.SetMaxOpenConns(8)
	readers.SetMaxIdleConns(8)
	return writers, readers, nil
}

func (p postgres) check(ctx context.Context, db *sql.DB) error {
	var sync, encoding string
	if err := db.QueryRowContext(ctx, "SELECT reset_val, current_setting('server_encoding') FROM pg_settings WHERE name = 'synchronous_commit'").Scan(&sync, &encoding); err != nil {
		return fmt.Errorf("read settings of the database: %w", err)
	}
	if encoding != "UTF8" {
		return fmt.Errorf("the database's encoding is %s: it cannot hold every language. Make another one with: CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0", encoding)
	}
	if sync == "off" || sync == "local" {
		return fmt.Errorf("synchronous_commit is %q: this database cannot keep what it acknowledges. Set it to on, for example with: ALTER DATABASE %s SET synchronous_commit = on", sync, p.conf.Database)
	}
	return nil
}

// openFolder has nothing to open: the server folds its own log.
func (postgres) openFolder(string) (*sql.DB, error) { return nil, nil }

// settle has nothing to do: the server replays and syncs its own log.
func (postgres) settle(context.Context, *sql.DB) error { return nil }

func (postgres) unavailable(err error) bool {
	var away *pgconn.ConnectError // for whatever reason: nobody has been reached
	if errors.Is(err, errUnclaimed) || errors.As(err, &away) {
		return true
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		// Classes 08 connection, 53 resources, 57 operator intervention, 58 system,
		// 40 serialisation, 55P03 lock not available, 25006 read-only.
		for _, class := range []string{"08", "53", "57", "58", "40", "55P03", "25006"} {
			if strings.HasPrefix(pg.Code, class) {
				return true
			}
		}
		return false
	}
	var n net.Error
	return errors.As(err, &n) || lost(err) || pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "closed")
}

// clashed is true for a deadlock and for what could not be put into an order: units
// share transactions as they come, so that two servers may lock the same rows in
// opposite orders.
func (postgres) clashed(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40P01" || pg.Code == "40001")
}

func (postgres) untrusted(error) bool { return false }
