package chat

import (
	"testing"
	"time"
)

func TestHowLongConversationsAreKept(t *testing.T) {
	now := Time(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).UnixMilli())
	r := Retention{Months: 6, SetAt: now}
	if got := r.Before(now).Std().UTC(); got != time.Date(2026, 5, 22, 12, 0, 0, 0, time.UTC) {
		t.Errorf("too old is what was closed before %v", got)
	}
	if r.Begun(now) || r.Begun(now.Add(RetentionGrace)-1) || !r.Begun(now.Add(RetentionGrace)) {
		t.Error("the first go at the wrong time")
	}
	if ever := (Retention{}); ever.Before(now) != 0 || ever.Begun(now) {
		t.Error("somebody who never said it has something erased")
	}
	for months, ok := range map[int64]bool{-1: false, 0: true, 1: true, 120: true, 121: false} {
		s := DefaultSettings("Shop")
		s.Retention.Months = months
		if err := s.Validate(); (err == nil) != ok {
			t.Errorf("%d months: %v", months, err)
		}
	}
}
