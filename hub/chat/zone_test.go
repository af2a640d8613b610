package chat

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "pack the time zones of this Go into zones.gz")

// packZones writes zones so that equal files lie there once.
func packZones(zones map[string][]byte) ([]byte, error) {
	names := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(zones)) {
		data := string(zones[name])
		names[data] = append(names[data], name)
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(zones)) { // neighbours are alike
		if data := string(zones[name]); names[data][0] == name {
			fmt.Fprintf(w, "%s %d\n%s", strings.Join(names[data], ","), len(data), data)
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// zonesOfGo reads the zones that come with Go.
func zonesOfGo(t *testing.T) map[string][]byte {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib/time/zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	zones := map[string][]byte{}
	for _, f := range r.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if zones[f.Name], err = io.ReadAll(body); err != nil {
			t.Fatal(err)
		}
	}
	return zones
}

// A newer Go brings newer zones: then this says so once, and they are packed anew.
func TestTheProgramCarriesTheZonesOfGo(t *testing.T) {
	want := zonesOfGo(t)
	if *update {
		packed, err := packZones(want)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("zones.gz", packed, 0o644); err != nil {
			t.Fatal(err)
		}
		packedZones = packed
	}
	got, err := unpackZones(packedZones)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range want {
		if !bytes.Equal(got[name], data) {
			t.Errorf("%s is another in this Go: run go test ./hub/chat -run Zones -update", name)
		}
	}
	if len(got) != len(want) || len(got) < 500 {
		t.Errorf("%d zones, Go has %d", len(got), len(want))
	}
}

// Where the machine has no zones, they are those of the program.
func TestAZoneOfTheProgramKeepsItsSummers(t *testing.T) {
	data, ok := ownZones()["Europe/Berlin"]
	if !ok {
		t.Fatal("Berlin is missing")
	}
	zone, err := time.LoadLocationFromTZData("Europe/Berlin", data)
	if err != nil {
		t.Fatal(err)
	}
	for month, want := range map[time.Month]int{time.January: 3600, time.July: 7200} {
		if _, offset := time.Date(2026, month, 1, 12, 0, 0, 0, zone).Zone(); offset != want {
			t.Errorf("%s: %d s east of Greenwich, want %d", month, offset, want)
		}
	}
}

func TestLoadZoneRefusesWhatIsNone(t *testing.T) {
	for _, name := range []string{"Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "Europe/Berlin,UTC", "\x00"} {
		if zone, err := LoadZone(name); err == nil {
			t.Errorf("%q is %v", name, zone)
		}
	}
	if zone, err := LoadZone("Asia/Kathmandu"); err != nil || zone.String() != "Asia/Kathmandu" {
		t.Errorf("%v, %v", zone, err)
	}
}

func TestBrokenZonesAreAnError(t *testing.T) {
	for _, text := range []string{"Europe/Berlin\n", "Europe/Berlin 9\nshort", "Europe/Berlin -1\n", "no line"} {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, _ = w.Write([]byte(text))
		_ = w.Close()
		if zones, err := unpackZones(packed.Bytes()); err == nil {
			t.Errorf("%q gives %v", text, zones)
		}
	}
}
