package chat

import (
	"slices"
	"strings"
	"time"
)

// Merge is that one profile leads to another since: two of one customer.
// Conversations, notes and whatever else belongs to either stay where they are.
type Merge struct {
	ID     string
	FromID string
	IntoID string // the profile that stayed
	ByID   string // the agent who did it; "" where a browser signed in
	// Devices are the browsers that led to FromID then; none once it is undone.
	Devices []string
	// Filled are the names of what the one that stayed had not and got: "name", "email",
	// "segment", "blocked", and "attribute:" with a key.
	Filled   []string
	At       Time
	UndoneAt Time // zero while it stands
}

// MergeUndoFor is how long an agent can undo a merge of theirs.
const MergeUndoFor = 30 * 24 * time.Hour

// UndoUntil is when undoing it ends.
func (m *Merge) UndoUntil() Time { return m.At.Add(MergeUndoFor) }

const filledAttribute = "attribute:"

// AsAccount is a profile as a merge has to see it: whom the site knows by an identity
// is an account of its own, signed in or not.
func (p *Person) AsAccount(hasIdentity bool) *Person {
	account := *p
	account.Verified = p.Verified || hasIdentity
	return &account
}

// MayMerge refuses to let one profile lead to another by hand. Whom the site vouches
// for stays, and two of them are two accounts for it: each browser that signs in to one
// would read what was said in the other. Where a site talks with nobody else, no agent's
// word stands for its signature.
func MayMerge(site *Site, from, into *Person) error {
	switch {
	case from.ID == into.ID:
		return FailField("other", "These are one customer already.")
	case from.SiteID != into.SiteID:
		return FailField("other", "They are customers of two sites, and each has its own.")
	case from.Verified && into.Verified:
		return FailField("other", "The site vouches for both as two accounts of its own. Bring them together there.")
	case from.Verified:
		return FailField("other", "The site vouches for one of them: that one stays.")
	case into.Verified && site.Identity.Required:
		return FailField("other", "%s talks with customers who are signed in. Once they sign in, this comes together by itself.", site.Name)
	}
	return nil
}

// Fill gives p what it lacks and from has, and returns the names of it. A block goes
// over. An address that nobody signed stays behind where the site vouches for p: it may
// be somebody else's, who would get this customer's letters.
func (p *Person) Fill(from *Person) []string {
	filled := []string{}
	fill := func(name string, to *string, value string) {
		if *to == "" && value != "" {
			*to = value
			filled = append(filled, name)
		}
	}
	unnamed := p.Name == ""
	fill("name", &p.Name, from.Name)
	p.NameGiven = p.NameGiven || unnamed && p.Verified && p.Name != ""
	if !p.Verified {
		fill("email", &p.Email, from.Email)
	}
	fill("segment", &p.Segment, from.Segment)
	return append(filled, p.FillSigned(from)...)
}

// FillSigned gives p what goes over where a browser of from signs in as p: a block, and
// the attributes that p lacks. It returns the names of it.
func (p *Person) FillSigned(from *Person) []string {
	filled := []string{}
	if p.BlockedAt == 0 && from.BlockedAt > 0 {
		p.BlockedAt = from.BlockedAt
		filled = append(filled, "blocked")
	}
	had := len(p.Attributes)
	p.Attributes = LayUnder(p.Attributes, from.Attributes)
	for _, a := range p.Attributes[had:] {
		filled = append(filled, filledAttribute+a.Key)
	}
	return filled
}

// Unfill takes away what Fill gave, as far as it is still as it was given: what was
// changed or signed since then stays.
func (p *Person) Unfill(from *Person, filled []string) {
	for _, name := range filled {
		switch {
		case name == "name" && p.Name == from.Name && p.NameGiven == p.Verified:
			p.Name, p.NameGiven = "", false
		case name == "email" && p.Email == from.Email && p.EmailGiven == p.Verified:
			p.Email, p.EmailGiven = "", false
		case name == "segment" && p.Segment == from.Segment:
			p.Segment = ""
		case name == "blocked" && p.BlockedAt == from.BlockedAt:
			p.BlockedAt = 0
		case strings.HasPrefix(name, filledAttribute):
			p.dropAttribute(strings.TrimPrefix(name, filledAttribute), from)
		}
	}
}

// dropAttribute removes one that stands as another profile has it, unless it was signed.
func (p *Person) dropAttribute(key string, as *Person) {
	i, j := indexAttribute(p.Attributes, key), indexAttribute(as.Attributes, key)
	if i >= 0 && j >= 0 && !p.Attributes[i].Verified && p.Attributes[i].Value == as.Attributes[j].Value {
		p.Attributes = slices.Delete(slices.Clone(p.Attributes), i, i+1)
	}
}
