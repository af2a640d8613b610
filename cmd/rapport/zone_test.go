package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTheZoneOfTheMachineStands(t *testing.T) {
	for _, tz := range []string{"", "UTC", "Europe/Berlin", ":Europe/Berlin", "EST5EDT,M3.2.0,M11.1.0", "/etc/localtime"} {
		if zone := carriedZone(tz); zone != nil {
			t.Errorf("TZ=%q is taken from the program: %v", tz, zone)
		}
	}
}

// A room that loads zones by itself has none on a machine that has none.
func TestZonesAreLoadedByWayOfChat(t *testing.T) {
	own := []string{"hub/chat/zone.go", "cmd/rapport/zone.go", "hub/cycle/when/measure.go"}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(at string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		name, err := filepath.Rel(root, at)
		if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || slices.Contains(own, filepath.ToSlash(name)) {
			return err
		}
		source, err := os.ReadFile(at)
		if bytes.Contains(source, []byte("time.LoadLocation(")) {
			t.Errorf("%s: chat.LoadZone knows the zones that the program carries too", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
