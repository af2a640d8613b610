package when

import (
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// shop are the hours that the labelled replies are read with.
var shop = Hours{
	time.Monday: {{9 * 60, 18 * 60}}, time.Tuesday: {{9 * 60, 18 * 60}}, time.Wednesday: {{9 * 60, 18 * 60}},
	time.Thursday: {{9 * 60, 18 * 60}}, time.Friday: {{9 * 60, 18 * 60}}, time.Saturday: {{10 * 60, 14 * 60}},
}

// Measure reads the n replies that were held out when the rules were written, and
// returns which share of the commitments found is right and which share of those made
// is found. One found with another due time than meant is wrong and missing. here is
// the folder of this package.
func Measure(here fs.FS) (precision, recall float64, n int, err error) {
	heldOut, err := fs.ReadFile(here, "testdata/heldout.txt")
	if err != nil {
		return 0, 0, 0, err
	}
	s, err := measure(string(heldOut), nil)
	if err != nil {
		return 0, 0, 0, fmt.Errorf("held-out replies: %w", err)
	}
	return s.precision(), s.recall(), s.replies, nil
}

// score counts commitments.
type score struct{ replies, right, wrong, missed int }

func (s *score) precision() float64 { return float64(s.right) / float64(max(1, s.right+s.wrong)) }
func (s *score) recall() float64    { return float64(s.right) / float64(max(1, s.right+s.missed)) }

// measure reads labelled replies, the form of which testdata/replies.txt tells.
// tell, if not nil, hears of every reply that was read otherwise than labelled.
func measure(labelled string, tell func(reply string, got, want []string)) (score, error) {
	var s score
	var now time.Time
	for line := range strings.Lines(labelled) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '@' {
			var err error
			if now, err = saidNow(line); err != nil {
				return s, err
			}
			continue
		}
		reply, want, err := label(line, now)
		if err != nil {
			return s, err
		}
		var got []string
		for _, f := range Commitments(reply, now, now.Location(), shop) {
			got = append(got, stamp(f.Due, now.Location()))
		}
		right := common(got, want)
		s.replies++
		s.right += right
		s.wrong += len(got) - right
		s.missed += len(want) - right
		if tell != nil && (right < len(got) || right < len(want)) {
			tell(reply, got, want)
		}
	}
	return s, nil
}

// saidNow reads a line such as "@ 2026-11-25T10:00 Europe/Berlin shop".
func saidNow(line string) (time.Time, error) {
	at := strings.Fields(line)
	if len(at) != 4 {
		return time.Time{}, fmt.Errorf("%q must say now, zone and hours", line)
	}
	zone, err := time.LoadLocation(at[2])
	if err != nil {
		return time.Time{}, fmt.Errorf("zone of %q: %w", line, err)
	}
	return time.ParseInLocation("2006-01-02T15:04", at[1], zone)
}

// label takes a labelled line apart.
func label(line string, now time.Time) (reply string, want []string, err error) {
	if reply, ok := strings.CutPrefix(line, "- "); ok {
		return reply, nil, nil
	}
	reply, dues, ok := strings.Cut(line, " => ")
	if !ok || !strings.HasPrefix(reply, "+ ") {
		return "", nil, fmt.Errorf("%q is not labelled", line)
	}
	for due := range strings.SplitSeq(dues, "; ") {
		if len(due) == len("01-02 15:04") {
			due = fmt.Sprintf("%d-%s", now.Year(), due)
		}
		want = append(want, due)
	}
	return strings.TrimPrefix(reply, "+ "), want, nil
}

func stamp(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "none"
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

// common is how many of got are wanted, in order.
func common(got, want []string) int {
	n := 0
	for _, g := range got {
		for k, w := range want {
			if g == w {
				want = want[k+1:]
				n++
				break
			}
		}
	}
	return n
}
