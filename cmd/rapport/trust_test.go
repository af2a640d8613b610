package main

import (
	"testing"
	"time"

	"rapport/hub/chat"
)

// A clock far from what is stored is not believed for a day, whether it was wrong at the
// start or is set while the server runs; one that is put right is believed at once.
func TestAWrongClockErasesNothing(t *testing.T) {
	const day = 24 * time.Hour
	seen := chat.SystemClock()
	for _, look := range []struct {
		name string
		then []time.Duration // how far the clock stands from the right one, an hour apart
		want []bool          // believed
	}{
		{"right", []time.Duration{0, 0}, []bool{true, true}},
		{"quiet for a week", []time.Duration{6 * day}, []bool{true}},
		{"two years ahead, then put right", []time.Duration{730 * day, 730 * day, 0}, []bool{false, false, true}},
		{"two days behind", []time.Duration{-2 * day}, []bool{false}},
		{"set ahead while it runs", []time.Duration{0, 730 * day, 730 * day}, []bool{true, false, false}},
	} {
		c := clockTrust{seen: seen}
		for i, off := range look.then {
			ran := time.Duration(i) * time.Hour
			if err := c.doubt(seen.Add(ran+off), ran); (err == nil) != look.want[i] {
				t.Errorf("%s, look %d: %v", look.name, i, err)
			}
		}
	}
	c := clockTrust{seen: seen}
	for ran := time.Duration(0); ran <= trustAfter; ran += time.Hour {
		if err := c.doubt(seen.Add(60*day+ran), ran); (err == nil) != (ran == trustAfter) {
			t.Errorf("quiet for two months, after %s: %v", ran, err)
		}
	}
}

// What a server compares its clock with is the newest stored before it started.
func TestTheNewestStored(t *testing.T) {
	srv := wholeServer(t)
	defer func() { _ = srv.stop() }()
	at, err := srv.store.NewestAt(t.Context())
	if err != nil || apart(at, chat.SystemClock()) > time.Hour {
		t.Errorf("the newest is of %s: %v", at.Std(), err)
	}
	if srv.clock.seen > at {
		t.Errorf("it knows of %s", srv.clock.seen.Std())
	}
	srv.clock = clockTrust{seen: at.Add(-730 * 24 * time.Hour)}
	if err := srv.eraseByAge(t.Context()); err == nil {
		t.Error("it erases by a clock that is two years ahead")
	}
}
