package search

import "strings"

// Facet is a token that says something about a message beside its words: no text
// has one, since a text's tokens do not begin with this sign.
func Facet(name, id string) string { return "§" + name + strings.ReplaceAll(id, "-", "") }

// Facets that stand in front of a line.
const (
	facetSite  = "s"
	facetAgent = "a"
)

// OnSite is the token of messages on a site, OfAgent of those that an agent wrote.
func OnSite(id string) string  { return Facet(facetSite, id) }
func OfAgent(id string) string { return Facet(facetAgent, id) }

// Tokens of messages with files, and of notes.
var (
	WithFile = Facet("f", "")
	IsNote   = Facet("n", "")
)
