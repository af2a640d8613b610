package chat

import "testing"

func TestAskedIsWhatANoteAsks(t *testing.T) {
	for note, want := range map[string]string{
		ForWhom("Ben") + "Is it blue?":               "Is it blue?",
		ForWhom("Repairs: EU") + "First:\nand then?": "First:\nand then?",
		"For Ben: Is it blue?":                       "For Ben: Is it blue?",
		"For Ben: Is it blue?\nOr here:":             "For Ben: Is it blue?\nOr here:",
		"":                                           "", // erased
	} {
		if got := Asked(note); got != want {
			t.Errorf("%q asks %q, want %q", note, got, want)
		}
	}
}
