package chat

// Hands is what one agent has on a site; of nobody it is what waits in the queue.
type Hands struct {
	AgentID    string // "" for nobody
	Has        int64  // conversations that are waiting or open
	Unanswered int64  // of these, in how many the customer waits for a person's answer
	Since      Time   // since when the first of those waits, zero for none
}

// Add counts one conversation more, whose customer waits since then; zero where they
// do not wait.
func (h *Hands) Add(since Time) {
	h.Has++
	if since == 0 {
		return
	}
	h.Unanswered++
	if h.Since == 0 || since < h.Since {
		h.Since = since
	}
}
