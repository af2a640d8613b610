package storage

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/search"
	"rapport/hub/sorted"
)

// What flags of a doc say.
const (
	docNote   = 1
	docAgent  = 2
	docPerson = 4
	docFile   = 8
)

// IndexBatch is how many events are read into the index at a time: a few
// milliseconds of the writer's, which messages wait behind.
const IndexBatch = 128

// IndexLag is how much the index has to read.
type IndexLag struct {
	New int64 // events that have come since it was read last
	Old int64 // events from before there was an index
	All int64 // events there are
}

// IndexLag returns how much the index of all sites has to read.
func (s *Store) IndexLag(ctx context.Context) (lag IndexLag, err error) {
	err = s.read(ctx).QueryRow(`SELECT coalesce(sum(h.seq - coalesce(x.done, 0)), 0), coalesce(sum(coalesce(x.back, 0)), 0), coalesce(sum(h.seq), 0)
		FROM `+siteNow+` h LEFT JOIN search_site x ON x.site_id = h.site_id`).Scan(&lag.New, &lag.Old, &lag.All)
	return lag, err
}

// IndexNext reads the next events into the index, what is new before what is old,
// and reports whether there is more to do. It is what every other reading of the
// log is not: behind the messages, so that they do not wait for it.
func (s *Store) IndexNext(ctx context.Context) (more bool, err error) {
	if more, err = s.indexNew(ctx); more || err != nil {
		return more, err
	}
	siteID, err := s.siteWith(ctx, `SELECT site_id FROM search_site WHERE back > 0 LIMIT 1`)
	if err != nil {
		return false, err
	}
	if siteID != "" {
		return true, s.indexSite(ctx, siteID, true)
	}
	return s.squeezeNext(ctx)
}

// indexNew reads what has come since it was read last, on one site.
func (s *Store) indexNew(ctx context.Context) (more bool, err error) {
	siteID, err := s.siteWith(ctx, `SELECT h.site_id FROM `+siteNow+` h LEFT JOIN search_site x ON x.site_id = h.site_id WHERE h.seq > coalesce(x.done, -1) LIMIT 1`)
	if err != nil {
		return false, err
	}
	if siteID != "" {
		return true, s.indexSite(ctx, siteID, false)
	}
	return s.indexStale(ctx)
}

