package mail

import (
	"time"

	"rapport/hub/chat"
)

// ZoneFor is the zone in which a customer reads times: that of the browser that
// they used last, otherwise where none is known.
func ZoneFor(p *chat.Person, otherwise *time.Location) *time.Location {
	return named(p.Zone, otherwise)
}

// named is a zone by its IANA name, otherwise where that is none.
func named(zone string, otherwise *time.Location) *time.Location {
	if z, err := chat.LoadZone(zone); err == nil && zone != "" {
		return z
	}
	return otherwise
}
