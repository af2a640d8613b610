package bench

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func modelSays(t *testing.T, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	if code := Run(t.Context(), append([]string{"--model"}, args...), &out, &said); code != 0 {
		t.Fatalf("%v: code %d, %s", args, code, &said)
	}
	return out.String()
}

// What the README shows is what the command prints: after a new measurement both change.
func TestReadmeShowsTheModel(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if out := modelSays(t); !strings.Contains(string(readme), "```\n"+out+"```\n") {
		t.Errorf("the README does not show what rapport bench --model prints:\n%s", out)
	}
}

// Reckoned by hand: 600 visitors, half of them talking ten times a minute, are 50
// messages and 1 arrival a second.
func TestNeedsAreTheFormulas(t *testing.T) {
	in := measuredInputs()
	in.Talking, in.Pace, in.Stay, in.Holds, in.Use = 0.5, 10, 10, 3, 1
	in.PostMS, in.HearMS, in.ConnectMS, in.IdleUS, in.Cores = 4, 1, 10, 1000, 2
	in.VisitorKB, in.KernelKB, in.MemoryGB, in.Stores = 30, 10, 0.024, 100
	in.PgMS, in.PgCores, in.WalBytes, in.PgLogMB = 8, 4, 2000, 1
	in.RowBytes, in.Day, in.Years, in.PgDiskTB = 1000, 0.5, 1, 1
	in.NatsMS, in.NatsCores, in.NatsBytes, in.SocketBytes, in.NetGbit = 2, 1, 1000, 4000, 0.008
	l := in.load(600)
	if l.Messages != 50 || l.Arrivals != 1 || l.Agents != 100 {
		t.Fatalf("%+v", l)
	}
	for _, n := range in.needs(l, 2) {
		want := map[string]float64{
			// Each of two stores 25 and hears 25: 100 + 25 ms, half an arrival 5, 300 idle 300 ms, of 2 s.
			serverCPU: 0.43 / 2, serverMemory: 0.5,
			serverNet: (25*4000 + 25*2*1000) / 1e6, // a MB/s
			turns:     0.5, pgCPU: 0.1, pgLog: 0.1, pgRoom: 50 * 0.5 * 86400 * 365 * 1000 / 1e12,
			natsCPU: 0.1, natsNet: 0.1,
		}[n.of]
		if math.Abs(n.share-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", n.of, n.share, want)
		}
	}
	if alone := in.needs(l, 1); len(alone) != 7 || alone[0].share == in.needs(l, 2)[0].share {
		t.Errorf("a server alone: %v", alone)
	}
}

// drawn are inputs within a factor of ten of those that were measured.
func drawn(t *rapid.T) inputs {
	in := measuredInputs()
	for _, k := range in.knobs() {
		switch k.name {
		case "least":
			*k.value = float64(rapid.IntRange(1, 3).Draw(t, k.name))
		case "servers":
			*k.value = float64(rapid.IntRange(3, 40).Draw(t, k.name))
		case "talking", "day", "use":
			*k.value = rapid.Float64Range(0.01, 1).Draw(t, k.name)
		default:
			*k.value *= rapid.Float64Range(0.1, 10).Draw(t, k.name)
		}
	}
	return in
}

// A plan fits, none with fewer installations does, and more visitors never need less.
func TestPlansFitAndAreTheSmallest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		visitors := math.Round(math.Pow(10, rapid.Float64Range(3, 8).Draw(t, "visitors")))
		p, ok := in.plan(visitors)
		if !ok {
			t.Skip("more installations than are looked for")
		}
		if p.Busiest.share > 1 || p.Servers < in.Least || p.Servers > in.Servers {
			t.Fatalf("it does not fit: %+v", p)
		}
		if p.Installations > 1 {
			if _, most := in.best(in.load(visitors / (p.Installations - 1))); most.share <= 1 {
				t.Fatalf("one installation less would do: %+v, %+v", p, most)
			}
		}
		if (p.First.share > 1) != (p.Installations > 1) {
			t.Fatalf("it is split without need, or not with it: %+v", p)
		}
		if p.Servers > in.Least {
			if most := worst(in.needs(in.load(visitors/p.Installations), p.Servers-1)); most.share <= 1 {
				t.Fatalf("one server less would do: %+v, %+v", p, most)
			}
		}
		more, ok := in.plan(visitors * 3)
		if ok && more.Installations < p.Installations {
			t.Fatalf("three times as many need less: %+v, %+v", p, more)
		}
		for _, servers := range []float64{in.Least, in.Servers} {
			if servers == 1 {
				continue
			}
			most := worst(in.needs(p.load, servers))
			if carried := in.carries(most.of, servers); math.Abs(carried*most.share/visitors-1) > 1e-6 {
				t.Fatalf("%s carries %v, and is used %v by %v", most.of, carried, most.share, visitors)
			}
		}
	})
}

func TestModelTakesOtherFigures(t *testing.T) {
	var was, now result
	for args, into := range map[string]*result{"--json": &was, "--json --stores 100000 --row-bytes 10 --post-ms 0 --visitor-kb 200": &now} {
		if err := json.Unmarshal([]byte(modelSays(t, strings.Fields(args)...)), into); err != nil {
			t.Fatal(err)
		}
	}
	if was.Name != "model" || was.Params["stores"] != 5000.0 || now.Params["stores"] != 100000.0 || was.Figures["msgs_per_s_1000000"] < 1000 {
		t.Errorf("%+v", was)
	}
	if a, b := was.Figures["installations_10000000"], now.Figures["installations_10000000"]; a <= b || b < 1 {
		t.Errorf("%v installations, and with all that ends first made larger %v", a, b)
	}
	for args, says := range map[string]string{
		"--stores 0": "more than 0", "--talking 2": "share", "--pace NaN": "number", "--cores -1": "from 0", "--least 9 --servers 3": "whole",
		"--servers 2.5": "whole", "fast": "not understood", "--nothing": "nothing", "--visitor-kb 1e300": "too many",
	} {
		var out, said bytes.Buffer
		if code := Run(t.Context(), append([]string{"model"}, strings.Fields(args)...), &out, &said); code == 0 || !strings.Contains(said.String(), says) {
			t.Errorf("%s: code %d, %q", args, code, said.String())
		}
	}
}

func TestCountsAreWrittenForPeople(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 7.4: "7", 999: "999", 1000: "1,000", 1664.2: "1,660", 16667: "16,700", 1e7: "10,000,000", math.Inf(1): "–"} {
		if got := count(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}
