package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// database is a Postgres database for the length of a run.
type database struct {
	address string // of the server, as --store says
	name    string
}

// newDatabase makes an empty database beside the one that the address names.
func newDatabase(ctx context.Context, address string) (*database, error) {
	d := &database{address: address, name: "rapport_bench_" + strings.ToLower(rand.Text()[:8])}
	err := d.exec(ctx, `CREATE DATABASE `+d.name+` ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0`)
	if err != nil {
		return nil, fmt.Errorf("make a database for the run: %w", err)
	}
	return d, nil
}

// url leads to the database.
func (d *database) url() string {
	u, err := url.Parse(d.address)
	if err != nil {
		return d.address // pgx has read it
	}
	u.Path = "/" + d.name
	return u.String()
}

// drop ends whoever is still connected, and the database.
func (d *database) drop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := d.exec(ctx, `DROP DATABASE IF EXISTS `+d.name+` WITH (FORCE)`); err != nil {
		return fmt.Errorf("drop the run's database %s: %w", d.name, err)
	}
	return nil
}

func (d *database) exec(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, d.address)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// messages counts those whose client id begins so. A name holds no sign that LIKE reads
// otherwise.
func (d *database) messages(ctx context.Context, name string) (n int64, err error) {
	err = d.read(ctx, func(conn *pgx.Conn) error {
		return conn.QueryRow(ctx, "SELECT count(*) FROM event WHERE client_id LIKE $1", name+"%").Scan(&n)
	})
	return n, err
}

// heads are the last numbers of all conversations.
func (d *database) heads(ctx context.Context) (map[string]int64, error) {
	heads := map[string]int64{}
	err := d.read(ctx, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, "SELECT conversation_id, max(seq) FROM event GROUP BY conversation_id")
		if err != nil {
			return err
		}
		var id string
		var head int64
		_, err = pgx.ForEachRow(rows, []any{&id, &head}, func() error { heads[id] = head; return nil })
		return err
	})
	return heads, err
}

// read looks into the run's database.
func (d *database) read(ctx context.Context, do func(conn *pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, d.url())
	if err != nil {
		return err
	}
	return errors.Join(do(conn), conn.Close(ctx))
}
