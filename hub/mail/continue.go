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
// that they saw last, else the site's first address; "" where the site names none.
// What a browser says of its pages may be anybody's words, so it goes only to an
// address that the site has signed for the same customer: nobody writes to a
// stranger in the site's letter.
func ContinueAt(ctx context.Context, pages Pages, site *chat.Site, to *chat.Person) string {
	if to.EmailSigned() {
		if page := lastSeen(ctx, pages, site, to.ID); page != "" {
			return page
		}
	}
	for _, origin := range site.AllowedOrigins {
		if !strings.Contains(origin, "*") {
			return origin + "/"
		}
	}
	return ""
}

// lastSeen is the page of the site that a person saw last, without its query,
// which may hold what is theirs alone; "" where there is none.
func lastSeen(ctx context.Context, pages Pages, site *chat.Site, personID string) string {
	seen, err := pages.PageViews(ctx, personID)
	if err != nil {
		return "" // a letter without this line is better than none
	}
	for _, v := range seen {
		u, err := url.Parse(v.URL)
		if err == nil && u.User == nil && chat.OriginAllowed(site.AllowedOrigins, u.Scheme+"://"+strings.ToLower(u.Host)) {
			return u.Scheme + "://" + u.Host + u.EscapedPath()
		}
	}
	return ""
}
