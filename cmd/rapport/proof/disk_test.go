package proof

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// mounted is a disk that a folder shows, until it is taken away.
type mounted struct {
	t      *testing.T
	disk   *Disk
	folder string
	away   func() error // nil while it is not shown
}

// mount shows a disk at a fresh folder, or skips loudly where the machine does
// not allow it. Whoever uses it must be gone when the test ends.
func mount(t *testing.T, d *Disk) *mounted {
	t.Helper()
	if _, err := os.Stat("/dev/fuse"); err != nil || os.Getuid() != 0 {
		t.Skip("SKIPPED, AND WITH IT THE PROOF AGAINST POWER CUTS AND FAILING DISKS: this machine has no /dev/fuse, or we are not root")
	}
	m := &mounted{t: t, disk: d, folder: t.TempDir()}
	m.show()
	t.Cleanup(m.hide)
	return m
}

func (m *mounted) show() {
	m.t.Helper()
	var err error
	if m.away, err = m.disk.Mount(m.folder); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mounted) hide() {
	m.t.Helper()
	if m.away == nil {
		return
	}
	if err := m.away(); err != nil {
		m.t.Errorf("unmount %s: %v", m.folder, err)
	}
	m.away = nil
}

// inShell uses the mounted disk from a process of its own: a process that
// serves a file system and waits for it at once may wait for ever.
func inShell(t *testing.T, folder, script string) string {
	t.Helper()
	out, err := exec.Command("sh", "-c", "cd '"+folder+"' && "+script).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return string(out)
}

func TestOnlySyncedBytesSurvive(t *testing.T) {
	d := NewDisk()
	t.Run("before", func(t *testing.T) {
		folder := mount(t, d).folder
		inShell(t, folder, `mkdir in && printf kept >in/a && sync in/a && printf ' and lost' >>in/a &&
			printf never >b && printf old >c && sync c && mv c d && printf gone >e && sync e && rm e &&
			printf two >f && sync f && ln f g && ! ln f d 2>/dev/null && mkdir out && printf safe >out/h && sync out/h out && rm out/h && sync out`)
		if got := inShell(t, folder, "cat in/a b d"); got != "kept and lostneverold" {
			t.Fatalf("the running system sees %q", got)
		}
	})
	d.Cut(nil)
	t.Run("after", func(t *testing.T) {
		folder := mount(t, d).folder
		if got := inShell(t, folder, "find . -type f | sort && cat in/a c e"); got != "./c\n./e\n./f\n./in/a\nkeptoldgone" {
			t.Fatalf("after the cut: %q", got)
		}
	})
}

func TestFullAndFailing(t *testing.T) {
	d := NewDisk()
	folder := mount(t, d).folder
	inShell(t, folder, "printf abc >a && sync a")
	d.Fill(true)
	inShell(t, folder, "! printf more >>a && ! printf new >b && printf xyz | dd of=a conv=notrunc 2>/dev/null")
	d.Fill(false)
	d.FailSync(true)
	inShell(t, folder, "printf more >>a && ! sync a")
	d.FailSync(false)
	inShell(t, folder, "sync a")
	if got := inShell(t, folder, "cat a"); got != "xyzmore" {
		t.Fatalf("%q", got)
	}
	if string(d.names["a"].safe) == "xyzmore" {
		t.Fatal("bytes of a failed sync reached the device later")
	}
}

// The file system must be able to show the fault that it is for: SQLite with
// synchronous=NORMAL loses commits in a power cut, with FULL it loses none.
func TestPowerCutTellsNormalFromFull(t *testing.T) {
	for _, c := range []struct {
		mode  string
		loses bool
	}{{"NORMAL", true}, {"FULL", false}} {
		t.Run(c.mode, func(t *testing.T) {
			d, rng := NewDisk(), rand.New(rand.NewPCG(1, 2))
			committed, lost := 0, 0
			for n := range 5 {
				t.Run(fmt.Sprint("life ", n), func(t *testing.T) {
					found, now := writeRows(t, mount(t, d).folder, c.mode)
					lost += committed - found
					committed = now
				})
				d.Cut(rng)
			}
			if (lost > 0) != c.loses {
				t.Fatalf("%d rows lost with synchronous=%s", lost, c.mode)
			}
		})
	}
}

// writeRows lets a process count the rows in a database, commit some more and
// die without closing it. It returns both counts.
func writeRows(t *testing.T, folder, mode string) (found, committed int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperEnv+"=rows", "PROOF_DSN=file:"+filepath.Join(folder, "db")+"?_journal_mode=WAL&_synchronous="+mode)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Fatalf("the writer was to end by a signal: %v %s", err, out)
	}
	if _, err := fmt.Sscan(string(out), &found, &committed); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	return found, committed
}
