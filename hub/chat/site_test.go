package chat_test

import (
	"testing"

	"rapport/hub/chat"
)

// A rule without words that can be said is refused when it is saved, not when an
// agent closes.
func TestAFollowUpNeedsWords(t *testing.T) {
	for _, text := range []string{"", " ", "\n\t", "\u200b"} {
		s := chat.DefaultSettings("Shop")
		s.After = chat.After{FollowUpDays: 1, FollowUpText: text}
		if err := s.Validate(); !chat.Is(err, chat.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
		s.After.FollowUpDays = 0
		if s.After.FollowUpText = " "; s.Validate() != nil || s.After.FollowUpText != "" {
			t.Errorf("without a rule %q stays", s.After.FollowUpText)
		}
	}
}
