package links

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rapport/hub/chat"
)

// Bounds of opening a link.
const (
	openFor      = 5 * time.Second // with all that it leads to
	maxRedirects = 3
)

// agent says who comes, so that a site can turn us away.
const agent = "Rapport-Link-Preview/1 (+shows the title of a page that was linked in a chat)"

// fetcher opens links.
type fetcher struct {
	client *http.Client // follows no redirects by itself
	own    []string     // hosts of this installation
}

// fetch reads what the page behind a link says of itself. Each address on the way is
// judged anew: by what it looks like here, by where its name leads when the
// connection is made.
func (f *fetcher) fetch(ctx context.Context, link string) (chat.LinkPreview, error) {
	ctx, cancel := context.WithTimeout(ctx, openFor)
	defer cancel()
	var none chat.LinkPreview
	var site string
	for range maxRedirects + 1 {
		at, ok := chat.SafeLink(link)
		if !ok || f.ours(at.Host) {
			return none, errors.New("links: not one that is opened")
		}
		if site == "" {
			site = siteOf(at)
		}
		answer, err := f.ask(ctx, at.String())
		if err != nil {
			return none, err
		}
		next, page, err := f.take(at, answer)
		_ = answer.Body.Close()
		switch {
		case err != nil:
			return none, err
		case next == "" && siteOf(at) != site:
			return none, errors.New("links: another site's page, which is not what people are shown who open it")
		case next == "":
			return page, nil
		}
		link = next
	}
	return none, errors.New("links: too many redirects")
}

// siteOf is the name of a page's site: what one sends us to may be another than where it
// sends people, and would vouch for it.
func siteOf(at *url.URL) string { return strings.TrimPrefix(at.Hostname(), "www.") }

func (f *fetcher) ours(host string) bool {
	for _, own := range f.own {
		if host == own {
			return true
		}
	}
	return false
}

// ask opens one address, without cookies and without saying where it stood.
func (f *fetcher) ask(ctx context.Context, at string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", agent)
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Accept-Encoding", "identity")
	answer, err := f.client.Do(r)
	if err != nil {
		return nil, hide(err)
	}
	return answer, nil
}

// take reads an answer: the page, or where it sends us instead.
func (f *fetcher) take(at *url.URL, answer *http.Response) (next string, page chat.LinkPreview, err error) {
	switch code := answer.StatusCode; {
	case code >= 300 && code < 400 && code != http.StatusNotModified:
		to, err := at.Parse(answer.Header.Get("Location"))
		if err != nil || answer.Header.Get("Location") == "" {
			return "", page, errors.New("links: a redirect to nowhere")
		}
		return to.String(), page, nil
	case code != http.StatusOK:
		return "", page, fmt.Errorf("links: the page answers %d", code)
	}
	kind := answer.Header.Get("Content-Type")
	if media, _, err := mime.ParseMediaType(kind); err != nil || media != "text/html" {
		return "", page, errors.New("links: not a page")
	}
	if coding := answer.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return "", page, errors.New("links: packed, though we asked for it plain")
	}
	if page, err = readPage(answer.Body, kind); err != nil {
		return "", page, hide(err)
	}
	if page.Title == "" {
		return "", page, errors.New("links: it has no title")
	}
	page.Host = at.Host
	page.Clean()
	return "", page, nil
}

// hide takes the address out of an error: it is part of what somebody wrote.
func hide(err error) error {
	var asked *url.Error
	if errors.As(err, &asked) {
		return asked.Err
	}
	return err
}
