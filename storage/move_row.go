package storage

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Uncarried are rows that Postgres cannot hold.
type Uncarried struct {
	Rows []string // table, key and reason of each; the first few
	All  int      // how many there are
}

func (u *Uncarried) Error() string {
	text := strings.Join(u.Rows, "; ")
	if more := u.All - len(u.Rows); more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return fmt.Sprintf("Postgres cannot hold what stands in %d of the rows: %s. Nothing was written; mend them in the source and run the command again", u.All, text)
}

// cells reads rows of a table, each value as both databases have it: a number or a
// text.
type cells struct {
	of     *carried
	found  []any
	places []any
	values []any // int64 or string, of the row read last
}

func newCells(t *carried) *cells {
	c := &cells{of: t, found: make([]any, len(t.columns)), places: make([]any, len(t.columns)), values: make([]any, len(t.columns))}
	for i := range c.found {
		c.places[i] = &c.found[i]
	}
	return c
}

// read reads the row that rows stand at; wrong says why Postgres cannot hold it.
func (c *cells) read(rows *sql.Rows) (wrong string, err error) {
	if err := rows.Scan(c.places...); err != nil {
		return "", err
	}
	for i, col := range c.of.columns {
		v := c.found[i]
		if b, ok := v.([]byte); ok {
			v = string(b) // SQLite keeps in a column what it is given
		}
		text, isText := v.(string)
		_, isNumber := v.(int64)
		why := ""
		switch {
		case col.number && !isNumber:
			why = "holds no whole number"
		case !col.number && !isText:
			why = "holds no text"
		case isText && strings.ContainsRune(text, 0):
			why = "holds the character NUL"
		case isText && !utf8.ValidString(text):
			why = "holds bytes that are no UTF-8"
		}
		if c.values[i] = v; why != "" && wrong == "" {
			wrong = col.name + " " + why
		}
	}
	return wrong, nil
}

// key is that of the row read last, as it is noted.
func (c *cells) key() []string {
	out := make([]string, len(c.of.key))
	for i, k := range c.of.key {
		out[i] = fmt.Sprint(c.values[k])
	}
	return out
}

// size is about how many bytes the row takes.
func (c *cells) size() (n int) {
	for _, v := range c.values {
		n += 8
		if text, ok := v.(string); ok {
			n += len(text)
		}
	}
	return n
}

// from turns a noted key into what a query takes.
func (t *carried) from(key []string) ([]any, error) {
	if len(key) != len(t.key) {
		return nil, errors.New("the noted key of " + t.name + " is not one")
	}
	out := make([]any, len(key))
	for i, k := range t.key {
		out[i] = key[i]
		if t.columns[k].number {
			n, err := strconv.ParseInt(key[i], 10, 64)
			if err != nil {
				return nil, fmt.Errorf("the noted key of %s: %w", t.name, err)
			}
			out[i] = n
		}
	}
	return out, nil
}

// tableSum is how many rows there are and the sum of their hashes, which no order
// changes: texts are not sorted alike in both databases.
type tableSum struct {
	rows int64
	sum  [4]uint64
}

// add adds the row that c has read last.
func (s *tableSum) add(c *cells, room []byte) []byte {
	room = room[:0]
	for _, v := range c.values {
		switch v := v.(type) {
		case int64:
			room = binary.BigEndian.AppendUint64(append(room, 'n'), uint64(v))
		case string:
			room = binary.BigEndian.AppendUint64(append(room, 't'), uint64(len(v)))
			room = append(room, v...)
		default: // never of the same sum as a value of the other side
			room = fmt.Appendf(append(room, '?'), "%T %v", v, v)
		}
	}
	hash := sha256.Sum256(room)
	var carry uint64
	for i := range s.sum {
		s.sum[i], carry = bits.Add64(s.sum[i], binary.LittleEndian.Uint64(hash[8*i:]), carry)
	}
	s.rows++
	return room
}

// fingerprint is one sum of all tables' and of the settings.
func fingerprint(tables []carried, sums map[string]tableSum, settings [][2]string) string {
	h := sha256.New()
	for _, t := range tables {
		fmt.Fprintf(h, "%s %d %x\n", t.name, sums[t.name].rows, sums[t.name].sum)
	}
	for _, s := range settings {
		fmt.Fprintf(h, "%q %q\n", s[0], s[1])
	}
	return hex.EncodeToString(h.Sum(nil))
}
