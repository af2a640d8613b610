package chat

import (
	"crypto/ecdh"
	"encoding/base64"
	"net/netip"
	"net/url"
	"strings"
)

// PushDevice is a browser of an agent's that is told of who waits while no console
// is open, by its maker's push service (RFC 8030).
type PushDevice struct {
	ID        string
	AgentID   string
	SessionID string // it is told as long as this sign-in lasts
	Push      PushAddress
	UserAgent string
	CreatedAt Time
	ReachedAt Time // when its service last took something for it; zero for never
}

// PushAddress is where a browser is told, and the keys that only it can open what
// it is told with (RFC 8291). All three come from the browser.
type PushAddress struct {
	Endpoint string `json:"endpoint"`
	P256dh   string `json:"p256dh"`
	Auth     string `json:"auth"`
}

// Bounds of push devices.
const (
	MaxPushDevices  = 20 // of one agent; the one that was set up first goes
	maxPushEndpoint = 1024
	maxPushKey      = 128
)

// Validate checks what a browser sent. Where a name leads is looked at again when
// something is sent there.
func (p *PushAddress) Validate() error {
	u, err := url.Parse(p.Endpoint)
	if err != nil || len(p.Endpoint) > maxPushEndpoint || u.Scheme != "https" || u.User != nil || u.Port() != "" || !publicName(u.Hostname()) {
		return FailField("endpoint", "This is not the address of a push service.")
	}
	for field, key := range map[string]string{"p256dh": p.P256dh, "auth": p.Auth} {
		if key == "" || len(key) > maxPushKey || strings.ContainsFunc(key, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
		}) {
			return FailField(field, "This is not a key that a browser made.")
		}
	}
	point, err := base64.RawURLEncoding.DecodeString(p.P256dh)
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(point)
	}
	if err != nil {
		return FailField("p256dh", "This is not a key that a browser made.")
	}
	return nil
}

// publicName reports whether a host is a name of the public internet and no
// address.
func publicName(host string) bool {
	_, err := netip.ParseAddr(host)
	return err != nil && strings.Contains(strings.Trim(host, "."), ".")
}

// Reach is how an agent is reached while no console is open, beside their devices.
type Reach struct {
	AgentID string
	Mail    bool // by e-mail, where the server sends any
	Quiet   bool // not at all between Begins and Ends
	Begins  int  // minutes of the day
	Ends    int  // the same; before Begins: of the next day
	Zone    string
	Mutes   []string // what they are not called for, see MuteOf, sorted
}

// UsualReach holds until an agent says otherwise.
func UsualReach(agentID string) Reach {
	return Reach{AgentID: agentID, Mail: true, Begins: 21 * 60, Ends: 7 * 60}
}

// Validate checks hours, zone and mutes, and sorts these.
func (r *Reach) Validate() (err error) {
	if r.Mutes, err = cleanMutes(r.Mutes); err != nil {
		return err
	}
	switch {
	case r.Begins < 0 || r.Begins >= 24*60:
		return FailField("begins", "Choose a time of the day.")
	case r.Ends < 0 || r.Ends >= 24*60 || r.Quiet && r.Ends == r.Begins:
		return FailField("ends", "Choose another time of the day.")
	}
	if r.Quiet && r.Zone == "" {
		return FailField("zone", "Say in which time zone it is to be quiet.")
	}
	return CheckZone("zone", r.Zone)
}

// QuietAt reports whether an agent wants to hear nothing now.
func (r *Reach) QuietAt(now Time) bool {
	zone, err := LoadZone(r.Zone)
	if !r.Quiet || err != nil {
		return false
	}
	at := now.Std().In(zone)
	minute := at.Hour()*60 + at.Minute()
	if r.Begins < r.Ends {
		return minute >= r.Begins && minute < r.Ends
	}
	return minute >= r.Begins || minute < r.Ends
}
