package visitors

import (
	"net/url"
	"slices"
	"strings"

	"rapport/hub/chat"
)

// Moment is a visit as a site's rules see it.
type Moment struct {
	Path   string    // of the page that stands open
	OnPage chat.Time // since when, in ms
	OnSite chat.Time
	Source string
	Visits int64    // 0 where their browser does not count
	Events []string // that the page has reported
	Known  Known
}

// Moment tells of a visit by the key of its page; ok is false where no rule is to
// invite them: the visit is over or hidden, they were invited in it or are spared, have
// a conversation that goes on, are blocked, or somebody of their network said no lately.
func (l *List) Moment(siteID, key string) (m Moment, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.sites[siteID]
	if p == nil || p.byKey[key] == nil {
		return Moment{}, false
	}
	v, now := p.byKey[key], l.clock()
	at, no := p.declined[v.network]
	if v.Hidden || v.spared || v.Invitation.State != "" || v.Known.Talks || v.Known.Blocked || no && !v.near && now-at < refused {
		return Moment{}, false
	}
	m = Moment{OnPage: now - v.Page.At, OnSite: now - v.Since, Source: v.Source, Visits: v.Visits, Known: v.Known}
	if u, err := url.Parse(v.Page.URL); err == nil {
		m.Path = u.Path
	}
	return m, true
}

// Propose lets a rule invite whoever looks at a page, unless they were invited meanwhile.
func (l *List) Propose(siteID, key string, i Invitation) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.sites[siteID]; p != nil {
		if v := p.byKey[key]; v != nil && v.Invitation.State == "" {
			p.invite(v, i)
		}
	}
}

// Spare keeps rules from inviting a visitor again in this visit.
func (l *List) Spare(siteID, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.sites[siteID]; p != nil {
		if v := p.byKey[key]; v != nil {
			v.spared = true
		}
	}
}

// Fits reports whether all that a rule asks of a visit holds; where nothing but time is
// missing, wait is how much of it, in ms, and else 0.
func (m *Moment) Fits(r *chat.InviteRule) (ok bool, wait chat.Time) {
	switch {
	case len(r.Pages) > 0 && !slices.ContainsFunc(r.Pages, m.on),
		len(r.Sources) > 0 && !slices.ContainsFunc(r.Sources, m.from),
		m.Visits < r.Visits && r.Visits > 1,
		len(r.Segments) > 0 && !slices.Contains(r.Segments, m.Known.Segment),
		len(r.Loyalty) > 0 && !slices.Contains(r.Loyalty, m.Known.Loyalty),
		r.Event != "" && !slices.Contains(m.Events, r.Event):
		return false, 0
	}
	wait = max(chat.Time(r.OnPage)*1000-m.OnPage, chat.Time(r.OnSite)*1000-m.OnSite, 0)
	return wait == 0, wait
}

// on reports whether a pattern names the page.
func (m *Moment) on(p chat.PagePattern) bool {
	path, text := strings.ToLower(m.Path), strings.ToLower(p.Text)
	switch p.How {
	case "begins":
		return strings.HasPrefix(path, text)
	case "is":
		return strings.TrimSuffix(path, "/") == strings.TrimSuffix(text, "/")
	}
	return strings.Contains(path, text)
}

// from reports whether a host, or one below it, led here.
func (m *Moment) from(host string) bool {
	return m.Source == host || strings.HasSuffix(m.Source, "."+host)
}
