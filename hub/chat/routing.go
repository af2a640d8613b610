package chat

import "slices"

// Modes of Routing: who gives a conversation to whom.
const (
	RouteByHand = ""       // people take what they see in the queue
	RouteOffer  = "offer"  // it is held out to one after the other
	RouteAssign = "assign" // it is theirs at once
)

// Routing is how a site's conversations find somebody. A new site leaves it to
// its people.
type Routing struct {
	Mode string `json:"mode"`
	// OfferSeconds is how long an agent has to take what they are offered.
	OfferSeconds int64 `json:"offer_seconds"`
	// WrapUpSeconds is how long nothing new comes to an agent who has just closed a
	// conversation, 0 for at once.
	WrapUpSeconds int64 `json:"wrap_up_seconds"`
	// GraceSeconds is how long an agent whose connection is gone keeps what is theirs.
	GraceSeconds int64 `json:"grace_seconds"`
	// VIPSegments are those whose customers get a head start in the queue.
	VIPSegments []string `json:"vip_segments"`
	// VIPAttribute is another rule for that: a key and a value as the site's own
	// server signed them, "" for none.
	VIPAttribute string `json:"vip_attribute"`
	VIPValue     string `json:"vip_value"`
	// AwayMinutes is how long the console may lie untouched until its agent is
	// away by itself, 0 for never.
	AwayMinutes int64 `json:"away_minutes"`
}

// Bounds of Routing. Away takes three minutes at least, so that the warning has
// its own.
const (
	MinAwayMinutes     = 3
	MaxAwayMinutes     = 240
	defaultAwayMinutes = 10

	minOfferSeconds, maxOfferSeconds, defaultOfferSeconds = 10, 300, 30
	minGraceSeconds, maxGraceSeconds, defaultGraceSeconds = 10, 3600, 120
	maxWrapUpSeconds                                      = 600
)

// DefaultRouting is that of a new site.
func DefaultRouting() Routing {
	return Routing{OfferSeconds: defaultOfferSeconds, GraceSeconds: defaultGraceSeconds, AwayMinutes: defaultAwayMinutes, VIPSegments: []string{}}
}

func (r *Routing) clean() error {
	// A site from before these were asked for has zeros.
	if r.OfferSeconds == 0 {
		r.OfferSeconds = defaultOfferSeconds
	}
	if r.GraceSeconds == 0 {
		r.GraceSeconds = defaultGraceSeconds
	}
	switch {
	case r.Mode != RouteByHand && r.Mode != RouteOffer && r.Mode != RouteAssign:
		return FailField("mode", "Conversations are taken by hand, offered or assigned.")
	case r.OfferSeconds < minOfferSeconds || r.OfferSeconds > maxOfferSeconds:
		return FailField("offer_seconds", "An offer stands %d to %d seconds.", minOfferSeconds, maxOfferSeconds)
	case r.WrapUpSeconds < 0 || r.WrapUpSeconds > maxWrapUpSeconds:
		return FailField("wrap_up_seconds", "Writing up takes at most %d seconds, or 0.", maxWrapUpSeconds)
	case r.GraceSeconds < minGraceSeconds || r.GraceSeconds > maxGraceSeconds:
		return FailField("grace_seconds", "Who is gone keeps what is theirs for %d to %d seconds.", minGraceSeconds, maxGraceSeconds)
	case r.AwayMinutes != 0 && (r.AwayMinutes < MinAwayMinutes || r.AwayMinutes > MaxAwayMinutes):
		return FailField("away_minutes", "Away after %d to %d minutes, or 0 for never.", MinAwayMinutes, MaxAwayMinutes)
	}
	for _, s := range r.VIPSegments {
		if !slices.Contains(Segments, s) {
			return FailField("vip_segments", "%q is not among %v.", CleanLine(s, MaxKey), Segments)
		}
	}
	r.VIPSegments = slices.Compact(slices.Sorted(slices.Values(r.VIPSegments)))
	if r.VIPSegments == nil {
		r.VIPSegments = []string{}
	}
	r.VIPAttribute, r.VIPValue = CleanLine(r.VIPAttribute, MaxKey), CleanLine(r.VIPValue, MaxValue)
	return nil
}

// VIP reports whether a customer gets a head start. Only what the site's own server
// has signed counts: anybody can say of themselves that they are important.
func (r *Routing) VIP(p *Person) bool {
	if p.Segment != "" && slices.Contains(r.VIPSegments, p.Segment) {
		return true
	}
	return r.VIPAttribute != "" && slices.Contains(p.Attributes, Attribute{Key: r.VIPAttribute, Value: r.VIPValue, Verified: true})
}
