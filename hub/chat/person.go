package chat

// Person is the customer: one profile that devices (visitors), verified
// identities and addresses lead to.
type Person struct {
	ID         string
	SiteID     string
	Name       string
	Email      string
	Verified   bool
	Attributes []Attribute
	Locale     string
	Segment    string
	CreatedAt  Time
	MergedInto string // the surviving profile, "" if this is one
}

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

// PersonNote is something worth remembering about a customer.
type PersonNote struct {
	ID       string
	PersonID string
	AgentID  string
	Text     string
	At       Time
}

// PageView is a page that a customer looked at.
type PageView struct {
	ID       string
	PersonID string
	URL      string
	Title    string
	At       Time
}

// MaxPages is how many page views are kept of a person.
const MaxPages = 50

// SetAttributes lays updates over what is known; a value "" removes a key.
// Unverified updates never touch a verified key.
func SetAttributes(known []Attribute, updates map[string]string, verified bool) ([]Attribute, error) {
	out := append([]Attribute(nil), known...)
	for k, v := range updates {
		k, v = CleanLine(k, MaxKey), CleanLine(v, MaxValue)
		if k == "" {
			return nil, FailField("attributes", "An attribute needs a name.")
		}
		i := indexAttribute(out, k)
		switch {
		case i >= 0 && out[i].Verified && !verified:
			continue
		case i >= 0 && v == "":
			out = append(out[:i], out[i+1:]...)
		case i >= 0:
			out[i] = Attribute{Key: k, Value: v, Verified: verified}
		case v != "":
			out = append(out, Attribute{Key: k, Value: v, Verified: verified})
		}
	}
	if len(out) > MaxAttributes {
		return nil, FailField("attributes", "At most %d attributes are kept of a customer.", MaxAttributes)
	}
	return out, nil
}

func indexAttribute(list []Attribute, key string) int {
	for i := range list {
		if list[i].Key == key {
			return i
		}
	}
	return -1
}
