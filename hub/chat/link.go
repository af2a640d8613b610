package chat

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// LinkPreview is what the page that a message's first link leads to says of itself.
// Its address stands in the message alone: what is kept is found by its Key.
type LinkPreview struct {
	ConversationID string
	SiteID         string
	Key            string // of the link, LinkKey
	URL            string // the link itself; it is not stored
	Host           string // of the page, behind all redirects
	Name           string // of its site, "" where it says none
	Title          string // "" where nothing could be read
	Text           string
	Until          Time // when it is forgotten
}

// How long what a page said is kept, and that nothing could be read.
const (
	KeepLink       = 7 * 24 * time.Hour
	KeepFailedLink = 24 * time.Hour
)

// Bounds of what a page may say, in code points: a name and a title stand in a line
// each, the text in two.
const (
	maxLinkName  = 60
	maxLinkTitle = 120
	maxLinkText  = 200
	maxLinkHost  = 253
)

// Clean makes the words of a stranger's page fit to show.
func (l *LinkPreview) Clean() {
	l.Host = CleanLine(l.Host, maxLinkHost)
	l.Name = CleanLine(l.Name, maxLinkName)
	l.Title = CleanLine(l.Title, maxLinkTitle)
	l.Text = CleanLine(l.Text, maxLinkText)
	if l.Name == l.Title || l.Name == l.Host {
		l.Name = ""
	}
	if l.Text == l.Title {
		l.Text = ""
	}
}

// linkForm is an address in a message's words as browsers of both sides find it.
var linkForm = regexp.MustCompile(`https?://[^\s<>"]+`)

// FirstLink is the first link in what somebody wrote, as it is opened; "" where there
// is none, or where opening it could do harm, see SafeLink.
func (m *Message) FirstLink() string {
	if m.Kind != Reply || !strings.Contains(m.Text, "https://") {
		return ""
	}
	said := strings.TrimRight(linkForm.FindString(m.Text), `.,;:!?'"`)
	if strings.HasSuffix(said, ")") && !strings.Contains(said, "(") {
		said = said[:len(said)-1] // it ends a bracket that was opened before it
	}
	if i := strings.Index(said, "]("); i > 0 {
		return "" // a label that is an address itself
	}
	if u, ok := SafeLink(said); ok {
		return u.String()
	}
	return ""
}

// LinkKey is under which the preview of a link is kept.
func LinkKey(link string) string {
	sum := sha256.Sum256([]byte(link))
	return hex.EncodeToString(sum[:16])
}

// SafeLink reads an address and reports whether the server may open it by itself:
// one of https at its own port, by a name of the public internet, without a password,
// and with nothing in it that looks like a secret. Opening a link to set a new
// password could use it up.
func SafeLink(s string) (*url.URL, bool) {
	if len(s) > MaxURL {
		return nil, false
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Opaque != "" || u.Port() != "" && u.Port() != "443" {
		return nil, false
	}
	u.Host = strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if !openName(u.Host) || secretive(u) {
		return nil, false
	}
	u.Fragment, u.RawFragment, u.ForceQuery = "", "", false
	if u.Path == "" {
		u.Path = "/"
	}
	return u, true
}

// inner are names that lead nowhere on the public internet, or only behind a door.
var inner = []string{"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid", "onion", "arpa", "localdomain"}

// openName reports whether a host may be somebody's on the public internet. It
// leaves out addresses in any spelling: their last part is a number.
func openName(host string) bool {
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	if len(labels) < 2 || len(host) > maxLinkHost || strings.ContainsAny(host, ":[]%_") || last == "" || last[0] >= '0' && last[0] <= '9' {
		return false
	}
	for _, name := range inner {
		if last == name {
			return false
		}
	}
	return true
}
