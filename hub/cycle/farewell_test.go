package cycle_test

import (
	"testing"

	"rapport/hub/cycle"
)

func TestReadFarewell(t *testing.T) {
	for body, want := range map[string]cycle.Farewell{
		"Thank you for being our customer, and have a lovely day! If anything comes up, just write to us here.": {Thanks: true, Invites: true},
		"Good luck with it! Thank you for choosing us.":                                                         {Thanks: true},
		"Come back any time, {{customer.first_name|dear guest}}!":                                               {Invites: true},
		"Before you go: is everything sorted for you now, or is something not quite right yet?":                 {Asks: true},
		"One short question before you go: how did I do today? Thank you!":                                      {Thanks: true, Asks: true},
		"Your parcel leaves us today.":                                                                          {},
	} {
		if got := cycle.ReadFarewell(body); got != want {
			t.Errorf("%q: %+v, want %+v", body, got, want)
		}
	}
}
