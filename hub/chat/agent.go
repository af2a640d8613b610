package chat

// Agent answers conversations.
type Agent struct {
	ID      string
	Email   string
	Name    string
	Picture string
	Role    Role
	Own     Rights // of a role of the installation's own; the store reads it with the agent
	// Complaints: trained for them, so that they are marked for this agent first.
	Complaints   bool
	Work         Work
	Second       bool // signs in with a second step; the store reads it with the agent
	PasswordHash string
	CreatedAt    Time
	DisabledAt   Time // zero while they may sign in
}

// Rights are what the agent's role allows.
func (a *Agent) Rights() Rights { return a.Role.Rights() | a.Own }

// May reports whether the agent has this permission.
func (a *Agent) May(p Permission) bool { return a.Rights().Has(p) }

// Answers reports whether somebody may sign in and answer customers.
func (a *Agent) Answers() bool { return a.DisabledAt == 0 && a.May(AnswerCustomers) }

// Actor is the agent as a use-case knows them.
func (a *Agent) Actor() Actor { return Actor{Kind: ByAgent, ID: a.ID, Role: a.Role, Own: a.Own} }

// AgentSession is one browser in which an agent is signed in.
type AgentSession struct {
	ID         string
	AgentID    string
	Generation int64 // raised by each rotation of the cookie
	RotatedAt  Time
	// ConfirmedAt is when the browser first showed the latest generation; zero
	// until then. The one before works up to that and for a short grace after it,
	// so that an answer lost on the way signs nobody out.
	ConfirmedAt Time
	UserAgent   string
	IP          string
	CreatedAt   Time
	SeenAt      Time
	ExpiresAt   Time
	RevokedAt   Time
}

// Invitation lets somebody become an agent, or the owner at set-up.
type Invitation struct {
	ID        string
	TokenHash string
	Email     string
	Role      Role
	Teams     []string // ids of those that they will be in
	CreatedBy string   // agent id; "" for the set-up link
	CreatedAt Time
	ExpiresAt Time
	UsedAt    Time
}
