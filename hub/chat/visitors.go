package chat

// InvitationKey is the attribute under which a page gives the visitor's own panel the
// words of the invitation that it showed. It is never kept: a page could say anything
// in an agent's name.
const InvitationKey = "invitation"

// VisitorRules are what a site's team sees of those who only look around. A new
// site shows nothing: its owner says so first.
type VisitorRules struct {
	Listed bool `json:"listed"` // pages that are open stand in the console's list of visitors
}
