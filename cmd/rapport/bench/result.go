package bench

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
)

// result is what a benchmark prints: with --json exactly these keys.
type result struct {
	Name    string             `json:"name"`
	Params  map[string]any     `json:"params"`
	Figures map[string]float64 `json:"figures"`
	OK      bool               `json:"ok"`

	lines []line
	notes []string
}

// line is a row of the table for people.
type line struct{ what, value, reach string }

func newResult(name string) *result {
	return &result{Name: name, Params: map[string]any{}, Figures: map[string]float64{}, OK: true}
}

func (r *result) param(key string, value any) { r.Params[key] = value }

// figure adds a number under its stable key.
func (r *result) figure(key, what, unit string, value float64) {
	r.Figures[key] = round(value)
	r.lines = append(r.lines, line{what, text(value, unit), ""})
}

// atMost adds a number that is good up to a bound.
func (r *result) atMost(key, what, unit string, value, bound float64) {
	r.figure(key, what, unit, value)
	r.reach("at most", unit, bound, round(value) <= bound)
}

// atLeast adds a number that is good from a bound on.
func (r *result) atLeast(key, what, unit string, value, bound float64) {
	r.figure(key, what, unit, value)
	r.reach("at least", unit, bound, round(value) >= bound)
}

// exactly adds a number that is good where it is just that.
func (r *result) exactly(key, what, unit string, value, want float64) {
	r.figure(key, what, unit, value)
	r.reach("exactly", unit, want, value == want)
}

func (r *result) reach(how, unit string, bound float64, ok bool) {
	mark := "reached"
	if !ok {
		mark, r.OK = "MISSED", false
	}
	r.lines[len(r.lines)-1].reach = fmt.Sprintf("%s %s: %s", how, text(bound, unit), mark)
}

// aside adds a row that only people read.
func (r *result) aside(what, unit string, value float64) {
	r.lines = append(r.lines, line{what, text(value, unit), ""})
}

func (r *result) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// round keeps three decimals: finer than any of these measurements.
func round(v float64) float64 { return float64(int64(v*1000+0.5)) / 1000 }

func text(v float64, unit string) string {
	format := "%.3f"
	switch {
	case v == float64(int64(v)), v >= 1000:
		format = "%.0f"
	case v >= 10:
		format = "%.1f"
	}
	return strings.TrimSpace(fmt.Sprintf(format, v) + " " + unit)
}

// table prints the result for people.
func (r *result) table(out io.Writer, about string) error {
	fmt.Fprintf(out, "%s: %s\n%s\n", r.Name, about, machine())
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, l := range r.lines {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", l.what, l.value, l.reach)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, n := range r.notes {
		fmt.Fprintf(out, "  %s\n", n)
	}
	return nil
}

// machine names where this was measured.
func machine() string {
	model := runtime.GOARCH
	if data, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for l := range strings.Lines(string(data)) {
			if k, v, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(k) == "model name" {
				model = strings.TrimSpace(v)
				break
			}
		}
	}
	return fmt.Sprintf("on %d cores, %s, %s, server and load generator together", runtime.NumCPU(), model, runtime.Version())
}
