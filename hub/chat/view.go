package chat

// SavedView is a search that is kept with a name: a list of one agent's own, or
// of the whole team.
type SavedView struct {
	ID      string
	AgentID string // whose it is, "" for the team's
	ByID    string // the agent who wrote it last
	Name    string
	Query   string // in the language of package search
	// Position orders an agent's own views, and the team's, each among themselves.
	Position  int64
	ChangedAt Time
}

// Bounds of saved views: how many one agent, and the team, may keep, and their
// names in code points.
const (
	MaxViews    = 30
	MaxViewName = 40
)

// Validate makes a view fit to store. Whoever stores it has read its query.
func (v *SavedView) Validate() error {
	v.Name = CleanLine(v.Name, MaxViewName)
	if v.Name == "" {
		return FailField("name", "Give the view a name.")
	}
	return nil
}
