package mail

import (
	"context"
	"net/url"
	"strings"

	"rapport/hub/chat"
)

// Pages reads where a customer was.
type Pages interface {
	PageViews(ctx context.Context, personID string) ([]chat.PageView, error)
}

// ContinueAt is a page on which the customer's chat goes on: the one of the site
// that they saw last, without its query, which may hold what is theirs alone;
// else the site's first address; "" where the site names none.
func ContinueAt(ctx context.Context, pages Pages, site *chat.Site, personID string) string {
	seen, err := pages.PageViews(ctx, personID)
	if err != nil {
		seen = nil // a letter without this line is better than none
	}
	for _, v := range seen {
		u, err := url.Parse(v.URL)
		if err == nil && u.User == nil && chat.OriginAllowed(site.AllowedOrigins, u.Scheme+"://"+strings.ToLower(u.Host)) {
			return u.Scheme + "://" + u.Host + u.EscapedPath()
		}
	}
	for _, origin := range site.AllowedOrigins {
		if !strings.Contains(origin, "*") {
			return origin + "/"
		}
	}
	return ""
}
