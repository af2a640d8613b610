package chat

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"rapport/hub/sorted"
)

// What a page asks for, in the order in which it does.
const (
	LoadScript   = "script"   // the loader, which knows no site yet
	LoadConfig   = "config"   // a site's configuration
	LoadPanel    = "panel"    // the chat itself: somebody opened it
	LoadStranger = "stranger" // the configuration of a key that no site has
)

// Load is when a page of an origin last asked for a part of the chat.
type Load struct {
	SiteID string // "" where no site is known by then
	Origin string // "" for a page that does not say where it is
	What   string
	At     Time
}

// maxLoads bounds what is kept of a site's loads, and of those of no site, beside the
// site's own pages.
const maxLoads = 60

// TooManyLoads returns which of a site's loads are to be forgotten. Pages say
// themselves where they are, so that anybody can make origins up: what comes of those
// that the site allows by name stays, then of those that a wildcard allows and of the
// others the latest.
func TooManyLoads(loads []Load, allowed []string) (forget []Load) {
	rank := func(l Load) int {
		switch {
		case slices.Contains(allowed, l.Origin):
			return 0
		case OriginAllowed(allowed, l.Origin):
			return 1
		}
		return 2
	}
	sorted.By(loads, func(a, b Load) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.At, a.At))
	})
	if len(loads) <= maxLoads {
		return nil
	}
	return loads[maxLoads:]
}

// Where a site stands on the pages of an origin.
const (
	PlaceWorks    = "works"    // it loads, and may open
	PlaceRefused  = "refused"  // it loads, and the origin is not among the allowed ones
	PlaceStranger = "stranger" // the page asks for a key that no site has
	PlaceSilent   = "silent"   // only the script came: its key is missing, or the page's policy stops it
	PlaceUnnamed  = "unnamed"  // it loads on pages that hide their address
)

// Place is what is known of a site on the pages of one origin.
type Place struct {
	Origin   string `json:"origin"` // "" while it is PlaceUnnamed
	State    string `json:"state"`
	LoadedAt Time   `json:"loaded_at"` // when a page last loaded it
	OpenedAt Time   `json:"opened_at"` // when the chat was last fetched there, 0 for never
	Near     string `json:"near"`      // the allowed origin that was probably meant, "" for none
}

// loadSlack is how much older a configuration may be than the script that asked
// for it: the browser keeps each for a time of its own, and both are sampled.
const loadSlack Time = 10 * 60_000

// PlacesOf says where a site's chat was seen, from loads of its own and of no
// site's; the latest first.
func PlacesOf(s *Site, loads []Load) []Place {
	own, script, stranger := map[string]*Place{}, map[string]Time{}, map[string]Time{}
	for _, l := range loads {
		switch {
		case l.What == LoadScript:
			script[l.Origin] = l.At
		case l.What == LoadStranger:
			stranger[l.Origin] = l.At
		default:
			own[l.Origin] = own[l.Origin].with(l, s.AllowedOrigins)
		}
	}
	for origin, at := range stranger {
		if p := own[origin]; p == nil || p.LoadedAt+loadSlack < at {
			own[origin] = &Place{Origin: origin, State: PlaceStranger, LoadedAt: at}
		}
	}
	for origin, at := range script {
		if p := own[origin]; (p == nil || p.LoadedAt+loadSlack < at) && OriginAllowed(s.AllowedOrigins, origin) {
			own[origin] = &Place{Origin: origin, State: PlaceSilent, LoadedAt: at}
		}
	}
	out := make([]Place, 0, len(own))
	for _, p := range own {
		out = append(out, *p)
	}
	sorted.By(out, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.LoadedAt, a.LoadedAt), cmp.Compare(a.Origin, b.Origin))
	})
	return out
}

// with adds a load to what is known of its origin.
func (p *Place) with(l Load, allowed []string) *Place {
	if p == nil {
		p = &Place{Origin: l.Origin, State: PlaceWorks}
		switch {
		case l.Origin == "":
			p.State = PlaceUnnamed
		case !OriginAllowed(allowed, l.Origin):
			p.State, p.Near = PlaceRefused, nearest(allowed, l.Origin)
		}
	}
	p.LoadedAt = max(p.LoadedAt, l.At)
	if l.What == LoadPanel {
		p.OpenedAt = max(p.OpenedAt, l.At)
	}
	return p
}

// nearest is the allowed origin that differs from this one by its scheme, its port
// or a leading www. only: a slip, most likely.
func nearest(allowed []string, origin string) string {
	bare := func(o string) string {
		u, err := url.Parse(o)
		if err != nil {
			return o
		}
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	for _, a := range allowed {
		if bare(a) == bare(origin) {
			return a
		}
	}
	return ""
}
