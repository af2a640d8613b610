package chat

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Site is one embed: a public key, the origins that may show it, its look and
// its words. An installation has many.
type Site struct {
	ID        string
	Key       string // public; stands in data-site
	CreatedAt Time
	SiteSettings
}

// SiteSettings is what an owner edits.
type SiteSettings struct {
	Name           string        `json:"name"`
	Color          string        `json:"color"` // "#rrggbb"
	Position       string        `json:"position"`
	Greeting       string        `json:"greeting"`
	ReplyNote      string        `json:"reply_note"`
	AllowedOrigins []string      `json:"allowed_origins"`
	TrackPages     bool          `json:"track_pages"`
	NoFiles        bool          `json:"no_files,omitempty"`       // customers may not send any
	NoTranscripts  bool          `json:"no_transcripts,omitempty"` // customers may not have conversations sent to them by e-mail
	LinkPreviews   bool          `json:"link_previews,omitempty"`  // the server opens the pages of links, to show their titles
	Disabled       bool          `json:"disabled,omitempty"`       // its button is gone, and nobody new may write
	Start          Start         `json:"start,omitzero"`
	Trade          string        `json:"trade"` // which set it began with, one of Trades
	Facts          Facts         `json:"facts"`
	After          After         `json:"after"`
	Form           Form          `json:"form"`
	Look           Look          `json:"look"`
	RootCauses     []string      `json:"root_causes,omitempty"` // of complaints, beside those that every site has
	Jargon         []Jargon      `json:"jargon,omitempty"`      // beside what every office says
	Late           Late          `json:"late,omitempty"`        // what customers are told about delays, where it is not our own words
	Hours          Hours         `json:"hours,omitzero"`
	Routing        Routing       `json:"routing"`
	Waiting        WaitRules     `json:"waiting,omitzero"`
	Handover       HandoverRules `json:"handover,omitzero"`
	Identity       IdentityRules `json:"identity,omitzero"`
	Visitors       VisitorRules  `json:"visitors,omitzero"`
	Retention      Retention     `json:"retention,omitzero"`
	Inviting       Inviting      `json:"inviting,omitzero"`
	Oversight      Oversight     `json:"oversight,omitzero"`
}

// After is what the site does by itself once a conversation is closed. A new site
// does nothing: its owner says so first.
type After struct {
	AskByMail    bool   `json:"ask_by_mail"`    // whether customers who have left are asked by e-mail if it is solved
	FollowUpDays int64  `json:"follow_up_days"` // working days after which they hear from us once more, 0 for never
	FollowUpText string `json:"follow_up_text"` // what they hear then, with variables as in a template

	// FollowUpTemplateID is the template whose words are said instead, as they are
	// when a conversation closes; FollowUpText once it is gone, and where it is "".
	FollowUpTemplateID string `json:"follow_up_template_id"`
}

// maxFollowUpDays bounds After.FollowUpDays.
const maxFollowUpDays = 5

func (a *After) clean() (err error) {
	if a.FollowUpDays < 0 || a.FollowUpDays > maxFollowUpDays {
		return FailField("follow_up_days", "A follow-up comes 1 to %d working days later, or 0 for never.", maxFollowUpDays)
	}
	if a.FollowUpTemplateID != "" && !ValidID(a.FollowUpTemplateID) {
		return FailField("follow_up_template_id", "This is not an id.")
	}
	if a.FollowUpText, err = CleanMaybe("follow_up_text", a.FollowUpText, MaxText); err != nil {
		return err
	}
	if a.FollowUpDays > 0 && a.FollowUpText == "" {
		return FailField("follow_up_text", "Write what they hear then.")
	}
	return nil
}

// Facts are the five things that an owner tells once and templates say
// everywhere; each may be "".
type Facts struct {
	Returns  string `json:"returns"`
	Delivery string `json:"delivery"`
	Price    string `json:"price"`
	Phone    string `json:"phone"`
	Tone     string `json:"tone"` // the words with which they say goodbye
}

// Trades have a starter set each.
var Trades = []string{"shop", "software", "clinic"}

// maxFact bounds a fact, in code points.
const maxFact = 300

func (f *Facts) clean() {
	for _, fact := range []*string{&f.Returns, &f.Delivery, &f.Price, &f.Phone, &f.Tone} {
		*fact = CleanLine(*fact, maxFact)
	}
}

// DefaultSettings are those of a new site.
func DefaultSettings(name string) SiteSettings {
	return SiteSettings{
		Name: name, Color: "#2f6f5e", Position: "right",
		Greeting:   "Hello! What can we do for you?",
		ReplyNote:  "We usually answer within a few minutes.",
		TrackPages: true,
		Trade:      Trades[0],
		Look:       DefaultLook(),
		Form:       DefaultForm(),
		Waiting:    DefaultWaiting(),
		Routing:    DefaultRouting(),
		Start:      Start{Screen: 1},
		Handover:   DefaultHandover(),
	}
}

