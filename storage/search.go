package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"rapport/hub/chat"
	"rapport/hub/search"
)

// SearchHit is a message that fits, with its conversation as it is now.
type SearchHit struct {
	Row     chat.Row
	Message NamedMessage
}

// SearchFound is a page of hits, latest first.
type SearchFound struct {
	Hits []SearchHit
	// Next is the cursor of the next page, "" at the end.
	Next string
	// Back is how far back was looked where that was not to the end and the page is
	// not full: the next page goes on from there.
	Back chat.Time
}

// lookedAt bounds the rows that one page looks at where the index alone cannot
// tell which of them fit, so that no search keeps the database busy for long.
const lookedAt = 3000

// Search returns a page of what a query finds. A name that nobody and nothing has
// is a Failure of the field "q" that says so, as is what takes too long to find.
func (s *Store) Search(ctx context.Context, ask Search) (found *SearchFound, err error) {
	err = inTime(ctx, func(ctx context.Context) error {
		found, err = s.search(ctx, ask)
		return err
	})
	return found, err
}

func (s *Store) search(ctx context.Context, ask Search) (*SearchFound, error) {
	p, err := s.planSearch(ctx, ask)
	if err != nil {
		return nil, err
	}
	if ask.Cursor != "" {
		if p.until, err = parseDoc(ask.Cursor); err != nil {
			return nil, err
		}
	}
	picked, looked, end, err := s.pick(ctx, p, ask.Limit)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	found := &SearchFound{}
	if !end {
		found.Next = strconv.FormatInt(looked, 10)
		if len(picked) < ask.Limit {
			found.Back = chat.Time(looked / docsPerMs)
		}
	}
	found.Hits, err = s.hits(ctx, picked)
	return found, err
}

// CountSearch counts what a query finds, up to most; more says that there are
// more, or that it was not looked to the end.
func (s *Store) CountSearch(ctx context.Context, ask Search, most int) (n int, more bool, err error) {
	err = inTime(ctx, func(ctx context.Context) error {
		n, more, err = s.countSearch(ctx, ask, most)
		return err
	})
	return n, more, err
}

func (s *Store) countSearch(ctx context.Context, ask Search, most int) (n int, more bool, err error) {
	p, err := s.planSearch(ctx, ask)
	if err != nil {
		return 0, false, err
	}
	p.oneEach = true
	picked, _, end, err := s.pick(ctx, p, most)
	if err != nil {
		return 0, false, fmt.Errorf("count: %w", err)
	}
	return len(picked), !end, nil
}

func parseDoc(cursor string) (int64, error) {
	doc, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || doc < 0 {
		return 0, chat.FailField("after", "This is not a cursor that a page before has handed out.")
	}
	return doc, nil
}

// searchFor is how long one search may take. What is looked for is bounded in rows, but
// not what the database reads to find them.
const searchFor = 3 * time.Second

// inTime runs a search, which is Invalid where it takes too long.
func inTime(ctx context.Context, find func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, searchFor)
	defer cancel()
	err := find(ctx)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return chat.FailField("q", "This takes too long to find. Narrow it: add a word, a name, or a date such as after:yesterday.")
	}
	return err
}

// pick returns the docs that fit, latest first, at most limit; looked is the last
// that was looked at, and end says that nothing lies behind it.
func (s *Store) pick(ctx context.Context, p *searchPlan, limit int) (picked []docRow, looked int64, end bool, err error) {
	seen, at, n := map[string]bool{}, *p, 0
	for size := firstLook; ; size *= 4 {
		size = min(size, lookedAt-n+1)
		rows, err := s.walk(ctx, &at, size)
		if err != nil {
			return nil, 0, false, err
		}
		for i := range rows {
			r := &rows[i]
			if len(picked) == limit || n == lookedAt {
				return picked, looked, false, nil
			}
			n++
			looked, at.until = r.doc, r.doc
			if !p.fits(r) || p.oneEach && seen[r.conversationID] {
				continue
			}
			if p.oneEach {
				seen[r.conversationID] = true
				later, err := s.shownBefore(ctx, p, r)
				if err != nil {
					return nil, 0, false, err
				}
				if later {
					continue
				}
			}
			picked = append(picked, *r)
		}
		if len(rows) < size {
			return picked, looked, true, nil
		}
	}
}

