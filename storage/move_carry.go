package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// A batch is what one transaction carries: so many rows or, where they are long, so
// many bytes. Both bound the memory that a move takes.
const (
	moveRows  = 4096
	moveBytes = 4 << 20
)

// survey reads all of the source: how much there is, its sums, and whether Postgres
// can hold it.
func (m *mover) survey(ctx context.Context) error {
	m.sums, m.done = map[string]tableSum{}, 0
	var wrong Uncarried
	for _, t := range m.from.tables {
		sum, err := m.sum(ctx, MoveReading, &t, m.from.conn, func(c *cells, why string) {
			if wrong.All++; len(wrong.Rows) < 5 {
				wrong.Rows = append(wrong.Rows, fmt.Sprintf("%s %s: %s", t.name, strings.Join(c.key(), " "), why))
			}
		})
		if err != nil {
			return fmt.Errorf("read %s: %w", t.name, err)
		}
		m.sums[t.name] = sum
	}
	settings, err := m.from.settings(ctx)
	if err != nil {
		return err
	}
	if wrong.All > 0 {
		return &wrong
	}
	all, err := load(m.to.dialect.name())
	m.all = m.done
	m.state = moving{Epoch: m.from.epoch, Migrations: len(all), Source: fingerprint(m.from.tables, m.sums, settings)}
	return err
}

// side is either database, as sums are read from it.
type side interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// sum reads a table to its end; refused hears of rows that Postgres cannot hold.
func (m *mover) sum(ctx context.Context, stage MoveStage, t *carried, r side, refused func(c *cells, why string)) (s tableSum, err error) {
	rows, err := r.QueryContext(ctx, t.rows())
	if err != nil {
		return s, err
	}
	defer rows.Close()
	c := newCells(t)
	var room []byte
	for rows.Next() {
		wrong, err := c.read(rows)
		if err != nil {
			return s, err
		}
		if wrong != "" {
			refused(c, wrong)
		}
		room = s.add(c, room)
		if m.done++; s.rows%moveRows == 0 {
			m.Progress(MoveProgress{stage, t.name, s.rows, m.done, m.all})
		}
	}
	if s.rows > 0 {
		m.Progress(MoveProgress{stage, t.name, s.rows, m.done, m.all})
	}
	return s, rows.Err()
}

// carry writes all rows that are not in the target yet.
func (m *mover) carry(ctx context.Context) error {
	m.done = 0
	reached := m.state.Table == ""
	for _, t := range m.from.tables {
		var err error
		switch {
		case t.name == m.state.Table:
			reached = true
			m.done += m.state.Rows
			err = m.carryTable(ctx, &t)
		case reached:
			m.state.Table, m.state.Key, m.state.Rows = t.name, nil, 0
			err = m.carryTable(ctx, &t)
		default:
			m.done += m.sums[t.name].rows
		}
		if err != nil {
			return fmt.Errorf("carry %s: %w", t.name, err)
		}
	}
	if !reached {
		return fmt.Errorf("the move was interrupted at a table %q that is not there", m.state.Table)
	}
	// Until Postgres has looked at what came, it plans as if all tables were empty.
	if _, err := m.to.writers.ExecContext(ctx, `ANALYZE`); err != nil {
		return fmt.Errorf("let Postgres look at what came: %w", err)
	}
	return nil
}

// carryTable writes the table's rows behind the noted key.
func (m *mover) carryTable(ctx context.Context, t *carried) error {
	var behind []any
	if m.state.Key != nil {
		var err error
		if behind, err = t.from(m.state.Key); err != nil {
			return err
		}
	}
	rows, err := m.from.conn.QueryContext(ctx, t.query(behind != nil), behind...)
	if err != nil {
		return err
	}
	defer rows.Close()
	b := newBatch(t)
	for rows.Next() {
		wrong, err := b.cells.read(rows)
		if err != nil {
			return err
		}
		if wrong != "" { // the survey has seen none
			return errors.New(wrong)
		}
		if b.add(); b.rows == m.batch || b.bytes >= moveBytes {
			if err := m.write(ctx, b); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil || b.rows == 0 {
		return err
	}
	return m.write(ctx, b)
}

// write puts a batch into the target, and with it how far the move is.
func (m *mover) write(ctx context.Context, b *batch) error {
	m.state.Key, m.state.Rows = b.cells.key(), m.state.Rows+int64(b.rows)
	err := m.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, b.insert(), b.args(0, b.rows)...); err != nil {
			return err
		}
		return m.note(ctx, tx)
	})
	if err != nil {
		return m.blame(ctx, b, err)
	}
	m.done += int64(b.rows)
	m.Progress(MoveProgress{MoveCarrying, b.of.name, m.state.Rows, m.done, m.all})
	b.clear()
	return nil
}

