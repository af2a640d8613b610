package cycle

import "rapport/hub/chat"

// Farewell is what words do at the end of a conversation.
type Farewell struct {
	Thanks  bool // they thank
	Invites bool // they invite to come back
	Asks    bool // they ask whether it is solved, or how it was
}

// ReadFarewell reads the body of a template of the Closing step.
func ReadFarewell(body string) Farewell {
	t := listen(body, names{}, chat.Closing)
	shows := func(r Rule) bool { return t.first(english().rules[r]) >= 0 }
	return Farewell{Thanks: shows("thanked"), Invites: shows("invited_back"), Asks: shows("solved_asked") || shows("rating_asked")}
}
