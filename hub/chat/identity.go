package chat

// IdentityRules are whom a site talks with.
type IdentityRules struct {
	// Required: only customers whom the site's own server vouches for begin a
	// conversation, or open a closed one again. What is under way goes on.
	Required bool `json:"required"`
}

// ErrIdentityNeeded is what somebody hears whom nobody vouches for.
func ErrIdentityNeeded(s *Site) *Failure {
	return Fail(IdentityNeeded, "%s talks with customers who are signed in. Sign in on its page first.", s.Name)
}
