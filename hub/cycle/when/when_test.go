package when

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// hoursOf are the opening hours that testdata names.
func hoursOf(name string) Hours {
	every := func(from, to time.Weekday, periods ...Period) (h Hours) {
		for d := from; d <= to; d++ {
			h[d] = periods
		}
		return h
	}
	switch name {
	case "shop":
		h := every(time.Monday, time.Friday, Period{9 * 60, 18 * 60})
		h[time.Saturday] = []Period{{10 * 60, 14 * 60}}
		return h
	case "clinic":
		return every(time.Monday, time.Friday, Period{8 * 60, 12 * 60}, Period{14 * 60, 17 * 60})
	case "late":
		return every(time.Sunday, time.Saturday, Period{8 * 60, 22 * 60})
	}
	return Hours{}
}

// meant is the instant that words mean, said at now in zone; false where they
// give none, or more than one. Of a stretch ("tomorrow", "between two and
// four") it is the end.
func meant(text string, now time.Time, zone *time.Location, h Hours) (time.Time, bool) {
	all := read(text)
	if len(all) != 1 {
		return time.Time{}, false
	}
	f := newFinder(all[0].words, now, zone, &h)
	times := f.all()
	if len(times) != 1 {
		return time.Time{}, false
	}
	return f.resolve(&times[0])
}

func TestWordsMeanTheirInstant(t *testing.T) {
	file, err := os.Open("testdata/due.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var now time.Time
	var hours Hours
	n := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '@' {
			at := strings.Fields(line)
			zone, err := time.LoadLocation(at[2])
			if err != nil {
				t.Fatal(err)
			}
			if now, err = time.ParseInLocation("2006-01-02T15:04", at[1], zone); err != nil {
				t.Fatal(err)
			}
			hours = hoursOf(at[3])
			continue
		}
		words, want, ok := strings.Cut(line, "= ")
		if !ok {
			t.Fatalf("not a line of the table: %q", line)
		}
		if len(want) == len("01-02 15:04") {
			want = fmt.Sprintf("%d-%s", now.Year(), want)
		}
		got := "-"
		if due, ok := meant(words, now, now.Location(), hours); ok {
			got = due.In(now.Location()).Format("2006-01-02 15:04")
		}
		if n++; got != want {
			t.Errorf("%q said on %s: got %s, want %s", words, now.Format("Mon 2 Jan 15:04"), got, want)
		}
	}
	if n < 200 {
		t.Errorf("the table has only %d expressions", n)
	}
}
