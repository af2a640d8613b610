package chat

// Absence is a time in which an agent is not there to keep promises. What falls
// into it is handed on.
type Absence struct {
	ID      string
	AgentID string
	ToID    string // the colleague who answers meanwhile, "" for anyone
	ByID    string // the agent who said so
	MadeAt  Time
	Until   Time // zero without an end: they do not work here any more
	EndedAt Time // when somebody ended it, zero for nobody
}

// Clean reports the first field that is out of its bounds at now.
func (a *Absence) Clean(now Time) error {
	if a.ToID == a.AgentID {
		return FailField("to_id", "Choose a colleague, or anyone.")
	}
	if a.Until == 0 {
		return nil
	}
	return checkDue("until", a.Until, now)
}

// Stands reports whether the agent is away at now.
func (a *Absence) Stands(now Time) bool {
	return a.EndedAt == 0 && (a.Until == 0 || now < a.Until)
}

// Covers reports whether something of the promise falls into what is left of the
// absence: it is due by then, or overdue already, or they are to hear by then.
func (a *Absence) Covers(p *Promise, now Time) bool {
	switch {
	case !a.Stands(now):
		return false
	case a.Until == 0:
		return true
	}
	return p.DueAt < a.Until || p.NextAt > now && p.NextAt < a.Until
}
