package chat

// Hands is what one agent has on a site; of nobody it is what waits in the queue.
type Hands struct {
	AgentID    string // "" for nobody
	Has        int64  // conversations that are waiting or open
	Unanswered int64  // of these, in how many the customer waits for a person's answer
	Since      Time   // since when the first of those waits, zero for none
}
