package chat

// HandoverRules are how a site's conversations change hands.
type HandoverRules struct {
	// AcceptSeconds is how long somebody has to take what a colleague hands them,
	// before it returns or goes to the next of their team.
	AcceptSeconds int64 `json:"accept_seconds"`
}

// Bounds of HandoverRules.
const (
	minAcceptSeconds, maxAcceptSeconds, defaultAcceptSeconds = 15, 900, 60
)

// DefaultHandover is that of a new site.
func DefaultHandover() HandoverRules { return HandoverRules{AcceptSeconds: defaultAcceptSeconds} }

func (h *HandoverRules) clean() error {
	if h.AcceptSeconds == 0 { // a site from before this was asked for
		h.AcceptSeconds = defaultAcceptSeconds
	}
	if h.AcceptSeconds < minAcceptSeconds || h.AcceptSeconds > maxAcceptSeconds {
		return FailField("accept_seconds", "A handover is taken within %d to %d seconds.", minAcceptSeconds, maxAcceptSeconds)
	}
	return nil
}

// MaxHandoverNote bounds what is written for whoever carries on, in code points.
const MaxHandoverNote = 2_000

// Handing is what somebody reads of a conversation that is handed to them, or that
// they are asked to join, before they do.
type Handing struct {
	From       AgentCard // who has it
	By         AgentCard // who asks: From, or somebody who may take it over from them
	Joins      bool      // they are asked to join
	Team       string    // its name, "" where they alone were asked
	Note       string
	Step       Step
	Need       string
	PromisedAt Time // when the first open promise of ours is due, zero for none
}
