package visitors

import "rapport/hub/chat"

// maxPages is how many pages of a visit are kept, the latest.
const maxPages = 30

// pageSize is what a page takes beside its address and title, in bytes.
const pageSize = 40

// Page is one that a visitor looked at.
type Page struct {
	URL   string // without query and fragment, which may hold what is nobody's business
	Title string
	At    chat.Time // since when
}

// Known is the customer behind a visit, where their browser proved it.
type Known struct {
	ID             string // of the profile
	Name           string
	ConversationID string // their latest, "" for none
	Talks          bool   // it is not closed
	Blocked        bool
	Segment        string
	Loyalty        string
}

// Visit is one visitor on one site, from the first page to the last.
type Visit struct {
	ID         string
	Since      chat.Time
	Page       Page       // the one that stands open
	Pages      int64      // looked at in this visit, this one included
	Source     string     // host that led here; "" for none that was told
	Hidden     bool       // another tab or window lies over it
	Visits     int64      // with this one, 0 where their browser does not count
	Known      Known      // zero for a stranger
	Invitation Invitation // zero for none
	earlier    []Page     // before Page, oldest first, at most maxPages-1
	from       string     // page of the site that led here, "" for none
	key        string     // of the page that tells of it
	device     string     // hash that Known was found by
	knownAt    chat.Time  // when Known was looked up
	network    string
	near       bool // the network is this machine
	spared     bool // no rule invites them in this visit
	heard      chat.Time
	left       chat.Time // when its page went; 0 while it stands open
	rev        int64     // of the site, when it changed last
}

// move notes another page.
func (v *Visit) move(p Page) {
	if v.Page.URL == p.URL {
		v.Page.Title = p.Title
		return
	}
	v.earlier = append(v.earlier, v.Page)
	if over := len(v.earlier) - (maxPages - 1); over > 0 {
		v.earlier = append(v.earlier[:0], v.earlier[over:]...)
	}
	v.Page = p
	v.Pages++
}

// ledTo reports whether its page led to one that says where it was reached from. A visit
// of somebody known stays theirs alone.
func (v *Visit) ledTo(from, device string) bool {
	return from != "" && from == v.Page.URL && v.may(device)
}

// again reports whether its page is loaded again, which brings nobody from elsewhere.
func (v *Visit) again(url, source, device string) bool {
	return url == v.Page.URL && (source == "" || source == v.Source) && v.may(device)
}

// may reports whether a browser can be the one that the visit is known by.
func (v *Visit) may(device string) bool { return v.device == "" || v.device == device }

// over reports whether a visit has ended, swept or not.
func (v *Visit) over(now chat.Time) bool {
	return now-v.heard >= silence || v.left > 0 && now-v.left >= leaving
}

// weight is about what a visit holds in memory beyond its own fields, in bytes.
func (v *Visit) weight() int {
	sum := len(v.Page.URL) + len(v.Page.Title) + len(v.Source) + len(v.from) + len(v.Known.Name) + len(v.Invitation.Text)
	for _, p := range v.earlier {
		sum += len(p.URL) + len(p.Title) + pageSize
	}
	return sum
}

// path are the pages of a visit, the latest first.
func (v *Visit) path() []Page {
	out := []Page{v.Page}
	for i := len(v.earlier) - 1; i >= 0; i-- {
		out = append(out, v.earlier[i])
	}
	return out
}
