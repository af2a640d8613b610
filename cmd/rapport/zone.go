package main

import (
	"os"
	"strings"
	"time"

	"rapport/hub/chat"
)

// keepZone makes TZ hold on a machine without time zones too. Go looks for it among the
// machine's own alone, and takes UTC where it finds none.
func keepZone() {
	if zone := carriedZone(os.Getenv("TZ")); zone != nil {
		time.Local = zone
	}
}

// carriedZone is the zone that TZ names where only the program has it, or nil.
func carriedZone(tz string) *time.Location {
	name := strings.TrimPrefix(tz, ":")
	if _, err := time.LoadLocation(name); err == nil {
		return nil
	}
	zone, err := chat.LoadZone(name)
	if err != nil {
		return nil // a path, or a rule such as EST5EDT,M3.2.0: Go's own affair
	}
	return zone
}
