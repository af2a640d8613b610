package chat

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// packedZones are the time zones for machines that have none, as packZones writes them:
// a seventh of what time/tzdata adds to the program.
//
//go:embed zones.gz
var packedZones []byte

// LoadZone finds a time zone by its IANA name, as time.LoadLocation does: on the machine
// first, whose zones its owner keeps fresh, and else among those that the program
// carries. It may read files.
func LoadZone(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if err == nil {
		return zone, nil
	}
	if data, ok := ownZones()[name]; ok {
		return time.LoadLocationFromTZData(name, data)
	}
	return nil, err
}

// ownZones are the packed zones by name, unpacked when the machine first lacks one.
var ownZones = sync.OnceValue(func() map[string][]byte {
	zones, err := unpackZones(packedZones)
	if err != nil {
		panic("chat: zones.gz: " + err.Error()) // packed and tested with this program
	}
	return zones
})

// unpackZones reads what packZones wrote: for each file a line with its names and its
// length, then its bytes.
func unpackZones(packed []byte) (map[string][]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	all, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	zones := map[string][]byte{}
	for len(all) > 0 {
		head, rest, _ := bytes.Cut(all, []byte("\n"))
		var names string
		var size int
		if _, err := fmt.Sscanf(string(head), "%s %d", &names, &size); err != nil || size < 0 || size > len(rest) {
			return nil, fmt.Errorf("the line %.80q has no names and length", head)
		}
		for name := range strings.SplitSeq(names, ",") {
			zones[name] = rest[:size:size]
		}
		all = rest[size:]
	}
	return zones, nil
}
