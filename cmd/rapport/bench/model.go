package bench

import (
	"math"
	"slices"
)

// inputs are what the model reckons with, each a flag of `rapport bench --model`. Costs
// are measured (see the README's design part), habits and machines are assumed.
type inputs struct {
	// How people behave.
	Talking float64 // share of connected visitors who are in a conversation
	Pace    float64 // messages a minute in a conversation, of both sides
	Stay    float64 // minutes that a visitor stays connected
	Holds   float64 // conversations that an agent holds at once
	Day     float64 // messages of a day's average second, as a share of the peak's

	// What it costs. The first of two is that of a server alone.
	VisitorKB, KernelKB    float64 // memory of an idle visitor: the server's, and the kernel's for the socket
	IdleUS                 float64 // processor time of an idle visitor a second
	ConnectMS              float64 // of a visitor who connects and reads what was missed
	AlonePostMS, PostMS    float64 // of the server that stores a message and delivers it
	HearMS                 float64 // of each other server that is told
	AlonePgMS, PgMS        float64 // of Postgres for it
	NatsMS                 float64 // of NATS that takes it and hands it to one server
	AloneStores, Stores    float64 // messages a second that an installation stores at most, one transaction after the other
	WalBytes, RowBytes     float64 // in Postgres' log, and kept with its indexes
	NatsBytes, SocketBytes float64 // between servers, and to browsers

	// What it runs on.
	Cores, MemoryGB, NetGbit          float64 // each server
	PgCores, PgLogMB, PgDiskTB, Years float64 // Postgres: log in MB/s, and for how long messages are kept
	NatsCores                         float64
	Least, Servers                    float64 // of one installation, at least and at most
	Use                               float64 // share of each that is used when all is well
}

// measuredInputs are the defaults.
func measuredInputs() inputs {
	return inputs{
		Talking: 0.05, Pace: 2, Stay: 10, Holds: 4, Day: 0.3,
		VisitorKB: 11, KernelKB: 4.8, IdleUS: 1.1, ConnectMS: 0.47,
		AlonePostMS: 0.77, PostMS: 0.61, HearMS: 0.19, AlonePgMS: 0.64, PgMS: 0.65, NatsMS: 0.10, AloneStores: 5000, Stores: 5000,
		WalBytes: 3000, RowBytes: 1000, NatsBytes: 1040, SocketBytes: 3350,
		Cores: 8, MemoryGB: 32, NetGbit: 10, PgCores: 32, PgLogMB: 500, PgDiskTB: 30, Years: 1, NatsCores: 8, Least: 2, Servers: 16, Use: 0.5,
	}
}

// load is what so many visitors do at the busiest time.
type load struct {
	Visitors, Messages, Arrivals, Agents float64 // Messages and Arrivals a second
}

func (in *inputs) load(visitors float64) load {
	talks := visitors * in.Talking
	return load{Visitors: visitors, Messages: talks * in.Pace / 60, Arrivals: visitors / (in.Stay * 60), Agents: math.Ceil(talks / in.Holds)}
}

// need is how much of a resource is used, 1 being all that may be.
type need struct {
	of    string
	share float64
}

// The resources that can end.
const (
	serverCPU    = "a server's processor"
	serverMemory = "a server's memory"
	serverNet    = "a server's network"
	turns        = "writing in turn"
	pgCPU        = "Postgres' processor"
	pgLog        = "Postgres' log"
	pgRoom       = "Postgres' disk"
	natsCPU      = "NATS' processor"
	natsNet      = "NATS' network"
)

// needs is what one installation of so many servers, one Postgres and one NATS needs.
// These are the formulas that the README shows.
func (in *inputs) needs(l load, servers float64) []need {
	post, pg, stores, others := in.PostMS, in.PgMS, in.Stores, servers-1
	if servers == 1 {
		post, pg, stores = in.AlonePostMS, in.AlonePgMS, in.AloneStores
	}
	m, each := l.Messages, l.Messages/servers
	const gbit = 1e9 / 8
	all := []need{
		{serverCPU, (each*post+each*others*in.HearMS+l.Arrivals/servers*in.ConnectMS)/1e3/in.Cores + l.Visitors/servers*in.IdleUS/1e6/in.Cores},
		{serverMemory, l.Visitors / servers * (in.VisitorKB + in.KernelKB) * 1e3 / (in.MemoryGB * 1e9)},
		{serverNet, (each*in.SocketBytes + each*2*others*in.NatsBytes) / (in.NetGbit * gbit)},
		{turns, m / stores},
		{pgCPU, m * pg / 1e3 / in.PgCores},
		{pgLog, m * in.WalBytes / (in.PgLogMB * 1e6)},
		{pgRoom, m * in.Day * 86400 * 365 * in.Years * in.RowBytes / (in.PgDiskTB * 1e12)},
		{natsCPU, m * others * in.NatsMS / 1e3 / in.NatsCores},
		{natsNet, m * (1 + others) * in.NatsBytes / (in.NetGbit * gbit)},
	}
	if servers == 1 {
		all = all[:7] // nobody else is to be told
	}
	for i := range all {
		all[i].share /= in.Use
	}
	return all
}

// worst is what ends first.
func worst(all []need) need {
	return slices.MaxFunc(all, func(a, b need) int { return cmpFloat(a.share, b.share) })
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// plan is how so many visitors are served.
type plan struct {
	load
	// Installations share nothing: each has sites of its own, Servers, a Postgres, and a
	// NATS where it has more than one server.
	Installations, Servers float64
	// First is what ends first where all are in one installation, with as many servers
	// as do it most good; a share above 1 says how many times too much.
	First need
	// Busiest is what is used most in each installation of the plan.
	Busiest need
}

// maxInstallations bounds the search.
const maxInstallations = 1 << 20

// plan finds the fewest installations, and of each the fewest servers. It reports false
// where maxInstallations are too few.
func (in *inputs) plan(visitors float64) (plan, bool) {
	p := plan{load: in.load(visitors)}
	_, p.First = in.best(p.load)
	fits := func(n float64) bool {
		_, most := in.best(in.load(visitors / n))
		return most.share <= 1
	}
	// The demand of a part falls with the number of parts, so the first that fits is
	// found by halving.
	low, high := 0.0, 1.0
	for !fits(high) {
		if low, high = high, high*2; high > maxInstallations {
			return p, false
		}
	}
	for high-low > 1 {
		if mid := math.Floor((low + high) / 2); fits(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	p.Installations = high
	p.Servers, p.Busiest = in.fewest(in.load(visitors / high))
	return p, true
}

// best is with how many servers an installation is used least, and by what most then.
func (in *inputs) best(l load) (servers float64, most need) {
	servers, most = in.Least, worst(in.needs(l, in.Least))
	for n := in.Least + 1; n <= in.Servers; n++ {
		if w := worst(in.needs(l, n)); w.share < most.share {
			servers, most = n, w
		}
	}
	return servers, most
}

// fewest is the least number of servers that will do; the best one where none will.
func (in *inputs) fewest(l load) (servers float64, most need) {
	for n := in.Least; n <= in.Servers; n++ {
		if w := worst(in.needs(l, n)); w.share <= 1 {
			return n, w
		}
	}
	return in.best(l)
}

// carries is how many visitors a resource of one installation carries.
func (in *inputs) carries(of string, servers float64) float64 {
	const probe = 1e6 // everything grows in proportion
	for _, n := range in.needs(in.load(probe), servers) {
		if n.of == of && n.share > 0 {
			return probe / n.share
		}
	}
	return math.Inf(1)
}
