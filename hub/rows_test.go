package hub_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

// lists answers for every id and remembers what it was asked.
type lists struct {
	mu    sync.Mutex
	asked [][]string
	fail  bool
}

func (l *lists) RowsByID(_ context.Context, site string, ids []string) ([]chat.Row, chat.Counts, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fail {
		return nil, chat.Counts{}, errors.New("store is away")
	}
	l.asked = append(l.asked, slices.Clone(ids))
	var rows []chat.Row
	for _, id := range ids {
		rows = append(rows, chat.Row{Conversation: chat.Conversation{ID: id, SiteID: site}})
	}
	return rows, chat.Counts{Queue: 1, Mine: -1, Open: 2}, nil
}

type rows struct {
	From    int64 `json:"from"`
	SiteSeq int64 `json:"site_seq"`
	Rows    []struct{ ID string }
	Counts  chat.Counts
}

func TestRowsAreGathered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &lists{}
		h := open(t, hub.Options{Rows: store})
		h.Publish([]chat.Event{message("before", 1, 1)}) // nobody listens, nobody asks
		synctest.Wait()
		c := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { joinSite(h, c, 1) })
		for seq := range int64(100) {
			h.Publish([]chat.Event{message("C"+string('a'+rune(seq%3)), seq+2, seq+2)})
			time.Sleep(10 * time.Millisecond)
		}
		last, frames := int64(1), 0
		for last < 101 {
			var f rows
			c.JSON(t, "rows", &f)
			if f.From != last || f.SiteSeq <= f.From || len(f.Rows) == 0 || f.Counts.Mine != -1 {
				t.Fatalf("after %d got %+v", last, f)
			}
			last = f.SiteSeq
			frames++
		}
		if frames < 10 || frames > 12 || len(store.asked) != frames {
			t.Fatalf("%d frames and %d reads in a second", frames, len(store.asked))
		}
	})
}

func joinSite(h *hub.Hub, c *hub.Conn, head int64) {
	c.Identify(agent("A", "Ann"))
	h.Subscribe(c, hub.SiteTopic("site"), true)
	h.SetHead(hub.SiteTopic("site"), head)
	h.Release(c, hub.SiteTopic("site"), head)
}

// A console that is ahead of what the frame starts from gets one that starts
// where it is; so does one whose rows changed without an event.
func TestRowsFollowWhatTheConsoleHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{Rows: &lists{}})
		old := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { joinSite(h, c, 0) })
		h.Publish([]chat.Event{message("C", 41, 1)})
		var f rows
		old.JSON(t, "rows", &f)
		c := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { joinSite(h, c, 43) }) // read after 43 was committed
		h.Publish([]chat.Event{message("C", 42, 2)})
		h.Publish([]chat.Event{message("C", 43, 3)})
		synctest.Wait()
		time.Sleep(time.Second)
		h.Publish([]chat.Event{message("C", 44, 4)})
		if c.JSON(t, "rows", &f); f.From != 43 || f.SiteSeq != 44 {
			t.Fatalf("got %+v", f)
		}
		time.Sleep(time.Second)
		h.TouchRows("site", "D")
		if c.JSON(t, "rows", &f); f.From != 44 || f.SiteSeq != 44 || f.Rows[0].ID != "D" {
			t.Fatalf("got %+v", f)
		}
	})
}

// Thousands of rows that change at once come in rounds: each row once and before
// any of them again, the stream carried on by the last, and nobody dropped.
func TestManyRowsComeInRounds(t *testing.T) {
	const many = 3_000
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{Rows: &lists{}})
		c := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { joinSite(h, c, 0) })
		var batch []chat.Event
		for i := range int64(many) {
			batch = append(batch, message(fmt.Sprintf("C%04d", i), i+1, 1))
		}
		h.Publish(batch)
		synctest.Wait()
		time.Sleep(time.Second)
		h.Publish([]chat.Event{message("C0000", many+1, 2)}) // again, while others wait
		begun, again := time.Now(), false
		seen := make(map[string]bool)
		var f rows
		for last := int64(0); last < many+1; {
			_ = c.SetReadDeadline(time.Now().Add(time.Minute))
			c.JSON(t, "rows", &f)
			if f.From != last || f.SiteSeq < last || len(f.Rows) > 100 {
				t.Fatalf("after %d got %d to %d with %d rows", last, f.From, f.SiteSeq, len(f.Rows))
			}
			for _, r := range f.Rows {
				if again = seen[r.ID]; again && (r.ID != "C0000" || len(seen) != many) {
					t.Fatalf("%s came again after %d others", r.ID, len(seen))
				}
				seen[r.ID] = true
			}
			last = f.SiteSeq
		}
		if took := time.Since(begun); !again || len(seen) != many || took < 5*time.Second || took > 10*time.Second {
			t.Fatalf("%d rows in %s, again %t", len(seen), took, again)
		}
	})
}

// When the store cannot be read, the beat tells the console that it is behind.
func TestRowsUnreadableShowInTheBeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &lists{fail: true}
		h := open(t, hub.Options{Rows: store})
		c := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { joinSite(h, c, 5) })
		h.Publish([]chat.Event{message("C", 6, 1)})
		_ = c.SetReadDeadline(time.Time{})
		for f := range listen(c, true) {
			var b beat
			if decode(f, &b); b.Type == "beat" {
				if b.Sites["site"] != 6 {
					t.Fatalf("beat %+v", b)
				}
				return
			}
		}
	})
}

func TestMemoryBroker(t *testing.T) {
	bell := hub.NewMemory()
	hubtest.Broker(t, func(*testing.T) hub.Broker { return bell })
}