// firstLook is how many docs are read first: more than a page where all of them
// fit. Each time after that four times as many are.
const firstLook = 64

func (p *searchPlan) fits(r *docRow) bool {
	if r.line != "" && !(&search.Query{Terms: p.terms}).In(r.line) {
		return false
	}
	for _, holds := range p.rows {
		if !holds(r) {
			return false
		}
	}
	return true
}

// shownBefore reports whether a conversation stood on a page before this one, by
// a later message: by one of its last lookedAt, beyond which it may stand there twice.
func (s *Store) shownBefore(ctx context.Context, p *searchPlan, r *docRow) (bool, error) {
	later := *p
	later.since, later.until = p.until, docAt(docEnd)
	if p.q.Until > 0 {
		later.until = docAt(p.q.Until)
	}
	if later.since >= later.until { // this is the first page
		return false, nil
	}
	rows, err := s.docsOf(ctx, &later, []string{r.conversationID}, lookedAt)
	return slices.ContainsFunc(rows, func(r docRow) bool { return p.fits(&r) }), err
}

// hits reads what is shown of docs.
func (s *Store) hits(ctx context.Context, docs []docRow) ([]SearchHit, error) {
	ids := make([]string, len(docs))
	for i := range docs {
		ids[i] = docs[i].conversationID
	}
	rows, err := s.rowsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read what was found: %w", err)
	}
	names, hits := newNames(ctx, s), make([]SearchHit, 0, len(docs))
	for i := range docs {
		h := SearchHit{}
		m := &h.Message
		err := absent(s.read(ctx).QueryRow(`SELECT `+messageColumns+` FROM message m WHERE m.conversation_id = $1 AND m.seq = $2`, docs[i].conversationID, docs[i].seq).Scan(messageTargets(&m.Message)...))
		row, there := rows[docs[i].conversationID]
		if chat.Is(err, chat.NotFound) || !there {
			continue // erased between the two readings
		}
		if err != nil {
			return nil, fmt.Errorf("read what was found: %w", err)
		}
		if m.Author, err = names.of(m.By, m.ByID); err != nil {
			return nil, fmt.Errorf("read what was found: %w", err)
		}
		if err := fillFiles(s.read(ctx), &m.Message); err != nil {
			return nil, fmt.Errorf("read what was found: %w", err)
		}
		h.Row = row
		hits = append(hits, h)
	}
	return hits, nil
}

// PeopleNamed are the customers whose names, addresses or references begin with
// the words of a query, the latest first: of one site, or of all for "".
func (s *Store) PeopleNamed(ctx context.Context, siteID, text string, limit int) ([]chat.Person, error) {
	terms := namedTerms(text)
	if len(terms) == 0 {
		return nil, nil
	}
	ids, err := s.peopleNamed(ctx, siteID, terms, limit)
	if err != nil {
		return nil, err
	}
	var list []chat.Person
	for _, id := range ids {
		p, err := s.Person(ctx, id)
		if chat.Is(err, chat.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, *p)
	}
	return list, nil
}

// CatchUp reads into the index what has come since, up to a bound, so that a
// search misses nothing. It returns how many events are still unread.
func (s *Store) CatchUp(ctx context.Context) (int64, error) {
	for range catchUpBatches {
		more, err := s.indexNew(ctx)
		if err != nil {
			return 0, err
		}
		if !more {
			return 0, nil
		}
	}
	lag, err := s.IndexLag(ctx)
	return lag.New, err
}

// catchUpBatches bound what one search reads for everybody: about 50 ms.
const catchUpBatches = 8
