package bench

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"
)

// modelled are the numbers of connected visitors for which the model plans.
var modelled = []float64{1e4, 1e5, 1e6, 1e7}

// knob is one input as a flag.
type knob struct {
	name, unit, about string
	value             *float64
}

func (k knob) usage() string {
	if k.unit == "" {
		return k.about
	}
	return k.about + ", `" + k.unit + "`"
}

func (in *inputs) knobs() []knob {
	return []knob{
		{"talking", "", "share of connected visitors who are in a conversation", &in.Talking},
		{"pace", "a minute", "messages in a conversation, of both sides", &in.Pace},
		{"stay", "min", "a visitor stays connected", &in.Stay},
		{"holds", "", "conversations that an agent holds at once", &in.Holds},
		{"day", "", "messages of the day's average second, as a share of the peak's", &in.Day},
		{"visitor-kb", "KB", "memory of an idle visitor in the server", &in.VisitorKB},
		{"kernel-kb", "KB", "memory of their socket in the kernel", &in.KernelKB},
		{"idle-us", "µs/s", "processor time of an idle visitor", &in.IdleUS},
		{"connect-ms", "ms", "processor time of one who connects", &in.ConnectMS},
		{"alone-post-ms", "ms", "processor time of a message: the server, where it is the only one", &in.AlonePostMS},
		{"post-ms", "ms", "the same where it is one of several", &in.PostMS},
		{"hear-ms", "ms", "each other server that is told", &in.HearMS},
		{"alone-pg-ms", "ms", "Postgres with one server", &in.AlonePgMS},
		{"pg-ms", "ms", "Postgres with several", &in.PgMS},
		{"nats-ms", "ms", "NATS, for each server that is told", &in.NatsMS},
		{"alone-stores", "a second", "messages that are stored, one transaction after the other, by one server", &in.AloneStores},
		{"stores", "a second", "the same by several, which take turns", &in.Stores},
		{"wal-bytes", "B", "of a message in Postgres' log", &in.WalBytes},
		{"row-bytes", "B", "of a message kept, with its indexes", &in.RowBytes},
		{"nats-bytes", "B", "of a message between servers", &in.NatsBytes},
		{"socket-bytes", "B", "of a message to browsers", &in.SocketBytes},
		{"cores", "", "of a server", &in.Cores},
		{"memory-gb", "GB", "of a server", &in.MemoryGB},
		{"net-gbit", "Gbit/s", "of a server and of NATS", &in.NetGbit},
		{"pg-cores", "", "of Postgres", &in.PgCores},
		{"pg-log-mb", "MB/s", "that its log can write", &in.PgLogMB},
		{"pg-disk-tb", "TB", "of its disk", &in.PgDiskTB},
		{"years", "", "messages are kept", &in.Years},
		{"nats-cores", "", "of NATS", &in.NatsCores},
		{"least", "", "servers in one installation at least, 2 so that one may die", &in.Least},
		{"servers", "", "in one installation at most", &in.Servers},
		{"use", "", "share of everything that is used at the peak when all is well", &in.Use},
	}
}

// runModel is the command `rapport bench --model`: it reckons what the measured costs
// mean for many visitors, and measures nothing.
func runModel(args []string, stdout, stderr io.Writer) int {
	in, asJSON := measuredInputs(), false
	f := flag.NewFlagSet("rapport bench --model", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	for _, k := range in.knobs() {
		f.Float64Var(k.value, k.name, *k.value, k.usage())
	}
	if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	err := in.check()
	if f.NArg() > 0 {
		err = fmt.Errorf("%q is not understood", f.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(stderr, "rapport bench --model:", err)
		return 2
	}
	if err := in.report(stdout, asJSON); err != nil {
		fmt.Fprintln(stderr, "rapport bench --model:", err)
		return 1
	}
	return 0
}

// check refuses what the formulas have no answer for.
func (in *inputs) check() error {
	for _, k := range in.knobs() {
		switch v := *k.value; {
		case math.IsNaN(v) || math.IsInf(v, 0) || v < 0:
			return fmt.Errorf("--%s %v: a number from 0 on", k.name, v)
		case v == 0 && !strings.HasSuffix(k.name, "-ms") && k.name != "idle-us":
			return fmt.Errorf("--%s 0: more than 0", k.name)
		case v > 1 && (k.name == "talking" || k.name == "day" || k.name == "use"):
			return fmt.Errorf("--%s %v: a share, at most 1", k.name, v)
		}
	}
	if in.Servers != math.Trunc(in.Servers) || in.Least != math.Trunc(in.Least) || in.Least > in.Servers || in.Servers > 1000 {
		return errors.New("--least and --servers are whole numbers up to 1,000, the first not above the second")
	}
	return nil
}

func (in *inputs) report(out io.Writer, asJSON bool) error {
	var plans []plan
	for _, v := range modelled {
		p, ok := in.plan(v)
		if !ok {
			return fmt.Errorf("%s visitors are too many for %s installations: %s ends first", count(v), count(maxInstallations), p.First.of)
		}
		plans = append(plans, p)
	}
	if asJSON {
		return json.NewEncoder(out).Encode(in.result(plans))
	}
	return in.tables(out, plans)
}

// result has the keys of every benchmark's.
func (in *inputs) result(plans []plan) *result {
	r := newResult("model")
	for _, k := range in.knobs() {
		r.param(strings.ReplaceAll(k.name, "-", "_"), *k.value)
	}
	for _, p := range plans {
		at := "_" + strconv.FormatFloat(p.Visitors, 'f', 0, 64)
		r.figure("msgs_per_s"+at, "", "", p.Messages)
		r.figure("agents"+at, "", "", p.Agents)
		r.figure("installations"+at, "", "", p.Installations)
		r.figure("servers"+at, "", "", p.Installations*p.Servers)
		r.figure("one_installation"+at, "", "", p.First.share)
	}
	return r
}

func (in *inputs) tables(out io.Writer, plans []plan) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "One installation carries so many connected visitors, by what would end (%.0f %% of it used):\n", in.Use*100)
	fmt.Fprintf(w, "\tone server alone\t2 servers\t%.0f servers\n", in.Servers)
	for _, n := range in.needs(in.load(1), 2) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", n.of, count(in.carries(n.of, 1)), count(in.carries(n.of, 2)), count(in.carries(n.of, in.Servers)))
	}
	fmt.Fprint(w, "\nAll in one installation, and how it is split:\n")
	fmt.Fprint(w, "visitors\tmessages/s\tarrivals/s\tagents\tends first, times too much\tinstallations × servers\tbusiest there\n")
	for _, p := range plans {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", count(p.Visitors), count(p.Messages), count(p.Arrivals), count(p.Agents),
			p.First.text(), count(p.Installations)+" × "+count(p.Servers), p.Busiest.text())
	}
	return w.Flush()
}

func (n need) text() string { return fmt.Sprintf("%s, %.2f", n.of, n.share) }

// count writes a number as people do, to three digits.
func count(v float64) string {
	if math.IsInf(v, 1) {
		return "–"
	}
	if v > 1000 {
		unit := math.Pow(10, math.Floor(math.Log10(v))-2)
		v = math.Round(v/unit) * unit
	}
	digits := strconv.FormatFloat(math.Round(v), 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
