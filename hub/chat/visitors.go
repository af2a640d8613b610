package chat

// VisitorRules are what a site's team sees of those who only look around. A new
// site shows nothing: its owner says so first.
type VisitorRules struct {
	Listed bool `json:"listed"` // pages that are open stand in the console's list of visitors
}
