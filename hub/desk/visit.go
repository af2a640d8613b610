package desk

import (
	"context"
	"time"

	"rapport/hub/chat"
)

// Visit is a browser that asks to be known.
type Visit struct {
	SiteID   string
	Secret   string  // the device secret it holds, "" the first time
	Identity *Claims // what a signed token says, already verified; nil without
	Locale   string  // language tag of the browser
	Zone     string  // its IANA zone; one that nobody knows counts as none
}

// Claims are what the site's own server says about its customer.
type Claims struct {
	Sub        string
	Name       string
	Email      string
	Attributes map[string]string
}

// Visitor is who the browser turned out to be, with the secret to keep.
type Visitor struct {
	DeviceID string
	Person   chat.Person
	Secret   string
	Merged   string // the anonymous profile that leads to Person since this visit, or ""
	Blocked  bool   // the browser was a blocked customer's so far, so that Person is blocked too
}

// Stolen is how Visit refuses a dead secret that somebody shows again. The device
// is revoked with all its secrets, and its open sockets are to be closed.
type Stolen struct {
	DeviceID string
	refusal  *chat.Failure
}

func (s *Stolen) Error() string { return s.refusal.Error() }

// Unwrap gives what the visitor is told.
func (s *Stolen) Unwrap() error { return s.refusal }

// staleGrace is how long after its death an old device secret is answered with
// "read it again" rather than taken for stolen: another tab may hold it.
const staleGrace = time.Minute

