package visitors

import (
	"cmp"

	"rapport/hub/sorted"
)

// Changes are what has become of a site's visits since a number.
type Changes struct {
	Now   int64   // the number to ask with next
	Whole bool    // these are all visits there are; what was held before is void
	Seen  []Visit // new or changed, oldest change first
	Gone  []string
}

// Since tells what has changed since a number that an earlier answer gave; 0, and any
// number that is not known any more, is answered with everything.
func (l *List) Since(siteID string, since int64) Changes {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.at(siteID)
	p.sweep(l.clock())
	c := Changes{Now: p.rev, Whole: since < p.since || since > p.rev, Seen: []Visit{}, Gone: []string{}}
	if c.Whole {
		since = 0
	}
	for _, v := range p.byID {
		if v.rev > since {
			c.Seen = append(c.Seen, *v)
		}
	}
	sorted.By(c.Seen, func(a, b Visit) int { return cmp.Compare(a.rev, b.rev) })
	for i := len(p.gone) - 1; !c.Whole && i >= 0 && p.gone[i].rev > since; i-- {
		c.Gone = append(c.Gone, p.gone[i].id)
	}
	return c
}

// Path are the pages of a visit, the latest first; ok is false where it is over.
func (l *List) Path(siteID, id string) (pages []Page, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.sites[siteID]
	if p == nil || p.byID[id] == nil || p.byID[id].over(l.clock()) {
		return nil, false
	}
	return p.byID[id].path(), true
}
