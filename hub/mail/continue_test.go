package mail

import (
	"context"
	"errors"
	"testing"

	"rapport/hub/chat"
)

// seen are the pages of whoever is asked about; nil cannot be read.
type seen []string

func (s seen) PageViews(context.Context, string) ([]chat.PageView, error) {
	if s == nil {
		return nil, errors.New("the disk is busy")
	}
	var out []chat.PageView
	for _, url := range s {
		out = append(out, chat.PageView{URL: url})
	}
	return out, nil
}

func TestWhereTheChatGoesOn(t *testing.T) {
	site := &chat.Site{SiteSettings: chat.SiteSettings{AllowedOrigins: []string{"https://*.shop.example", "https://shop.example"}}}
	signed := chat.Person{Email: "ada@example.org", Verified: true}
	typed := chat.Person{Email: "ada@example.org"}
	given := chat.Person{Email: "ada@example.org", Verified: true, EmailGiven: true}
	const front = "https://shop.example/"
	words := seen{"https://shop.example/ACCOUNT-LOCKED-CALL-0900-1234"}
	for name, c := range map[string]struct {
		to    chat.Person
		pages seen
		want  string
	}{
		"the page seen last":           {signed, seen{"https://a.shop.example/lamps?token=1#x", "https://shop.example/old"}, "https://a.shop.example/lamps"},
		"another site's page":          {signed, seen{"https://evil.example/x", "https://shop.example/lamps"}, "https://shop.example/lamps"},
		"none seen":                    {signed, seen{}, front},
		"pages that cannot be read":    {signed, nil, front},
		"words to a typed address":     {typed, words, front},
		"words to one that was given":  {given, words, front},
		"words, signed, to themselves": {signed, words, words[0]},
	} {
		if got := ContinueAt(t.Context(), c.pages, site, &c.to); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if got := ContinueAt(t.Context(), seen{}, &chat.Site{}, &signed); got != "" {
		t.Errorf("a site without addresses: %q", got)
	}
}
