package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const linkColumns = `conversation_id, link_key, site_id, host, name, title, text, until`

func linkPreview(q querier, where string, args ...any) (*chat.LinkPreview, error) {
	var l chat.LinkPreview
	err := q.QueryRow(`SELECT `+linkColumns+` FROM link_preview WHERE `+where, args...).Scan(
		&l.ConversationID, &l.Key, &l.SiteID, &l.Host, &l.Name, &l.Title, &l.Text, &l.Until)
	if err != nil {
		return nil, absent(err)
	}
	return &l, nil
}

// LinkPreview returns what is known of a link in any conversation of a site, with an
// empty title where it is known that nothing could be read; ErrNotFound for nothing.
func (s *Store) LinkPreview(ctx context.Context, siteID, key string) (*chat.LinkPreview, error) {
	return linkPreview(s.read(ctx), `site_id = $1 AND link_key = $2 AND until > $3 ORDER BY until DESC LIMIT 1`, siteID, key, s.opt.Clock())
}

// fillLink joins to a message what the page of its first link says.
func (s *Store) fillLink(ctx context.Context, m *chat.Message) error {
	link := m.FirstLink()
	if link == "" {
		return nil
	}
	l, err := linkPreview(s.read(ctx), `conversation_id = $1 AND link_key = $2 AND until > $3`, m.ConversationID, chat.LinkKey(link), s.opt.Clock())
	if chat.Is(err, chat.NotFound) || err == nil && l.Title == "" {
		return nil
	}
	if err != nil {
		return fmt.Errorf("link: %w", err)
	}
	l.URL, m.Link = link, l
	return nil
}

func (t *tx) SaveLinkPreview(l *chat.LinkPreview) error {
	err := t.exec(`INSERT INTO link_preview (`+linkColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT (conversation_id, link_key) DO UPDATE
		SET host = excluded.host, name = excluded.name, title = excluded.title, text = excluded.text, until = excluded.until`,
		l.ConversationID, l.Key, l.SiteID, l.Host, l.Name, l.Title, l.Text, l.Until)
	if err != nil {
		return fmt.Errorf("save link preview: %w", err)
	}
	return nil
}

// linksAtOnce is how many one step of forgetting deletes.
const linksAtOnce = 500

const (
	forgetOldLinks  = `DELETE FROM link_preview WHERE (conversation_id, link_key) IN (SELECT conversation_id, link_key FROM link_preview WHERE until <= $1 LIMIT $2)`
	forgetSiteLinks = `DELETE FROM link_preview WHERE (conversation_id, link_key) IN (SELECT conversation_id, link_key FROM link_preview WHERE site_id = $1 LIMIT $2)`
)

// ForgetOldLinks forgets previews whose time is over, some at once, and reports
// whether there may be more.
func (s *Store) ForgetOldLinks(ctx context.Context) (more bool, err error) {
	return s.forgetLinks(ctx, forgetOldLinks, s.opt.Clock())
}

// ForgetLinks forgets all previews of a site.
func (s *Store) ForgetLinks(ctx context.Context, siteID string) (err error) {
	for more := true; more && err == nil; {
		more, err = s.forgetLinks(ctx, forgetSiteLinks, siteID)
	}
	return err
}

func (s *Store) forgetLinks(ctx context.Context, query string, arg any) (more bool, err error) {
	err = s.exclusive(ctx, func(q querier, _ chat.Time) error {
		res, err := q.Exec(query, arg, linksAtOnce)
		if err != nil {
			return fmt.Errorf("forget link previews: %w", err)
		}
		gone, err := res.RowsAffected()
		more = gone == linksAtOnce
		return err
	})
	return more, err
}
