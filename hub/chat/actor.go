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
	Own  Rights // agents whose role is one of the installation's own: what it allows
	Site string // of a person the site they are on, of the system the one whose API key it acts for; else ""
}

// System acts by itself: migrations, timers, automatic replies.
var System = Actor{Kind: BySystem}

// May reports whether an agent has this permission. Persons and the system have
// none: what they do stands in the use-cases.
func (a Actor) May(p Permission) bool {
	return a.Kind == ByAgent && (a.Role.Rights() | a.Own).Has(p)
}
