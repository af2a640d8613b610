package storage

import (
	"strconv"
	"strings"

	"rapport/hub/search"
)

// What follows is how each database holds lines and is asked for words. Tokens
// hold nothing that either language knows (see hub/search); they are quoted all
// the same.

func (sqlite) putLine(q querier, table string, doc int64, line string) error {
	_, err := q.Exec(`INSERT INTO `+table+` (docid, line) VALUES ($1, $2)`, doc, line)
	return err
}

func (sqlite) hasWords(t, mark string) string { return t + `.line MATCH ` + mark }

// wordQuery writes FTS4's enhanced syntax: terms that must be there, then those
// that must not.
func (sqlite) wordQuery(terms []search.Term) string {
	var with, without []string
	for _, t := range terms {
		phrase := `"` + strings.Join(t.Words, " ") + `"`
		if t.Prefix {
			phrase = `"` + strings.Join(t.Words, " ") + `*"`
		}
		if t.Not {
			without = append(without, phrase)
		} else {
			with = append(with, phrase)
		}
	}
	return strings.Join(append([]string{strings.Join(with, " ")}, without...), " NOT ")
}

// squeezePages are the pages of an index that are merged at a time: about a
// millisecond of work.
const squeezePages = 16

// squeeze merges what the index keeps apart; a deleted word leaves with the
// segments that it stood in. FTS4 reports work by counting rows that it changed.
func (sqlite) squeeze(q querier, table string) (bool, error) {
	var before, after int64
	if err := q.QueryRow(`SELECT total_changes()`).Scan(&before); err != nil {
		return false, err
	}
	if _, err := q.Exec(`INSERT INTO `+table+` (`+table+`) VALUES ($1)`, "merge="+strconv.Itoa(squeezePages)+",2"); err != nil {
		return false, err
	}
	err := q.QueryRow(`SELECT total_changes()`).Scan(&after)
	return after-before >= 2, err
}

func (postgres) putLine(q querier, table string, doc int64, line string) error {
	_, err := q.Exec(`INSERT INTO `+table+` (docid, line, words) VALUES ($1, $2, $3::tsvector)`, doc, line, vector(line))
	return err
}

func (postgres) hasWords(t, mark string) string { return t + `.words @@ ` + mark + `::tsquery` }

func (postgres) wordQuery(terms []search.Term) string {
	var all []string
	for _, t := range terms {
		words := make([]string, len(t.Words))
		for i, w := range t.Words {
			words[i] = lexeme(w)
		}
		phrase := strings.Join(words, " <-> ")
		if t.Prefix {
			phrase += ":*"
		}
		if phrase = "(" + phrase + ")"; t.Not {
			phrase = "!" + phrase
		}
		all = append(all, phrase)
	}
	return strings.Join(all, " & ")
}

// squeeze leaves it to autovacuum, which takes deleted rows out of the index.
func (postgres) squeeze(querier, string) (bool, error) { return false, nil }

// maxPosition is the last place of a word that Postgres tells apart.
const maxPosition = 16383

// vector is a line as a tsvector.
func vector(line string) string {
	var b strings.Builder
	for i, w := range strings.Fields(line) {
		b.WriteString(lexeme(w))
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(min(i+1, maxPosition)))
		b.WriteByte(' ')
	}
	return b.String()
}

func lexeme(w string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(w) + "'"
}