// blame finds the row that a batch has failed by, where one has.
func (m *mover) blame(ctx context.Context, b *batch, err error) error {
	if m.to.dialect.unavailable(err) || ctx.Err() != nil {
		return err
	}
	undo := errors.New("nothing of this stays")
	row := ""
	if tried := m.within(ctx, func(tx *sql.Tx) error {
		for i := range b.rows {
			if _, inner := tx.ExecContext(ctx, b.insert(), b.args(i, i+1)...); inner != nil {
				row = b.keyAt(i)
				return inner
			}
		}
		return undo
	}); row != "" {
		return fmt.Errorf("row %s: %w", row, tried)
	}
	return err
}

// batch is rows of a table, column by column, as unnest takes them.
type batch struct {
	of          *carried
	cells       *cells
	columns     []batchColumn
	rows, bytes int
}

type batchColumn struct {
	texts   []string
	numbers []int64
}

func newBatch(t *carried) *batch {
	return &batch{of: t, cells: newCells(t), columns: make([]batchColumn, len(t.columns))}
}

// add takes the row that cells has read last.
func (b *batch) add() {
	for i := range b.columns {
		c := &b.columns[i]
		switch v := b.cells.values[i].(type) {
		case int64:
			c.numbers = append(c.numbers, v)
		case string:
			c.texts = append(c.texts, v)
		}
	}
	b.rows++
	b.bytes += b.cells.size()
}

func (b *batch) clear() {
	for i := range b.columns {
		c := &b.columns[i]
		clear(c.texts) // what they lead to may go
		c.texts, c.numbers = c.texts[:0], c.numbers[:0]
	}
	b.rows, b.bytes = 0, 0
}

// insert is the same for any number of rows, so that it is prepared once.
func (b *batch) insert() string {
	names, places := b.of.names(), make([]string, len(b.columns))
	for i, c := range b.of.columns {
		kind := "text"
		if c.number {
			kind = "bigint"
		}
		places[i] = fmt.Sprintf("$%d::%s[]", i+1, kind)
	}
	values := "*"
	if b.of.words {
		values = "a, b, c::tsvector"
		names, places = append(names, "words"), append(places, fmt.Sprintf("$%d::text[]", len(places)+1))
	}
	from := `unnest(` + strings.Join(places, ", ") + `)`
	if b.of.words {
		from += ` AS t (a, b, c)`
	}
	return `INSERT INTO ` + b.of.name + ` (` + strings.Join(names, ", ") + `) SELECT ` + values + ` FROM ` + from
}

// args are those rows' values.
func (b *batch) args(from, to int) []any {
	var out []any
	for i, c := range b.of.columns {
		if c.number {
			out = append(out, b.columns[i].numbers[from:to])
		} else {
			out = append(out, b.columns[i].texts[from:to])
		}
	}
	if b.of.words {
		words := make([]string, to-from)
		for i, line := range b.columns[1].texts[from:to] {
			words[i] = vector(line)
		}
		out = append(out, words)
	}
	return out
}

func (b *batch) keyAt(row int) string {
	var parts []string
	for _, k := range b.of.key {
		if b.of.columns[k].number {
			parts = append(parts, fmt.Sprint(b.columns[k].numbers[row]))
		} else {
			parts = append(parts, b.columns[k].texts[row])
		}
	}
	return strings.Join(parts, " ")
}

// check compares what the target holds with what the source holds, every column of
// every row, and returns how many entries of the audit log stand in a whole chain.
// The words of search alone are not compared: they were made of the lines, which are.
func (m *mover) check(ctx context.Context) (audit int64, err error) {
	m.done = 0
	var differ []string
	for _, t := range m.from.tables {
		sum, err := m.sum(ctx, MoveChecking, &t, m.to.readers, func(*cells, string) {})
		if err != nil {
			return 0, fmt.Errorf("check %s: %w", t.name, err)
		}
		if want := m.sums[t.name]; sum != want {
			differ = append(differ, fmt.Sprintf("%s (%d rows there, %d here)", t.name, sum.rows, want.rows))
		}
	}
	if differ != nil {
		return 0, fmt.Errorf("what arrived is not what was sent, in %s. The database stays unused; move again with --replace", strings.Join(differ, ", "))
	}
	return m.to.CheckAudit(ctx)
}