func (s *Store) siteWith(ctx context.Context, query string) (string, error) {
	rows, err := s.read(ctx).Query(query)
	ids, err := collect(rows, err, scanString)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

// indexSite reads some events of a site: those that follow what was read, or,
// backwards, those that stood there before the index did. The place and the rows
// are written together, so that nothing is read twice and nothing left out,
// however the server ends.
func (s *Store) indexSite(ctx context.Context, siteID string, old bool) error {
	err := s.behind(ctx, func(q querier, _ chat.Time) error {
		done, back, err := s.indexPlace(q, siteID)
		if err != nil {
			return err
		}
		where, from := `e.site_id = $1 AND e.site_seq > $2 ORDER BY e.site_seq LIMIT $3`, done
		if old {
			where, from = `e.site_id = $1 AND e.site_seq <= $2 ORDER BY e.site_seq DESC LIMIT $3`, back
		}
		rows, err := q.Query(saidSelect+where, siteID, from, IndexBatch)
		list, err := collect(rows, err, scanSaid)
		if err != nil {
			return err
		}
		switch {
		case !old && len(list) > 0:
			done = list[len(list)-1].siteSeq
		case old && len(list) == IndexBatch:
			back = list[len(list)-1].siteSeq - 1
		case old:
			back = 0
		}
		if err := (&indexing{q: q, d: s.dialect}).add(list); err != nil {
			return err
		}
		_, err = q.Exec(`UPDATE search_site SET done = $1, back = $2 WHERE site_id = $3`, done, back, siteID)
		return err
	})
	if err != nil {
		return fmt.Errorf("read events into the index: %w", err)
	}
	return nil
}

// indexPlace is how far a site's events were read. The first time everything that
// is there counts as old, so that what is new is found at once, unless it is little.
func (s *Store) indexPlace(q querier, siteID string) (done, back int64, err error) {
	const place = `SELECT done, back FROM search_site WHERE site_id = $1`
	err = absent(q.QueryRow(place+s.dialect.forUpdate(), siteID).Scan(&done, &back))
	if !chat.Is(err, chat.NotFound) {
		return done, back, err
	}
	_, err = q.Exec(`INSERT INTO search_site (site_id, done, back) 
		SELECT h.site_id, CASE WHEN h.seq > $1 THEN h.seq ELSE 0 END, CASE WHEN h.seq > $2 THEN h.seq ELSE 0 END FROM `+siteNow+` h WHERE h.site_id = $3
		ON CONFLICT (site_id) DO NOTHING`, IndexBatch, IndexBatch, siteID)
	if err != nil {
		return 0, 0, err
	}
	return done, back, absent(q.QueryRow(place+s.dialect.forUpdate(), siteID).Scan(&done, &back))
}

// said is what the index reads of an event.
type said struct {
	conversationID, siteID string
	seq, siteSeq           int64
	eventType              chat.EventType
	at                     chat.Time
	by                     chat.Kind
	byID, ref, clientID    string
	kind                   chat.MessageKind
	text                   string
	erased                 bool // its conversation is, and the event goes as soon as there is time
}

const saidSelect = `SELECT e.conversation_id, e.site_id, e.seq, e.site_seq, e.type, e.at, e.by_kind, e.by_id, e.ref, e.client_id, e.kind, e.text,
	NOT EXISTS (SELECT 1 FROM conversation c WHERE c.id = e.conversation_id) FROM event e WHERE `

func scanSaid(row scanner) (v said, err error) {
	return v, row.Scan(&v.conversationID, &v.siteID, &v.seq, &v.siteSeq, &v.eventType, &v.at, &v.by, &v.byID, &v.ref, &v.clientID, &v.kind, &v.text, &v.erased)
}

// indexing is a batch under way.
type indexing struct {
	q querier
	d dialect
}

// add indexes the messages among events, and the customers who came with them.
// The database takes docs best in their order.
func (x *indexing) add(list []said) error {
	sorted.By(list, func(a, b said) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.siteSeq, b.siteSeq)) })
	for i := range list {
		e := &list[i]
		switch {
		case e.eventType == chat.ConversationErased:
			// Another server may have read of it while it was being erased.
			if err := forgetWords(x.q, e.conversationID, 0); err != nil {
				return err
			}
		case e.erased:
		case e.clientID != "":
			if err := x.message(e); err != nil {
				return err
			}
		case e.eventType == chat.ConversationStarted && e.by == chat.ByPerson:
			if err := indexPerson(x.q, x.d, e.byID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *indexing) message(e *said) error {
	doc, err := x.place(e)
	if err != nil {
		return err
	}
	flags, agentID, facets := int64(0), "", []string{search.OnSite(e.siteID)}
	switch e.by {
	case chat.ByAgent:
		flags, agentID, facets = docAgent, e.byID, append(facets, search.OfAgent(e.byID))
	case chat.ByPerson:
		flags = docPerson
	}
	if e.kind == chat.Note {
		flags, facets = flags|docNote, append(facets, search.IsNote)
	}
	words := e.text
	if files := filesNamed(e.ref); len(files) > 0 {
		flags, facets = flags|docFile, append(facets, search.WithFile)
		if words, err = x.named(words, files); err != nil {
			return err
		}
	}
	res, err := x.q.Exec(`INSERT INTO search_doc (doc, conversation_id, seq, agent_id, flags) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (conversation_id, seq) DO NOTHING`,
		doc, e.conversationID, e.seq, agentID, flags)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return x.d.putLine(x.q, "search_text", doc, strings.Join(facets, " ")+" "+search.Line(words))
}

// docsPerMs is how many docs a millisecond has room for.
const docsPerMs = 1 << 16

// docAt is the first doc of a moment.
func docAt(t chat.Time) int64 { return int64(t) * docsPerMs }

// place is a free doc for a message. Those of one moment stand in the order of
// their site's stream, whenever they are read; where another site's has the same
// number, it is the next.
func (x *indexing) place(e *said) (doc int64, err error) {
	for doc = docAt(e.at) + e.siteSeq%docsPerMs; ; doc++ {
		var taken bool
		if err = x.q.QueryRow(`SELECT EXISTS (SELECT 1 FROM search_doc WHERE doc = $1)`, doc).Scan(&taken); err != nil || !taken {
			return doc, err
		}
	}
}

// named adds the names of files to a text.
func (x *indexing) named(text string, files []chat.File) (string, error) {
	for _, f := range files {
		var name string
		err := absent(x.q.QueryRow(`SELECT name FROM file WHERE id = $1`, f.ID).Scan(&name))
		if err != nil && !chat.Is(err, chat.NotFound) {
			return "", err
		}
		text += "\n" + name
	}
	return text, nil
}