// Visit recognises a browser by its device secret, or makes a new visitor, and
// hands out the next secret. The presented one works until its successor is
// used. A verified identity leads the device to that customer: what an
// anonymous visitor said goes along; another customer's device stays theirs and
// this browser gets a new one. Whoever signs in where a blocked customer was is
// blocked, too.
//
// Failures: Unauthorized (unknown or revoked; start without; as Stolen when a
// device was revoked just now), SecretStale.
func (d *Desk) Visit(ctx context.Context, v Visit) (*Visitor, error) {
	if checkZone(v.Zone) != nil {
		v.Zone = ""
	}
	out := Visitor{Secret: chat.NewSecret()}
	var refused error
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		refused = nil
		device, parent, err := d.device(tx, v, &refused)
		if err != nil || refused != nil {
			return err
		}
		person, err := tx.Person(device.PersonID)
		if err != nil {
			return err
		}
		was, visited := person, device.ID
		if v.Identity != nil {
			if device, person, parent, err = d.identify(tx, v, device, person, parent); err != nil {
				return err
			}
		}
		if err := d.moveTo(tx, person, v.Zone); err != nil {
			return err
		}
		out.DeviceID, out.Person, out.Merged = device.ID, *person, ""
		out.Blocked = was.ID != person.ID && was.Blocked()
		if was.ID != person.ID && device.ID == visited {
			out.Merged = was.ID
		}
		return tx.InsertSecret(&chat.DeviceSecret{
			Hash: chat.HashSecret(out.Secret), DeviceID: device.ID, Parent: parent, CreatedAt: tx.Now(),
		})
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// moveTo notes the zone that a customer is in now, if it is known.
func (d *Desk) moveTo(tx chat.Tx, p *chat.Person, zone string) error {
	before := *p
	if zone != "" {
		p.Zone = zone
	}
	return d.savePerson(tx, p, &before, chat.System, chat.AgentCard{})
}

// device finds the device of the presented secret, or makes one. A stolen
// secret's family is revoked, which must be stored: so the refusal comes back
// beside the error.
func (d *Desk) device(tx chat.Tx, v Visit, refused *error) (*chat.Device, string, error) {
	if v.Secret == "" {
		device, err := firstDevice(tx, v)
		return device, "", err
	}
	hash := chat.HashSecret(v.Secret)
	unknown := chat.Fail(chat.Unauthorized, "This browser is not known here any more. Start anew.")
	secret, err := tx.Secret(hash)
	if chat.Is(err, chat.NotFound) {
		return nil, "", unknown
	}
	if err != nil {
		return nil, "", err
	}
	device, err := tx.Device(secret.DeviceID)
	if err != nil {
		return nil, "", err
	}
	switch {
	case device.RevokedAt > 0 || device.SiteID != v.SiteID:
		return nil, "", unknown
	case secret.RevokedAt > 0 && tx.Now().Sub(secret.RevokedAt) <= staleGrace:
		return nil, "", chat.Fail(chat.SecretStale, "A newer secret of this browser is in use. Read it again.")
	case secret.RevokedAt > 0:
		*refused = &Stolen{device.ID, unknown}
		return nil, "", tx.RevokeDevice(device.ID)
	}
	return device, hash, tx.UseSecret(secret)
}

// firstDevice makes the device of a browser that holds no secret. One that brings
// a known customer's identity is theirs from the beginning: nobody anonymous was
// there who would have to be merged.
func firstDevice(tx chat.Tx, v Visit) (*chat.Device, error) {
	if v.Identity == nil {
		return newDevice(tx, v, "")
	}
	known, err := knownAs(tx, v)
	if err != nil {
		return nil, err
	}
	return newDevice(tx, v, known)
}

// newDevice makes a device for a person, or with a new anonymous one.
func newDevice(tx chat.Tx, v Visit, personID string) (*chat.Device, error) {
	if personID == "" {
		p := chat.Person{ID: chat.NewID(), SiteID: v.SiteID, Locale: chat.CleanLine(v.Locale, 35), Zone: v.Zone, CreatedAt: tx.Now()}
		if err := tx.InsertPerson(&p); err != nil {
			return nil, err
		}
		personID = p.ID
	}
	device := &chat.Device{ID: chat.NewID(), SiteID: v.SiteID, PersonID: personID, CreatedAt: tx.Now()}
	return device, tx.InsertDevice(device)
}

// identify leads a device to the customer whom the site's signature names, and notes that
// this browser has signed in itself. Whoever is an account of its own, signed in or only
// brought in, keeps its device and goes nowhere.
func (d *Desk) identify(tx chat.Tx, v Visit, device *chat.Device, person *chat.Person, parent string) (*chat.Device, *chat.Person, string, error) {
	known, err := knownAs(tx, v)
	if err != nil {
		return nil, nil, "", err
	}
	account, err := asAccount(tx, person)
	if err != nil {
		return nil, nil, "", err
	}
	into, given := known, []string(nil)
	if known == "" && !account.Verified {
		if into, given, err = ownAccount(tx, person); err != nil {
			return nil, nil, "", err
		}
	}
	var touched []chat.Conversation
	var anonymous *chat.Person
	switch {
	case into == person.ID:
	case account.Verified:
		device, touched, err = deviceBeside(tx, v, person, known)
		parent = ""
	default:
		touched, err = merge(tx, person, into, given...)
		anonymous, device.PersonID = person, into
	}
	if err != nil {
		return nil, nil, "", err
	}
	if known == "" {
		err = tx.InsertIdentity(&chat.Identity{SiteID: v.SiteID, Sub: v.Identity.Sub, PersonID: device.PersonID, CreatedAt: tx.Now()})
		if err != nil {
			return nil, nil, "", err
		}
	}
	if person, err = signIn(tx, device); err != nil {
		return nil, nil, "", err
	}
	if err := d.tell(tx, person, anonymous, v.Identity); err != nil {
		return nil, nil, "", err
	}
	return device, person, parent, announce(tx, touched, person, chat.System, chat.AgentCard{})
}

// knownAs is the customer whom the site's signature names, "" while the site has none here.
func knownAs(tx chat.Tx, v Visit) (string, error) {
	known, err := tx.Identity(v.SiteID, v.Identity.Sub)
	if chat.Is(err, chat.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	p, err := profile(tx, known.PersonID)
	if err != nil {
		return "", err
	}
	return p.ID, nil
}

// ownAccount is the profile of a customer who signs in for the first time: the one that
// they had, unless agents brought others to it. Then it is a new one that begins with what
// was given there, so that who did not sign in can be taken out again.
func ownAccount(tx chat.Tx, person *chat.Person) (id string, given []string, err error) {
	others, err := tx.MergesInto(person.ID)
	if err != nil || len(others) == 0 {
		return person.ID, nil, err
	}
	p := chat.Person{ID: chat.NewID(), SiteID: person.SiteID, Locale: person.Locale, Zone: person.Zone, CreatedAt: person.CreatedAt}
	given = p.Fill(&chat.Person{Name: person.Name, Segment: person.Segment})
	return p.ID, given, tx.InsertPerson(&p)
}

// signIn notes that a browser itself has signed in as the customer to whom it leads, and
// returns them.
func signIn(tx chat.Tx, device *chat.Device) (*chat.Person, error) {
	if device.AccountID != device.PersonID {
		device.AccountID = device.PersonID
		if err := tx.SignIn(device.ID, device.PersonID); err != nil {
			return nil, err
		}
	}
	return tx.Person(device.PersonID)
}

// tell lays the claims of a signed token over a profile, and what the anonymous
// one that was merged into it (or nil) had under them. A name that the token does
// not say stays as given. An address typed before the first sign-in goes: on a
// shared browser it may be somebody else's, who would get this customer's letters.
func (d *Desk) tell(tx chat.Tx, p, anonymous *chat.Person, c *Claims) error {
	before := *p
	if !p.Verified {
		p.Verified, p.NameGiven, p.Email = true, p.Name != "", ""
	}
	if anonymous != nil {
		p.Attributes = chat.LayUnder(p.Attributes, anonymous.Attributes)
	}
	if name := chat.CleanLine(c.Name, chat.MaxName); name != "" {
		p.Name, p.NameGiven = name, false
	}
	if email, err := chat.CleanEmail("email", c.Email); err == nil {
		p.Email, p.EmailGiven = email, false
	}
	p.Attributes = chat.LayClaims(p.Attributes, c.Attributes)
	return d.savePerson(tx, p, &before, chat.System, chat.AgentCard{})
}

// Forget ends a device: the browser's next visit is a stranger's.
func (d *Desk) Forget(ctx context.Context, deviceID string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error { return tx.RevokeDevice(deviceID) })
}
