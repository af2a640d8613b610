package cycle

import (
	"errors"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
)

// here is the folder of this package.
var here = os.DirFS(".")

// The set is as large as its figures need, and what is read of it does not get
// worse unseen. Wrong moves cost trust, so that precision has the highest floor.
func TestLabelledConversationsAreReadWell(t *testing.T) {
	all, err := Measure(here, Seen, Unseen)
	if err != nil {
		t.Fatal(err)
	}
	unseen, err := Measure(here, Unseen)
	if err != nil {
		t.Fatal(err)
	}
	if all.Conversations < 50 || all.Lines < 600 || unseen.Lines*6 < all.Lines {
		t.Errorf("%d conversations, %d lines, of which %d unseen", all.Conversations, all.Lines, unseen.Lines)
	}
	for name, m := range map[string]*Measured{"all": all, "unseen": unseen} {
		low, high := Wilson(m.Moves.Right+m.Moves.Late, m.Moves.Found())
		t.Logf("%s: move precision %.3f (95 %%: %.3f to %.3f), recall %.3f, f1 %.3f; type f1 %.3f, mood f1 %.3f",
			name, m.Moves.Precision(), low, high, m.Moves.Recall(), m.Moves.F1(), MacroF1(m.Types), MacroF1(m.Moods))
	}
	for _, floor := range []struct {
		what      string
		got, want float64
	}{
		{"move precision", all.Moves.Precision(), 0.96},
		{"move recall", all.Moves.Recall(), 0.80},
		{"type f1", MacroF1(all.Types), 0.80},
		{"mood f1", MacroF1(all.Moods), 0.80},
		{"unseen move precision", unseen.Moves.Precision(), 0.95},
		{"unseen move recall", unseen.Moves.Recall(), 0.65},
		{"unseen type f1", MacroF1(unseen.Types), 0.70},
		{"unseen mood f1", MacroF1(unseen.Moods), 0.70},
	} {
		if floor.got < floor.want {
			t.Errorf("%s %.3f, want at least %.2f", floor.what, floor.got, floor.want)
		}
	}
	if t.Failed() {
		tellSeen(t)
	}
}

// What is offered beside the five steps is offered rarely and rightly: a wrong
// line costs a look each time.
func TestFurtherSubjectsAndDetailsAreFoundRightly(t *testing.T) {
	m, err := Measure(here, Seen, Besides)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what   string
		tally  Tally
		recall float64
	}{{"second concerns", m.Seconds, 0.85}, {"personal details", m.Details, 0.70}} {
		low, high := Wilson(c.tally.Right, c.tally.Found())
		t.Logf("%s: precision %.3f (95 %%: %.3f to %.3f), recall %.3f", c.what, c.tally.Precision(), low, high, c.tally.Recall())
		if c.tally.Right+c.tally.Missed < 25 || c.tally.Precision() < 0.95 || c.tally.Recall() < c.recall {
			t.Errorf("%s: %+v", c.what, c.tally)
		}
	}
	if t.Failed() {
		for _, w := range m.Wrong {
			t.Log(w)
		}
	}
}

// tellSeen lists what is read wrongly of the seen lines only: who writes rules
// must not look into the others.
func tellSeen(t *testing.T) {
	seen, err := Measure(here, Seen)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range seen.Wrong {
		t.Log(w)
	}
}

func TestWilsonIsAnInterval(t *testing.T) {
	for _, c := range []struct {
		part, n   int
		low, high float64
	}{{0, 0, 0, 1}, {10, 10, 0.722, 1}, {0, 10, 0, 0.278}, {95, 100, 0.888, 0.978}} {
		low, high := Wilson(c.part, c.n)
		if d := low - c.low; d > 0.001 || d < -0.001 {
			t.Errorf("%d of %d: low %.3f, want %.3f", c.part, c.n, low, c.low)
		}
		if d := high - c.high; d > 0.001 || d < -0.001 {
			t.Errorf("%d of %d: high %.3f, want %.3f", c.part, c.n, high, c.high)
		}
	}
}

// A set that is not there must not read as one in which nothing was wrong.
func TestALabelledSetThatIsNotThereIsAnError(t *testing.T) {
	if m, err := Measure(fstest.MapFS{}, Seen); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%+v, %v", m, err)
	}
}
