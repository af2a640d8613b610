package bench

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapport/cmd/rapport/bench/drive"
)

// Every benchmark runs against the real server, small and short, and prints the
// keys that scripts rely on. How fast it is does not matter here.
func TestRealServer(t *testing.T) {
	t.Parallel()
	binary := build(t)
	for _, c := range []struct{ args, keys string }{
		{"message --rate 50 --visitors 6 --agents 3 --duration 1s", "cpu_ms_per_msg duplicated lost p50_ms p99_ms"},
		{"throughput --rate 2000 --visitors 20 --duration 1s", "lost msgs_per_s p99_ms"},
		{"idle --connections 20 --settle 1s --window 2s", "cpu_percent kb_per_conn"},
		{"fanout --listeners 5 --rate 20 --duration 1s", "deliveries_per_s lost p99_ms"},
		{"resume --connections 30", "all_back_s duplicated lost"},
		{"inbox --conversations 300", "first_page_p50_ms open_p50_ms"},
		{"search --messages 400", "p50_ms p99_ms"},
		{"routing --team 3 --waiting 5 --rate 5 --duration 1s", "lost p50_ms p99_ms"},
		{"weights", "binary_mb console_gzip loader_gzip panel_gzip rest_mb"},
	} {
		name, _, _ := strings.Cut(c.args, " ")
		t.Run(name, func(t *testing.T) {
			got := runReal(t, binary, strings.Fields(c.args))
			if got.Name != name {
				t.Errorf("name %q", got.Name)
			}
			if keys := strings.Join(slices.Sorted(maps.Keys(got.Figures)), " "); keys != c.keys {
				t.Errorf("figures %s, want %s", keys, c.keys)
			}
			for key, value := range got.Figures {
				if wantsNone := key == "lost" || key == "duplicated"; wantsNone != (value == 0) && key != "cpu_percent" && key != "kb_per_conn" {
					t.Errorf("%s is %v", key, value)
				}
			}
		})
	}
}

// Two real servers lose nothing and double nothing, whatever is taken from them. How
// long they take does not matter here.
func TestTwoRealServers(t *testing.T) {
	t.Parallel()
	got := runReal(t, build(t), strings.Fields("cluster --parts message,nats,storm,kill,rolling --rate 50 --visitors 20 --agents 2 --duration 1s --rounds 2 --ids 40"))
	if keys := strings.Join(slices.Sorted(maps.Keys(got.Figures)), " "); keys != "back_s duplicated failed lost moved_s out_of_order p50_ms p99_ms pause_ms storm_rows" {
		t.Errorf("figures %s", keys)
	}
	for key, want := range map[string]float64{"lost": 0, "duplicated": 0, "out_of_order": 0, "failed": 0, "storm_rows": 40} {
		if got.Figures[key] != want {
			t.Errorf("%s is %v, want %v", key, got.Figures[key], want)
		}
	}
}

// build makes the program that is measured.
func build(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and starts the server")
	}
	binary := filepath.Join(t.TempDir(), "rapport")
	if out, err := exec.Command("go", "build", "-o", binary, "..").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

// A held server serves until the standard input of its command ends.
func TestHold(t *testing.T) {
	binary := build(t)
	cmd := exec.CommandContext(t.Context(), binary, "bench", "hold", "--conversations", "30", "--dir", t.TempDir())
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var held map[string]string
	if err := json.NewDecoder(stdout).Decode(&held); err != nil {
		t.Fatal(err)
	}
	place, err := drive.NewPlace(held["console"], held["widget"], held["site_key"])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drive.SignIn(t.Context(), place, held["email"], held["password"]); err != nil {
		t.Fatal(err)
	}
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, stdout); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

func runReal(t *testing.T, binary string, args []string) result {
	t.Helper()
	work := t.TempDir()
	cmd := exec.CommandContext(t.Context(), binary, append([]string{"bench"}, append(args, "--json", "--dir", work)...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	var r result
	decode := json.NewDecoder(strings.NewReader(lines[len(lines)-1]))
	decode.DisallowUnknownFields()
	if err := decode.Decode(&r); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	left, err := os.ReadDir(work)
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves %v behind, %v", left, err)
	}
	return r
}
