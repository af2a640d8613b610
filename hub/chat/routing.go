package chat

// Routing is how a site's conversations find somebody. A new site leaves it to
// its people.
type Routing struct {
	// AwayMinutes is how long the console may lie untouched until its agent is
	// away by itself, 0 for never.
	AwayMinutes int64 `json:"away_minutes"`
}

// MaxAwayMinutes bounds Routing.AwayMinutes; the least is MinAwayMinutes, so that
// the warning has its minute.
const (
	MinAwayMinutes     = 3
	MaxAwayMinutes     = 240
	defaultAwayMinutes = 10
)

func (r *Routing) clean() error {
	if r.AwayMinutes != 0 && (r.AwayMinutes < MinAwayMinutes || r.AwayMinutes > MaxAwayMinutes) {
		return FailField("away_minutes", "Away after %d to %d minutes, or 0 for never.", MinAwayMinutes, MaxAwayMinutes)
	}
	return nil
}
