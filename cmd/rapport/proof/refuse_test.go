package proof

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// calm is a world with little talk, for faults that last.
var calm = plan{
	conversations: 3, tabs: 1, agents: 1,
	pace: 30 * time.Millisecond, agentPace: 50 * time.Millisecond,
}

// serveAgain bounds the time from the repair to the next acknowledgement.
const serveAgain = 5 * time.Second

// TestFullDisk is promise P7: refusals say so, reading goes on, nothing that
// was acknowledged is touched, and it serves again when there is room.
func TestFullDisk(t *testing.T) {
	d := NewDisk()
	p := calm
	m := mount(t, d)
	p.data = m.folder
	w := newWorld(t, p)
	time.Sleep(time.Second)
	d.Fill(true)
	w.refusesHonestly()
	d.Fill(false)
	w.servesAgain()
	w.finish()
}

// refusesHonestly posts until the server refuses, and looks at the refusal.
func (w *world) refusesHonestly() {
	w.t.Helper()
	var refused *drive.Refusal
	long := strings.Repeat("Long enough to need room. ", 300)
	if !until(20*time.Second, func() bool {
		rec := Record{Op: Invoke, Conversation: w.convs[0], Author: w.guests[0].PersonID, ClientID: marker(), Wire: ByPerson}
		w.must(w.journal.Append(rec))
		m, err := postByHTTP(w.t.Context(), w.guests[0], w.convs[0], rec.ClientID, long)
		rec.Op, rec.MessageID, rec.Seq = Ack, m.ID, m.Seq
		if err != nil {
			rec.Op, rec.MessageID, rec.Seq = Unknown, "", 0
		}
		w.must(w.journal.Append(rec))
		return errors.As(err, &refused)
	}) {
		w.t.Fatal("nothing was refused although nothing could be stored")
	}
	if refused.Status != http.StatusServiceUnavailable || refused.Code != "store_unavailable" || refused.RetryAfter == "" {
		w.t.Errorf("want 503 store_unavailable with Retry-After, got %v, Retry-After %q", refused, refused.RetryAfter)
	}
	if _, _, err := TeamPages(w.t.Context(), w.owner, w.convs[0]); err != nil {
		w.t.Errorf("reading does not go on: %v", err)
	}
	if _, _, err := PersonPages(w.t.Context(), w.guests[0], w.convs[0]); err != nil {
		w.t.Errorf("reading does not go on: %v", err)
	}
}

// servesAgain wants every client acknowledged soon after a repair.
func (w *world) servesAgain() {
	w.t.Helper()
	began := time.Now()
	before := map[*Client]int{}
	for _, c := range w.clients {
		before[c] = c.Counted().Acked
	}
	if !until(serveAgain, func() bool {
		return every(w.clients, func(c *Client) bool { return c.Counted().Acked > before[c] })
	}) {
		w.t.Errorf("does not serve again within %s of the repair", serveAgain)
	}
	w.t.Logf("serves again after %s", time.Since(began).Round(10*time.Millisecond))
}

// TestFailedSync is the other half of P7: after a failed sync nobody knows what
// is on the device, so the process ends and acknowledges nothing. Started again
// it must not build on what only the cache holds: a power cut later takes
// nothing that was acknowledged in the meantime.
func TestFailedSync(t *testing.T) {
	d := NewDisk()
	p := calm
	m := mount(t, d)
	p.data = m.folder
	w := newWorld(t, p)
	time.Sleep(time.Second)
	d.FailSync(true)
	code, ended := w.server.Exited(10 * time.Second)
	if !ended {
		t.Fatal("the server goes on after a failed sync")
	}
	if code == 0 {
		t.Error("it ended with exit code 0")
	}
	d.FailSync(false)
	w.start()
	w.servesAgain() // and no longer, or a checkpoint would carry it all to the device
	d.Freeze()
	w.server.Kill()
	m.hide()
	d.Cut(nil)
	m.show()
	w.start()
	w.finish()
}

// TestLockedDatabase: a second process holds the database for longer than
// anyone waits.
func TestLockedDatabase(t *testing.T) {
	w := newWorld(t, calm)
	time.Sleep(500 * time.Millisecond)
	release := lockDatabase(t, w.plan.data)
	hold := 30 * time.Second
	if testing.Short() {
		hold = 12 * time.Second
	}
	end := time.Now().Add(hold)
	w.refusesHonestly()
	time.Sleep(time.Until(end))
	release()
	w.servesAgain()
	w.finish()
}

// lockDatabase lets another process take the write lock of the only database
// in the folder.
func lockDatabase(t *testing.T, data string) (release func()) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(data, "*.db"))
	if err != nil || len(found) != 1 {
		t.Fatalf("want one database in %s, found %v (%v)", data, found, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), helperEnv+"=lock", "PROOF_DSN=file:"+found[0]+"?_busy_timeout=10000")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "locked\n" {
		t.Fatalf("the lock was not taken: %q %v", line, err)
	}
	return func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the process with the lock: %v", err)
		}
		cancel()
	}
}
