package when

import (
	"os"
	"strings"
	"testing"
)

func TestCommitmentsAreFound(t *testing.T) {
	replies, err := os.ReadFile("testdata/replies.txt")
	if err != nil {
		t.Fatal(err)
	}
	s, err := measure(string(replies), func(reply string, got, want []string) {
		t.Errorf("%s\n\tgot  %q\n\twant %q", reply, got, want)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("written on: %d replies, precision %.3f, recall %.3f", s.replies, s.precision(), s.recall())
}

// The held-out replies are the figure that is published; below this it would
// not be worth a chip in the composer.
func TestHeldOutRepliesAreReadWell(t *testing.T) {
	heldOut, err := os.ReadFile("testdata/heldout.txt")
	if err != nil {
		t.Fatal(err)
	}
	s, err := measure(string(heldOut), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("held out: %d replies, precision %.3f, recall %.3f", s.replies, s.precision(), s.recall())
	if s.precision() < 0.95 || s.recall() < 0.9 {
		t.Errorf("precision %.3f, recall %.3f", s.precision(), s.recall())
	}
	if p, r, n, err := Measure(os.DirFS(".")); err != nil || p != s.precision() || r != s.recall() || n != s.replies {
		t.Errorf("Measure says %v, %v, %d, %v", p, r, n, err)
	}
}

func TestTwoSentencesSayWhereTheyStand(t *testing.T) {
	now, err := saidNow("@ 2026-11-25T10:00 Europe/Berlin shop")
	if err != nil {
		t.Fatal(err)
	}
	text := "Grüße 👋 Maria! I’ll ask the depot, and by Friday noon we'll send you a new lamp. Please keep the old one."
	got := Commitments(text, now, now.Location(), shop)
	if len(got) != 2 {
		t.Fatalf("got %+v", got)
	}
	for i, want := range []Found{{Text: "I’ll ask the depot"}, {Text: "We'll send you a new lamp", Words: "by Friday noon"}} {
		g := got[i]
		if g.Text != want.Text || g.Words != want.Words || !strings.HasPrefix(text[g.Start:g.End], "I’ll ask") || !strings.HasSuffix(text[g.Start:g.End], "lamp.") {
			t.Errorf("got %+v in %q", g, text[g.Start:g.End])
		}
	}
}

func TestEachDeedHasItsTime(t *testing.T) {
	now, err := saidNow("@ 2026-11-25T10:00 Europe/Berlin shop")
	if err != nil {
		t.Fatal(err)
	}
	got := Commitments("I'll open a dispute today and write to you by Friday noon.", now, now.Location(), shop)
	if len(got) != 2 || got[0].Text != "I'll open a dispute" || got[0].Words != "today" || got[1].Text != "I will write to you" || got[1].Words != "by Friday noon" {
		t.Errorf("got %+v", got)
	}
}

func TestCommitmentsInTheirOwnWords(t *testing.T) {
	now, err := saidNow("@ 2026-11-25T10:00 Europe/Berlin shop")
	if err != nil {
		t.Fatal(err)
	}
	for reply, want := range map[string]string{
		"I'll get back to you tomorrow at three.":                     "I'll get back to you",
		"OK, tomorrow at three I'll call you about the invoice.":      "I'll call you about the invoice",
		"I'll call you tomorrow at three about the invoice, and so":   "I'll call you about the invoice",
		"Let me ask Ben and come back to you in half an hour":         "I'll ask Ben and come back to you",
		"I've asked accounting and will get back to you by Thursday.": "I will get back to you",
		"Back in ten minutes!":                                        "I'll be back",
		"by Friday our engineer will visit you":                       "Our engineer will visit you",
		"I'll send it by 12/5.":                                       "I'll send it by 12/5",
		"I'll send " + strings.Repeat("a very long list ", 20):        "I'll send " + strings.TrimSpace(strings.Repeat("a very long list ", 6)) + " a very…",
	} {
		if got := Commitments(reply, now, now.Location(), shop); len(got) != 1 || got[0].Text != want {
			t.Errorf("%s\n\tgot  %+v\n\twant %q", reply, got, want)
		}
	}
}
