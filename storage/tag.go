package storage

import (
	"context"
	"database/sql"
	"fmt"

	"rapport/hub/chat"
)

const tagSelect = `SELECT id, site_id, name, uses, made_by, made_at, merged_into, deleted_at FROM tag `

func scanTag(row scanner) (v chat.Tag, err error) {
	return v, row.Scan(&v.ID, &v.SiteID, &v.Name, &v.Uses, &v.MadeBy, &v.MadeAt, &v.MergedInto, &v.DeletedAt)
}

// anyTag returns a tag, also one that stands no more.
func anyTag(q querier, id string) (*chat.Tag, error) {
	v, err := scanTag(q.QueryRow(tagSelect+`WHERE id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

// standingTag follows a merge, which is at most one step long.
func standingTag(q querier, id string) (*chat.Tag, error) {
	v, err := anyTag(q, id)
	if err == nil && v.MergedInto != "" {
		v, err = anyTag(q, v.MergedInto)
	}
	if err == nil && v.DeletedAt != 0 {
		return nil, chat.ErrNotFound
	}
	return v, err
}

func tagByName(q querier, siteID, name string) (*chat.Tag, error) {
	v, err := scanTag(q.QueryRow(tagSelect+`WHERE site_id = $1 AND folded = $2 AND deleted_at = 0`, siteID, chat.FoldTag(name)))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

func (t *tx) Tag(id string) (*chat.Tag, error) { return standingTag(t.q, id) }

func (t *tx) TagByName(siteID, name string) (*chat.Tag, error) { return tagByName(t.q, siteID, name) }

func (t *tx) InsertTag(v *chat.Tag) error {
	n, err := t.number(`SELECT count(*) FROM tag WHERE site_id = $1 AND deleted_at = 0`, v.SiteID)
	if err != nil {
		return err
	}
	if n >= chat.MaxTags {
		return chat.Fail(chat.Conflict, "A site has room for %d tags. Merge some of them first.", chat.MaxTags)
	}
	return t.exec(`INSERT INTO tag (id, site_id, name, folded, uses, made_by, made_at, merged_into, deleted_at) VALUES ($1,$2,$3,$4,0,$5,$6,'',0)`,
		v.ID, v.SiteID, v.Name, chat.FoldTag(v.Name), v.MadeBy, v.MadeAt)
}

func (t *tx) TagsOn(conversationID string) ([]string, error) {
	rows, err := t.q.Query(`SELECT tag_id FROM conversation_tag WHERE conversation_id = $1`, conversationID)
	return collect(rows, err, scanString)
}

func (t *tx) AddTag(conversationID, tagID string) error {
	if err := t.exec(`INSERT INTO conversation_tag (conversation_id, tag_id, at) VALUES ($1,$2,$3)`, conversationID, tagID, t.now); err != nil {
		return fmt.Errorf("add tag: %w", err)
	}
	return t.exec(`UPDATE tag SET uses = uses + 1 WHERE id = $1`, tagID)
}

func (t *tx) RemoveTag(conversationID, tagID string) error {
	if err := t.exec(`DELETE FROM conversation_tag WHERE conversation_id = $1 AND tag_id = $2`, conversationID, tagID); err != nil {
		return fmt.Errorf("remove tag: %w", err)
	}
	return t.exec(`UPDATE tag SET uses = uses - 1 WHERE id = $1`, tagID)
}

// Tags returns the tags of a site that stand, in the order of their names.
func (s *Store) Tags(ctx context.Context, siteID string) ([]chat.Tag, error) {
	rows, err := s.read(ctx).Query(tagSelect+`WHERE site_id = $1 AND deleted_at = 0 ORDER BY folded`, siteID)
	return collect(rows, err, scanTag)
}

// RenameTag gives a tag of a site another name. Conflict where the site has one of
// that name: the two can be merged.
func (s *Store) RenameTag(ctx context.Context, siteID, id, name string) (out *chat.Tag, err error) {
	err = s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if out, err = tagOf(q, siteID, id); err != nil {
			return err
		}
		same, err := tagByName(q, siteID, name)
		if err == nil && same.ID != id {
			return chat.Fail(chat.Conflict, "There is a tag “%s” already. Merge the two instead.", same.Name)
		}
		if err != nil && !chat.Is(err, chat.NotFound) {
			return err
		}
		out.Name = name
		_, err = q.Exec(`UPDATE tag SET name = $1, folded = $2 WHERE id = $3`, name, chat.FoldTag(name), id)
		return err
	})
	return out, err
}

func tagOf(q querier, siteID, id string) (*chat.Tag, error) {
	v, err := anyTag(q, id)
	if err == nil && (v.SiteID != siteID || v.DeletedAt != 0) {
		return nil, chat.ErrNotFound
	}
	return v, err
}

// MergeTags lets every conversation with the one tag have the other instead.
// NotFound unless both are the site's and stand.
func (s *Store) MergeTags(ctx context.Context, siteID, id, intoID string) (out *chat.Tag, err error) {
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		if id == intoID {
			return chat.FailField("into", "These are one and the same tag.")
		}
		if _, err := tagOf(q, siteID, id); err != nil {
			return err
		}
		if out, err = tagOf(q, siteID, intoID); err != nil {
			return err
		}
		for _, change := range []struct {
			query string
			args  []any
		}{
			{`INSERT INTO conversation_tag (conversation_id, tag_id, at) SELECT conversation_id, $1, at FROM conversation_tag WHERE tag_id = $2 ON CONFLICT DO NOTHING`, []any{intoID, id}},
			{`DELETE FROM conversation_tag WHERE tag_id = $1`, []any{id}},
			{`UPDATE tag SET merged_into = $1, uses = 0, deleted_at = $2 WHERE id = $3`, []any{intoID, now, id}},
			{`UPDATE tag SET merged_into = $1 WHERE site_id = $2 AND merged_into = $3`, []any{intoID, siteID, id}},
			{`UPDATE tag SET uses = (SELECT count(*) FROM conversation_tag WHERE tag_id = $1) WHERE id = $2`, []any{intoID, intoID}},
		} {
			if _, err := q.Exec(change.query, change.args...); err != nil {
				return fmt.Errorf("merge tags: %w", err)
			}
		}
		out, err = anyTag(q, intoID)
		return err
	})
	return out, err
}

// DeleteTag takes a tag of a site off every conversation.
func (s *Store) DeleteTag(ctx context.Context, siteID, id string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		if _, err := tagOf(q, siteID, id); err != nil {
			return err
		}
		if _, err := q.Exec(`DELETE FROM conversation_tag WHERE tag_id = $1`, id); err != nil {
			return err
		}
		_, err := q.Exec(`UPDATE tag SET uses = 0, deleted_at = $1 WHERE id = $2`, now, id)
		return err
	})
}

// tagged reads rows with their tags.
func (s *Store) tagged(ctx context.Context, found *sql.Rows, err error) ([]chat.Row, error) {
	rows, err := collect(found, err, scanRow)
	if err != nil {
		return nil, err
	}
	return rows, s.fillTags(ctx, rows)
}

// fillTags puts the tags on rows, 1, 2, 4 … 64 rows at a time, so that few
// statements are enough.
func (s *Store) fillTags(ctx context.Context, rows []chat.Row) error {
	for len(rows) > 0 {
		n := min(len(rows), 64)
		if err := s.fillSome(ctx, rows[:n]); err != nil {
			return fmt.Errorf("read tags of rows: %w", err)
		}
		rows = rows[n:]
	}
	return nil
}

func (s *Store) fillSome(ctx context.Context, rows []chat.Row) error {
	ids := make([]string, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	marks, args := marksOf(ids, nil)
	type one struct {
		conversation string
		tag          chat.TagCard
	}
	found, err := s.read(ctx).Query(`SELECT ct.conversation_id, t.id, t.name FROM conversation_tag ct JOIN tag t ON t.id = ct.tag_id
		WHERE ct.conversation_id IN `+marks+` ORDER BY t.folded`, args...)
	list, err := collect(found, err, func(row scanner) (v one, err error) {
		return v, row.Scan(&v.conversation, &v.tag.ID, &v.tag.Name)
	})
	if err != nil {
		return err
	}
	of := map[string][]chat.TagCard{}
	for _, v := range list {
		of[v.conversation] = append(of[v.conversation], v.tag)
	}
	for i := range rows {
		rows[i].Tags = of[rows[i].ID]
	}
	return nil
}
