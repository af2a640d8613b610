package chat

import (
	"maps"
	"slices"
)

// Person is the customer: one profile that devices (visitors), verified
// identities and addresses lead to.
type Person struct {
	ID         string
	SiteID     string
	Name       string
	Email      string
	Verified   bool // a signed token has told who this is
	NameGiven  bool // Verified, but the name was typed by somebody: no token said it
	EmailGiven bool // likewise
	Attributes []Attribute
	Locale     string
	Zone       string // IANA zone of the browser that they used last, "" while unknown
	Segment    string
	CreatedAt  Time
	MergedInto string // the surviving profile, "" if this is one
	BlockedAt  Time   // since when none of their messages is taken, zero while they may write
}

// Blocked reports whether nothing that they send is taken.
func (p *Person) Blocked() bool { return p.BlockedAt > 0 }

// RefuseBlocked refuses what a blocked customer sends.
func (p *Person) RefuseBlocked() error {
	if !p.Blocked() {
		return nil
	}
	return Fail(Forbidden, "Messages from here are not taken.")
}

// EmailSigned reports whether the site has vouched for the address: nobody typed
// it.
func (p *Person) EmailSigned() bool { return p.Verified && !p.EmailGiven && p.Email != "" }

// Attribute is something known about a customer. Unverified ones come from the
// page or by hand and never open anything.
type Attribute struct {
	Key      string `json:"key"`
	Value    string `json:"value"`
	Verified bool   `json:"verified"`
}

// Identity is a customer as the site's own server knows them.
type Identity struct {
	SiteID    string
	Sub       string
	PersonID  string
	CreatedAt Time
}

// Device is a visitor: one browser on one site, known by a secret.
type Device struct {
	ID        string
	SiteID    string
	PersonID  string
	AccountID string // the profile as whom this browser itself signed in last, "" for none
	CreatedAt Time
	RevokedAt Time
}

// DeviceSecret is one link in a device's chain of secrets. A new one is handed
// out at each session; its parent dies when it is first used.
type DeviceSecret struct {
	Hash      string
	DeviceID  string
	Parent    string
	CreatedAt Time
	UsedAt    Time
	RevokedAt Time
}

// PageView is a page that a customer looked at.
type PageView struct {
	ID       string
	PersonID string
	URL      string
	Title    string
	At       Time
}

// MaxBlockWhy bounds why somebody was blocked, in code points.
const MaxBlockWhy = 300

// MaxPages is how many page views are kept of a person.
const MaxPages = 50

// SetAttributes lays what nobody has signed over what is known; a value ""
// removes a key. It never touches a verified key. Invalid when there would be
// more than MaxAttributes.
func SetAttributes(known []Attribute, updates map[string]string) ([]Attribute, error) {
	out := append([]Attribute(nil), known...)
	for _, name := range slices.Sorted(maps.Keys(updates)) {
		k, v := CleanLine(name, MaxKey), CleanLine(updates[name], MaxValue)
		if k == "" {
			return nil, FailField("attributes", "An attribute needs a name.")
		}
		i := indexAttribute(out, k)
		switch {
		case i >= 0 && out[i].Verified:
			continue
		case i >= 0 && v == "":
			out = slices.Delete(out, i, i+1)
		case i >= 0:
			out[i] = Attribute{Key: k, Value: v}
		case v != "":
			out = append(out, Attribute{Key: k, Value: v})
		}
	}
	if len(out) > MaxAttributes {
		return nil, TooManyAttributes()
	}
	return out, nil
}

// TooManyAttributes is how more than MaxAttributes are refused.
func TooManyAttributes() *Failure {
	return FailField("attributes", "At most %d attributes are kept of a customer.", MaxAttributes)
}

// LayClaims lays what the site has signed over what is known; a value "" removes
// a key. It always succeeds: where MaxAttributes are not enough the oldest
// unverified ones make room, and claims beyond that, in the order of their names,
// are left out.
func LayClaims(known []Attribute, claims map[string]string) []Attribute {
	out := append([]Attribute(nil), known...)
	for _, name := range slices.Sorted(maps.Keys(claims)) {
		k, v := CleanLine(name, MaxKey), CleanLine(claims[name], MaxValue)
		i := indexAttribute(out, k)
		switch {
		case i >= 0 && v == "":
			out = slices.Delete(out, i, i+1)
		case i >= 0:
			out[i] = Attribute{Key: k, Value: v, Verified: true}
		case k != "" && v != "":
			out = append(out, Attribute{Key: k, Value: v, Verified: true})
		}
	}
	for len(out) > MaxAttributes {
		i := slices.IndexFunc(out, func(a Attribute) bool { return !a.Verified })
		if i < 0 {
			return out[:MaxAttributes]
		}
		out = slices.Delete(out, i, i+1)
	}
	return out
}

// LayAnswers lays what a customer wrote into a form over what is known, as
// SetAttributes does, but always succeeds: it is their own word, and must not be what
// keeps them from saying the next. Where MaxAttributes are not enough the oldest
// unverified ones that the form did not ask for make room, and answers beyond that, in
// the order of their names, are left out.
func LayAnswers(known []Attribute, answers map[string]string) []Attribute {
	out := append([]Attribute(nil), known...)
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		i := indexAttribute(out, key)
		switch {
		case i < 0:
			out = append(out, Attribute{Key: key, Value: answers[key]})
		case !out[i].Verified:
			out[i].Value = answers[key]
		}
	}
	for len(out) > MaxAttributes {
		i := slices.IndexFunc(out, func(a Attribute) bool { _, asked := answers[a.Key]; return !a.Verified && !asked })
		if i < 0 {
			return out[:MaxAttributes]
		}
		out = slices.Delete(out, i, i+1)
	}
	return out
}

// LayUnder adds what an anonymous profile had to a known one as far as there is
// room; what is known stays.
func LayUnder(known, anonymous []Attribute) []Attribute {
	out := append([]Attribute(nil), known...)
	for _, a := range anonymous {
		if len(out) < MaxAttributes && indexAttribute(out, a.Key) < 0 {
			out = append(out, Attribute{Key: a.Key, Value: a.Value})
		}
	}
	return out
}

func indexAttribute(list []Attribute, key string) int {
	for i := range list {
		if list[i].Key == key {
			return i
		}
	}
	return -1
}
