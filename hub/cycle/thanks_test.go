package cycle

import (
	"strings"
	"testing"
)

func TestPureThanks(t *testing.T) {
	for text, want := range map[string]bool{
		// Nothing but thanks: the conversation stays closed.
		"Thanks":                           true,
		"thanks!":                          true,
		"THANK YOU":                        true,
		"Thank you so much!":               true,
		"thank you very much":              true,
		"Thanks a lot":                     true,
		"thx":                              true,
		"ty":                               true,
		"tysm!!":                           true,
		"Cheers":                           true,
		"Cheers mate":                      true,
		"Many thanks":                      true,
		"Thanks Ben!":                      true,
		"Thank you, Ben.":                  true,
		"Thanks again, Ben":                true,
		"Thank you for your help":          true,
		"Thanks for all your help!":        true,
		"Thanks for the quick reply":       true,
		"Thank you for being so patient":   true,
		"Thanks for sorting this out":      true,
		"Perfect, thanks":                  true,
		"Great, thank you!":                true,
		"Ok thanks":                        true,
		"okay, thank you, bye":             true,
		"Brilliant! Thank you.":            true,
		"That's great, thank you":          true,
		"That's all I needed, thanks!":     true,
		"No, that's all, thank you":        true,
		"no thanks":                        true,
		"No, thank you. Have a nice day!":  true,
		"Thanks, have a great weekend":     true,
		"Thank you, you too!":              true,
		"You've been very helpful, thanks": true,
		"You're the best, thank you":       true,
		"you are a star, ta":               true,
		"It works now, thank you":          true,
		"All sorted, thanks":               true,
		"Much appreciated":                 true,
		"I really appreciate it":           true,
		"Really appreciate your help":      false, // begins with an adverb we do not read: opens, harmless
		"🙏":                                true,
		"👍":                                true,
		"❤️":                               true,
		"👍🏽 thanks":                        true,
		"Thanks 😊":                         true,
		"<3":                               true,
		"thanks :)":                        true,
		"Thank you x":                      true,
		"Merci!":                           true,
		"ありがとう":                            true,
		"شكرا":                             true,
		"Thanks.\n\nBest wishes\nMaria":    true,
		"thank u":                          true,
		"thank you ben, that was quick!":   true,
		"Thanks for letting me know":       true,
		"Thank you, I got it":              true,
		"thanks so much for all of your help today": true,
		"wow thanks for the terrible service":       false,
		"Thanks, and my name is Bob":                false,
		"Great, thanks. So when do I get it":        false,
		"Thanks, bye!":                              true,
		"Yes, thanks":                               true,
		"Wow, amazing service, thank you":           true,
		// Something more, or no thanks at all: it opens again.
		"Thanks but it still doesn't work":            false,
		"Thanks for nothing":                          false,
		"Thanks, but no":                              false,
		"Thanks. One more question":                   false,
		"Thank you, when does it arrive?":             false,
		"Thanks?":                                     false,
		"thanks, my number is 12345":                  false,
		"Thanks for wasting my time":                  false,
		"thank you for ignoring me":                   false,
		"Thanks a lot, now it is broken":              false,
		"Thanks, could you also cancel the other one": false,
		"thanks http://example.com":                   false,
		"Thanks, maria@example.com":                   false,
		"“Thanks”":                                    false,
		"thanks :(":                                   false,
		"Thanks 😡":                                    false,
		"Thanks Nobody":                               false,
		"thanks, call me":                             false,
		"great":                                       false,
		"ok":                                          false,
		"Bye":                                         false,
		"Have a nice day":                             false,
		"😊":                                           false,
		"no":                                          false,
		"hello":                                       false,
		"Hello, I have a question":                    false,
		"It came broken":                              false,
		"Not happy":                                   false,
		"no help":                                     false,
		"I can't thank you because it is still broken": false,
		"would be nice to get an answer, thanks":       false,
		"Please send it again, thanks":                 false,
		"thanks I guess":                               false,
		"not thanks to you":                            false,
		"":                                             false,
		" \n ":                                         false,
		"!!!":                                          false,
		strings.Repeat("thanks ", 60):                  false,
		"\xff thanks":                                  false,
		"thanks 5":                                     false,
		"thanks / danke":                               false,
	} {
		if got := PureThanks(text, "Ben Ito", "Maria Lopez"); got != want {
			t.Errorf("PureThanks(%q) = %v, want %v", text, got, want)
		}
	}
}

// Whatever is added that we do not know makes it more than thanks.
func FuzzPureThanks(f *testing.F) {
	for _, s := range []string{"Thanks!", "👍", "thank you :)", "> thanks", "“", "a\x00b", "thanks, Ben"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if PureThanks(text) && (PureThanks(text+" zzqx") || PureThanks(text+"?")) {
			t.Errorf("%q with more to it still counts as thanks", text)
		}
	})
}

func TestThanksByAStrangersNameOpenAgain(t *testing.T) {
	if PureThanks("Thanks Ben!") {
		t.Error("a name that nobody here has is an unknown word")
	}
}
