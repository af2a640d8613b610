package desk_test

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
)

// What happens at a site is counted by its own clock, wherever the server stands: late
// on the 21st in London it is the 22nd in Auckland. A site without hours goes by the
// server's clock.
func TestFactsAreCountedByTheSitesClock(t *testing.T) {
	for _, at := range []struct {
		hours chat.Hours
		day   string
	}{
		{chat.Hours{Kept: true, Zone: "Pacific/Auckland"}, "2026-11-22"},
		{chat.Hours{Kept: true, Zone: "America/Los_Angeles"}, "2026-11-21"},
		{chat.Hours{Kept: false, Zone: "Pacific/Auckland"}, "2026-11-21"},
	} {
		s := newShop(t)
		s.later(12 * time.Hour) // 21:00 where the server stands
		s.site.Hours = at.hours
		s.must(s.store.SaveSite(s.ctx(), &s.site))
		ben := s.agent("Ben", chat.AgentRole)
		_, id := s.chatting()
		s.replies(ben, id, "client-1", "Hello Maria, of course")
		facts := s.facts(id)
		if len(facts) == 0 {
			t.Fatalf("%+v: nothing was counted", at.hours)
		}
		for _, f := range facts {
			if !strings.Contains(f, " "+at.day+" ") {
				t.Errorf("%+v: %s, want it under %s", at.hours, f, at.day)
			}
		}
		if got := s.desk.DayBefore(&s.site, s.now(), 0); got != at.day {
			t.Errorf("%+v: today is %s in the report, want %s", at.hours, got, at.day)
		}
	}
}
