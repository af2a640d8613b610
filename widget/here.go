package widget

import (
	"context"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/visitors"
	"rapport/static"
)

// maxBeacon holds two addresses and a title, all of them escaped.
const maxBeacon = 16 << 10

var (
	beaconKey  = regexp.MustCompile(`^[0-9a-f]{32}$`)
	deviceHash = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// beacon is what an open page tells of itself where the site looks around.
type beacon struct {
	Site     string `json:"site"` // public key
	ID       string `json:"id"`   // made up by the page, in its memory only
	URL      string `json:"url"`
	Title    string `json:"title"`
	Referrer string `json:"referrer"`
	Device   string `json:"device"` // hash of the secret that the browser keeps, "" where it keeps none
	Hidden   bool   `json:"hidden"`
	Gone     bool   `json:"gone"`
	Locale   string `json:"locale"` // in which an invitation's buttons speak
	Said     string `json:"said"`   // what has become of the invitation, "" for nothing new
	Visits   int64  `json:"visits"` // with this one, 0 where the browser does not count
	// Events are those that the page has reported and the last answer asked for.
	Events []string `json:"events"`
	// Try is what its owner follows to see a rule's invitation: nothing is noted then.
	Try string `json:"try"`
}

// here notes that a page stands open. POST /v1/widget/here
func (d *Door) here(c *fiber.Ctx) error {
	var b beacon
	if err := door.Beacon(c, maxBeacon, &b); err != nil {
		return err
	}
	site, err := d.Store.SiteByKey(c.UserContext(), b.Site)
	if err != nil {
		return err
	}
	origin := c.Get(fiber.HeaderOrigin)
	if !d.own(origin) && !chat.OriginAllowed(site.AllowedOrigins, origin) {
		return chat.Fail(chat.BadOrigin, "This page may not talk to %s. Its owner allows origins on the Site page.", site.Name)
	}
	c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
	c.Vary(fiber.HeaderOrigin)
	if b.Try != "" {
		return d.tried(c, site, &b)
	}
	if !site.LooksAround() {
		return chat.Fail(chat.Forbidden, "%s does not look around.", site.Name)
	}
	if !beaconKey.MatchString(b.ID) {
		return chat.FailField("id", "An id is 32 hexadecimal digits.")
	}
	if !slices.Contains([]string{"", visitors.Shown, visitors.Answered, visitors.Declined}, b.Said) {
		return chat.FailField("said", "An invitation is shown, answered or declined.")
	}
	if len(b.Events) > maxEvents {
		return chat.FailField("events", "At most %d events.", maxEvents)
	}
	if b.Gone {
		d.Visitors.Left(site.ID, b.ID)
		return c.JSON(fiber.Map{"every": visitors.Every})
	}
	seen, err := d.seen(c, site, origin, &b)
	if err != nil {
		return err
	}
	if err := d.Visitors.Seen(site.ID, seen); err != nil {
		return err
	}
	if err := d.heard(c.UserContext(), site, &b, seen.Known.ID); err != nil {
		return err
	}
	answer := hereAnswer{Every: visitors.Every}
	if err := d.byRule(c, site, &b, &answer); err != nil {
		return err
	}
	if i := d.Visitors.Waiting(site.ID, b.ID); i.State != "" {
		words := static.InviteWords(static.Locale(site.Look.Locales, b.Locale, c.Get(fiber.HeaderAcceptLanguage)))
		answer.Invitation = &invitation{From: i.From, Text: i.Text, Token: i.Token, Words: words}
	}
	return c.JSON(answer)
}

// hereAnswer is what a page hears when it has told of itself.
type hereAnswer struct {
	Every      chat.Time   `json:"every"`            // ms until it tells again
	Events     []string    `json:"events,omitempty"` // those that a rule waits for
	Invitation *invitation `json:"invitation,omitempty"`
}

// invitation is what an agent or a rule says to whoever looks around, with the words
// around it.
type invitation struct {
	From  string          `json:"from"`
	Text  string          `json:"text"`
	Token string          `json:"token,omitempty"` // of a rule's, which answering it takes along
	Words json.RawMessage `json:"words"`
}

// seen is what the list is told: hosts and addresses without what stands behind them.
func (d *Door) seen(c *fiber.Ctx, site *chat.Site, origin string, b *beacon) (visitors.Beacon, error) {
	where := brief(bare(b.URL), origin)
	if where == "" || pageOrigin(where) != origin {
		return visitors.Beacon{}, chat.FailField("url", "A page has an address of its own origin.")
	}
	out := visitors.Beacon{
		Key: b.ID, Network: door.IPKey(c), Near: door.Local(c), Hidden: b.Hidden, Visits: min(max(b.Visits, 0), maxVisits),
		Page: visitors.Page{URL: where, Title: chat.CleanLine(b.Title, chat.MaxTitle)},
	}
	if from := pageOrigin(b.Referrer); from == origin {
		out.From = brief(bare(b.Referrer), origin)
	} else if u, err := url.Parse(from); err == nil {
		out.Source = u.Host
	}
	if !deviceHash.MatchString(b.Device) {
		return out, nil
	}
	out.Device = b.Device
	var known bool
	if out.Known, known = d.Visitors.KnownBy(site.ID, b.ID, b.Device); known {
		return out, nil
	}
	var err error
	out.Fresh = true
	out.Known, err = d.knownBy(c.UserContext(), site.ID, b.Device)
	return out, err
}

// bare is a web address without query, fragment and whoever it names; "" for what is
// none.
func bare(address string) string {
	clean, err := pageURL(address)
	if err != nil {
		return ""
	}
	u, err := url.Parse(clean)
	if err != nil {
		return ""
	}
	u.RawQuery, u.ForceQuery = "", false
	return u.String()
}

// maxAddress bounds the addresses that the list holds, in bytes.
const maxAddress = 300

// brief is an address of an origin cut to maxAddress where no character and no escape
// is cut in two.
func brief(address, origin string) string {
	if len(address) <= maxAddress {
		return address
	}
	const longest = len("%F0%9F%92%A1") // character that is escaped
	for n := maxAddress; n > maxAddress-longest; n-- {
		if plain, err := url.PathUnescape(address[:n]); err == nil && utf8.ValidString(plain) {
			return strings.Clone(address[:n])
		}
	}
	return origin + "/" // its bytes are no text
}

// knownBy is the customer that a browser's secret leads to; nobody where it leads
// nowhere, or to another site.
func (d *Door) knownBy(ctx context.Context, siteID, hash string) (visitors.Known, error) {
	nobody := visitors.Known{}
	id, err := d.Store.DeviceOfSecret(ctx, hash)
	if err != nil {
		return nobody, unlessAbsent(err)
	}
	device, err := d.Store.Device(ctx, id)
	if err != nil || device.SiteID != siteID || device.RevokedAt > 0 {
		return nobody, unlessAbsent(err)
	}
	person, err := d.Store.Person(ctx, device.PersonID)
	if err != nil {
		return nobody, unlessAbsent(err)
	}
	rows, err := d.Store.PersonChats(ctx, person.ID, 1)
	if err != nil {
		return nobody, err
	}
	who := visitors.Known{ID: person.ID, Name: person.Name, Blocked: person.BlockedAt > 0, Segment: person.Segment}
	for _, a := range person.Attributes {
		if strings.EqualFold(a.Key, chat.LoyaltyKey) {
			who.Loyalty = a.Value
		}
	}
	if len(rows) > 0 {
		who.ConversationID, who.Talks = rows[0].ID, rows[0].State != chat.Closed
	}
	return who, nil
}

func unlessAbsent(err error) error {
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	return err
}
