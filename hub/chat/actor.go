package chat

// Kind tells who acts or writes.
type Kind string

const (
	ByPerson Kind = "person"
	ByAgent  Kind = "agent"
	BySystem Kind = "system"
)

// Actor is who does something. It is an argument of every use-case, never
// hidden in a context.
type Actor struct {
	Kind Kind
	ID   string // the person's or the agent's; "" for the system
	Role Role   // agents only
	Site string // persons only: the site they are on
}

// System acts by itself: migrations, timers, automatic replies.
var System = Actor{Kind: BySystem}

// Role of an agent, from most to least.
type Role string

const (
	Owner      Role = "owner"
	Admin      Role = "admin"
	Supervisor Role = "supervisor"
	AgentRole  Role = "agent"
)

var rank = map[Role]int{Owner: 4, Admin: 3, Supervisor: 2, AgentRole: 1}

// Valid reports whether r is one of the four roles.
func (r Role) Valid() bool { return rank[r] > 0 }

// AtLeast reports whether r may do what other may.
func (r Role) AtLeast(other Role) bool { return rank[r] >= rank[other] }
