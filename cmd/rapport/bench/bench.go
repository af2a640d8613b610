package bench

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// scenario is one benchmark.
type scenario struct {
	name  string
	about string
	limit time.Duration // of the whole run
	run   func(ctx context.Context, r *run) error
}

// scenarios in the order of the README's table.
var scenarios = []scenario{
	{"message", "a visitor sends, it is durable, an agent's socket has it", 2 * time.Minute, runMessage},
	{"throughput", "how many durable messages a second, p99 at most 200 ms, none lost", 4 * time.Minute, runThroughput},
	{"idle", "memory and processor time of visitors who are there and say nothing", 6 * time.Minute, runIdle},
	{"fanout", "one conversation, many agents who have it open", 2 * time.Minute, runFanout},
	{"resume", "everybody's connection breaks and all come back at once", 6 * time.Minute, runResume},
	{"inbox", "the first page of a long list, and opening a conversation", 15 * time.Minute, runInbox},
	{"search", "search over everything that was said: words, phrases, filters", 15 * time.Minute, runSearch},
	{"routing", "a customer arrives, the agent whom routing has chosen is offered them", 10 * time.Minute, runRouting},
	{"cluster", "two servers on one Postgres and one NATS, which are taken away in turn", 25 * time.Minute, runCluster},
	{"coach", "how fast and how well the coach reads what is said", time.Minute, runCoach},
	{"weights", "bytes a browser fetches, size of the binary, memory at rest", time.Minute, runWeights},
	{"hold", "measures nothing itself: keeps a filled store's server for a browser", 30 * time.Minute, runHold},
}

// params are the flags of all scenarios; each uses those that concern it.
type params struct {
	json          bool
	target        string
	widget        string
	site          string
	email         string
	dir           string
	store         string
	set           string
	rate          float64
	duration      time.Duration
	visitors      int
	agents        int
	connections   int
	listeners     int
	conversations int
	messages      int
	team          int
	waiting       int
	natsServer    string
	parts         string
	rounds        int
	ids           int
	settle        time.Duration
	window        time.Duration
}

// Run is the command `rapport bench`: it runs the named benchmark and returns
// the exit code: 0 measured (whether or not it reaches what it should), 1 it
// could not be measured, 2 wrong usage.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	p := &params{}
	flags := newFlags(p, stderr)
	if len(args) > 0 && slices.Contains([]string{"model", "-model", "--model"}, args[0]) {
		return runModel(args[1:], stdout, stderr)
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		flags.Usage()
		if len(args) == 1 && slices.Contains([]string{"-h", "-help", "--help"}, args[0]) {
			return 0
		}
		return 2
	}
	i := slices.IndexFunc(scenarios, func(s scenario) bool { return s.name == args[0] })
	if i < 0 {
		fmt.Fprintf(stderr, "rapport bench: there is no benchmark %q. Known: %s.\n", args[0], names())
		return 2
	}
	if err := flags.Parse(args[1:]); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if err := p.check(scenarios[i].name, flags.Args()); err != nil {
		fmt.Fprintln(stderr, "rapport bench:", err)
		return 2
	}
	if err := measure(ctx, scenarios[i], p, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "rapport bench %s: %v\n", args[0], err)
		return 1
	}
	return 0
}

func measure(ctx context.Context, s scenario, p *params, stdout, stderr io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, s.limit)
	defer cancel()
	r := &run{params: p, progress: newProgress(stderr), result: newResult(s.name), out: stdout}
	defer r.close()
	if err := s.run(ctx, r); err != nil {
		r.progress.done()
		return err
	}
	r.progress.done()
	if p.json {
		return json.NewEncoder(stdout).Encode(r.result)
	}
	return r.result.table(stdout, s.about)
}

func names() string {
	var all []string
	for _, s := range scenarios {
		all = append(all, s.name)
	}
	return strings.Join(all, ", ")
}

