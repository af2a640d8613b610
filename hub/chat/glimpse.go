package chat

// Kinds of glimpses.
const (
	GlimpseOfSite = "site" // with settings that nobody has saved yet
	GlimpseOfRule = "rule" // that invites
)

// MaxGlimpse bounds the body of a glimpse, in bytes.
const MaxGlimpse = 256 << 10

// Glimpse is something of a site that whoever sets it up looks at, saved or not. It is
// found by a token, for a while.
type Glimpse struct {
	TokenHash string
	Kind      string
	SiteID    string
	Body      string // JSON of what is looked at
	Until     Time
}

// Validate reports what makes a glimpse unfit to be kept.
func (g *Glimpse) Validate() error {
	switch {
	case g.TokenHash == "" || g.SiteID == "" || g.Kind != GlimpseOfSite && g.Kind != GlimpseOfRule:
		return Fail(Invalid, "This cannot be shown.")
	case len(g.Body) > MaxGlimpse:
		return Fail(TooLarge, "This is too much to be shown before it is saved.")
	}
	return nil
}
