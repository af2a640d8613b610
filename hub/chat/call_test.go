package chat

import (
	"slices"
	"testing"
)

func TestMutesAreOfKindsThatThereAre(t *testing.T) {
	r := UsualReach("a")
	for _, m := range []string{"waiting", "waiting.smell", "mention.phone", "", "x.sound"} {
		r.Mutes = []string{m}
		if err := r.Validate(); !Is(err, Invalid) {
			t.Errorf("%q: %v", m, err)
		}
	}
	r.Mutes = []string{"waiting.phone", "mine.sound", "waiting.phone"}
	if err := r.Validate(); err != nil || !slices.Equal(r.Mutes, []string{"mine.sound", "waiting.phone"}) {
		t.Fatalf("got %v, %v", r.Mutes, err)
	}
	if r.Hears(CallMine, BySound) || r.Hears(CallWaiting, ByPhone) || !r.Hears(CallMine, ByPhone) || !r.Hears(CallMention, BySound) {
		t.Errorf("hears what it does not: %v", r.Mutes)
	}
	r.Mutes = append(Mutes(), "mine.sound")
	if err := r.Validate(); !Is(err, Invalid) {
		t.Errorf("more than there are: %v", err)
	}
}