// maxSaid bounds a greeting and what stands beside it, in code points.
const maxSaid = 200

var colorForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Validate cleans the settings in place and reports the first field that is out
// of its bounds.
func (s *SiteSettings) Validate() error {
	s.Name = CleanLine(s.Name, MaxName)
	if s.Name == "" {
		return FailField("name", "Give the site a name; visitors read it at the top of the chat.")
	}
	s.Color = strings.ToLower(s.Color)
	if !colorForm.MatchString(s.Color) {
		return FailField("color", "Write the colour as # and six hexadecimal digits, for example #2f6f5e.")
	}
	if s.Position != "right" && s.Position != "left" {
		return FailField("position", "The launcher stands at the right or at the left.")
	}
	s.Greeting = CleanLine(s.Greeting, maxSaid)
	s.ReplyNote = CleanLine(s.ReplyNote, maxSaid)
	s.Facts.clean()
	if err := s.Start.clean(); err != nil {
		return err
	}
	if err := s.Look.clean(); err != nil {
		return err
	}
	if err := s.Form.clean(); err != nil {
		return err
	}
	if err := s.After.clean(); err != nil {
		return err
	}
	if err := s.Routing.clean(); err != nil {
		return err
	}
	if err := s.Handover.clean(); err != nil {
		return err
	}
	if err := s.Retention.clean(); err != nil {
		return err
	}
	if s.Trade == "" {
		s.Trade = Trades[0] // a site from before there were three
	}
	if !slices.Contains(Trades, s.Trade) {
		return FailField("trade", "%q is not among %v.", s.Trade, Trades)
	}
	causes, err := CleanRootCauses(s.RootCauses)
	if err != nil {
		return err
	}
	s.RootCauses = causes
	if s.Jargon, err = CleanJargon(s.Jargon); err != nil {
		return err
	}
	if s.Late, err = CleanLate(s.Late); err != nil {
		return err
	}
	if err := s.Hours.clean(); err != nil {
		return err
	}
	if err := s.Waiting.clean(); err != nil {
		return err
	}
	if err := s.Inviting.clean(); err != nil {
		return err
	}
	if len(s.AllowedOrigins) > 50 {
		return FailField("allowed_origins", "At most 50 origins.")
	}
	for i, o := range s.AllowedOrigins {
		clean, err := CleanOrigin(o)
		if err != nil {
			return err
		}
		s.AllowedOrigins[i] = clean
	}
	return nil
}

// CleanOrigin brings an origin into its canonical form: scheme, host in lower
// case, a port only where it is not the scheme's own. The first label may be *.
func CleanOrigin(s string) (string, error) {
	s = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(s), "/"))
	u, err := url.Parse(strings.Replace(s, "://*.", "://", 1))
	switch {
	case err != nil, u.Host == "", u.Scheme != "http" && u.Scheme != "https",
		u.Path != "", u.RawQuery != "", u.Fragment != "", u.User != nil, strings.ContainsAny(u.Host, "*;, '\""):
		return "", FailField("allowed_origins", "%q is not an origin. Write it like https://shop.example or https://*.shop.example.", s)
	}
	host := u.Host
	if (u.Scheme == "https" && u.Port() == "443") || (u.Scheme == "http" && u.Port() == "80") {
		host = strings.TrimSuffix(host, ":"+u.Port()) // the brackets of an IPv6 address stay
	}
	if strings.Contains(s, "://*.") {
		host = "*." + host
	}
	return u.Scheme + "://" + host, nil
}

// OriginAllowed reports whether origin matches one of the allowed ones. An
// asterisk stands for one or more whole labels, never for a part of one.
func OriginAllowed(allowed []string, origin string) bool {
	for _, a := range allowed {
		if a == origin {
			return true
		}
		if scheme, rest, ok := strings.Cut(a, "://*."); ok {
			if s, host, ok := strings.Cut(origin, "://"); ok && s == scheme && strings.HasSuffix(host, "."+rest) && len(host) > len(rest)+1 {
				return true
			}
		}
	}
	return false
}

// IdentitySecret signs the identities of one site's customers. The algorithm is
// fixed by the key, never by the token.
type IdentitySecret struct {
	KID       string
	SiteID    string
	Secret    string
	CreatedAt Time
	RetiresAt Time // zero while current; refused from then on

	// Of one that is on its way out: how often customers still came with it since its
	// successor was made, and when last.
	Uses   int64
	UsedAt Time
}
