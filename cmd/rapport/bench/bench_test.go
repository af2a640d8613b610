package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"", 2, "usage: rapport bench NAME"},
		{"-h", 0, "throughput"},
		{"--json", 2, "usage"},
		{"speed", 2, `no benchmark "speed"`},
		{"message --rate fast", 2, "rate"},
		{"message --rate -1", 2, "--rate"},
		{"message extra", 2, `"extra"`},
		{"message --duration 1h", 2, "--duration"},
		{"message --agents 9 --visitors 3", 2, "--agents"},
		{"idle --connections 0", 2, "--connections"},
		{"idle --connections 30000", 2, "open files"},
		{"idle --window 0s", 2, "--window"},
		{"inbox --conversations 0", 2, "--conversations"},
		{"search --messages 0", 2, "--messages"},
		{"cluster --parts message,sleep", 2, `"sleep"`},
		{"cluster --rounds 0", 2, "--rounds"},
		{"cluster --ids 0", 2, "--ids"},
		{"cluster --agents 3 --visitors 151", 2, "at most 50 for each"},
		{"cluster --target http://127.0.0.1:1", 2, "--target"},
		{"message --target http://127.0.0.1:1", 2, "--email"},
	} {
		t.Run(c.args, func(t *testing.T) {
			t.Setenv("RAPPORT_BENCH_PASSWORD", "")
			var stderr bytes.Buffer
			code := Run(context.Background(), strings.Fields(c.args), io.Discard, &stderr)
			if code != c.code || !strings.Contains(stderr.String(), c.says) {
				t.Fatalf("code %d, said %q", code, stderr.String())
			}
		})
	}
}

func TestUnreachableTarget(t *testing.T) {
	t.Setenv("RAPPORT_BENCH_PASSWORD", "x")
	var stderr bytes.Buffer
	code := Run(context.Background(), []string{"message", "--target", "http://127.0.0.1:1", "--email", "a@example.com"}, io.Discard, &stderr)
	if code != 1 || !strings.Contains(stderr.String(), "sign in") {
		t.Fatalf("code %d, said %q", code, stderr.String())
	}
}

func TestResult(t *testing.T) {
	r := newResult("message")
	r.param("rate", 200)
	r.atMost("p50_ms", "half", "ms", 1.29951, 1.3)
	if !r.OK {
		t.Error("1.29951 does not reach 1.3")
	}
	r.atMost("p99_ms", "nearly all", "ms", 8.0016, 8)
	r.atLeast("msgs_per_s", "a second", "", 12000, 12000)
	r.exactly("rows", "just so many", "", 7, 7)
	r.aside("for people", "MB", 12.345)
	if r.OK {
		t.Error("8.0016 reaches 8")
	}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"name":"message","params":{"rate":200},"figures":{"msgs_per_s":12000,"p50_ms":1.3,"p99_ms":8.002,"rows":7},"ok":false}`
	if string(data) != want {
		t.Errorf("\n got %s\nwant %s", data, want)
	}
	var table bytes.Buffer
	if err := r.table(&table, "about"); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"message: about", "at most 1.300 ms: reached", "MISSED", "exactly 7: reached", "12.3 MB", "12000"} {
		if !strings.Contains(table.String(), part) {
			t.Errorf("%q is missing in\n%s", part, &table)
		}
	}
}

func TestRefusesMemory(t *testing.T) {
	var fs unix.Statfs_t
	if err := unix.Statfs("/dev/shm", &fs); err != nil || fs.Type != unix.TMPFS_MAGIC {
		t.Skip("this machine has no tmpfs at /dev/shm")
	}
	folder, err := workFolder("/dev/shm")
	if err == nil {
		os.RemoveAll(folder)
		t.Fatal("a store in memory was accepted")
	}
}

func TestMeasureSync(t *testing.T) {
	folder := t.TempDir()
	took, err := measureSync(folder)
	if err != nil || took <= 0 {
		t.Fatal(took, err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 0 {
		t.Fatal("it leaves files behind", left, err)
	}
}

func TestNeededReferences(t *testing.T) {
	for _, c := range []struct {
		path, body string
		want       string
	}{
		{"/console/", `<link rel="stylesheet" href="/assets/a.css"><script type="module" src="/assets/a.js"></script><img src="/x.png">`, "/assets/a.js /assets/a.css"},
		{"/assets/a.js", `import{a}from"./b.js";import"./c.js";export{x}from"./d.js";const later=()=>import("./e.js")`, "./b.js ./c.js ./d.js"},
		{"/assets/a.css", `@font-face{src:url(f.woff2)}`, "f.woff2"},
		{"/assets/f.woff2", `import"./c.js"`, ""},
		{"/w.js", `;import"./c.js"`, ""},
	} {
		if got := strings.Join(needed(c.path, []byte(c.body)), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.path, got, c.want)
		}
	}
}

// Who has only the program learns where the labelled lines lie; a folder that was named
// and has none is an error, and never a good figure.
func TestCoachReadsTheLabelledSetOfTheRepository(t *testing.T) {
	coach := func(set string) (*result, error) {
		r := &run{params: &params{set: set}, result: newResult("coach")}
		return r.result, r.readingWell()
	}
	if got, err := coach("../../../hub/cycle"); err != nil || got.Figures["move_precision"] < 0.9 || got.Figures["promise_recall"] < 0.9 {
		t.Errorf("in the repository: %v, %v", got.Figures, err)
	}
	if got, err := coach(t.TempDir()); err == nil {
		t.Errorf("an empty folder measures %v", got.Figures)
	}
	t.Chdir(t.TempDir())
	var said bytes.Buffer
	got, err := coach("")
	if err != nil || len(got.Figures) > 0 {
		t.Errorf("with the program alone: %v, %v", got.Figures, err)
	}
	if err := got.table(&said, "coach"); err != nil || !strings.Contains(said.String(), "--set") {
		t.Errorf("it does not say how to: %v\n%s", err, &said)
	}
}
