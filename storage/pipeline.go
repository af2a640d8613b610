package storage

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// maxPiped is how many statements wait for each other at most.
const maxPiped = 128

// pipeline holds back what is written to Postgres until something is read or the
// transaction ends, and tells all of it at once: one by one, each statement is a way
// to the server and back, which is most of what it costs.
//
// What a statement is refused for is heard late, perhaps by the next unit of work of
// the batch: whoever runs units asks failed behind each of them.
type pipeline struct {
	held   pgx.Batch
	failed error // why the transaction is of no use any more
}

// hold keeps a statement for later.
func (p *pipeline) hold(conn *sql.Conn, query string, args []any) error {
	p.held.Queue(query, args...)
	if p.held.Len() < maxPiped {
		return p.failed
	}
	return p.send(conn)
}

// ask keeps a question for later, behind what is held back, and gives each row of the
// answer to take. It is no statement that fails alone: send tells.
func (p *pipeline) ask(take func(scanner) error, query string, args ...any) {
	p.held.Queue(query, args...).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			if err := take(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// send tells what is held back, and hears the answers.
func (p *pipeline) send(conn *sql.Conn) error {
	if p.failed != nil || p.held.Len() == 0 {
		return p.failed
	}
	held := p.held
	p.held = pgx.Batch{}
	// The end of a transaction that has failed is no error to Postgres.
	if last := held.QueuedQueries[held.Len()-1]; last.SQL == commit {
		last.Exec(func(tag pgconn.CommandTag) error {
			if tag.String() != commit {
				return fmt.Errorf("the transaction was undone: %s", tag)
			}
			return nil
		})
	}
	p.failed = conn.Raw(func(driver any) error {
		return driver.(*stdlib.Conn).Conn().SendBatch(context.Background(), &held).Close()
	})
	return p.failed
}

// forget drops what is held back, with the transaction or the savepoint that it
// belongs to.
func (p *pipeline) forget() { *p = pipeline{} }