func newFlags(p *params, stderr io.Writer) *flag.FlagSet {
	f := flag.NewFlagSet("rapport bench", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.BoolVar(&p.json, "json", false, "print one JSON object last")
	f.StringVar(&p.target, "target", "", "measure the server whose console is at this `address` instead of starting one; only what a client sees is printed")
	f.StringVar(&p.widget, "widget", "", "with --target: `address` of the widget, where it differs")
	f.StringVar(&p.site, "site", "", "with --target: public `key` of the site; the account's first one by default")
	f.StringVar(&p.email, "email", "", "with --target: the agent's `address`; the password is read from RAPPORT_BENCH_PASSWORD")
	f.StringVar(&p.dir, "dir", "", "`folder` for the temporary store, on a real disk; the user's cache folder by default")
	f.StringVar(&p.store, "store", "", "`URL` of a Postgres on which a database may be made for the run (message, throughput, fanout, cluster; cluster makes a Postgres of its own without)")
	f.StringVar(&p.natsServer, "nats-server", "", "`path` of the NATS server's program (cluster); the installed one by default, else, in the repository, one that is built")
	f.StringVar(&p.parts, "parts", partNames(), "what to measure, with commas between (cluster)")
	f.IntVar(&p.rounds, "rounds", 20, "restarts, one server after the other (cluster)")
	f.IntVar(&p.ids, "ids", 10000, "ids that fifty senders each send (cluster)")
	f.StringVar(&p.set, "set", "", "the repository's `folder` hub/cycle with what is labelled (coach); that below the current folder by default")
	f.Float64Var(&p.rate, "rate", 0, "messages a `second` (message and cluster: 200, throughput: the highest to try, fanout: 50), arrivals (routing: 20)")
	f.DurationVar(&p.duration, "duration", 10*time.Second, "how long to measure at one rate")
	f.IntVar(&p.visitors, "visitors", 200, "visitors who send (message, throughput, cluster)")
	f.IntVar(&p.agents, "agents", 4, "agents' sockets that share the conversations (message, throughput, cluster)")
	f.IntVar(&p.connections, "connections", 19000, "visitors who are connected (idle, resume)")
	f.IntVar(&p.listeners, "listeners", 200, "agents' sockets on one conversation (fanout)")
	f.IntVar(&p.conversations, "conversations", 100000, "conversations in the store (inbox, hold)")
	f.IntVar(&p.messages, "messages", 1_000_000, "messages in the store (search)")
	f.IntVar(&p.team, "team", 500, "agents who are there (routing)")
	f.IntVar(&p.waiting, "waiting", 5000, "conversations for which nobody there fits (routing)")
	f.DurationVar(&p.settle, "settle", 90*time.Second, "quiet time before memory is read (idle); automatic first words come within a minute")
	f.DurationVar(&p.window, "window", time.Minute, "how long processor time is watched (idle); a minute is three beats of everybody")
	f.Usage = func() {
		fmt.Fprintln(stderr, "usage: rapport bench NAME [flags]")
		for _, s := range scenarios {
			fmt.Fprintf(stderr, "  %-11s %s\n", s.name, s.about)
		}
		fmt.Fprintln(stderr, "  --model     measures nothing: what the measured costs mean for many visitors; --model -h for what it reckons with")
		fmt.Fprintln(stderr, "flags:")
		f.PrintDefaults()
	}
	return f
}

// check refuses values that no benchmark can use.
func (p *params) check(name string, rest []string) error {
	switch {
	case p.store != "" && !slices.Contains([]string{"message", "throughput", "fanout", "cluster"}, name):
		return fmt.Errorf("--store is for message, throughput, fanout and cluster: %s fills a store of its own", name)
	case p.target != "" && name == "cluster":
		return errors.New("--target says which server is measured: cluster kills those that it starts itself")
	case name == "cluster" && (p.agents > perAgent || p.visitors > opened*p.agents):
		return fmt.Errorf("--agents is at most %d with cluster, and --visitors at most %d for each", perAgent, opened)
	case p.rounds < 1 || p.rounds > 100:
		return errors.New("--rounds is 1 to 100")
	case p.ids < 1 || p.ids > 100000:
		return errors.New("--ids is 1 to 100,000")
	case len(rest) > 0:
		return fmt.Errorf("%q is not understood; flags follow the benchmark's name", rest[0])
	case p.rate < 0 || p.rate > 1e6:
		return errors.New("--rate is a number of messages a second, up to 1,000,000")
	case p.duration < time.Second || p.duration > time.Minute:
		return errors.New("--duration is 1s to 1m")
	case p.visitors < 1 || p.visitors > 5000:
		return errors.New("--visitors is 1 to 5,000")
	case p.agents < 1 || p.agents > p.visitors || p.agents > 500:
		return errors.New("--agents is 1 to 500, and not more than --visitors")
	case p.connections < 1 || p.connections > 19500:
		return errors.New("--connections is 1 to 19,500: a process has 20,000 open files")
	case p.listeners < 1 || p.listeners > 5000:
		return errors.New("--listeners is 1 to 5,000")
	case p.conversations < 1 || p.conversations > 5_000_000:
		return errors.New("--conversations is 1 to 5,000,000")
	case p.messages < 1 || p.messages > 5_000_000:
		return errors.New("--messages is 1 to 5,000,000")
	case p.team < 1 || p.team > 1000:
		return errors.New("--team is 1 to 1,000")
	case p.waiting < 0 || p.waiting > 15000:
		return errors.New("--waiting is up to 15,000")
	case p.settle < 0 || p.settle > 3*time.Minute:
		return errors.New("--settle is up to 3m")
	case p.window < time.Second || p.window > 3*time.Minute:
		return errors.New("--window is 1s to 3m")
	case p.target != "" && p.store != "":
		return errors.New("--target says which server is measured: --store is for one that is started here")
	case p.target != "" && (p.email == "" || os.Getenv("RAPPORT_BENCH_PASSWORD") == ""):
		return errors.New("--target needs --email, and the password in RAPPORT_BENCH_PASSWORD")
	}
	return p.checkParts()
}
