package mail

import (
	"errors"
	"strings"
	"testing"

	"rapport/hub/chat"
)

func TestTroubleIsSaidByItsCode(t *testing.T) {
	for want, err := range map[string]error{
		"Choose one of the options":    chat.FailField("option", "x"),
		"up to 2000 characters fit":    chat.FailField("text", "x"),
		"Please make it a little":      chat.FailField("comment", "x"),
		"cannot be answered that way":  chat.FailField("choice", "x"),
		"answered or taken back":       chat.Fail(chat.Conflict, "x"),
		"has ended meanwhile":          chat.Fail(chat.AlreadyClosed, "x"),
		"are not taken":                chat.Fail(chat.Forbidden, "x"),
		"we go on from there":          chat.Fail(chat.IdentityNeeded, "x"),
		"What you wrote is still here": chat.Fail(chat.RateLimited, "x"),
	} {
		if got := Trouble("en", err); !strings.Contains(got, want) || strings.Contains(got, "{") {
			t.Errorf("%v: got %q, want %q", err, got, want)
		}
	}
	if got, want := Trouble("en", errors.New("the disk is full")), Trouble("en", chat.Fail(chat.StoreDown, "x")); got != want {
		t.Errorf("our own fault says %q", got)
	}
}
